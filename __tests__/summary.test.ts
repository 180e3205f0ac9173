import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { Fault } from '../src/fault.ts';
import type { Machine } from '../src/fly/machines.ts';
import { Report } from '../src/report/report.ts';
import { summary } from '../src/report/summary.ts';
import { compare } from '../src/verify/verify.ts';

const sha = (letter: string) => `sha256:${letter.repeat(64)}`;
const commit = 'abc1234567890abcdef1234567890abcdef12345';
const now = Date.parse('2026-11-24T12:00:00Z');
const links = { server: 'https://github.com', repository: 'Owner/Repo' };

const machine = (n: number, changes: Partial<Machine> = {}): Machine => ({
  ...{
    id: `m${n}`,
    name: `name${n}`,
    region: 'fra',
    state: 'started',
    group: 'app',
    digest: sha('b'),
    image: 'ghcr.io/owner/repo:main-abc1234',
    wanted: 'ghcr.io/owner/repo:main-abc1234',
    labels: new Map(),
  },
  ...{ host: 'ok', releaseId: 'r7', releaseVersion: '7', events: [], checks: [] },
  ...changes,
});

/** A report of a whole automatic deploy; each test changes what it is about. */
function reportOf(machines: Machine[], changes: Partial<Report> = {}): Report {
  const repository = { host: 'ghcr.io', path: 'owner/repo' };
  const tag = 'main-abc1234';
  const run = {
    name: 'Build',
    number: 42,
    attempt: 1,
    url: 'https://github.com/Owner/Repo/actions/runs/9',
    event: 'push',
  };
  const report = new Report({ now: () => now, sleep: async () => {} });
  return Object.assign(report, {
    app: 'test-battle',
    trigger: { way: 'automatic', event: 'workflow_run', commit, branch: 'main', run },
    plan: { source: 'sha-tag', repository, tag, commit, branch: 'main', pin: false },
    image: {
      ...{
        reference: { ...repository, tag },
        repository,
        tag,
        digest: sha('a'),
        platformDigest: sha('b'),
        labels: new Map(),
      },
      ...{
        revision: { commit, from: 'label' },
        created: '2026-11-24T11:55:00Z',
        size: 12_345_678,
        public: true,
      },
    },
    revision: 'matches',
    before: [machine(1, { digest: sha('c'), image: 'ghcr.io/owner/repo:main-old' })],
    machines: compare(machines, {
      of: () => ({ digest: sha('a'), platformDigest: sha('b') }),
      scope: ({ region }) => region !== 'out',
      since: 0,
    }),
    deployed: true,
    deployBegan: 0,
    verified: true,
    ...changes,
  } as Partial<Report>);
}

describe('a good deploy', () => {
  const report = reportOf([machine(1), machine(2, { region: 'sin' })]);
  report.steps.push({ name: 'Deploy', ms: 4200, ok: true });
  const text = summary(report, links, now);

  test.each([
    '## ✅ `test-battle`: all 2 machines run `main-abc1234`',
    'commit["commit<br/>abc1234"]:::plain',
    'commit -->|"built"| tag',
    'm2["sin #10003;<br/>m2<br/>started"]:::good',
    '| Image | `ghcr.io/owner/repo:main-abc1234` |\n| --- | --- |',
    `| **Digest** | \`${sha('a')}\` |`,
    `| **linux/amd64** | \`${sha('b')}\` |`,
    `| **Commit** | [\`abc1234\`](https://github.com/Owner/Repo/commit/${commit}) · the image says so too |`,
    '| **Built** | 5 minutes ago · 12.3 MB |',
    '| **Build** | `Build` #42 · [run](https://github.com/Owner/Repo/actions/runs/9) |',
    '| **Release** | v7 |',
    '| ✓ | `m2` | `sin` | `started` | `sha256:bbbbbbbbbbbb` |',
    '| `ghcr.io/owner/repo:main-old` | `sha256:cccccccccccc` | 1 |',
    'Took 4.2 s',
    '[Package](https://github.com/Owner/Repo/pkgs/container/repo)',
    '[Fly.io dashboard](https://fly.io/apps/test-battle)',
  ])('holds %s', (part) => expect(text).toContain(part));

  test('is one table of machines, and no process group where there is one', () => {
    expect(text).not.toContain('Process group');
    const two = summary(reportOf([machine(1), machine(2, { group: 'worker' })]), links, now);
    expect(two).toContain('| ✓ | `m2` | `worker` |');
  });
});

test('a failure comes with what was seen, expected and to be changed, and the wrong machine first', () => {
  const failure = new Fault({
    seen: 'm2 runs the old image',
    expected: 'the new one',
    change: 'deploy again',
  });
  const report = reportOf([machine(1), machine(2, { digest: sha('c') })], { failure, verified: false });
  const text = summary(report, links, now);
  expect(text).toContain('## ❌ `test-battle`: deployed, and 1 of 2 machines is not right');
  expect(text).toContain('**Seen**\n<pre>m2 runs the old image</pre>');
  expect(text).toContain('**To fix**\n<pre>deploy again</pre>');
  expect(text.indexOf('| ✗ | `m2`')).toBeLessThan(text.indexOf('| ✓ | `m1`'));
  expect(text).toContain(':::bad');
});

test('a failure before anything is known is a summary too', () => {
  const report = new Report({ now: () => now, sleep: async () => {} });
  report.failure = new Fault({ seen: 'a', expected: 'b', change: 'c' });
  expect(summary(report, links, now)).toContain('## ❌ the app: not deployed');
  expect(report.outputs()).toMatchObject({ image: '', deployed: 'false', verified: 'false', machines: '[]' });
});

test('what came of it is the heading', () => {
  const heading = (changes: Partial<Report>, machines = [machine(1)]) =>
    summary(reportOf(machines, { verified: false, ...changes }), links, now).split('\n')[0];
  const failure = new Fault({ seen: 'a', expected: 'b', change: 'c' });
  const nothing = { deployed: false, deployBegan: undefined };
  expect(heading({ ...nothing, failure })).toBe('## ❌ `test-battle`: not deployed');
  expect(heading({ deployed: false, failure })).toBe(
    '## ❌ `test-battle`: not deployed to its end, and not proved',
  );
  expect(heading({ failure, rolledBack: [] })).toContain('rolled back');
  expect(heading({ ...nothing, skipped: 'outdated' })).toContain(
    '`main-abc1234` is outdated, and was not deployed',
  );
  expect(heading({ ...nothing, skipped: 'already-running' })).toContain('`main-abc1234` runs already');
  expect(heading({ ...nothing, skipped: 'dry-run' })).toContain('would be deployed');
});

test('a machine that was left out is shown as such, and one in trouble with its words', () => {
  const exit = { code: 3, outOfMemory: false, requested: false };
  const events = [{ type: 'exit', status: 'stopped', source: 'flyd', timestamp: 1, exit }];
  const report = reportOf([machine(1), machine(2, { region: 'out' }), machine(3, { events })]);
  const text = summary(report, links, now);
  expect(text).toMatch(/\| ✗ \| `m3` .*its process ended with exit code 3/);
  expect(text).toMatch(/\| – \| `m2` .*left out of this deploy/);
  expect(text).toContain('m2["out #8211;<br/>m2<br/>started"]:::unknown');
});

test('an image that is not there is drawn as missing', () => {
  const report = reportOf([], {
    image: undefined,
    machines: undefined,
    deployed: false,
    deployBegan: undefined,
    verified: false,
    failure: new Fault({ seen: 'a', expected: 'b', change: 'c' }),
  });
  expect(summary(report, links, now)).toContain('tag["tag<br/>main-abc1234"]:::bad');
});

test('a fleet is cut where nobody reads on, and drawn by regions', () => {
  const fleet = Array.from({ length: 300 }, (_, n) =>
    machine(n, { region: n % 2 ? 'fra' : 'sin', ...(n === 299 ? { digest: sha('c') } : {}) }),
  );
  const text = summary(reportOf(fleet), links, now);
  expect(text).toContain('…and 200 more.');
  expect(text).toContain('| ✗ | `m299`');
  expect(text).toContain('["sin #10003;<br/>150 machines"]:::good');
  expect(text).toContain('["fra #10007;<br/>1 machine"]:::bad');
});

test('nothing from outside is markup', () => {
  const nasty = fc
    .array(
      fc.constantFrom(
        '<script>',
        '</pre>',
        '</code>',
        '`',
        '```',
        '|',
        '\n',
        '\n\n',
        '](x)',
        '<img src=x>',
        '"]',
        '-->',
        'a',
        '@u',
        '$',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(nasty, (text) => {
      const odd = machine(1, {
        id: text,
        name: text,
        region: text,
        state: text,
        group: text,
        image: text,
        host: text,
      });
      const report = reportOf([odd, machine(2)], {
        app: text,
        before: [odd],
        failure: new Fault({ seen: text, expected: text, change: text }),
      });
      const html = marked.parse(summary(report, links, now)) as string;
      const tags = new Set(
        [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name?.toLowerCase()),
      );
      for (const foreign of ['script', 'img', 'u']) expect(tags).not.toContain(foreign);
      expect(html.match(/<h3/g)).toHaveLength(2);
      expect(html.match(/<code class="language-mermaid"/g)).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

describe('outputs', () => {
  test('of a good deploy', () => {
    expect(reportOf([machine(1)]).outputs()).toEqual({
      image: 'ghcr.io/owner/repo:main-abc1234',
      'source-image': 'ghcr.io/owner/repo:main-abc1234',
      digest: sha('a'),
      'platform-digest': sha('b'),
      tag: 'main-abc1234',
      commit,
      'short-sha': 'abc1234',
      source: 'sha-tag',
      mirrored: 'false',
      deployed: 'true',
      skipped: '',
      'release-id': 'r7',
      'release-version': '7',
      'previous-image': 'ghcr.io/owner/repo:main-old',
      'previous-digest': sha('c'),
      machines: JSON.stringify([
        {
          id: 'm1',
          name: 'name1',
          region: 'fra',
          state: 'started',
          group: 'app',
          image: 'ghcr.io/owner/repo:main-abc1234',
          digest: sha('b'),
          'runs-it': true,
          'left-out': false,
          trouble: null,
        },
      ]),
      verified: 'true',
      'rolled-back': 'false',
      url: '',
    });
  });

  test('a mixed fleet before has no one image', () => {
    const report = reportOf([machine(1)], { before: [machine(1), machine(2, { digest: sha('c') })] });
    expect(report.outputs()).toMatchObject({ 'previous-image': '', 'previous-digest': '' });
  });

  test('a label that is no commit is no output', () => {
    const report = reportOf([machine(1)]);
    report.plan = {
      source: 'digest',
      repository: { host: 'ghcr.io', path: 'o/r' },
      tag: 'main',
      commit: undefined,
      pin: true,
    };
    if (report.image) report.image = { ...report.image, revision: { commit: 'x\ny<<EOF', from: 'label' } };
    expect(report.outputs()['commit']).toBe('');
  });
});
