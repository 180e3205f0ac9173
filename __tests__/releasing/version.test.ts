import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import {
  compareVersions,
  majorTag,
  nextVersion,
  objectionToVersion,
  parseVersion,
  versionsOf,
} from '../../scripts/release/version.ts';

const numbers = fc.nat({ max: 2 ** 40 });
const versions = fc.tuple(numbers, numbers, numbers).map((each) => each.join('.'));

test.each([
  '',
  '1',
  '1.0',
  'v1.0.0',
  '1.0.0-rc.1',
  '1.0.0+a',
  '01.0.0',
  '1.0.0 ',
  ' 1.0.0',
  '1.0.0\n',
  '1.0.x',
  '9007199254740993.0.0',
])('%j is not a version of a release', (text) => expect(parseVersion(text)).toBeUndefined());

test('whatever the text, only what npm also calls a version is one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), versions, fc.stringMatching(/^[\d.v+-]{1,9}$/)), (text) => {
      expect(parseVersion(text) === undefined || semver.valid(text) === text).toBe(true);
    }),
  );
});

test('versions are in npm’s order', () => {
  fc.assert(
    fc.property(versions, versions, (one, other) => {
      expect(Math.sign(compareVersions(one, other))).toBe(semver.compare(one, other));
    }),
  );
});

test('only tags of releases have a version', () => {
  expect(versionsOf(['v1', 'v1.10.0', 'v1.9.0', '1.0.0', 'v2.0.0-rc.1', '', 'vv1.0.0'])).toEqual([
    '1.9.0',
    '1.10.0',
  ]);
});

test.each([
  ['1.0.0', 'v1'],
  ['12.3.4', 'v12'],
])('the tag %s moves %s', (version, tag) => expect(majorTag(version)).toBe(tag));

test.each([
  ['0.1.0', '1.0.0'],
  ['1.0.0', '1.1.0'],
  ['1.9.3', '1.10.0'],
])('after %s, a trial is of %s', (last, next) => {
  expect(nextVersion(last)).toBe(next);
  expect(objectionToVersion(next, last)).toBeUndefined();
});

describe('a version is refused if it', () => {
  test.each([
    ['is the last one', '1.0.0', '1.0.0'],
    ['is lower', '1.9.0', '1.10.0'],
    ['is a pre-release', '2.0.0-rc.1', '1.0.0'],
    ['is an option', '--force', '1.0.0'],
  ])('%s: %s after %s', (_, version, last) => expect(objectionToVersion(version, last)).toContain(version));
});
