import { describe, expect, test } from '@jest/globals';
import { startGitHub } from '../../sandbox/github/github.ts';
import { runnerSecrets } from '../../sandbox/runner/environment.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { digestOf } from '../factories.ts';
import { digest, type Files, image, nameOf, report, result, runFleet, warningsOf } from './fleet-results.ts';
import { codesOf, errorOf, noRecordOf, runAction } from './world.ts';

const verified = { digest, verified: 'true' };

test('makes the matrices from the list', async () => {
  const { status, outputs, log } = await runFleet({
    apps: '["app-a",{"app":"app-b","environment":"eu"}]',
    first: 'app-b',
    defaults: '{"config":"fly.toml"}',
  });
  expect(status).toBe(0);
  expect(outputs['lead']).toBe('app-b');
  expect(JSON.parse(outputs['first'] ?? '')).toEqual([
    expect.objectContaining({ app: 'app-b', environment: 'eu', config: 'fly.toml', rollback: '' }),
  ]);
  expect(JSON.parse(outputs['rest'] ?? '')).toEqual([
    expect.objectContaining({ app: 'app-a', environment: '' }),
  ]);
  expect(log.text).toMatch(/app-b\n.*app-a/);
});

test('without `first`, the first matrix is empty', async () => {
  const { outputs } = await runFleet({ app: 'app-a' });
  expect([outputs['lead'], outputs['first']]).toEqual(['app-a', '[]']);
});

test('an invalid list is one error, without a matrix', async () => {
  const bad = await runFleet({ apps: '["app-a","app-a","::error::x"]' });
  expect(codesOf(bad)).toEqual(['fleet-list-invalid', 'fleet-list-invalid']);
  expect(errorOf(bad)).toMatch(/`apps`[\s\S]*app-a/);
  expect(bad.outputs).toEqual({});
  const neither = await runFleet({ app: 'app-a', step: 'both' });
  expect(codesOf(neither)).toEqual(['input-invalid']);
  expect(errorOf(neither)).toMatch(/`step`.*"both"[\s\S]*`plan`, `report` or `record`/);
});

test('writes one table with a row for every app in the list, even without a result', async () => {
  const { status, outputs, summary, log } = await report(
    { apps: '["app-a","app-b","app-c","app-d"]', first: 'app-b', 'rest-result': 'failure' },
    result('app-a', 'failure', { digest, 'rolled-back': 'true', 'previous-digest': digestOf('0') }),
    result('app-b', 'success', {
      digest,
      verified: 'true',
      'release-version': '42',
      url: 'https://app-b.fly.dev',
      machines: '[{"runs-image":true},{"runs-image":true}]',
    }),
    result('app-c', 'success', { digest, skipped: 'outdated' }),
    result('app-x', 'success', { digest, verified: 'true' }),
    { 'results/broken/broken.json': '{"app":' },
  );
  expect(status).toBe(0);
  expect(summary).toBe(
    [
      '## ❌ 2 of 4 apps failed',
      '',
      `Image: \`${image}\``,
      '',
      '| App | Result | State | Digest | Before | Release | Machines on this image |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| [`app-b`](https://app-b.fly.dev) | ✅ deployed, verified | `deployed` | `sha256:aaaaaaaaaaaa` |  | `v42` | 2 of 2 |',
      '| `app-a` | ⏪ rolled back | `rolled-back` | `sha256:aaaaaaaaaaaa` | `sha256:000000000000` |  |  |',
      '| `app-c` | ⏭️ skipped: `outdated` | `outdated` | `sha256:aaaaaaaaaaaa` |  |  |  |',
      '| `app-d` | ⚪ no result | `inconclusive` |  |  |  |  |',
      '',
      '',
    ].join('\n'),
  );
  expect(JSON.parse(outputs['fleet'] ?? '')).toEqual([
    {
      ...{ app: 'app-b', result: 'verified', state: 'deployed', digest },
      ...{ 'release-version': '42', url: 'https://app-b.fly.dev' },
    },
    { app: 'app-a', result: 'rolled-back', state: 'rolled-back', digest, 'release-version': '', url: '' },
    { app: 'app-c', result: 'skipped', state: 'outdated', digest, 'release-version': '', url: '' },
    { app: 'app-d', result: 'missing', state: 'inconclusive', digest: '', 'release-version': '', url: '' },
  ]);
  // The worst of all; the headline is that of the table.
  expect([outputs['state'], outputs['headline']]).toEqual(['inconclusive', '2 of 4 apps failed']);
  expect(log.annotations).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('broken.json') }),
  ]);
});

test('shows apps as not deployed if no image was found and there are no results', async () => {
  const nothing = { image: '', given: '', digest: '', ready: 'false', results: 'nowhere' };
  const { status, summary } = await report({ app: 'app-a', ...nothing, 'rest-result': 'skipped' });
  expect(status).toBe(0);
  expect(summary).toMatch(/^## ❌ .*\b1\b/);
  expect(summary).toContain('| `app-a` | ⚪ ');
});

describe('the state and the headline of the run', () => {
  const stateOf = async (
    inputs: Record<string, string>,
    ...files: Files[]
  ): Promise<[string | undefined, string | undefined]> => {
    const { outputs } = await report(inputs, ...files);
    return [outputs['state'], outputs['headline']];
  };
  const one = { app: 'app-a' };
  const two = { apps: '["app-a","app-b"]' };

  test.each<[string, Record<string, string>, Files[], [string, string | RegExp]]>([
    [
      'of one app are its own',
      { ...one, 'rest-result': 'failure' },
      [result('app-a', 'failure', { digest, state: 'rollback-failed', headline: 'app-a: act now' })],
      ['rollback-failed', 'app-a: act now'],
    ],
    [
      'of apps that were deployed, or had nothing to do',
      two,
      [
        result('app-a', 'success', { digest, skipped: 'unchanged', state: 'unchanged' }),
        result('app-b', 'success', verified),
      ],
      ['deployed', '1 of 2 apps run the image; the others were skipped'],
    ],
    [
      'of a failure beside a deploy are those of the failure',
      { ...two, 'rest-result': 'failure' },
      [result('app-a', 'success', verified), result('app-b', 'failure', { digest, state: 'failed' })],
      ['failed', '1 of 2 apps failed'],
    ],
    [
      'of jobs that did not start are those of the job that finds the image',
      {
        ...one,
        image: '',
        given: '',
        digest: '',
        ready: 'false',
        'rest-result': 'skipped',
        'resolve-state': 'refused',
        'resolve-headline': 'app-a: not deployed',
      },
      [],
      ['refused', 'app-a: not deployed'],
    ],
    [
      'of jobs that did not start though an image was found are a failure',
      {
        ...one,
        'rest-result': 'skipped',
        'resolve-state': 'dry-run',
        'resolve-headline': 'app-a: would be deployed',
      },
      [],
      ['failed', /app/],
    ],
    ['of a canceled job without a result', { ...one, 'rest-result': 'cancelled' }, [], ['cancelled', /app/]],
    ['of a killed job without a result', { ...one, 'rest-result': 'failure' }, [], ['inconclusive', /app/]],
    [
      'never claim a success that the job did not have',
      { ...one, 'rest-result': 'failure' },
      [result('app-a', 'failure', { digest, state: 'deployed', headline: 'x' })],
      ['failed', 'x'],
    ],
  ])('%s', async (_name, inputs, files, [state, headline]) => {
    const found = await stateOf(inputs, ...files);
    expect(found).toEqual([state, typeof headline === 'string' ? headline : expect.stringMatching(headline)]);
  });
});

test('hostile text in a result does not become a command or markup', async () => {
  const hostile = '\n::error::owned\n| <img src=x> [x](javascript:1) ##[error]';
  const { log, summary, outputs } = await report(
    { app: 'app-a', image: hostile, digest: '', select: 'release:1' },
    result('app-a', 'success', {
      digest: hostile,
      skipped: hostile,
      url: `https://x) ${hostile}`,
      'previous-digest': hostile,
      state: hostile,
      headline: hostile,
    }),
  );
  expect(outputs['headline']).not.toMatch(/\n|##\[|^::/);
  expect(outputs['state']).toBe('inconclusive');
  expect(log.annotations).toEqual([]);
  expect(summary).not.toMatch(/<img|\]\(javascript/);
  expect(summary.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
});

describe('300 apps', () => {
  const names = Array.from({ length: 300 }, (_, n) => `app-${n + 1}`);
  // A matrix has at most 256 jobs.
  const inputs = { apps: JSON.stringify(names), first: names.slice(0, 50).join(',') };
  const machines = JSON.stringify([{ 'runs-image': true }, { 'runs-image': true }]);

  test('have a row each, and the count of machines that their lists omit', async () => {
    const run = await report(
      inputs,
      ...names.map((name, n) =>
        result(name, 'success', {
          ...verified,
          machines,
          'machines-omitted': n === 299 ? '2998' : '0',
          'release-version': '42',
          url: `https://${name}.fly.dev`,
        }),
      ),
    );
    expect([run.status, run.log.annotations]).toEqual([0, []]);
    expect(run.summary).toMatch(/^## ✅ All 300 apps/);
    expect(run.summary.match(/^\| \[`app-\d+`\]/gm)).toHaveLength(300);
    expect(run.summary).toContain('| 2 of 2; 2998 more not listed |');
    expect(JSON.parse(run.outputs['fleet'] ?? '')).toHaveLength(300);
  });

  test('with long and hostile texts do not exceed GitHub’s limits: the apps with a problem are kept', async () => {
    const hostile = '<a href="https://evil.example">&|`\n::error::forged\u{1f4a9}'.repeat(40);
    const run = await report(
      { ...inputs, 'rest-result': 'failure' },
      ...names.map((name, n) =>
        result(name, n < 298 ? 'success' : 'failure', {
          digest,
          skipped: hostile,
          'previous-digest': hostile,
          'release-version': hostile,
          url: `https://${hostile}`,
        }),
      ),
    );
    expect(run.status).toBe(0);
    // actions/runner, FileCommandManager.cs: no part of a larger summary is shown.
    expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(1024 * 1024);
    const rows = run.summary.split('\n').filter((line) => line.startsWith('| [`app-'));
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.slice(0, 2).map((row) => /app-\d+/.exec(row)?.[0])).toEqual(['app-299', 'app-300']);
    expect(run.summary).toContain(`…and ${300 - rows.length} more apps`);
    expect(run.summary).toMatch(/^## ❌ 2 of 300 apps failed/);
    // docs, "Passing information between jobs": 1 MB of outputs per job, measured as UTF-16.
    expect((run.outputs['fleet'] ?? '').length * 2).toBeLessThan(1_000_000);
    const listed: { app: string }[] = JSON.parse(run.outputs['fleet'] ?? '');
    expect(listed.slice(0, 2).map(({ app }) => app)).toEqual(['app-299', 'app-300']);
    expect(run.log.annotations).toEqual([
      expect.objectContaining({
        level: 'warning',
        message: expect.stringContaining(`omits ${300 - listed.length} apps`),
      }),
    ]);
    for (const name of names) expect(run.log.text).toContain(`${name}: `);
  });
});

describe('a table without failures', () => {
  const apps = { apps: '["app-a","app-b"]', first: 'app-a' };
  const both = [result('app-a', 'success', verified), result('app-b', 'success', verified)];

  test('needs a result of every app, and success of all jobs', async () => {
    const { summary, outputs, log } = await report(apps, ...both);
    expect(summary).toMatch(/^## ✅ All 2 apps/);
    expect(JSON.parse(outputs['fleet'] ?? '').map((row: { result: string }) => row.result)).toEqual([
      'verified',
      'verified',
    ]);
    expect(log.annotations).toEqual([]);
  });

  test.each(['failure', 'cancelled', ''])('is not written if jobs ended with "%s"', async (ended) => {
    for (const name of ['first-result', 'rest-result']) {
      const { summary } = await report({ ...apps, [name]: ended }, ...both);
      expect(summary).toMatch(/^## ❌ .*\b1 of 2\b/);
    }
  });

  test('is not written if an app’s jobs were skipped, whatever its artifact contains', async () => {
    const run = await report({ ...apps, 'rest-result': 'skipped' }, ...both);
    expect(run.summary).toMatch(/^## ❌ .*\b1 of 2\b/);
    expect(run.summary).toContain('| `app-b` | ❌ ');
    expect(warningsOf(run)).toEqual(['fleet-result-other']);
  });

  const other = digestOf('b');
  test.each<[string, Files]>([
    ['another image', result('app-b', 'success', { digest: other, verified: 'true' })],
    ['no image', result('app-b', 'success', { verified: 'true' })],
    [
      'another image, in a file named after this one',
      result('app-b', 'success', { digest: other, verified: 'true' }, { name: nameOf('app-b', 1, digest) }),
    ],
    [
      'this image, in a file named after another',
      result('app-b', 'success', verified, { name: nameOf('app-b', 1, other) }),
    ],
    [
      'this app, in another app’s file',
      result('app-b', 'success', verified, { name: nameOf('app-c', 1, digest) }),
    ],
    ['a file with an arbitrary name', result('app-b', 'success', verified, { name: 'app-b' })],
    ['an attempt that has not started', result('app-b', 'success', verified, { attempt: 2 })],
    [
      'another attempt than in its file name',
      result('app-b', 'success', verified, { name: nameOf('app-b', 2, digest) }),
    ],
  ])('is not written with a result of %s', async (_name, file) => {
    const run = await report(apps, result('app-a', 'success', verified), file);
    expect(run.summary).toMatch(/^## ❌ .*\b1 of 2\b/);
    expect(run.summary).toContain('| `app-b` | ❌ ');
    expect(JSON.parse(run.outputs['fleet'] ?? '')[1]).toMatchObject({
      app: 'app-b',
      result: 'failed',
      digest: '',
    });
    expect(warningsOf(run)).toEqual(['fleet-result-other']);
  });

  test('of a rerun does not use results of an earlier attempt', async () => {
    // app-b ran again, without a result this time.
    const { summary } = await report({ ...apps, attempt: '2', 'rest-result': 'failure' }, ...both);
    expect(summary).toMatch(/^## ❌ .*\b1 of 2\b/);
    expect(summary).toContain('| `app-b` | ⚪ ');
  });

  test('of a rerun of failed jobs counts the earlier successes with the same image', async () => {
    const again = result('app-b', 'success', verified, { attempt: 2 });
    const failed = result('app-b', 'failure', { digest, verified: 'false' });
    const first = result('app-a', 'success', verified);
    const green = await report({ ...apps, attempt: '2' }, first, failed, again);
    expect(green.summary).toMatch(/^## ✅ All 2 apps/);
    const earlier = result('app-a', 'success', { digest: other, verified: 'true' });
    const red = await report({ ...apps, attempt: '2' }, earlier, again);
    expect(red.summary).toMatch(/^## ❌ .*\b1 of 2\b/);
  });

  test('needs the number of the attempt', async () => {
    const run = await report({ ...apps, attempt: '' }, ...both);
    expect([run.status, codesOf(run)]).toEqual([1, ['input-invalid']]);
  });
});

describe('an image reference that GitHub dropped between two jobs', () => {
  test.each<[string, Record<string, string>]>([
    ['the image', { image: '', given: '' }],
    ['the digest', { digest: '' }],
    ['the repository of a release', { image: '', given: '', digest: '', select: 'release:previous' }],
  ])('%s is an error of the last job', async (_name, inputs) => {
    const run = await report({
      app: 'app-a',
      ...inputs,
      'first-result': 'skipped',
      'rest-result': 'skipped',
    });
    expect([run.status, codesOf(run)]).toEqual([1, ['fleet-image-empty']]);
    expect(errorOf(run)).toContain('vars.');
    expect(run.summary).toMatch(/^## ❌ /);
  });

  test('is not required to deploy a release, or nothing', async () => {
    const release = { image: '', digest: '', select: 'release:previous' };
    const found = await report({ app: 'app-a', ...release }, result('app-a', 'success', verified));
    expect([found.status, found.summary]).toEqual([0, expect.stringMatching(/^## ✅ The app runs/)]);
    const none = await report({ app: 'app-a', image: '', given: '', digest: '', ready: 'false' });
    expect(none.status).toBe(0);
  });

  test('is an error of the list before the first job', async () => {
    const run = await runFleet({ app: 'app-a', defaults: '{"image":""}' });
    expect([run.status, codesOf(run), run.outputs]).toEqual([1, ['fleet-image-empty'], {}]);
    expect(errorOf(run)).toMatch(/`image`[\s\S]*vars\./);
  });
});

describe('deployment records', () => {
  const place = (changes: object = {}) => ({
    ...{ image: 'ghcr.io/owner/repo', digest, group: 'app', region: 'fra' },
    ...changes,
  });
  const deployed = (app: string, places: unknown = [place()], attempt = 1) =>
    result(app, 'success', { ...verified, placements: JSON.stringify(places) }, { attempt });

  /** Records results, and returns what GitHub stored then. */
  async function record(inputs: Record<string, string>, ...files: Record<string, string>[]) {
    const github = await startGitHub();
    github.token = runnerSecrets.github;
    try {
      const ended = await runAction({
        ...{ action: 'fleet', event: workflowDispatch(), flyctl: false },
        env: { GITHUB_API_URL: github.origin },
        files: Object.assign({}, ...files),
        inputs: {
          ...{ step: 'record', 'deployment-record': 'production', digest, results: 'results', attempt: '1' },
          ...{ apps: '["app-a","app-b"]', 'first-result': 'skipped', 'rest-result': 'success' },
          ...inputs,
        },
      });
      const stored = [...github.records.values()].map((each) => each['deployment_name']);
      return { ended, stored, asked: github.requests.length };
    } finally {
      await github.close();
    }
  }

  test('are of the apps of the list, in their order', async () => {
    const files = [deployed('app-b'), deployed('app-a'), deployed('app-c')];
    const { ended, stored } = await record({}, ...files);
    expect([ended.status, stored]).toEqual([0, ['app-a-app', 'app-b-app']]);
    expect(ended.outputs).toEqual({});
  });

  test('of an earlier attempt are not written again, because another deploy can have followed', async () => {
    const { ended, stored } = await record(
      { attempt: '2' },
      deployed('app-a'),
      deployed('app-b', [place()], 2),
    );
    expect([ended.status, stored]).toEqual([0, ['app-b-app']]);
  });

  test('are not written of an app that was not verified, and without any, nothing is sent', async () => {
    const failed = result('app-a', 'failure', { digest, placements: JSON.stringify([place()]) });
    const skipped = result('app-b', 'success', { digest, skipped: 'outdated', placements: '' });
    const { ended, stored, asked } = await record({ 'rest-result': 'failure' }, failed, skipped);
    expect([ended.status, stored, asked, ended.summary]).toEqual([0, [], 0, '']);
  });

  test.each<[string, unknown]>([
    ['another image than the deployed one', [place({ digest: digestOf('b') })]],
    ['no image', [{ group: 'app' }]],
    ['another form', { image: 'x' }],
  ])('of placements with %s are one notice, and those of other apps are written', async (_what, places) => {
    const { ended, stored } = await record({}, deployed('app-a', places), deployed('app-b'));
    expect([ended.status, stored, noRecordOf(ended)]).toEqual([0, ['app-b-app'], ['record-failed']]);
    expect(ended.log.annotations).toEqual([
      expect.objectContaining({ level: 'notice', message: expect.stringContaining('app-a') }),
    ]);
  });

  test('with hostile groups and regions are only text', async () => {
    const attack = '\n::error::forged ##[error]x | <img src=x> `y`';
    const places = [place({ group: attack, region: attack })];
    const { ended, stored } = await record({}, deployed('app-a', places), deployed('app-b'));
    expect(stored).toEqual([`app-a-${attack.trim()}`, 'app-b-app']);
    expect(ended.log.annotations).toEqual([]);
    expect(ended.log.commands.map(({ name }) => name)).not.toContain('error');
    expect(ended.summary).not.toContain('<img');
  });

  test('are one notice if the API has no usable address', async () => {
    const github = { GITHUB_API_URL: 'http://api.example.com' };
    const ended = await runAction({
      ...{ action: 'fleet', event: workflowDispatch(), flyctl: false, env: github, files: deployed('app-a') },
      inputs: {
        ...{ step: 'record', 'deployment-record': 'production', digest, results: 'results', attempt: '1' },
        ...{ app: 'app-a', 'rest-result': 'success' },
      },
    });
    expect([ended.status, noRecordOf(ended)]).toEqual([0, ['record-failed']]);
  });
});
