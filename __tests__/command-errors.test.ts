import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Exit } from '../src/lib/child.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { UserError } from '../src/lib/user-error.ts';
import { OwnTest } from '../src/verify/command.ts';
import { type CommandPlan, commandError, notStartedError } from '../src/verify/command-errors.ts';
import type { CommandRecord } from '../src/verify/journal.ts';
import { fakeClock } from './clock.ts';
import { expectSentences, lineWith, textWith } from './errors.ts';

const plan: CommandPlan = {
  ...{ file: '/bin/test', name: './test.sh', argv: ['--all'], timeout: 60_000, guessedUrl: undefined },
  env: () => ({}),
};
const succeeded: Exit = {
  ...{ status: 0, signal: undefined, stdout: '', errorTail: '', timedOut: false, stopped: false },
};
const errorOf = (
  exit: Partial<Exit>,
  env: Record<string, string> = {},
  changes: Partial<CommandPlan> = {},
) => {
  const error = commandError({ ...plan, ...changes }, { ...succeeded, ...exit }, env);
  if (error === undefined) throw new Error('there is no error');
  expectSentences(error);
  return error;
};
const guess = { guessedUrl: 'https://a.fly.dev' };

describe('the end of the user’s own test', () => {
  test('with status 0 is a success', () => expect(commandError(plan, succeeded, {})).toBeUndefined());

  test.each<[string, Partial<Exit>, Partial<CommandPlan>, ErrorCode, string[]]>([
    ['with another status', { status: 3 }, {}, 'verify-command-failed', ['./test.sh', 'status 3']],
    [
      'with a status, at a URL that is a guess',
      { status: 3 },
      guess,
      'verify-command-unclear',
      ['./test.sh', 'status 3', 'https://a.fly.dev'],
    ],
    [
      'by a signal',
      { status: undefined, signal: 'SIGKILL' },
      {},
      'verify-command-killed',
      ['./test.sh', 'SIGKILL'],
    ],
    [
      'by a signal, at a URL that is a guess',
      { status: undefined, signal: 'SIGKILL' },
      guess,
      'verify-command-killed',
      ['SIGKILL'],
    ],
    [
      'after its time',
      { status: undefined, signal: 'SIGKILL', timedOut: true },
      {},
      'verify-command-timed-out',
      ['./test.sh', '1 m 00 s'],
    ],
    // A test can handle the interrupt and exit with any status.
    ['after its time, with status 0', { timedOut: true }, {}, 'verify-command-timed-out', ['./test.sh']],
    [
      'after its time, at a URL that is a guess',
      { status: 1, timedOut: true },
      guess,
      'verify-command-timed-out',
      ['./test.sh'],
    ],
    [
      'because of a cancellation',
      { status: undefined, signal: 'SIGINT', stopped: true },
      {},
      'verify-command-killed',
      ['./test.sh', 'stopped before its end'],
    ],
    [
      'because of a cancellation, with status 0',
      { stopped: true },
      {},
      'verify-command-killed',
      ['stopped before its end'],
    ],
    [
      'because of a cancellation, with another status',
      { status: 1, stopped: true },
      {},
      'verify-command-killed',
      ['stopped before its end'],
    ],
  ])('%s', (_name, exit, changes, code, facts) => {
    const error = errorOf(exit, {}, changes);
    expect([error.code, error.found]).toEqual([code, textWith(...facts, 'Every machine ran the image')]);
    expect(error.expected).toEqual(textWith('status 0'));
  });

  test('is unclear only where the app can work', () => {
    const unclear = [{ status: undefined, signal: 'SIGKILL' as const }, { stopped: true }];
    for (const exit of unclear) expect(errorOf(exit).found).toContain('is unknown');
    expect(errorOf({ status: 3 }, {}, guess).found).toContain('is unknown');
    for (const exit of [{ status: 3 }, { timedOut: true }])
      expect(errorOf(exit).found).not.toContain('unknown');
  });

  test('has a remedy', () => {
    expect(errorOf({ timedOut: true }).fix).toEqual(textWith('Correct the image', 'deploy-timeout: 120s'));
    expect(errorOf({ status: 3 }).fix).toEqual(textWith('Correct the image', 'correct `verify-command`'));
    expect(errorOf({ stopped: true }).fix).toContain('run the job again');
    expect(errorOf({ status: 3 }, {}, guess).fix).toContain('Run the job again');
  });

  test('that could not begin is about its input', () => {
    const error = notStartedError(plan, new Error('spawn EACCES'));
    expectSentences(error);
    expect([error.code, error.input, error.found, error.fix]).toEqual([
      'verify-command-not-started',
      'verify-command',
      textWith('./test.sh', 'EACCES', 'is unknown'),
      textWith('- run: ./test.sh'),
    ]);
  });
});

describe('the last output in an error', () => {
  const outputOf = (exit: Partial<Exit>, env: Record<string, string> = {}) => {
    const { found } = errorOf({ status: 1, ...exit }, env);
    return found.slice(found.indexOf('\n') + 1);
  };
  const lines = (count: number, word: string) => Array.from({ length: count }, (_, n) => `${word}${n}`);

  test('is twelve lines of each stream, without empty ones', () => {
    const stdout = lines(20, 'out').join('\n\n');
    const errorTail = lines(14, 'err').join('\r\n \r\n');
    expect(outputOf({ stdout, errorTail }).split('\n')).toEqual([
      ...lines(20, 'out').slice(8),
      ...lines(14, 'err').slice(2),
    ]);
    expect(outputOf({ errorTail: 'x\n' })).toBe('x');
  });

  test('can be none', () => expect(outputOf({ stdout: ' \n\n' })).toBe('(no output)'));

  test.each<[string, Record<string, string>, string, string]>([
    ['a value', { VERIFY_TOKEN: 's3cret-value' }, 'got s3cret-value!', 'got ***!'],
    ['a value in a URL', { VERIFY_TOKEN: 's3cret value' }, 'got s3cret%20value', 'got ***'],
    ['a value in base64', { VERIFY_TOKEN: 's3cret-value' }, btoa('s3cret-value'), '***'],
    [
      'each line of a value',
      { VERIFY_KEY: 'line-one-1\r\n line-two-2\nshort' },
      'line-two-2 short',
      '*** short',
    ],
    ['a short value', { VERIFY_X: '1234567' }, 'got 1234567', 'got 1234567'],
    ['the shortest value that is hidden', { VERIFY_X: '12345678' }, 'got 12345678', 'got ***'],
    ['a value that is short without its spaces', { VERIFY_X: ' 1234567 ' }, 'got 1234567', 'got 1234567'],
    ['another variable’s value', { DIGEST: 'sha256:12345678' }, 'got sha256:12345678', 'got sha256:12345678'],
  ])('hides %s', (_name, env, stdout, shown) => expect(outputOf({ stdout }, env)).toBe(shown));

  test('contains no value of a variable that begins with VERIFY_', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{8,20}$/),
        fc.array(fc.stringMatching(/^[A-Z ]{0,10}$/)),
        (secret, around) => {
          const text = outputOf(
            { stdout: around.join(secret) + secret, errorTail: secret },
            { VERIFY_A: secret },
          );
          expect(text).not.toContain(secret);
        },
      ),
    ));
});

describe('the user’s own test', () => {
  /** Starts it. It runs until it is ended, or stopped. */
  function start(exit: Partial<Exit> | Error = {}) {
    const clock = fakeClock(1000);
    const [lines, records]: [string[], CommandRecord[]] = [[], []];
    const calls: unknown[][] = [];
    let end: () => void = () => {};
    const ownTest = new OwnTest(
      { ...plan, env: (version) => ({ RELEASE_VERSION: version ?? 'none' }) },
      {
        clock,
        log: { line: (text) => void lines.push(text) },
        ended: (record) => void records.push(record),
        run: (file, argv, env, timeout, stop) =>
          new Promise((resolve, reject) => {
            calls.push([file, argv, env, timeout]);
            end = () => (exit instanceof Error ? reject(exit) : resolve({ ...succeeded, ...exit }));
            stop?.addEventListener('abort', () =>
              resolve({ ...succeeded, status: undefined, signal: 'SIGINT', stopped: true }),
            );
          }),
      },
    );
    return { ownTest, clock, lines, records, calls, end: () => end() };
  }

  test('is started once, with its arguments, variables and time', async () => {
    const { ownTest, calls, lines } = start();
    await ownTest.ended;
    expect([calls, ownTest.isRunning, ownTest.failure]).toEqual([[], true, undefined]);
    ownTest.start('7');
    ownTest.start('8');
    expect(calls).toEqual([['/bin/test', ['--all'], { RELEASE_VERSION: '7' }, 60_000]]);
    expect(lines).toEqual([lineWith('./test.sh')]);
  });

  test('reports for how long it has run, until it ends', async () => {
    const { ownTest, clock, end, records, lines } = start();
    ownTest.start('7');
    await clock.sleep(5000);
    expect([ownTest.isRunning, ownTest.words]).toEqual([true, textWith('5.0 s')]);
    end();
    await ownTest.ended;
    expect([ownTest.isRunning, ownTest.words, ownTest.failure]).toEqual([false, undefined, undefined]);
    expect(records).toEqual([
      { name: './test.sh', at: 1000, ms: 5000, status: 0, signal: undefined, timedOut: false },
    ]);
    expect(lines[1]).toEqual(lineWith('succeeded', '5.0 s'));
  });

  test.each<[Partial<Exit>, ErrorCode]>([
    [{ status: 3 }, 'verify-command-failed'],
    [{ status: undefined, signal: 'SIGKILL' }, 'verify-command-killed'],
    [{ status: 0, timedOut: true }, 'verify-command-timed-out'],
  ])('that ends with %j has failed, which is recorded', async (exit, code) => {
    const { ownTest, end, records, lines } = start(exit);
    ownTest.start('7');
    end();
    await ownTest.ended;
    expect([ownTest.isRunning, ownTest.failure?.code, lines.length]).toEqual([false, code, 1]);
    expect(records).toMatchObject([{ ...exit, name: './test.sh' }]);
  });

  test('that cannot be started has failed without a record', async () => {
    const { ownTest, end, records } = start(new Error('spawn ENOENT'));
    ownTest.start('7');
    end();
    await ownTest.ended;
    expect(ownTest.failure).toBeInstanceOf(UserError);
    expect([ownTest.isRunning, ownTest.failure?.code, records]).toEqual([
      false,
      'verify-command-not-started',
      [],
    ]);
  });

  test('that is stopped is interrupted and waited for, without a record', async () => {
    const { ownTest, records, lines } = start();
    ownTest.start('7');
    await ownTest.stop();
    expect([ownTest.isRunning, ownTest.failure?.found, records, lines.length]).toEqual([
      false,
      textWith('stopped before its end'),
      [],
      1,
    ]);
  });

  test('can be stopped before its start and after its end', async () => {
    await start().ownTest.stop();
    const { ownTest, end } = start();
    ownTest.start('7');
    end();
    await ownTest.ended;
    await ownTest.stop();
    expect(ownTest.failure).toBeUndefined();
  });
});
