import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { editsBetween, inputNames } from '../src/inputs/names.ts';

test('the names are those of action.yml', () =>
  expect(inputNames).toEqual(Object.keys(parse(readFileSync('action.yml', 'utf8')).inputs)));

test.each([
  ['app', 'app', 0],
  ['ap', 'app', 1],
  ['aap', 'app', 1],
  ['settle-tiem', 'settle-time', 2],
  ['mode', 'image', 3],
  ['', 'app', 3],
  ['x'.repeat(100_000), 'app', 3],
])('%s is %s with %i edits', (a, b, edits) => expect(editsBetween(a, b)).toBe(edits));

test('edits are as many one way as the other, and one edit is one', () =>
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), fc.nat(12), (a, b, at) => {
      expect(editsBetween(a, b)).toBe(editsBetween(b, a));
      const left = [...a];
      left.splice(Math.min(at, left.length), 0, '#');
      expect(editsBetween(a, left.join(''))).toBe(1);
    }),
  ));
