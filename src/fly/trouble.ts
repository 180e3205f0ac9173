import type { Machine, MachineEvent } from './machines.ts';

/** States in which a machine may stay: stopped and suspended ones hold the image that they will start with. */
const settledStates = ['started', 'stopped', 'stopping', 'suspended', 'suspending', 'created'];

/**
 * What went wrong with a machine since the deploy, in the words of its own events; undefined when nothing did.
 * It does not pass by itself: a revert, a process that failed, memory that ran out, a restart loop.
 *
 * @param since when the deploy began, in milliseconds. Of the machine's events only those count that came after its
 *   newest update: an older version's end is no trouble of the new one.
 */
export function failureOf(machine: Machine, since: number): string | undefined {
  const events = eventsAfter(machine, since, 'update');
  const revert = events.find(({ type }) => type === 'revert');
  if (revert !== undefined)
    return `reverted by ${revert.source || 'Fly.io'}${revert.status ? ` (${revert.status})` : ''}`;

  const started = eventsAfter(machine, since, 'update', 'launch');
  const exits = started.flatMap(({ exit }) => (exit === undefined || exit.requested ? [] : [exit]));
  if (exits.some(({ outOfMemory }) => outOfMemory)) return 'it ran out of memory';
  const failed = exits.find(({ code }) => code !== 0);
  if (exits.length > 1)
    return `it restarts again and again (${exits.length} exits, exit code ${exits[0]?.code})`;
  if (failed !== undefined) return `its process ended with exit code ${failed.code}`;
  if (/fail|error/.test(machine.state)) return `it is ${machine.state}`;
  return undefined;
}

/** What is not yet as it should be, and may still come: a machine on its way, a check that does not pass. */
export function waitingForOf({ state, checks }: Machine): string | undefined {
  if (!settledStates.includes(state)) return `it is ${state}`;
  if (state !== 'started') return undefined;
  const check = checks.find(({ status }) => status !== 'passing');
  if (check === undefined) return undefined;
  const output = check.output.replace(/\s+/g, ' ').trim().slice(0, 160);
  return `its check ${check.name} is ${check.status}${output === '' ? '' : ` (${output})`}`;
}

/** Events that are newer than the deploy's begin and than the newest event of these types. */
function eventsAfter({ events }: Machine, since: number, ...types: string[]): readonly MachineEvent[] {
  const own = events.filter(({ timestamp }) => timestamp >= since);
  const cut = own.findIndex(({ type }) => types.includes(type));
  return cut < 0 ? own : own.slice(0, cut);
}
