import type { Machine } from '../fly/machine.ts';
import type { Release } from '../fly/releases.ts';
import { newEvents } from '../fly/trouble.ts';

/** A machine's release compared with the deploy's. */
export type ReleaseState = 'this' | 'earlier' | 'later';

/**
 * Whether a machine is in this deploy's release, an earlier or a later one. Its digest alone does not show that if it ran the
 * image before.
 *
 * The machine's metadata decides (`fly_release_id`, `fly_release_version`; flyctl, machines_launchinput.go).
 * A machine without it is not of this deploy: flyctl writes it to every machine that it updates, so one that has none was not
 * updated, or was reverted since.
 *
 * @param before the machine before the deploy; undefined for one that is new.
 * @param made the deploy's own release; undefined if neither flyctl nor a machine reports it.
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
    if (shown > own) return 'later';
    return shown < own || ids === false ? 'earlier' : 'this';
  }
  if (ids !== undefined) return ids ? 'this' : 'earlier';
  // No known flyctl writes a release without a version. Only one that differs from before can be this deploy's.
  const another = shown === undefined && machine.releaseId !== undefined;
  return another && machine.releaseId !== before?.releaseId && made === undefined ? 'this' : 'earlier';
}

/**
 * The release of a deploy whose flyctl reported none: the first of a process group that is newer than all from before. A still
 * newer one is another deploy's.
 *
 * @param newestBefore the newest release of the app before the deploy, if these machines do not show it. If it is
 *   unknown, the newest of all machines can only be this deploy's, or another's.
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

/** Whether the machine has another version than before. */
export function isNewVersion(machine: Machine, before: Machine | undefined): boolean {
  if (before === undefined) return true;
  if (machine.instanceId !== undefined && before.instanceId !== undefined)
    return machine.instanceId !== before.instanceId;
  const updated = newEvents(machine, before).some(({ type }) => type === 'update' || type === 'launch');
  return updated || machine.digest !== before.digest;
}

const versionOf = ({ releaseVersion }: Machine): number | undefined =>
  releaseVersion !== undefined && /^\d{1,15}$/.test(releaseVersion) ? Number(releaseVersion) : undefined;
