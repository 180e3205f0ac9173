import type { Clock, TickingClock } from './clock.ts';
import { formatDuration } from './format.ts';
import type { LineLog } from './line-log.ts';

/** How often a long wait says that it goes on, in milliseconds. */
const lineEvery = 10_000;

/** Something that may take long. */
export interface Wait {
  /** What is waited for, e.g. an image's reference. */
  readonly what: string;
  /** When it is given up, in milliseconds from its begin; undefined where that is for others to say. */
  readonly limit?: () => number;
  /** How it stands, asked for each line: `not there`, `2 of 5 machines are right`. undefined: this time nothing is said. */
  readonly how: () => string | undefined;
}

export interface WaitDeps {
  readonly clock: TickingClock;
  readonly log: Pick<LineLog, 'line'>;
}

/**
 * Does something that may take long, and has the log say every ten seconds what is waited for, how it stands and
 * how much time is left: a log that stands still looks like a step that hangs.
 *
 * @param work may say the line by itself too, such as at once.
 */
export async function waiting<T>(
  { what, limit, how }: Wait,
  { clock, log }: WaitDeps,
  work: (say: () => void) => Promise<T>,
): Promise<T> {
  const begin = clock.now();
  const say = () => {
    const words = how();
    if (words === undefined) return;
    const end = limit === undefined ? '' : ` of ${formatDuration(limit())}`;
    log.line(`Waiting for ${what}: ${words} after ${formatDuration(clock.now() - begin)}${end}`);
  };
  const stop = clock.every(lineEvery, say);
  try {
    return await work(say);
  } finally {
    stop();
  }
}

/**
 * Watches a program's output for silence.
 *
 * @returns `write`, which hands output on, and `how` for the wait: undefined while there is output.
 */
export function silenceOf(clock: Clock, write: (chunk: Buffer) => void) {
  let last = clock.now();
  return {
    write: (chunk: Buffer) => {
      last = clock.now();
      write(chunk);
    },
    how: (): string | undefined => {
      const silent = clock.now() - last;
      // Half the distance of two lines: what was silent for a whole one would often be said a line late.
      return silent < lineEvery / 2 ? undefined : `no output for ${formatDuration(silent)}`;
    },
  };
}
