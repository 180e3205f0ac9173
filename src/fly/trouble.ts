import type { Machine, MachineEvent, MachineExit } from './machine.ts';

/** A failure of a machine that does not go away. */
export type MachineFailure =
  /** Fly.io reverted the machine to its old version. */
  | { readonly kind: 'reverted'; readonly by: string; readonly status: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'crash-loop'; readonly exits: number; readonly code: number | undefined }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'failed-state'; readonly state: string }
  /** It was verified, and then got another version or release. */
  | { readonly kind: 'changed'; readonly from: string; readonly to: string };

/** What a machine is still waiting for. */
export type MachineWait =
  | { readonly kind: 'state'; readonly state: string }
  /** It is in a release from before the deploy, or in none. */
  | { readonly kind: 'release'; readonly version: string | undefined }
  | { readonly kind: 'check'; readonly name: string; readonly status: string; readonly output: string };

/** States in which a machine can stay: stopped and suspended ones keep the image that they will start with. */
const settledStates = ['started', 'stopped', 'suspended'];

/** A machine in one of these is launched by an update; any other is only updated (flyctl, shouldSkipLaunch). */
const launchedStates = ['started', 'starting', 'failed'];

/**
 * A machine's failure since the deploy, from its events; undefined if there is none.
 *
 * @param before the machine before the deploy; undefined for one that the deploy created. Of the new events since then, only
 *   those after its newest update count: the end of an older version is not a failure of the new one.
 */
export function failureOf(machine: Machine, before: Machine | undefined): MachineFailure | undefined {
  const own = newEvents(machine, before);
  const revert = own.find(({ type }) => type === 'revert' || type === 'update');
  if (revert?.type === 'revert')
    return { kind: 'reverted', by: revert.source || 'Fly.io', status: revert.status };

  const exits: MachineExit[] = [];
  for (const { type, exit } of own) {
    if (type === 'update' || type === 'launch') break;
    if (exit !== undefined && !exit.requested) exits.push(exit);
  }
  if (exits.some(({ outOfMemory }) => outOfMemory)) return { kind: 'out-of-memory' };
  const failed = exits.find(({ code }) => code !== 0);
  if (exits.length > 1) return { kind: 'crash-loop', exits: exits.length, code: exits[0]?.code };
  if (failed !== undefined) return { kind: 'exited', code: failed.code };
  if (/fail|error/.test(machine.state)) return { kind: 'failed-state', state: machine.state };
  return undefined;
}

/** What a machine is still waiting for: a state, or a passing check. */
export function waitOf(machine: Machine, before: Machine | undefined): MachineWait | undefined {
  const { state, checks } = machine;
  if (!settledStates.includes(state) && !isCreatedOnly(machine, before)) return { kind: 'state', state };
  if (state !== 'started') return undefined;
  const check = checks.find(({ status }) => status !== 'passing');
  return check && { kind: 'check', ...check };
}

/** Whether it was created, or updated, without a launch. It stays like this until something starts it. */
const isCreatedOnly = ({ state, startsLater }: Machine, before: Machine | undefined): boolean =>
  state === 'created' && (startsLater || (before !== undefined && !launchedStates.includes(before.state)));

/**
 * When the machine got its current version, on Fly.io's clock, in milliseconds since 1970: the first start after the newest
 * update or launch that is new since `before`, or that event itself where it was not started. Later starts and stops, as
 * Fly.io's proxy makes them, do not count.
 *
 * @returns undefined if its events do not show it, or their times contradict their order.
 */
export function versionedAt(
  { events }: Pick<Machine, 'events'>,
  before: Machine | undefined,
): number | undefined {
  const own = newEvents({ events }, before);
  const put = own.findIndex(({ type }) => type === 'update' || type === 'launch');
  if (put < 0) return undefined;
  const start = own.slice(0, put).findLast(({ type }) => type === 'start');
  const times = [...own, ...(before?.events.slice(0, 1) ?? [])].map(({ timestamp }) => timestamp);
  // The host and the API do not write at exactly the same time.
  const inOrder = times.every((time, n) => n === 0 || time <= (times[n - 1] ?? 0) + 1000);
  return inOrder ? (start ?? own[put])?.timestamp : undefined;
}

const isSame = (a: MachineEvent, b: MachineEvent): boolean =>
  a.id !== undefined && b.id !== undefined
    ? a.id === b.id
    : a.type === b.type && a.status === b.status && a.source === b.source && a.timestamp === b.timestamp;

/** A failure as part of a sentence. */
export function failureWords(failure: MachineFailure): string {
  switch (failure.kind) {
    case 'reverted':
      return `reverted by ${failure.by}${failure.status ? ` (${failure.status})` : ''}`;
    case 'out-of-memory':
      return 'its process was killed: out of memory';
    case 'crash-loop':
      return `it is crash-looping (${failure.exits} exits, exit code ${failure.code})`;
    case 'exited':
      return `its process failed with exit code ${failure.code}`;
    case 'failed-state':
      return `it is ${failure.state}`;
    case 'changed':
      return `it was verified as ${failure.from} and has changed to ${failure.to} since`;
  }
}

/** A wait as part of a sentence. */
export function waitWords(wait: MachineWait): string {
  switch (wait.kind) {
    case 'state':
      return `it is ${wait.state}`;
    case 'release':
      return wait.version === undefined
        ? 'it has no release, so this deploy has not updated it'
        : `it is still in release v${wait.version}`;
    case 'check': {
      const output = wait.output.replace(/\s+/g, ' ').trim().slice(0, 160);
      return `its check ${wait.name} is ${wait.status}${output === '' ? '' : ` (${output})`}`;
    }
  }
}

/**
 * Events that the machine did not have before the deploy. Fly.io lists the newest first, as fly-go relies on too
 * (machine_types.go, GetLatestEventOfTypeAfterType), so their order decides and no clock: a clock that was ahead for a while
 * would hide later events.
 */
export function newEvents(
  { events }: Pick<Machine, 'events'>,
  before: Machine | undefined,
): readonly MachineEvent[] {
  const old = before?.events ?? [];
  const known = old.length === 0 ? -1 : events.findIndex((event) => old.some((each) => isSame(each, event)));
  return known < 0 ? events : events.slice(0, known);
}
