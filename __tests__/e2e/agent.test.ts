import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { runnerSecrets } from '../../sandbox/runner/environment.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { inWorld, tag } from './world.ts';

// A flyctl that starts its agent and exits. The agent runs in a separate process group and listens on a socket.
const flyctl = `
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
const folder = process.env.FLY_CONFIG_DIR;
if (process.argv[2] === 'agent') {
  process.kill(Number(readFileSync(folder + '/pid', 'utf8')));
} else {
  const wait = 'setTimeout(() => {}, 60000)';
  const agent = spawn(process.execPath, ['-e', wait], { detached: true, stdio: 'ignore' });
  agent.unref();
  writeFileSync(folder + '/pid', String(agent.pid));
  writeFileSync(folder + '/fly-agent.sock', '');
  console.log('agent', agent.pid, 'in', folder, 'of', process.env.RUNNER_TRACKING_ID);
}
`;

const agentOf = ({ log }: ActionRun) => {
  const [, pid, folder, tracking] = /agent (\d+) in (\S+) of (\S+)/.exec(log.text) ?? [];
  return { pid: Number(pid), folder: folder ?? '', tracking };
};
const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const env = { RUNNER_TRACKING_ID: 'github_7e57' };

test('stops the agent that flyctl leaves behind with the token, and removes its folder', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const run = await deploy(workflowRun(), {}, { flyctl, env });
    const { pid, folder, tracking } = agentOf(run);
    expect(pid).toBeGreaterThan(1);
    // The agent gets a request to exit, which can take a moment.
    for (let tries = 0; tries < 50 && runs(pid); tries++) await new Promise((done) => setTimeout(done, 50));
    expect([runs(pid), existsSync(folder), tracking]).toEqual([false, false, 'github_7e57']);
    expect(run.log.text).not.toContain(runnerSecrets.github);
  }));

test('does not change a folder that the workflow names, which other programs can use', () =>
  inWorld(async ({ deploy, push, fly }) => {
    push(tag);
    const run = await deploy(workflowRun(), {}, { env: { ...env, FLY_CONFIG_DIR: '/nowhere/fly' } });
    expect([run.status, run.flyctl[0]?.env['FLY_CONFIG_DIR']]).toEqual([0, '/nowhere/fly']);
    expect(run.flyctl.map(({ argv }) => argv[0])).toEqual(['deploy']);
    expect(fly.unknown).toEqual([]);
  }));
