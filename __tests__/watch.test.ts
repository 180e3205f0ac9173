import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../src/fly/machine.ts';
import type { Answer } from '../src/lib/http.ts';
import { HttpError } from '../src/lib/http-error.ts';
import { UserError } from '../src/lib/user-error.ts';
import { shortDigest } from '../src/registry/reference.ts';
import { compare, type Expectation, isFine } from '../src/verify/compare.ts';
import { HealthMonitor } from '../src/verify/health.ts';
import type { Observation } from '../src/verify/observe.ts';
import { watch } from '../src/verify/watch.ts';
import { fakeClock } from './clock.ts';
import { lineWith, textWith } from './errors.ts';
import { digestOf, makeEvent, makeExit, makeMachine } from './factories.ts';

const [index, child, old] = [digestOf('a'), digestOf('b'), digestOf('c')];
/** A machine before and after the deploy. */
const was = (id = 'm1') =>
  makeMachine({
    id,
    digest: old,
    image: 'ghcr.io/o/r:old',
    instanceId: 'i1',
    releaseVersion: '6',
    events: [makeEvent('start', -100)],
  });
const is = (changes: Partial<Machine> = {}) =>
  makeMachine({ instanceId: 'i2', releaseVersion: '7', ...changes });
const check = (status: string) => [{ name: 'http', status, output: '' }];

/** The app's answers to requests: a status, or `refused` if it cannot be reached. */
type Reply = number | 'refused';

interface Play {
  readonly settleTime?: number;
  readonly healthTimeout?: number;
  readonly expected?: Partial<Expectation>;
  readonly replies?: readonly Reply[];
  /** Whether Fly.io's answers have a `Date` header. */
  readonly dated?: boolean;
}

type Look = readonly Machine[] | Partial<Observation> | UserError;

const isList = (look: Look): look is readonly Machine[] => Array.isArray(look);

/** Runs checks of these machines, repeating the last one, on a separate clock that starts at 0. */
async function play(
  looks: readonly Look[],
  { settleTime = 20_000, replies, dated = true, ...rest }: Play = {},
) {
  const clock = fakeClock(0);
  const expected: Expectation = {
    app: 'test-battle',
    of: () => ({ digest: index, digests: [index, child] }),
    release: () => ({ id: undefined, version: '7' }),
    scope: () => true,
    before: [was(), was('m2'), was('m3')],
    ...rest.expected,
  };
  const healthTimeout = rest.healthTimeout ?? 9000;
  const [at, asked, lines]: [number[], number[], string[]] = [[], [], []];
  const http = async (): Promise<Answer> => {
    const reply = replies?.[Math.min(asked.length, replies.length - 1)] ?? 200;
    asked.push(clock.now());
    if (reply === 'refused') throw new HttpError('https://a.example/', 'unconnected', 'connect ECONNREFUSED');
    return { url: 'https://a.example/', status: reply, headers: new Headers(), body: Buffer.from('') };
  };
  const health =
    replies &&
    new HealthMonitor(
      { url: 'https://a.example/', status: undefined, body: undefined, timeout: healthTimeout },
      { http, clock },
    );
  let n = 0;
  const result = await watch(
    expected,
    { settleTime, healthTimeout },
    {
      observe: async () => {
        at.push(clock.now());
        const look = looks[Math.min(n++, looks.length - 1)] ?? [];
        if (look instanceof UserError) throw look;
        const date = dated ? clock.now() : undefined;
        const rest = isList(look) ? { machines: look } : look;
        return { machines: [], incomplete: undefined, at: clock.now(), date, ...rest };
      },
      clock,
      log: { line: (text) => void lines.push(text) },
      seen: () => {},
      health,
    },
  ).then(
    (watched) => ({ ...watched, error: undefined }),
    (error: UserError) => ({ machines: undefined, answers: undefined, error }),
  );
  return { ...result, at, asked, lines, ended: clock.now() };
}

const [good, bad] = [[is()], [was()]];

describe('until the machines have settled', () => {
  test('they are checked every few seconds', async () => {
    const { machines, at, lines } = await play([good]);
    expect([machines?.length, at]).toEqual([1, [0, 3000, 6000, 9000, 12_000, 15_000, 18_000, 20_000]]);
    expect(lines).toEqual([
      textWith('1 of 1'),
      textWith('20.0 s', 'm1 in fra', '0 ms of 20.0 s'),
      textWith('1 of 1', '11.0 s left', '10.0 s'),
    ]);
  });

  test('thousands of them are checked less often, and for the last time at the same moment', async () => {
    const of = (count: number) => Array.from({ length: count }, (_, n) => is({ id: `m${n}` }));
    const expected = { before: Array.from({ length: 3000 }, (_, n) => was(`m${n}`)) };
    const at = async (count: number) => (await play([of(count)], { expected })).at;
    expect(await at(1000)).toEqual([0, 3000, 6000, 9000, 12_000, 15_000, 18_000, 20_000]);
    expect(await at(3000)).toEqual([0, 6000, 12_000, 18_000, 20_000]);
  });

  test('they are checked twice even without a settle time', async () => {
    const { at, lines } = await play([good], { settleTime: 0 });
    expect(at).toEqual([0, 0]);
    expect(lines).toEqual([textWith('First check', '1 of 1')]);
  });

  test('the log names the first check, the next ones, and the last one', async () => {
    const { lines } = await play([bad, good, [is({ state: 'stopping' })], good]);
    expect(lines.filter((line) => /check/i.test(line))).toEqual([
      textWith('First check', '0 of 1'),
      textWith('Checking again', '1 of 1'),
      textWith('Last check', '0 of 1'),
      textWith('Last check', '1 of 1'),
    ]);
  });

  test('the log shows that Fly.io has not listed them yet', async () => {
    const outage = new UserError({ code: 'fly-unavailable', found: 'no', expected: 'a list', fix: 'wait' });
    const { lines } = await play([...Array(9).fill(outage), good], { healthTimeout: 30_000 });
    expect(lines[0]).toEqual(lineWith('the machines: not listed yet after 10.0 s'));
  });

  test('the log shows what is missing, and for how long', async () => {
    const { lines } = await play([good], { replies: [503] });
    expect(lines).toContainEqual(lineWith('1 of 1', 'it answered 503, 11.0 s left after 10.0 s'));
  });

  test('the time before flyctl exits counts', async () => {
    // Its first start was 12 s before the first check, followed by other starts and stops.
    const events = [makeEvent('start', -2000), makeEvent('stop', -4000), makeEvent('start', -12_000)];
    const machine = is({ events: [...events, makeEvent('launch', -13_000), makeEvent('update', -14_000)] });
    const before = [{ ...was(), events: [makeEvent('start', -900_000)] }];
    const { at, lines } = await play([[machine]], { expected: { before } });
    expect(at).toEqual([0, 3000, 6000, 8000]);
    expect(lines[1]).toEqual(textWith('8.0 s', 'm1 in fra', '12.0 s of 20.0 s'));
  });

  test('events from before the deploy do not make a version older', async () => {
    const events = [makeEvent('launch', -3_600_000)];
    const before = [{ ...was(), events }];
    expect((await play([[is({ events })]], { expected: { before } })).at.at(-1)).toBe(20_000);
  });

  test('a rolling deploy waits only for the last machine', async () => {
    const machine = (id: string, updated: number) => is({ id, events: [makeEvent('update', updated)] });
    const before = ['m1', 'm2', 'm3'].map((id) => ({ ...was(id), events: [] }));
    const fleet = [machine('m1', -90_000), machine('m2', -50_000), machine('m3', -15_000)];
    const { at, lines } = await play([fleet], { expected: { before } });
    expect(at).toEqual([0, 3000, 5000]);
    expect(lines[1]).toEqual(textWith('5.0 s', 'm3 in fra'));
  });

  test('wrong times from Fly.io do not make the wait longer than the settle time', async () => {
    const ahead = is({ events: [makeEvent('update', 3_600_000)] });
    expect((await play([[ahead]])).at.at(-1)).toBe(20_000);
    const dateless = is({ events: [makeEvent('update', -50)] });
    expect((await play([[dateless]], { dated: false })).at.at(-1)).toBe(20_000);
  });

  test('wrong times from Fly.io do not make a version older than the deploy', async () => {
    // By its event or the date of the answer, the update was an hour ago, but the deploy began 5 s ago.
    const old = is({ events: [makeEvent('update', -3_600_000)] });
    const before = [{ ...was(), events: [] }];
    expect((await play([[old]], { expected: { before, beforeAt: -5000 } })).at.at(-1)).toBe(15_000);
    const recent = is({ events: [makeEvent('update', -50)] });
    const late: Look = { machines: [recent], date: 3_600_000 };
    expect((await play([late], { expected: { before, beforeAt: -5000 } })).at.at(-1)).toBe(15_000);
  });

  test('a machine that first starts later settles from then on', async () => {
    const stopped = is({ state: 'stopped', events: [makeEvent('update', -50)] });
    const started = is({ events: [makeEvent('start', 8000), makeEvent('update', -50)] });
    const { at } = await play([[stopped], [stopped], [stopped], [started]]);
    // Fly.io is asked at most every 1.5 s, so the last check is slightly after 28 s.
    expect(at.at(-1)).toBe(28_500);
  });

  test('an added machine gets its own settle time', async () => {
    const added = is({ id: 'm9', events: [makeEvent('launch', 8500)] });
    const { machines, at } = await play([good, good, good, [is(), added]]);
    expect([machines?.length, at.at(-1)]).toEqual([2, 28_500]);
  });

  test('the wait ends even if machines are added again and again', async () => {
    let n = 0;
    const looks = Array.from({ length: 200 }, () => {
      n += 3;
      return [is(), is({ id: `m${n}`, events: [makeEvent('launch', n * 1000)] })];
    });
    // 19.5 s of settling end twice as late, and 15 s, at the moment of a check, which is not too late.
    const { error, ended } = await play([good, ...looks], { settleTime: 19_500 });
    expect(error).toMatchObject({ code: 'machines-unsettled', input: 'settle-time' });
    expect(ended).toBe(57_000);
    expect(error?.found).toEqual(textWith('57.0 s of settling'));
  });

  test('a machine that gets the image slightly later settles from then on', async () => {
    const { machines, at } = await play([bad, bad, good]);
    expect([machines?.length, at.slice(0, 4), at.at(-1)]).toEqual([1, [0, 1500, 3000, 6000], 23_000]);
  });
});

describe('a machine fails', () => {
  test('immediately when it is reverted, naming the revert', async () => {
    const reverted = { ...was(), instanceId: 'i3', events: [makeEvent('revert', 5, { status: 'replaced' })] };
    const { error, ended } = await play([good, good, [reverted]]);
    expect(ended).toBe(6000);
    expect(error).toMatchObject({
      code: 'machines-reverted',
      found: textWith('1 of 1', '6.0 s', 'm1 in fra', 'started', shortDigest(old), 'flyd', 'replaced'),
      expected: textWith(shortDigest(index), shortDigest(child), 'v7'),
    });
  });

  test('immediately, however many others are healthy', async () => {
    const reverted = { ...was('m2'), events: [makeEvent('revert', 5)] };
    const { error, ended } = await play([
      [is(), is({ id: 'm2' })],
      [is(), reverted],
    ]);
    expect([error?.code, ended]).toEqual(['machines-reverted', 3000]);
  });

  test.each([
    ['its process ends', [makeExit(5, 1)]],
    ['it runs out of memory', [makeExit(5, 137, { outOfMemory: true })]],
  ])('immediately when %s', async (_name, events) => {
    const { error, ended } = await play([good, [is({ events })]]);
    expect([error?.code, ended]).toEqual(['machines-unhealthy', 3000]);
    expect((await play([[is({ events })]])).at).toEqual([0]);
  });

  test.each([
    ['another version', { instanceId: 'i3' }],
    ['another release', { releaseVersion: '7', releaseId: 'r9' }],
  ])('immediately when it gets %s after it was verified', async (_name, changes) => {
    const { error, ended } = await play([good, [is(changes)]]);
    expect([error?.code, ended]).toEqual(['machines-changed', 3000]);
  });

  test('at the end of the settle time if it never gets the image', async () => {
    const other = is({ id: 'm2' });
    const { error, at } = await play([[...bad, other]], { settleTime: 5000 });
    expect(at).toEqual([0, 1500, 3000, 4500]);
    expect(error).toMatchObject({
      code: 'machines-other-image',
      found: textWith('1 of 2', 'm1 in fra', 'started', shortDigest(old), 'ghcr.io/o/r:old', 'v6'),
    });
  });

  test('if it had the image before and this deploy did not update it', async () => {
    const same = { ...was(), digest: child };
    const { error, ended } = await play([[same, is({ id: 'm2' })]], { settleTime: 3000 });
    // The only wait is for a list that is slightly behind.
    expect(ended).toBeLessThanOrEqual(3000);
    expect(error).toMatchObject({ code: 'machines-not-updated', found: textWith('1 of 2', 'm1', 'v6') });
  });

  test('if flyctl did not change any machine', async () => {
    const same = { ...was(), digest: child };
    const { error } = await play([[same]], { expected: { before: [same], release: () => undefined } });
    expect(error?.code).toBe('deploy-changed-nothing');
  });

  test('after `health-timeout` if its check never passes', async () => {
    const critical = [is({ checks: check('critical') })];
    const { machines, at } = await play([critical, critical, good], { settleTime: 0 });
    expect([machines?.length, at]).toEqual([1, [0, 1500, 3000, 3000]]);
    const never = await play([critical], { settleTime: 0 });
    expect(never.at.at(-1)).toBeLessThanOrEqual(9000);
    expect(never.at.length).toBeGreaterThan(5);
    expect(never.error).toMatchObject({ code: 'machines-unhealthy', found: textWith('http', 'critical') });
  });

  test('slightly after the settle time if its check becomes critical and stays critical', async () => {
    const patience = { healthTimeout: 60_000 };
    const { error, ended } = await play([good, [is({ checks: check('critical') })]], patience);
    expect(error).toMatchObject({ code: 'machines-unhealthy', found: textWith('http', 'critical') });
    expect(ended).toBeGreaterThan(20_000);
    expect(ended).toBeLessThan(40_000);
  });

  test('within the time for health and updates, however long the settle time is', async () => {
    const bake = { settleTime: 3_600_000, healthTimeout: 120_000 };
    const never = await play([bad], bake);
    expect([never.error?.code, never.ended <= 60_000]).toEqual(['deploy-changed-nothing', true]);
    const turned = await play([good, [is({ checks: check('critical') })]], bake);
    expect([turned.error?.code, turned.ended <= 130_000]).toEqual(['machines-unhealthy', true]);
    const lost: Look = { machines: good, incomplete: { kind: 'lost', ids: ['m7'] } };
    const gone = await play([good, lost], bake);
    expect([gone.error?.code, gone.ended <= 130_000]).toEqual(['machines-lost', true]);
    const flapping = Array.from({ length: 80 }, (_, n) => (n % 2 === 0 ? good : [is({ state: 'stopping' })]));
    expect((await play([...flapping, good], { ...bake, settleTime: 600_000 })).machines).toHaveLength(1);
  });

  test.each<[string, Play, number]>([
    // It becomes critical at 3 s.
    [
      '`health-timeout` after it became unhealthy',
      { settleTime: 3_600_000, healthTimeout: 120_000 },
      123_000,
    ],
    ['the time for updates, if that is longer', { settleTime: 3_600_000, healthTimeout: 9000 }, 63_000],
    ['15 s after the settle time', { settleTime: 20_000, healthTimeout: 60_000 }, 35_000],
  ])('at %s', async (_name, patience, end) => {
    const { error, ended } = await play([good, [is({ checks: check('critical') })]], patience);
    expect([error?.code, ended]).toEqual(['machines-unhealthy', end]);
  });

  test('slightly after the settle time if it was added and does not run the image', async () => {
    const { error, ended } = await play([good, [is(), was('m2')]], { healthTimeout: 60_000 });
    expect([error?.code, ended]).toEqual(['machines-other-image', 21_500]);
    // One that is only late does not get more time for one that does not run it.
    const both = [is({ checks: check('critical') }), was('m2')];
    expect((await play([good, both], { healthTimeout: 60_000 })).ended).toBe(21_500);
  });

  test('at the last moment of the settle time', async () => {
    expect((await play([bad], { settleTime: 4500 })).at).toEqual([0, 1500, 3000, 4500]);
    expect((await play([bad], { settleTime: 4499 })).at).toEqual([0, 1500, 3000]);
    // Its health has more time, but not what it runs.
    expect((await play([bad], { settleTime: 4500, healthTimeout: 60_000 })).ended).toBe(4500);
  });

  test('naming how long it has settled, without the time it took to get there', async () => {
    const reverted = [{ ...was(), events: [makeEvent('revert', 5, { status: 'x' })] }];
    const { error, ended } = await play([bad, bad, good, good, reverted]);
    expect([ended, error?.found]).toEqual([9000, textWith('after 6.0 s of settling')]);
  });

  test('but not while it is briefly in transition', async () => {
    const { machines } = await play([good, [is({ state: 'replacing' })], good]);
    expect(machines).toHaveLength(1);
  });

  test('if it has a later release than the deploy’s, from another deploy', async () => {
    const { error, ended } = await play([good, [is({ releaseVersion: '8', instanceId: 'i3' })]]);
    expect(ended).toBe(3000);
    expect(error).toMatchObject({
      code: 'machines-superseded',
      found: textWith('v8'),
      fix: textWith('concurrency:\n'),
    });
  });

  test.each([
    ['unreachable', 'machines-unreachable'],
    ['ok', 'machines-digest-unknown'],
  ])('if what it runs is unknown, on a host that is %s', async (host, code) => {
    const { error, at } = await play([[is(), is({ id: 'm2', region: 'sin', digest: undefined, host })]]);
    expect(at).toEqual([0]);
    expect(error).toMatchObject({ code, found: textWith('m2 in sin') });
    expect(error?.found).not.toContain('m1');
  });

  test('as unknown if the others are only in transition', async () => {
    const unknown = is({ id: 'm2', digest: undefined, host: 'unreachable' });
    const { error } = await play([[is({ checks: check('critical') }), unknown]]);
    expect(error).toMatchObject({
      code: 'machines-unreachable',
      found: textWith('1 of 2', 'm2'),
      fix: textWith('fly machine status m2'),
    });
    const failed = await play([[is({ events: [makeExit(5, 1)] }), unknown]]);
    expect(failed.error?.code).toBe('machines-unhealthy');
  });

  test('because of its image if it runs another one, whatever else is wrong', async () => {
    const [exited, critical] = [{ events: [makeExit(5, 1)] }, { checks: check('critical') }];
    for (const changes of [exited, critical]) {
      const { error } = await play([[is({ digest: old, ...changes })]], { settleTime: 0 });
      expect(error?.code).toBe('machines-other-image');
    }
  });

  test('if none of its containers runs the image', async () => {
    const containers = [{ name: 'app', image: 'ghcr.io/o/r:v1' }];
    const { error } = await play([[is({ containers })]]);
    expect(error).toMatchObject({
      code: 'containers-unverifiable',
      found: textWith('m1 in fra', 'ghcr.io/o/r:v1', 'app'),
    });
  });
});

describe('a list of machines', () => {
  test.each<[string, Partial<Observation>, string, string]>([
    ['that lacks a machine', { incomplete: { kind: 'lost', ids: ['m7', 'm8'] } }, 'machines-lost', 'm7, m8'],
    ['that is too short', { incomplete: { kind: 'fewer', missing: 2 } }, 'machines-list-incomplete', '2'],
  ])('%s is requested again, and does not verify the deploy', async (_name, changes, code, fact) => {
    const { error, at } = await play([{ machines: good, ...changes }], { settleTime: 0 });
    expect(at.length).toBeGreaterThan(1);
    expect(error).toMatchObject({ code, found: textWith(fact) });
    for (const settleTime of [0, 20_000])
      expect((await play([good, { machines: good, ...changes }], { settleTime })).error?.code).toBe(code);
    const passing = await play([{ machines: good, ...changes }, good]);
    expect(passing.machines).toHaveLength(1);
    expect((await play([good, { machines: good, ...changes }, good])).machines).toHaveLength(1);
  });

  test('that cannot be compared with the app’s count is requested until the time is over, and then fails', async () => {
    const uncounted = { machines: good, incomplete: { kind: 'uncounted' } as const };
    for (const settleTime of [0, 20_000]) {
      const { error, ended } = await play([uncounted], { settleTime });
      expect(error?.code).toBe('machines-count-unknown');
      expect(ended).toBeGreaterThanOrEqual(7500);
      expect((await play([good, uncounted], { settleTime })).error?.code).toBe('machines-count-unknown');
      const patient = await play([good, uncounted], { settleTime, healthTimeout: 60_000 });
      expect([patient.error?.code, patient.ended]).toEqual([
        'machines-count-unknown',
        settleTime === 0 ? 60_000 : 63_500,
      ]);
      expect(
        (await play([good, uncounted, uncounted, uncounted, good], { settleTime })).machines,
      ).toHaveLength(1);
      expect((await play([uncounted, uncounted, uncounted, good], { settleTime })).machines).toHaveLength(1);
    }
  });

  test('without the app’s count still fails immediately for a wrong machine', async () => {
    const reverted = is({ events: [makeEvent('revert', 5)] });
    const { error, ended } = await play([{ machines: [reverted], incomplete: { kind: 'uncounted' } }]);
    expect([error?.code, ended]).toEqual(['machines-reverted', 0]);
  });

  test('without a machine fails, without the patience with health checks', async () => {
    const { error, at } = await play([[]], { settleTime: 0 });
    expect([error?.code, at]).toEqual(['machines-none', [0]]);
    expect((await play([[]], { settleTime: 3000, healthTimeout: 60_000 })).ended).toBe(3000);
  });

  test('that becomes empty fails after `health-timeout`', async () => {
    const { error, ended } = await play([good, []], { settleTime: 5000 });
    expect([error?.code, ended]).toEqual(['machines-none', 12_000]);
  });

  test('that is incomplete is requested twice more, whatever the settle time is', async () => {
    const lost: Look = { machines: bad, incomplete: { kind: 'lost', ids: ['m7'] } };
    const { error, at } = await play([lost], { settleTime: 0 });
    expect([error?.code, at]).toEqual(['machines-lost', [0, 1500, 3000]]);
  });

  test.each(['fly-unreachable', 'fly-unavailable', 'fly-rate-limited'] as const)(
    'that fails with %s is requested until the time is over',
    async (code) => {
      const outage = new UserError({ code, found: 'no', expected: 'a list', fix: 'wait' });
      expect((await play([outage, outage, good])).machines).toHaveLength(1);
      expect((await play([good, outage, good])).machines).toHaveLength(1);
      const never = await play([outage]);
      expect([never.error?.code, never.ended]).toEqual([code, 9000]);
    },
  );

  test('that is refused fails immediately', async () => {
    const denied = new UserError({ code: 'fly-unauthorized', found: 'no', expected: 'a list', fix: 'it' });
    expect(await play([denied])).toMatchObject({ error: denied, ended: 0 });
  });
});

test('machines that flags exclude neither count nor hurt', async () => {
  const fleet = [is(), { ...was('m2'), region: 'sin' }];
  const scope = ({ region }: Machine) => region === 'fra';
  const { machines, lines } = await play([fleet], { settleTime: 0, expected: { scope } });
  expect(machines?.map((machine) => [machine.excluded, isFine(machine)])).toEqual([
    [false, true],
    [true, true],
  ]);
  expect(lines).toContainEqual(textWith('1 of 1', '1 excluded'));
  const none = await play([fleet], { settleTime: 0, expected: { scope: () => false } });
  expect(none.error).toMatchObject({
    code: 'machines-none',
    found: textWith('excludes all 2 machines'),
    fix: textWith('`--exclude-regions`', 'fly machine list -a test-battle'),
  });
});

test('names twenty machines of a large fleet', async () => {
  const fleet = Array.from({ length: 300 }, (_, n) => is({ id: `x${n}`, digest: old }));
  const { error } = await play([fleet], { settleTime: 0 });
  expect(error?.found).toEqual(textWith('300 of 300', 'x0 ', 'x19 ', 280));
  expect(error?.found.match(/\bx\d+ in /g)).toHaveLength(20);
});

test('only the image counts if nothing was deployed', () => {
  const crashed = { ...was(), digest: child, events: [makeExit(5, 1)] };
  const expected = {
    app: 'test-battle',
    of: () => ({ digest: index, digests: [index, child] }),
    release: () => undefined,
    scope: () => true,
    before: undefined,
  };
  expect(compare([crashed], expected).map(isFine)).toEqual([true]);
});

describe('the app', () => {
  test('is requested while the machines settle, and immediately before their last check', async () => {
    const { asked, at, answers, lines } = await play([good], { replies: [200] });
    expect(asked).toEqual(at.slice(1));
    expect(answers).toEqual(textWith('20.0 s', '7 answers', '0 failed', 'slowest 0 ms'));
    expect(lines.at(-1)).toEqual(textWith('https://a.example/', '7 answers'));
  });

  test('is counted from the first check that finds every machine healthy', async () => {
    const { answers, lines } = await play([bad, good], { replies: [200] });
    expect(answers).toEqual(textWith('20.0 s', '7 answers'));
    expect((await play([good])).lines.at(-1)).not.toContain('a.example');
    expect(lines.at(-1)).toContain(answers);
  });

  test('can start slowly', async () => {
    const { machines, ended, answers } = await play([good], { settleTime: 0, replies: [503, 503, 200] });
    expect([machines?.length, ended]).toEqual([1, 4000]);
    expect(answers).toEqual(textWith('3 answers', '0 failed'));
  });

  test('that never answers as expected fails when its time is over', async () => {
    const { error, ended } = await play([good], { settleTime: 0, replies: [503] });
    expect(error).toMatchObject({ code: 'health-failed', found: textWith('https://a.example/', '503') });
    expect(ended).toBeGreaterThanOrEqual(9000);
    expect(ended).toBeLessThan(12_000);
  });

  test('that gives three wrong answers in a row fails immediately', async () => {
    const { error, ended } = await play([good], { settleTime: 600_000, replies: [200, 500, 500, 200, 500] });
    expect([error?.code, ended]).toEqual(['health-failed', 21_000]);
  });

  test('that sometimes gives a wrong answer does not fail, and the answers are counted', async () => {
    const { answers } = await play([good], { replies: [200, 500, 500, 200, 500, 200] });
    expect(answers).toEqual(textWith('7 answers', '3 failed'));
  });

  test('is requested again if its last answer was wrong', async () => {
    const replies = [200, 200, 200, 200, 200, 200, 500, 200];
    const { machines, asked } = await play([good], { replies });
    expect([machines?.length, asked.length]).toEqual([1, 8]);
  });

  test('that cannot be reached does not end the wait early, and is inconclusive at the end', async () => {
    const { error, ended } = await play([good], { replies: ['refused'] });
    expect(error).toMatchObject({ code: 'health-unreachable', found: textWith('ECONNREFUSED') });
    expect(ended).toBeGreaterThanOrEqual(20_000);
    const later = await play([good], { replies: [200, 'refused', 'refused', 'refused', 'refused', 200] });
    expect(later.machines).toHaveLength(1);
  });

  test('that alternately fails and cannot be reached does not pass', async () => {
    const { error } = await play([good], { replies: [200, 500, 'refused', 500, 'refused', 500] });
    expect(error?.code).toBe('health-failed');
  });

  test('that cannot be reached does not hide a reverted machine', async () => {
    const reverted = { ...was(), events: [makeEvent('revert', 5)] };
    const { error } = await play([good, good, [reverted]], { replies: ['refused'] });
    expect(error?.code).toBe('machines-reverted');
  });
});
