import { describe, expect, test } from '@jest/globals';
import type { FlyApi } from '../src/fly/api.ts';
import type { Machine } from '../src/fly/machine.ts';
import { busyWith, busyWords, changingMachine } from '../src/verify/busy.ts';
import { compare } from '../src/verify/compare.ts';
import { textWith } from './errors.ts';
import { digestOf, makeEvent, makeMachine } from './factories.ts';

// What shows that a deploy is in progress. drift.test.ts has the machines that are replaced.

const hour = 3_600_000;
const now = 10 * hour;

const checked = (...machines: Partial<Machine>[]) =>
  compare(
    machines.map((changes) => makeMachine(changes)),
    {
      app: 'a',
      of: () => ({ digest: digestOf('b'), digests: [digestOf('b')] }),
      release: () => undefined,
      scope: ({ group }) => group !== 'other',
      before: undefined,
    },
  );

interface World {
  /** The newest release, or the status of the answer. */
  readonly release?: object | number;
  /** IDs of machines with a lease. */
  readonly leased?: readonly string[];
}

/** What Fly.io shows, and which leases were requested. */
async function ask(machines: ReturnType<typeof checked>, { release, leased = [] }: World = {}) {
  const asked: string[] = [];
  let [open, most] = [0, 0];
  const api: FlyApi = {
    base: 'https://machines.example',
    graphqlBase: 'https://graphql.example',
    app: 'a',
    token: 't',
    http: async (url) => {
      const answer = (status: number, value: unknown) => ({
        url,
        status,
        headers: new Headers(),
        body: Buffer.from(JSON.stringify(value)),
      });
      if (url.startsWith('https://graphql'))
        return typeof release === 'number'
          ? answer(release, {})
          : answer(200, { data: { app: { releases: { nodes: release === undefined ? [] : [release] } } } });
      const [, id = ''] = /machines\/(.+)\/lease$/.exec(url) ?? [];
      asked.push(id);
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return leased.includes(id) ? answer(200, { data: { nonce: 'x' } }) : answer(404, {});
    },
  };
  return { busy: await busyWith(api, machines, now), asked, most };
}

describe('a deploy is in progress', () => {
  const createdAt = (ago: number) => new Date(now - ago).toISOString();
  const [good, bad] = [{ id: 'g' }, { id: 'b', digest: digestOf('c') }];

  test.each<[string, World, object | undefined]>([
    ['nothing', {}, undefined],
    [
      'a release that is running',
      { release: { version: 5, status: 'running' } },
      { kind: 'release', version: 5, status: 'running' },
    ],
    ['a release that is pending', { release: { version: 5, status: 'pending' } }, { status: 'pending' }],
    ['a release that is complete', { release: { version: 5, status: 'complete' } }, undefined],
    [
      'a release of this hour',
      { release: { version: 5, status: 'running', createdAt: createdAt(hour - 1000) } },
      { kind: 'release' },
    ],
    [
      'a release that was never finished',
      { release: { version: 5, status: 'running', createdAt: createdAt(hour) } },
      undefined,
    ],
    ['releases that the token cannot read', { release: 403 }, undefined],
    ['a lease', { leased: ['g'] }, { kind: 'lease', id: 'g', region: 'fra' }],
    ['a lease, without releases that the token can read', { release: 403, leased: ['g'] }, { kind: 'lease' }],
  ])('by %s: %#', async (_name, world, busy) => {
    const { busy: found } = await ask(checked(good), world);
    if (busy === undefined) return expect(found).toBeUndefined();
    expect(found).toMatchObject(busy);
  });

  test('is unknown while Fly.io does not list the releases', async () => {
    await expect(ask(checked(good), { release: 503, leased: ['g'] })).rejects.toMatchObject({
      code: 'fly-unavailable',
      expected: textWith('in progress'),
    });
  });

  test('by a machine, without a question to Fly.io', async () => {
    const events = [makeEvent('update', now - 1)];
    const { busy, asked } = await ask(checked({ state: 'replacing', events }), {
      release: { version: 5, status: 'running' },
    });
    expect([busy, asked]).toEqual([{ kind: 'machine', id: 'm1', region: 'fra', state: 'replacing' }, []]);
  });

  test('leases of eight managed machines are requested, four at a time, first those on another image', async () => {
    const many = Array.from({ length: 9 }, (_, n) => ({ id: `g${n}` }));
    const { asked, most } = await ask(checked({ id: 'x', group: 'other' }, ...many, bad));
    expect(asked).toEqual(['b', ...many.slice(0, 7).map(({ id }) => id)]);
    expect(most).toBe(4);
  });

  test('the first machine with a lease is named', async () =>
    expect((await ask(checked(good, bad), { leased: ['g', 'b'] })).busy).toMatchObject({ id: 'b' }));
});

test('each of them is described by what shows it', () => {
  expect(busyWords({ kind: 'machine', id: 'm1', region: 'fra', state: 'updating' })).toBe(
    'Machine m1 in fra is updating',
  );
  expect(busyWords({ kind: 'lease', id: 'm1', region: 'fra' })).toContain('lease of machine m1 in fra');
});

describe('a machine that changes', () => {
  const events = [makeEvent('update', now - 1)];
  test.each(['created', 'creating', 'preparing', 'replacing', 'updating'])('is %s', (state) =>
    expect(changingMachine(checked({ state, events }), now)).toMatchObject({ state }),
  );
  test.each(['started', 'starting', 'stopped', 'destroying'])('is not %s', (state) =>
    expect(changingMachine(checked({ state, events }), now)).toBeUndefined(),
  );
  test('can have no events', () =>
    expect(changingMachine(checked({ state: 'updating', events: [] }), now)).toMatchObject({ id: 'm1' }));
  test.each([
    [hour - 1, true],
    [hour, false],
  ])('for %i ms: %s', (ago, expected) =>
    expect(
      changingMachine(checked({ state: 'updating', events: [makeEvent('update', now - ago)] }), now) !==
        undefined,
    ).toBe(expected),
  );
  test('is a standby only if it is replaced', () => {
    const startsLater = true;
    expect(changingMachine(checked({ state: 'replacing', startsLater, events }), now)).toMatchObject({
      id: 'm1',
    });
    expect(changingMachine(checked({ state: 'created', startsLater, events }), now)).toBeUndefined();
  });
});
