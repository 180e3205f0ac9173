import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { own } from '../../scripts/release/references.ts';
import { read, root } from '../workflows.ts';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly needs?: string | string[];
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const text = read('.github/workflows/release.yml');
const workflow = parse(text);
const jobs: [string, Job][] = Object.entries(workflow.jobs);
const steps = jobs.flatMap(([name, job]) => job.steps.map((step) => ({ name, job, step })));
const using = (action: string) => steps.filter(({ step }) => step.uses?.startsWith(`${action}@`));

test('a release starts manually with a version, or with its tag', () => {
  expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch', 'push']);
  expect(workflow.on.workflow_dispatch.inputs.version.required).toBe(true);
  // A filter of GitHub, in which a dot is only a dot. It does not match v1.
  expect(workflow.on.push).toEqual({ tags: ['v[0-9]+.[0-9]+.[0-9]+'] });
});

test('one release runs at a time, and is not canceled', () => {
  expect(workflow.concurrency).toEqual({ group: 'release', 'cancel-in-progress': false });
});

test('every job has only the permissions that it needs', () => {
  expect(workflow.permissions).toEqual({});
  expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    check: { contents: 'read', checks: 'read' },
    build: { contents: 'read' },
    publish: { contents: 'write', 'id-token': 'write', attestations: 'write' },
  });
});

test('a job that can write waits for the checks and the tests, in the environment with the approvals', () => {
  expect(workflow.jobs.build.needs).toBe('check');
  expect(workflow.jobs.publish.needs).toEqual(['check', 'build']);
  // One job, so that one approval is enough.
  expect(workflow.jobs.publish.environment).toBe('release');
  for (const name of ['check', 'build']) expect(workflow.jobs[name].environment).toBeUndefined();
  expect(text).not.toMatch(/\b(?:always|failure|cancelled)\(\)/);
});

test('a job that can write installs nothing', () => {
  const isInstalling = ({ run = '' }: Step) => /\bnp[mx]\b|\bpip\b|\bapt/.test(run);
  expect(steps.filter(({ step }) => isInstalling(step)).map(({ name }) => name)).toEqual(
    expect.not.arrayContaining(['publish', 'check']),
  );
});

test('every action is pinned by its SHA, with its version', () => {
  for (const line of text.split('\n').filter((each) => /\buses:/.test(each)))
    expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('nothing restores a cache, which another run can have filled', () => {
  for (const { step } of using('actions/setup-node'))
    expect(step.with).toEqual({ 'node-version': 24, 'package-manager-cache': false });
  expect(text).not.toMatch(/^ *cache:/m);
});

test('no step pushes, and no checkout leaves a token behind', () => {
  expect(text).not.toMatch(/\bgit (?:push|commit|tag)\b/);
  for (const { step } of using('actions/checkout')) expect(step.with?.['persist-credentials']).toBe(false);
});

test('everything after the check is of the commit that was checked', () => {
  for (const { name, step } of using('actions/checkout'))
    if (name !== 'check') expect(step.with?.['ref']).toBe('${{ needs.check.outputs.commit }}');
});

test('no script contains an expression', () => {
  for (const { step } of steps) expect(step.run ?? '').not.toContain('${{');
});

test('dist/ is compared with a clean build after the tests', () => {
  const scripts = workflow.jobs.build.steps.map(({ run }: Step) => run).filter(Boolean);
  expect(scripts.slice(0, 3)).toEqual([
    'npm ci',
    'npm test',
    expect.stringMatching(/npm run build\n.*git status/),
  ]);
});

test('the attestation is of every file in SHA256SUMS, and is made only for a draft', () => {
  const [attest] = using('actions/attest');
  expect(attest?.name).toBe('publish');
  expect(attest?.step.with).toEqual({ 'subject-checksums': '${{ runner.temp }}/assets/SHA256SUMS' });
  const isDraft = "steps.draft.outputs.published == 'false'";
  const ordered = workflow.jobs.publish.steps.map((step: Step) => [
    step.run ?? step.uses?.split('@')[0],
    step.if,
  ]);
  expect(ordered.slice(-6)).toEqual([
    ['actions/create-github-app-token', "vars.RELEASE_APP_CLIENT_ID != ''"],
    ['node scripts/publish.ts draft', undefined],
    ['actions/attest', isDraft],
    ['node scripts/publish.ts bundle', isDraft],
    ['node scripts/publish.ts publish', undefined],
    ['node scripts/publish.ts move', "steps.publish.outputs.published == 'true'"],
  ]);
});

test('a manual run leaves the draft, unless its input is to publish; a tag publishes', () => {
  expect(workflow.on.workflow_dispatch.inputs.publish).toMatchObject({ type: 'boolean', default: false });
  const [publish] = steps.filter(({ step }) => step.id === 'publish');
  expect(publish?.step.env?.['LEAVE_DRAFT']).toBe(
    "${{ github.event_name == 'workflow_dispatch' && !inputs.publish }}",
  );
});

test('only the steps that write get the app’s token, with two permissions', () => {
  const [app] = using('actions/create-github-app-token');
  expect(app?.name).toBe('publish');
  const given = steps.filter(({ job, step }) => JSON.stringify([job.env, step.env]).includes('steps.app.'));
  expect(given.map(({ step }) => step.run)).toEqual(
    ['draft', 'bundle', 'publish', 'move'].map((name) => `node scripts/publish.ts ${name}`),
  );
  const granted = Object.entries(app?.step.with ?? {}).filter(([key]) => key.startsWith('permission-'));
  expect(Object.fromEntries(granted)).toEqual({
    'permission-contents': 'write',
    'permission-workflows': 'write',
  });
  expect(text.match(/secrets\.\w+/g)).toEqual(['secrets.RELEASE_APP_PRIVATE_KEY']);
});

describe('every step of scripts/publish.ts', () => {
  const { stderr } = spawnSync(process.execPath, [join(root, 'scripts/publish.ts')], { encoding: 'utf8' });
  const known = stderr.trim().replace('Expected one of: ', '').split(', ');
  const called = steps.flatMap(({ job, step }) => {
    const [, name] = /(?:scripts\/publish\.ts|release-step --) (\w+)$/.exec(step.run ?? '') ?? [];
    return name === undefined ? [] : [{ name, env: { ...job.env, ...step.env } }];
  });
  const needed: Readonly<Record<string, readonly string[]>> = {
    check: ['BRANCH', 'GITHUB_TOKEN', 'VERSION'],
    assets: ['ASSETS', 'COMMIT', 'VERSION'],
    draft: ['APP_TOKEN', 'ASSETS', 'COMMIT', 'GITHUB_TOKEN', 'VERSION'],
    bundle: ['APP_TOKEN', 'BUNDLE', 'COMMIT', 'GITHUB_TOKEN', 'VERSION'],
    publish: ['APP_TOKEN', 'ASSETS', 'BUNDLE', 'COMMIT', 'GITHUB_TOKEN', 'LEAVE_DRAFT', 'VERSION'],
    move: ['APP_TOKEN', 'COMMIT', 'GITHUB_TOKEN', 'VERSION'],
  };

  test('is called once, in order', () => expect(called.map(({ name }) => name)).toEqual(known));

  test.each(called)('gets its variables: $name', ({ name, env }) =>
    expect(Object.keys(env).sort()).toEqual(needed[name]),
  );
});

test('the documented verification accepts only what was built from main or a tag, not any branch’s release.yml', () => {
  const command = /gh attestation verify (?:[^\n]*\\\n)*[^\n]*/.exec(read('docs/releasing.md'))?.[0];
  const [, pattern = ''] = /--cert-identity-regex '([^']+)'/.exec(command ?? '') ?? [];
  const signer = `https://github.com/${own}/.github/workflows/release.yml`;
  const accepts = (identity: string) => new RegExp(pattern).test(identity);
  for (const ref of ['heads/main', 'tags/v1.0.0']) expect(accepts(`${signer}@refs/${ref}`)).toBe(true);
  for (const other of [
    `${signer}@refs/heads/topic`,
    `${signer}@refs/heads/main/x`,
    `${signer.replace('release', 'deploy-app')}@refs/heads/main`,
    `https://evil.example/${signer}@refs/heads/main`,
  ])
    expect(accepts(other)).toBe(false);
});

test('releasing.md says how a release reaches the Marketplace, which no request of the workflow can do', () => {
  expect(read('docs/releasing.md')).toContain('Marketplace');
});

test('an app that cannot get a token, such as one without workflows: write, still leaves the line to run', () => {
  const [app] = using('actions/create-github-app-token');
  // GitHub refuses to create such a token, so the step fails before publish.ts can print the line.
  expect(app?.step).toMatchObject({ 'continue-on-error': true });
});
