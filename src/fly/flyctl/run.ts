import type { TickingClock } from '../../lib/clock.ts';
import { silenceOf, waiting } from '../../lib/progress.ts';
import type { Ask } from '../../lib/spawn.ts';
import { withoutAgent } from './agent.ts';
import { makeRun, type Run } from './child.ts';

export interface RunnerDeps {
  readonly clock: TickingClock;
  readonly ask: Ask;
  readonly cancelled: AbortSignal;
  /** Lets flyctl write to the log while workflow commands are disabled; `line` adds a line of this action. */
  readonly fenced: <T>(
    work: (write: (chunk: Buffer) => void, line: (text: string) => void) => Promise<T>,
  ) => Promise<T>;
}

/** Runs flyctl with its output fenced in the log, a line for each ten seconds of silence, and no agent left behind. */
export const flyctlRunner = ({ clock, ask, cancelled, fenced }: RunnerDeps): Run =>
  withoutAgent(
    (file, argv, env, timeout) =>
      fenced((write, line) => {
        const silence = silenceOf(clock, write);
        const wait = { what: 'flyctl', limit: () => timeout, how: silence.how };
        return waiting(wait, { clock, log: { line } }, () =>
          makeRun(silence.write, cancelled)(file, argv, env, timeout),
        );
      }),
    ask,
    cancelled,
  );
