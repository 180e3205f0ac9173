import type { Clock } from '../lib/clock.ts';
import type { LineLog } from '../lib/line-log.ts';
import { UserError } from '../lib/user-error.ts';
import {
  type CheckedMachine,
  comparer,
  type Expectation,
  isFine,
  isHopeless,
  managed,
  standingOf,
} from './compare.ts';
import { incompleteList, notVerified } from './errors.ts';
import type { MachineCheckRecord } from './journal.ts';
import { MachinesLost } from './machines-lost.ts';
import type { Observation } from './observe.ts';
import type { CheckTime, Settlement } from './settling.ts';

export interface CheckDeps {
  readonly observe: () => Promise<Observation>;
  readonly clock: Clock;
  readonly log: Pick<LineLog, 'line'>;
  /** Called after each check, so that a later failure can show the machines, and the report each check. */
  readonly seen: (machines: readonly CheckedMachine[], check: Omit<MachineCheckRecord, 'of'>) => void;
}

/** Fly.io accepts one list request per second and app (docs, working-with-machines-api, "Rate limits"). */
export const betweenChecks = 1500;
/** One check, compared. */
export interface Check {
  readonly all: readonly CheckedMachine[];
  readonly managed: readonly CheckedMachine[];
  readonly incomplete: Observation['incomplete'];
  readonly time: CheckTime;
}

/** Whether all machines are listed and healthy, and there is at least one. */
export const isComplete = ({ managed, incomplete }: Check): boolean =>
  incomplete === undefined && managed.length > 0 && managed.every(isFine);

/** Whether Fly.io does not report the number of machines. That can take as long as any other missing answer. */
export const isUncounted = ({ incomplete }: Check): boolean => incomplete?.kind === 'uncounted';

/** Whether each machine that is started has health checks on Fly.io: those of a healthy one pass. */
export const passChecks = (machines: readonly CheckedMachine[]): boolean =>
  machines.every(({ checks, state }) => state !== 'started' || checks.length > 0);

/** What is wrong, when a check decides. */
export function failureOf(check: Check, expected: Expectation, when: string): UserError {
  const { incomplete } = check;
  if (incomplete === undefined || check.managed.some(isHopeless))
    return notVerified(check.managed, expected, when, check.all.length);
  const error = incompleteList(incomplete, check.managed, when);
  // The summary marks each of them.
  return incomplete.kind === 'lost'
    ? new UserError(error, { cause: new MachinesLost(incomplete.ids) })
    : error;
}

/** Codes of failures that can go away. */
const passing = ['fly-unreachable', 'fly-unavailable', 'fly-rate-limited'];

/** Whether Fly.io can answer another time. */
export const mayPass = ({ code }: UserError): boolean => passing.includes(code);

/** Returns a function that checks the machines once. Failures that can go away are retried for as long as `patience`. */
export function checker(
  expected: Expectation,
  settlement: Settlement,
  { observe, clock, log, seen }: CheckDeps,
  patience: number,
) {
  let before = '';
  const compared = comparer(expected);
  return async (title: string): Promise<Check> => {
    const { machines, incomplete, at, date } = await whilePassing(observe, clock, clock.now() + patience);
    const time = { now: at, date };
    const all = settlement.take(compared(machines), time);
    const { words, healthy } = standingOf(all);
    seen(all, { at, machines: managed(all).length, healthy, words, incomplete: incomplete?.kind });
    // The progress lines repeat an unchanged state.
    if (words !== before) log.line(`${title}: ${words}`);
    before = words;
    return { all, managed: managed(all), incomplete, time };
  };
}

/** Reads something again while its failure can go away. @param end the last time, in milliseconds since 1970. */
export async function whilePassing<T>(read: () => Promise<T>, clock: Clock, end: number): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof UserError && mayPass(error)) || clock.now() >= end) throw error;
      await clock.sleep(betweenChecks);
    }
  }
}
