import { basename, dirname, matchesGlob } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { builtCommit, fork, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun, RunOptions } from '../../sandbox/runner/runner.ts';
import { read } from '../../scripts/docs/workflows.ts';
import { type Contexts, filled, runs } from '../github-expressions.ts';
import { faultsOfReport } from '../report-schema.ts';
import { mergedOf } from './fleet-results.ts';
import { codesOf, errorOf, inWorld, noRecordOf, runAction, type TestWorld, tag } from './world.ts';

// Runs deploy-image.yml and deploy-app.yml step by step: the `with:` of their jobs, filled in like on GitHub, and both
// actions.

type Texts = Record<string, string>;
interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
const workflow = parse(read('.github/workflows/deploy-image.yml'));
const oneApp: { readonly steps: readonly Step[] } = parse(read('.github/workflows/deploy-app.yml')).jobs[
  'one-app'
];
const defaults: Record<string, unknown> = Object.fromEntries(
  Object.entries<{ default: unknown }>(workflow.on.workflow_call.inputs).map(([name, input]) => [
    name,
    input.default,
  ]),
);

/** The `with:` of a step, by its id or the action that it uses. */
const withOf = ({ steps }: { readonly steps: readonly Step[] }, id: string, contexts: Contexts): Texts =>
  filled(
    steps.find((step) => step.id === id || step.uses?.startsWith(`actions/${id}@`))?.with ?? {},
    contexts,
  );

/** A job that ended. */
interface Ended {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs?: Readonly<Texts>;
}
type Started = readonly (readonly [string, ActionRun])[];

interface CallOptions {
  /** Called before each app. */
  readonly beforeEach?: () => void;
  /** Files of the repository that can be executed. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Runs the workflow's jobs in their order, if their conditions allow it. */
async function call(
  world: TestWorld,
  event: RunOptions['event'],
  overrides: Record<string, unknown>,
  { beforeEach = () => {}, programs = {} }: CallOptions = {},
) {
  const inputs = { ...defaults, image: world.image, 'settle-time': '0', 'wait-for-image': '0', ...overrides };
  const { jobs } = workflow;
  const secrets = { FLY_API_TOKEN: world.fly.token, 'source-app-token': sourceToken };
  const needs: Record<string, Ended> = {};
  const contexts = { inputs, secrets, needs, runner: { temp: '.' }, github: { run_attempt: 1 } };
  const fleet = (id: string, files: Texts = {}, own: Readonly<Texts> = {}) => {
    const given = withOf(jobs[id === 'report' ? 'fleet' : id], id, contexts);
    return runAction({ action: 'fleet', event, flyctl: false, inputs: given, files, env: own });
  };
  const plan = await fleet('plan');
  if (plan.status !== 0) return { plan };
  needs['plan'] = { result: 'success', outputs: plan.outputs };
  const env = {
    ...world.fly.env,
    GITHUB_API_URL: world.github.origin,
    SANDBOX_GITHUB_REGISTRY: world.registry.host,
  };
  const run = (given: Texts) => runAction({ event, inputs: given, env, programs });
  const resultOf = ({ status }: ActionRun) => (status === 0 ? 'success' : 'failure');

  // The step does not run for a release.
  const finds = runs(jobs.resolve, contexts) && plan.outputs['select'] === '';
  const resolve = finds ? await run(withOf(jobs.resolve, 'resolve', contexts)) : undefined;
  needs['resolve'] = runs(jobs.resolve, contexts)
    ? {
        result: resolve === undefined ? 'success' : resultOf(resolve),
        outputs: filled(jobs.resolve.outputs, {
          ...contexts,
          steps: { resolve: { outputs: resolve?.outputs ?? {} } },
        }),
      }
    : { result: 'skipped' };

  /** Artifacts by the names of their files, which contain the artifacts' names. */
  const artifacts: Texts = {};
  const matrixOf = async (
    name: string,
    matrix: string,
    work: (own: Contexts) => Promise<ActionRun>,
    failFast: boolean,
  ): Promise<Started> => {
    needs[name] = { result: 'skipped' };
    const started: [string, ActionRun][] = [];
    if (!runs(jobs[name], contexts)) return started;
    needs[name] = { result: 'success' };
    for (const each of JSON.parse(matrix)) {
      beforeEach();
      const done = await work({ ...contexts, matrix: each });
      started.push([each.app, done]);
      if (done.status === 0) continue;
      needs[name] = { result: 'failure' };
      if (failFast) break;
    }
    return started;
  };
  const checked = await matrixOf(
    'verify',
    plan.outputs['all'] ?? '',
    async (own) => {
      const done = await run(withOf(jobs.verify, 'verify', own));
      const steps = { verify: { outputs: done.outputs } };
      const { name, path = '' } = withOf(jobs.verify, 'upload-artifact', { ...own, steps });
      artifacts[`${name}/${basename(path)}`] = done.reports[basename(path)] ?? '';
      return done;
    },
    jobs.verify.strategy['fail-fast'],
  );
  const deploy = (part: 'first' | 'rest') =>
    matrixOf(
      part,
      plan.outputs[part] ?? '',
      async (own) => {
        const given = filled(jobs[part].with, own);
        const passed = filled(jobs[part].secrets, own);
        const done = await run(withOf(oneApp, 'deploy', { inputs: given, secrets: passed }));
        const app = given['app'] ?? '';
        const name = `deploy-image-1-${app}-${done.outputs['digest']?.replace('sha256:', '') || 'none'}`;
        artifacts[`${name}/${name}.json`] = JSON.stringify({
          ...{ app, attempt: '1', outcome: resultOf(done), outputs: done.outputs },
        });
        artifacts[`${name}/${name}.report.json`] = done.reports[`${app}.json`] ?? '';
        return done;
      },
      true,
    );
  const deploys = [...(await deploy('first')), ...(await deploy('rest'))];
  const { pattern = '', path } = withOf(jobs.fleet, 'download-artifact', contexts);
  const files = Object.fromEntries(
    Object.entries(artifacts)
      .filter(([file]) => matchesGlob(dirname(file), pattern))
      .map(([file, text]) => [`${path}/${file}`, text]),
  );
  const report = runs(jobs.fleet, contexts) ? await fleet('report', files) : undefined;
  const record = runs(jobs.record, contexts) ? await fleet('record', files, env) : undefined;
  return { plan, resolve, checked, deploys, report, record };
}

const sourceToken = 'sandbox-staging-token';
const apps = '["app-a",{"app":"app-b","flags":"--strategy=immediate"},"app-c"]';
const inFleet = (play: (world: TestWorld) => Promise<void>) =>
  inWorld(
    async (world) => {
      for (const name of ['app-a', 'app-b', 'app-c'])
        await world.fly.createApp(name, [{ region: 'fra', image: `${world.image}:main-0000000` }]);
      await play(world);
    },
    { machines: [] },
  );

test('looks the image up once and deploys that digest to every app, `first` before the others', () =>
  inFleet(async (world) => {
    const { digest } = world.push(tag);
    const { resolve, deploys, report } = await call(world, workflowRun(), { apps, first: 'app-b' });
    expect([resolve?.status, resolve?.outputs['image'], resolve?.outputs['commit']]).toEqual([
      0,
      `${world.image}@${digest}`,
      builtCommit,
    ]);
    expect(resolve?.flyctl).toEqual([]);
    expect(
      deploys?.map(([app, { status, outputs }]) => [app, status, outputs['verified'], outputs['digest']]),
    ).toEqual([
      ['app-b', 0, 'true', digest],
      ['app-a', 0, 'true', digest],
      ['app-c', 0, 'true', digest],
    ]);
    expect(deploys?.[0]?.[1].flyctl[0]?.argv).toContain('--strategy=immediate');
    expect(report?.summary).toMatch(/^## ✅ .*\b3\b/);
    if (report === undefined) throw new Error('there is no table');
    const { apps: merged } = mergedOf(report);
    expect(merged.map((each) => [each.app, each.report?.image.digest])).toEqual([
      ['app-b', digest],
      ['app-a', digest],
      ['app-c', digest],
    ]);
    for (const each of merged) expect(faultsOfReport(each.report)).toEqual([]);
  }));

test('checks every app, and shows what each runs in one table', () =>
  inFleet(async (world) => {
    const { digest, platformDigest } = world.push(tag);
    await call(world, workflowRun(), { app: 'app-a' });
    world.fly.requests.splice(0);
    const { resolve, checked, deploys, report } = await call(world, workflowRun(), {
      ...{ apps: apps.replace(/,"flags":"[^"]*"/, ''), first: 'app-b', mode: 'verify' },
    });
    expect([resolve, deploys]).toEqual([undefined, []]);
    expect(checked?.map(([app, { status, outputs }]) => [app, status, outputs['drift']])).toEqual([
      ['app-b', 1, 'other-image'],
      ['app-a', 0, 'none'],
      ['app-c', 1, 'other-image'],
    ]);
    if (report === undefined) throw new Error('there is no table');
    expect([report.status, report.outputs['state'], report.outputs['headline']]).toEqual([
      ...[0, 'drift', '2 of 3 apps are not verified: 2 drift'],
    ]);
    const short = (text: string) => `\`${text.slice(0, 'sha256:'.length + 12)}\``;
    const shown = `\`${tag}\` ${short(digest)}`;
    expect(report.summary).toContain(` | \`verified\` | \`none\` | ${shown} | 1 of 1 |  |\n`);
    expect(report.summary).toContain(
      ` | \`drift\` | \`other-image\` | ${shown} | 0 of 1 | ${short(world.oldDigest)} on 1 |\n`,
    );
    const merged = mergedOf(report);
    expect(merged.apps.map((each) => each.report?.image['platform-digest'])).toEqual(
      Array(3).fill(platformDigest),
    );
    for (const each of merged.apps) expect(faultsOfReport(each.report)).toEqual([]);
  }));

test('the table of a check that finds no image is a failure', () =>
  inFleet(async (world) => {
    // Without an image, no app can be compared.
    const { report } = await call(world, workflowRun(), { apps: '["app-a"]', mode: 'verify' });
    expect([report?.outputs['state'], report?.summary]).toEqual([
      'failed',
      expect.stringMatching(/^## ❌ 1 of 1 app is not verified/),
    ]);
  }));

test('the doctor has no table of all apps', () =>
  inFleet(async (world) => {
    const { deploys, checked, report } = await call(world, workflowRun(), { apps, mode: 'doctor' });
    expect([deploys, checked, report]).toEqual([[], [], undefined]);
  }));

test('a tag that moves between two apps does not change the digest', () =>
  inFleet(async (world) => {
    const { digest } = world.push('main');
    let n = 0;
    const beforeEach = () => {
      world.push('main', { seed: `another ${n++}` });
    };
    const { deploys } = await call(world, workflowDispatch(), { apps }, { beforeEach });
    expect(n).toBe(3);
    expect(deploys?.map(([, { outputs }]) => outputs['digest'])).toEqual([digest, digest, digest]);
    for (const [, { flyctl }] of deploys ?? []) expect(flyctl[0]?.argv).toContain(`${world.image}@${digest}`);
  }));

test('a fork’s build ends in the job without Fly.io’s token', () =>
  inFleet(async (world) => {
    world.push(tag);
    const { resolve, deploys, report } = await call(world, workflowRun({ head_repository: fork }), { apps });
    if (resolve === undefined) throw new Error('the list was refused');
    expect(codesOf(resolve)).toEqual(['event-fork']);
    expect(errorOf(resolve)).toContain('stranger/repo');
    expect(deploys).toEqual([]);
    expect(world.asked()).toEqual([]);
    expect(report?.summary).toMatch(/^## ❌ .*\b3\b/);
  }));

test('deploys no other app if one of `first` fails the user’s own test', () =>
  inFleet(async (world) => {
    world.push(tag);
    const { deploys, report } = await call(
      world,
      workflowRun(),
      { apps, first: 'app-b', 'verify-command': './test.sh\n--all', rollback: 'true' },
      { programs: { 'test.sh': '#!/bin/sh\necho "$APP_URL $*"\nexit 1\n' } },
    );
    expect(deploys?.map(([app, { outputs }]) => [app, outputs['state']])).toEqual([['app-b', 'rolled-back']]);
    expect(deploys?.[0]?.[1].log.text).toContain('https://app-b.fly.dev --all');
    expect(JSON.parse(report?.outputs['fleet'] ?? '').map(({ state }: { state: string }) => state)).toEqual([
      'rolled-back',
      '',
      '',
    ]);
  }));

test('an app can have its own test', () =>
  inFleet(async (world) => {
    world.push(tag);
    const list = JSON.stringify([{ app: 'app-a', 'verify-command': './test.sh\napp-a' }, 'app-b']);
    const { deploys } = await call(
      world,
      workflowRun(),
      { apps: list },
      { programs: { 'test.sh': '#!/bin/sh\necho "tested $1"\n' } },
    );
    expect(deploys?.map(([app, { log }]) => [app, log.text.includes('tested app-a')])).toEqual([
      ['app-a', true],
      ['app-b', false],
    ]);
  }));

test('stops after the first app that fails', () =>
  inFleet(async (world) => {
    world.push(tag);
    world.fly.behave('app-a', { keepOldImage: 0 });
    const { deploys, report } = await call(world, workflowRun(), { apps });
    expect(deploys?.map(([app, { status }]) => [app, status])).toEqual([['app-a', 1]]);
    expect(report?.summary).toMatch(/^## ❌ .*\b3 of 3\b/);
    expect(report?.summary.match(/\| ⚪ /g)).toHaveLength(2);
  }));

test('skips an outdated commit for every app', () =>
  inWorld(
    async (world) => {
      const newer = 'fedcba9876543210fedcba9876543210fedcba98';
      world.push('main-fedcba9', { revision: newer, seed: 'newer' });
      world.push(tag);
      await world.fly.createApp('app-a', [{ region: 'fra', image: `${world.image}:main-fedcba9` }]);
      const { deploys, report } = await call(world, workflowRun(), { app: 'app-a' });
      expect(deploys?.map(([, { outputs }]) => outputs['skipped'])).toEqual(['outdated']);
      expect(report?.summary).toContain('⏭️ skipped: `outdated`');
    },
    { machines: [] },
  ));

test('promotes another app’s image to every app, and only the job that finds it reads that app', () =>
  inWorld(
    async (world) => {
      const { digest } = world.push(tag);
      for (const name of ['app-a', 'app-b'])
        await world.fly.createApp(name, [{ region: 'fra', image: `${world.image}:main-0000000` }]);
      await world.fly.createApp('staging', [{ region: 'fra', image: `${world.image}:${tag}` }]);
      const { resolve, deploys } = await call(world, workflowDispatch(), {
        apps: '["app-a","app-b"]',
        select: 'running:staging',
      });
      expect(resolve?.outputs).toMatchObject({ source: 'running', 'promoted-from': 'staging', digest });
      expect(deploys?.map(([name, { outputs }]) => [name, outputs['digest'], outputs['verified']])).toEqual([
        ['app-a', digest, 'true'],
        ['app-b', digest, 'true'],
      ]);
    },
    { machines: [], flyOptions: { appTokens: { staging: sourceToken } } },
  ));

test('the job of a single app deploys a release; for several apps it is refused', () =>
  inFleet(async (world) => {
    const { digest } = world.push(tag);
    await call(world, workflowRun(), { app: 'app-a' });
    world.push('main', { seed: 'later' });
    await call(world, workflowDispatch(), { app: 'app-a' });
    const { resolve, deploys } = await call(world, workflowDispatch(), {
      app: 'app-a',
      select: 'release:previous',
    });
    expect(resolve).toBeUndefined();
    expect(deploys?.map(([name, { outputs }]) => [name, outputs['source'], outputs['digest']])).toEqual([
      ['app-a', 'release', digest],
    ]);
    for (const inputs of [
      { apps, select: 'release:previous' },
      { app: 'app-a', 'manual-select': 'release:previous' },
    ]) {
      const { plan } = await call(world, workflowDispatch(), inputs);
      expect(codesOf(plan)).toEqual(['fleet-release']);
      expect(errorOf(plan)).toContain('select: ');
    }
  }));

describe('deployment records of many apps', () => {
  const production = { apps, 'deployment-record': 'production' };
  const bodiesOf = ({ github }: TestWorld) =>
    github.requests
      .filter(({ path }) => path === '/orgs/owner/artifacts/metadata/deployment-record')
      .map(({ body }) => JSON.parse(body));

  test('one job writes those of all apps', () =>
    inFleet(async (world) => {
      const { digest } = world.push(tag);
      const { record, deploys } = await call(world, workflowRun(), production);
      expect(deploys?.map(([, { status }]) => status)).toEqual([0, 0, 0]);
      expect([record?.status, record?.log.annotations]).toEqual([0, []]);
      const common = { name: world.image, digest, status: 'deployed', cluster: 'fly.io' };
      expect(bodiesOf(world)).toEqual(
        ['app-a', 'app-b', 'app-c'].map((app) => ({
          ...common,
          logical_environment: 'production',
          physical_environment: 'fra',
          deployment_name: `${app}-app`,
          github_repository: 'repo',
        })),
      );
      expect(record?.summary).toMatch(/^\[3 deployment records\]\(.*\) for `production`\n$/);
    }));

  test('of those that were verified, if another failed', () =>
    inFleet(async (world) => {
      world.push(tag);
      world.fly.behave('app-b', { keepOldImage: 0 });
      const { record } = await call(world, workflowRun(), production);
      expect(record?.status).toBe(0);
      expect(bodiesOf(world).map((body) => body.deployment_name)).toEqual(['app-a-app']);
    }));

  test('with the image that runs again after a rollback', () =>
    inFleet(async (world) => {
      world.push(tag);
      world.fly.behave('app-a', { trouble: { index: 0, afterLists: 1, kind: 'oom' } });
      const inputs = { ...production, apps: '["app-a"]', rollback: 'true', 'settle-time': '20ms' };
      const { record, deploys } = await call(world, workflowRun(), inputs);
      const [, { outputs }] = deploys?.[0] ?? ['', { outputs: {} as Record<string, string> }];
      expect([record?.status, outputs['state']]).toEqual([0, 'rolled-back']);
      const [before] = JSON.parse(outputs['placements'] ?? '');
      expect(before.digest).not.toBe(outputs['digest']);
      expect(bodiesOf(world).map((body) => body.digest)).toEqual([before.digest]);
    }));

  test('are one notice without the permission, however many apps there are', () =>
    inFleet(async (world) => {
      world.push(tag);
      world.github.recordsPermission = 'denied';
      const { record, report } = await call(world, workflowRun(), production);
      if (record === undefined) throw new Error('nothing was recorded');
      expect([record.status, report?.status, noRecordOf(record)]).toEqual([0, 0, ['record-no-permission']]);
      expect(record.log.annotations.map(({ level }) => level)).toEqual(['notice']);
      expect(record.log.annotations[0]?.message).toContain('calls deploy-image.yml');
      expect(bodiesOf(world)).toHaveLength(1);
    }));

  test('for an environment without a valid name end the run before anything is deployed', () =>
    inFleet(async (world) => {
      const { plan, deploys } = await call(world, workflowRun(), { apps, 'deployment-record': 'a\nb' });
      expect([codesOf(plan), deploys]).toEqual([['input-invalid'], undefined]);
    }));
});
