import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { withoutAgent } from '../src/fly/flyctl/agent.ts';

const folder = mkdtempSync(join(tmpdir(), 'agent-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a cancel does not wait for an agent that does not end, even one that starts meanwhile', async () => {
  const cancel = new AbortController();
  const run = withoutAgent(
    async (_file, _argv, env) => {
      writeFileSync(join(env['FLY_CONFIG_DIR'] ?? '', 'fly-agent.sock'), '');
      return { status: 0, signal: undefined, stdout: '', errorTail: '', timedOut: false, stopped: false };
    },
    () => {
      setTimeout(() => cancel.abort('SIGINT'), 10);
      return new Promise(() => {});
    },
    cancel.signal,
  );
  const begin = performance.now();
  expect((await run('flyctl', ['deploy'], { RUNNER_TEMP: folder }, 1000)).status).toBe(0);
  expect(performance.now() - begin).toBeLessThan(3000);
});
