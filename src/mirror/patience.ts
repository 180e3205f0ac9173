import type { Clock } from '../lib/clock.ts';
import { HttpError } from '../lib/http-error.ts';
import type { LineLog } from '../lib/line-log.ts';
import { messageOf } from '../lib/user-error.ts';

/** An attempt that failed for a temporary reason. */
export class Interrupted extends Error {}

/** Tries without progress, and the bytes that count as progress. */
export const tries = 4;
const progress = 1024 ** 2;

/** Whether a connection broke; a redirect that is not followed or a body that is too large does not count. */
export const isBroken = (error: unknown): boolean =>
  (error instanceof HttpError && error.mayPass) ||
  (error instanceof Error &&
    ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(
      String((error as { code?: unknown }).code),
    ));

export interface PatienceDeps {
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly log: Pick<LineLog, 'line'>;
  readonly signal: AbortSignal;
}

/** The waits between the tries of one part of a copy, which grow until there is progress. */
export class Patience {
  readonly #deps: PatienceDeps;
  #failures = 0;
  #furthest = 0;

  constructor(deps: PatienceDeps) {
    this.#deps = deps;
  }

  /**
   * Waits after a failure.
   *
   * @param at the bytes so far.
   * @throws the error if another try cannot help, or if there were too many without progress.
   */
  async after(error: unknown, at = 0): Promise<void> {
    const { clock, random, log, signal } = this.#deps;
    if (at >= this.#furthest + progress) [this.#failures, this.#furthest] = [0, at];
    this.#failures++;
    const isTemporary = error instanceof Interrupted || isBroken(error);
    if (!isTemporary || this.#failures >= tries || signal.aborted) throw error;
    log.line(`Interrupted (${messageOf(error)})`);
    await clock.sleep(500 + random() * 1000 * 2 ** (this.#failures - 1));
  }
}

/** Does something again after temporary failures. */
export async function persist<T>(work: () => Promise<T>, deps: PatienceDeps): Promise<T> {
  const patience = new Patience(deps);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await patience.after(error);
    }
  }
}
