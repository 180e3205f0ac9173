import type { Machine } from '../fly/machine.ts';
import type { Release } from '../fly/releases.ts';
import { newEvents } from '../fly/trouble.ts';

/** A machine's release beside the deploy's own. */
export type ReleaseState = 'this' | 'earlier' | 'later';

/**
 * Which release a machine is of: this deploy's, one from before, or a later one. Its digest alone proves nothing where it was
 * right before the deploy already.
 *
 * What the machine's own metadata says decides (`fly_release_id`, `fly_release_version`; flyctl, machines_launchinput.go).
 * A machine without it is not of this deploy: flyctl writes it to every machine that it updates, so one that has none was not
 * updated, or was put back since.
 *
 * @param before the machine before the deploy; undefined for one that is new.
 * @param made the deploy's own release; undefined where neither flyctl nor any machine tells it.
 */
export function releaseStateOf(
  machine: Machine,
  before: Machine | undefined,
  made: Release | undefined,
): ReleaseState {
  const ids =
    made?.id === undefined || machine.releaseId === undefined ? undefined : machine.releaseId === made.id;
  const shown = versionOf(machine);
  if (shown !== undefined && made?.version !== undefined) {
    const own = Number(made.version);
    if (shown !== own) return shown > own ? 'later' : 'earlier';
    return ids === false ? 'earlier' : 'this';
  }
  if (ids !== undefined) return ids ? 'this' : 'earlier';
  // Of a release without a version, which no known flyctl writes, only another one than before can be this deploy's.
  const another = shown === undefined && machine.releaseId !== undefined;
  return another && machine.releaseId !== before?.releaseId && made === undefined ? 'this' : 'earlier';
}

/**
 * The release of a deploy whose flyctl reported none: of a process group, the first that is newer than all from before. A
 * machine of a still newer one is another deploy's.
 *
 * @param newestBefore the newest release of the app before the deploy, where these machines do not tell it. Where nothing does,
 *   the newest of all machines can only be this deploy's, or another's.
 */
export function inferRelease(
  group: string,
  machines: readonly Machine[],
  before: readonly Machine[],
  newestBefore: number | 'unknown' = 0,
): Release | undefined {
  const versionsOf = (some: readonly Machine[]) => some.flatMap((machine) => versionOf(machine) ?? []);
  const newest =
    newestBefore === 'unknown'
      ? Math.max(0, ...versionsOf(machines)) - 1
      : Math.max(newestBefore, ...versionsOf(before));
  const newer = versionsOf(machines.filter((machine) => machine.group === group)).filter(
    (version) => version > newest,
  );
  return newer.length === 0 ? undefined : { id: undefined, version: String(Math.min(...newer)) };
}

/** Has the machine another version of itself than before? */
export function isNewVersion(machine: Machine, before: Machine | undefined): boolean {
  if (before === undefined) return true;
  if (machine.instanceId !== undefined && before.instanceId !== undefined)
    return machine.instanceId !== before.instanceId;
  const updated = newEvents(machine, before).some(({ type }) => type === 'update' || type === 'launch');
  return updated || machine.digest !== before.digest;
}

const versionOf = ({ releaseVersion }: Machine): number | undefined =>
  releaseVersion !== undefined && /^\d{1,15}$/.test(releaseVersion) ? Number(releaseVersion) : undefined;
