import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { NewMachine } from '../../sandbox/fly/fly.ts';
import { fork, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { onPosix } from '../platforms.ts';
import { app, codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

// GitHub's limits for a step.

const action = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8'));
const declared = Object.keys(action.outputs).sort();

/** The machines of the output, and how many it omits. */
const listedIn = ({ outputs }: ActionRun) => ({
  machines: JSON.parse(outputs['machines'] ?? '') as { 'runs-image': boolean; id: string; state: string }[],
  omitted: Number(outputs['machines-omitted']),
});

/** What a step can write, however it ended. */
function expectWithinLimits(run: ActionRun): void {
  // actions/runner, FileCommandManager.cs: no part of a larger summary is shown.
  expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(1024 * 1024);
  expect(run.summary).not.toBe('');
  // docs, "Passing information between jobs": 1 MB of outputs per job, measured as UTF-16, for all outputs together.
  expect(Object.values(run.outputs).join('').length * 2).toBeLessThan(1_000_000);
  // Exactly the declared outputs are written, one line each.
  expect(Object.keys(run.outputs).sort()).toEqual(declared);
  expect(Object.values(run.outputs).filter((value) => /[\r\n]/.test(value))).toEqual([]);
  // A machine that the output omits is counted, in the log too.
  expect(Array.isArray(JSON.parse(run.outputs['machines'] ?? ''))).toBe(true);
  expect(run.log.text.includes('The output `machines` omits ')).toBe(run.outputs['machines-omitted'] !== '0');
  // actions/toolkit, docs/problem-matchers.md: GitHub shows 10 of each level per step and 50 per job.
  const count = (level: string) => run.log.annotations.filter((each) => each.level === level).length;
  expect([run.status, count('error')]).toEqual(run.status === 0 ? [0, 0] : [1, 1]);
  expect(count('warning')).toBeLessThanOrEqual(5);
  expect(count('notice')).toBeLessThanOrEqual(5);
  // actions/runner, ExecutionContext.cs: a longer message loses its end, which is where the action prints the fix.
  for (const { message } of run.log.annotations) expect(message.length).toBeLessThanOrEqual(4096);
}

test('names of inputs and outputs are valid on GitHub, and lower-case', () => {
  for (const name of [...Object.keys(action.inputs), ...declared])
    expect(name).toMatch(/^[a-z_][a-z0-9_-]*$/);
});

describe('a fleet of 400 machines with long and hostile texts', () => {
  const hostile = '<a href="https://evil.example">&|`\n::error::forged\u{1f4a9}'.repeat(40);
  const fleetOf = ({ image }: TestWorld): NewMachine[] =>
    Array.from({ length: 400 }, (_, n) => ({
      image: `${image}:main-0000000`,
      region: `${n}${hostile}`,
      group: `${n % 7}${hostile}`,
    }));
  /** Reports success without doing anything. */
  const idle = 'process.exitCode = 0;';

  test('is deployed within the limits', () =>
    inWorld(async (world) => {
      world.push(tag);
      await world.fly.createApp(app, fleetOf(world));
      const run = await world.deploy(workflowRun());
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expectWithinLimits(run);
      const { machines, omitted } = listedIn(run);
      expect([machines.length + omitted, omitted > 0]).toEqual([400, true]);
      expect(run.summary).toContain('…and 300 more.');
    }));

  test('on the old images: the error keeps its start and end, and the log has all of it', () =>
    inWorld(async (world) => {
      world.push(tag);
      await world.fly.createApp(app, fleetOf(world));
      const run = await world.deploy(workflowRun(), {}, { flyctl: idle });
      expectWithinLimits(run);
      expect(codesOf(run)).toEqual(['deploy-changed-nothing']);
      expect(errorOf(run)).toMatch(/^Production is unchanged[^\n]*\n\n400 of 400\b[\s\S]*\nFix: .*\S$/);
      expect(run.log.text).toMatch(/\n {2}and 380 more\n/);
    }));

  test('with one wrong machine: the output includes that machine', () =>
    inWorld(async (world) => {
      world.push(tag);
      await world.fly.createApp(app, fleetOf(world));
      world.fly.behave(app, { keepOldImage: 399 });
      const run = await world.deploy(workflowRun());
      expectWithinLimits(run);
      const { machines, omitted } = listedIn(run);
      expect([machines.length > 100, machines.length + omitted]).toEqual([true, 400]);
      expect(machines[0]?.['runs-image']).toBe(false);
      expect(machines.filter((machine) => !machine['runs-image']).map(({ id }) => id)).toEqual([
        world.fly.machines(app)[399]?.id,
      ]);
    }));
});

test('3,000 machines: what the output omits is counted, and the summary states how many it does not show', () =>
  inWorld(async (world) => {
    world.push(tag);
    const group = 'group-with-a-long-name'.repeat(8);
    await world.fly.createApp(
      app,
      Array.from({ length: 3000 }, () => ({ image: `${world.image}:main-0000000`, region: 'fra', group })),
    );
    const run = await world.deploy(workflowRun(), {}, { flyctl: 'process.exitCode = 0;' });
    expectWithinLimits(run);
    const { machines, omitted } = listedIn(run);
    expect([machines.length > 500, machines.length + omitted]).toEqual([true, 3000]);
    expect(run.log.text).toContain(`The output \`machines\` omits ${omitted} machines`);
    expect(run.summary).toContain('3000 machines');
    expect(run.summary).toContain('…and 2900 more.');
  }));

test('the output has a machine that Fly.io no longer lists, as the summary does', () =>
  inWorld(async (world) => {
    world.push(tag);
    world.fly.inject(app, { name: 'partial-list', since: 'end', machines: [1] });
    const run = await world.deploy(workflowRun(), {}, { clockRate: 20 });
    expect(codesOf(run)).toEqual(['machines-lost']);
    const { machines, omitted } = listedIn(run);
    expect(machines.map((machine) => [machine.id, machine['runs-image'], machine.state])).toEqual([
      [world.fly.machines(app)[0]?.id, true, 'started'],
      [world.fly.machines(app)[1]?.id, false, 'not listed'],
    ]);
    expect(omitted).toBe(0);
  }));

describe('writes every output and one error, wherever the step fails', () => {
  type Way = (world: TestWorld) => Promise<ActionRun>;
  const ways: [string, Way, codes: string[], fact: string][] = [
    [
      'the inputs',
      ({ deploy }) => deploy(workflowRun(), { 'no-cache': 'perhaps', mirror: 'x' }),
      ['input-invalid', 'input-invalid'],
      'perhaps',
    ],
    [
      'the event',
      ({ deploy }) => deploy(workflowRun({ head_repository: fork })),
      ['event-fork'],
      'stranger/repo',
    ],
    [
      'no event at all',
      ({ deploy }) => deploy({ name: 'push', payload: 'no JSON' }),
      ['json-invalid'],
      'payload',
    ],
    ['the image', ({ deploy }) => deploy(workflowRun()), ['image-not-found'], tag],
    [
      'the machines before',
      ({ deploy, fly, push }) => {
        push(tag);
        fly.fault({ path: /\/machines$/, status: 403 });
        return deploy(workflowRun());
      },
      ['fly-unauthorized'],
      '403',
    ],
    [
      'the copy',
      ({ deploy, mirror, push }) => {
        push(tag);
        mirror.fault({ path: /uploads/, status: 403 });
        return deploy(workflowRun(), { mirror: 'always' });
      },
      ['mirror-unauthorized'],
      '403',
    ],
    [
      'the deploy',
      ({ deploy, fly, push }) => {
        push(tag);
        fly.behave(app, { failUpdate: { index: 1, status: 422 } });
        return deploy(workflowRun());
      },
      ['flyctl-failed'],
      'status 1',
    ],
    [
      'the verification',
      ({ deploy, fly, push }) => {
        push(tag);
        fly.behave(app, { keepOldImage: 0 });
        return deploy(workflowRun());
      },
      ['machines-other-image'],
      '1 of 2',
    ],
    [
      'the rollback',
      ({ deploy, fly, push }) => {
        push(tag);
        fly.behave(app, { failUpdate: { index: 1, status: 422 } });
        return deploy(workflowRun(), { rollback: 'true' });
      },
      ['flyctl-failed'],
      'status 1',
    ],
    [
      'a cancel during the deploy',
      ({ deploy, push }) => {
        push(tag);
        const flyctl =
          "process.on('SIGINT', () => process.exit(127)); setInterval(() => {}, 1000); console.log('deploying');";
        return deploy(workflowRun(), {}, { flyctl, signalAfter: { line: 'deploying', signal: 'SIGINT' } });
      },
      ['deploy-cancelled'],
      'SIGINT',
    ],
    [
      'a cancel before the deploy',
      ({ deploy }) =>
        deploy(
          workflowRun(),
          { 'wait-for-image': '60s' },
          { signalAfter: { line: 'Waiting for', signal: 'SIGINT' } },
        ),
      ['run-cancelled'],
      'SIGINT',
    ],
  ];

  const check = (_name: string, way: Way, codes: string[], fact: string) =>
    inWorld(async (world) => {
      const run = await way(world);
      expect(codesOf(run)).toEqual(codes);
      expect(errorOf(run)).toContain(fact);
      expectWithinLimits(run);
    });
  const isCancel = ([name]: (typeof ways)[number]) => name.startsWith('a cancel');
  test.each(ways.filter((way) => !isCancel(way)))('%s', check);
  onPosix('Node cannot send Ctrl+C to the console of another program').each(ways.filter(isCancel))(
    '%s',
    check,
  );
});

test.each([
  ['dry-run', { mode: 'dry-run' }],
  ['doctor', { mode: 'doctor' }],
])('writes the same in a mode that only checks: %s', (_name, inputs) =>
  inWorld(async ({ deploy, push, fly }) => {
    push(tag);
    const run = await deploy(workflowRun(), inputs);
    expect(run.outputs['deployed']).toBe('false');
    expect(fly.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith('/v1/'))).toEqual(
      [],
    );
    expectWithinLimits(run);
  }),
);
