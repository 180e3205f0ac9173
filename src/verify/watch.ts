import type { Clock, TickingClock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import type { LineLog } from '../lib/line-log.ts';
import { waiting } from '../lib/progress.ts';
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
import { incompleteList, notVerified, unsettled } from './errors.ts';
import type { HealthMonitor } from './health.ts';
import type { MachineCheckRecord } from './journal.ts';
import { MachinesLost } from './machines-lost.ts';
import type { Observation } from './observe.ts';
import { type CheckTime, Settlement } from './settling.ts';

export interface WatchDeps {
  readonly observe: () => Promise<Observation>;
  readonly clock: TickingClock;
  readonly log: Pick<LineLog, 'line'>;
  /** Called after each check, so that a later failure can show the machines, and the report each check. */
  readonly seen: (machines: readonly CheckedMachine[], check: Omit<MachineCheckRecord, 'of'>) => void;
  /** Requests the app's URL; undefined without `health-url`. */
  readonly health: HealthMonitor | undefined;
}

export interface Patience {
  readonly settleTime: number;
  /** How long a machine's health checks can take to pass, and how long Fly.io can fail to answer. */
  readonly healthTimeout: number;
}

/** The result of watching the machines. */
export interface Watched {
  /** All machines, including those that the deploy does not manage. */
  readonly machines: readonly CheckedMachine[];
  /** A count of the app's answers; undefined without `health-url`. */
  readonly answers: string | undefined;
}

/** Fly.io accepts one list request per second and app (docs, working-with-machines-api, "Rate limits"). */
const betweenChecks = 1500;
/**
 * Time between checks while the machines settle, and at least so much for each machine: a list of 3,000 has 5 to 15 MB. The last
 * check is not later for that.
 */
const [whileSettling, forEachMachine] = [3000, 2];
/** How long to wait for a machine that is still starting when the others have settled. */
const lastArrival = 15_000;
/** The longest wait for a machine that does not run the image yet, however long the settle time is. */
const longestArrival = 60_000;

/** One check, compared. */
interface Check {
  readonly all: readonly CheckedMachine[];
  readonly managed: readonly CheckedMachine[];
  readonly incomplete: Observation['incomplete'];
  readonly time: CheckTime;
}

/**
 * Checks the machines until each runs the image in this deploy's release and passes its health checks, and continues to check
 * them, and the app's URL, until each has settled. Only the last check decides, and nothing follows it.
 *
 * A machine that does not run the image at first has the settle time to get there, at most a minute. A failure that does not
 * go away, such as a revert or a failed process, ends the wait at once.
 *
 * @throws UserError that names each machine that is not healthy, its region and both digests.
 */
export async function watch(expected: Expectation, patience: Patience, deps: WatchDeps): Promise<Watched> {
  const { clock, log, health } = deps;
  const { settleTime, healthTimeout } = patience;
  const settlement = new Settlement(settleTime, expected.before ?? [], expected.beforeAt);
  const begin = clock.now();
  const check = checker(expected, settlement, deps, healthTimeout);

  /** How long to wait until all of them are healthy for the first time. */
  const arrival = Math.min(settleTime, longestArrival);
  let limit = arrival;
  let standing = '';
  const arriving = { what: 'the machines', limit: () => limit, how: () => standing };
  let last = await waiting(arriving, deps, async () => {
    for (let n = 0; ; n++) {
      const now = await check(n === 0 ? 'First check' : 'Checking again');
      standing = standingOf(now.all).words;
      if (isComplete(now)) return now;
      // If only health checks are missing, `health-timeout` limits the wait, not the settle time.
      const running = now.managed.length > 0 && now.managed.every(isRunning);
      limit = running ? Math.max(arrival, healthTimeout) : arrival;
      // An incomplete list is requested at least once more.
      if (now.incomplete !== undefined) limit = Math.max(limit, 2 * betweenChecks);
      const late = clock.now() - begin + betweenChecks > limit;
      if (late || now.managed.some(isHopeless)) throw failureOf(now, expected, 'after the deploy');
      await clock.sleep(betweenChecks);
    }
  });

  const first = settlement.longest(last.managed, last.time);
  if (first !== undefined && first.left > 0) {
    const { id, region } = first.machine;
    log.line(
      `Settling: ${formatDuration(first.left)} more, for machine ${id} in ${region}, which has run for ${formatDuration(first.age)} of ${formatDuration(settleTime)}`,
    );
  }
  const watchedFrom = clock.now();
  const left = () => settlement.longest(last.managed, last.time)?.left ?? 0;
  const settling = {
    what: 'the machines to settle',
    how: () => [standing, health?.words, `${formatDuration(left())} left`].filter(Boolean).join(', '),
  };
  last = await waiting(settling, deps, async () => {
    let [unwell, overdue]: (number | undefined)[] = [];
    for (;;) {
      // Without a settle time, the second check follows at once.
      const atOnce = settleTime === 0 && isComplete(last);
      const pause = atOnce
        ? 0
        : Math.max(
            betweenChecks,
            Math.min(Math.max(whileSettling, forEachMachine * last.all.length), left()),
          );
      // Do not request a failing app in a tight loop.
      await clock.sleep(health !== undefined && health.words !== undefined ? Math.max(pause, 2000) : pause);
      // Before the machines, because their last check decides.
      await health?.ask();
      last = await check('Last check');
      standing = standingOf(last.all).words;
      const when = `after ${formatDuration(clock.now() - watchedFrom)} of settling`;
      if (last.managed.some(isHopeless)) throw failureOf(last, expected, when);
      const over = settlement.isOver(last.managed, last.time);
      if (!isComplete(last)) {
        unwell ??= clock.now();
        if (clock.now() - unwell >= Math.max(arrival, healthTimeout)) throw failureOf(last, expected, when);
        if (left() > 0) continue;
        // A state that stays the same when it is read again is final.
        overdue ??= clock.now();
        const arrives = last.managed.every(isRunning) ? lastArrival : betweenChecks;
        const patient = isUncounted(last) ? Math.max(arrives, healthTimeout) : arrives;
        if (clock.now() - overdue + betweenChecks > patient) throw failureOf(last, expected, when);
        continue;
      }
      [unwell, overdue] = [undefined, undefined];
      if (!over) {
        // Machines that are added again and again must not prolong the wait forever.
        if (clock.now() - watchedFrom > 2 * settleTime + lastArrival)
          throw unsettled(settlement.longest(last.managed, last.time), when);
        continue;
      }
      if (health === undefined || health.isRight) return last;
      const unreachable = health.unreachable(passChecks(last.managed));
      if (unreachable !== undefined) throw unreachable;
    }
  });
  const answers = health && `${formatDuration(clock.now() - watchedFrom)}, ${health.tally}`;
  if (answers !== undefined) log.line(`${health?.check.url}: ${answers}`);
  return { machines: last.all, answers };
}

/** Whether it runs the image in this deploy's release, healthy or not. */
const isRunning = ({ runsImage, waitingFor }: CheckedMachine): boolean =>
  runsImage && waitingFor?.kind !== 'release';

/** Whether all machines are listed and healthy, and there is at least one. */
const isComplete = ({ managed, incomplete }: Check): boolean =>
  incomplete === undefined && managed.length > 0 && managed.every(isFine);

/** Whether Fly.io does not report the number of machines. That can take as long as any other missing answer. */
const isUncounted = ({ incomplete }: Check): boolean => incomplete?.kind === 'uncounted';

/** Whether each machine that is started has health checks on Fly.io: those of a healthy one pass. */
export const passChecks = (machines: readonly CheckedMachine[]): boolean =>
  machines.every(({ checks, state }) => state !== 'started' || checks.length > 0);

function failureOf(check: Check, expected: Expectation, when: string): UserError {
  const { incomplete } = check;
  if (incomplete === undefined || check.managed.some(isHopeless))
    return notVerified(check.managed, expected, when);
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
function checker(
  expected: Expectation,
  settlement: Settlement,
  { observe, clock, log, seen }: WatchDeps,
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
