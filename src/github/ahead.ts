import type { Clock } from '../lib/clock.ts';
import { type Recorder, recorderInTurn } from '../lib/stages.ts';
import { Turn } from '../lib/turn.ts';
import type { Log } from './log.ts';

/** How old an answer about something that others change can be when it is used, in milliseconds. */
export const freshFor = 3000;

/** Work that begins before its turn. */
export interface Ahead<T> {
  /** Its result as soon as it is known, before its log lines and records appear. */
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
 * Begins work before its turn, at the same time as other work. The log, the report, and the error if several fail are the same
 * as if each piece of work had followed the other.
 *
 * @param longest how old the result can be at its turn, in milliseconds. An older one is dropped, and the work is done again.
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
  // This also handles a rejection: the error can be reported much later, or never.
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
    // Work whose lines must stay together waits for its turn.
    group: (title, work) => turn.hasCome.then(() => log.group(title, work)),
    fenced: (work) => turn.hasCome.then(() => log.fenced(work)),
  };
}
