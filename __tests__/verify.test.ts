import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Machine, MachineEvent } from '../src/fly/machine.ts';
import type { Release } from '../src/fly/releases.ts';
import {
  failureOf,
  failureWords,
  type MachineFailure,
  type MachineWait,
  versionedAt,
  waitOf,
  waitWords,
} from '../src/fly/trouble.ts';
import { compare, comparer, type Expectation, isFine } from '../src/verify/compare.ts';
import { isNewVersion } from '../src/verify/release.ts';
import { scopeOf } from '../src/verify/scope.ts';
import { textWith } from './errors.ts';
import { digestOf, makeEvent, makeExit, makeMachine } from './factories.ts';

const [index, inner, child, old] = [digestOf('a'), digestOf('d'), digestOf('b'), digestOf('c')];
const expected: Expectation = {
  app: 'test-battle',
  of: () => ({ digest: index, digests: [index, inner, child] }),
  release: () => undefined,
  scope: () => true,
  before: [],
};

test.each([
  [child, true],
  [index, true],
  [inner, true],
  [old, false],
  [undefined, false],
  ['', false],
])('a machine on %s runs the image: %s', (digest, runs) => {
  expect(compare([makeMachine({ digest })], expected)[0]?.runsImage).toBe(runs);
});

test.each<[string, { name: string; image: string }[], boolean]>([
  ['only the image', [{ name: 'app', image: `ghcr.io/o/r@${index}` }], true],
  [
    'the image beside another',
    [
      { name: 'proxy', image: 'nginx:1' },
      { name: 'app', image: `ghcr.io/o/r:v1@${child}` },
    ],
    true,
  ],
  ['another image', [{ name: 'app', image: `ghcr.io/o/r@${old}` }], false],
  ['the image by its tag', [{ name: 'app', image: 'ghcr.io/o/r:v1' }], false],
  ['a name that contains the digest', [{ name: 'app', image: `evil/${index}:v1` }], false],
])('compares the containers of a machine that has them: %s', (_name, containers, runs) => {
  // The image that Fly.io reports for the machine is not that of its containers.
  const [checked] = compare([makeMachine({ containers })], expected);
  expect([checked?.runsImage, checked?.unknown]).toEqual([runs, runs ? undefined : 'containers']);
});

test.each([
  ['ok', 'no-digest'],
  ['unreachable', 'unreachable-host'],
  ['unknown', 'unreachable-host'],
])('a machine without a digest, on a host that is %s, is unknown: %s', (host, unknown) => {
  const [checked] = compare([makeMachine({ digest: undefined, host })], expected);
  expect(checked?.unknown).toBe(unknown);
});

test('a digest counts whatever the state of the host', () => {
  const [checked] = compare([makeMachine({ host: 'unreachable', releaseVersion: '7' })], expected);
  expect([checked?.unknown, checked && isFine(checked)]).toEqual([undefined, true]);
});

describe('trouble', () => {
  // Newest first, like Fly.io's list. The machine's newest event before the deploy was at 100.
  const before = makeMachine({ events: [makeEvent('start', 100)] });
  const begin = [makeEvent('start', 120), makeEvent('launch', 115), makeEvent('update', 110)];
  test.each<[string, MachineEvent[], MachineFailure | undefined]>([
    ['only a start', begin, undefined],
    [
      'a revert',
      [makeEvent('revert', 130, { status: 'image pull failed' }), ...begin],
      { kind: 'reverted', by: 'flyd', status: 'image pull failed' },
    ],
    ['a revert of an earlier deploy', [...begin, makeEvent('revert', 99)], undefined],
    ['a revert before the newest update', [...begin, makeEvent('revert', 105)], undefined],
    ['a failed process', [makeExit(130, 137), ...begin], { kind: 'exited', code: 137 }],
    ['out of memory', [makeExit(130, 137, { outOfMemory: true }), ...begin], { kind: 'out-of-memory' }],
    [
      'a loop',
      [makeExit(140, 1), makeEvent('start', 135), makeExit(130, 1), ...begin],
      { kind: 'crash-loop', exits: 2, code: 1 },
    ],
    [
      'repeated exits without errors',
      [makeExit(140, 0), makeExit(130, 0), ...begin],
      { kind: 'crash-loop', exits: 2, code: 0 },
    ],
    ['an app that exits when it gets no requests', [makeExit(130, 0), ...begin], undefined],
    ['a requested stop', [makeExit(130, 143, { requested: true }), ...begin], undefined],
    [
      'the end of the version before',
      [...begin.slice(0, 2), makeExit(112, 1), makeEvent('update', 110)],
      undefined,
    ],
  ])('%s', (_name, events, failure) => expect(failureOf(makeMachine({ events }), before)).toEqual(failure));

  test('ignores events from before the deploy, whatever the runner’s clock shows', () => {
    const crashed = makeMachine({ events: [makeExit(90, 1)] });
    expect(failureOf(crashed, crashed)).toBeUndefined();
    expect(failureOf(crashed, undefined)).toEqual({ kind: 'exited', code: 1 });
  });

  test.each<[state: string, changes: Partial<Machine>, before: string | undefined, waits: boolean]>([
    ['started', {}, 'started', false],
    ['stopped', {}, 'started', false],
    ['suspended', {}, 'suspended', false],
    ['replacing', {}, 'started', true],
    ['starting', {}, 'started', true],
    ['stopping', {}, 'started', true],
    ['suspending', {}, 'started', true],
    ['destroying', {}, 'started', true],
    // A machine that was not running is updated without a launch. So are standbys and scheduled machines.
    ['created', {}, 'started', true],
    ['created', {}, undefined, true],
    ['created', {}, 'stopped', false],
    ['created', {}, 'created', false],
    ['created', { startsLater: true }, undefined, false],
  ])('%s, with %j, after %s: waited for %s', (state, changes, before, waits) =>
    expect(
      waitOf(
        makeMachine({ state, ...changes }),
        before === undefined ? undefined : makeMachine({ state: before }),
      ),
    ).toEqual(waits ? { kind: 'state', state } : undefined),
  );

  test.each(['failed', 'launch_failed'])('a machine that is %s does not pass', (state) =>
    expect(failureOf(makeMachine({ state }), before)).toEqual({ kind: 'failed-state', state }),
  );

  test('reports a check that does not pass, with its output, for a machine that runs', () => {
    const checks = [
      { name: 'alive', status: 'passing', output: 'ok' },
      { name: 'db', status: 'critical', output: 'connect:\n refused' },
    ];
    const waits = waitOf(makeMachine({ checks }), undefined);
    expect(waits).toEqual({ kind: 'check', name: 'db', status: 'critical', output: 'connect:\n refused' });
    expect(waits && waitWords(waits)).toEqual(textWith('db', 'critical', 'connect: refused'));
    expect(waitOf(makeMachine({ checks, state: 'stopped' }), undefined)).toBeUndefined();
  });
});

test.each<[MachineFailure, (string | number)[]]>([
  [{ kind: 'reverted', by: 'flyd', status: 'failed' }, ['flyd', 'failed']],
  [{ kind: 'reverted', by: 'Fly.io', status: '' }, ['Fly.io']],
  [{ kind: 'out-of-memory' }, ['memory']],
  [{ kind: 'crash-loop', exits: 2, code: 1 }, [2, 1]],
  [{ kind: 'exited', code: 137 }, [137]],
  [{ kind: 'failed-state', state: 'failed' }, ['failed']],
  [{ kind: 'changed', from: 'release v7', to: 'release v8' }, ['v7', 'v8']],
])('%j names its facts', (failure, facts) => expect(failureWords(failure)).toEqual(textWith(...facts)));

test.each<[MachineWait, string[]]>([
  [{ kind: 'state', state: 'replacing' }, ['replacing']],
  [{ kind: 'release', version: '6' }, ['v6']],
  [{ kind: 'release', version: undefined }, ['']],
])('%j names its facts', (wait, facts) => expect(waitWords(wait)).toEqual(textWith(...facts)));

describe('the order of events decides instead of their times', () => {
  const times = fc.integer({ min: -1e9, max: 1e9 });
  const event = fc.record({
    type: fc.constantFrom('update', 'launch', 'start', 'stop', 'exit', 'revert'),
    timestamp: times,
    code: fc.constantFrom(0, 1, 137),
    requested: fc.boolean(),
  });
  const events = fc.array(event, { maxLength: 8 });
  /** Events in the order of the list. The oldest has the first ID of `ids`. @param timed their times. */
  const listOf = (
    given: readonly { type: string; timestamp: number; code: number; requested: boolean }[],
    timed: (timestamp: number, nth: number) => number,
    withIds: boolean,
  ) =>
    given
      .map(({ type, timestamp, code, requested }, nth) =>
        makeEvent(type, timed(timestamp, nth), {
          ...(withIds && { id: `e${nth}` }),
          exit: type === 'exit' ? { code, outOfMemory: false, requested } : undefined,
        }),
      )
      .reverse();

  test.each([true, false])('what failed and what is new; events with IDs: %s', (withIds) =>
    fc.assert(
      fc.property(
        fc.uniqueArray(times, { maxLength: 16, minLength: 16 }),
        events,
        events,
        (any, old, made) => {
          const both = [...old, ...made].map((each, n) => ({ ...each, timestamp: any[n] ?? 0 }));
          const seen = (timed: (timestamp: number, nth: number) => number) => {
            const machine = {
              ...makeMachine({ events: listOf(both, timed, withIds) }),
              instanceId: undefined,
            };
            const before = makeMachine({ events: listOf(both.slice(0, old.length), timed, withIds) });
            return [failureOf(machine, before), isNewVersion(machine, before)];
          };
          expect(seen((timestamp) => timestamp)).toEqual(seen((_timestamp, nth) => nth * 1000));
        },
      ),
    ),
  );
});

describe('a machine has its version since', () => {
  const before = makeMachine({ events: [makeEvent('start', 100)] });
  test.each<[string, MachineEvent[], number | undefined]>([
    ['its update, if it was not started', [makeEvent('update', 110)], 110],
    ['its first start after the update', [makeEvent('start', 115), makeEvent('update', 110)], 115],
    [
      'its first start, whatever follows',
      [
        makeEvent('start', 300),
        makeEvent('stop', 200),
        makeEvent('start', 115),
        makeEvent('launch', 112),
        makeEvent('update', 110),
      ],
      115,
    ],
    ['its launch, if it is new', [makeEvent('launch', 110)], 110],
    ['an unknown time, with only old events', [makeEvent('start', 100), makeEvent('update', 99)], undefined],
    [
      'an unknown time, if a clock was temporarily ahead',
      [makeEvent('start', 5000), makeEvent('update', 90_000)],
      undefined,
    ],
    [
      'an unknown time, if its newest event from before is later',
      [makeEvent('update', -9000), makeEvent('start', 100)],
      undefined,
    ],
    ['an unknown time, with only a start', [makeEvent('start', 300)], undefined],
    ['an unknown time, without events', [], undefined],
  ])('%s', (_name, events, at) => expect(versionedAt(makeMachine({ events }), before)).toBe(at));
});

describe('the machines that a deploy is for', () => {
  const fleet = [
    makeMachine({ id: 'a', region: 'fra', group: 'app' }),
    makeMachine({ id: 'b', region: 'sin', group: 'app' }),
    makeMachine({ id: 'c', region: 'fra', group: 'worker' }),
  ];
  test('include one that replaces a machine of `--only-machines`', () => {
    const was = makeMachine({ id: 'a', releaseVersion: '6' });
    const of = (id: string, releaseVersion: string) =>
      makeMachine({ id, digest: child, instanceId: `i-${id}`, releaseVersion });
    const scope = scopeOf(['--only-machines=a']);
    const given = { ...expected, scope, before: [was], release: () => ({ id: undefined, version: '7' }) };
    const machines = [of('new', '7'), of('scaled', '6'), of('old', '7')];
    const excluded = compare(machines, {
      ...given,
      before: [was, makeMachine({ id: 'old', releaseVersion: '6' })],
    }).map((machine) => machine.excluded);
    expect(excluded).toEqual([false, true, true]);
  });

  test('do not include others than those of `--only-machines` if nothing is deployed', () => {
    const machines = ['a', 'b'].map((id) => makeMachine({ id, digest: child, releaseVersion: '7' }));
    const given = { ...expected, scope: scopeOf(['--only-machines=a']), before: undefined };
    expect(compare(machines, given).map(({ excluded }) => excluded)).toEqual([false, true]);
  });

  test('do not include one that the deploy made elsewhere', () => {
    const [, sin] = fleet;
    expect(sin && scopeOf(['--regions=fra'])(sin, true)).toBe(false);
  });

  test.each([
    [[], 'abc'],
    [['--strategy=rolling', '--ha=false'], 'abc'],
    [['--regions=fra'], 'ac'],
    [['--regions=fra,sin'], 'abc'],
    [['--regions=fra', '--regions=sin'], 'abc'],
    [['--exclude-regions=fra'], 'b'],
    [['--only-machines=a, c'], 'ac'],
    [['--exclude-machines=a'], 'bc'],
    [['--process-groups=worker'], 'c'],
    [['--regions=fra', '--process-groups=app'], 'a'],
    [['--regions=fra\n'], 'ac'],
    [['--regions='], 'abc'],
    [['--regions= '], 'abc'],
    [['--regions=,'], 'abc'],
    [['--only-machines=a', '--exclude-regions=fra'], ''],
    [['--exclude-machines=a,b', '--exclude-machines=c'], ''],
    // The forms in which no flag arrives here narrow nothing.
    [['--regions'], 'abc'],
    [['x--regions=fra'], 'abc'],
    [['--toString=fra'], 'abc'],
  ])('with %j: %s', (flags, ids) => {
    expect(
      fleet
        .filter((machine) => scopeOf(flags)(machine))
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids);
  });
});

test('a machine is compared with itself before the deploy', () => {
  const events = [makeExit(5, 1)];
  const of = (before: Machine[]) =>
    compare([makeMachine({ events, releaseVersion: '7' })], { ...expected, before })[0]?.failure;
  expect(of([makeMachine({ events, releaseVersion: '6' })])).toBeUndefined();
  expect(of([makeMachine({ id: 'm2', events, releaseVersion: '6' })])).toEqual({ kind: 'exited', code: 1 });
});

describe('machines that are compared again', () => {
  const before = [
    makeMachine({ id: 'a', releaseVersion: '6' }),
    makeMachine({ id: 'b', releaseVersion: '6' }),
  ];
  const [a, b] = ['a', 'b'].map((id) => makeMachine({ id, releaseVersion: '7' }));
  const fleet = [a, b].filter((each) => each !== undefined);

  test('are the same objects as before, if nothing about them changed', () => {
    const again = comparer({ ...expected, before });
    const [first, second] = [again(fleet), again([...fleet])];
    expect(second.map((each, n) => each === first[n])).toEqual([true, true]);
    const changed = again(fleet.map((each) => (each.id === 'b' ? { ...each, state: 'stopping' } : each)));
    expect(changed.map((each, n) => each === first[n])).toEqual([true, false]);
    expect(changed[1]?.waitingFor).toEqual({ kind: 'state', state: 'stopping' });
    const other = again([...fleet].reverse());
    expect(other.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(again([])).toEqual([]);
  });

  test.each([
    ['version', { id: undefined, version: '8' }],
    ['ID', { id: 'r8', version: '7' }],
  ])('are compared again if the %s of the deploy’s release becomes known', (_name, known) => {
    let made: Release = { id: undefined, version: '7' };
    const given = fleet.map((each) => ({ ...each, releaseId: 'r7' }));
    const again = comparer({ ...expected, before, release: () => made });
    expect(again(given).map(isFine)).toEqual([true, true]);
    made = known;
    expect(again(given).map(isFine)).toEqual([false, false]);
  });

  test('are of the release that is inferred in their process group', () => {
    const [web, cron] = [makeMachine({ id: 'a' }), makeMachine({ id: 'b', group: 'cron' })];
    const of = (web7: string, cron8: string) =>
      compare(
        [
          { ...web, releaseVersion: web7 },
          { ...cron, releaseVersion: cron8 },
        ],
        { ...expected, before },
      );
    expect(of('7', '8').map(isFine)).toEqual([true, true]);
    expect(of('7', '6').map(isFine)).toEqual([true, false]);
    const same = [
      { ...web, releaseVersion: '7' },
      { ...cron, group: 'app', releaseVersion: '8' },
    ];
    expect(compare(same, { ...expected, before }).map(({ supersededBy }) => supersededBy)).toEqual([
      undefined,
      '8',
    ]);
  });
});
