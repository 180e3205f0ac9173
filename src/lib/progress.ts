import type { Clock, TickingClock } from './clock.ts';
import { formatDuration } from './format.ts';
import type { LineLog } from './line-log.ts';

/** Time between two lines of a long wait, in milliseconds. */
const lineEvery = 10_000;

/** Something that can take long. */
export interface Wait {
  /** What is waited for, e.g. an image's reference. */
  readonly what: string;
  /** Time limit in milliseconds from its start; undefined: no limit. */
  readonly limit?: () => number;
  /** The current state, read for each line: `not found`, `2 of 5 machines run the image`. undefined: no line this time. */
  readonly how: () => string | undefined;
  /** Time between two lines, in milliseconds; default ten seconds. */
  readonly every?: number;
}

export interface WaitDeps {
  readonly clock: TickingClock;
  readonly log: Pick<LineLog, 'line'>;
}

/**
 * Does something that can take long. Regularly, a line in the log shows what it waits for, the current state and the
 * time limit: without new lines, a step looks as if it hangs.
 *
 * @param work can write the line itself, such as at once.
 */
export async function waiting<T>(
  { what, limit, how, every = lineEvery }: Wait,
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
  const stop = clock.every(every, say);
  try {
    return await work(say);
  } finally {
    stop();
  }
}

/**
 * Watches a program's output for silence.
 *
 * @returns `write`, which passes output on, and `how` for the wait: undefined while there is output.
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
      // Half the time between two lines. With the whole time, the silence would often be reported a line late.
      return silent < lineEvery / 2 ? undefined : `no output for ${formatDuration(silent)}`;
    },
  };
}
