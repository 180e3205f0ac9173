import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../lib/child.ts';
import type { Ask } from '../../lib/spawn.ts';

/**
 * Runs flyctl with a separate config folder, and stops what flyctl leaves behind. To read the logs of a release command,
 * flyctl starts `flyctl agent run`, which has the token in its environment, is not in our process group, and outlives flyctl
 * and the job (flyctl, agent/start.go). With a separate folder, the agent is certainly ours to stop, and flyctl does not read
 * a login that someone left on this machine. A folder that the workflow names with FLY_CONFIG_DIR is used unchanged.
 */
export const withoutAgent =
  (run: Run, ask: Ask, cancelled: AbortSignal): Run =>
  async (file, argv, env, timeout) => {
    if (env['FLY_CONFIG_DIR']) return run(file, argv, env, timeout);
    // Short, because the path of a socket is limited to about a hundred bytes. Without a socket, flyctl does not use its agent.
    const folder = newFolder([env['RUNNER_TEMP'] || tmpdir(), tmpdir()]);
    const own = { ...env, FLY_CONFIG_DIR: folder };
    try {
      return await run(file, argv, own, timeout);
    } finally {
      try {
        // agent/agent.go, PathToSocket. By its name, because Windows cannot open a socket to see whether it exists.
        if (readdirSync(folder).includes('fly-agent.sock'))
          await Promise.race([ask(file, ['agent', 'stop'], '', own), sinceCancel(cancelled, 1000)]);
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      } catch {
        // Windows does not remove a file that a program still has open. The runner empties this folder after the job, and what
        // flyctl left there does not change how the deploy ended.
      }
    }
  };

/** A new folder in the first of these in which one can be created. @throws the last reason. */
function newFolder([first = tmpdir(), ...others]: readonly string[]): string {
  try {
    return mkdtempSync(join(first, 'fly-'));
  } catch (error) {
    if (others.length === 0) throw error;
    return newFolder(others);
  }
}

/**
 * Resolves this many milliseconds after a cancel, now or later. After a cancel there is no time to wait for the agent: the
 * runner ends what is left of a job.
 */
const sinceCancel = (cancelled: AbortSignal, time: number): Promise<void> =>
  new Promise((resolve) => {
    const wait = () => void setTimeout(resolve, time);
    if (cancelled.aborted) wait();
    else cancelled.addEventListener('abort', wait, { once: true });
  });
