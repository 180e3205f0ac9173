import type { Machine } from '../fly/machines.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { formatReference, parseReference, type Reference } from '../registry/reference.ts';
import type { Scope } from '../verify/scope.ts';

/** What ran before the deploy, in one process group or in all. */
export interface Previous {
  /** undefined: all of them. */
  readonly group: string | undefined;
  /** The image by the digest that Fly.io reported. */
  readonly reference: Reference;
  readonly digest: string;
}

/**
 * What to go back to: one image, or one for each process group. A reason in words where there is nothing that could be
 * gone back to without a guess.
 */
export function previousOf(before: readonly Machine[] | undefined, scope: Scope): Previous[] | string {
  const machines = (before ?? []).filter(scope);
  if (machines.length === 0) return 'nothing ran before that is known';
  const groups = Map.groupBy(machines, ({ group }) => group);
  const found: Previous[] = [];
  for (const [group, some] of groups) {
    const digests = new Set(some.map(({ digest }) => digest));
    const [digest] = digests;
    if (digests.size > 1 || digest === undefined) {
      return `the machines of process group "${group}" ran ${digest === undefined ? 'an image whose digest is not reported' : `${digests.size} different images`} before`;
    }
    try {
      // What was asked for names the registry; Fly.io's own word may be that of its mirror.
      const { host, path } = parseReference(some[0]?.configuredImage || some[0]?.image || '');
      found.push({ group, reference: { host, path, digest }, digest });
    } catch (error) {
      return `what process group "${group}" ran before has no reference (${messageOf(error).split('\n')[0]})`;
    }
  }
  const [first] = found;
  const same = found.every(
    ({ reference }) => first && formatReference(reference) === formatReference(first.reference),
  );
  return same && first !== undefined ? [{ ...first, group: undefined }] : found;
}

/** Did the failed deploy leave every machine on what ran before? Then there is nothing to roll back. */
export const isUntouched = (
  now: readonly Machine[],
  before: readonly Machine[] | undefined,
  scope: Scope,
): boolean =>
  before !== undefined &&
  now.filter(scope).length === before.filter(scope).length &&
  now
    .filter(scope)
    .every(({ id, digest }) => before.some((machine) => machine.id === id && machine.digest === digest));

/** flyctl's arguments of a rollback: those of the deploy, without the release command, and for one group where there are several. */
export function rollbackFlags(
  flags: readonly string[],
  { group }: Previous,
  releaseCommand: boolean,
): string[] {
  const skip = releaseCommand || flags.includes('--skip-release-command') ? [] : ['--skip-release-command'];
  return [...flags, ...skip, ...(group === undefined ? [] : ['--process-groups', group])];
}

/** Why a rollback failed, in one line. */
export function whyFailed(error: unknown): string {
  const text = messageOf(error);
  return /could not find image|manifest unknown|failed to get manifest/i.test(text)
    ? 'the image that ran before is not to be found any more'
    : `it failed too: ${error instanceof UserError ? error.found : text}`;
}
