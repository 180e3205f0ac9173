import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../src/fly/machine.ts';
import { type CheckedMachine, compare } from '../src/verify/compare.ts';
import { Settlement } from '../src/verify/settling.ts';
import { digestOf, makeEvent, makeExit, makeMachine } from './factories.ts';

// How long each machine has run its version, and which one is waited for. watch.test.ts plays whole deploys.

const begin = makeEvent('start', 0);
const before = ['m1', 'm2'].map((id) => makeMachine({ id, releaseVersion: '6', events: [begin] }));

const checked = (...machines: readonly Partial<Machine>[]): CheckedMachine[] =>
  compare(
    machines.map((changes) =>
      makeMachine({ releaseVersion: '7', releaseId: 'r7', instanceId: 'i2', events: [begin], ...changes }),
    ),
    {
      app: 'test-battle',
      of: () => ({ digest: digestOf('b'), digests: [digestOf('b')] }),
      release: () => ({ id: 'r7', version: '7' }),
      scope: ({ group }) => group !== 'other',
      before,
    },
  );

/** A time at which both clocks agree. */
const at = (now: number, date: number | undefined = now) => ({ now, date });
const updated = (time: number) => ({ events: [makeEvent('update', time), begin] });
const failuresOf = (machines: readonly CheckedMachine[]) => machines.map(({ failure }) => failure?.kind);

test('events from before the deploy do not show when a machine got its version', () => {
  const old = [makeMachine({ releaseVersion: '6', ...updated(2000) })];
  const settlement = new Settlement(10_000, old, 0);
  const machines = settlement.take(checked(updated(2000)), at(5000));
  expect(settlement.longest(machines, at(5000))?.left).toBe(10_000);
});

test('a machine settles from the check that found it healthy first', () => {
  const settlement = new Settlement(10_000, before);
  const machines = settlement.take(checked({}), at(1000));
  expect(settlement.longest(machines, at(1000))).toMatchObject({
    left: 10_000,
    age: 0,
    machine: { id: 'm1' },
  });
  expect(settlement.longest(machines, at(4000))).toMatchObject({ left: 7000, age: 3000 });
  expect(settlement.longest(machines, at(20_000))).toMatchObject({ left: 0, age: 19_000 });
});

test.each<[string, Partial<Machine>]>([
  ['is not healthy', { digest: digestOf('c') }],
  ['is excluded', { group: 'other' }],
])('a machine that %s does not settle', (_name, changes) => {
  const settlement = new Settlement(10_000, before);
  expect(settlement.longest(settlement.take(checked(changes), at(0)), at(0))).toBeUndefined();
});

test('a machine that became healthy later settles from then', () => {
  const settlement = new Settlement(10_000, before);
  settlement.take(checked({ state: 'starting' }), at(0));
  const machines = settlement.take(checked({}), at(3000));
  expect(settlement.longest(machines, at(4000))?.left).toBe(9000);
});

test('of several machines, the one that needs the longest is waited for; of equal ones, the first', () => {
  const settlement = new Settlement(10_000, before);
  settlement.take(checked({ id: 'm1' }), at(0));
  const machines = settlement.take(checked({ id: 'm1' }, { id: 'm2' }, { id: 'm3' }), at(3000));
  expect(settlement.longest(machines, at(4000))).toMatchObject({ machine: { id: 'm2' }, left: 9000 });
  expect(settlement.longest(machines.slice(0, 1), at(4000))).toMatchObject({ left: 6000 });
  expect(settlement.longest([], at(4000))).toBeUndefined();
});

describe('the time before the first check counts', () => {
  const longest = (since: number, time: { now: number; date: number | undefined }, beforeAt?: number) => {
    const settlement = new Settlement(10_000, before, beforeAt);
    const machines = settlement.take(checked(updated(since)), time);
    return settlement.longest(machines, time)?.left;
  };

  test.each<[string, number | undefined, number, number, number | undefined, number]>([
    // since, now, Fly.io's date, machines read before the deploy
    ['by Fly.io’s clock', 0, 50_000, 50_000, 54_000, 6000],
    ['not without a date', 0, 4000, 50_000, undefined, 10_000],
    ['at most since the deploy began', 48_000, 4000, 50_000, 54_000, 8000],
    ['not if a date is before the version', 0, 60_000, 50_000, 54_000, 10_000],
  ])('%s', (_name, beforeAt, since, now, date, left) =>
    expect(longest(since, { now, date }, beforeAt)).toBe(left),
  );

  test('at most since the beginning of time, if it is unknown when the deploy began', () =>
    expect(longest(4000, at(9000))).toBe(5000));
});

describe('a machine that was healthy', () => {
  const again = (...looks: Partial<Machine>[]) => {
    const settlement = new Settlement(10_000, before);
    let machines: CheckedMachine[] = [];
    for (const [n, look] of looks.entries()) machines = settlement.take(checked(look), at(n * 1000));
    return { machines, longest: settlement.longest(machines, at(looks.length * 1000)) };
  };

  test.each<[string, Partial<Machine>, Partial<Machine>, object]>([
    [
      'another version',
      {},
      { instanceId: 'i3' },
      { from: 'release v7, version i2', to: 'release v7, version i3' },
    ],
    [
      'another release',
      {},
      { releaseVersion: '6' },
      { from: 'release v7, version i2', to: 'release v6, version i2' },
    ],
    ['another ID of its release', {}, { releaseId: 'r8' }, { from: 'release v7, version i2' }],
    [
      'no version and no release',
      {},
      { instanceId: undefined, releaseVersion: undefined },
      { from: 'release v7, version i2', to: 'no known version' },
    ],
    ['a version', { instanceId: undefined }, {}, { from: 'release v7', to: 'release v7, version i2' }],
  ])('and has %s now has changed', (_name, first, second, failure) =>
    expect(again(first, second).machines[0]?.failure).toEqual(
      expect.objectContaining({ kind: 'changed', ...failure }),
    ),
  );

  test('and fails keeps its own failure', () => {
    const crash = { instanceId: 'i3', events: [makeExit(500, 1), ...updated(100).events] };
    expect(failuresOf(again({}, crash).machines)).toEqual(['exited']);
  });

  test('and is in a later release is superseded', () => {
    const { machines } = again({}, { instanceId: 'i3', releaseVersion: '8', releaseId: 'r8' });
    expect([machines[0]?.failure, machines[0]?.supersededBy]).toEqual([undefined, '8']);
  });

  test('and is started for the first time settles from then', () => {
    const { events } = updated(100);
    const started = [makeEvent('start', 900), ...events];
    expect(again({ events }, { events: started }).longest?.age).toBe(1100);
    expect(again({ events: started }, { events: started }, { events: started }).longest?.age).toBe(3000);
    // Without an earlier time, or without a later one, nothing shows a first start.
    expect(again({}, { events: started }).longest?.age).toBe(2000);
    expect(again({ events: started }, {}).longest?.age).toBe(2000);
  });

  test('and is the same object is not compared again', () => {
    const settlement = new Settlement(10_000, before);
    const machines = checked({});
    settlement.take(machines, at(0));
    expect(settlement.take(machines, at(1000))[0]).toBe(machines[0]);
  });
});

describe('the settle time is over', () => {
  test('when each machine has settled, by another check than the first', () => {
    const settlement = new Settlement(10_000, before);
    const over = (now: number, ...machines: Partial<Machine>[]) => {
      const all = settlement.take(checked(...machines), at(now));
      return settlement.isOver(all, at(now));
    };
    expect(over(0, {})).toBe(false);
    expect(over(9999, {})).toBe(false);
    expect(over(10_000, {})).toBe(true);
    expect(over(10_001, {}, { id: 'm2' })).toBe(false);
    expect(over(20_001, {}, { id: 'm2' })).toBe(true);
    expect(over(30_000, {}, { id: 'm3', digest: digestOf('c') })).toBe(false);
  });

  test('at once if there is no machine', () =>
    expect(new Settlement(10_000, before).isOver([], at(0))).toBe(true));

  test('not by the first check, even without a settle time', () => {
    const settlement = new Settlement(0, before);
    expect(settlement.isOver(settlement.take(checked({}), at(0)), at(0))).toBe(false);
    expect(settlement.isOver(settlement.take(checked({}), at(0)), at(0))).toBe(true);
  });
});
