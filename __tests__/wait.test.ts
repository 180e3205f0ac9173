import { describe, expect, test } from '@jest/globals';
import { silenceOf, waiting } from '../src/lib/progress.ts';
import { watch } from '../src/verify/watch.ts';
import { fakeClock } from './clock.ts';
import { textWith } from './errors.ts';
import { digestOf, makeMachine } from './factories.ts';

function world() {
  const lines: string[] = [];
  return { lines, clock: fakeClock(), log: { line: (text: string) => void lines.push(text) } };
}

describe('a long wait', () => {
  test('reports every ten seconds its progress, the time so far and the limit', async () => {
    const { lines, clock, log } = world();
    let there = 0;
    const wait = { what: 'it', limit: () => 60_000, how: () => `${there} of 3` };
    const result = await waiting(wait, { clock, log }, async () => {
      await clock.sleep(15_000);
      there = 2;
      await clock.sleep(12_000);
      return 'done';
    });
    expect(result).toBe('done');
    expect(lines).toEqual([
      textWith('it', '0 of 3', '10.0 s', '1 m 00 s'),
      textWith('it', '2 of 3', '20.0 s', '1 m 00 s'),
    ]);
  });

  test('reports immediately on request, and is silent without news', async () => {
    const { lines, clock, log } = world();
    let words: string | undefined = 'not there';
    await waiting({ what: 'it', how: () => words }, { clock, log }, async (say) => {
      say();
      words = undefined;
      await clock.sleep(30_000);
    });
    expect(lines).toEqual([textWith('it', 'not there', '0 ms')]);
  });

  test('is silent when it is over, even after a failure', async () => {
    const { lines, clock, log } = world();
    const wait = { what: 'it', how: () => 'x' };
    await expect(waiting(wait, { clock, log }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await waiting(wait, { clock, log }, async () => {});
    await clock.sleep(60_000);
    expect(lines).toEqual([]);
  });
});

test('a program counts as silent five seconds after its last output', async () => {
  const { clock } = world();
  const out: string[] = [];
  const silence = silenceOf(clock, (chunk) => void out.push(chunk.toString()));
  await clock.sleep(9000);
  silence.write(Buffer.from('hello'));
  await clock.sleep(4900);
  expect([silence.how(), out]).toEqual([undefined, ['hello']]);
  await clock.sleep(7100);
  expect(silence.how()).toContain('12.0 s');
});

const machine = (id: string, state = 'started') => makeMachine({ id, name: id, state, releaseVersion: '7' });

test('the verification reports how many machines pass and what the others do, on each change and every ten seconds', async () => {
  const { lines, clock, log } = world();
  const begin = clock.now();
  await watch(
    {
      app: 'test-battle',
      of: () => ({ digest: digestOf('a'), digests: [digestOf('a'), digestOf('b')] }),
      release: () => ({ id: undefined, version: '7' }),
      scope: () => true,
      before: [],
    },
    { settleTime: 0, healthTimeout: 60_000 },
    {
      observe: async () => {
        const ms = clock.now() - begin;
        const late = (until: number) => (ms < until ? 'starting' : 'started');
        const machines = [machine('m1'), machine('m2', late(4000)), machine('m3', late(24_000))];
        return { machines, incomplete: undefined, at: clock.now(), date: undefined };
      },
      clock,
      log,
      seen: () => {},
      health: undefined,
    },
  );
  expect(lines).toEqual([
    textWith('1 of 3', 'm2 in fra', 'starting'),
    textWith('2 of 3', 'm3 in fra', 'starting'),
    textWith('2 of 3', 'm3 in fra', 'starting', '10.0 s', '1 m 00 s'),
    textWith('2 of 3', 'm3 in fra', 'starting', '20.0 s', '1 m 00 s'),
    textWith('3 of 3'),
  ]);
});
