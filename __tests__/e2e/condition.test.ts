import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { builtCommit, defaultHead, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { type State, states } from '../../src/report/states.ts';
import { lineWith } from '../errors.ts';
import { onPosix } from '../platforms.ts';
import { faultsOfReport } from '../report-schema.ts';
import { app, codesOf, inWorld, type TestWorld, tag } from './world.ts';

// The first line of a summary states what production runs now, on how many machines and where, then what happened. It is
// often the only line that someone on call reads.

const check = { mode: 'verify', 'health-timeout': '1s' };
const settle = { 'settle-time': '20ms' };
const failing = (line: string) => `console.error(${JSON.stringify(line)}); process.exitCode = 1;`;
const standIn = pathToFileURL(join(import.meta.dirname, '../../sandbox/flyctl/main.ts')).href;
const failingAtTheEnd = `
  process.on('exit', () => {
    console.error('Error: failed to update release: request returned non-2xx status: 504');
    process.exitCode = 1;
  });
  import(${JSON.stringify(standIn)});`;
/** A flyctl that runs until it gets a signal. */
const endless =
  "process.on('SIGINT', () => process.exit(1)); setInterval(() => {}, 1000); console.log('deploying');";
const releaseCommand = { 'fly.toml': `app = "${app}"\n[deploy]\nrelease_command = "bin/migrate"\n` };
const [ours, old] = ['`main-abc1234`', '`main-0000000`'];
const [all, one, nothing] = ['all 2 machines', '1 of 2 machines', 'nothing changed'];

type Play = (world: TestWorld) => Promise<ActionRun>;

/** Runs with the commit's image pushed. */
const pushed =
  (play: Play): Play =>
  (world) => {
    world.push(tag);
    return play(world);
  };

/** A newer commit already runs. */
const behind =
  (inputs: Record<string, string>): Play =>
  async ({ deploy, push, image }) => {
    push(tag);
    push('main-fedcba9', { revision: defaultHead });
    await deploy(workflowDispatch(), { image: `${image}:main-fedcba9` });
    return deploy(workflowRun(), inputs);
  };

/** Deploys with a test of these shell lines. */
const tested =
  (lines: string, inputs: Record<string, string> = {}): Play =>
  ({ deploy }) =>
    deploy(
      workflowRun(),
      { 'verify-command': './test.sh', ...inputs },
      { programs: { 'test.sh': `#!/bin/sh\n${lines}\n` } },
    );

const stories: [name: string, state: State, play: Play, facts: readonly string[]][] = [
  ['deployed', 'deployed', pushed(({ deploy }) => deploy(workflowRun())), ['✅', all, 'run', ours]],
  [
    'deployed to one region',
    'deployed',
    pushed(({ deploy }) => deploy(workflowRun(), { flags: '--regions=fra' })),
    ['✅', one, 'runs', ours, '1 is not part of this deploy'],
  ],
  [
    'unchanged',
    'unchanged',
    pushed(async ({ deploy }) => {
      await deploy(workflowRun());
      return deploy(workflowRun(), { 'on-unchanged': 'skip' });
    }),
    ['⏭️', all, ours, 'nothing was deployed'],
  ],
  [
    'outdated',
    'outdated',
    behind({}),
    ['⏭️', all, 'still run', '`sha256:', 'commit `fedcba9`', ours, 'nothing was deployed'],
  ],
  [
    'outdated, which is to fail',
    'outdated',
    behind({ 'on-outdated': 'fail' }),
    ['❌', nothing, all, '`sha256:', 'outdated'],
  ],
  [
    'a refused event',
    'refused',
    pushed(({ deploy }) => deploy(workflowRun({ conclusion: 'failure' }))),
    ['❌', nothing, 'not allowed to deploy'],
  ],
  [
    'a refused event that is skipped',
    'refused',
    pushed(({ deploy }) => deploy(workflowRun({ conclusion: 'failure' }), { 'on-refusal': 'skip' })),
    ['⏭️', 'nothing was deployed', 'not allowed to deploy'],
  ],
  [
    'a dry run',
    'dry-run',
    pushed(({ deploy }) => deploy(workflowRun(), { mode: 'dry-run' })),
    ['🔍', all, 'run', old, ours, 'would be deployed'],
  ],
  ['no image', 'failed', ({ deploy }) => deploy(workflowRun()), ['❌', nothing, 'not found']],
  [
    'a registry that refuses',
    'failed',
    pushed(({ deploy, registry }) => {
      registry.addRepository('owner/repo', 'private');
      return deploy(workflowRun());
    }),
    ['❌', nothing, 'refused'],
  ],
  [
    'an input that is not valid',
    'failed',
    pushed(({ deploy }) => deploy(workflowRun(), { mirror: 'yes' })),
    ['❌', '`test-battle`', nothing, 'input'],
  ],
  [
    'a flyctl that changes nothing',
    'failed',
    pushed(({ deploy }) => deploy(workflowRun(), {}, { flyctl: failing('Error: server returned 500') })),
    ['❌', nothing, all, 'still run', old, 'flyctl'],
  ],
  [
    'a failed release command',
    'failed',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { releaseCommand: { exitCode: 3 } });
      return deploy(workflowRun(), {}, { files: releaseCommand });
    }),
    ['❌', nothing, all, 'still run', old, 'release command'],
  ],
  [
    'a flyctl that fails after all machines were updated',
    'failed',
    pushed(({ deploy }) => deploy(workflowRun(), settle, { flyctl: failingAtTheEnd })),
    ['❌', all, 'run', ours, 'flyctl failed'],
  ],
  [
    'a user’s own test that fails',
    'failed',
    pushed(tested('exit 1')),
    ['❌', all, 'run', ours, 'but `verify-command` failed'],
  ],
  [
    'a user’s own test that fails, rolled back',
    'rolled-back',
    pushed(tested('exit 1', { rollback: 'true' })),
    ['⏪', ours, all, 'run', old, 'again'],
  ],
  [
    'a user’s own test without a result',
    'inconclusive',
    pushed(tested('kill -9 $$', { rollback: 'true' })),
    ['❌', all, 'run', ours, '`verify-command` was ended'],
  ],
  [
    'a user’s own test that does not exist',
    'failed',
    pushed(({ deploy }) => deploy(workflowRun(), { 'verify-command': './test.sh' })),
    ['❌', nothing, '`verify-command` does not exist'],
  ],
  [
    'half-way',
    'failed',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { failUpdate: { index: 1, status: 500 } });
      return deploy(workflowRun());
    }),
    ['❌', one, 'still runs', old, '`sin`', 'flyctl failed'],
  ],
  [
    'an update that is ignored',
    'failed',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { keepOldImage: 1 });
      return deploy(workflowRun());
    }),
    ['❌', one, 'still runs', old, '`sin`'],
  ],
  [
    'reverted by Fly.io',
    'failed',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
      return deploy(workflowRun(), settle);
    }),
    ['❌', one, old, '`sin`', 'reverted by Fly.io'],
  ],
  [
    'a crash',
    'failed',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { trouble: { index: 1, afterLists: 1, kind: 'exit' } });
      return deploy(workflowRun(), settle);
    }),
    ['❌', one, ours, 'unhealthy', '`sin`'],
  ],
  [
    'rolled back',
    'rolled-back',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { trouble: { index: 1, afterLists: 1, kind: 'exit' } });
      return deploy(workflowRun(), { ...settle, rollback: 'true' });
    }),
    ['⏪', ours, 'failed', all, old, 'again'],
  ],
  [
    'a rollback that fails',
    'rollback-failed',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { trouble: { index: 1, afterLists: 1, kind: 'exit' } });
      const onLine = (line: string) => {
        if (line.includes('Roll back')) fly.behave(app, { failUpdate: { index: 1, status: 500 } });
      };
      return deploy(workflowRun(), { ...settle, rollback: 'true' }, { onLine });
    }),
    ['❌', one, 'still runs', ours, '`sin`', 'rollback failed'],
  ],
  [
    'canceled before anything was deployed',
    'cancelled',
    ({ deploy }) =>
      deploy(
        workflowRun(),
        { 'wait-for-image': '60s' },
        { signalAfter: { line: 'Waiting for', signal: 'SIGINT' } },
      ),
    ['❌', nothing, 'canceled'],
  ],
  [
    'canceled before flyctl changed a machine',
    'cancelled',
    pushed(({ deploy }) =>
      deploy(workflowRun(), {}, { flyctl: endless, signalAfter: { line: 'deploying', signal: 'SIGINT' } }),
    ),
    ['❌', nothing, all, 'still run', old, 'canceled'],
  ],
  [
    'canceled while the machines settle',
    'cancelled',
    pushed(({ deploy }) =>
      deploy(
        workflowRun(),
        { 'settle-time': '60s' },
        { signalAfter: { line: 'First check', signal: 'SIGINT' } },
      ),
    ),
    ['❌', all, 'run', ours, 'canceled before that was verified'],
  ],
  [
    'timed out',
    'failed',
    pushed(({ deploy }) => deploy(workflowRun(), { 'deploy-timeout': '1s' }, { flyctl: endless })),
    ['❌', nothing, all, 'still run', old, 'timed out'],
  ],
  [
    'another deploy at the same time',
    'failed',
    pushed(({ deploy, fly }) => {
      fly.behave(app, { laterRelease: { afterLists: 1 } });
      return deploy(workflowRun(), settle);
    }),
    ['❌', all, 'run', ours, 'release v3', 'another deploy'],
  ],
  [
    'an app that does not answer as it should',
    'failed',
    pushed(({ deploy, registry }) => {
      const inputs = { 'health-url': `http://${registry.host}/nothing`, 'health-timeout': '1s' };
      return deploy(workflowRun(), { ...settle, ...inputs });
    }),
    ['❌', all, 'run', ours, 'health check failed'],
  ],
  [
    'a check of what runs',
    'verified',
    ({ deploy, oldDigest }) => deploy(workflowRun(), { ...check, select: `digest:${oldDigest}` }),
    ['✅', all, 'run'],
  ],
  [
    'a check that finds another image',
    'drift',
    pushed(({ deploy }) => deploy(workflowRun(), check)),
    ['❌', 'drift: ', all, 'run', old],
  ],
  [
    'a check during a deploy',
    'busy',
    pushed(({ deploy, fly }) => {
      fly.holdLease(app, fly.machines(app)[1]?.id ?? '', 60_000);
      return deploy(workflowRun(), check);
    }),
    ['⏳', 'busy', 'a deploy is in progress', all, 'run', old],
  ],
  [
    'a check of an image that does not exist',
    'failed',
    ({ deploy }) => deploy(workflowRun(), check),
    ['❌', 'not checked', 'image was not found'],
  ],
  [
    'the doctor',
    'checked',
    pushed(({ deploy }) =>
      deploy(workflowRun(), { mode: 'doctor' }, { files: { 'fly.toml': `app = "${app}"\n` } }),
    ),
    ['🩺', 'passed'],
  ],
  [
    'the doctor of a setup without an image',
    'checked',
    ({ deploy }) => deploy(workflowRun(), { mode: 'doctor' }),
    ['❌', 'problem'],
  ],
];

/** The texts of a line of Markdown, without its marks. */
const textOf = (markdown = ''): string => markdown.replace(/^## \S+ /, '').replaceAll('`', '');

type Story = (typeof stories)[number];
const tell = (_name: string, state: Story[1], play: Story[2], facts: Story[3]) =>
  inWorld(async (world) => {
    const { summary, outputs, reports, status } = await play(world);
    const [heading] = summary.split('\n');
    expect([outputs['state'], outputs['headline']]).toEqual([state, textOf(heading)]);
    expect(Object.keys(reports).filter((name) => !name.endsWith('.vsa.json'))).toEqual([`${app}.json`]);
    const report = JSON.parse(reports[`${app}.json`] ?? '');
    expect(faultsOfReport(report)).toEqual([]);
    expect(report).toMatchObject({
      app,
      verdict: {
        state,
        headline: textOf(heading),
        'exit-status': status,
        verified: outputs['verified'] === 'true',
        skipped: outputs['skipped'] || null,
      },
    });
    // Only a verified deploy has a verdict that can be signed.
    expect(Object.keys(reports)).toHaveLength(state === 'deployed' ? 2 : 1);
    expect(outputs['report-vsa'] !== '').toBe(state === 'deployed');
    expect(report.verdict.errors.length > 0).toBe(status === 1);
    expect(heading).toMatch(/^## \S+ `test-battle`: /);
    for (const fact of facts) expect(heading).toContain(fact);
    // The heading must not contain vague words instead of what production runs.
    expect(heading).not.toMatch(/right|well|proved|to its end/);
  });
const isCanceled = ([, state]: Story) => state === 'cancelled';
test.each(stories.filter((story) => !isCanceled(story)))('%s', tell);
onPosix('Node cannot send Ctrl+C to the console of another program').each(stories.filter(isCanceled))(
  '%s',
  tell,
);

/** For faults that last some seconds of the action's own clock. */
const slow = { clockRate: 50 };

test.each([
  ['an unreachable host', 'unreachable-host', 'unreachable host', '⊘'],
  ['a digest that is not reported', 'missing-digest', 'not be verified', '?'],
  ['a machine that is no longer listed', 'partial-list', 'missing', '∅'],
] as const)(
  '%s has separate words and a mark, with a legend, and is not drawn as broken',
  (_name, fault, words, mark) =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.inject(app, { name: fault, since: fault === 'partial-list' ? 'end' : 'release', machines: [1] });
      const { summary, outputs } = await deploy(workflowRun(), {}, slow);
      expect(outputs['state']).toBe('inconclusive');
      expect(summary.split('\n')[0]).toEqual(lineWith('❌', one, words, '`sin`'));
      const id = fly.machines(app)[1]?.id ?? '';
      expect(summary).toContain(`| ${mark} | \`${id}\` |`);
      expect(summary).toMatch(new RegExp(`^\\${mark} `, 'm'));
      expect(summary).not.toContain(':::bad');
      expect(summary).not.toContain('✗ |');
    }),
);

test('each state is the end of one of these runs', () =>
  expect([...new Set(stories.map(([, state]) => state))].sort()).toEqual([...states].sort()));

test('reports what could not be read as unknown', () =>
  inWorld(async ({ deploy, push, fly }) => {
    push(tag);
    fly.inject(app, { name: 'busy', since: 'end', status: 503 });
    const { summary, outputs } = await deploy(workflowRun(), { 'health-timeout': '1s' }, slow);
    expect(outputs['state']).toBe('inconclusive');
    expect(summary.split('\n')[0]).toEqual(lineWith('❌', 'unknown', ours));
  }));

describe('a moving tag', () => {
  test('is shown as the source, and the digest as what machines run', () =>
    inWorld(async ({ deploy, push }) => {
      const { platformDigest } = push('main');
      const { summary } = await deploy(workflowDispatch());
      const digest = platformDigest.slice(0, 'sha256:'.length + 12);
      expect(summary.split('\n')[0]).toEqual(lineWith('✅', `run \`${digest}\``, '`main`'));
    }));

  test('does not name an older image of the same tag', () =>
    inWorld(async ({ deploy, push, fly, image, oldDigest }) => {
      push('main', { revision: '1'.repeat(40) });
      await fly.createApp(app, [
        { region: 'fra', image: `${image}:main` },
        { region: 'sin', image: `${image}:main` },
      ]);
      push('main');
      fly.behave(app, { keepOldImage: 1 });
      const { summary } = await deploy(workflowDispatch(), { 'deploy-by': 'tag' });
      expect(summary.split('\n')[0]).toEqual(lineWith(one, 'still runs `sha256:', '`sin`'));
      expect(summary.split('\n')[0]).not.toContain(oldDigest);
    }));
});

describe('what to do next', () => {
  const rerun = 'Run the job again';

  test('after a rollback: names what runs again and the commit to fix, without a way to deploy it again', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { trouble: { index: 1, afterLists: 1, kind: 'exit' } });
      const run = await deploy(workflowRun(), { ...settle, rollback: 'true' });
      const [, next = ''] = run.summary.split('\n\n');
      expect(next).toEqual(lineWith(all, old, 'again'));
      expect(next).toEqual(lineWith('Correct commit abc1234', 'push'));
      expect(next).not.toContain(rerun);
      expect(next).not.toMatch(/deploy again/i);
      expect(run.summary).toContain('| Runs again | Rolled back |');
    }));

  test('after a revert: names the commit to fix, without a way to deploy it again', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
      const run = await deploy(workflowRun(), settle);
      const [, next = ''] = run.summary.split('\n\n');
      expect(next).toEqual(lineWith('Correct commit abc1234', 'push'));
      expect(next).toContain(`fly machine status ${fly.machines(app)[1]?.id}`);
      expect(next).not.toContain(rerun);
      expect(next).not.toMatch(/deploy again/i);
      // The cause is complete.
      expect(run.summary).toMatch(/^\| ✗ .*reverted by flyd \(failed to launch the new version\) \|$/m);
    }));

  test('after a failed release command: names its machine, but no healthy one', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { releaseCommand: { exitCode: 3 } });
      const run = await deploy(workflowRun(), {}, { files: releaseCommand });
      const [, id] = /machine (\w+) exited/.exec(run.log.text) ?? [];
      expect(run.summary).toContain(`fly logs --app ${app} -i ${id}`);
      expect(run.summary).not.toContain('fly machine status');
      for (const sign of ['| ✗ |', '#10007;', ':::bad', 'should run on'])
        expect(run.summary).not.toContain(sign);
      expect(run.summary.match(/^\| = \|/gm)).toHaveLength(2);
      expect(run.summary).not.toMatch(/^### What/m);
    }));
});

test.each([
  ['with the image of this run', { laterRelease: { afterLists: 1 } }, tag],
  ['with another image', undefined, 'main-1111111'],
] as const)('machines of another deploy %s are not drawn as broken', (_name, behavior, runs) =>
  inWorld(async ({ deploy, push, fly, image }) => {
    push(tag);
    push('main-1111111', { revision: '1'.repeat(40) });
    if (behavior !== undefined) fly.behave(app, behavior);
    else
      fly.inject(app, {
        name: 'other-deploy',
        since: 'end',
        image: `${image}:main-1111111`,
        machines: [0, 1],
      });
    const run = await deploy(workflowRun(), { 'settle-time': '2s' });
    expect(codesOf(run)).toEqual(['machines-superseded']);
    expect(run.summary.split('\n')[0]).toEqual(lineWith('machines run', `\`${runs}\``, 'another deploy'));
    expect(run.summary).toMatch(/^\| ⇄ \|/m);
    expect(run.summary).not.toContain(':::bad');
    expect(run.summary).not.toContain('Run the job again');
  }),
);

test.each([
  ['outdated', behind({})],
  ['refused', pushed(({ deploy }: TestWorld) => deploy(workflowRun({ conclusion: 'failure' })))],
  [
    'a commit that is not the image’s',
    ({ deploy, push }: TestWorld) => {
      push(tag, { revision: 'e'.repeat(40) });
      return deploy(workflowRun());
    },
  ],
  [
    'unchanged',
    pushed(({ deploy }: TestWorld) => deploy(workflowRun(), {}, { flyctl: failing('Error: no') })),
  ],
] as const)('%s: nothing changes, so the summary lists no changes', (_name, play) =>
  inWorld(async (world) => {
    const { summary } = await play(world);
    expect(summary).not.toMatch(/^### What/m);
    expect(summary).not.toContain('This deploy');
  }),
);

test('the summary also contains why nothing was deployed', () =>
  inWorld(async (world) => {
    const { summary } = await behind({})(world);
    expect(summary.split('\n\n')[1]).toEqual(lineWith('Commit', builtCommit, 'outdated'));
    expect(summary).not.toContain(' → ');
  }));

test('shows each digest in full once, in the references', () =>
  inWorld(async ({ deploy, push, fly, oldDigest }) => {
    const { digest, platformDigest } = push(tag);
    fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
    const { summary } = await deploy(workflowRun(), settle);
    for (const each of [digest, platformDigest, oldDigest]) expect(summary.split(each)).toHaveLength(2);
    expect(summary).toMatch(/^\*\*Expected:\*\* .*`main-abc1234`/m);
  }));

describe('a fleet', () => {
  const regions = ['fra', 'ams', 'lhr', 'iad', 'ord', 'lax'];
  const machines = (count: number, image: string) =>
    Array.from({ length: count }, (_, n) => ({
      region: regions[n % regions.length] ?? '',
      image: `${image}:main-0000000`,
    }));

  test.each([
    [9, 0],
    [12, 1],
  ])('of %i machines: %i table is folded, and wrong machines are visible', (count, folded) =>
    inWorld(async ({ deploy, push, fly, image }) => {
      push(tag);
      await fly.createApp(app, machines(count, image));
      fly.behave(app, { revertMachine: { index: 7, afterLists: 1 } });
      const { summary } = await deploy(workflowRun(), settle);
      const [, list = ''] = summary.split(/### (?:Machines|The image)/);
      const [open = '', details] = list.split(/<details><summary>\d+ machines run the image/);
      expect(details === undefined ? 0 : 1).toBe(folded);
      expect(open.match(/^\| ✗ /gm)).toHaveLength(1);
      expect(list.match(/^\| ✓ /gm)).toHaveLength(count - 1);
      if (folded === 1) expect(open).not.toContain('| ✓ ');
      // In the diagram, the region with the wrong machine is first, and the five others are one box.
      expect(summary).toEqual(lineWith('  m1["ams #10007;'));
      if (count === 12) expect(summary).toEqual(lineWith('  m2["6 regions #10003;', '11 machines"]:::good'));
    }),
  );
});
