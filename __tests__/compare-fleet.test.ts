import { describe, expect, test } from '@jest/globals';
import type { UserError } from '../src/lib/user-error.ts';
import { compareFleet } from '../src/verify/compare-fleet.ts';
import { Verifier } from '../src/verify/verifier.ts';
import { fakeClock } from './clock.ts';
import { lineWith, textWith } from './errors.ts';
import { digestOf, makeMachineJson } from './factories.ts';
import { type Answers, flyAnswers, releasesJson } from './fly-api.ts';

const [ours, theirs] = [digestOf('b'), digestOf('c')];
const tag = 'ghcr.io/owner/repo:old';
/** When each comparison begins. */
const begin = 1_000_000;

const good = makeMachineJson('m1', ours);
const bad = makeMachineJson('m2', theirs, {
  config: { image: 'ghcr.io/owner/repo@sha256:0', metadata: { fly_platform_version: 'v2' } },
});
const moved = makeMachineJson('m2', theirs);
const starting = makeMachineJson('m1', ours, { state: 'starting' });
const exited = { type: 'exit', timestamp: 2, request: { exit_event: { exit_code: 1 } } };
const crashed = makeMachineJson('m1', ours, {
  ...{ state: 'stopped', events: [exited, { type: 'start', timestamp: 1 }] },
});

interface Play {
  readonly answers?: Answers;
  readonly flags?: readonly string[];
  /** When patience ends, in milliseconds after the beginning. */
  readonly end?: number;
}

/**
 * Compares machines with the image.
 *
 * @param looks the lists of machines, or the statuses of the answer. The last one is repeated.
 */
async function compared(looks: readonly unknown[], { answers, flags = [], end = 20_000 }: Play = {}) {
  const clock = fakeClock(begin);
  const [lines, at]: [string[], number[]] = [[], []];
  const machines = (nth: number) => {
    at.push(clock.now() - begin);
    return looks[Math.min(nth, looks.length - 1)];
  };
  const one = looks.find(Array.isArray) as object[] | undefined;
  const { api, asked } = flyAnswers({
    '/machines': machines,
    '': { machine_count: one?.length ?? 0 },
    '/graphql': releasesJson({ version: 6, status: 'complete' }),
    ...answers,
  });
  const log = { line: (text: string) => void lines.push(text), debug: () => {} } as never;
  const never = () => Promise.reject(new Error('not used'));
  const verifier = new Verifier(
    { clock, log, random: () => 0.5, env: {}, fetch: never, runTest: never },
    {
      ...{ flags, deployTimeout: 0, settleTime: 0, healthTimeout: 0, verifyCommand: undefined },
      ...{ healthUrl: undefined, healthStatus: undefined, healthBody: undefined },
    },
    api,
    { digest: ours, digests: [ours], commit: undefined },
  );
  const result = await compareFleet({
    ...{ clock, log, api, verifier, tags: [tag], end: begin + end, patience: 20_000 },
    meant: { app: 'a', digest: ours, digests: [ours], line: 'select: commit:abc1234', isCurrent: false },
  }).catch((error: UserError) => ({ kind: 'thrown' as const, error }));
  const { kind } = result;
  const { drift, uncounted, fleet } = kind === 'compared' ? result : {};
  const error = kind === 'changed' ? undefined : result.error;
  const checks = verifier.journal.checks.kept;
  return { kind, drift, error, code: error?.code, uncounted, fleet, at, lines, asked, checks };
}

test('machines that all run the image are compared once', async () => {
  const { drift, code, uncounted, fleet, at, asked, checks, lines } = await compared([[good]]);
  expect({ drift, code, uncounted, at, machines: fleet?.length }).toEqual({
    ...{ drift: 'none', code: undefined, uncounted: false, at: [0], machines: 1 },
  });
  // Nobody is asked what else goes on.
  expect(asked).not.toContain('/graphql');
  expect(checks).toEqual([
    {
      ...{ at: begin, of: 'verify', machines: 1, healthy: 1, incomplete: undefined },
      words: expect.stringContaining('1 of 1'),
    },
  ]);
  expect(lines).toEqual([textWith('1 of 1')]);
});

describe('a difference', () => {
  test.each<[string, string, unknown[]]>([
    ['an image that differs', 'other-image', [bad]],
    ['one image that differs', 'mixed', [good, bad]],
    ['what the tag named before', 'moved-tag', [moved]],
    ['no machine', 'missing-machines', []],
  ])('is certain when two checks find it: %s', async (_name, drift, machines) => {
    const found = await compared([machines]);
    expect([found.drift, found.code, found.at]).toEqual([drift, `drift-${drift}`, [0, 1500]]);
    expect(found.checks).toHaveLength(2);
    // The second check found the same.
    expect(found.lines).toHaveLength(1);
  });

  test('can go away between them', async () => {
    const { drift, code, at, lines } = await compared([[bad], [good]]);
    expect([drift, code, at]).toEqual(['none', undefined, [0, 1500]]);
    expect(lines).toEqual([textWith('0 of 1'), textWith('1 of 1')]);
  });

  test('can become another one, which two checks have to find', async () => {
    const { drift, at } = await compared([[bad], [moved], [moved]]);
    expect([drift, at]).toEqual(['moved-tag', [0, 1500, 3000]]);
  });

  test('is reported by two checks even if patience is over', async () => {
    const { drift, at } = await compared([[bad]], { end: 0 });
    expect([drift, at]).toEqual(['other-image', [0, 1500]]);
  });

  test('of machines that `flags` exclude does not count', async () => {
    const there = { ...bad, region: 'sin' };
    const { code, checks } = await compared([[good, there]], { flags: ['--regions=fra'] });
    expect([code, checks[0]]).toEqual([undefined, expect.objectContaining({ machines: 1, healthy: 1 })]);
  });
});

describe('a machine that runs the image', () => {
  test('can become healthy', async () => {
    const { code, at } = await compared([[starting], [starting], [starting], [good]]);
    expect([code, at]).toEqual([undefined, [0, 1500, 3000, 4500]]);
  });

  test.each([
    [6000, 6000],
    [5999, 4500],
  ])('and stays unhealthy is reported when patience ends at %i', async (end, last) => {
    const { drift, code, at } = await compared([[starting]], { end });
    expect([drift, code, at.at(-1)]).toEqual(['none', 'machines-unhealthy', last]);
  });

  test('and has failed is reported by two checks', async () => {
    const { drift, code, at } = await compared([[crashed]]);
    expect([drift, code, at]).toEqual(['none', 'machines-unhealthy', [0, 1500]]);
  });

  test('beside one that has failed is not waited for', async () => {
    const { code, at } = await compared([[{ ...starting, id: 'm3' }, crashed]]);
    expect([code, at]).toEqual(['machines-unhealthy', [0, 1500]]);
  });
});

describe('a deploy in progress', () => {
  /** A release that flyctl works on until it was asked about so many times. */
  const busy = (times: number) => ({
    '/graphql': (nth: number) =>
      releasesJson({ version: 7, status: nth < times ? 'running' : 'complete', createdAt: undefined }),
  });

  test('is waited for, and then something else can be meant', async () => {
    const { kind, at, lines } = await compared([[bad]], { answers: busy(2) });
    expect([kind, at]).toEqual(['changed', [0, 5000, 10_000]]);
    expect(lines).toContainEqual(lineWith('in progress', 'release v7 is running'));
  });

  test('that gives the machines the image is enough', async () => {
    const { kind, code, at } = await compared([[bad], [good]], { answers: busy(9) });
    expect([kind, code, at]).toEqual(['compared', undefined, [0, 5000]]);
  });

  test.each([
    [10_000, 10_000],
    [9999, 5000],
  ])('that does not end is reported when patience ends at %i', async (end, last) => {
    const { kind, drift, error, at } = await compared([[bad]], { answers: busy(99), end });
    expect([kind, drift, at.at(-1)]).toEqual(['compared', 'busy', last]);
    expect(error).toMatchObject({
      code: 'drift-busy',
      found: textWith(`${last / 1000}.0 s`, 'v7'),
      fix: textWith('health-timeout: 40s'),
      input: 'health-timeout',
    });
  });

  test('is also one of which only a machine is known', async () => {
    const { kind, lines } = await compared([[{ ...bad, state: 'replacing' }], [bad]]);
    expect(kind).toBe('changed');
    expect(lines).toContainEqual(lineWith('in progress', 'machine m2 in fra is replacing'));
  });
});

describe('a list that lacks machines', () => {
  test('is a difference if the app counts more', async () => {
    const { drift, error, checks } = await compared([[good]], { answers: { '': { machine_count: 3 } } });
    expect([drift, error]).toEqual([
      'missing-machines',
      expect.objectContaining({ found: textWith('1 machine', 'counts 2 more') }),
    ]);
    expect(checks[0]).toMatchObject({ incomplete: 'fewer' });
  });

  test('is a difference if it had them before', async () => {
    const other = { ...bad, id: 'm3' };
    const { drift, checks } = await compared([[good, other], [good]], {
      answers: { '/machines/m3': other },
    });
    expect([drift, checks.map(({ incomplete }) => incomplete)]).toEqual([
      'missing-machines',
      [undefined, 'lost', 'lost'],
    ]);
  });

  test('is possible if the app does not count them, which is only reported', async () => {
    const { drift, code, uncounted } = await compared([[good]], { answers: { '': { name: 'a' } } });
    expect([drift, code, uncounted]).toEqual(['none', undefined, true]);
  });
});

describe('Fly.io', () => {
  test('can answer later', async () => {
    const { code, at } = await compared([503, 503, [good]]);
    expect([code, at]).toEqual([undefined, [0, 1500, 3000]]);
  });

  test('that does not answer in time is the error', async () => {
    const { kind, code, at } = await compared([503], { end: 3000 });
    expect([kind, code, at]).toEqual(['thrown', 'fly-unavailable', [0, 1500, 3000]]);
  });

  test('has to answer in time whether a deploy is in progress', async () => {
    const late = (nth: number) => (nth < 2 ? 503 : releasesJson());
    const found = await compared([[bad]], { answers: { '/graphql': late } });
    expect([found.code, found.at]).toEqual(['drift-other-image', [0, 4500]]);
    const never = await compared([[bad]], { answers: { '/graphql': 503 }, end: 3000 });
    expect([never.kind, never.code]).toEqual(['thrown', 'fly-unavailable']);
  });
});
