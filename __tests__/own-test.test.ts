import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Exit, Run } from '../src/lib/child.ts';
import { UserError } from '../src/lib/user-error.ts';
import { OwnTest } from '../src/verify/command.ts';
import type { CommandRecord } from '../src/verify/journal.ts';
import { watch } from '../src/verify/watch.ts';
import { sharedClock } from './clock.ts';
import { lineWith } from './errors.ts';
import { digestOf, makeEvent, makeMachine } from './factories.ts';

const digest = digestOf('b');
const machine = makeMachine({ instanceId: 'i2', releaseVersion: '7' });

interface Play {
  readonly settleTime: number;
  /** How long the test runs, in milliseconds, and how it ends. */
  readonly takes: number;
  readonly exit: Partial<Exit>;
  /** The machine is on another image from this check on, from 0. */
  readonly failsAt?: number | undefined;
  /** Another machine is there from this time on. */
  readonly addedAt?: number;
}

/** Watches a machine while a test runs, on a separate clock that starts at 0. */
async function play({
  settleTime,
  takes,
  exit,
  failsAt = Number.POSITIVE_INFINITY,
  addedAt = Number.POSITIVE_INFINITY,
}: Play) {
  const clock = sharedClock();
  const [looks, lines]: [number[], string[]] = [[], []];
  const calls: { at: number; release: string | undefined }[] = [];
  const records: CommandRecord[] = [];
  let ended: number | undefined;
  const run: Run = (_file, _argv, env, _timeout, stop) =>
    new Promise((resolve) => {
      calls.push({ at: clock.now(), release: env['RELEASE_VERSION'] });
      const done = (changes: Partial<Exit>) => {
        halt();
        ended ??= clock.now();
        const plain = { status: 0, signal: undefined, stdout: '', errorTail: '' };
        resolve({ ...plain, timedOut: false, stopped: false, ...changes });
      };
      const halt = clock.every(Math.max(1, takes), () => done(exit));
      stop?.addEventListener('abort', () => done({ status: 0, stopped: true }));
    });
  const ownTest = new OwnTest(
    {
      ...{ file: '/bin/test', name: './test.sh', argv: [], timeout: 60_000, guessedUrl: undefined },
      env: (version) => ({ RELEASE_VERSION: version ?? '' }),
    },
    { run, clock, log: { line: () => {} }, ended: (record) => records.push(record) },
  );
  const watched = watch(
    {
      app: 'test-battle',
      of: () => ({ digest, digests: [digest] }),
      release: () => ({ id: undefined, version: '7' }),
      scope: () => true,
      before: [makeMachine({ digest: digestOf('c'), instanceId: 'i1', releaseVersion: '6' })],
    },
    { settleTime, healthTimeout: 9000 },
    {
      observe: async () => {
        looks.push(clock.now());
        const machines =
          looks.length > failsAt ? [{ ...machine, digest: digestOf('c'), instanceId: 'i3' }] : [machine];
        if (clock.now() >= addedAt)
          machines.push({ ...machine, id: 'm9', events: [makeEvent('launch', addedAt)] });
        return { machines, incomplete: undefined, at: clock.now(), date: clock.now() };
      },
      clock,
      log: { line: (text) => void lines.push(text) },
      seen: () => {},
      health: undefined,
      test: ownTest,
    },
  );
  const error = await clock.run(watched).then(
    () => undefined,
    (reason: unknown) => {
      if (reason instanceof UserError) return reason.code;
      throw reason;
    },
  );
  return { error, looks, lines, calls, records, ended, stopped: clock.now() };
}

const [second, minute] = [1000, 60_000];

test('runs once, right after the first check that finds every machine right, and knows their release', async () => {
  const { error, looks, calls } = await play({ settleTime: 20 * second, takes: 5 * second, exit: {} });
  expect([error, calls]).toEqual([undefined, [{ at: 0, release: '7' }]]);
  expect(looks.at(-1)).toBe(20 * second);
});

test('does not run if no check finds every machine right', async () => {
  const { error, calls } = await play({ settleTime: second, takes: second, exit: {}, failsAt: 0 });
  expect([error, calls]).toEqual(['machines-other-image', []]);
});

test('is stopped by a machine that fails, whose error counts', async () => {
  const { error, ended, records } = await play({
    ...{ settleTime: 20 * second, takes: 10 * minute, exit: {}, failsAt: 3 },
  });
  expect([error, records]).toEqual(['machines-changed', []]);
  expect(ended).toBeLessThan(minute);
});

test('keeps the machines checked at the usual pace, however long it takes', async () => {
  const { error, looks } = await play({ settleTime: 0, takes: 10 * minute, exit: {} });
  const pauses = looks.slice(1).map((at, n) => at - (looks[n] ?? 0));
  expect([error, Math.min(...pauses), Math.max(...pauses)]).toEqual([undefined, 3 * second, 3 * second]);
});

test('is waited for after the settle time, which progress lines show', async () => {
  const { lines } = await play({ settleTime: 15 * second, takes: 25 * second, exit: {} });
  const progress = lines.filter((line) => line.startsWith('Waiting'));
  expect(progress).toEqual([
    lineWith('1 of 1', 'has run for 10.0 s', '6.0 s left'),
    lineWith('1 of 1', 'has run for 20.0 s after'),
  ]);
});

test('that fails ends the wait at once', async () => {
  const given = { settleTime: 60 * second, exit: { status: 1 } };
  for (const takes of [4000, 4001, 20_000]) {
    const { error, looks, ended, stopped } = await play({ ...given, takes });
    expect([error, ended, stopped]).toEqual(['verify-command-failed', takes, takes]);
    expect(looks.at(-1)).toBeLessThan(takes);
  }
});

test.each([
  [3001, 4500],
  [4000, 4500],
  [4500, 4500],
  [5999, 5999],
])(
  'that succeeds after %i ms is followed by a last check at %i ms, a pause after the one before',
  async (takes, last) => {
    const { error, looks } = await play({ settleTime: 0, takes, exit: {} });
    expect([error, looks]).toEqual([undefined, [0, 3000, last]]);
  },
);

test('does not shorten the time in which an added machine can settle', async () => {
  const given = { settleTime: 20 * second, takes: 100 * second, exit: {} };
  const { error, looks } = await play({ ...given, addedAt: 90 * second });
  expect(error).toBeUndefined();
  expect(looks.at(-1)).toBeGreaterThanOrEqual(110 * second);
});

test('decides together with the last check of the machines, which is never before its end', () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        settleTime: fc.integer({ min: 0, max: minute }),
        takes: fc.integer({ min: 0, max: 2 * minute }),
        exit: fc.oneof(
          fc.constant({}),
          fc.integer({ min: 1, max: 255 }).map((status) => ({ status })),
          fc.constant({ status: 0, timedOut: true }),
          fc.constant({ status: undefined, signal: 'SIGKILL' as const }),
          fc.constant({ status: 0, stopped: true }),
        ),
        failsAt: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
      }),
      async (given) => {
        const { error, looks, calls, ended, records } = await play(given);
        const { exit, failsAt } = given;
        expect(calls).toHaveLength(1);
        // Nothing of it runs on.
        expect(ended).toBeDefined();
        const last = looks.at(-1) ?? 0;
        if (error === undefined) {
          expect(exit).toEqual({});
          expect(last).toBeGreaterThanOrEqual(Math.max(ended ?? 0, given.settleTime));
          expect(looks.length).toBeLessThanOrEqual(failsAt ?? Number.POSITIVE_INFINITY);
          expect(records).toHaveLength(1);
        } else if (error === 'machines-changed') {
          expect(looks).toHaveLength((failsAt ?? 0) + 1);
        } else {
          expect(exit).not.toEqual({});
          expect(error).toMatch(/^verify-command-(?:failed|timed-out|killed)$/);
        }
      },
    ),
    { numRuns: 1000 },
  ));
