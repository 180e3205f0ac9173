import { describe, expect, test } from '@jest/globals';
import type { FlyApi } from '../src/fly/api.ts';
import type { Machine } from '../src/fly/machine.ts';
import { Facts } from '../src/report/facts.ts';
import type { Outcome } from '../src/report/outcome.ts';
import { outputsOf } from '../src/report/outputs.ts';
import { summary } from '../src/report/summary/summary.ts';
import { viewOf } from '../src/report/view.ts';
import { type CheckedMachine, comparer, type Expectation } from '../src/verify/compare.ts';
import { notVerified } from '../src/verify/errors.ts';
import { MachinesLost } from '../src/verify/machines-lost.ts';
import { Observer, readBaseline } from '../src/verify/observe.ts';
import { Settlement } from '../src/verify/settling.ts';
import { fakeClock } from './clock.ts';
import { digestOf, makeEvent, makeMachine, makeMachineJson, stoppedClock } from './factories.ts';

// The work for a fleet grows as fast as the fleet. It is counted, because times depend on the machine: how often any property of
// a machine is read.

const [oldDigest, newDigest] = [digestOf('c'), digestOf('b')];

/** A failed deploy of so many machines. */
interface Story {
  readonly before: readonly Machine[];
  readonly after: readonly Machine[];
  readonly rollbackFailed?: boolean;
  /** Ids of machines that are not listed. */
  readonly lost?: readonly string[];
}

const many = (count: number, of: (n: number) => Partial<Machine>): Machine[] =>
  Array.from({ length: count }, (_, n) =>
    makeMachine({
      ...{ id: `m${n}`, releaseVersion: '6', digest: oldDigest, instanceId: `i${n}` },
      events: [makeEvent('start', n)],
      ...of(n),
    }),
  );
const updated = { releaseVersion: '7', digest: newDigest, instanceId: 'new' };

const stories: readonly [string, (count: number) => Story][] = [
  [
    'no machine was updated',
    (count) => ({ before: many(count, () => ({})), after: many(count, () => ({})) }),
  ],
  [
    'every other one was updated, in one of seven process groups',
    (count) => {
      const group = (n: number) => ({ group: `g${n % 7}` });
      return {
        before: many(count, group),
        after: many(count, (n) => ({ ...group(n), ...(n % 2 === 0 && updated) })),
      };
    },
  ],
  [
    'the rollback failed half-way',
    (count) => ({
      before: many(count, () => ({})),
      after: many(count, (n) => (n % 2 === 0 ? updated : {})),
      rollbackFailed: true,
    }),
  ],
  [
    'a bluegreen deploy left the old machines',
    (count) => ({
      before: many(count, () => ({})),
      after: [
        ...many(count, () => ({ bluegreenTag: 'safe_to_destroy' })),
        ...many(count, (n) => ({ ...updated, id: `n${n}`, bluegreenTag: '1764000000' })),
      ],
    }),
  ],
  [
    'half of the machines are on unreachable hosts',
    (count) => ({
      before: many(count, () => ({})),
      after: many(count, (n) => (n % 2 === 0 ? updated : { digest: undefined, host: 'unreachable' })),
    }),
  ],
  [
    'half of the machines are not listed',
    (count) => {
      const before = many(count, () => ({}));
      const after = many(count, () => updated).slice(0, count / 2);
      return { before, after, lost: before.slice(count / 2).map(({ id }) => id) };
    },
  ],
];

/** How often properties of machines are read for three checks, the error, the outputs and the summary. */
function readsOf({ before, after, rollbackFailed, lost }: Story): number {
  let reads = 0;
  const counted = <M extends Machine>(machine: M): M =>
    new Proxy(machine, {
      get: (target, name) => {
        reads++;
        return Reflect.get(target, name);
      },
    });
  const expected: Expectation = {
    ...{ app: 'test-battle', scope: () => true, before: before.map(counted) },
    of: () => ({ digest: newDigest, digests: [newDigest] }),
    // flyctl did not print it, so it is inferred.
    release: () => undefined,
  };
  const [compared, settlement] = [comparer(expected), new Settlement(30_000, before.map(counted))];
  let fleet: CheckedMachine[] = [];
  for (let check = 0; check < 3; check++) {
    const time = { now: check * 3000, date: undefined };
    fleet = settlement.take(compared(after.map(counted)), time).map(counted);
    settlement.isOver(fleet, time);
  }
  const found = notVerified(fleet, expected, 'after the deploy');
  const error = lost === undefined ? found : Object.assign(found, { cause: new MachinesLost(lost) });
  const facts = new Facts(stoppedClock());
  facts.keep('before', before.map(counted));
  facts.keep('deployStartedAt', 0);
  const outcome: Outcome = {
    ...{ kind: 'failed', as: 'failed', at: 'Verify', error, fleet },
    ...(rollbackFailed && { rollback: { kind: 'not-rolled-back', code: 'rollback-failed', why: 'x' } }),
  } as Outcome;
  const hide = (text: string) => text;
  const links = {
    ...{ server: 'https://github.com', repository: 'o/r', repositoryUrl: 'https://github.com/o/r' },
    runId: '1',
  };
  expect(JSON.parse(outputsOf(facts, outcome, hide)['machines'] ?? '').length).toBe(
    fleet.length + (lost?.length ?? 0),
  );
  expect(summary(viewOf(facts, outcome, hide), links, 0)).toContain('### Machines');
  return reads;
}

test.each(stories)('twice as many machines are twice the work: %s', (_name, of) => {
  const [some, more] = [readsOf(of(200)), readsOf(of(400))];
  // The sorting of the list is the rest.
  expect(more / some).toBeLessThan(2.2);
});

describe('the requests of a check', () => {
  const date = 'Wed, 25 Nov 2026 12:00:00 GMT';
  /** Checks so many machines three times; `changes` is about those of the last check. */
  async function check(count: number, changes: (n: number) => object = () => ({})) {
    const asked: string[] = [];
    let lists = 0;
    const listed = () =>
      Array.from({ length: count }, (_, n) =>
        makeMachineJson(`m${n}`, newDigest, { ...(lists === 4 && changes(n)) }),
      );
    const api: FlyApi = {
      ...{ base: 'https://machines.example', graphqlBase: 'https://graphql.example', app: 'a', token: 't' },
      http: async (url) => {
        asked.push(url);
        const isList = url.endsWith('/machines');
        if (isList) lists++;
        const body = Buffer.from(JSON.stringify(isList ? listed() : { machine_count: count }));
        return { url, status: 200, headers: new Headers({ date }), body };
      },
    };
    const clock = fakeClock(0);
    const observer = new Observer({ api, clock }, await readBaseline(api, clock), () => true);
    const checks = [await observer.observe(), await observer.observe(), await observer.observe()];
    return { asked: asked.length, checks: checks.map(({ machines }) => machines) };
  }

  test('are as many for thousands of machines as for one', async () => {
    const [one, all] = [await check(1), await check(3000)];
    expect([one.asked, all.asked]).toEqual([8, 8]);
  });

  test('read a machine again only if Fly.io describes it in other words', async () => {
    const { checks } = await check(300, (n) => (n === 7 ? { state: 'stopped' } : {}));
    const [first, second, third] = checks;
    const again = (now: readonly Machine[] = [], before: readonly Machine[] = []) =>
      now.filter((machine, n) => machine !== before[n]).map(({ id, state }) => `${id} ${state}`);
    expect([again(second, first), again(third, second)]).toEqual([[], ['m7 stopped']]);
  });
});
