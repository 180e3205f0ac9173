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
  /** The reason as a part of a sentence. */
  readonly why: string;
}

/**
 * What a rollback deploys: one image, or one for each process group. A reason if that is not known for certain.
 */
export function previousOf(before: readonly Machine[] | undefined, scope: Scope): Previous[] | NoRollback {
  const machines = (before ?? []).filter((machine) => scope(machine));
  if (machines.length === 0) return { code: 'nothing-before', why: 'no machine ran before the deploy' };
  const groups = Map.groupBy(machines, ({ group }) => group);
  const found: Previous[] = [];
  for (const [group, some] of groups) {
    const digests = new Set(some.map(digestOf));
    const [digest] = digests;
    const ran = (what: string) => `the machines of process group "${group}" ran ${what} before`;
    if (digest === undefined)
      return { code: 'digest-before-unknown', why: ran('an image whose digest Fly.io does not report') };
    if (digests.size > 1)
      return { code: 'images-before-differ', why: ran(`${digests.size} different images`) };
    try {
      // The configured image names the registry; the image that Fly.io reports can name its mirror.
      const { host, path } = parseReference(some[0]?.configuredImage || some[0]?.image || '');
      found.push({ group, reference: { host, path, digest }, digest });
    } catch (error) {
      const why = `the image that process group "${group}" ran before has no valid reference (${messageOf(error).split('\n')[0]})`;
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
 * The digest that a machine ran. Fly.io reports none for a machine with containers: it is known if one of them has the
 * machine's own image (flyctl, machines_launchinput.go, updateContainerImage) by its digest.
 */
function digestOf({ digest, containers, configuredImage }: Machine): string | undefined {
  if (containers.length === 0) return digest;
  return containers.some(({ image }) => image === configuredImage)
    ? /@(sha256:[0-9a-f]{64})$/.exec(configuredImage)?.[1]
    : undefined;
}

/** Whether the failed deploy left every machine unchanged, so that there is nothing to roll back. */
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
 * one group if there are several. Never bluegreen, even if fly.toml sets it: over machines of two images it fails, or leaves
 * both.
 */
export function rollbackFlags(
  flags: readonly string[],
  { group }: Previous,
  releaseCommand: boolean,
): string[] {
  // If a flag is repeated, flyctl uses the last one.
  const last = (name: string) => flags.findLast((flag) => flag === name || flag.startsWith(`${name}=`));
  const skipped = /^--skip-release-command(?:=true)?$/.test(last('--skip-release-command') ?? '');
  const skip = releaseCommand || skipped ? [] : ['--skip-release-command'];
  const strategy = last('--strategy') === '--strategy=immediate' ? [] : ['--strategy=rolling'];
  if (group === undefined) return [...flags, ...strategy, ...skip];
  // The values of a repeated list add up: one group's image would be deployed to all of them.
  const others = flags.filter((flag) => !flag.startsWith('--process-groups='));
  return [...others, ...strategy, ...skip, '--process-groups', group];
}

/** Why a rollback failed, in one line. */
export function whyFailed(error: unknown): NoRollback {
  return error instanceof FlyctlFailure && isManifestMissing(error)
    ? { code: 'image-before-gone', why: 'the image that ran before no longer exists' }
    : {
        code: 'rollback-failed',
        why: `the rollback failed too: ${error instanceof FlyctlFailure ? `${error.message} (${error.line})` : messageOf(error)}`,
      };
}
