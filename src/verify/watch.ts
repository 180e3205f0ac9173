import type { Machine } from '../fly/machines.ts';
import type { TickingClock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import type { LineLog } from '../lib/line-log.ts';
import { waiting } from '../lib/progress.ts';
import {
  type CheckedMachine,
  compare,
  type Expectation,
  isHealthy,
  isHopeless,
  managed,
  standingOf,
} from './compare.ts';
import { notVerified } from './errors.ts';

export interface VerifyDeps {
  readonly list: () => Promise<Machine[]>;
  readonly clock: TickingClock;
  readonly log: Pick<LineLog, 'line'>;
  /** Called after each check, so that a failure in a later one still shows what was seen. */
  readonly seen: (machines: readonly CheckedMachine[]) => void;
  /** Asks the app itself, until it answers as it should or the time is over; gives up with a UserError. */
  readonly health: (() => Promise<void>) | undefined;
}

export interface Patience {
  readonly settleTime: number;
  /** How long a machine's health checks may take to pass. */
  readonly healthTimeout: number;
}

/** Fly.io takes one list request a second for an app (docs, working-with-machines-api, "Rate limits"). */
const betweenLooks = 1500;
/** A machine that is just on its way at the last look has so long to arrive. */
const lastArrival = 15_000;

/**
 * Looks until every machine runs the image and passes its checks, asks the app itself, waits the settle time, and
 * looks again: flyd can put a machine back to its old image seconds after flyctl saw it started and went home
 * (superfly/flyctl#4921). Nothing is green that was not so in the last look, and nothing comes after that.
 *
 * A machine that does not run it at first has the settle time to get there. What does not pass by itself, a
 * revert or a process that failed, is not waited for.
 *
 * @throws UserError that names each machine that is not right, its region and both digests.
 */
export async function verifyMachines(
  expected: Expectation,
  { settleTime, healthTimeout }: Patience,
  { list, clock, log, seen, health }: VerifyDeps,
): Promise<CheckedMachine[]> {
  let standing = { healthy: -1, words: '' };
  const look = async (when: string, again: boolean): Promise<CheckedMachine[]> => {
    const machines = compare(await list(), expected);
    seen(machines);
    const found = standingOf(machines);
    // A look that sees as many as the one before is for the wait's own lines to say.
    if (!again || found.healthy !== standing.healthy) log.line(`${when}: ${found.words}`);
    standing = found;
    return managed(machines);
  };
  const healthy = (machines: readonly CheckedMachine[]) => machines.length > 0 && machines.every(isHealthy);
  /** Looks until all is well, as long as it may become so. */
  const arrive = async (
    first: string,
    patience: (machines: readonly CheckedMachine[]) => number,
    fail: string,
  ) => {
    const begin = clock.now();
    let limit = settleTime;
    const wait = { what: 'the machines', limit: () => limit, how: () => standing.words };
    return waiting(wait, { clock, log }, async () => {
      for (let again = false; ; again = true) {
        const machines = await look(again ? 'Looking again' : first, again);
        if (healthy(machines)) return machines;
        limit = patience(machines);
        const late = clock.now() - begin + betweenLooks > limit;
        if (late || machines.some(isHopeless)) throw notVerified(machines, expected, fail);
        await clock.sleep(betweenLooks);
      }
    });
  };

  // All run it, and a check does not pass yet: that has the time of health, not of settling.
  const patience = (machines: readonly CheckedMachine[]) =>
    machines.length > 0 && machines.every(({ runsImage }) => runsImage)
      ? Math.max(settleTime, healthTimeout)
      : settleTime;
  let machines = await arrive('First look', patience, 'after the deploy');
  await health?.();
  if (settleTime > 0) {
    log.line(
      `Settling for ${formatDuration(settleTime)}: a machine whose new image fails is put back seconds after it started`,
    );
    const settling = { what: 'the machines to settle', limit: () => settleTime, how: () => standing.words };
    await waiting(settling, { clock, log }, () => clock.sleep(settleTime));
    await health?.();
    const transit = (seen: readonly CheckedMachine[]) =>
      seen.every(({ runsImage }) => runsImage) ? lastArrival : 0;
    machines = await arrive('Last look', transit, `after ${formatDuration(settleTime)} of settling`);
  } else if (health !== undefined) {
    machines = await arrive('Last look', () => 0, 'after the app answered');
  }
  return machines;
}
