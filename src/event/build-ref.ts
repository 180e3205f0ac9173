import type { TrustInputs } from '../inputs/inputs.ts';
import type { Runtime } from '../runtime.ts';
import type { Trigger } from './types.ts';

/**
 * The kind of ref that the event's commit was built on, derived from the event. For a tag and for a pull request,
 * docker/metadata-action's `{{branch}}` is empty (v6.2.0, src/meta.ts), and a pull request's commit is its merge commit.
 */
export type BuildRef =
  | { readonly kind: 'branch' }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'pull-request' };

/** Guesses from its form whether a run's `head_branch` is a tag: the field contains branch names and tag names alike. */
export const looksLikeTag = (name: string): boolean => /\d\.\d|^v?\d+$/.test(name);

export function buildRefOf(trigger: Trigger, { GITHUB_REF: ref = '' }: Runtime['env']): BuildRef {
  const { event, branch } = trigger;
  const run = trigger.kind === 'automatic' ? trigger.run : undefined;
  if (run !== undefined) {
    if (run.event.startsWith('pull_request')) return { kind: 'pull-request' };
    return looksLikeTag(branch) ? { kind: 'tag', name: branch } : { kind: 'branch' };
  }
  // After a merge, GITHUB_REF of a pull request is the base branch.
  if (event === 'pull_request' && ref.startsWith('refs/pull/')) return { kind: 'pull-request' };
  if (event === 'pull_request_target' && ref !== `refs/heads/${branch}`) return { kind: 'pull-request' };
  const [, name] = /^refs\/tags\/(.+)$/.exec(ref) ?? [];
  return name !== undefined && trigger.kind === 'automatic' ? { kind: 'tag', name } : { kind: 'branch' };
}

/** The ref that an attestation must name: the input's, else the tag that started the run, else the branch. */
export function sourceRefOf(
  { attestationRef }: Pick<TrustInputs, 'attestationRef'>,
  trigger: Trigger,
  buildRef: BuildRef,
): string {
  if (attestationRef !== undefined) return attestationRef;
  // For another workflow's run, the event does not distinguish a branch from a tag; for this run, GITHUB_REF does.
  const isOwn = trigger.kind === 'automatic' && trigger.run === undefined;
  return isOwn && buildRef.kind === 'tag' ? `refs/tags/${buildRef.name}` : `refs/heads/${trigger.branch}`;
}
