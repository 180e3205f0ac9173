import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { checkNames, editsBetween, inputNames } from '../src/inputs/names.ts';
import { InputReader } from '../src/inputs/read.ts';
import { nothingThere } from './factories.ts';

test('knows the names in action.yml', () =>
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

test('counts the same edits in both directions, and one edit as one', () =>
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), fc.nat(12), (a, b, at) => {
      expect(editsBetween(a, b)).toBe(editsBetween(b, a));
      const left = [...a];
      left.splice(Math.min(at, left.length), 0, '#');
      expect(editsBetween(a, left.join(''))).toBe(1);
    }),
  ));

const lineFor = (variable: string, value: string): string => {
  const reader = new InputReader({
    input: () => '',
    env: { [`INPUT_${variable}`]: value },
    readFile: () => undefined,
    lookUpProgram: nothingThere,
  });
  checkNames(reader);
  return /`with: (.*)` instead of/s.exec(reader.problems[0]?.fix ?? '')?.[1] ?? '';
};

test.each([
  ['SHATAG', '{branch}-{sha}', 'sha-tag'],
  ['BRANCHS', 'a: b', 'branch'],
  ['BRANCHS', "it's #1", 'branch'],
  ['HEALTH-ULR', '/up #x', 'health-url'],
  ['HEALTH-BODI', '"commit":"{sha}"', 'health-body'],
  ['HEALTH-BODI', `"a\\b" 'c'`, 'health-body'],
  ['FLAG', '- x', 'flags'],
  ['COMIT', '0123456', 'commit'],
  ['SETTLE-TME', '1m30s', 'settle-time'],
  ['COMIT', '1234567e1', 'commit'],
  ['IMAG', 'ghcr.io/owner/repo:main', 'image'],
  ['SHORT-SHA-LENGTH', '9', 'sha-tag', '{branch}-{sha:9}'],
  ['IF-OUTDATED', 'x"y', 'on-outdated'],
  ['TAG', '{branch}', 'manual-select', 'tag:{branch}'],
])('the line for %s=%s is that value in YAML', (variable, value, name, meant = value) => {
  const { [name]: read } = parse(lineFor(variable, value));
  expect(String(read)).toBe(meant);
});

test.each(['${{ secrets.X }}', 'a`b', 'a\nb', 'x'.repeat(201)])('the line for %j has no value', (value) =>
  expect(lineFor('BRANCHS', value)).toBe('branch:'),
);
