import { expect, test } from '@jest/globals';
import { type Finding, type Mark, onePerCause } from '../src/report/finding.ts';

const finding = (mark: Mark, cause: string | undefined, words: string, line?: number): Finding => ({
  area: 'Image',
  mark,
  code: 'moving-tag-missing',
  words,
  ...(cause === undefined ? {} : { cause }),
  ...(line === undefined ? {} : { at: { file: 'build.yml', line } }),
});

test.each<[string, Finding[], string[]]>([
  ['without a cause', [finding('bad', undefined, 'a'), finding('bad', undefined, 'b')], ['a', 'b']],
  [
    'without a cause, in the same words',
    [finding('bad', undefined, 'a'), finding('bad', undefined, 'a')],
    ['a'],
  ],
  [
    'without a cause, in the same words at two lines',
    [finding('bad', undefined, 'a', 3), finding('bad', undefined, 'a', 4)],
    ['a', 'a'],
  ],
  ['of different causes', [finding('bad', 'x', 'a'), finding('bad', 'y', 'b')], ['a', 'b']],
  ['of one cause: the first', [finding('bad', 'x', 'a'), finding('bad', 'x', 'b')], ['a']],
  ['of one cause: the one that is bad', [finding('warning', 'x', 'a'), finding('bad', 'x', 'b')], ['b']],
  ['of one cause: the one at a line', [finding('bad', 'x', 'a'), finding('bad', 'x', 'b', 3)], ['b']],
  [
    'of one cause: each that is at a line',
    [finding('bad', 'x', 'a'), finding('bad', 'x', 'b', 3), finding('bad', 'x', 'c', 4)],
    ['b', 'c'],
  ],
  [
    'of one cause: the bad one, though a warning has a line',
    [finding('warning', 'x', 'a', 3), finding('bad', 'x', 'b')],
    ['b'],
  ],
])('findings %s', (_name, findings, kept) =>
  expect(onePerCause(findings).map(({ words }) => words)).toEqual(kept),
);
