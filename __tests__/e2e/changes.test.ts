import { describe, expect, test } from '@jest/globals';
import { builtCommit, defaultHead, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { lineWith } from '../errors.ts';
import { codesOf, errorOf, inWorld, oldCommit, tag } from './world.ts';

const page = (from: string, to: string) => `https://github.com/owner/repo/compare/${from}...${to}`;
const between = [
  { sha: oldCommit },
  { sha: '1'.repeat(40), message: 'Fix <b>everything</b> (#12)\n\nAnd more.', login: 'octocat' },
  { sha: '2'.repeat(40), message: '| `x` @team', name: 'No Body' },
  { sha: builtCommit, message: 'Say hello', login: 'hubot[bot]' },
  { sha: defaultHead },
];

describe('the commits of a deploy', () => {
  test('are in its summary with their authors, from one request besides that for the branch', () =>
    inWorld(async ({ deploy, push, github }) => {
      github.history = between;
      push(tag);
      const run = await deploy(workflowRun());
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(github.requests.map(({ path }) => path)).toEqual([
        `/repos/owner/repo/compare/refs%2Fheads%2Fmain...${builtCommit}`,
        `/repos/owner/repo/compare/${oldCommit}...${builtCommit}`,
      ]);
      expect(run.summary).toEqual(
        lineWith(`[\`0000000\` → \`abc1234\`](${page(oldCommit, builtCommit)})`, 'v2'),
      );
      expect(run.summary).toContain(`[3 commits](${page(oldCommit, builtCommit)})`);
      expect(
        run.summary.match(/^\| \[`.*$/gm)?.map((row) => row.replace(/\(http[^)]*\)|\u2060/g, '')),
      ).toEqual([
        '| [`abc1234`] | Say hello | hubot&#91;bot&#93; |',
        '| [`2222222`] | &#124; &#96;x&#96; &#64;team | No Body |',
        '| [`1111111`] | Fix &#60;b&#62;everything&#60;/b&#62; (&#35;12) | octocat |',
      ]);
    }));

  test('are at most the 20 newest', () =>
    inWorld(async ({ deploy, push, github }) => {
      const many = Array.from({ length: 299 }, (_, n) => ({
        sha: `${n}`.padStart(40, 'e'),
        message: `No ${n}`,
      }));
      github.history = [oldCommit, ...many, builtCommit];
      push(tag);
      const { summary } = await deploy(workflowRun());
      expect(summary).toEqual(lineWith('This deploy added [300 commits]'));
      expect(summary.match(/^\| \[`/gm)).toHaveLength(20);
      expect(summary).toContain('| No 298 |');
      expect(summary).toContain(`…and [280 more](${page(oldCommit, builtCommit)}).`);
    }));

  test('are also shown for a manual run, whose commit only the image names', () =>
    inWorld(async ({ deploy, push, github }) => {
      github.history = between;
      push('main');
      const run = await deploy(workflowDispatch());
      expect(run.summary).toContain('[3 commits]');
      expect(run.log.text).toEqual(lineWith('newer', '0000000'));
    }));

  test('are those that a dry run would deploy', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const { summary } = await deploy(workflowRun(), { mode: 'dry-run' });
      expect(summary).toContain('[1 commit]');
      expect(summary).toContain('| [`0000000`]');
    }));

  test.each([
    ['cannot compare commits', 'another'],
    ['has no token', ''],
  ])('are missing in a run that %s, without a message because nothing depends on them', (_name, token) =>
    inWorld(async ({ deploy, push, github }) => {
      github.token = 'another';
      push('main');
      const run = await deploy(workflowDispatch(), token === '' ? { 'github-token': '' } : {});
      expect([run.status, run.outputs['verified'], run.stderr]).toEqual([0, 'true', '']);
      expect(run.summary).not.toContain('This deploy');
      expect(
        run.log.lines
          .filter(({ kind }) => kind !== 'debug')
          .map(({ text }) => text)
          .join('\n'),
      ).not.toContain('contents: read');
    }),
  );

  test('are missing if the image does not name a commit', () =>
    inWorld(async ({ deploy, push, github }) => {
      push('main', { revision: '', source: '' });
      const run = await deploy(workflowDispatch());
      expect([run.status, github.requests.length]).toEqual([0, 0]);
      expect(run.summary).not.toContain('This deploy');
    }));
});

test('the summary of a failed run begins with what to do next, and draws what each machine runs', () =>
  inWorld(async ({ deploy, push, fly }) => {
    push(tag);
    fly.behave('test-battle', { keepOldImage: 1 });
    const run = await deploy(workflowRun(), { 'settle-time': '20ms' });
    const id = fly.machines('test-battle')[1]?.id;
    expect(codesOf(run)).toEqual(['machines-other-image']);
    for (const fact of ['1 of 2', id]) expect(errorOf(run)).toContain(fact);
    const [heading, next = ''] = run.summary.split('\n\n');
    expect(heading).toContain('❌');
    expect(next).toMatch(/^> \[!CAUTION\]\n/);
    expect(next).toContain(`fly machine status ${id} -a test-battle`);
    expect(next).toContain('](https://github.com/owner/repo/actions/runs/30433650)');
    expect(run.summary).toEqual(lineWith('  m1["sin ', `${id}`));
    expect(run.summary).toEqual(lineWith('other1 -->|"', '"| m1'));
    expect(run.summary).toContain('[1 commit]');
  }));
