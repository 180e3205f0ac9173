import { expect, test } from '@jest/globals';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { digestOf } from '../factories.ts';
import { codesOf, errorOf, runAction } from './world.ts';

const image = `ghcr.io/owner/repo@${digestOf('a')}`;

/** Starts fleet/ as the runner would; no flyctl, no network. */
const run = (inputs: Record<string, string>, files: Record<string, string> = {}) =>
  runAction({ action: 'fleet', event: workflowDispatch(), inputs, files, flyctl: false });

const result = (app: string, outcome: string, outputs: Record<string, string>) => ({
  // A folder each, as the artifacts of one run come.
  [`results/${app}/${app}.json`]: JSON.stringify({ app, outcome, outputs }),
});

test('makes the matrices of the list', async () => {
  const { status, outputs, log } = await run({
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

test('without a first one there is nothing to wait for', async () => {
  const { outputs } = await run({ app: 'app-a' });
  expect([outputs['lead'], outputs['first']]).toEqual(['app-a', '[]']);
});

test('a list that is wrong is one error, and no matrix', async () => {
  const bad = await run({ apps: '["app-a","app-a","::error::x"]' });
  expect(codesOf(bad)).toEqual(['fleet-list-invalid', 'fleet-list-invalid']);
  expect(errorOf(bad)).toMatch(/`apps`[\s\S]*app-a/);
  expect(bad.outputs).toEqual({});
  const neither = await run({ app: 'app-a', step: 'both' });
  expect(codesOf(neither)).toEqual(['input-invalid']);
  expect(errorOf(neither)).toMatch(/`step`.*"both"[\s\S]*plan, report/);
});

test('one table for all, a row for an app that left nothing, none for an app that is not in the list', async () => {
  const digest = digestOf('a');
  const { status, outputs, summary, log } = await run(
    { step: 'report', apps: '["app-a","app-b","app-c","app-d"]', first: 'app-b', image, results: 'results' },
    {
      ...result('app-a', 'failure', {
        digest,
        'rolled-back': 'true',
        'previous-digest': digestOf('0'),
      }),
      ...result('app-b', 'success', {
        digest,
        verified: 'true',
        'release-version': '42',
        url: 'https://app-b.fly.dev',
        machines: '[{"runs-it":true},{"runs-it":true}]',
      }),
      ...result('app-c', 'success', { digest, skipped: 'outdated' }),
      ...result('app-x', 'success', { digest, verified: 'true' }),
      'results/broken/broken.json': '{"app":',
    },
  );
  expect(status).toBe(0);
  expect(summary).toBe(
    [
      '## ❌ 2 of 4 apps are not right',
      '',
      `Image: \`${image}\``,
      '',
      '| App | Result | Digest | Before | Release | Machines on it |',
      '| --- | --- | --- | --- | --- | --- |',
      '| [`app-b`](https://app-b.fly.dev) | ✅ runs it, verified | `sha256:aaaaaaaaaaaa` |  | `v42` | 2 of 2 |',
      '| `app-a` | ⏪ rolled back | `sha256:aaaaaaaaaaaa` | `sha256:000000000000` |  |  |',
      '| `app-c` | ⏭️ skipped: `outdated` | `sha256:aaaaaaaaaaaa` |  |  |  |',
      '| `app-d` | ⚪ not begun |  |  |  |  |',
      '',
      '',
    ].join('\n'),
  );
  expect(JSON.parse(outputs['fleet'] ?? '')).toEqual([
    { app: 'app-b', result: 'verified', digest, 'release-version': '42', url: 'https://app-b.fly.dev' },
    { app: 'app-a', result: 'rolled-back', digest, 'release-version': '', url: '' },
    { app: 'app-c', result: 'skipped', digest, 'release-version': '', url: '' },
    { app: 'app-d', result: 'missing', digest: '', 'release-version': '', url: '' },
  ]);
  expect(log.annotations).toEqual([
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('broken.json') }),
  ]);
});

test('where no image was found, and nothing was left, that is said', async () => {
  const { status, summary } = await run({ step: 'report', app: 'app-a', results: 'nowhere' });
  expect(status).toBe(0);
  expect(summary).toMatch(/^## ❌ .*\b1\b/);
  expect(summary).toContain('| `app-a` | ⚪ ');
});

test('hostile texts of a result are no commands and no markup', async () => {
  const hostile = '\n::error::owned\n| <img src=x> [x](javascript:1) ##[error]';
  const { log, summary } = await run(
    { step: 'report', app: 'app-a', image: hostile, results: 'results' },
    result('app-a', 'success', {
      digest: hostile,
      skipped: hostile,
      url: `https://x) ${hostile}`,
      'previous-digest': hostile,
    }),
  );
  expect(log.annotations).toEqual([]);
  expect(summary).not.toMatch(/<img|\]\(javascript/);
  expect(summary.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
});
