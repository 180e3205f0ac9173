import { makeRun, type Run } from './child.ts';
import type { TickingClock } from './clock.ts';
import type { ProcessTrees } from './process-tree.ts';
import { silenceOf, waiting } from './progress.ts';

export interface FencedRunDeps {
  readonly clock: TickingClock;
  readonly cancelled: AbortSignal;
  readonly trees: ProcessTrees;
  /** Lets a program write to the log while workflow commands are disabled; `line` adds a line of this action. */
  readonly fenced: <T>(
    work: (write: (chunk: Buffer) => void, line: (text: string) => void) => Promise<T>,
  ) => Promise<T>;
}

/**
 * Runs a program with its output fenced in the log, and a line for each ten seconds of silence.
 *
 * @param what the program, in those lines.
 */
export const fencedRun =
  (what: string, { clock, cancelled, trees, fenced }: FencedRunDeps): Run =>
  (file, argv, env, timeout, stop) =>
    fenced((write, line) => {
      const silence = silenceOf(clock, write);
      const wait = { what, limit: () => timeout, how: silence.how };
      return waiting(wait, { clock, log: { line } }, () =>
        makeRun(silence.write, cancelled, trees)(file, argv, env, timeout, stop),
      );
    });
