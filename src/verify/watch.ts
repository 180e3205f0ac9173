import type { TickingClock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import type { LineLog } from '../lib/line-log.ts';
import { waiting } from '../lib/progress.ts';
import { UserError } from '../lib/user-error.ts';
import {
  type CheckedMachine,
  compare,
  type Expectation,
  isFine,
  isHopeless,
  managed,
  standingOf,
} from './compare.ts';
import { incompleteList, notVerified, unsettled } from './errors.ts';
import type { HealthMonitor } from './health.ts';
import { MachinesLost, type Observation } from './observe.ts';
import { type CheckTime, Settlement } from './settling.ts';

export interface WatchDeps {
  readonly observe: () => Promise<Observation>;
  readonly clock: TickingClock;
  readonly log: Pick<LineLog, 'line'>;
  /** Called after each check, so that a failure in a later one still shows what was seen. */
  readonly seen: (machines: readonly CheckedMachine[]) => void;
  /** Asks the app itself; undefined where it is not to be asked. */
  readonly health: HealthMonitor | undefined;
}

export interface Patience {
  readonly settleTime: number;
  /** How long a machine's health checks may take to pass, and Fly.io may be without an answer. */
  readonly healthTimeout: number;
}

/** What was watched. */
export interface Watched {
  /** All machines, those that the deploy does not manage too. */
  readonly machines: readonly CheckedMachine[];
  /** What the app's own answers came to; undefined where it was not asked. */
  readonly answers: string | undefined;
}

/** Fly.io takes one list request a second for an app (docs, working-with-machines-api, "Rate limits"). */
const betweenChecks = 1500;
/** While the machines settle they are checked so often. */
const whileSettling = 3000;
/** A machine that is just on its way when the others have settled has so long to arrive. */
const lastArrival = 15_000;
/** A machine that does not run the image after flyctl has this long at most, however long the settle time is. */
const longestArrival = 60_000;

/** One check, compared. */
interface Check {
  readonly all: readonly CheckedMachine[];
  readonly managed: readonly CheckedMachine[];
  readonly incomplete: Observation['incomplete'];
  readonly time: CheckTime;
}

/**
 * Checks the machines until each of them runs the image in this deploy's release and passes its health checks, and goes on
 * checking, and asking the app, until each has settled. Nothing counts that was not so in the last check, and nothing comes
 * after that.
 *
 * A machine that does not run it at first has the settle time to get there, a minute at most. What does not pass by itself,
 * such as a revert or a process that failed, ends the wait at once.
 *
 * @throws UserError that names each machine that is not healthy, its region and both digests.
 */
export async function watch(expected: Expectation, patience: Patience, deps: WatchDeps): Promise<Watched> {
  const { clock, log, health } = deps;
  const { settleTime, healthTimeout } = patience;
  const settlement = new Settlement(settleTime, expected.before ?? [], expected.beforeAt);
  const begin = clock.now();
  const check = checker(expected, settlement, deps, healthTimeout);

  /** Until all of them are healthy for the first time, as long as that may come. */
  const arrival = Math.min(settleTime, longestArrival);
  let limit = arrival;
  let standing = '';
  const arriving = { what: 'the machines', limit: () => limit, how: () => standing };
  let last = await waiting(arriving, deps, async () => {
    for (let n = 0; ; n++) {
      const now = await check(n === 0 ? 'First check' : 'Checking again');
      standing = standingOf(now.all).words;
      if (isComplete(now)) return now;
      // All run it in this release, and a check does not pass yet: that has the time of health, not of settling.
      const running = now.managed.length > 0 && now.managed.every(isRunning);
      limit = running ? Math.max(arrival, healthTimeout) : arrival;
      // A list that cannot be all of it is asked for once more in any case.
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
      // Without a settle time the second check follows at once, and any after it as elsewhere.
      const atOnce = settleTime === 0 && isComplete(last);
      const pause = atOnce ? 0 : Math.max(betweenChecks, Math.min(whileSettling, left()));
      // An app that is asked again without a pause would be asked in a tight loop.
      await clock.sleep(health !== undefined && health.words !== undefined ? Math.max(pause, 2000) : pause);
      // Before the machines: nothing comes after the check that counts.
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
        // What was asked for again is believed when it stays so.
        overdue ??= clock.now();
        const arrives = last.managed.every(isRunning) ? lastArrival : betweenChecks;
        const patient = isUncounted(last) ? Math.max(arrives, healthTimeout) : arrives;
        if (clock.now() - overdue + betweenChecks > patient) throw failureOf(last, expected, when);
        continue;
      }
      [unwell, overdue] = [undefined, undefined];
      if (!over) {
        // Machines that are added again and again would be waited for without an end.
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

/** Does it run the image in this deploy's release, whatever its health? */
const isRunning = ({ runsImage, waitingFor }: CheckedMachine): boolean =>
  runsImage && waitingFor?.kind !== 'release';

/** Are all machines there and healthy, one of them at least? */
const isComplete = ({ managed, incomplete }: Check): boolean =>
  incomplete === undefined && managed.length > 0 && managed.every(isFine);

/** Does Fly.io not answer how many machines there are? Then it has the time of any answer that does not come. */
const isUncounted = ({ incomplete }: Check): boolean => incomplete?.kind === 'uncounted';

const passChecks = (machines: readonly CheckedMachine[]): boolean =>
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

/** Codes of answers that may be other ones the next time. */
const passing = ['fly-unreachable', 'fly-unavailable', 'fly-rate-limited'];

/** Makes what checks the machines once. While Fly.io gives no sound answer it asks again, for as long as `patience`. */
function checker(
  expected: Expectation,
  settlement: Settlement,
  { observe, clock, log, seen }: WatchDeps,
  patience: number,
) {
  let before = '';
  return async (title: string): Promise<Check> => {
    const begin = clock.now();
    for (;;) {
      try {
        const { machines, incomplete, at, date } = await observe();
        const time = { now: at, date };
        const all = settlement.take(compare(machines, expected), time);
        seen(all);
        const { words } = standingOf(all);
        // A check that sees what the one before saw is for the wait's own lines to tell.
        if (words !== before) log.line(`${title}: ${words}`);
        before = words;
        return { all, managed: managed(all), incomplete, time };
      } catch (error) {
        const mayPass = error instanceof UserError && passing.includes(error.code);
        if (!mayPass || clock.now() - begin >= patience) throw error;
        await clock.sleep(betweenChecks);
      }
    }
  };
}
