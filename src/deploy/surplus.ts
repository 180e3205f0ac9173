import type { Machine } from '../fly/machine.ts';
import { counted } from '../lib/format.ts';
import { destroyLine, isReplaced, notIn } from '../verify/leftover.ts';

/** Machines that a deploy left a process group with, beyond what it had. */
export interface Surplus {
  readonly group: string;
  /** How many it had, without those that an earlier bluegreen deploy had replaced. */
  readonly before: number;
  readonly now: number;
  /** Ids of the surplus machines; if it is unclear which those are, ids of all new ones. */
  readonly ids: readonly string[];
}

/** The machines that a deploy added to each process group. A new process group has no surplus. */
export function surplusOf(fleet: readonly Machine[], old: readonly Machine[]): Surplus[] {
  return [...Map.groupBy(fleet, ({ group }) => group)].flatMap(([group, machines]) => {
    const before = old.filter((each) => each.group === group && !isReplaced(each)).length;
    const more = machines.length - before;
    if (before === 0 || more <= 0) return [];
    const replaced = machines.filter(isReplaced);
    const extra = replaced.length === more ? replaced : machines.filter(notIn(old));
    return [{ group, before, now: machines.length, ids: extra.map(({ id }) => id) }];
  });
}

/** Ids of the surplus machines; undefined if some of the new ones replace earlier machines and may serve all requests. */
const tooMany = ({ before, now, ids }: Surplus): readonly string[] | undefined =>
  ids.length === now - before ? ids : undefined;

/** The warning about a surplus: additional machines cost money. */
export function surplusWords(app: string, surplus: Surplus): string {
  const { group, before, now, ids } = surplus;
  const [names, are] = [ids.join(', '), ids.length === 1 ? 'is' : 'are'];
  const seen = `Process group "${group}" has ${counted(now, 'machine')} and had ${before} before the deploy.`;
  return tooMany(surplus) === undefined
    ? `${seen} ${names} ${are} new, and some of them replace earlier machines. Unless you scaled the app meanwhile, find the surplus machines with \`fly machine list -a ${app}\`.`
    : `${seen} Unless you scaled the app meanwhile, destroy ${names}:\n${destroyLine(app, ids)}`;
}

/** What to do about machines that a failed deploy left behind; undefined if there are none, or it is unclear which. */
export function surplusFix(app: string, surplus: readonly Surplus[]): string | undefined {
  const ids = surplus.flatMap((each) => tooMany(each) ?? []);
  return ids.length === 0
    ? undefined
    : `destroy the machines that this deploy left behind:\n${destroyLine(app, ids)}`;
}

/** How many machines more than before, and which where that is known, as a sentence. */
export function extraWords(surplus: readonly Surplus[]): string {
  const more = surplus.reduce((sum, { now, before }) => sum + now - before, 0);
  const ids = surplus.flatMap((each) => tooMany(each) ?? []);
  const which = ids.length === 0 ? '' : `: ${ids.join(', ')}`;
  return `That is ${more} more than before the deploy${which}.`;
}
