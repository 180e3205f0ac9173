import type { FlyApi } from '../fly/api.ts';
import type { Clock } from '../lib/clock.ts';
import type { LineLog } from '../lib/line-log.ts';
import type { UserError } from '../lib/user-error.ts';
import { type Busy, busyWith, busyWords } from './busy.ts';
import { whilePassing } from './check.ts';
import { type CheckedMachine, managed, standingOf } from './compare.ts';
import { type Drift, driftOf, type Fleet, withCrash } from './drift.ts';
import { driftError, type Meant, stillBusy } from './drift-errors.ts';
import { type Baseline, emptyBaseline } from './observe.ts';
import type { Verifier } from './verifier.ts';

/** How a comparison ended. */
export type Compared =
  | {
      readonly kind: 'compared';
      readonly drift: Drift;
      /** Undefined if every machine runs the image and is healthy. */
      readonly error: UserError | undefined;
      readonly fleet: readonly CheckedMachine[];
      /** Whether Fly.io did not report the number of machines. */
      readonly uncounted: boolean;
    }
  /** A deploy was in progress and has ended, so that another image may be what should run. */
  | { readonly kind: 'changed' };

export interface CompareDeps {
  readonly clock: Clock;
  readonly log: Pick<LineLog, 'line'>;
  readonly api: FlyApi;
  readonly verifier: Verifier;
  readonly meant: Meant;
  /** The tag that names the image now, in each repository that machines can have it from. */
  readonly tags: readonly string[];
  /** When patience ends, in milliseconds since 1970, and how long it was, in milliseconds. */
  readonly end: number;
  readonly patience: number;
}

/** Time between checks, and while a deploy is in progress, in milliseconds. */
const [betweenChecks, whileBusy] = [1500, 5000];

/** An app that counts its machines: the first list must have as many. */
const counting: Baseline = { ...emptyBaseline, count: 0 };

/**
 * Compares the machines until all are healthy, or a difference is certain: two checks in a row find the same one, and no deploy
 * is in progress. What can pass is waited for: a deploy, a machine's health checks, an API that does not answer.
 *
 * @throws UserError when Fly.io refuses, or does not answer in time.
 */
export async function compareFleet(deps: CompareDeps): Promise<Compared> {
  const { clock, log, api, meant, end, patience } = deps;
  const begin = clock.now();
  const check = checker(deps);
  let wasBusy = false;
  let last: Drift | undefined;
  for (;;) {
    const fleet = await check();
    const { machines } = fleet;
    const drift = driftOf(fleet);
    const error = driftError(drift, fleet, meant);
    const compared = {
      ...({ kind: 'compared', drift, error, fleet: machines } as const),
      uncounted: fleet.incomplete?.kind === 'uncounted',
    };
    if (error === undefined) return compared;
    const busy = await whilePassing(() => busyWith(api, machines, clock.now()), clock, end);
    const isOver = (pause: number) => clock.now() + pause > end;
    if (busy !== undefined) {
      if (isOver(whileBusy))
        return { ...compared, drift: 'busy', error: stillBusy(busy, clock.now() - begin, patience) };
      log.line(`A deploy is in progress, so the machines are compared again: ${wordsOf(busy)}`);
      wasBusy = true;
      await clock.sleep(whileBusy);
      continue;
    }
    if (wasBusy) return { kind: 'changed' };
    // Machines that run the image can still become healthy.
    const canPass = drift === 'none' && managed(machines).every(({ failure }) => failure === undefined);
    if (last === drift && (!canPass || isOver(betweenChecks))) return compared;
    last = drift;
    await clock.sleep(betweenChecks);
  }
}

const wordsOf = (busy: Busy): string => busyWords(busy).replace(/^[A-Z]/, (first) => first.toLowerCase());

/** Returns a function that checks the machines once. @throws UserError when Fly.io refuses, or does not answer in time. */
function checker({ clock, log, verifier, end, tags }: CompareDeps): () => Promise<Fleet> {
  let before: string | undefined;
  return async () => {
    const {
      incomplete,
      at,
      machines: listed,
    } = await whilePassing(() => verifier.observe(counting), clock, end);
    const machines = verifier.compare(listed, undefined).map(withCrash);
    const { words, healthy } = standingOf(machines);
    // Checks that repeat an unchanged state are in the report.
    if (words !== before) log.line(`Check: ${words}`);
    before = words;
    verifier.journal.checks.add({
      ...{ at, of: 'verify', machines: managed(machines).length, healthy, words },
      incomplete: incomplete?.kind,
    });
    return { machines, incomplete, tags };
  };
}
