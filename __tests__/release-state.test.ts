import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../src/fly/machine.ts';
import type { Release } from '../src/fly/releases.ts';
import { inferRelease, isNewVersion, type ReleaseState, releaseStateOf } from '../src/verify/release.ts';
import { digestOf, makeEvent, makeMachine } from './factories.ts';

const before = makeMachine({ releaseId: 'r6', releaseVersion: '6', instanceId: 'i1' });
const made: Release = { id: 'r7', version: '7' };

test.each<[string, Partial<Machine>, Release | undefined, ReleaseState]>([
  ['this deploy’s ID and version', { releaseId: 'r7', releaseVersion: '7' }, made, 'this'],
  ['only this deploy’s version', { releaseId: undefined, releaseVersion: '7' }, made, 'this'],
  ['only this deploy’s ID', { releaseId: 'r7', releaseVersion: undefined }, made, 'this'],
  ['the release from before', {}, made, 'earlier'],
  ['the release from before, in a new version of the machine', { instanceId: 'i2' }, made, 'earlier'],
  ['this deploy’s version with another ID', { releaseId: 'r9', releaseVersion: '7' }, made, 'earlier'],
  ['a later version with this deploy’s ID', { releaseId: 'r7', releaseVersion: '8' }, made, 'later'],
  ['a later release', { releaseId: 'r8', releaseVersion: '8' }, made, 'later'],
  ['a newer release than before, without a release from flyctl', { releaseVersion: '7' }, undefined, 'this'],
  ['the release from before, without a release from flyctl', { instanceId: 'i2' }, undefined, 'earlier'],
  [
    'another ID without versions',
    { releaseId: 'r5', releaseVersion: undefined },
    { ...made, version: undefined },
    'earlier',
  ],
  [
    'no release, and a new version of the machine',
    { releaseId: undefined, releaseVersion: undefined, instanceId: 'i2' },
    made,
    'earlier',
  ],
  [
    'no release, and a new version of the machine, without a release from flyctl',
    { releaseId: undefined, releaseVersion: undefined, instanceId: 'i2' },
    undefined,
    'earlier',
  ],
  [
    'no release, and the version from before',
    { releaseId: undefined, releaseVersion: undefined },
    made,
    'earlier',
  ],
  [
    'a version that is not a number',
    { releaseId: undefined, releaseVersion: '7; rm', instanceId: 'i1' },
    made,
    'earlier',
  ],
  [
    'another ID than before without a version, without a release from flyctl',
    { releaseId: 'r7', releaseVersion: undefined },
    undefined,
    'this',
  ],
  [
    'another ID than before without a version, of whose release flyctl printed only the version',
    { releaseId: 'r7', releaseVersion: undefined },
    { id: undefined, version: '7' },
    'earlier',
  ],
  [
    'the ID from before without a version, without a release from flyctl',
    { releaseVersion: undefined },
    undefined,
    'earlier',
  ],
])('a machine of %s', (_name, changes, release, state) => {
  const machine = { ...before, ...changes };
  const known = release ?? inferRelease(machine.group, [machine], [before]);
  expect(releaseStateOf(machine, before, known)).toBe(state);
});

test.each<[Release | undefined, ReleaseState]>([
  [made, 'earlier'],
  [undefined, 'earlier'],
])('a machine that is new, without a release, where flyctl reported %j', (release, state) =>
  expect(releaseStateOf(makeMachine({ id: 'm9' }), undefined, release)).toBe(state),
);

test('a machine that is new, with an ID and without a version, is the deploy’s if flyctl reported nothing', () =>
  expect(releaseStateOf(makeMachine({ id: 'm9', releaseId: 'r7' }), undefined, undefined)).toBe('this'));

test('a machine that was cloned from an old one has the old one’s release', () =>
  expect(releaseStateOf({ ...before, id: 'm9', instanceId: 'i9' }, undefined, made)).toBe('earlier'));

describe('a machine has a new version of itself', () => {
  test.each<[string, Partial<Machine>, boolean, Partial<Machine>?]>([
    ['by its instance', { instanceId: 'i2' }, true],
    ['not only by its digest, if the instance is known', { digest: digestOf('c') }, false],
    ['by its digest, if no instance is reported', { instanceId: undefined, digest: digestOf('c') }, true],
    [
      'by an update, if no instance is reported',
      { instanceId: undefined, events: [makeEvent('update', 9)] },
      true,
    ],
    [
      'not by an instance that was not reported before',
      { instanceId: 'i9' },
      false,
      { instanceId: undefined },
    ],
    ['not by a start', { instanceId: undefined, events: [makeEvent('start', 9)] }, false],
    // Jest would pass `done` in place of an element that a row does not have.
  ])('%s', (...[, changes, isNew, earlier = {}]) =>
    expect(isNewVersion({ ...before, ...changes }, { ...before, ...earlier })).toBe(isNew),
  );
});

test('without a release from flyctl, the first newer release of a process group is the deploy’s', () => {
  const of = (id: string, group: string, releaseVersion: string) =>
    makeMachine({ id, group, releaseVersion });
  const machines = [of('a', 'app', '8'), of('b', 'app', '7'), of('c', 'worker', '9'), of('d', 'old', '6')];
  expect(inferRelease('app', machines, [before])?.version).toBe('7');
  expect(inferRelease('worker', machines, [before])?.version).toBe('9');
  expect(inferRelease('old', machines, [before])).toBeUndefined();
  // If not all machines were listed before, the app's releases show which was the newest.
  expect(inferRelease('app', machines, [])?.version).toBe('7');
  expect(inferRelease('app', machines, [], 7)?.version).toBe('8');
  expect(inferRelease('app', machines, [before], 8)).toBeUndefined();
  // Without both, only the newest release of all is possible.
  expect(inferRelease('app', machines, [], 'unknown')).toBeUndefined();
  expect(inferRelease('worker', machines, [], 'unknown')?.version).toBe('9');
  // Before the deploy no machine had a release.
  expect(inferRelease('app', machines, [makeMachine()])?.version).toBe('7');
  expect(inferRelease('app', [makeMachine()], [makeMachine()])).toBeUndefined();
});

describe('a version is a number', () => {
  const shown = (releaseVersion: string) =>
    releaseStateOf(makeMachine({ releaseVersion }), before, { id: undefined, version: '7' });
  test.each<[string, ReleaseState]>([
    ['7', 'this'],
    ['07', 'this'],
    ['8', 'later'],
    ['70', 'later'],
    ['x8', 'earlier'],
    ['8x', 'earlier'],
    ['', 'earlier'],
    ['9'.repeat(15), 'later'],
    ['9'.repeat(16), 'earlier'],
  ])('%j is %s', (version, state) => expect(shown(version)).toBe(state));
});

test('only the release’s ID shows it, if flyctl printed no version', () => {
  const printed = { id: 'r7', version: undefined };
  expect(releaseStateOf(makeMachine({ releaseId: 'r7', releaseVersion: '7' }), before, printed)).toBe('this');
  expect(releaseStateOf(makeMachine({ releaseId: 'r8', releaseVersion: '8' }), before, printed)).toBe(
    'earlier',
  );
  // Without an ID to compare, a known version is not this deploy's.
  expect(releaseStateOf(makeMachine({ releaseId: 'r8', releaseVersion: '8' }), before, undefined)).toBe(
    'earlier',
  );
});

test('a new machine has a new version', () => expect(isNewVersion(makeMachine(), undefined)).toBe(true));

test.each(['update', 'launch'])('without an instance, an event %s shows a new version', (type) => {
  const old = makeMachine({ events: [makeEvent('start', 1)] });
  const machine = makeMachine({ events: [makeEvent('start', 3), makeEvent(type, 2), makeEvent('start', 1)] });
  expect([isNewVersion(machine, old), isNewVersion(old, old)]).toEqual([true, false]);
});
