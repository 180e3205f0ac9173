import { describe, expect, test } from '@jest/globals';
import { fork, pullRequest, push, workflowRun } from '../../sandbox/events.ts';
import type { RunOptions } from '../../sandbox/runner.ts';
import { errorOf, inWorld, type TestWorld, tag } from './world.ts';

/** Nothing may have been asked of any network, and everything must be written. */
async function expectNothingTouched(
  { registry, fly }: TestWorld,
  run: Awaited<ReturnType<TestWorld['deploy']>>,
): Promise<void> {
  expect(run.flyctl).toEqual([]);
  expect(registry.requests.filter(({ headers }) => headers['user-agent'] === 'deploy-fly-image')).toEqual([]);
  expect(fly.requests).toEqual([]);
  expect(run.outputs).toMatchObject({ deployed: 'false', verified: 'false', image: '' });
  expect(run.summary).toContain('❌');
}

describe('bad inputs: one error, before anything is asked of a network', () => {
  test.each<[string, Record<string, string>, Partial<RunOptions>, RegExp]>([
    ['no app', { app: '' }, {}, /`app` is empty and there is no fly\.toml/],
    ['no token', { 'fly-api-token': '' }, {}, /no Fly\.io token/],
    ['a config that is not there', { config: 'deploy/fly.toml' }, {}, /"deploy\/fly\.toml" does not exist/],
    ['a config that is no TOML', { app: '' }, { files: { 'fly.toml': 'app = [' } }, /no valid TOML/],
    ['an invalid reference', { image: 'ghcr.io/owner/repo@null' }, {}, /"null" is no sha256 digest/],
    [
      'a template that renders no tag',
      { 'sha-tag': '{branch}:{sha}' },
      {},
      /renders "main:0123456": no valid tag/,
    ],
    [
      'a branch that renders no tag',
      {},
      {
        event: workflowRun(
          { head_branch: 'é' },
          { repository: { ...fork, id: 186853002, default_branch: 'é' } },
        ),
      },
      /renders "--abc1234" for branch "é"/,
    ],
    ['a duration', { 'settle-time': '20 seconds' }, {}, /`settle-time` is "20 seconds"/],
    ['a boolean', { verify: 'no' }, {}, /`verify` is "no"/],
    ['a number', { 'short-sha-length': '-1' }, {}, /`short-sha-length` is "-1"/],
    ['a flag that changes the image', { flags: '--image other' }, {}, /"--image" cannot be passed/],
    ['a base URL', {}, { env: { FLY_FLAPS_BASE_URL: 'nowhere' } }, /FLY_FLAPS_BASE_URL is "nowhere"/],
  ])('%s', (_name, inputs, { event = workflowRun(), ...options }, message) =>
    inWorld(async (world) => {
      world.push(tag);
      world.registry.requests.length = 0;
      world.fly.requests.length = 0;
      const run = await world.deploy(event, inputs, options);
      expect(errorOf(run)).toMatch(message);
      expect(errorOf(run)).toMatch(/Expected: [\s\S]*To fix: /);
      await expectNothingTouched(world, run);
    }),
  );

  test('all faults come in one error', () =>
    inWorld(async (world) => {
      const run = await world.deploy(workflowRun(), {
        app: 'Bad Name',
        'fly-api-token': '',
        verify: 'x',
        'settle-time': 'x',
        image: '@',
      });
      const error = errorOf(run);
      for (const part of [
        '5 faults',
        '"Bad Name"',
        'no Fly.io token',
        '`verify`',
        '`settle-time`',
        'image reference',
      ])
        expect(error).toContain(part);
    }));
});

describe('bad events', () => {
  test.each<[string, RunOptions['event'], Partial<RunOptions>, RegExp]>([
    [
      'no event file',
      { name: 'push', payload: undefined },
      {},
      /event file .*event\.json \(GITHUB_EVENT_PATH\) does not exist/,
    ],
    [
      'no path of one',
      { name: 'push', payload: {} },
      { env: { GITHUB_EVENT_PATH: undefined } },
      /GITHUB_EVENT_PATH is empty/,
    ],
    ['broken JSON', { name: 'push', payload: '{"ref": ' }, {}, /event’s payload is no JSON/],
    ['JSON that is no object', { name: 'push', payload: '[]' }, {}, /event’s payload is an array/],
    [
      'a payload without its fields',
      { name: 'workflow_run', payload: { action: 'completed' } },
      {},
      /`repository\.default_branch` is missing/,
    ],
    [
      'a workflow_run without a run',
      { name: 'workflow_run', payload: { action: 'completed', repository: fork } },
      {},
      /`workflow_run\.event` is missing/,
    ],
    [
      'a commit that is none',
      workflowRun({ head_sha: '--help' }),
      {},
      /`workflow_run\.head_sha` is "--help"[\s\S]*a full commit id/,
    ],
    [
      'an unknown event',
      { name: 'star', payload: workflowRun().payload },
      {},
      /The event is "star"[\s\S]*workflow_dispatch/,
    ],
    ['a pull request', pullRequest(), {}, /The event is pull_request:/],
    ['a pull_request_target', pullRequest('pull_request_target'), {}, /The event is pull_request_target:/],
    [
      'a fork whose branch is called main',
      workflowRun({ head_repository: fork }),
      {},
      /built a commit of stranger\/repo[\s\S]*fork/,
    ],
    ['a failed build', workflowRun({ conclusion: 'failure' }), {}, /ended with "failure"/],
    ['a pull request’s build', workflowRun({ event: 'pull_request' }), {}, /started by pull_request/],
    ['a chained run', workflowRun({ event: 'workflow_run' }), {}, /itself started by a workflow_run/],
    ['another branch', push({}, 'refs/heads/dev'), {}, /The push was to refs\/heads\/dev/],
    ['a deleted branch', push({ deleted: true }), {}, /The push deleted/],
  ])('%s', (_name, event, options, message) =>
    inWorld(async (world) => {
      world.push(tag);
      world.registry.requests.length = 0;
      world.fly.requests.length = 0;
      const run = await world.deploy(event, {}, options);
      expect(errorOf(run)).toMatch(message);
      expect(errorOf(run)).toMatch(/Expected: [\s\S]*To fix: /);
      await expectNothingTouched(world, run);
    }),
  );
});

test('without the files of the runner the step still says what happened', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const run = await deploy(workflowRun(), {}, { env: { GITHUB_STEP_SUMMARY: undefined } });
    expect(run.status).toBe(0);
  }));
