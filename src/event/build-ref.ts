import type { TrustInputs } from '../inputs/inputs.ts';
import type { Runtime } from '../runtime.ts';
import type { Trigger } from './types.ts';

/**
 * What the build of the event's commit ran on, as far as the event tells. A tag's build and a pull request's have no branch: there
 * `{{branch}}` of docker/metadata-action is empty (v6.2.0, src/meta.ts), and a pull request's commit is its merge commit.
 */
export type BuildRef =
  | { readonly kind: 'branch' }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'pull-request' };

/** `head_branch` of a run holds a tag's name too, and does not say so. */
export const looksLikeTag = (name: string): boolean => /\d\.\d|^v?\d+$/.test(name);

export function buildRefOf(trigger: Trigger, { GITHUB_REF: ref = '' }: Runtime['env']): BuildRef {
  const { event, branch } = trigger;
  const run = trigger.kind === 'automatic' ? trigger.run : undefined;
  if (run !== undefined) {
    if (run.event.startsWith('pull_request')) return { kind: 'pull-request' };
    return looksLikeTag(branch) ? { kind: 'tag', name: branch } : { kind: 'branch' };
  }
  // Once it is merged, a pull request's ref is the base branch's.
  if (event === 'pull_request' && ref.startsWith('refs/pull/')) return { kind: 'pull-request' };
  if (event === 'pull_request_target' && ref !== `refs/heads/${branch}`) return { kind: 'pull-request' };
  const [, name] = /^refs\/tags\/(.+)$/.exec(ref) ?? [];
  return name !== undefined && trigger.kind === 'automatic' ? { kind: 'tag', name } : { kind: 'branch' };
}

/** The ref that an attestation must be of: as the input says, else the tag that started the run, else the branch. */
export function sourceRefOf(
  { attestationRef }: Pick<TrustInputs, 'attestationRef'>,
  trigger: Trigger,
  buildRef: BuildRef,
): string {
  if (attestationRef !== undefined) return attestationRef;
  // The name of another workflow's ref may be a branch's or a tag's: only what GitHub says to this run is known.
  const isOwn = trigger.kind === 'automatic' && trigger.run === undefined;
  return isOwn && buildRef.kind === 'tag' ? `refs/tags/${buildRef.name}` : `refs/heads/${trigger.branch}`;
}
