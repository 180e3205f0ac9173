import type { Machine } from '../fly/machine.ts';
import { messageOf } from '../lib/user-error.ts';
import { formatReference, parseReference, type Reference } from '../registry/reference.ts';
import { isNewVersion } from '../verify/release.ts';
import type { Scope } from '../verify/scope.ts';
import { FlyctlFailure } from './deploy.ts';
import { isManifestMissing } from './remedy.ts';

/** What ran before the deploy, in one process group or in all. */
export interface Previous {
  /** undefined: all of them. */
  readonly group: string | undefined;
  /** The image by the digest that Fly.io reported. */
  readonly reference: Reference;
  readonly digest: string;
}

/** Names why a failed deploy was not rolled back: docs/messages.md says when each occurs. A name is stable. */
export type NoRollbackCode =
  | 'already-updated'
  | 'bluegreen-unfinished'
  | 'digest-before-unknown'
  | 'image-before-gone'
  | 'images-before-differ'
  | 'nothing-before'
  | 'not-determined'
  | 'previous-not-attested'
  | 'reference-before-invalid'
  | 'rollback-failed'
  | 'superseded';

/** Why a failed deploy was not rolled back. */
export interface NoRollback {
  readonly code: NoRollbackCode;
  /** The same as a part of a sentence. */
  readonly why: string;
}

/**
 * What to go back to: one image, or one for each process group. A reason where there is nothing that could be gone back
 * to without a guess.
 */
export function previousOf(before: readonly Machine[] | undefined, scope: Scope): Previous[] | NoRollback {
  const machines = (before ?? []).filter((machine) => scope(machine));
  if (machines.length === 0) return { code: 'nothing-before', why: 'nothing ran before that is known' };
  const groups = Map.groupBy(machines, ({ group }) => group);
  const found: Previous[] = [];
  for (const [group, some] of groups) {
    const digests = new Set(some.map(digestOf));
    const [digest] = digests;
    const ran = (what: string) => `the machines of process group "${group}" ran ${what} before`;
    if (digest === undefined)
      return { code: 'digest-before-unknown', why: ran('an image whose digest is not reported') };
    if (digests.size > 1)
      return { code: 'images-before-differ', why: ran(`${digests.size} different images`) };
    try {
      // What was asked for names the registry; Fly.io's own word may be that of its mirror.
      const { host, path } = parseReference(some[0]?.configuredImage || some[0]?.image || '');
      found.push({ group, reference: { host, path, digest }, digest });
    } catch (error) {
      const why = `what process group "${group}" ran before has no reference (${messageOf(error).split('\n')[0]})`;
      return { code: 'reference-before-invalid', why };
    }
  }
  const [first] = found;
  const same = found.every(
    ({ reference }) => first && formatReference(reference) === formatReference(first.reference),
  );
  return same && first !== undefined ? [{ ...first, group: undefined }] : found;
}

/**
 * The digest that a machine ran. Of a machine with containers Fly.io reports none: it is known where one of them has the
 * machine's own image (flyctl, machines_launchinput.go, updateContainerImage), and that by its digest.
 */
function digestOf({ digest, containers, configuredImage }: Machine): string | undefined {
  if (containers.length === 0) return digest;
  return containers.some(({ image }) => image === configuredImage)
    ? /@(sha256:[0-9a-f]{64})$/.exec(configuredImage)?.[1]
    : undefined;
}

/** Did the failed deploy leave every machine as it was? Then there is nothing to roll back. */
export function isUntouched(now: readonly Machine[], before: readonly Machine[], scope: Scope): boolean {
  const old = new Map(before.filter((machine) => scope(machine)).map((machine) => [machine.id, machine]));
  const meant = now.filter((machine) => scope(machine, !old.has(machine.id)));
  return (
    meant.length === old.size &&
    meant.every((machine) => {
      const was = old.get(machine.id);
      const stays = was?.state !== 'started' || machine.state === 'started';
      return was !== undefined && stays && !isNewVersion(machine, was);
    })
  );
}

/**
 * flyctl's arguments of a rollback: those of the deploy, as `parseFlags` returns them, without the release command, and for
 * one group where there are several. Never bluegreen, whatever fly.toml says: over machines of two images it fails, or leaves both.
 */
export function rollbackFlags(
  flags: readonly string[],
  { group }: Previous,
  releaseCommand: boolean,
): string[] {
  // Of a flag that comes twice flyctl takes the last one.
  const last = (name: string) => flags.findLast((flag) => flag === name || flag.startsWith(`${name}=`));
  const skipped = /^--skip-release-command(?:=true)?$/.test(last('--skip-release-command') ?? '');
  const skip = releaseCommand || skipped ? [] : ['--skip-release-command'];
  const strategy = last('--strategy') === '--strategy=immediate' ? [] : ['--strategy=rolling'];
  if (group === undefined) return [...flags, ...strategy, ...skip];
  // The values of a list that comes twice add up: one group's image would be deployed to all of them.
  const others = flags.filter((flag) => !flag.startsWith('--process-groups='));
  return [...others, ...strategy, ...skip, '--process-groups', group];
}

/** Why a rollback failed, in one line. */
export function whyFailed(error: unknown): NoRollback {
  return error instanceof FlyctlFailure && isManifestMissing(error)
    ? { code: 'image-before-gone', why: 'the image that ran before is not to be found any more' }
    : {
        code: 'rollback-failed',
        why: `it failed too: ${error instanceof FlyctlFailure ? `${error.message} (${error.line})` : messageOf(error)}`,
      };
}
