import type { ChildProcess } from 'node:child_process';
import type { EndReason, ProcessTrees } from './process-tree.ts';

/** How a child ended. */
export interface Exit {
  /** Exit status; undefined when something else ended it. */
  readonly status: number | undefined;
  /** The signal that ended it, or on Windows the error of the system, such as 0xC0000005. */
  readonly signal: string | undefined;
  readonly stdout: string;
  /** The last lines of stderr. */
  readonly errorTail: string;
  /** Whether it was interrupted because its time was over. */
  readonly timedOut: boolean;
  /** Whether it was interrupted for another reason. */
  readonly stopped: boolean;
}

/**
 * Starts a program and passes its output on as it arrives. Rejects only if it cannot be started.
 *
 * @param timeout in milliseconds; @param stop ends the program early, as a cancellation does.
 */
export type Run = (
  file: string,
  argv: readonly string[],
  env: Record<string, string>,
  timeout: number,
  stop?: AbortSignal,
) => Promise<Exit>;

const [tailLines, keptOutput] = [12, 64 * 1024];

/**
 * Runs a child with argv and without a shell, so that everything it started ends with it. Its output goes to `write` at once and
 * unchanged. When the job is canceled, or the time is over, it is interrupted, and killed if it does not end: flyctl then marks
 * its release as interrupted.
 *
 * @actions/exec does not fit here: it does not support signals, cannot kill a child, and does not start a process group, but
 * a cancellation must reach everything that flyctl started.
 */
export function makeRun(write: (chunk: Buffer) => void, cancelled: AbortSignal, trees: ProcessTrees): Run {
  return (file, argv, env, timeout, stop) =>
    new Promise((resolve, reject) => {
      const child: ChildProcess = process.getBuiltinModule('node:child_process').spawn(file, argv, {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...trees.options,
      });
      const kept = { stdout: lastOf(keptOutput), stderr: lastOf(keptOutput) };
      for (const name of ['stdout', 'stderr'] as const) {
        const decoder = new TextDecoder();
        child[name]?.on('data', (chunk: Buffer) => {
          write(chunk);
          kept[name].add(decoder.decode(chunk, { stream: true }));
        });
      }

      const timers: NodeJS.Timeout[] = [];
      const endings: (() => void)[] = [];
      const end = (reason: EndReason) => void endings.push(trees.end(child, reason));
      let timedOut = false;
      timers.push(
        setTimeout(() => {
          timedOut = true;
          end({ kind: 'timeout' });
        }, timeout),
      );
      let stopped = false;
      const cancel = () => {
        stopped = true;
        end(
          cancelled.aborted
            ? { kind: 'cancel', signal: cancelled.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT' }
            : { kind: 'stop' },
        );
      };
      const signals = stop === undefined ? [cancelled] : [cancelled, stop];
      if (signals.some(({ aborted }) => aborted)) cancel();
      for (const signal of signals) signal.addEventListener('abort', cancel);

      const done = () => {
        for (const timer of timers) clearTimeout(timer);
        for (const stopEnding of endings) stopEnding();
        for (const signal of signals) signal.removeEventListener('abort', cancel);
      };
      child.on('error', (error) => {
        done();
        reject(error);
      });
      // Processes that it left behind can keep its output open. Its own end counts, plus a moment for the last lines.
      child.on('exit', () => {
        timers.push(
          setTimeout(() => {
            trees.sweep(child);
            child.stdout?.destroy();
            child.stderr?.destroy();
          }, 500),
        );
      });
      child.on('close', (status, signal) => {
        done();
        // What it left behind without its output.
        trees.sweep(child);
        const lines = kept.stderr
          .text()
          .split(/\r?\n/)
          .filter((line) => line.trim() !== '');
        resolve({
          ...endOf(status, signal),
          stdout: kept.stdout.text(),
          errorTail: lines.slice(-tailLines).join('\n'),
          timedOut,
          stopped,
        });
      });
    });
}

/** On Windows, an error of the system ends a program where a signal would elsewhere. It becomes the exit status (NTSTATUS, "error"). */
const leastSystemError = 0xc000_0000;

/** How a program ended, by its exit status or the signal. */
export const endOf = (status: number | null, signal: string | null): Pick<Exit, 'status' | 'signal'> =>
  status !== null && status >= leastSystemError
    ? { status: undefined, signal: `0x${status.toString(16).toUpperCase()}` }
    : { status: status ?? undefined, signal: signal ?? undefined };

/**
 * Keeps the last characters of a text that arrives in pieces. It is cut only now and then, because each cut copies what is
 * kept, and flyctl prints thousands of short lines.
 */
function lastOf(most: number): { readonly add: (piece: string) => void; readonly text: () => string } {
  let text = '';
  return {
    add: (piece) => {
      text += piece;
      if (text.length > 16 * most) text = text.slice(-most);
    },
    text: () => text.slice(-most),
  };
}
