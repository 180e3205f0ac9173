import type { TickingClock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import { waiting } from '../lib/progress.ts';
import {
  betweenChecks,
  type Check,
  type CheckDeps,
  checker,
  failureOf,
  isComplete,
  isUncounted,
  passChecks,
} from './check.ts';
import type { OwnTest } from './command.ts';
import { type CheckedMachine, type Expectation, isHopeless, isRunning, standingOf } from './compare.ts';
import { unsettled } from './errors.ts';
import type { HealthMonitor } from './health.ts';
import { Settlement } from './settling.ts';

export interface WatchDeps extends CheckDeps {
  readonly clock: TickingClock;
  /** Requests the app's URL; undefined without `health-url`. */
  readonly health: HealthMonitor | undefined;
  /** Runs while the machines settle; undefined without `verify-command`. */
  readonly test?: OwnTest | undefined;
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

/**
 * Time between checks while the machines settle, and at least so much for each machine: a list of 3,000 has 5 to 15 MB. The last
 * check is not later for that.
 */
const [whileSettling, forEachMachine] = [3000, 2];
/** How long to wait for a machine that is still starting when the others have settled. */
const lastArrival = 15_000;
/** The longest wait for a machine that does not run the image yet, however long the settle time is. */
const longestArrival = 60_000;

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
  const { clock, log, health, test } = deps;
  const { settleTime, healthTimeout } = patience;
  const settlement = new Settlement(settleTime, expected.before ?? [], expected.beforeAt);
  const begin = clock.now();
  const check = checker(expected, settlement, deps, healthTimeout);

  /** How long to wait until all of them are healthy for the first time. */
  const arrival = Math.min(settleTime, longestArrival);
  let limit = arrival;
  let standing = 'not listed yet';
  const arriving = { what: 'the machines', limit: () => limit, how: () => standing };
  let last = await waiting(arriving, deps, async () => {
    for (let isFirst = true; ; isFirst = false) {
      const now = await check(isFirst ? 'First check' : 'Checking again');
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
  // All of them are in the release of this deploy.
  test?.start(last.managed[0]?.releaseVersion);
  try {
    last = await settle(last, { expected, patience, arrival, settlement, check }, deps);
  } finally {
    // If the machines fail, the test has nothing left to show.
    await test?.stop();
  }
  const answers = health && `${formatDuration(clock.now() - watchedFrom)}, ${health.tally}`;
  if (health !== undefined) log.line(`${health.check.url}: ${answers}`);
  return { machines: last.all, answers };
}

interface Settle {
  readonly expected: Expectation;
  readonly patience: Patience;
  /** How long a machine can take to be healthy again, in milliseconds. */
  readonly arrival: number;
  readonly settlement: Settlement;
  readonly check: (title: string) => Promise<Check>;
}

/** Continues to check the machines until each has settled, the app answers, and the user's own test has succeeded. */
async function settle(
  first: Check,
  { expected, patience, arrival, settlement, check }: Settle,
  deps: WatchDeps,
): Promise<Check> {
  const { clock, health, test } = deps;
  const { settleTime, healthTimeout } = patience;
  let last = first;
  let standing = standingOf(first.all).words;
  /** When the time limit for settling begins: the test can take longer than that. */
  let from = clock.now();
  const begin = from;
  const left = () => settlement.longest(last.managed, last.time)?.left ?? 0;
  const waitsForTest = () => test?.isRunning === true && left() === 0;
  const how = () => {
    const rest = waitsForTest() ? undefined : `${formatDuration(left())} left`;
    return [standing, health?.words, test?.words, rest].filter(Boolean).join(', ');
  };
  return waiting({ what: 'the machines to settle', how }, deps, async () => {
    let unwell: number | undefined;
    let overdue: number | undefined;
    for (;;) {
      // Without a settle time, the second check follows at once.
      const atOnce = settleTime === 0 && isComplete(last) && test?.isRunning !== true;
      const usual = Math.max(whileSettling, forEachMachine * last.all.length);
      const pause = atOnce ? 0 : Math.max(betweenChecks, waitsForTest() ? usual : Math.min(usual, left()));
      // Do not request a failing app in a tight loop.
      await pauseFor(
        health !== undefined && health.words !== undefined ? Math.max(pause, 2000) : pause,
        deps,
      );
      // Before the machines, because their last check decides.
      await health?.ask();
      if (test?.failure !== undefined) throw test.failure;
      const tested = test?.isRunning !== true;
      if (!tested) from = clock.now();
      last = await check('Last check');
      standing = standingOf(last.all).words;
      const when = `after ${formatDuration(clock.now() - begin)} of settling`;
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
      unwell = undefined;
      overdue = undefined;
      if (!over) {
        // Machines that are added again and again must not prolong the wait forever.
        if (clock.now() - from > 2 * settleTime + lastArrival)
          throw unsettled(settlement.longest(last.managed, last.time), when);
        continue;
      }
      if (health === undefined || health.isRight) {
        if (tested) return last;
        continue;
      }
      const unreachable = health.unreachable(passChecks(last.managed));
      if (unreachable !== undefined) throw unreachable;
    }
  });
}

/** Waits until the next check. The end of the user's own test brings it forward. */
async function pauseFor(ms: number, { clock, test }: WatchDeps): Promise<void> {
  if (test?.isRunning !== true) return clock.sleep(ms);
  const begin = clock.now();
  await Promise.race([clock.sleep(ms), test.ended]);
  if (test.failure === undefined) await clock.sleep(Math.max(0, betweenChecks - (clock.now() - begin)));
}
