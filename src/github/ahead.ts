import type { Clock } from '../lib/clock.ts';
import { type Recorder, recorderInTurn } from '../lib/stages.ts';
import { Turn } from '../lib/turn.ts';
import type { Log } from './log.ts';

/** How old an answer about something that others change may be when it is used, in milliseconds. */
export const freshFor = 3000;

/** Work that begins before its turn. */
export interface Ahead<T> {
  /** Its result as soon as it is there, with its log lines and records still kept. */
  readonly early: Promise<T>;
  /**
   * Its turn has come: everything that it logged and recorded appears now, and the rest at once.
   *
   * @throws its error, however long ago it happened.
   */
  readonly turn: () => Promise<T>;
}

interface AheadDeps {
  readonly log: Log;
  readonly clock: Clock;
  /** The report of a canceled run contains everything that is known. */
  readonly cancelled: AbortSignal;
}

/**
 * Begins work before its turn, beside other work. Log and report are as if one piece of work had followed the other, and so is
 * the error if several fail.
 *
 * @param longest how old the result may be at its turn, in milliseconds. An older one is dropped, and the work done again.
 */
export function ahead<Deps extends AheadDeps, Results, T>(
  deps: Deps,
  recorder: Recorder<Results>,
  work: (deps: Deps, recorder: Recorder<Results>) => Promise<T>,
  longest = Number.POSITIVE_INFINITY,
): Ahead<T> {
  const { clock, cancelled } = deps;
  const [turn, results] = [new Turn(), new Turn()];
  cancelled.addEventListener('abort', () => results.come());
  const early = work(
    { ...deps, log: logInTurn(deps.log, turn) },
    recorderInTurn(recorder, { turn, results }, clock),
  );
  let ended = Number.POSITIVE_INFINITY;
  const end = () => {
    ended = clock.now();
  };
  // Also handles the rejection: the error may be for much later, or for nobody.
  early.then(end, end);
  return {
    early,
    turn: () => {
      if (clock.now() - ended > longest) return work(deps, recorder);
      turn.come();
      results.come();
      return early;
    },
  };
}

/** A log that is written in its turn. Secrets are masked at once. */
function logInTurn(log: Log, turn: Turn): Log {
  const later =
    <Given extends unknown[]>(write: (...given: Given) => void) =>
    (...given: Given) =>
      turn.do(() => write(...given));
  return {
    line: later(log.line),
    debug: later(log.debug),
    about: later(log.about),
    notice: later(log.notice),
    warning: later(log.warning),
    error: later(log.error),
    mask: log.mask,
    hide: log.hide,
    // What appears as one piece waits for its turn.
    group: (title, work) => turn.hasCome.then(() => log.group(title, work)),
    fenced: (work) => turn.hasCome.then(() => log.fenced(work)),
  };
}
