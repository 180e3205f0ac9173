import { describe, expect, test } from '@jest/globals';
import type { Machine, MachineEvent } from '../src/fly/machines.ts';
import { failureOf, failureWords, type MachineFailure, waitOf, waitWords } from '../src/fly/trouble.ts';
import { UserError } from '../src/lib/user-error.ts';
import { compare, type Expectation, isFine } from '../src/verify/compare.ts';
import { scopeOf } from '../src/verify/scope.ts';
import { verifyMachines } from '../src/verify/watch.ts';
import { fakeClock } from './clock.ts';
import { textWith } from './errors.ts';
import { digestOf, makeEvent, makeExit, makeMachine } from './factories.ts';

const [index, inner, child, old] = [digestOf('a'), digestOf('d'), digestOf('b'), digestOf('c')];
const expected: Expectation = {
  of: () => ({ digest: index, digests: [index, inner, child] }),
  scope: () => true,
  since: 0,
};

test.each([
  [child, true],
  [index, true],
  [inner, true],
  [old, false],
  [undefined, false],
  ['', false],
])('a machine on %s runs it: %s', (digest, runsIt) => {
  expect(compare([makeMachine({ digest })], expected)[0]?.runsImage).toBe(runsIt);
});

describe('trouble', () => {
  // Newest first, as Fly.io gives them; the deploy began at 100.
  const begin = [makeEvent('start', 120), makeEvent('launch', 115), makeEvent('update', 110)];
  test.each<[string, MachineEvent[], MachineFailure | undefined]>([
    ['nothing but a start', begin, undefined],
    [
      'a revert',
      [makeEvent('revert', 130, { status: 'image pull failed' }), ...begin],
      { kind: 'reverted', by: 'flyd', status: 'image pull failed' },
    ],
    ['a revert of an earlier deploy', [...begin, makeEvent('revert', 99)], undefined],
    ['a revert before the newest update', [...begin, makeEvent('revert', 105)], undefined],
    ['a process that failed', [makeExit(130, 137), ...begin], { kind: 'exited', code: 137 }],
    ['memory that ran out', [makeExit(130, 137, { outOfMemory: true }), ...begin], { kind: 'out-of-memory' }],
    [
      'a loop',
      [makeExit(140, 1), makeEvent('start', 135), makeExit(130, 1), ...begin],
      { kind: 'crash-loop', exits: 2, code: 1 },
    ],
    [
      'a loop of exits that are no errors',
      [makeExit(140, 0), makeExit(130, 0), ...begin],
      { kind: 'crash-loop', exits: 2, code: 0 },
    ],
    ['an app that ends by itself when nobody asks', [makeExit(130, 0), ...begin], undefined],
    ['a stop that was asked for', [makeExit(130, 143, { requested: true }), ...begin], undefined],
    [
      'the end of the version before',
      [...begin.slice(0, 2), makeExit(112, 1), makeEvent('update', 110)],
      undefined,
    ],
  ])('%s', (_name, events, failure) => expect(failureOf(makeMachine({ events }), 100)).toEqual(failure));

  test.each([
    ['started', undefined],
    ['stopped', undefined],
    ['suspended', undefined],
    ['replacing', { kind: 'state', state: 'replacing' }],
    ['starting', { kind: 'state', state: 'starting' }],
  ])('a machine that is %s: %s', (state, waits) => expect(waitOf(makeMachine({ state }))).toEqual(waits));

  test('a state that is a failure does not pass', () => {
    expect(failureOf(makeMachine({ state: 'failed' }), 0)).toEqual({ kind: 'failed-state', state: 'failed' });
    expect(failureOf(makeMachine({ state: 'launch_failed' }), 0)).toEqual({
      kind: 'failed-state',
      state: 'launch_failed',
    });
  });

  test('a check that does not pass is said with its output, of a machine that runs', () => {
    const checks = [
      { name: 'alive', status: 'passing', output: 'ok' },
      { name: 'db', status: 'critical', output: 'connect:\n refused' },
    ];
    const waits = waitOf(makeMachine({ checks }));
    expect(waits).toEqual({ kind: 'check', name: 'db', status: 'critical', output: 'connect:\n refused' });
    expect(waits && waitWords(waits)).toEqual(textWith('db', 'critical', 'connect: refused'));
    expect(waitOf(makeMachine({ checks, state: 'stopped' }))).toBeUndefined();
  });
});

test.each<[MachineFailure, (string | number)[]]>([
  [{ kind: 'reverted', by: 'flyd', status: 'failed' }, ['flyd', 'failed']],
  [{ kind: 'reverted', by: 'Fly.io', status: '' }, ['Fly.io']],
  [{ kind: 'out-of-memory' }, ['memory']],
  [{ kind: 'crash-loop', exits: 2, code: 1 }, [2, 1]],
  [{ kind: 'exited', code: 137 }, [137]],
  [{ kind: 'failed-state', state: 'failed' }, ['failed']],
])('%j names its facts', (failure, facts) => expect(failureWords(failure)).toEqual(textWith(...facts)));

describe('which machines a deploy is for', () => {
  const fleet = [
    makeMachine({ id: 'a', region: 'fra', group: 'app' }),
    makeMachine({ id: 'b', region: 'sin', group: 'app' }),
    makeMachine({ id: 'c', region: 'fra', group: 'worker' }),
  ];
  test.each([
    [[], 'abc'],
    [['--strategy=rolling', '--ha=false'], 'abc'],
    [['--regions=fra'], 'ac'],
    [['--regions', 'fra,sin'], 'abc'],
    [['--regions=fra', '--regions=sin'], 'abc'],
    [['--exclude-regions', 'fra'], 'b'],
    [['--only-machines=a, c'], 'ac'],
    [['--exclude-machines=a'], 'bc'],
    [['--process-groups=worker'], 'c'],
    [['--regions=fra', '--process-groups', 'app'], 'a'],
    [['--regions='], 'abc'],
  ])('with %j: %s', (flags, ids) => {
    expect(
      fleet
        .filter(scopeOf(flags))
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids);
  });
});

/** Plays looks at the machines, the last one again and again, on a clock of its own. */
async function play(
  looks: Machine[][],
  settleTime: number,
  changes: Partial<Expectation> = {},
  health?: () => Promise<void>,
) {
  let n = 0;
  const clock = fakeClock(1000);
  const at: number[] = [];
  const lines: string[] = [];
  let seen = 0;
  const result = await verifyMachines(
    { ...expected, ...changes },
    { settleTime, healthTimeout: 9000 },
    {
      list: async () => {
        at.push(clock.now() - 1000);
        return looks[Math.min(n++, looks.length - 1)] ?? [];
      },
      clock,
      log: { line: (text) => void lines.push(text) },
      seen: () => void seen++,
      health,
    },
  ).then(
    (machines) => ({ machines, fault: undefined }),
    (fault: UserError) => ({ machines: undefined, fault }),
  );
  expect(seen).toBe(at.length);
  return { ...result, at, lines };
}

const [good, bad] = [[makeMachine()], [makeMachine({ digest: old, image: 'ghcr.io/o/r:old' })]];

describe('verifyMachines', () => {
  test('looks, settles, and looks again', async () => {
    const { machines, at, lines } = await play([good], 20_000);
    expect([machines?.length, at]).toEqual([1, [0, 20_000]]);
    expect(lines).toEqual([
      textWith('1 of 1'),
      textWith('20.0 s'),
      textWith('1 of 1', '10.0 s', '20.0 s'),
      textWith('1 of 1'),
    ]);
  });

  test('without a settle time looks once', async () => {
    expect((await play([good], 0)).at).toEqual([0]);
  });

  test('a machine that is put back during the settle time fails, with the revert in the words', async () => {
    const reverted = makeMachine({ digest: old, events: [makeEvent('revert', 5, { status: 'replaced' })] });
    const { fault } = await play([good, [reverted]], 20_000);
    expect(fault).toMatchObject({
      code: 'machines-reverted',
      found: textWith('1 of 1', '20.0 s', 'm1 in fra', 'started', old, 'flyd', 'replaced'),
      expected: textWith(index, child),
    });
  });

  test('one that gets there a little later settles from then on', async () => {
    const { machines, at } = await play([bad, bad, good, good], 20_000);
    expect(machines).toHaveLength(1);
    expect(at).toEqual([0, 1500, 3000, 23_000]);
  });

  test('one that never gets there fails at the end of the settle time', async () => {
    const { fault, at } = await play([bad], 5000);
    expect(at).toEqual([0, 1500, 3000, 4500]);
    expect(fault).toMatchObject({
      code: 'machines-other-image',
      found: textWith('m1 in fra', 'started', old, 'ghcr.io/o/r:old'),
    });
  });

  test('what does not pass by itself is not waited for', async () => {
    const reverted = makeMachine({ digest: old, events: [makeEvent('revert', 5)] });
    expect((await play([[reverted]], 20_000)).at).toEqual([0]);
    const failed = makeMachine({ events: [makeExit(5, 1)] });
    const { fault, at } = await play([[failed]], 20_000);
    expect(at).toEqual([0]);
    expect(fault).toMatchObject({
      code: 'machines-unhealthy',
      found: textWith('1 of 1', '\n', 'm1', 'exit code 1'),
      fix: textWith('fly machine status'),
    });
  });

  test('a check has the time of health to pass', async () => {
    const critical = [makeMachine({ checks: [{ name: 'http', status: 'critical', output: '' }] })];
    const { machines, at } = await play([critical, critical, good, good], 0);
    expect(machines).toHaveLength(1);
    expect(at).toEqual([0, 1500, 3000]);
    const never = await play([critical], 0);
    expect(never.at.at(-1)).toBeLessThanOrEqual(9000);
    expect(never.at.length).toBeGreaterThan(5);
    expect(never.fault).toMatchObject({
      code: 'machines-unhealthy',
      found: textWith('http', 'critical'),
    });
  });

  test('a check that fails while it settles is red at the end', async () => {
    const critical = [makeMachine({ checks: [{ name: 'http', status: 'critical', output: '' }] })];
    const { fault } = await play([good, critical], 20_000);
    expect(fault).toMatchObject({ code: 'machines-unhealthy', found: textWith('20.0 s') });
  });

  test('a machine on its way at the last look may arrive', async () => {
    const { machines, at } = await play([good, [makeMachine({ state: 'replacing' })], good], 20_000);
    expect(machines).toHaveLength(1);
    expect(at).toEqual([0, 20_000, 21_500]);
  });

  test('a later release than its own is another deploy, and said to be', async () => {
    const mine = [makeMachine({ releaseVersion: '7' })];
    const other = [makeMachine({ releaseVersion: '8' })];
    expect((await play([mine], 1000, { releaseVersion: '7' })).machines).toHaveLength(1);
    const { fault } = await play([mine, other], 1000, { releaseVersion: '7' });
    expect(fault).toMatchObject({
      code: 'machines-superseded',
      found: textWith('v8'),
      fix: textWith('concurrency:\n'),
    });
  });

  test('machines that are left out neither count nor hurt', async () => {
    const fleet = [makeMachine(), makeMachine({ id: 'm2', region: 'sin', digest: old })];
    const { machines, lines } = await play([fleet], 0, { scope: ({ region }) => region === 'fra' });
    expect(machines).toHaveLength(1);
    expect(lines).toContainEqual(textWith('1 of 1', '1 left out'));
    const [, out] = compare(fleet, { ...expected, scope: ({ region }) => region === 'fra' });
    expect([out?.excluded, out && isFine(out)]).toEqual([true, true]);
    const none = await play([fleet], 0, { scope: () => false });
    expect(none.fault?.code).toBe('machines-none');
  });

  test('each wrong machine is named, right ones are not, hosts that are away are said', async () => {
    const fleet = [
      makeMachine(),
      makeMachine({ id: 'm2', region: 'sin', digest: old, host: 'unreachable' }),
      makeMachine({ id: 'm3', digest: undefined }),
    ];
    const { fault } = await play([fleet], 0);
    expect(fault).toMatchObject({
      code: 'machines-other-image',
      found: textWith('2 of 3', 'm2 in sin', 'unreachable', '\n', 'm3 in fra', 'started'),
    });
    expect(fault?.found).not.toContain('m1');
  });

  test('of a large fleet twenty are named', async () => {
    const fleet = Array.from({ length: 300 }, (_, n) => makeMachine({ id: `x${n}`, digest: old }));
    const { fault } = await play([fleet], 0);
    expect(fault?.found).toEqual(textWith('300 of 300', 'x0 ', 'x19 ', 280));
    expect(fault?.found.match(/\bx\d+ in /g)).toHaveLength(20);
  });

  test('no machine at all is not a success', async () => {
    expect((await play([[]], 0)).fault?.code).toBe('machines-none');
  });

  test('the app is asked before it settles and after, and the machines once more after that', async () => {
    const asked: string[] = [];
    const { at } = await play([good], 1000, {}, async () => void asked.push('asked'));
    expect([asked.length, at]).toEqual([2, [0, 1000]]);
    const once = await play([good], 0, {}, async () => void asked.push('asked'));
    expect([asked.length, once.at]).toEqual([3, [0, 0]]);
    const failing = await play([good], 1000, {}, async () => {
      throw new UserError({ code: 'flyctl-failed', found: 'no answer', expected: 'one', fix: 'it' });
    });
    expect(failing.fault?.code).toBe('flyctl-failed');
  });
});
