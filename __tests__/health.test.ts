import { describe, expect, test } from '@jest/globals';
import { HttpError } from '../src/lib/http-error.ts';
import { fillBody, type HealthCheck, HealthMonitor } from '../src/verify/health.ts';
import type { AnswerRecord } from '../src/verify/journal.ts';
import { fakeClock } from './clock.ts';
import { rejectedBy, textWith } from './errors.ts';

const url = 'https://a.example/';
/** An answer: its status and body, or an error. */
type Reply = readonly [status: number, body?: string] | HttpError | Error;
const refused = new HttpError(url, 'unconnected', 'connect ECONNREFUSED');

/** Requests the app once for each reply, a second apart; each takes 40 ms more than the last. */
function monitor(replies: readonly Reply[], changes: Partial<HealthCheck> = {}) {
  const clock = fakeClock(0);
  const answers: AnswerRecord[] = [];
  const asked: object[] = [];
  const health = new HealthMonitor(
    { url, status: undefined, body: undefined, timeout: 10_000, ...changes },
    {
      clock,
      http: async (address, options) => {
        const reply = replies[asked.length] ?? refused;
        asked.push({ address, ...options });
        await clock.sleep(asked.length * 40);
        if (reply instanceof Error) throw reply;
        return { url: address, status: reply[0], headers: new Headers(), body: Buffer.from(reply[1] ?? '') };
      },
      answered: (answer) => void answers.push(answer),
    },
  );
  return { health, clock, answers, asked };
}

test.each<[number | undefined, number, boolean]>([
  [undefined, 199, false],
  [undefined, 200, true],
  [undefined, 302, true],
  [undefined, 399, true],
  [undefined, 400, false],
  [503, 503, true],
  [204, 200, false],
])('with the status %s, an answer of %i is accepted: %s', async (status, answered, right) => {
  const { health } = monitor([[answered]], { status });
  expect([health.isRight, health.words]).toEqual([false, undefined]);
  await health.ask();
  expect([health.isRight, health.words]).toEqual([right, right ? undefined : textWith(answered)]);
});

test.each<[string, string, boolean, string[]]>([
  ['abc', 'x abc y', true, []],
  ['abc', '', false, ['200', '"abc"', 'empty']],
  ['abc', ' \n ', false, ['empty']],
  ['abc', ' a\n  b ', false, [': "a b"']],
])('with the body %s, an answer of %j is accepted: %s', async (body, text, right, facts) => {
  const { health } = monitor([[200, text]], { body });
  await health.ask();
  expect(health.isRight).toBe(right);
  for (const fact of facts) expect(health.words).toContain(fact);
});

test('120 characters of a wrong body are shown', async () => {
  const { health } = monitor([[200, `${'x'.repeat(120)}y`]], { body: 'abc' });
  await health.ask();
  expect(health.words).toMatch(/"x{120}"$/);
});

test('a redirect is an answer, and a megabyte is read', async () => {
  const { health, asked } = monitor([[301]]);
  await health.ask();
  expect(asked).toEqual([{ address: url, limit: 1_048_576, follow: false }]);
});

test('counts answers, and those that failed after a correct one', async () => {
  const { health, answers, clock } = monitor([[500], [200], [500], refused, [200]]);
  expect(health.tally).toBe('0 answers, 0 failed');
  await health.ask();
  expect(health.tally).toBe('1 answer, 0 failed, slowest 40 ms');
  await health.ask();
  await health.ask();
  expect(health.tally).toBe('3 answers, 1 failed, slowest 120 ms');
  // A runner that cannot connect has no answer.
  await health.ask();
  expect([health.tally, health.isRight, health.words]).toEqual([
    '3 answers, 1 failed, slowest 120 ms',
    false,
    textWith('ECONNREFUSED'),
  ]);
  await health.ask();
  expect(health.tally).toBe('4 answers, 1 failed, slowest 200 ms');
  expect(answers.map(({ at, ms, kind }) => [at, ms, kind])).toEqual([
    [0, 40, 'wrong'],
    [40, 80, 'right'],
    [120, 120, 'wrong'],
    [240, 160, 'unreachable'],
    [400, 200, 'right'],
  ]);
  expect(answers[1]?.words).toBeUndefined();
  expect([answers[0]?.words, clock.now()]).toEqual([textWith('500'), 600]);
});

describe('an app fails', () => {
  test('by three wrong answers in a row after a correct one', async () => {
    const { health } = monitor([[200], [500], [500], [200], [500], [500], [502]], { status: 200, body: '' });
    for (let n = 0; n < 6; n++) await health.ask();
    const error = await rejectedBy(health.ask());
    expect([error.code, error.found]).toEqual(['health-failed', textWith(url, '3 times in a row', '502')]);
    expect(error.expected).toContain('Status 200, and ""');
  });

  test('by wrong answers until its time is over', async () => {
    const { health, clock } = monitor(Array.from({ length: 9 }, () => [500] as const));
    await clock.sleep(1000);
    await health.ask();
    await clock.sleep(9879);
    await health.ask();
    const error = await rejectedBy(health.ask());
    expect([error.code, error.found]).toEqual(['health-failed', textWith('10.1 s', '500')]);
    expect(error.expected).toBe('A status from 200 to 399.');
    expect(error.fix).toContain('`with: health-timeout: 20s`');
  });

  test('without being blamed if its address is a guess', async () => {
    const { health } = monitor([[500]], { guessed: true, timeout: 40 });
    expect((await rejectedBy(health.ask())).code).toBe('health-unreachable');
    const known = monitor([[500]], { guessed: false, timeout: 40 });
    expect((await rejectedBy(known.health.ask())).code).toBe('health-failed');
    await expect(monitor([[500]], { timeout: 41 }).health.ask()).resolves.toBeUndefined();
  });

  test('by a connection that breaks', async () => {
    const { health, answers } = monitor([new HttpError(url, 'lost', 'ECONNRESET'), new TypeError('x')]);
    await health.ask();
    expect(answers).toMatchObject([{ kind: 'wrong' }]);
    expect([health.words, health.tally]).toEqual([
      textWith('ECONNRESET'),
      '1 answer, 0 failed, slowest 40 ms',
    ]);
    await expect(health.ask()).rejects.toThrow(TypeError);
  });
});

describe('an app cannot be reached', () => {
  test('only if its time is over', async () => {
    const { health, clock } = monitor([refused, [500]]);
    expect(health.unreachable(true)).toBeUndefined();
    await health.ask();
    await clock.sleep(9959);
    expect(health.unreachable(true)).toBeUndefined();
    await clock.sleep(1);
    const error = health.unreachable(true);
    expect([error?.code, error?.found]).toEqual([
      'health-unreachable',
      textWith(url, '10.0 s', 'ECONNREFUSED', 'pass their health checks'),
    ]);
    expect(error?.input).toBe('health-url');
    expect(health.unreachable(false)?.found).toEqual(textWith('no health checks'));
    await health.ask().catch(() => {});
    expect(health.unreachable(true)).toBeUndefined();
  });

  test('since its last correct answer', async () => {
    const { health, clock } = monitor([[200], refused]);
    await health.ask();
    await clock.sleep(5000);
    await health.ask();
    await clock.sleep(4919);
    expect(health.unreachable(true)).toBeUndefined();
    await clock.sleep(1);
    expect(health.unreachable(true)?.code).toBe('health-unreachable');
  });
});

test.each([
  ['{sha} {short-sha} {digest}', 'a1b2c3d a1b sha256:1'],
  ['{sha}{sha}', 'a1b2c3da1b2c3d'],
  ['{SHA} {x} sha', '{SHA} {x} sha'],
])('the body %s is %s', (template, filled) =>
  expect(fillBody(template, { commit: 'a1b2c3d', shortSha: 'a1b', digest: 'sha256:1' })).toBe(filled),
);

test('a placeholder without a value stays', () =>
  expect(
    fillBody('{sha} {short-sha} {digest}', { commit: undefined, shortSha: undefined, digest: 'sha256:1' }),
  ).toBe('{sha} {short-sha} sha256:1'));
