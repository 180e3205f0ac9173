import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask } from '../../lib/spawn.ts';
import type { Run } from './child.ts';

/**
 * Runs flyctl in a config folder of this run's own, and stops what flyctl leaves behind. To read the logs of a release
 * command it starts `flyctl agent run`, which has the token in its environment, is in no process group of ours, and
 * outlives flyctl and the job (flyctl, agent/start.go). A folder of its own makes sure that the agent is ours to stop,
 * and that flyctl reads no login that somebody left on this machine. One that the workflow names with FLY_CONFIG_DIR
 * is taken as it is.
 */
export const withoutAgent =
  (run: Run, ask: Ask, cancelled: AbortSignal): Run =>
  async (file, argv, env, timeout) => {
    if (env['FLY_CONFIG_DIR']) return run(file, argv, env, timeout);
    // Short: a socket's path may have some hundred bytes, and without one flyctl does without its agent.
    const folder = mkdtempSync(join(env['RUNNER_TEMP'] || tmpdir(), 'fly-'));
    const own = { ...env, FLY_CONFIG_DIR: folder };
    try {
      return await run(file, argv, own, timeout);
    } finally {
      // agent/agent.go, PathToSocket.
      if (existsSync(join(folder, 'fly-agent.sock'))) {
        await Promise.race([ask(file, ['agent', 'stop'], '', own), sinceCancel(cancelled, 1000)]);
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  };

/**
 * Resolves so long after a cancel, in milliseconds, also one that comes later: then there is no time to wait for what is
 * left of a job, and the runner ends it.
 */
const sinceCancel = (cancelled: AbortSignal, time: number): Promise<void> =>
  new Promise((resolve) => {
    const wait = () => void setTimeout(resolve, time);
    if (cancelled.aborted) wait();
    else cancelled.addEventListener('abort', wait, { once: true });
  });
