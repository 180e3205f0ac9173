import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { faultsOf, ownPath, read, root, users } from '../scripts/docs/workflows.ts';
import { parseFlags } from '../src/inputs/flags.ts';
import { examples } from './workflows.ts';

interface Job {
  uses?: string;
  permissions?: unknown;
  concurrency?: Concurrency;
}
type Concurrency = { group?: string; 'cancel-in-progress'?: unknown };

/** Whether a step only checks. */
const isCheck = (given: unknown): boolean =>
  ['doctor', 'verify'].includes((given as { mode?: string } | undefined)?.mode ?? '');

const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yml'));
const step = 'deploy-fly-image/deploy-fly-image@v1';
const called = 'deploy-fly-image/deploy-fly-image/.github/workflows/deploy-image.yml@v1';
const isStep = (uses: string | undefined) => ownPath(uses) === '';
const isCall = (uses: string | undefined) => ownPath(uses) === '.github/workflows/deploy-image.yml';

test('there are examples', () => {
  expect(files.length).toBeGreaterThanOrEqual(18);
});

describe.each(files)('%s', (file) => {
  const text = read(`examples/${file}`);
  const workflow = parse(text);
  const jobs: [string, Job][] = Object.entries(workflow.jobs);

  test('uses only inputs, secrets and outputs that the actions and workflows have', () => {
    expect(faultsOf(text)).toEqual([]);
  });

  test('begins with two lines: who it is for, and what to change', () => {
    const [forWhom, change, third] = text.split('\n');
    expect(forWhom).toMatch(/^# For \S.*\.$/);
    expect(change).toMatch(/^# Change .*`test-battle.*\.$/);
    expect(third).toMatch(/^name: /);
    for (const line of [forWhom, change]) expect(line?.length).toBeLessThanOrEqual(130);
    // Readers must not have to search the file for its secrets.
    const needed = [...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, name]) => name);
    for (const name of needed) expect(change).toContain(name);
  });

  test('has a name and permissions', () => {
    expect(workflow.name).toEqual(expect.any(String));
    expect(workflow.permissions).toBeDefined();
    // If the workflow grants nothing, each job lists what it needs.
    if (Object.keys(workflow.permissions).length === 0)
      for (const [name, job] of jobs) expect([name, job.permissions]).toEqual([name, expect.anything()]);
  });

  test('runs one deploy at a time, and never cancels one', () => {
    for (const [, job] of jobs) {
      const groups: Concurrency[] = [workflow.concurrency, job.concurrency].filter(Boolean);
      if ([...users(job)].some(({ uses, with: given }) => isStep(uses) && !isCheck(given))) {
        const deploying = groups.filter(({ group }) => group?.startsWith('deploy-test-battle'));
        expect(deploying).toHaveLength(1);
        expect(deploying[0]?.['cancel-in-progress']).toBe(false);
      }
      // A check that waits in the deploys' group would cancel a deploy that waits there.
      if (
        [...users(job)].some(({ with: given }) => (given as { mode?: string } | undefined)?.mode === 'verify')
      )
        expect(groups.map(({ group }) => group)).toEqual(['check-test-battle']);
      // The called workflow uses that group itself, so the run would wait for itself.
      if (isCall(job.uses)) for (const { group } of groups) expect(group).not.toMatch(/^deploy-/);
    }
  });

  test('does not expand expressions in scripts, and does not leave a token in a checkout', () => {
    for (const [, job] of Object.entries<{ steps?: { run?: string; uses?: string; with?: object }[] }>(
      workflow.jobs,
    ))
      for (const { run, uses, with: given } of job.steps ?? []) {
        expect(run ?? '').not.toContain('${{');
        if (uses?.startsWith('actions/checkout@'))
          expect(given).toMatchObject({ 'persist-credentials': false });
      }
  });

  test('reads fields that the output `machines` has', () => {
    const { machines } = parse(read('action.yml')).outputs;
    for (const [, field = ''] of text.matchAll(/\."([\w-]+)"/g))
      expect(machines.description).toContain(`\`${field}\``);
  });

  test('passes flags that the action accepts', () => {
    for (const { with: given } of users(workflow) as Iterable<{ with?: { flags?: string } }>)
      expect(() => parseFlags(given?.flags ?? '')).not.toThrow();
  });

  test.each(['examples/README.md', 'examples/README.zh-CN.md'])('is listed in %s', (page) => {
    expect(read(page)).toContain(`| [${file}](${file}) |`);
  });
});

describe('a workflow that builds and deploys', () => {
  const builds = /deploy-image\.yml|deploy-fly-image\/deploy-fly-image@/;
  const whole = [
    ...files.map((file) => ({ name: `examples/${file}`, text: read(`examples/${file}`) })),
    ...examples().filter(({ text }) => /^on:/m.test(text)),
  ].filter(({ text }) => /build-image\.yml@|docker\/build-push-action@/.test(text) && builds.test(text));

  test('is in the README and in the examples', () => {
    expect(whole.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'examples/build-then-deploy.yml',
        'examples/docker-hub.yml',
        'examples/enterprise-server.yml',
        'examples/monorepo.yml',
        'examples/review-apps.yml',
        'examples/timestamp-tags.yml',
        expect.stringMatching(/^README\.md/),
        expect.stringMatching(/^README\.zh-CN\.md/),
      ]),
    );
  });

  test.each(whole)('$name deploys only the default branch, to an environment', ({ text }) => {
    const { on, jobs } = parse(text);
    const deploying = Object.values<
      Job & { if?: string; environment?: unknown; with?: { environment?: string } }
    >(jobs).filter((job) => isCall(job.uses) || [...users(job)].some(({ uses }) => isStep(uses)));
    expect(deploying.length).toBeGreaterThan(0);
    for (const job of deploying) {
      expect(isCall(job.uses) ? job.with?.environment : job.environment).toBeTruthy();
      // A pull request does not run on a branch. The build checks that it is of this repository.
      if (Object.keys(on).every((event) => event === 'pull_request')) continue;
      const ofDefaultBranch =
        "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)";
      // A schedule only runs on the default branch, and its event does not name the repository.
      const atNight = `github.event_name == 'schedule' || (github.event_name == 'workflow_dispatch' && ${ofDefaultBranch})`;
      expect([ofDefaultBranch, ...('schedule' in on ? [atNight] : [])]).toContain(job.if);
    }
  });
});

test.each(['examples/README.md', 'examples/README.zh-CN.md'])(
  '%s lists exactly the examples that exist',
  (page) => {
    const listed = [...read(page).matchAll(/^\| \[([\w.-]+\.yml)\]/gm)].map(([, name]) => name);
    expect([...listed].sort()).toEqual([...files].sort());
  },
);

describe('the check itself', () => {
  test.each<[string, string, string]>([
    ['an input', `a: {uses: ${step}, with: {apps: x}}`, `${step} has no input apps`],
    ['a secret', `a: {uses: ${called}, secrets: {TOKEN: x}}`, `${called} has no secret TOKEN`],
    [
      'another version',
      'a: {uses: deploy-fly-image/deploy-fly-image@v2}',
      'deploy-fly-image/deploy-fly-image@v2 is not of v1',
    ],
    [
      'another owner',
      'a: {uses: owner/deploy-fly-image@v1}',
      'owner/deploy-fly-image@v1 is not deploy-fly-image/deploy-fly-image',
    ],
    ['another folder', 'a: {uses: deploy-fly-image/deploy-fly-image/x@v1}', 'there is no x/action.yml'],
    ['an output', `a: [{id: d, uses: ${step}}, "\${{ steps.d.outputs.sha }}"]`, 'step d has no output sha'],
    [
      'a job’s output',
      `jobs: {a: {uses: ${called}}, b: {needs: a, if: needs.a.outputs.machines}}`,
      'job a has no output machines',
    ],
    ['a need', 'jobs: {a: {}, b: {if: needs.a.result}}', 'job b uses a, and does not need it'],
    ['a job', 'jobs: {b: {needs: [a]}}', 'job b needs a: not there'],
  ])('finds %s that does not exist', (_name, source, fault) => {
    expect(faultsOf(source)).toEqual([fault]);
  });

  test('ignores the actions of others', () => {
    expect(faultsOf('a: {uses: actions/checkout@v7, with: {anything: x}}')).toEqual([]);
  });
});
