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
 * Where the deploy's release is known, a machine without it is not of this deploy: flyctl writes it to every machine that it
 * updates. Where it is not, a machine without it is of this deploy if it has a new version of itself: another `instance_id`,
 * or where that is not reported a new digest or a new `update` or `launch` event.
 *
 * @param before the machine before the deploy; undefined for one that is new.
 * @param made the deploy's own release, undefined where it is not known.
 * @param fleet the machines before the deploy.
 */
export function releaseStateOf(
  machine: Machine,
  before: Machine | undefined,
  made: Release | undefined,
  fleet: readonly Machine[],
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
  if (made !== undefined && shown === undefined) return 'earlier';
  const newest = newestOf(fleet);
  if (shown !== undefined && newest !== undefined) return shown > newest ? 'this' : 'earlier';
  return isNewVersion(machine, before) ? 'this' : 'earlier';
}

/**
 * The release of a deploy whose flyctl reported none: of a process group, the first that is newer than all from before. A
 * machine of a still newer one is another deploy's.
 */
export function inferRelease(
  group: string,
  machines: readonly Machine[],
  before: readonly Machine[],
): Release | undefined {
  const newest = newestOf(before) ?? (before.length === 0 ? undefined : 0);
  if (newest === undefined) return undefined;
  const newer = machines
    .filter((machine) => machine.group === group)
    .flatMap((machine) => versionOf(machine) ?? [])
    .filter((version) => version > newest);
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

function newestOf(machines: readonly Machine[]): number | undefined {
  const versions = machines.flatMap((machine) => versionOf(machine) ?? []);
  return versions.length === 0 ? undefined : Math.max(...versions);
}
