import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../src/fly/machine.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { UserError } from '../src/lib/user-error.ts';
import {
  type Check,
  checker,
  failureOf,
  isComplete,
  isUncounted,
  mayPass,
  passChecks,
  whilePassing,
} from '../src/verify/check.ts';
import { compare, type Expectation, isRunning, managed, standingOf } from '../src/verify/compare.ts';
import { MachinesLost } from '../src/verify/machines-lost.ts';
import type { Incomplete } from '../src/verify/observe.ts';
import { Settlement } from '../src/verify/settling.ts';
import { fakeClock } from './clock.ts';
import { rejectedBy, textWith } from './errors.ts';
import { digestOf, makeExit, makeMachine } from './factories.ts';

const [ours, theirs] = [digestOf('b'), digestOf('c')];
const expected: Expectation = {
  app: 'a',
  of: () => ({ digest: ours, digests: [ours] }),
  release: () => ({ id: undefined, version: '7' }),
  scope: ({ group }) => group !== 'other',
  before: [],
};
const machine = (changes: Partial<Machine> = {}) => makeMachine({ releaseVersion: '7', ...changes });
const checkedOf = (...machines: Machine[]) => compare(machines, expected);
const checkOf = (machines: Machine[], incomplete?: Incomplete): Check => {
  const all = checkedOf(...machines);
  return { all, managed: managed(all), incomplete, time: { now: 0, date: 0 } };
};
const lost: Incomplete = { kind: 'lost', ids: ['m8', 'm9'] };
const errorWith = (code: ErrorCode) =>
  new UserError({ code, found: 'It fails.', expected: 'It works.', fix: 'Wait' });

test.each<[string, Machine[], Incomplete | undefined, boolean]>([
  ['all are healthy', [machine(), machine()], undefined, true],
  ['one waits', [machine(), machine({ state: 'starting' })], undefined, false],
  ['one runs another image', [machine(), machine({ digest: theirs })], undefined, false],
  ['there is none', [], undefined, false],
  ['the only one is excluded', [machine({ group: 'other' })], undefined, false],
  [
    'one that is excluded runs another image',
    [machine(), machine({ group: 'other', digest: theirs })],
    undefined,
    true,
  ],
  ['one is lost', [machine()], lost, false],
  ['Fly.io does not count them', [machine()], { kind: 'uncounted' }, false],
])('a check in which %s is complete', (_name, machines, incomplete, complete) =>
  expect(isComplete(checkOf(machines, incomplete))).toBe(complete),
);

test.each<[Incomplete | undefined, boolean]>([
  [undefined, false],
  [lost, false],
  [{ kind: 'uncounted' }, true],
])('with %j, the machines are not counted: %s', (incomplete, uncounted) =>
  expect(isUncounted(checkOf([], incomplete))).toBe(uncounted),
);

test.each<[string, Partial<Machine>, boolean]>([
  ['it', {}, true],
  ['it, and starts', { state: 'starting' }, true],
  ['it in an older release', { releaseVersion: '6' }, false],
  ['another image', { digest: theirs }, false],
])('a machine that runs %s', (_name, changes, running) =>
  expect(checkedOf(machine(changes)).map(isRunning)).toEqual([running]),
);

test.each<[string, Partial<Machine>[], boolean]>([
  ['each has checks', [{ checks: [{ name: 'x', status: 'passing', output: '' }] }], true],
  ['one has none', [{ checks: [{ name: 'x', status: 'passing', output: '' }] }, {}], false],
  ['one that is stopped has none', [{ state: 'stopped' }], true],
])('health checks show that the machines are healthy if %s: %s', (_name, machines, pass) =>
  expect(passChecks(checkedOf(...machines.map(machine)))).toBe(pass),
);

describe('a check fails', () => {
  test.each<[string, Machine[], Incomplete | undefined, ErrorCode]>([
    [
      'because of a machine',
      [machine({ digest: theirs, instanceId: 'i2' })],
      undefined,
      'machines-other-image',
    ],
    ['because of a lost machine', [machine()], lost, 'machines-lost'],
    ['because of a count', [machine()], { kind: 'uncounted' }, 'machines-count-unknown'],
    [
      'because of one crash beside a healthy machine, whatever is lost',
      [machine(), machine({ id: 'm2', events: [makeExit(1, 1)] })],
      lost,
      'machines-unhealthy',
    ],
    [
      'because of a crash, whatever is lost',
      [machine({ events: [makeExit(1, 1)] })],
      lost,
      'machines-unhealthy',
    ],
  ])('%s', (_name, machines, incomplete, code) =>
    expect(failureOf(checkOf(machines, incomplete), expected, 'now').code).toBe(code),
  );

  test('with the IDs of lost machines, for the summary', () => {
    const { cause } = failureOf(checkOf([machine()], lost), expected, 'now');
    expect(cause).toBeInstanceOf(MachinesLost);
    expect((cause as MachinesLost).ids).toEqual(['m8', 'm9']);
    // The debug log has it.
    expect(String(cause)).toEqual(textWith('MachinesLost'));
    expect(
      failureOf(checkOf([machine()], { kind: 'fewer', missing: 1 }), expected, 'now').cause,
    ).toBeUndefined();
  });
});

describe('a failure to read', () => {
  test.each<[ErrorCode, boolean]>([
    ['fly-unreachable', true],
    ['fly-unavailable', true],
    ['fly-rate-limited', true],
    ['fly-unauthorized', false],
    ['machines-list-invalid', false],
  ])('%s can pass: %s', (code, passes) => expect(mayPass(errorWith(code))).toBe(passes));

  /** Fails so many times. */
  const read = (times: number, error: Error) => {
    const clock = fakeClock(0);
    let count = 0;
    const work = whilePassing(
      async () => {
        if (count++ < times) throw error;
        return count;
      },
      clock,
      3000,
    );
    return { work, clock };
  };

  test('that can pass is retried until the end', async () => {
    const { work, clock } = read(2, errorWith('fly-unavailable'));
    expect([await work, clock.now()]).toEqual([3, 3000]);
    const late = read(9, errorWith('fly-unavailable'));
    expect([(await rejectedBy(late.work)).code, late.clock.now()]).toEqual(['fly-unavailable', 3000]);
  });

  test('that cannot pass is not retried', async () => {
    const { work, clock } = read(1, errorWith('fly-unauthorized'));
    expect([(await rejectedBy(work)).code, clock.now()]).toEqual(['fly-unauthorized', 0]);
    await expect(read(1, new TypeError('x')).work).rejects.toThrow(TypeError);
  });
});

test('a repeated state is logged once, and each check is recorded', async () => {
  const looks = [
    [machine()],
    [machine()],
    [machine({ state: 'starting' })],
    [machine(), machine({ id: 'm2', group: 'other' })],
  ];
  const clock = fakeClock(0);
  const [lines, seen]: [string[], object[]] = [[], []];
  const check = checker(
    expected,
    new Settlement(0, []),
    {
      observe: async () => ({ machines: looks.shift() ?? [], incomplete: lost, at: 5, date: 6 }),
      clock,
      log: { line: (line) => void lines.push(line) },
      seen: (machines, record) => void seen.push({ ...record, all: machines.length }),
    },
    1000,
  );
  const first = await check('First');
  expect(first).toMatchObject({ incomplete: lost, time: { now: 5, date: 6 } });
  for (const title of ['Second', 'Third', 'Fourth']) await check(title);
  expect(lines.map((line) => line.split(':')[0])).toEqual(['First', 'Third', 'Fourth']);
  expect(seen[0]).toEqual({
    at: 5,
    machines: 1,
    healthy: 1,
    words: standingOf(checkedOf(machine())).words,
    incomplete: 'lost',
    all: 1,
  });
  expect(seen[3]).toMatchObject({ machines: 1, all: 2 });
});

test.each<[Partial<Machine>[], string]>([
  [[{}], '1 of 1 machine runs the image and is healthy'],
  [[{ digest: theirs }], '0 of 1 machine runs the image and is healthy'],
  [[{}, {}], '2 of 2 machines run the image and are healthy'],
  [[{}, { digest: theirs }], '1 of 2 machines runs the image and is healthy'],
  [[], '0 of 0 machines run the image and are healthy'],
  [[{}, { group: 'other' }], '1 of 1 machine runs the image and is healthy, 1 excluded by `flags`'],
  [
    [
      { id: 'm2', state: 'starting' },
      { digest: theirs, state: 'starting' },
    ],
    '0 of 2 machines run the image and are healthy, m2 in fra: it is starting',
  ],
])('the standing of %j is %s', (machines, words) =>
  expect(standingOf(checkedOf(...machines.map(machine))).words).toBe(words),
);
