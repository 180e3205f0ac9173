import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../src/fly/machine.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { shortDigest } from '../src/registry/reference.ts';
import { type CheckedMachine, compare, type Expectation } from '../src/verify/compare.ts';
import {
  digestWords,
  incompleteList,
  listOf,
  notVerified,
  releaseUnknown,
  unhealthyFix,
  unknownRemedy,
  unsettled,
} from '../src/verify/errors.ts';
import { expectSentences, textWith } from './errors.ts';
import { digestOf, makeEvent, makeExit, makeMachine } from './factories.ts';

const [ours, theirs] = [digestOf('b'), digestOf('c')];
const [index, inner] = [digestOf('a'), digestOf('d')];
const release = { id: undefined, version: '7' };
const expected: Expectation = {
  app: 'test-battle',
  of: () => ({ digest: ours, digests: [ours] }),
  release: () => release,
  scope: () => true,
  before: ['m1', 'm2', 'm3'].map((id) =>
    makeMachine({ id, digest: theirs, instanceId: 'i1', releaseVersion: '6' }),
  ),
};

/** Machines after the deploy, by what is wrong with them. */
const states = {
  good: {},
  waiting: { state: 'starting' },
  critical: { checks: [{ name: 'http', status: 'critical', output: '' }] },
  crashed: { events: [makeExit(5, 1)] },
  late: { releaseVersion: '6' },
  untouched: { digest: theirs, instanceId: 'i1', releaseVersion: '6' },
  other: { digest: theirs },
  otherCrashed: { digest: theirs, events: [makeExit(5, 1)] },
  otherWaiting: { digest: theirs, state: 'starting' },
  otherCritical: { digest: theirs, checks: [{ name: 'http', status: 'critical', output: '' }] },
  superseded: { releaseVersion: '8' },
  reverted: { digest: theirs, events: [makeEvent('revert', 5)] },
  unreachable: { digest: undefined, host: 'unreachable' },
  blank: { digest: undefined },
  contained: { containers: [{ name: 'proxy', image: 'nginx:1' }] },
} as const satisfies Record<string, Partial<Machine>>;
type State = keyof typeof states | 'changed';

const fleetOf = (...names: State[]): CheckedMachine[] =>
  names.flatMap((name, n) => {
    const given = name === 'changed' ? {} : states[name];
    const machine = makeMachine({ id: `m${n + 1}`, instanceId: 'i2', releaseVersion: '7', ...given });
    const failure = { kind: 'changed', from: 'release v7', to: 'release v9' } as const;
    return compare([machine], expected).map((each) => (name === 'changed' ? { ...each, failure } : each));
  });

const errorOf = (machines: readonly CheckedMachine[], changes: Partial<Expectation> = {}) => {
  const error = notVerified(machines, { ...expected, ...changes }, 'after the deploy');
  expectSentences(error);
  return error;
};

describe('machines that are not verified', () => {
  // The code, how many machines the first line counts, and as what.
  test.each<[State[], ErrorCode, string]>([
    [['good', 'critical'], 'machines-unhealthy', '1 of 2 machines is unhealthy'],
    [['critical', 'critical'], 'machines-unhealthy', '2 of 2 machines are unhealthy'],
    [['critical'], 'machines-unhealthy', '1 of 1 machine is unhealthy'],
    [['good', 'waiting'], 'machines-unhealthy', '1 of 2 machines is unhealthy'],
    [['good', 'crashed'], 'machines-unhealthy', '1 of 2 machines is unhealthy'],
    [['late', 'crashed'], 'machines-unhealthy', '2 of 2 machines are unhealthy'],
    [['late', 'critical'], 'machines-unhealthy', '2 of 2 machines are unhealthy'],
    [['good', 'late'], 'machines-not-updated', 'This deploy did not update 1 of 2 machines'],
    [['late', 'late'], 'machines-not-updated', 'This deploy did not update 2 of 2 machines'],
    [['untouched'], 'deploy-changed-nothing', '1 of 1 machine does not run the image'],
    [['good', 'untouched'], 'machines-other-image', '1 of 2 machines does not run the image'],
    [['other', 'other', 'good'], 'machines-other-image', '2 of 3 machines do not run the image'],
    [['other', 'critical'], 'machines-unhealthy', '1 of 2 machines does not run the image'],
    [['other', 'late'], 'machines-other-image', '1 of 2 machines does not run the image'],
    // Nobody has to correct the app if another image fails.
    [['otherCrashed'], 'machines-other-image', '1 of 1 machine does not run the image'],
    [['otherWaiting'], 'machines-other-image', '1 of 1 machine does not run the image'],
    [['otherCritical'], 'machines-other-image', '1 of 1 machine does not run the image'],
    [['good', 'superseded'], 'machines-superseded', 'Another deploy changed 1 of 2 machines'],
    [['superseded', 'critical'], 'machines-superseded', '2 of 2 machines are unhealthy'],
    [['reverted', 'superseded'], 'machines-superseded', '1 of 2 machines does not run the image'],
    [['reverted', 'crashed'], 'machines-reverted', '1 of 2 machines does not run the image'],
    [['reverted', 'changed'], 'machines-reverted', '1 of 2 machines does not run the image'],
    [['changed', 'crashed'], 'machines-changed', '2 of 2 machines are unhealthy'],
    [['good', 'unreachable'], 'machines-unreachable', 'Could not verify 1 machine on unreachable hosts'],
    [['unreachable', 'unreachable'], 'machines-unreachable', 'Could not verify 2 machines on'],
    [['good', 'blank'], 'machines-digest-unknown', 'Could not verify 1 of 2 machines'],
    [['blank', 'unreachable'], 'machines-unreachable', 'Could not verify 2 of 2 machines'],
    [['contained'], 'containers-unverifiable', 'Could not verify 1 of 1 machine'],
    [['unreachable', 'contained'], 'containers-unverifiable', 'Could not verify 2 of 2 machines'],
    // What has not arrived yet does not matter beside a machine of which it will never be known.
    [['blank', 'late'], 'machines-digest-unknown', 'Could not verify 1 of 2 machines'],
    [['blank', 'critical'], 'machines-digest-unknown', 'Could not verify 1 of 2 machines'],
    [['blank', 'crashed'], 'machines-unhealthy', '2 of 2 machines are unhealthy'],
    [['blank', 'superseded'], 'machines-superseded', '2 of 2 machines are unhealthy'],
    [['blank', 'other'], 'machines-other-image', '1 of 2 machines does not run the image'],
  ])('%j: %s', (names, code, head) => {
    const error = errorOf(fleetOf(...names));
    expect([error.code, error.found.split('\n')[0]]).toEqual([code, textWith(head)]);
    expect(error.found).toContain(', after the deploy:\n');
  });

  test('that have the image and nothing to wait for are not listed', () => {
    const { found, fix } = errorOf(fleetOf('good', 'critical'));
    expect(found).toEqual(textWith('machine m2 in fra'));
    expect(found).not.toContain('m1');
    expect(fix).toEqual(textWith('-a test-battle -i m2', 'status m2 -a test-battle'));
  });

  test.each<[State[], string[]]>([
    [['superseded'], ['concurrency:\n', 'test-battle']],
    [['reverted'], ['logs -a test-battle -i m1']],
    [['changed'], ['machine status m1 -a test-battle']],
    [['untouched'], ['`flags`']],
    [['crashed'], ['logs -a test-battle -i m1']],
    [
      ['good', 'unreachable', 'blank'],
      ['status m2 -a test-battle', 'destroy --force m2 -a test-battle'],
    ],
    [['contained'], ['deploy-by: digest']],
    [
      ['good', 'late'],
      ['Deploy again', 'logs -a test-battle -i m2'],
    ],
    [
      ['good', 'other'],
      ['Deploy again', 'logs -a test-battle -i m2', 'concurrency:\n', 'test-battle'],
    ],
  ])('%j have a remedy with %j', (names, facts) =>
    expect(errorOf(fleetOf(...names)).fix).toEqual(textWith(...facts)),
  );

  test.each<[State[], string]>([
    [['untouched', 'reverted'], '-i m2'],
    [['untouched', 'changed'], 'status m2'],
    [['untouched', 'crashed'], '-i m2'],
    [['untouched', 'critical'], '-i m2'],
    [['late', 'critical'], '-i m2'],
    [['late', 'other'], '-i m2'],
    [['untouched', 'other'], '-i m1'],
  ])('%j: the remedy is about a machine that the error is about, %s', (names, fact) =>
    expect(errorOf(fleetOf(...names)).fix).toMatch(new RegExp(`${fact}[ \`]`)),
  );

  test('are compared with the image and the release that they should have', () => {
    expect(errorOf(fleetOf('other')).expected).toEqual(textWith(shortDigest(ours), 'release v7'));
    const unknown = errorOf(fleetOf('other'), { release: () => undefined }).expected;
    expect(unknown).toEqual(textWith('the release of this deploy'));
    // After a rollback, each machine has its own. The first one that is wrong shows them.
    const { expected: of } = errorOf(fleetOf('good', 'other'), {
      of: ({ id }) => (id === 'm2' ? { digest: index, digests: [index] } : { digest: ours, digests: [ours] }),
      release: ({ id }) => ({ id: undefined, version: id === 'm2' ? '5' : '7' }),
    });
    expect(of).toEqual(textWith(shortDigest(index), 'release v5'));
  });

  test('can be other machines than before, if these are unknown', () =>
    expect(errorOf(fleetOf('untouched'), { before: undefined }).code).toBe('machines-other-image'));

  test('are none if the deploy is for none', () =>
    expect(errorOf([])).toMatchObject({
      code: 'machines-none',
      found: textWith('after the deploy'),
      fix: textWith('fly machine list -a test-battle'),
    }));
});

describe('a bluegreen deploy that did not finish', () => {
  const fleet = (...machines: Partial<Machine>[]) =>
    compare(
      machines.map((changes) => makeMachine({ instanceId: 'i2', releaseVersion: '7', ...changes })),
      expected,
    );
  const old = { id: 'm1', digest: theirs, releaseVersion: '6', bluegreenTag: 'safe_to_destroy' };
  const fresh = { id: 'n1', bluegreenTag: '1700000000' };

  test('is the error if only its machines are wrong', () =>
    expect(errorOf(fleet(old, fresh))).toMatchObject({
      code: 'bluegreen-unfinished',
      fix: textWith('fly machine destroy --force -a test-battle m1'),
    }));

  test('is not the error of another machine that is wrong', () => {
    const late = { id: 'm3', group: 'worker', releaseVersion: '6' };
    expect(errorOf(fleet(old, fresh, late)).code).toBe('machines-other-image');
  });
});

describe('a line about a machine', () => {
  const line = (changes: Partial<CheckedMachine>) =>
    listOf(fleetOf('good').map((machine) => ({ ...machine, ...changes })));
  const image = 'ghcr.io/owner/repo:main-abc1234';

  test.each<[string, Partial<CheckedMachine>, string]>([
    ['names what it runs', {}, `${shortDigest(ours)} (${image})`],
    ['names only its digest without a reference', { image: '' }, shortDigest(ours)],
    ['without a digest', { digest: undefined }, `an image whose digest is not reported (${image})`],
    [
      'with containers',
      {
        containers: [
          { name: 'a', image: 'x:1' },
          { name: 'b', image: 'y:2' },
        ],
      },
      'x:1 (container a), y:2 (container b)',
    ],
    [
      'with a failure',
      { failure: { kind: 'out-of-memory' } },
      `${shortDigest(ours)} (${image}): its process was killed: out of memory`,
    ],
    [
      'with all that is wrong',
      {
        failure: { kind: 'exited', code: 3 },
        ...{ supersededBy: '8', unknown: 'no-digest', host: 'unreachable' },
        waitingFor: { kind: 'state', state: 'starting' },
      },
      `${shortDigest(ours)} (${image}): its process failed with exit code 3, it is in release v8 of another deploy, it is starting, Fly.io does not report the digest of its image, its host is unreachable`,
    ],
    [
      'on an unreachable host',
      { image: '', digest: undefined, unknown: 'unreachable-host' },
      'an image whose digest is not reported: Fly.io does not report its image',
    ],
    ['with unverified containers', { unknown: 'containers' }, 'none of its containers'],
  ])('%s', (_name, changes, words) => {
    expect(line(changes)).toMatch(/^\n {2}machine m1 in fra \(started\) runs /);
    expect(line(changes)).toContain(words);
  });

  test('follows the line of another', () => {
    const [a, b] = [fleetOf('good'), fleetOf('other')];
    expect(listOf([...a, ...b])).toBe(listOf(a) + listOf(b));
  });

  test('ends after what it runs if nothing is wrong', () =>
    expect(line({})).toBe(`\n  machine m1 in fra (started) runs ${shortDigest(ours)} (${image})`));

  test.each([
    [20, ''],
    [21, '\n  and 1 more'],
    [45, '\n  and 25 more'],
  ])('is written for twenty of %i', (count, rest) => {
    const fleet = Array.from({ length: count }, (_, n) => ({ ...fleetOf('good')[0], id: `x${n}` }));
    const lines = listOf(fleet as CheckedMachine[]);
    expect(lines.match(/machine x\d+ /g)).toHaveLength(20);
    expect(lines.endsWith(rest) && lines.includes('more') === (rest !== '')).toBe(true);
  });
});

test.each([
  [[ours], shortDigest(ours)],
  [[], shortDigest(ours)],
  [[ours, inner], `${shortDigest(ours)} (index) or ${shortDigest(inner)} (its linux/amd64 image)`],
  [[ours, index, inner], `${shortDigest(ours)} (index) or ${shortDigest(inner)} (its linux/amd64 image)`],
])('an image that machines can report as %j is named %s', (digests, words) =>
  expect(digestWords({ digest: ours, digests })).toBe(words),
);

describe('an incomplete list', () => {
  const of = (incomplete: Parameters<typeof incompleteList>[0]) => {
    const error = incompleteList(incomplete, fleetOf('good', 'good'), 'after the deploy');
    expectSentences(error);
    return error;
  };

  test('has fewer machines than the app counts', () =>
    expect(of({ kind: 'fewer', missing: 3 })).toMatchObject({
      code: 'machines-list-incomplete',
      found: textWith('2 machines', 'after the deploy', 'counts 3 more'),
    }));

  test('is possible if Fly.io no longer counts them', () =>
    expect(of({ kind: 'uncounted' })).toMatchObject({
      code: 'machines-count-unknown',
      found: textWith('2 machines', 'after the deploy'),
    }));

  test('lacks machines from before', () => {
    expect(of({ kind: 'lost', ids: ['x1'] })).toMatchObject({
      code: 'machines-lost',
      found: textWith('2 machines', 'after the deploy', 'x1 is missing'),
      fix: textWith('fly machine status x1`'),
    });
    expect(of({ kind: 'lost', ids: ['x1', 'x2'] }).found).toContain('x1, x2 are missing');
    const ids = (count: number) => Array.from({ length: count }, (_, n) => `x${n}`);
    expect(of({ kind: 'lost', ids: ids(20) }).found).toContain('x18, x19 are missing');
    expect(of({ kind: 'lost', ids: ids(23) }).found).toContain('x18, x19 and 3 more are missing');
  });
});

test('machines that are added again and again do not settle', () => {
  const [machine] = fleetOf('good');
  const settling = { machine: machine as CheckedMachine, left: 1000, age: 4000 };
  const error = unsettled(settling, 'after 50.0 s of settling');
  expectSentences(error);
  expect([error.code, error.input, error.found]).toEqual([
    'machines-unsettled',
    'settle-time',
    textWith('After 50.0 s of settling', 'm1 in fra', '4.0 s'),
  ]);
  expect(unsettled(undefined, 'now').found).toEqual(textWith('Now', 'no machine has settled'));
});

test('a release that nobody reports is unknown', () => {
  const error = releaseUnknown('test-battle');
  expectSentences(error);
  expect([error.code, error.input, error.found]).toEqual([
    'deploy-release-unknown',
    'flyctl-version',
    textWith('"test-battle"'),
  ]);
  expect(error.fix).toMatch(/flyctl-version: "\d+\.\d+\.\d+"/);
});

test('the remedy for what is unknown depends on why', () => {
  const codeOf = (...names: State[]) => unknownRemedy('test-battle', fleetOf(...names)).code;
  expect(codeOf('blank')).toBe('machines-digest-unknown');
  expect(codeOf('blank', 'unreachable')).toBe('machines-unreachable');
  expect(codeOf('unreachable', 'contained')).toBe('containers-unverifiable');
  const { fix } = unknownRemedy('test-battle', fleetOf('blank', 'unreachable', 'unreachable'));
  expect(fix).toEqual(textWith('status m2 -a test-battle', 'destroy --force m2 -a test-battle'));
});

test('the way to a failed machine names the machine and the app', () =>
  expect(unhealthyFix('test-battle', 'm5')).toEqual(
    textWith('fly logs -a test-battle -i m5', 'fly machine status m5 -a test-battle'),
  ));
