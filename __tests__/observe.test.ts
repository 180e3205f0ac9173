import { describe, expect, test } from '@jest/globals';
import { isWhole, knowsReleases, Observer, readBaseline } from '../src/verify/observe.ts';
import { fakeClock } from './clock.ts';
import { rejectedBy } from './errors.ts';
import { digestOf, makeMachineJson } from './factories.ts';
import { type Answers, flyDate as date, flyAnswers as fly, releasesJson } from './fly-api.ts';

const machine = (id: string, changes: object = {}) => makeMachineJson(id, digestOf('b'), changes);
const blank = (id: string, host_status: string) => machine(id, { host_status, image_ref: {} });
const [m1, m2] = [machine('m1'), machine('m2')];

/** Reads the machines, changes Fly.io's answers, and checks the machines again. */
async function observe(before: Answers, after: Answers, concerns = (_id: string) => true) {
  const world = fly({ ...before });
  const clock = fakeClock(0);
  const baseline = await readBaseline(world.api, clock);
  for (const path of Object.keys(world.answers)) delete world.answers[path];
  Object.assign(world.answers, after);
  world.asked.length = 0;
  const observer = new Observer({ api: world.api, clock }, baseline, ({ id }) => concerns(id));
  return { observer, first: await observer.observe(), asked: world.asked, answers: world.answers, clock };
}

const list = (...machines: object[]) => ({ '/machines': machines, '': { machine_count: machines.length } });

describe('a machine that is no longer listed', () => {
  test('is lost if Fly.io still has it', async () => {
    const { first, asked } = await observe(list(m1, m2), { ...list(m1), '/machines/m2': m2 });
    expect(first.incomplete).toEqual({ kind: 'lost', ids: ['m2'] });
    // The app is requested for an unknown ID, or for its count.
    expect(asked).toEqual(['/machines', '/machines/m2']);
  });

  test('is lost even if another one was destroyed', async () => {
    const m3 = machine('m3');
    const { first } = await observe(list(m1, m2, m3), { ...list(m1), '/machines/m3': m3 });
    expect(first.incomplete).toEqual({ kind: 'lost', ids: ['m3'] });
  });

  test('is not lost if it was destroyed, and is not requested again', async () => {
    const gone = machine('m2', { state: 'destroyed' });
    const { observer, first, asked } = await observe(list(m1, m2), { ...list(m1), '/machines/m2': gone });
    expect(first.incomplete).toBeUndefined();
    await observer.observe();
    expect(asked.filter((path) => path === '/machines/m2')).toHaveLength(1);
  });

  test.each([
    ['not lost if Fly.io has the app but not the ID', { machine_count: 1 }, undefined],
    ['not lost if the app’s record has no count of machines', { name: 'a' }, { kind: 'uncounted' }],
    ['lost if the app’s record is invalid', [], { kind: 'lost', ids: ['m2'] }],
    ['lost if Fly.io does not have the app either', 404, { kind: 'lost', ids: ['m2'] }],
    ['lost if it is unknown whether the app exists', 503, { kind: 'lost', ids: ['m2'] }],
  ])('is %s', async (_name, app, incomplete) => {
    const { first } = await observe(list(m1, m2), { '/machines': [m1], '': app });
    expect(first.incomplete).toEqual(incomplete);
  });

  test.each([
    ['is being destroyed', machine('m2', { state: 'destroying' })],
    ['is no longer managed by deploys', machine('m2', { config: { metadata: {} } })],
  ])('is lost while it %s', async (_name, now) => {
    const { first } = await observe(list(m1, m2), { ...list(m1), '/machines/m2': now });
    expect(first.incomplete).toEqual({ kind: 'lost', ids: ['m2'] });
  });

  test('is lost even if it was added after the deploy', async () => {
    const { observer, first, answers } = await observe(list(m1), list(m1, m2));
    expect(first.incomplete).toBeUndefined();
    Object.assign(answers, list(m1), { '/machines/m2': m2 });
    expect((await observer.observe()).incomplete).toEqual({ kind: 'lost', ids: ['m2'] });
  });

  test('is lost if the list is empty', async () => {
    const { first } = await observe(list(m1, m2), { ...list(), '/machines/m1': m1, '/machines/m2': m2 });
    expect(first).toMatchObject({ machines: [], incomplete: { kind: 'lost', ids: ['m1', 'm2'] } });
  });
});

describe('the app’s own count', () => {
  const count = (machine_count: unknown, ...machines: object[]) => ({
    '/machines': machines,
    '': { machine_count },
  });
  test.each<[string, Answers, Answers, unknown]>([
    ['that agrees', count(1, m1), count(2, m1, m2), undefined],
    ['that is greater, like before', count(3, m1), count(4, m1, m2), undefined],
    ['that becomes greater than the list', count(1, m1), count(3, m1), { kind: 'fewer', missing: 2 }],
    ['that decreases', count(3, m1), count(1, m1), undefined],
    ['that was unknown before', count('?', m1), count(9, m1), undefined],
    ['that is no longer available', count(1, m1), { '/machines': [m1], '': 503 }, { kind: 'uncounted' }],
    ['whose request is refused', count(1, m1), { '/machines': [m1], '': 403 }, { kind: 'uncounted' }],
    [
      'that is missing in the app’s record',
      count(1, m1),
      { '/machines': [m1], '': {} },
      { kind: 'uncounted' },
    ],
    ['that was never available', { '/machines': [m1], '': 503 }, { '/machines': [m1], '': 503 }, undefined],
    [
      'of destroyed machines that are listed for a while',
      count(1, m1, machine('m9', { state: 'destroyed' })),
      count(1, m1),
      undefined,
    ],
    [
      'that is greater, like before, beside a destroyed machine',
      count(3, m1),
      count(4, m1, machine('m9', { state: 'destroyed' })),
      undefined,
    ],
    [
      'that is greater, like before, without a destroyed machine',
      count(4, m1, machine('m9', { state: 'destroyed' })),
      count(4, m1),
      undefined,
    ],
    [
      'of destroyed machines that it counts',
      count(1, m1),
      count(2, m1, machine('m9', { state: 'destroyed' })),
      undefined,
    ],
  ])('%s', async (_name, before, after, incomplete) =>
    expect((await observe(before, after)).first.incomplete).toEqual(incomplete),
  );
});

test('a machine that was destroyed between the list and the count before the deploy is not missing after the deploy', async () => {
  const { api, asked } = fly({
    '/machines': (nth: number) => (nth === 0 ? [m1, m2] : [m1]),
    '': { machine_count: 1 },
  });
  const before = await readBaseline(api, fakeClock(0));
  expect([before.list.length, before.count, asked.length]).toEqual([1, 1, 4]);
  const observer = new Observer({ api, clock: fakeClock(0) }, before, () => true);
  expect((await observer.observe()).incomplete).toBeUndefined();
});

test.each<[string, unknown, object[], number]>([
  ['the app has no count', undefined, [m1], 1],
  ['the count is that of all machines', 2, [m1, machine('m9', { state: 'destroyed' })], 1],
  ['the count is that of machines that are not destroyed', 1, [m1, machine('m9', { state: 'destroyed' })], 1],
  ['the count is another one', 3, [m1, machine('m9', { state: 'destroyed' })], 2],
])(
  'before a deploy, if %s, the list is read as often as expected',
  async (_name, machine_count, machines, times) => {
    const { api, asked } = fly({ '/machines': machines, '': { machine_count } });
    await readBaseline(api, fakeClock(0));
    expect(asked.filter((path) => path === '/machines')).toHaveLength(times);
  },
);

describe('the newest release before a deploy', () => {
  const releases = (...versions: number[]) => releasesJson(...versions.map((version) => ({ version })));
  test.each<[string, Answers, number | undefined, boolean]>([
    ['is not requested if the list is complete', list(m1), undefined, true],
    ['is requested if the app counts more', { '/machines': [], '': { machine_count: 2 } }, 7, true],
    ['is requested if the app has no count', { '/machines': [m1], '': {} }, 7, true],
  ])('%s', async (_name, answers, newest, knows) => {
    const { api } = fly({ ...answers, '/graphql': releases(6, 7) });
    const baseline = await readBaseline(api, fakeClock(0));
    expect([baseline.newestRelease, knowsReleases(baseline)]).toEqual([newest, knows]);
  });

  test('is 0 if there is none, and unknown if Fly.io does not report it', async () => {
    const answers = { '/machines': [], '': { machine_count: 2 } };
    const none = await readBaseline(fly({ ...answers, '/graphql': releases() }).api, fakeClock(0));
    expect([none.newestRelease, knowsReleases(none)]).toEqual([0, true]);
    const untold = await readBaseline(fly({ ...answers, '/graphql': { errors: [] } }).api, fakeClock(0));
    expect([untold.newestRelease, knowsReleases(untold)]).toEqual([undefined, false]);
  });
});

describe('a machine without a digest', () => {
  test.each(['unreachable', 'unknown', 'ok'])(
    'is requested by its ID up to three times, a second apart, on a host that is %s',
    async (host) => {
      const { first, asked, clock } = await observe(list(m1, m2), {
        ...list(m1, blank('m2', host)),
        '/machines/m2': blank('m2', host),
      });
      expect(first.machines[1]).toMatchObject({ id: 'm2', digest: undefined, host });
      expect([asked.filter((path) => path === '/machines/m2').length, clock.now()]).toEqual([3, 2000]);
    },
  );

  test('stays as it is listed if Fly.io does not have it', async () => {
    const { first } = await observe(list(m1, m2), list(m1, blank('m2', 'ok')));
    expect(first.machines.map(({ id, digest }) => [id, digest])).toEqual([
      ['m1', digestOf('b')],
      ['m2', undefined],
    ]);
  });

  test('is not requested if it has containers', async () => {
    const config = {
      image: 'x',
      metadata: { fly_platform_version: 'v2' },
      containers: [{ name: 'app', image: 'x' }],
    };
    const contained = machine('m2', { image_ref: {}, config });
    const { asked } = await observe(list(m1, m2), { ...list(m1, contained), '/machines/m2': contained });
    expect(asked).not.toContain('/machines/m2');
  });

  test('gets it from any of these answers', async () => {
    const { first } = await observe(list(m1, m2), {
      ...list(m1, blank('m2', 'ok')),
      '/machines/m2': (nth: number) => (nth === 0 ? blank('m2', 'ok') : m2),
    });
    expect(first.machines[1]?.digest).toBe(digestOf('b'));
  });

  test('is not requested if the deploy leaves it out', async () => {
    const after = { ...list(m1, blank('m2', 'ok')), '/machines/m2': m2 };
    const { asked } = await observe(list(m1, m2), after, (id) => id !== 'm2');
    expect(asked).not.toContain('/machines/m2');
  });
});

test('at most eight machines are requested at the same time', async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `m${n}`);
  const answers = Object.fromEntries(ids.map((id) => [`/machines/${id}`, machine(id)]));
  const all = list(...ids.map((id) => machine(id)));
  for (const machines of [[], ids.map((id) => blank(id, 'ok'))]) {
    const { api, open } = fly({ ...answers, '/machines': machines, '': { machine_count: 20 } });
    const clock = fakeClock(0);
    const before = await readBaseline(fly(all).api, clock);
    const observer = new Observer({ api, clock }, before, () => true);
    await observer.observe();
    expect(open.most).toBe(8);
  }
});

test('an observation has the time of its list, not of later requests', async () => {
  const after = { ...list(blank('m1', 'ok')), '/machines/m1': blank('m1', 'ok') };
  const { first, clock } = await observe(list(m1), after);
  expect([first.at, clock.now()]).toEqual([0, 2000]);
});

test('an observation has the time of Fly.io’s clock', async () =>
  expect((await observe(list(m1), list(m1))).first.date).toBe(Date.parse(date)));

test.each([
  ['an object', {}, 'machines-list-invalid'],
  ['one page of a list', { machines: [m1], next_cursor: 'x' }, 'machines-list-paged'],
  ['no JSON', 'upstream connect error', 'machines-list-invalid'],
  ['nothing', '', 'machines-list-invalid'],
  ['null', 'null', 'machines-list-invalid'],
  ['a machine without an ID', [m1, {}], 'machines-list-invalid'],
  ['null instead of a machine', [m1, null], 'machines-list-invalid'],
])('refuses an answer of 200 with %s as a list', async (_name, answer, code) => {
  const { code: found } = await rejectedBy(readBaseline(fly({ '/machines': answer }).api, fakeClock(0)));
  expect(found).toBe(code);
});

test('recognizes the machines that deploys do not manage', async () => {
  const release = { fly_platform_version: 'v2', fly_process_group: 'fly_app_release_command' };
  const { list: read } = await readBaseline(
    fly(
      list(
        m1,
        machine('run', { config: { metadata: {} } }),
        machine('temporary', { config: { metadata: release } }),
        machine('gone', { state: 'destroyed' }),
      ),
    ).api,
    fakeClock(0),
  );
  expect(read.machines.map(({ id }) => id)).toEqual(['m1']);
  expect(read.unmanaged.map(({ id }) => id)).toEqual(['run']);
  expect([read.length, read.alive]).toEqual([4, 3]);
});

test.each([
  ['the app counts as many', { machine_count: 2 }, true],
  ['the app counts fewer, because temporary machines might not count', { machine_count: 1 }, true],
  ['the app has no count', {}, true],
  ['the app counts more', { machine_count: 3 }, false],
])('a list is complete if %s: %s', async (_name, app, whole) => {
  const baseline = await readBaseline(fly({ '/machines': [m1, m2], '': app }).api, fakeClock(0));
  expect(isWhole(baseline)).toBe(whole);
});
