import type { Machine, MachineEvent } from './machines.ts';

/** What went wrong with a machine and does not pass by itself. */
export type MachineFailure =
  /** Fly.io put the machine back on its old version. */
  | { readonly kind: 'reverted'; readonly by: string; readonly status: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'crash-loop'; readonly exits: number; readonly code: number | undefined }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'failed-state'; readonly state: string };

/** What is not yet as it should be, and may still come. */
export type MachineWait =
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'check'; readonly name: string; readonly status: string; readonly output: string };

/** States in which a machine may stay: stopped and suspended ones hold the image that they will start with. */
const settledStates = ['started', 'stopped', 'stopping', 'suspended', 'suspending', 'created'];

/**
 * What went wrong with a machine since the deploy, by its own events; undefined when nothing did.
 *
 * @param since when the deploy began, in milliseconds since 1970. Of the machine's events only those count that came
 *   after its newest update: an older version's end is no failure of the new one.
 */
export function failureOf(machine: Machine, since: number): MachineFailure | undefined {
  const revert = eventsAfter(machine, since, 'update').find(({ type }) => type === 'revert');
  if (revert !== undefined) return { kind: 'reverted', by: revert.source || 'Fly.io', status: revert.status };

  const started = eventsAfter(machine, since, 'update', 'launch');
  const exits = started.flatMap(({ exit }) => (exit === undefined || exit.requested ? [] : [exit]));
  if (exits.some(({ outOfMemory }) => outOfMemory)) return { kind: 'out-of-memory' };
  const failed = exits.find(({ code }) => code !== 0);
  if (exits.length > 1) return { kind: 'crash-loop', exits: exits.length, code: exits[0]?.code };
  if (failed !== undefined) return { kind: 'exited', code: failed.code };
  if (/fail|error/.test(machine.state)) return { kind: 'failed-state', state: machine.state };
  return undefined;
}

/** What a machine still waits for: to arrive in a state, or for a check to pass. */
export function waitOf({ state, checks }: Machine): MachineWait | undefined {
  if (!settledStates.includes(state)) return { kind: 'state', state };
  if (state !== 'started') return undefined;
  const check = checks.find(({ status }) => status !== 'passing');
  return check && { kind: 'check', ...check };
}

/** A failure as part of a sentence. */
export function failureWords(failure: MachineFailure): string {
  switch (failure.kind) {
    case 'reverted':
      return `reverted by ${failure.by}${failure.status ? ` (${failure.status})` : ''}`;
    case 'out-of-memory':
      return 'it ran out of memory';
    case 'crash-loop':
      return `it restarts again and again (${failure.exits} exits, exit code ${failure.code})`;
    case 'exited':
      return `its process ended with exit code ${failure.code}`;
    case 'failed-state':
      return `it is ${failure.state}`;
  }
}

/** A wait as part of a sentence. */
export function waitWords(wait: MachineWait): string {
  if (wait.kind === 'state') return `it is ${wait.state}`;
  const output = wait.output.replace(/\s+/g, ' ').trim().slice(0, 160);
  return `its check ${wait.name} is ${wait.status}${output === '' ? '' : ` (${output})`}`;
}

/** Events that are newer than the deploy's begin and than the newest event of these types. */
function eventsAfter({ events }: Machine, since: number, ...types: string[]): readonly MachineEvent[] {
  const own = events.filter(({ timestamp }) => timestamp >= since);
  const cut = own.findIndex(({ type }) => types.includes(type));
  return cut < 0 ? own : own.slice(0, cut);
}
