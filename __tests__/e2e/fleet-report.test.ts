import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../factories.ts';
import {
  digest,
  type Files,
  image,
  mergedOf,
  nameOf,
  report,
  result,
  runFleet,
  warningsOf,
} from './fleet-results.ts';
import { codesOf } from './world.ts';

const verified = { digest, verified: 'true', state: 'deployed' };

/** A part of an app's report, as the step writes it. */
const reportOf = (app: string, more: object = {}, { attempt = 1, state = 'deployed' } = {}) => ({
  ...{ version: 1, app, mode: 'deploy', trigger: { 'run-attempt': String(attempt) } },
  ...{ verdict: { state, headline: `${app}: ${state}` }, image: { digest } },
  ...more,
});

/** The same in the artifact of the app's deploy. */
const besides = (app: string, content: unknown, name = nameOf(app, 1, digest)): Files => ({
  [`results/${name}/${name}.report.json`]: typeof content === 'string' ? content : JSON.stringify(content),
});

describe('the merged report of deploys', () => {
  const apps = { apps: '["app-a","app-b","app-c"]', first: 'app-b', 'rest-result': 'failure' };
  const files = [
    result('app-a', 'failure', { digest, state: 'rolled-back', 'rolled-back': 'true' }),
    result('app-b', 'success', { ...verified, machines: '[{"runs-image":true}]' }),
  ];

  test('has every app of the list in its order, with its report', async () => {
    const [a, b] = [reportOf('app-a', {}, { state: 'rolled-back' }), reportOf('app-b', { extra: [1] })];
    const run = await report(apps, ...files, besides('app-a', a), besides('app-b', b));
    expect([run.status, run.log.annotations]).toEqual([0, []]);
    expect(run.outputs['report']).toMatch(/\/temp\/deploy-fly-image\/fleet\.json$/);
    const merged = mergedOf(run);
    expect(merged).toMatchObject({
      ...{ version: 1, mode: 'deploy', attempt: 1, state: 'inconclusive', image, digest },
      headline: '2 of 3 apps failed',
      warnings: { texts: [], omitted: 0 },
      apps: [
        {
          app: 'app-b',
          state: 'deployed',
          machines: { managed: 1, 'runs-image': 1 },
          'report-missing': null,
        },
        { app: 'app-a', state: 'rolled-back', attempt: 1 },
        { app: 'app-c', state: 'inconclusive', attempt: null, 'report-missing': { kind: 'missing' } },
      ],
    });
    expect(merged.apps.map((each) => each.report)).toEqual([b, a, null]);
  });

  test('has the mode of the workflow', async () => {
    const run = await report({ app: 'app-a', mode: 'dry-run' });
    expect(mergedOf(run).mode).toBe('dry-run');
  });

  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  test.each<[string, string, Files]>([
    ['missing', 'no report', {}],
    ['broken', 'not valid JSON', besides('app-a', '{"version":')],
    ['broken', 'array', besides('app-a', '[]')],
    ['broken', '`version` is 2', besides('app-a', reportOf('app-a', { version: 2 }))],
    ['broken', 'bytes', besides('app-a', reportOf('app-a', { x: 'x'.repeat(5_000_000) }))],
    ['broken', 'levels deep', besides('app-a', `{"version":1,"x":${deep(100_000)}}`)],
    ['other', 'another app', besides('app-a', reportOf('app-b'))],
    ['other', 'another attempt', besides('app-a', reportOf('app-a', {}, { attempt: 2 }))],
    ['other', 'another image', besides('app-a', reportOf('app-a', { image: { digest: digestOf('b') } }))],
    ['other', 'another state', besides('app-a', reportOf('app-a', {}, { state: 'failed' }))],
    ['other', 'another app', besides('app-a', { version: 1 })],
    ['missing', 'no report', besides('app-a', reportOf('app-a'), nameOf('app-a', 2, digest))],
  ])('names a report that is %s (%s), and the verdict is the same', async (kind, words, file) => {
    const run = await report({ app: 'app-a' }, result('app-a', 'success', verified), file);
    expect([run.status, run.outputs['state'], run.log.annotations]).toEqual([0, 'deployed', []]);
    expect(mergedOf(run).apps).toEqual([
      expect.objectContaining({
        ...{ app: 'app-a', state: 'deployed', report: null },
        'report-missing': { kind, words: expect.stringContaining(words) },
      }),
    ]);
    expect(run.log.text).toContain('The report of app-a is not merged. ');
  });

  test('names results that were ignored, however they are broken', async () => {
    const broken = {
      'results/a.json': `{"app":${deep(100_000)}}`,
      'results/b.json': '{"app":',
      'results/c.json': `{"x":"${'x'.repeat(5_000_000)}"}`,
    };
    const good = result('app-a', 'success', verified);
    const run = await report({ app: 'app-a' }, broken, good, besides('app-a', reportOf('app-a')));
    expect([run.status, run.outputs['state'], warningsOf(run)]).toEqual([
      ...[0, 'deployed'],
      ['json-invalid', 'json-invalid', 'json-invalid'],
    ]);
    const { warnings, apps: listed } = mergedOf(run);
    expect(warnings).toEqual({
      texts: ['a.json', 'b.json', 'c.json'].map((name) => expect.stringContaining(name)),
      omitted: 0,
    });
    expect(listed[0]?.report).toEqual(reportOf('app-a'));
  });

  test('has the reports of an earlier attempt with its results', async () => {
    const run = await report(
      { apps: '["app-a","app-b"]', attempt: '2' },
      result('app-a', 'success', verified),
      besides('app-a', reportOf('app-a')),
      result('app-b', 'failure', { digest, state: 'failed' }),
      besides('app-b', reportOf('app-b', {}, { state: 'failed' })),
      result('app-b', 'success', verified, { attempt: 2 }),
      besides('app-b', reportOf('app-b', {}, { attempt: 2 }), nameOf('app-b', 2, digest)),
    );
    const { attempt, state, apps: listed } = mergedOf(run);
    expect([attempt, state]).toEqual([2, 'deployed']);
    expect(listed.map((each) => [each.attempt, each.report.verdict])).toEqual([
      [1, { state: 'deployed', headline: 'app-a: deployed' }],
      [2, { state: 'deployed', headline: 'app-b: deployed' }],
    ]);
  });

  test('has room for 16 MiB of reports: those of apps with a problem come first', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `app-${n}`);
    const run = await report(
      { apps: JSON.stringify(names), 'rest-result': 'failure' },
      ...names.flatMap((name, n) => {
        const state = n < 28 ? 'deployed' : 'failed';
        const outputs = n < 28 ? verified : { digest, state };
        return [
          result(name, n < 28 ? 'success' : 'failure', outputs),
          besides(name, reportOf(name, { x: 'x'.repeat(700_000) }, { state })),
        ];
      }),
    );
    const { apps: listed } = mergedOf(run);
    expect(listed.map(({ app }) => app)).toEqual(names);
    const kept = listed.filter((each) => each.report !== null).map(({ app }) => app);
    expect(kept).toEqual([...names.slice(0, 21), 'app-28', 'app-29']);
    expect(listed[21]?.['report-missing']?.kind).toBe('omitted');
    expect(run.reports['fleet.json']?.length).toBeLessThan(17 * 1024 ** 2);
  });

  test('is written if GitHub dropped the image between two jobs', async () => {
    const jobs = { 'first-result': 'skipped', 'rest-result': 'skipped' };
    const run = await report({ app: 'app-a', image: '', given: '', ...jobs });
    expect([run.status, codesOf(run)]).toEqual([1, ['fleet-image-empty']]);
    expect(mergedOf(run).apps).toEqual([expect.objectContaining({ app: 'app-a', state: null })]);
  });

  test('that cannot be written is a warning', async () => {
    const inputs = { ...{ step: 'report', app: 'app-a', image, digest, given: image }, attempt: '1' };
    const run = await runFleet(inputs, {}, { RUNNER_TEMP: 'nowhere' });
    expect([run.status, run.outputs['report'], run.reports]).toEqual([0, '', {}]);
    expect(run.outputs['state']).toBe('inconclusive');
    expect(run.log.annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('RUNNER_TEMP') }),
    ]);
  });

  test('keeps hostile text as data', async () => {
    const hostile = '\n::error::owned\n| <img src=x> ##[error]\u2028__proto__';
    const more = JSON.parse(`{"__proto__":{"x":1},"toJSON":"x","x":${JSON.stringify(hostile)}}`);
    const run = await report(
      { app: 'app-a' },
      result('app-a', 'success', { ...verified, headline: hostile, url: hostile }),
      besides('app-a', reportOf('app-a', more)),
    );
    expect(run.log.annotations).toEqual([]);
    const [row] = mergedOf(run).apps;
    expect([row?.headline, row?.url, row?.report.x, row?.report.toJSON]).toEqual([
      hostile,
      hostile,
      hostile,
      'x',
    ]);
  });
});

/** The report of an app's check, in its artifact. */
const check = (
  app: string,
  verdict: object,
  more: object = {},
  { attempt = 1, name }: { attempt?: number; name?: string } = {},
): Files => ({
  [`results/${name ?? `check-image-${attempt}-${app}`}/${app}.json`]: JSON.stringify({
    ...{ version: 1, app, mode: 'verify', trigger: { 'run-attempt': String(attempt) } },
    image: { digest, tag: 'main-abc1234', reference: image },
    url: `https://${app}.fly.dev`,
    verdict: { 'exit-status': 1, verified: false, skipped: null, drift: null, ...verdict },
    ...more,
  }),
});
const fine = { 'exit-status': 0, verified: true, state: 'verified', drift: 'none', headline: 'all run it' };
const machines = (right: number, ...others: (string | null)[]) => ({
  machines: {
    list: [
      ...Array(right).fill({ 'runs-image': true, digest }),
      ...others.map((each) => ({ 'runs-image': false, digest: each })),
      { 'runs-image': false, excluded: true },
    ],
    omitted: 0,
  },
});
/** The table of checks. */
const checked = (inputs: Record<string, string>, ...files: Files[]) =>
  report({ mode: 'verify', image: '', digest: '', given: '', ready: '', ...inputs }, ...files);

describe('the table of checks', () => {
  const [old, older] = [digestOf('0'), digestOf('1')];

  test('shows what should run, what runs, and the drift', async () => {
    const run = await checked(
      {
        apps: '["app-a","app-b","app-c","app-d","app-e"]',
        'first-result': 'failure',
        'rest-result': 'failure',
      },
      check('app-a', fine, machines(2)),
      check('app-b', { state: 'drift', drift: 'mixed' }, machines(1, old, old, older, null)),
      check('app-c', { state: 'busy', drift: 'busy' }, machines(1, old)),
      check('app-d', { 'exit-status': 0, skipped: 'refused', state: 'refused' }, { image: null }),
    );
    expect([run.status, run.log.annotations]).toEqual([0, []]);
    expect(run.summary).toBe(
      [
        '## ❌ 3 of 5 apps are not verified: 1 `drift`, 1 `busy`, 1 `inconclusive`',
        '',
        '| App | Result | State | Drift | Should run | Machines on it | Others run |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        '| [`app-a`](https://app-a.fly.dev) | ✅ runs the image | `verified` | `none` | `main-abc1234` `sha256:aaaaaaaaaaaa` | 2 of 2 |  |',
        '| [`app-b`](https://app-b.fly.dev) | ❌ not verified | `drift` | `mixed` | `main-abc1234` `sha256:aaaaaaaaaaaa` | 1 of 5 | `sha256:000000000000` on 2, `sha256:111111111111` on 1, unknown on 1 |',
        '| [`app-c`](https://app-c.fly.dev) | ❌ not verified | `busy` | `busy` | `main-abc1234` `sha256:aaaaaaaaaaaa` | 1 of 2 | `sha256:000000000000` on 1 |',
        '| [`app-d`](https://app-d.fly.dev) | ⏭️ not checked: `refused` | `refused` |  |  |  |  |',
        '| `app-e` | ⚪ no result | `inconclusive` |  |  |  |  |',
        '',
        '',
      ].join('\n'),
    );
    const merged = mergedOf(run);
    expect(merged).toMatchObject({ mode: 'verify', state: 'inconclusive', image: null, digest: null });
    expect(merged.apps.map((each) => each.drift)).toEqual([...['none', 'mixed', 'busy', null, null]]);
    expect(merged.apps[1]?.report.verdict.drift).toBe('mixed');
    const fleet: { drift: string; result: string }[] = JSON.parse(run.outputs['fleet'] ?? '');
    expect(fleet.map(({ drift }) => drift)).toEqual(['none', 'mixed', 'busy', '', '']);
  });

  const two = { apps: '["app-a","app-b"]' };
  test.each<[string, Record<string, string>, Files[], [string, string]]>([
    [
      'of apps that run what should run',
      two,
      [check('app-a', fine), check('app-b', fine)],
      ['verified', 'All 2 apps run what should run'],
    ],
    ['of one app are its own', { app: 'app-a' }, [check('app-a', fine)], ['verified', 'all run it']],
    [
      'of an app that was not checked',
      two,
      [check('app-a', fine), check('app-b', { 'exit-status': 0, skipped: 'refused', state: 'refused' })],
      ['refused', '1 of 2 apps run what should run; the others were not checked'],
    ],
    [
      'of jobs that failed later',
      { ...two, 'first-result': 'failure', 'rest-result': 'failure' },
      [check('app-a', fine), check('app-b', fine)],
      ['verified', 'The jobs of 2 of 2 apps failed'],
    ],
    [
      'of a check that was canceled',
      { ...two, 'rest-result': 'cancelled' },
      [check('app-a', fine), check('app-b', { state: 'cancelled' })],
      ['cancelled', '1 of 2 apps is not verified: 1 cancelled'],
    ],
    [
      'never claim more than the job',
      { ...two, 'rest-result': 'failure' },
      [check('app-a', fine), check('app-b', { ...fine, 'exit-status': 1 })],
      ['failed', '1 of 2 apps is not verified: 1 failed'],
    ],
    [
      'need a comparison',
      { ...two, 'rest-result': 'failure' },
      [check('app-a', fine), check('app-b', { ...fine, drift: null })],
      ['inconclusive', '1 of 2 apps is not verified: 1 inconclusive'],
    ],
    [
      'of a rerun of failed jobs',
      { ...two, attempt: '2' },
      [
        check('app-a', fine),
        check('app-b', { state: 'drift', drift: 'mixed' }),
        check('app-b', fine, {}, { attempt: 2 }),
      ],
      ['verified', 'All 2 apps run what should run'],
    ],
  ])('its state and headline: %s', async (_name, inputs, files, end) => {
    const run = await checked(inputs, ...files);
    expect([run.outputs['state'], run.outputs['headline']]).toEqual(end);
    expect([run.status, mergedOf(run).state]).toEqual([0, end[0]]);
  });

  test.each<[string, Files, string]>([
    ['a deploy', check('app-a', fine, { mode: 'deploy' }), 'field-invalid'],
    ['another version', check('app-a', fine, { version: 2 }), 'field-invalid'],
    ['no attempt', check('app-a', fine, { trigger: null }), 'field-invalid'],
    ['an attempt that has not started', check('app-a', fine, {}, { attempt: 2 }), 'fleet-result-other'],
    ['nothing', { 'results/x/app-a.json': '' }, 'json-invalid'],
  ])('a report of %s is not a result', async (_name, file, code) => {
    const run = await checked({ app: 'app-a' }, file);
    expect([run.status, warningsOf(run)]).toEqual([0, [code]]);
    expect(run.outputs['state']).not.toBe('verified');
    const merged = mergedOf(run);
    expect(merged.warnings.texts).toEqual([expect.stringContaining('app-a')]);
    expect(merged.apps[0]?.report).toBeNull();
  });

  test('needs one report of an app', async () => {
    const run = await checked(
      { app: 'app-a' },
      check('app-a', fine),
      check('app-a', fine, {}, { name: 'check-image-x' }),
    );
    expect(run.outputs['state']).toBe('failed');
    expect(mergedOf(run).apps[0]).toMatchObject({ why: expect.stringContaining('two'), report: null });
  });

  test('shows hostile text as text', async () => {
    const hostile = '\n::error::owned\n| <img src=x> [x](javascript:1)';
    const run = await checked(
      { app: 'app-a' },
      check(
        'app-a',
        { state: hostile, drift: hostile, skipped: hostile, headline: hostile, 'exit-status': 0 },
        { ...machines(0, hostile), image: { digest: hostile, tag: hostile }, url: `https://x) ${hostile}` },
      ),
    );
    expect(run.log.annotations).toEqual([]);
    expect(run.summary).not.toMatch(/<img|\]\(javascript/);
    expect(run.summary.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
    expect(JSON.parse(run.reports['fleet.json'] ?? '').apps[0].report.image.tag).toBe(hostile);
  });
});
