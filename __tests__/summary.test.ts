import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import type { Previous } from '../src/deploy/previous.ts';
import type { Machine } from '../src/fly/machine.ts';
import type { Commit, Comparison } from '../src/github/client.ts';
import type { Links } from '../src/github/links.ts';
import type { CommitOrder } from '../src/image/age.ts';
import { UserError } from '../src/lib/user-error.ts';
import { Facts, type Results } from '../src/report/facts.ts';
import type { Outcome, Skipped } from '../src/report/outcome.ts';
import { outputsOf } from '../src/report/outputs.ts';
import { summary as render } from '../src/report/summary/summary.ts';
import { viewOf } from '../src/report/view.ts';
import { type CheckedMachine, compare } from '../src/verify/compare.ts';
import { lineWith, textWith } from './errors.ts';
import { digestOf, makeMachine, stoppedClock } from './factories.ts';

const commit = 'abc1234567890abcdef1234567890abcdef12345';
const now = Date.parse('2026-11-24T12:00:00Z');
const links = {
  server: 'https://github.com',
  repository: 'Owner/Repo',
  repositoryUrl: 'https://github.com/Owner/Repo',
  runId: '77',
};

const machine = (n: number, changes: Partial<Machine> = {}) =>
  makeMachine({ id: `m${n}`, name: `name${n}`, releaseId: 'r7', releaseVersion: '7', ...changes });

/** A run, as reported. */
interface Run {
  readonly facts: Facts;
  readonly outcome: Outcome;
}

/** What a test changes in a run: its facts, or its result. */
interface Changes extends Partial<Record<keyof Results, unknown>> {
  readonly app?: string;
  readonly failure?: UserError;
  readonly rolledBack?: readonly Previous[];
  readonly skipped?: Skipped['reason'];
  readonly deployed?: boolean;
}

const clock = stoppedClock(now);

const summary = ({ facts, outcome }: Run, to: Links, at: number): string =>
  render(
    viewOf(facts, outcome, (text) => text),
    to,
    at,
  );

const outputs = ({ facts, outcome }: Run) => outputsOf(facts, outcome, (text) => text);

/** A complete automatic deploy. Each test changes what it is about. */
function runOf(machines: Machine[], changes: Changes = {}): Run {
  const { app = 'test-battle', failure, rolledBack, skipped, deployed = true, ...facts } = changes;
  const repository = { host: 'ghcr.io', path: 'owner/repo' };
  const tag = 'main-abc1234';
  const build = {
    name: 'Build',
    number: 42,
    attempt: 1,
    url: 'https://github.com/Owner/Repo/actions/runs/9',
    event: 'push',
  };
  const known = {
    inputs: { app, doctor: false },
    trigger: { kind: 'automatic', event: 'workflow_run', commit, branch: 'main', run: build },
    plan: { source: 'sha-tag', repository, tag, commit, branch: 'main', pin: false },
    image: {
      reference: { ...repository, tag },
      repository,
      tag,
      digest: digestOf('a'),
      platformDigest: digestOf('b'),
      digests: [digestOf('a'), digestOf('b')],
      labels: new Map(),
      revision: { commit, from: 'label' },
      created: '2026-11-24T11:55:00Z',
      size: 12_345_678,
      public: true,
    },
    revision: 'matches',
    before: [
      machine(1, { digest: digestOf('c'), image: 'ghcr.io/owner/repo:main-old', releaseVersion: '6' }),
    ],
    deployStartedAt: 0,
    release: deployed ? { id: undefined, version: undefined } : undefined,
    ...facts,
  };
  const story = new Facts(clock);
  for (const [key, value] of Object.entries(known)) {
    if (value !== undefined) story.keep(key as keyof Results, value as never);
  }
  const fleet = compare(machines, {
    app: 'test-battle',
    of: () => ({ digest: digestOf('a'), digests: [digestOf('a'), digestOf('b')] }),
    scope: ({ region }) => region !== 'out',
    release: () => undefined,
    before: [],
  });
  return { facts: story, outcome: outcomeOf(fleet, changes) };
}

function outcomeOf(fleet: CheckedMachine[], { failure, rolledBack, skipped }: Changes): Outcome {
  if (skipped !== undefined) return { kind: 'skipped', reason: skipped, words: '', fleet };
  if (failure === undefined)
    return { kind: 'deployed', release: { id: undefined, version: undefined }, fleet };
  const rollback = rolledBack && { kind: 'rolled-back' as const, to: rolledBack, machines: 1, surplus: [] };
  return { kind: 'failed', as: 'failed', at: 'Verify', error: failure, fleet, ...(rollback && { rollback }) };
}

test('the time of a run is its own, although steps that ran at the same time add up to more', async () => {
  const { outcome } = runOf([machine(1)]);
  let time = now;
  const facts = new Facts({ ...clock, now: () => time });
  const ends = Promise.withResolvers<void>();
  const both = ['Get flyctl', 'Find the image'].map((title) => facts.timed(title, () => ends.promise));
  time += 2000;
  ends.resolve();
  await Promise.all(both);
  const overlapping = summary({ facts, outcome }, links, now);
  expect(overlapping).toContain('<summary>Took 2.0 s</summary>');
  expect(overlapping).toContain('| ✓ Get flyctl | 2.0 s |\n| ✓ Find the image | 2.0 s |');
  expect(overlapping).toContain('at the same time');
  await facts.timed('Deploy', () => {
    time += 10_000;
  });
  // The wait between two steps can hide an overlap.
  time += 5000;
  expect(summary({ facts, outcome }, links, now)).toContain('<summary>Took 17.0 s</summary>');
});

describe('a successful deploy', () => {
  const run = runOf([machine(1), machine(2, { region: 'sin' })]);
  let time = now;
  const timed = new Facts({ ...clock, now: () => time });
  for (const [key, value] of Object.entries(run.facts.known))
    timed.keep(key as keyof Results, value as never);
  let text = '';
  beforeAll(async () => {
    await timed.timed('Deploy', () => {
      time += 4200;
    });
    text = summary({ ...run, facts: timed }, links, now);
  });

  test.each([
    ['## ✅ `test-battle`', 2, '`main-abc1234`'],
    ['commit["', 'abc1234"]:::plain'],
    ['commit -->|"', '"| image'],
    ['image["main-abc1234<br/>sha256#58;bbbbbbbbbbbb"]:::plain'],
    ['m2["sin #10003;<br/>m2<br/>started"]:::good'],
    ['image -->|"', '"| m2'],
    ['|', '| `repo:main-old` | `repo:main-abc1234` |'],
    // What machines report of the image, for comparison.
    ['|', '| `sha256:cccccccccccc` | `sha256:bbbbbbbbbbbb` |'],
    ['|', `|  | [\`abc1234\`](https://github.com/Owner/Repo/commit/${commit}) |`],
    ['|', '| v6 | v7 |'],
    ['5 minutes', '`Build` #42', '](https://github.com/Owner/Repo/actions/runs/9)', '12.3 MB'],
    ['| ✓ | `m2` | `sin` | `started` | `bbbbbbbbbbbb` |'],
    ['ghcr.io/owner/repo:main-abc1234'],
    [digestOf('a')],
    ['linux/amd64', digestOf('b')],
    [`ghcr.io/owner/repo:main-old@${digestOf('c')}`],
    ['4.2 s'],
    ['](https://github.com/Owner/Repo/pkgs/container/repo)'],
    ['](https://fly.io/apps/test-battle)'],
  ])('has a line with %j %j %j %j', (...facts) => expect(text).toEqual(lineWith(...facts)));

  test('shows whether the image itself names the commit', () => {
    const told = (revision: string | undefined) => summary(runOf([machine(1)], { revision }), links, now);
    expect(told('matches')).not.toBe(told(undefined));
  });

  test('has one table of machines, without the process group if there is only one', () => {
    expect(text).not.toContain('`app`');
    const two = summary(runOf([machine(1), machine(2, { group: 'worker' })]), links, now);
    for (const group of ['`app`', '`worker`']) expect(two).toContain(group);
  });
});

test('a failure shows what was found, what was expected and the fix, with the wrong machine first', () => {
  const failure = new UserError({
    code: 'flyctl-failed',
    found: 'm2 runs the old image',
    expected: 'the new one',
    fix: 'deploy again',
  });
  const run = runOf([machine(1), machine(2, { digest: digestOf('c') })], { failure });
  const text = summary(run, links, now);
  expect(text.split('\n')[0]).toEqual(lineWith('## ❌ `test-battle`', '1 of 2'));
  expect(text.split('\n\n')[1]).toMatch(/^> \[!CAUTION\]\n> \*\*.*\*\*\n>\n> deploy again\n>\n/);
  expect(text).toEqual(textWith('m2 runs the old image', 'the new one'));
  expect(text.indexOf('| ✗ | `m2`')).toBeLessThan(text.indexOf('| ✓ | `m1`'));
  expect(text).toContain(':::bad');
  // What it runs, and what it should run.
  expect(text).toEqual(lineWith('m1["fra #10007;<br/>m2<br/>'));
  expect(text).toEqual(lineWith('other1 -->|"', '"| m1'));
  expect(text).toEqual(lineWith('image -.->|"', '"| m1'));
});

describe('what to do next', () => {
  const rerun = 'https://github.com/Owner/Repo/actions/runs/77';
  const failure = new UserError({
    code: 'flyctl-failed',
    found: 'a\n  b\n\nRolled back.',
    expected: `every machine on ${digestOf('a')}.`,
    fix: 'the `x: y` of <b>\nconcurrency:\n  group: z',
  });

  test('is prose with code, and lines to paste unchanged', () => {
    const text = summary(runOf([machine(1)], { failure }), links, now);
    expect(text).toContain(
      '> the <code>x&#58; y</code> of &#60;b&#62;\n>\n> <pre>concurrency:\n>   group: z</pre>',
    );
    expect(text).toContain(' a\n\n<pre>b</pre>\n\nRolled back.');
    expect(text).toContain(' every machine on `main-abc1234`, `sha256:aaaaaaaaaaaa`.');
    const html = marked.parse(text) as string;
    expect(html).toMatch(/<blockquote>[\s\S]*<pre>concurrency:\n {2}group: z<\/pre>[\s\S]*<\/blockquote>/);
  });

  test('names the machine, the logs and the run if machines were changed', () => {
    const run = runOf([machine(1), machine(2, { digest: digestOf('c') })], { failure });
    const text = summary(run, links, now);
    expect(text).toContain('fly logs --app test-battle\n> fly machine status m2 --app test-battle');
    expect(text).toEqual(lineWith('> [', `](${rerun})`, '](https://fly.io/apps/test-battle/machines)'));
  });

  test('does not name unchanged machines, or a run that would fail again', () => {
    const nothing = { deployed: false, deployStartedAt: undefined, failure };
    expect(summary(runOf([machine(1)], nothing), links, now)).not.toContain('fly logs');
    expect(summary(runOf([machine(1)], nothing), links, now)).toContain(rerun);
    expect(summary(runOf([machine(1)], { ...nothing, plan: undefined }), links, now)).not.toContain(rerun);
    const odd = { ...links, runId: '77)](x' };
    expect(summary(runOf([machine(1)], { failure }), odd, now)).not.toContain(rerun);
  });
});

describe('what changes', () => {
  const running = '0ddba11f00d0ddba11f00d0ddba11f00d0ddba11';
  const commits = (count: number, from = 0): Commit[] =>
    Array.from({ length: count }, (_, n) => ({
      sha: n + from === 0 ? commit : `${n + from}`.padStart(40, 'f'),
      subject: `Change ${n + from}`,
      author: 'octocat',
    }));
  const age = (changes: Partial<Comparison>): CommitOrder => ({
    relation: 'newer',
    running,
    words: '',
    between: { status: 'ahead', base: running, commits: commits(2), ahead: 2, behind: 0, ...changes },
  });
  const text = (changes: Partial<Comparison>, more: Changes = {}) =>
    summary(runOf([machine(1)], { order: age(changes), ...more }), links, now);
  const page = (from: string, to: string) => `https://github.com/Owner/Repo/compare/${from}...${to}`;

  test('lists the commits between the two versions', () => {
    expect(text({})).toContain(`[\`0ddba11\` → \`abc1234\`](${page(running, commit)})`);
    expect(text({})).toContain(`[2 commits](${page(running, commit)})`);
    expect(text({})).toContain(
      `| [\`abc1234\`](https://github.com/Owner/Repo/commit/${commit}) | Change 0 | octocat |`,
    );
    expect(text({})).toEqual(lineWith('commit["', 'abc1234<br/>Change 0"]:::plain'));
    // The range and the number of commits, without a link to more of them.
    expect(text({}).split(page(running, commit))).toHaveLength(3);
  });

  test('shows how many more commits there are', () =>
    expect(text({ commits: commits(20), ahead: 314 })).toEqual(
      lineWith('[294 ', `](${page(running, commit)})`),
    ));

  test('lists the commits that an older image removes', () => {
    const back = text({ status: 'behind', commits: [], ahead: 0, behind: 3 });
    expect(back).toContain(`[3 commits](${page(commit, running)})`);
    expect(text({ status: 'diverged', ahead: 2, behind: 1 })).toEqual(lineWith('[2 commits]', '[1 commit]'));
  });

  test('is worded differently for a deploy, a dry run, a failure and a rollback', () => {
    const failure = new UserError({ code: 'flyctl-failed', found: 'a', expected: 'b', fix: 'c' });
    const runs: Changes[] = [{}, { skipped: 'dry-run' }, { failure }, { failure, rolledBack: [] }];
    const old = [machine(1, { digest: digestOf('c') })];
    const said = runs.map((more) => {
      const run = runOf(more.failure ? old : [machine(1)], { order: age({}), ...more });
      return /^.*\[2 commits\]/m.exec(summary(run, links, now))?.[0];
    });
    expect(said).not.toContain(undefined);
    expect(new Set(said).size).toBe(runs.length);
  });

  test('is missing if GitHub was not asked, or without commits in between', () => {
    const counted = /\[\d+ commits?\]/;
    expect(text({})).toMatch(counted);
    expect(summary(runOf([machine(1)]), links, now)).not.toMatch(counted);
    expect(text({ commits: [], ahead: 0 })).not.toMatch(counted);
  });

  test('does not link what is not a commit', () => {
    const odd: CommitOrder = { ...age({}), running: '](https://evil.example)' };
    expect(summary(runOf([machine(1)], { order: odd }), links, now)).not.toContain('/compare/');
  });

  test('a message is text: no link, mention, picture or markup, in its own cell', () => {
    const piece = fc.constantFrom(
      ...[
        '<script>',
        '<img src=x>',
        '![x](https://evil.example/p.png)',
        '[x](https://evil.example)',
        '`',
        '|',
      ],
      ...[
        'https://evil.example',
        'www.evil.example',
        '@octocat',
        'owner/repo#1',
        '#12',
        'GH-12',
        'a@b.example',
      ],
      ...[
        '**',
        '_',
        '~~',
        '$x$',
        '&lt;',
        '\\',
        '\n',
        '\r\n## x',
        '</td>',
        '\u202e',
        '\u0007',
        '-->',
        ' ',
        'fix',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 4 }), (words, names) => {
        const made = { sha: commit, subject: words.join(''), author: names.join('') };
        const html = marked.parse(text({ commits: [made], ahead: 1 })) as string;
        const [, table = ''] = />1 commit<\/a>[\s\S]*?(<table>[\s\S]*?<\/table>)/.exec(html) ?? [];
        const tags = [...table.matchAll(/<([a-z0-9]+)/gi)].map(([, name]) => name);
        expect(tags).toEqual('table thead tr th th th tbody tr td a code td td'.split(' '));
        // What GitHub would still link after decoding entities.
        expect(table.replace(/<a [^>]*>/, '')).not.toMatch(/[@#][\w]|:\/\/|www\.|GH-\d/i);
      }),
      { numRuns: 500 },
    );
  });
});

test('after a rollback, draws every machine with the image that runs again', () => {
  const back = machine(1, { digest: digestOf('c') });
  const run = runOf([back], {
    failure: new UserError({ code: 'flyctl-failed', found: 'a', expected: 'b', fix: 'c' }),
    before: [back],
    rolledBack: [{ group: undefined, digest: digestOf('c'), reference: { host: 'ghcr.io', path: 'o/r' } }],
  });
  const text = summary(run, links, now);
  expect(text).toEqual(lineWith('other1 -->|"', '"| m1'));
  expect(text).toContain(']:::back');
  expect(text).toContain('| ↩ | `m1` |');
  // The diagram must not show the rolled-back image on any machine.
  expect(text).not.toMatch(/image -.*m1/);
  const heads = (of: string) => of.split('\n').find((line) => line.startsWith('|  |'));
  expect(heads(text)).not.toBe(heads(summary(runOf([back]), links, now)));
});

test('no row is wider than GitHub’s page', () => {
  const long = 'x'.repeat(300);
  const events = [{ type: 'revert', status: long, source: 'flyd', timestamp: 1, exit: undefined }];
  const wide = machine(2, {
    id: 'd8d9e4f0a1b89c',
    region: 'sin',
    events,
    image: `ghcr.io/owner/${long}:${long}`,
  });
  const text = summary(runOf([wide], { before: [wide] }), links, now);
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  // As displayed, without link targets and markup. 110 characters are about 880 pixels of code.
  const shown = (row: string) => row.replace(/\]\([^)]*\)|[`[\]]|<\/?code>/g, '').replace(/&#\d+;/g, 'x');
  // Only Fly.io's description of a failure can wrap, because readers look for it.
  const cause = /reverted by [^|]*/;
  for (const row of rows.map((each) => shown(each).replace(cause, '')))
    expect([row, row.length < 125]).toEqual([row, true]);
  const [told = ''] = rows.flatMap((row) => cause.exec(shown(row)) ?? []);
  expect(told.length).toBeGreaterThan(100);
  expect(told.length).toBeLessThan(200);
});

test('a failure before anything is known has a summary too', () => {
  const error = new UserError({ code: 'flyctl-failed', found: 'a', expected: 'b', fix: 'c' });
  const run: Run = {
    facts: new Facts(clock),
    outcome: { kind: 'failed', as: 'failed', at: 'Read the inputs', error },
  };
  expect(summary(run, links, now)).toMatch(/^## ❌ /);
  expect(outputs(run)).toMatchObject({ image: '', deployed: 'false', verified: 'false', machines: '[]' });
});

test('the heading is the result', () => {
  const heading = (changes: Changes, machines = [machine(1)]) =>
    summary(runOf(machines, { ...changes }), links, now).split('\n')[0];
  const failure = new UserError({ code: 'flyctl-failed', found: 'a', expected: 'b', fix: 'c' });
  const nothing = { deployed: false, deployStartedAt: undefined };
  const headings = [
    heading({}),
    heading({ ...nothing, failure }),
    heading({ deployed: false, failure }),
    heading({ failure, rolledBack: [] }),
    heading({ ...nothing, skipped: 'outdated' }),
    heading({ ...nothing, skipped: 'unchanged' }),
    heading({ ...nothing, skipped: 'dry-run' }),
  ];
  expect(new Set(headings).size).toBe(headings.length);
  for (const each of headings) expect(each).toMatch(/^## .* `test-battle`: /);
  const [deployed, failed, halfWay, back, outdated, same, dryRun] = headings;
  for (const each of [failed, halfWay]) expect(each).toContain('❌');
  expect(back).toContain('⏪');
  for (const each of [deployed, outdated, same, dryRun]) expect(each).toContain('`main-abc1234`');
});

test('a heading claims of all machines only what was seen of each', () => {
  const exit = { code: 3, outOfMemory: false, requested: false };
  const one = fc.record({
    digest: fc.constantFrom(digestOf('a'), digestOf('b'), digestOf('c'), undefined),
    region: fc.constantFrom('fra', 'sin', 'out'),
    host: fc.constantFrom('ok', 'unreachable'),
    state: fc.constantFrom('started', 'stopped', 'starting', 'failed'),
    events: fc.constantFrom(
      [],
      [{ type: 'exit', status: '', source: 'flyd', timestamp: 1, exit }],
      [{ type: 'revert', status: '', source: 'flyd', timestamp: 1, exit: undefined }],
    ),
  });
  const failure = new UserError({ code: 'machines-unhealthy', found: 'a', expected: 'b', fix: 'c' });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (fleet) => {
      const run = runOf(
        fleet.map((each, n) => machine(n, each)),
        { failure },
      );
      const [heading = ''] = summary(run, links, now).split('\n');
      const meant = fleet.filter(({ region }) => region !== 'out');
      const runs = meant.filter(({ digest }) => digest === digestOf('a') || digest === digestOf('b'));
      const good = runs.filter(
        ({ events, state }) => events.length === 0 && (state === 'started' || state === 'stopped'),
      );
      const all = /: (?:all \d+ machines|its machine) runs? `main-abc1234`/.test(heading);
      if (all) expect(runs).toHaveLength(fleet.length);
      if (all && !heading.includes('unhealthy')) expect(good).toHaveLength(fleet.length);
      expect(heading).toMatch(/^## ❌ `test-battle`: /);
    }),
    { numRuns: 500 },
  );
});

test('marks a machine outside the deploy, and quotes the event of one in trouble', () => {
  const exit = { code: 3, outOfMemory: false, requested: false };
  const events = [{ type: 'exit', status: 'stopped', source: 'flyd', timestamp: 1, exit }];
  const run = runOf([machine(1), machine(2, { region: 'out' }), machine(3, { events })]);
  const text = summary(run, links, now);
  expect(text).toEqual(lineWith('| ✗ | `m3` |', 'exit code 3'));
  expect(text).toContain('| – | `m2` |');
  expect(text).toEqual(lineWith('["out #8211;<br/>m2<br/>started"]:::unknown'));
});

test.each([
  ['image-not-found', ':::bad'],
  ['registry-denied', ':::unsure'],
  ['registry-unavailable', ':::unsure'],
] as const)('%s: only an image that the registry does not have is drawn as missing', (code, look) => {
  const run = runOf([], {
    image: undefined,
    deployed: false,
    deployStartedAt: undefined,
    failure: new UserError({ code, found: 'a', expected: 'b', fix: 'c' }),
  });
  const text = summary(run, links, now);
  expect(text).toEqual(lineWith('image["main-abc1234<br/>', `"]${look}`));
  expect(text.includes('not found"]')).toBe(look === ':::bad');
});

test('shortens the table of a large fleet, and draws it by region', () => {
  const fleet = Array.from({ length: 300 }, (_, n) =>
    machine(n, { region: n % 2 ? 'fra' : 'sin', ...(n === 299 ? { digest: digestOf('c') } : {}) }),
  );
  const text = summary(runOf(fleet), links, now);
  expect(text).toMatch(/^….*\b200\b/m);
  expect(text).toContain('| ✗ | `m299`');
  expect(text).toEqual(lineWith('["sin #10003;<br/>150 ', '"]:::good'));
  expect(text).toEqual(lineWith('["fra #10007;<br/>1 ', '"]:::bad'));
});

test('no text from outside is markup', () => {
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
      const run = runOf([odd, machine(2)], {
        app: text,
        before: [odd],
        failure: new UserError({ code: 'flyctl-failed', found: text, expected: text, fix: text }),
      });
      const html = marked.parse(summary(run, links, now)) as string;
      const tags = new Set(
        [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name?.toLowerCase()),
      );
      for (const foreign of ['script', 'img', 'u']) expect(tags).not.toContain(foreign);
      expect(html.match(/<h3/g)).toHaveLength(3);
      expect(html.match(/<code class="language-mermaid"/g)).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

describe('3,000 machines whose every text is long and hostile', () => {
  // As entities, six times as long.
  const hostile = `${'|~'.repeat(250)}<a href="https://evil.example">\n::error::forged\u{1f4a9}`;
  const fleet = Array.from({ length: 3000 }, (_, n) =>
    machine(n, {
      ...{ name: hostile, region: `${n}${hostile}`, group: `${n % 7}${hostile}` },
      ...{ image: hostile, host: hostile },
      ...(n >= 2950 && { digest: digestOf('c'), state: hostile }),
    }),
  );
  const run = runOf(fleet, {
    before: fleet,
    failure: new UserError({ code: 'machines-other-image', found: hostile, expected: hostile, fix: hostile }),
  });

  test('are on a page that GitHub shows, those with a problem first, with the number of the others', () => {
    const page = summary(run, links, now);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(1024 * 1024);
    expect(page).not.toContain('were left out');
    expect(page).toContain('…and 2900 more.');
    const ids = [...page.matchAll(/^\| . \| `m(\d+)` \|/gm)].map(([, id]) => Number(id));
    expect(ids.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, n) => 2950 + n));
    expect(ids).toHaveLength(100);
  });

  test('are in the output as far as GitHub takes it, those with a problem first, with the number of the others', () => {
    const { machines = '', 'machines-omitted': omitted } = outputs(run);
    const listed: { id: string }[] = JSON.parse(machines);
    expect(machines.length).toBeLessThanOrEqual(400_000);
    expect(listed.length + Number(omitted)).toBe(3000);
    expect(listed.length).toBeGreaterThan(50);
    expect(listed.slice(0, 50).map(({ id }) => id)).toEqual(fleet.slice(2950).map(({ id }) => id));
  });
});

describe('outputs', () => {
  test('of a successful deploy', () => {
    expect(outputs(runOf([machine(1)]))).toEqual({
      image: 'ghcr.io/owner/repo:main-abc1234',
      'source-image': 'ghcr.io/owner/repo:main-abc1234',
      digest: digestOf('a'),
      'platform-digest': digestOf('b'),
      tag: 'main-abc1234',
      commit,
      'short-sha': 'abc1234',
      source: 'sha-tag',
      'promoted-from': '',
      mirrored: 'false',
      deployed: 'true',
      skipped: '',
      'release-id': 'r7',
      'release-version': '7',
      'previous-image': 'ghcr.io/owner/repo:main-old',
      'previous-digest': digestOf('c'),
      machines: JSON.stringify([
        {
          id: 'm1',
          name: 'name1',
          region: 'fra',
          state: 'started',
          group: 'app',
          image: 'ghcr.io/owner/repo:main-abc1234',
          digest: digestOf('b'),
          'runs-image': true,
          excluded: false,
          problem: null,
        },
      ]),
      'machines-omitted': '0',
      verified: 'true',
      drift: '',
      'rolled-back': 'false',
      placements: '',
      url: '',
    });
  });

  test('have no previous image if the machines ran several', () => {
    const run = runOf([machine(1)], { before: [machine(1), machine(2, { digest: digestOf('c') })] });
    expect(outputs(run)).toMatchObject({ 'previous-image': '', 'previous-digest': '' });
  });

  test('do not contain a label that is not a commit', () => {
    const odd = runOf([machine(1)], {
      plan: {
        source: 'digest',
        repository: { host: 'ghcr.io', path: 'o/r' },
        tag: 'main',
        commit: undefined,
        pin: true,
      },
      image: {
        ...runOf([]).facts.known.image,
        revision: { commit: 'x\ny<<EOF', from: 'label' },
      },
    });
    expect(outputs(odd)['commit']).toBe('');
  });
});

test('lists each image that ran before on a mixed fleet', () => {
  const before = Array.from({ length: 7 }, (_, n) =>
    machine(n, { digest: digestOf(`${n % 6}`), image: `ghcr.io/owner/repo:v${n % 6}` }),
  );
  const text = summary(runOf([machine(1)], { before }), links, now);
  expect(text).toContain(
    '| `repo:v0` × 2<br>`repo:v1` × 1<br>`repo:v2` × 1<br>`repo:v3` × 1<br>`others` × 2 | `repo:main-abc1234` |',
  );
  expect(text).toContain('** |  | `sha256:bbbbbbbbbbbb` |');
  const none = summary(runOf([machine(1)], { before: [] }), links, now);
  expect(none).toMatch(/^\| [^|]+ \| [^|`]+ \| `repo:main-abc1234` \|$/m);
});
