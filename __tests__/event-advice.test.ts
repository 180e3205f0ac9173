import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { onBranch, queuedFor, withInput } from '../src/event/advice.ts';

/** The value of a printed line, as YAML reads it; undefined if it has none. */
const valueIn = (line: string): unknown => {
  const [, text] = /^`with: branch: (.+)`$/.exec(line) ?? [];
  return text === undefined ? undefined : parse(text);
};

describe('a name in a line to paste', () => {
  test.each([
    'main',
    'feature/x',
    '1.10',
    'true',
    'null',
    'on',
    '#1',
    'a&b',
    '@',
    '!x',
    'a: b',
    'x+y',
    '-x',
    '20261124',
  ])('%j is that text in YAML', (name) => expect(valueIn(withInput('branch', name)) ?? name).toBe(name));
  test.each(['${{ secrets.FLY_API_TOKEN }}', 'a`b', "a'b", 'a"b', 'a\nb', '', 'x'.repeat(300)])(
    '%j is left to the reader',
    (name) => {
      expect(withInput('branch', name)).toMatch(/^`with: branch:`,/);
      expect(onBranch('push', name)).toMatch(/^`on: push: branches:`,/);
    },
  );
  test('is never an expression or another text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const line = withInput('branch', name);
        const value = valueIn(line);
        if (value === undefined) return;
        expect(value).toBe(name);
        expect(line).not.toContain('${{');
        expect(line.split('`')).toHaveLength(3);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['main', '[main]'],
  ['release/1.x', '[release/1.x]'],
  ['1.10', '["1.10"]'],
  ['a+b', "['a\\+b']"],
  ['!x', "['\\!x']"],
])('escapes the special characters of a filter: branch %s is %s', (branch, list) =>
  expect(onBranch('push', branch)).toBe(`\`on: push: branches: ${list}\``),
);

test.each([
  ['gh-readonly-queue/main/pr-7-fedcba98', 'main'],
  ['gh-readonly-queue/release/1.x/pr-12-fedcba98', 'release/1.x'],
  ['gh-readonly-queue/main', undefined],
  ['feature/gh-readonly-queue/main/pr-7-abc', undefined],
])('%s is queued for %s', (branch, base) => expect(queuedFor(branch)).toBe(base));
