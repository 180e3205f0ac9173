import type { Machine } from '../fly/machine.ts';
import type { CheckedMachine } from './compare.ts';

/**
 * Machines that a bluegreen deploy left behind because it stopped between its colors (flyctl, strategy_bluegreen.go). The next
 * bluegreen deploy fails because of them, or doubles the fleet.
 */
export interface Leftover {
  /** `old`: the new machines get the requests. `new`: the old ones do, and these never got any. */
  readonly color: 'old' | 'new';
  readonly ids: readonly string[];
}

const replaced = 'safe_to_destroy';

/** Whether a bluegreen deploy marked this machine as replaced. It does so when all new machines are healthy and get requests. */
export const isReplaced = ({ bluegreenTag }: Machine): boolean => bluegreenTag === replaced;

/**
 * What a bluegreen deploy left behind among these machines; undefined if it left nothing.
 *
 * @param isNew whether a machine can be one of the new ones: of the deploy that failed, those that were not there before.
 */
export function leftoverOf(
  machines: readonly CheckedMachine[],
  isNew: (machine: CheckedMachine) => boolean,
): Leftover | undefined {
  const groups = [...Map.groupBy(machines, ({ group }) => group).values()].map((those) =>
    split(those, isNew),
  );
  const [old, green] = [groups.flatMap((each) => each.old), groups.flatMap((each) => each.green)];
  if (old.length === 0) return undefined;
  const idsOf = (those: readonly Machine[]) => those.map(({ id }) => id);
  // New machines get requests at the very end. If one gets none, the deploy did not finish.
  return !old.some(isReplaced) && green.some(({ cordoned }) => cordoned)
    ? { color: 'new', ids: idsOf(green) }
    : { color: 'old', ids: idsOf(old) };
}

/**
 * The old machines of a process group that are beside their new ones, and the new ones. All new machines of a deploy carry its
 * time as their tag, and one image.
 */
function split(machines: readonly CheckedMachine[], isNew: (machine: CheckedMachine) => boolean) {
  const [marked, rest] = [machines.filter(isReplaced), machines.filter((each) => !isReplaced(each))];
  // If all are marked, the mark is older than what they run.
  if (rest.length === 0) return { old: [], green: [] };
  const newest = Math.max(...rest.filter(isNew).map(timeOf));
  const green = rest.filter((each) => isNew(each) && timeOf(each) === newest);
  const [digest, ...others] = new Set(green.map((each) => each.digest));
  if (newest <= 0 || digest === undefined || others.length > 0) return { old: marked, green: [] };
  // A machine that flyctl replaces keeps its tag, so an old one can have the same time as a new one.
  const unmarked = rest.filter((each) => timeOf(each) !== newest && each.digest !== digest);
  return { old: [...marked, ...unmarked], green };
}

/** When the bluegreen deploy that created a machine began, in seconds since 1970; 0 if none did. */
const timeOf = ({ bluegreenTag = '' }: Machine): number =>
  /^\d{1,15}$/.test(bluegreenTag) ? Number(bluegreenTag) : 0;

/** Whether a machine is not one of these. If these are unknown, always false. */
export const notIn = (before: readonly Machine[] | undefined): ((machine: Machine) => boolean) => {
  const known = before && new Set(before.map(({ id }) => id));
  return ({ id }) => known !== undefined && !known.has(id);
};

/** What to do about a leftover. flyctl's own advice, `--image=…`, asks an interactive question. */
export function leftoverFix(
  app: string,
  { color, ids }: Leftover,
  machines: readonly CheckedMachine[],
): string {
  const left = new Set(ids);
  const others = machines.filter(({ id }) => !left.has(id));
  const line = destroyLine(app, ids);
  if (color === 'new')
    return `Destroy the new machines that the bluegreen deploy left behind, fix why they failed, then deploy again:\n${line}`;
  return others.every(({ runsImage }) => runsImage)
    ? `Before any other deploy, destroy the old machines that the bluegreen deploy left behind. The other machines run the image:\n${line}`
    : `Destroy the old machines that an earlier bluegreen deploy left behind, then deploy again:\n${line}`;
}

/** The command that destroys machines in any state. */
export const destroyLine = (app: string, ids: readonly string[]): string =>
  `fly machine destroy --force -a ${app} ${ids.filter((id) => /^[a-z0-9]+$/i.test(id)).join(' ')}`;
