import { expect, test } from '@jest/globals';
import { ahead } from '../src/github/ahead.ts';
import type { Log } from '../src/github/log.ts';
import type { Recorder } from '../src/lib/stages.ts';
import { Facts, type Results } from '../src/report/facts.ts';

// Work that begins before its turn: its lines, stages and errors appear as if it had begun at its turn.

const trigger: Results['trigger'] = { kind: 'manual', event: 'schedule', branch: 'main' };

function world() {
  let now = 1000;
  const lines: string[] = [];
  const write = (text: string) => void lines.push(text);
  const log: Log = {
    line: write,
    debug: write,
    notice: (text) => write(`notice: ${text}`),
    warning: (text) => write(`warning: ${text}`),
    error: (text) => write(`error: ${text}`),
    mask: (secret) => write(`mask: ${secret}`),
    hide: (text) => text,
    about: () => {},
    group: (title, work) => {
      write(`> ${title}`);
      return work();
    },
    fenced: (work) => work(() => {}, write),
  };
  const cancel = new AbortController();
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const facts = new Facts(clock);
  const deps = { log, clock, cancelled: cancel.signal };
  return { lines, deps, facts, clock, cancel };
}

test('lines are kept until the turn, and then appear at once; secrets are masked immediately', async () => {
  const { lines, deps, facts } = world();
  const more = Promise.withResolvers<void>();
  const work = ahead(deps, facts, async ({ log }) => {
    log.mask('secret');
    log.line('first');
    log.warning('second');
    await more.promise;
    log.line('third');
    return 'result';
  });
  deps.log.line('of the earlier work');
  expect(lines).toEqual(['mask: secret', 'of the earlier work']);
  const turn = work.turn();
  expect(lines.slice(2)).toEqual(['first', 'warning: second']);
  more.resolve();
  expect(await turn).toBe('result');
  expect(lines.slice(4)).toEqual(['third']);
});

test('a group waits for the turn', async () => {
  const { lines, deps, facts } = world();
  const work = ahead(deps, facts, ({ log }) => log.group('Copy', async () => log.line('copied')));
  await Promise.resolve();
  expect(lines).toEqual([]);
  await work.turn();
  expect(lines).toEqual(['> Copy', 'copied']);
});

test('the stages of overlapping work are in the order of the turns, each with its own time', async () => {
  const { deps, facts, clock } = world();
  const slow = Promise.withResolvers<void>();
  const first = ahead(deps, facts, (_, recorder) => recorder.timed('First', () => slow.promise));
  const second = ahead(deps, facts, (_, recorder) => recorder.timed('Second', () => clock.sleep(300)));
  await second.early;
  expect([facts.stages, facts.current]).toEqual([[], 'Start']);
  const turn = first.turn();
  expect(facts.current).toBe('First');
  await clock.sleep(200);
  slow.resolve();
  await turn;
  await second.turn();
  expect(facts.stages).toEqual([
    { title: 'First', ms: 500, ok: true },
    { title: 'Second', ms: 300, ok: true },
  ]);
  expect(facts.elapsed).toBe(500);
});

test('an error waits for its turn, and the stage that failed is the current one', async () => {
  const { deps, facts } = world();
  const failing = ahead(deps, facts, (_, recorder) =>
    recorder.timed('Fail', () => Promise.reject(new Error('down'))),
  );
  await new Promise((resolve) => setImmediate(resolve));
  await facts.timed('Earlier', () => {});
  expect(facts.stages).toEqual([{ title: 'Earlier', ms: 0, ok: true }]);
  await expect(failing.turn()).rejects.toThrow('down');
  expect([facts.current, facts.stages.at(-1)?.ok]).toEqual(['Fail', false]);
});

test.each([
  ['younger', 3000, ['answer 1']],
  ['older', 3001, ['answer 2']],
])('an answer that is %s than allowed: %d ms', async (_, age, expected) => {
  const { lines, deps, facts, clock } = world();
  let answers = 0;
  const asking = ahead(
    deps,
    facts,
    async ({ log }) => {
      answers++;
      log.line(`answer ${answers}`);
      return answers;
    },
    3000,
  );
  await asking.early;
  await clock.sleep(age);
  await asking.turn();
  expect(lines).toEqual(expected);
});

test('an error that is too old does not count: the work is done again', async () => {
  const { deps, facts, clock } = world();
  let isDown = true;
  const asking = ahead(
    deps,
    facts,
    async () => {
      if (isDown) throw new Error('down');
      return 'up';
    },
    3000,
  );
  await asking.early.catch(() => {});
  isDown = false;
  await clock.sleep(3001);
  expect(await asking.turn()).toBe('up');
});

test('results count before their turn only after a cancel', async () => {
  const { deps, facts, cancel } = world();
  ahead(deps, facts, async (_, recorder: Recorder<Results>) => recorder.keep('trigger', trigger));
  expect(facts.known).toEqual({});
  cancel.abort('SIGINT');
  expect(facts.known).toEqual({ trigger });
});
