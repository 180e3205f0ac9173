import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { contractOf, faultsOf, ownPath, read } from '../../scripts/docs/workflows.ts';
import { ownKeys } from '../../src/fleet/list.ts';
import { readResult } from '../../src/fleet/result.ts';
import { filled, runs } from '../github-expressions.ts';

const file = '.github/workflows/deploy-image.yml';
const text = read(file);
const workflow = parse(text);
const { first, rest, resolve, plan, fleet, record } = workflow.jobs;
const nestedFile = '.github/workflows/deploy-app.yml';
const nestedText = read(nestedFile);
const nested = parse(nestedText);
const oneApp = nested.jobs['one-app'];
const action = contractOf('deploy-fly-image/deploy-fly-image@v1');
const inputs: Record<string, { type: string; default: unknown; description?: string }> =
  workflow.on.workflow_call.inputs;
const step = (job: { steps: { id?: string; with?: Record<string, string> }[] }, id: string) =>
  job.steps.find((each) => each.id === id)?.with ?? {};

/** A part of an app's job, with the values from deploy-image.yml instead of the inputs of deploy-app.yml. */
const passed = <T>(part: T): T =>
  JSON.parse(
    JSON.stringify(part).replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => first.with[name]),
  );
/** The `with:` of the step that deploys. */
const deployed: Record<string, string> = passed(step(oneApp, 'deploy'));

test('the two files use the actions and each other correctly', () => {
  expect([...faultsOf(text), ...faultsOf(nestedText)]).toEqual([]);
});

test('both lists of apps call the same workflow with the same inputs and secrets', () => {
  const { needs: _needs, if: _if, strategy: firstStrategy, ...firstCall } = first;
  const { needs: _otherNeeds, if: _otherIf, strategy: restStrategy, ...restCall } = rest;
  expect(firstCall).toEqual(restCall);
  expect({ ...firstStrategy, matrix: '' }).toEqual({ ...restStrategy, matrix: '' });
  expect(ownPath(firstCall.uses)).toBe(nestedFile);
});

test('the other apps start only after every app of the first list', () => {
  expect(rest.needs).toContain('first');
  expect(rest.if).toContain(
    "(needs.first.result == 'success' || (needs.first.result == 'skipped' && needs.plan.outputs.first == '[]'))",
  );
});

describe('the workflow for one app', () => {
  const { inputs: taken, secrets } = nested.on.workflow_call;

  test('gets exactly its inputs and secrets', () => {
    for (const { with: given, secrets: shared } of [first, rest]) {
      expect(Object.keys(given)).toEqual(Object.keys(taken));
      expect(Object.keys(shared)).toEqual(Object.keys(secrets));
    }
  });

  test('requires the inputs without a default', () => {
    for (const [name, input] of Object.entries<{ required?: boolean; default?: unknown }>(taken))
      expect([name, input.required ?? false]).toEqual([name, input.default === undefined]);
  });

  test.each(Object.keys(taken))('%s has the type of the value that is passed', (name) => {
    const [, own] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(first.with[name]) ?? [];
    // The values in a matrix and in a job's outputs are always text.
    expect(taken[name].type).toBe(own === undefined ? 'string' : inputs[own]?.type);
  });

  test('gets secrets under their own names', () => {
    for (const name of Object.keys(secrets)) expect(first.secrets[name]).toBe(`\${{ secrets.${name} }}`);
    // The job that finds the image reads what another app runs.
    const { 'source-app-token': _source, ...others } = workflow.on.workflow_call.secrets;
    expect(Object.keys(secrets)).toEqual(Object.keys(others));
  });

  test('has one job with the app’s environment, and one deploy of the app at a time', () => {
    expect(Object.keys(nested.jobs)).toEqual(['one-app']);
    expect(passed(oneApp.environment)).toEqual({
      name: '${{ matrix.environment }}',
      url: '${{ steps.deploy.outputs.url }}',
      deployment: "${{ inputs.mode == 'deploy' }}",
    });
    expect(passed(oneApp.concurrency)).toEqual({
      group: 'deploy-${{ matrix.app }}',
      'cancel-in-progress': false,
    });
  });

  test('has the permissions of its caller, because only some calls need one for attestations', () => {
    for (const job of [workflow, resolve, first, rest, nested, oneApp])
      expect(job.permissions).toBeUndefined();
  });

  test('verifies the attestation like the job that finds the image, also for releases and rollbacks', () => {
    for (const name of ['attestation', 'attestation-ref', 'trusted-root'])
      expect([name, deployed[name]]).toEqual([name, step(resolve, 'resolve')[name]]);
    const [checkout] = resolve.steps;
    expect(checkout.if).toContain("inputs.trusted-root != ''");
  });

  test('runs on the same runner as the other jobs', () => {
    expect(oneApp['runs-on']).toBe(resolve['runs-on']);
    expect(first.with['runs-on']).toBe('${{ inputs.runs-on }}');
  });
});

test('finds the digest once, and passes it to every app with its commit', () => {
  expect(step(resolve, 'resolve')).toMatchObject({ mode: 'dry-run', 'deploy-by': 'digest' });
  expect(deployed).toMatchObject({
    image: '${{ needs.resolve.outputs.given }}',
    commit: '${{ needs.resolve.outputs.commit }}',
  });
  for (const job of [first, rest]) expect(job.if).toContain("needs.resolve.outputs.ready == 'true'");
});

test('does not deploy if GitHub dropped the image or its digest between the jobs', () => {
  for (const { if: condition } of [first, rest]) {
    expect(condition).toContain("needs.resolve.outputs.given != ''");
    expect(condition).toContain(
      "(needs.plan.outputs.select != '' || (needs.resolve.outputs.image != '' && needs.resolve.outputs.digest != ''))",
    );
  }
  // Then the last job fails and reports why.
  expect(fleet.if).toMatch(/^always\(\)/);
  expect(step(fleet, 'report')).toMatchObject({
    image: '${{ needs.resolve.outputs.image }}',
    given: '${{ needs.resolve.outputs.given }}',
    digest: '${{ needs.resolve.outputs.digest }}',
    ready: '${{ needs.resolve.outputs.ready }}',
    select: '${{ needs.plan.outputs.select }}',
  });
});

test('a run has one state and one headline, also if the image was not found', () => {
  for (const name of ['state', 'headline']) {
    expect(workflow.on.workflow_call.outputs[name].value).toBe(`\${{ jobs.fleet.outputs.${name} }}`);
    expect(fleet.outputs[name]).toBe(`\${{ steps.report.outputs.${name} }}`);
    expect(resolve.outputs[name]).toBe(`\${{ steps.resolve.outputs.${name} }}`);
    expect(step(fleet, 'report')[`resolve-${name}`]).toBe(`\${{ needs.resolve.outputs.${name} }}`);
  }
});

test('the table gets the attempt and the results of the jobs', () => {
  expect(fleet.needs).toEqual(['plan', 'resolve', 'verify', 'first', 'rest']);
  const needs = {
    ...{ verify: { result: 'failure' }, first: { result: 'success' }, rest: { result: 'cancelled' } },
  };
  const given = (mode: string) =>
    filled(step(fleet, 'report'), { inputs: { mode }, needs, github: { run_attempt: 3 }, runner: {} });
  expect(given('deploy')).toMatchObject({
    ...{ mode: 'deploy', attempt: '3', 'first-result': 'success', 'rest-result': 'cancelled' },
  });
  expect(given('verify')).toMatchObject({
    ...{ mode: 'verify', attempt: '3', 'first-result': 'failure', 'rest-result': 'failure' },
  });
});

test.each<[string, string[]]>([
  ['deploy', ['resolve', 'first', 'rest', 'fleet']],
  ['dry-run', ['resolve', 'first', 'rest', 'fleet']],
  ['verify', ['verify', 'fleet']],
  ['doctor', ['doctor']],
])('mode: %s runs the jobs %j, and the table also after a failure', (mode, expected) => {
  const jobs: Record<string, Parameters<typeof runs>[0]> = workflow.jobs;
  const inputs = { mode };
  const ended = { result: 'success', outputs: { first: '["a"]', rest: '["b"]', select: 'release:1' } };
  const needs: Record<string, { result: string; outputs: object }> = {};
  for (const [name, job] of Object.entries(jobs)) {
    const outputs = name === 'resolve' ? { ready: 'true', given: 'x' } : ended.outputs;
    needs[name] = { result: runs(job, { inputs, needs }) ? 'success' : 'skipped', outputs };
  }
  expect(Object.keys(needs).filter((name) => needs[name]?.result === 'success')).toEqual([
    'plan',
    ...expected,
  ]);
  for (const name of ['resolve', 'verify', 'first', 'rest']) {
    const failed = { ...needs, [name]: { result: 'failure', outputs: {} } };
    expect(runs(jobs['fleet'] ?? {}, { inputs, needs: failed })).toBe(expected.includes('fleet'));
  }
  expect(
    runs(jobs['fleet'] ?? {}, { inputs, needs: { ...needs, plan: { ...ended, result: 'failure' } } }),
  ).toBe(false);
});

describe('the artifacts of a check and of the merged report', () => {
  const contexts = {
    ...{
      github: { run_attempt: 2 },
      matrix: { app: 'app-a' },
      needs: { plan: { outputs: { lead: 'app-a' } } },
    },
    steps: {
      verify: { outputs: { report: '/temp/deploy-fly-image/app-a.json' } },
      report: { outputs: { report: '/temp/deploy-fly-image/fleet.json' } },
    },
  };
  type Part = { id?: string; uses?: string; if?: string; with: Record<string, unknown> };
  const uploadOf = (job: { steps: Part[] }): Part & { 'continue-on-error': boolean } => {
    const found = job.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    if (found === undefined) throw new Error('nothing is uploaded');
    return { 'continue-on-error': false, ...found };
  };
  const named = (job: { steps: Part[] }, mode: string) =>
    filled(uploadOf(job).with, { ...contexts, inputs: { mode } });

  test('have separate names, which only the right jobs download', () => {
    const names = ['deploy', 'verify'].map((mode) => named(fleet, mode)['name']);
    expect(names).toEqual(['report-deploy-2-app-a', 'report-verify-2-app-a']);
    const checked = named(workflow.jobs.verify, 'verify');
    expect(checked).toMatchObject({
      ...{ name: 'check-image-2-app-a', path: '/temp/deploy-fly-image/app-a.json' },
    });
    const download = fleet.steps.find((each: Part) => each.uses?.startsWith('actions/download-artifact@'));
    const patterns = ['deploy', 'dry-run', 'verify'].map(
      (mode) => filled(download.with, { inputs: { mode }, runner: {} })['pattern'],
    );
    expect(patterns).toEqual(['deploy-image-*', 'deploy-image-*', 'check-image-*']);
    expect(matchesGlob(checked['name'] ?? '', patterns[2] ?? '')).toBe(true);
    for (const name of names)
      for (const pattern of patterns) expect(matchesGlob(name ?? '', pattern ?? '')).toBe(false);
  });

  test('change no result if they cannot be stored, and are stored after a failure', () => {
    for (const job of [workflow.jobs.verify, fleet]) {
      const upload = uploadOf(job);
      expect(upload['continue-on-error']).toBe(true);
      expect(upload.if).toMatch(/^always\(\) && steps\.\w+\.outputs\.report != ''$/);
    }
    expect(workflow.on.workflow_call.outputs['report-artifact'].value).toBe(
      '${{ jobs.fleet.outputs.report-artifact }}',
    );
    expect(fleet.outputs['report-artifact']).toBe(`\${{ steps.${uploadOf(fleet).id}.outputs.artifact-id }}`);
  });
});

describe('the job that writes deployment records', () => {
  /** Whether the job runs, evaluated like GitHub does; `jobs` are the results of those it needs. */
  const runs = (given: Record<string, string>, jobs: Record<string, string>): boolean => {
    const known: Record<string, string> = {
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`inputs.${name}`, value])),
      ...Object.fromEntries(Object.entries(jobs).map(([name, value]) => [`needs.${name}.result`, value])),
    };
    const holds = (term: string): boolean => {
      const [, inner] = /^\((.*)\)$/.exec(term) ?? [];
      if (inner !== undefined) return inner.split(' || ').some(holds);
      if (term === '!cancelled()') return jobs['cancelled'] === undefined;
      const [, name = '', operator, value] = /^([\w.-]+) (==|!=) '([^']*)'$/.exec(term) ?? [];
      if (!Object.hasOwn(known, name)) throw new Error(`"${term}" is not about a known value`);
      return (known[name] === value) === (operator === '==');
    };
    return (record.if as string)
      .trim()
      .split(/\s+&& /)
      .every(holds);
  };
  const asked = { 'deployment-record': 'production', mode: 'deploy' };
  const done = { plan: 'success', first: 'skipped', rest: 'success' };

  test.each<[string, boolean, Record<string, string>, Record<string, string>]>([
    ['after the deploys', true, asked, done],
    ['after those of `first` alone', true, asked, { ...done, first: 'success', rest: 'skipped' }],
    [
      'after one that failed, because others succeeded or were rolled back',
      true,
      asked,
      { ...done, rest: 'failure' },
    ],
    ['without the input', false, { ...asked, 'deployment-record': '' }, done],
    ['in a dry run', false, { ...asked, mode: 'dry-run' }, done],
    ['with the doctor', false, { ...asked, mode: 'doctor' }, done],
    ['in a check', false, { ...asked, mode: 'verify' }, done],
    ['if no app was deployed', false, asked, { ...done, rest: 'skipped' }],
    ['if the list is not valid', false, asked, { plan: 'failure', first: 'skipped', rest: 'skipped' }],
    ['if the run was canceled', false, asked, { ...done, cancelled: 'yes' }],
  ])('%s: %s', (_when, expected, given, jobs) => expect(runs(given, jobs)).toBe(expected));

  test('has the permissions of its caller, so that calls without that one stay valid', () => {
    expect(record.permissions).toBeUndefined();
    expect(text).not.toMatch(/^\s*artifact-metadata:/m);
    // The only jobs with their own permissions need fewer than every call has.
    expect([plan.permissions, fleet.permissions]).toEqual([{}, {}]);
  });

  test('never fails the run and delays none of its jobs', () => {
    expect(record['continue-on-error']).toBe(true);
    for (const { needs = [] } of Object.values<{ needs?: string[] }>(workflow.jobs))
      expect(needs).not.toContain('record');
  });

  test('reads the same results as the table, and gets neither a secret nor an environment', () => {
    const needs = {
      plan: { outputs: { lead: 'app-a' } },
      resolve: { outputs: { digest: 'the digest' } },
      first: { result: 'success' },
      rest: { result: 'failure' },
      verify: { result: 'skipped' },
    };
    const contexts = {
      ...{ needs, runner: { temp: '/temp' }, github: { run_attempt: 2 } },
      inputs: { mode: 'deploy', apps: '["app-a"]', 'deployment-record': 'production' },
    };
    const {
      step: what,
      'deployment-record': environment,
      ...given
    } = filled(step(record, 'record'), contexts);
    expect([what, environment]).toEqual(['record', 'production']);
    expect(filled(step(fleet, 'report'), contexts)).toMatchObject(given);
    expect(filled(record.steps[0].with, contexts)).toEqual(filled(fleet.steps[0].with, contexts));
    expect(JSON.stringify(record)).not.toContain('secrets.');
    expect(record.environment).toBeUndefined();
    expect(fleet.needs).toEqual(expect.arrayContaining(record.needs));
  });
});

test('the doctor gets the same inputs as the deploys, except those that only a deploy needs', () => {
  const { doctor } = workflow.jobs;
  const [, look] = doctor.steps;
  expect(look.with).toMatchObject({ mode: 'doctor' });
  const given = { ...step(resolve, 'resolve'), ...deployed };
  for (const [name, value] of Object.entries(look.with as Record<string, unknown>)) {
    // A separate job writes the records.
    if (['mode', 'image', 'commit', 'select', 'manual-select', 'deployment-record'].includes(name)) continue;
    expect([name, value]).toEqual([name, given[name]]);
  }
});

describe('GitHub records a deployment', () => {
  /** Whether a job with this environment records one in a mode, evaluated like GitHub does. */
  const records = ({ deployment = true }: { deployment?: unknown }, mode: string): boolean => {
    if (typeof deployment === 'boolean') return deployment;
    const [, only] = /^\$\{\{ inputs\.mode == '([\w-]+)' \}\}$/.exec(String(deployment)) ?? [];
    if (only === undefined) throw new Error(`${deployment} is not an expression about the mode`);
    return mode === only;
  };
  const jobs: [string, { environment?: { deployment?: unknown } }][] = Object.entries({
    ...workflow.jobs,
    ...nested.jobs,
  });
  const withEnvironment = jobs.flatMap(([name, { environment }]) =>
    environment === undefined ? [] : [{ name, environment }],
  );

  test('only in jobs with an environment', () => {
    expect(withEnvironment.map(({ name }) => name)).toEqual(expect.arrayContaining(['doctor', 'one-app']));
    // The calls cannot have an environment, so the mode reaches the job through an input.
    expect([first.with.mode, rest.with.mode]).toEqual(['${{ inputs.mode }}', '${{ inputs.mode }}']);
    expect(nested.on.workflow_call.inputs.mode.type).toBe('string');
  });

  test.each<[string, string[]]>([
    ['deploy', ['one-app']],
    ['dry-run', []],
    ['verify', []],
    ['doctor', []],
  ])('in the mode %s in: %j', (mode, recording) => {
    const found = withEnvironment.filter(({ environment }) => records(environment, mode));
    expect(found.map(({ name }) => name)).toEqual(recording);
  });
});

test('a check gets the inputs that find and verify the image, in its own group and with its own release', () => {
  const { verify } = workflow.jobs;
  const { mode, ...look } = step(verify, 'verify');
  expect(mode).toBe('verify');
  const found = step(resolve, 'resolve');
  for (const [name, value] of Object.entries(found)) {
    if (!['mode', 'deploy-by', 'app'].includes(name)) expect([name, look[name]]).toEqual([name, value]);
  }
  for (const [name, value] of Object.entries(look))
    if (!(name in found)) expect([name, value]).toEqual([name, deployed[name]]);
  for (const name of ['flags', 'health-url', 'health-status', 'health-body', 'health-timeout'])
    expect(look[name]).toBe(`\${{ matrix.${name} }}`);
  // It refuses what only a deploy has, such as these.
  for (const name of ['rollback', 'settle-time', 'mirror', 'flyctl-version'])
    expect(Object.keys(look)).not.toContain(name);
  // A check that waits in the deploys' group would cancel a deploy that waits there.
  expect(verify.concurrency).toEqual({ group: 'check-${{ matrix.app }}', 'cancel-in-progress': false });
  expect(step(plan, 'plan')['select']).toBe("${{ inputs.mode != 'verify' && inputs.select || '' }}");
  expect(verify.permissions).toBeUndefined();
  expect(verify.environment).toEqual({ name: '${{ matrix.environment }}', deployment: false });
});

test('the token of another app reaches only the jobs that find the image', () => {
  const holders = Object.entries({ ...workflow.jobs, ...nested.jobs })
    .filter(([, job]) => JSON.stringify(job).includes('source-app-token'))
    .map(([name]) => name);
  expect(holders).toEqual(['resolve', 'verify']);
});

test('the job of the app finds a release', () => {
  const look = resolve.steps.find(({ id }: { id?: string }) => id === 'resolve');
  expect(look.if).toBe("needs.plan.outputs.select == ''");
  expect(resolve.outputs).toMatchObject({
    given: '${{ steps.resolve.outputs.image || inputs.image }}',
    ready: "${{ steps.resolve.outputs.digest != '' || needs.plan.outputs.select != '' }}",
  });
  expect(deployed['select']).toBe('${{ needs.plan.outputs.select }}');
});

test('Fly.io’s token reaches only the jobs that deploy or check an app', () => {
  const holders = Object.entries({ ...workflow.jobs, ...nested.jobs })
    .filter(([, job]) => JSON.stringify(job).includes('FLY_API_TOKEN'))
    .map(([name]) => name);
  expect(holders).toEqual(['doctor', 'verify', 'first', 'rest', 'one-app']);
  expect([plan.permissions, fleet.permissions]).toEqual([{}, {}]);
});

describe('inputs', () => {
  if (typeof action !== 'object') throw new Error('there is no action.yml');
  const theirOwn = ['app', 'apps', 'first', 'max-parallel', 'fail-fast', 'environment', 'runs-on'];
  const passedOn = Object.keys(inputs).filter((name) => !theirOwn.includes(name));

  test.each(passedOn)('%s is an input of the action, with the same default', (name) => {
    expect(Object.keys(action.inputs)).toContain(name);
    expect(String(inputs[name]?.default)).toBe(String(action.inputs[name]?.default ?? ''));
  });

  test.each(passedOn)('%s reaches a step, through the matrix if apps can have different values', (name) => {
    const own = ownKeys.some((key) => key === name);
    const given = [step(resolve, 'resolve')[name], deployed[name], step(record, 'record')[name]].filter(
      (value) => value !== undefined,
    );
    expect(given.length).toBeGreaterThan(0);
    if (own) expect(given).toEqual([`\${{ matrix.${name} }}`]);
    else expect(given).toContain(`\${{ inputs.${name} }}`);
  });

  test('every value that an app can set is also an input for all apps', () => {
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining([...ownKeys]));
  });
});

test('no script contains an expression', () => {
  for (const name of [file, nestedFile, '.github/workflows/build-image.yml']) {
    for (const job of Object.values(parse(read(name)).jobs) as { steps?: { run?: string }[] }[])
      for (const { run = '' } of job.steps ?? []) expect(run).not.toContain('${{');
  }
});

/** Runs a script of the job that deploys, and returns its exit status and files. */
function keep(name: string, env: Record<string, string>): { status: number | null; text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'result-'));
  try {
    const path = join(folder, 'app-a.json');
    const script = oneApp.steps.find((each: { name?: string }) => each.name === name);
    const given = {
      PATH: process.env['PATH'],
      FILE: path,
      APP: 'app-a',
      ATTEMPT: '2',
      OUTCOME: 'success',
      ...env,
    };
    const { status } = spawnSync('bash', ['-e', '-c', script.run], { env: given });
    return { status, text: existsSync(path) ? readFileSync(path, 'utf8') : '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each([
  [
    'plain',
    { verified: 'true', digest: `sha256:${'a'.repeat(64)}`, machines: '[{"runs-image":true}]' },
    'verified',
  ],
  ['hostile', { skipped: '%s%n"}\n`id`$(id)\\', url: '",{"' }, 'skipped'],
  ['none', {}, 'not-verified'],
])('the result file of a job can be read: %s', (_name, outputs, ending) => {
  // In the form that toJSON writes.
  const { status, text } = keep('Keep the result', { OUTPUTS: JSON.stringify(outputs, null, 2) });
  expect(status).toBe(0);
  expect(readResult(text, 'app-a.json')).toMatchObject({ app: 'app-a', attempt: 2, ending });
});

test('keeps what fits of a fleet too large for a variable', () => {
  const large = { OUTPUTS: JSON.stringify({ machines: 'x'.repeat(300_000) }) };
  // Like on GitHub's runner, the script does not even start.
  if (process.platform === 'linux')
    expect(keep('Keep the result', large)).toEqual({ status: null, text: '' });
  const digest = `sha256:${'a'.repeat(64)}`;
  const placements = '[{"image":"ghcr.io/owner/repo","digest":"x","group":"a\\"b","region":"fra"}]';
  const small = {
    ...{ VERIFIED: 'true', ROLLED_BACK: 'false', SKIPPED: '', STATE: 'deployed', DIGEST: digest },
    // In the form that toJSON writes.
    PLACEMENTS: JSON.stringify(placements),
  };
  const { status, text } = keep('Keep what fits', small);
  expect(status).toBe(0);
  expect(readResult(text, 'app-a.json')).toMatchObject({
    ...{ app: 'app-a', ending: 'verified', state: 'deployed', digest, placements },
  });
});

describe('the artifact of an app', () => {
  const script = (name: string) => oneApp.steps.find((each: { name?: string }) => each.name === name);
  const named = (DIGEST: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'name-'));
    try {
      const GITHUB_OUTPUT = join(folder, 'output');
      const env = { PATH: process.env['PATH'], APP: 'app-a', ATTEMPT: '2', DIGEST, GITHUB_OUTPUT };
      expect(spawnSync('bash', ['-e', '-c', script('Name the result').run], { env }).status).toBe(0);
      return readFileSync(GITHUB_OUTPUT, 'utf8');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test.each([
    [`sha256:${'a'.repeat(64)}`, `deploy-image-2-app-a-${'a'.repeat(64)}`],
    ['', 'deploy-image-2-app-a-none'],
    ['sha256:x/../y\nname=z', 'deploy-image-2-app-a-none'],
  ])('has the attempt, the app and the digest in its name: %j', (digest, name) =>
    expect(named(digest)).toBe(`name=${name}\n`),
  );

  test('contains files of the same name, and does not replace another', () => {
    const upload = oneApp.steps.find((each: { uses?: string }) =>
      each.uses?.startsWith('actions/upload-artifact@'),
    );
    expect(upload.with.name).toBe('${{ steps.name.outputs.name }}');
    const files = ['json', 'report.json'].map(
      (end) => `\${{ runner.temp }}/\${{ steps.name.outputs.name }}.${end}`,
    );
    expect(upload.with.path.trim().split('\n')).toEqual(files);
    expect(upload.with.overwrite).toBeUndefined();
    for (const name of ['Keep the result', 'Keep what fits']) expect(script(name).env.FILE).toBe(files[0]);
    expect(script('Keep the report').env).toEqual({
      ...{ REPORT: '${{ steps.deploy.outputs.report }}', FILE: files[1] },
    });
  });

  test('has the report, whatever its path', () =>
    inFolder('report', (folder) => {
      const [REPORT, FILE] = [join(folder, '-a $b.json'), join(folder, 'x.report.json')];
      writeFileSync(REPORT, '{}');
      const env = { PATH: process.env['PATH'], REPORT, FILE };
      expect(spawnSync('bash', ['-e', '-c', script('Keep the report').run], { env }).status).toBe(0);
      expect(readFileSync(FILE, 'utf8')).toBe('{}');
      // A step that was killed has no outputs.
      expect(script('Keep the report').if).toBe("always() && steps.deploy.outputs.report != ''");
    }));
});

test('the doctor knows whether the run writes deployment records', () => {
  const given = workflow.jobs.doctor.steps.find(
    (each: { with?: { mode?: string } }) => each.with?.mode === 'doctor',
  ).with;
  expect(given['deployment-record']).toBe('${{ inputs.deployment-record }}');
});
