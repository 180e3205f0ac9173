import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isAction } from '../../sandbox/lib/http.ts';
import { fork, pullRequest, push, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { RunOptions } from '../../sandbox/runner/runner.ts';
import { digestOf } from '../factories.ts';
import { onPosix } from '../platforms.ts';
import { app, codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

/** A published package, with or without a tag. */
const published = (name: string, tagName = ''): RunOptions['event'] => ({
  name: 'registry_package',
  payload: {
    ...workflowDispatch().payload,
    action: 'published',
    registry_package: {
      namespace: 'owner',
      name,
      package_version: {
        version: digestOf('a'),
        container_metadata: { tag: { name: tagName } },
      },
    },
  },
});

/** Expects no network request, and all outputs and the summary. */
async function expectNothingTouched(
  { registry, fly }: TestWorld,
  run: Awaited<ReturnType<TestWorld['deploy']>>,
): Promise<void> {
  expect(run.flyctl).toEqual([]);
  expect(registry.requests.filter(isAction)).toEqual([]);
  expect(fly.requests).toEqual([]);
  expect(run.outputs).toMatchObject({ deployed: 'false', verified: 'false', image: '' });
  expect(run.summary).toContain('❌');
}

describe('bad inputs are one error, before any network request', () => {
  test.each<[string, Record<string, string>, Partial<RunOptions>, code: string, facts: string[]]>([
    ['no app', { app: '' }, {}, 'app-missing', ['`app`', 'fly.toml', 'app: your-app']],
    ['no token', { 'fly-api-token': '' }, {}, 'fly-token-missing', ['fly-api-token', 'FLY_API_TOKEN']],
    [
      'a config that does not exist',
      { config: 'deploy/fly.toml' },
      {},
      'config-missing',
      ['deploy/fly.toml', '`config`'],
    ],
    [
      'a config that is not TOML',
      { app: '' },
      { files: { 'fly.toml': 'app = [' } },
      'config-invalid',
      ['fly.toml'],
    ],
    [
      'an invalid reference',
      { image: 'ghcr.io/owner/repo@null' },
      {},
      'reference-invalid',
      ['ghcr.io/owner/repo@null', 'sha256', '`image`'],
    ],
    [
      'a template that does not render a tag',
      { 'sha-tag': '{branch}:{sha}' },
      {},
      'tag-invalid',
      ['sha-tag', '{branch}:{sha}', 'main:0123456'],
    ],
    [
      'a branch that does not render a tag',
      {},
      {
        event: workflowRun(
          { head_branch: 'é' },
          { repository: { ...fork, id: 186853002, default_branch: 'é' } },
        ),
      },
      'tag-invalid',
      ['sha-tag', '--abc1234', 'é'],
    ],
    ['a duration', { 'settle-time': '20 seconds' }, {}, 'input-invalid', ['settle-time:', '20 seconds']],
    ['a boolean', { 'no-cache': 'no' }, {}, 'input-invalid', ['no-cache:', '"no"']],
    [
      'an invalid length in a placeholder',
      { 'sha-tag': '{branch}-{sha:3}' },
      {},
      'tag-invalid',
      ['sha-tag', '{sha:3}', '4', '64'],
    ],
    [
      'a flag that changes the image',
      { flags: '--image other' },
      {},
      'flag-refused',
      ['flags:', '--image', '`image`'],
    ],
    [
      'a base URL',
      {},
      { env: { FLY_FLAPS_BASE_URL: 'nowhere' } },
      'variable-invalid',
      ['FLY_FLAPS_BASE_URL', '"nowhere"'],
    ],
    ...[
      'FLY_FLAPS_BASE_URL',
      'FLY_API_BASE_URL',
      'FLY_UIEX_BASE_URL',
      'FLY_NEXT_BASE_URL',
      'GITHUB_API_URL',
    ].map((name): [string, Record<string, string>, Partial<RunOptions>, string, string[]] => [
      `${name} over plain HTTP`,
      {},
      { env: { [name]: 'http://198.51.100.7:4280' } },
      'variable-invalid',
      [name, '"http://198.51.100.7:4280"'],
    ]),
  ])('%s', (_name, inputs, { event = workflowRun(), ...options }, code, facts) =>
    inWorld(async (world) => {
      world.push(tag);
      world.registry.requests.length = 0;
      world.fly.requests.length = 0;
      const run = await world.deploy(event, inputs, options);
      expect(codesOf(run)).toEqual([code]);
      for (const fact of facts) expect(errorOf(run)).toMatch(fact);
      expect(errorOf(run)).toMatch(/Expected: [\s\S]*Fix: /);
      await expectNothingTouched(world, run);
    }),
  );

  test('reports all faults in one error', () =>
    inWorld(async (world) => {
      const run = await world.deploy(workflowRun(), {
        app: 'Bad Name',
        'fly-api-token': '',
        mode: 'x',
        'settle-time': 'x',
        image: '@',
      });
      const error = errorOf(run);
      expect(codesOf(run)).toEqual([
        'app-invalid',
        'input-invalid',
        'fly-token-missing',
        'reference-invalid',
        'input-invalid',
      ]);
      for (const fact of ['Bad Name', 'fly-api-token:', 'mode:', 'settle-time:', '`image`'])
        expect(error).toContain(fact);
    }));
});

describe('bad events', () => {
  test.each<[string, RunOptions['event'], Partial<RunOptions>, code: string, facts: (string | RegExp)[]]>([
    [
      'no event file',
      { name: 'push', payload: undefined },
      {},
      'event-file-missing',
      [/[/\\]event\.json/, 'GITHUB_EVENT_PATH'],
    ],
    [
      'no path of an event file',
      { name: 'push', payload: {} },
      { env: { GITHUB_EVENT_PATH: undefined } },
      'event-file-missing',
      ['GITHUB_EVENT_PATH'],
    ],
    ['broken JSON', { name: 'push', payload: '{"ref": ' }, {}, 'json-invalid', ['payload', 'JSON']],
    ['JSON that is not an object', { name: 'push', payload: '[]' }, {}, 'json-invalid', ['payload', 'array']],
    [
      'a payload without its fields',
      { name: 'workflow_run', payload: { action: 'completed' } },
      {},
      'field-invalid',
      ['repository.default_branch'],
    ],
    [
      'a workflow_run without a run',
      { name: 'workflow_run', payload: { action: 'completed', repository: fork } },
      {},
      'field-invalid',
      ['workflow_run.event'],
    ],
    [
      'an invalid commit',
      workflowRun({ head_sha: '--help' }),
      {},
      'field-invalid',
      ['workflow_run.head_sha', '--help'],
    ],
    [
      'an unknown event',
      { name: 'star', payload: workflowRun().payload },
      {},
      'event-unknown',
      ['"star"', 'workflow_dispatch'],
    ],
    ['a pull request', pullRequest(), {}, 'event-not-allowed', ['allow-events: push,pull_request']],
    [
      'a pull_request_target',
      pullRequest('pull_request_target'),
      {},
      'event-not-allowed',
      ['allow-events: push,pull_request_target'],
    ],
    [
      'a fork whose branch is named main',
      workflowRun({ head_repository: fork }),
      {},
      'event-fork',
      ['stranger/repo', 'owner/repo'],
    ],
    [
      'a failed build',
      workflowRun({ conclusion: 'failure' }),
      {},
      'event-run-not-successful',
      ['failure', "if: github.event.workflow_run.conclusion == 'success'"],
    ],
    [
      'a pull request’s build',
      workflowRun({ event: 'pull_request' }),
      {},
      'event-not-allowed',
      ['pull_request'],
    ],
    ['a chained run', workflowRun({ event: 'workflow_run' }), {}, 'event-run-chained', ['workflow_run']],
    [
      'a build that has not completed',
      workflowRun({}, { action: 'requested' }),
      {},
      'event-action',
      ['requested', 'types: [completed]'],
    ],
    [
      'another package',
      published('other', 'main'),
      {},
      'event-other-package',
      ['owner/other', "if: github.event.registry_package.name == 'repo'"],
    ],
    [
      'a part of an index',
      published('repo'),
      {},
      'event-package-part',
      ["if: github.event.registry_package.package_version.container_metadata.tag.name != ''"],
    ],
    [
      'another tag',
      published('repo', 'v1.2.0'),
      {},
      'event-other-tag',
      ['v1.2.0', '`manual-select`', '`sha-tag`'],
    ],
    ['another branch', push({}, 'refs/heads/dev'), {}, 'event-other-branch', ['refs/heads/dev']],
    ['a deleted branch', push({ deleted: true }), {}, 'event-ref-deleted', ['refs/heads/main']],
  ])('%s', (_name, event, options, code, facts) =>
    inWorld(async (world) => {
      world.push(tag);
      world.registry.requests.length = 0;
      world.fly.requests.length = 0;
      const run = await world.deploy(event, {}, options);
      expect(codesOf(run)).toEqual([code]);
      for (const fact of facts) expect(errorOf(run)).toMatch(fact);
      expect(errorOf(run)).toMatch(/Expected: [\s\S]*Fix: /);
      await expectNothingTouched(world, run);
    }),
  );
});

test('succeeds without the runner’s summary file', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const run = await deploy(workflowRun(), {}, { env: { GITHUB_STEP_SUMMARY: undefined } });
    expect(run.status).toBe(0);
  }));

test.each([
  ['fly.yaml', { config: 'fly.yaml' }, { 'fly.yaml': `app: ${app}\nprimary_region: fra\n` }],
  ['fly.json', {}, { 'fly.json': `{"app":"${app}"}` }],
])('%s is read, and passed to flyctl', (config, inputs, files) =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const run = await deploy(workflowRun(), { app: '', ...inputs }, { files });
    expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
    expect(run.flyctl[0]?.argv.join(' ')).toContain(`--app ${app} --config ${config} `);
  }),
);

onPosix('a folder contains no pipes')('does not read a pipe as a config', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const pipe = join(folder, 'fly.toml');
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', pipe]);
  // Ends a step that reads the pipe, so that this test fails instead of hanging.
  const writer = spawn('sh', ['-c', 'while sleep 4; do echo > "$1"; done', 'sh', pipe], { stdio: 'ignore' });
  try {
    await inWorld(async ({ deploy }) => {
      const run = await deploy(workflowRun(), { config: pipe });
      expect(codesOf(run)).toEqual(['config-missing']);
    });
  } finally {
    writer.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
