import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  compare,
  groupsOf,
  listed,
  type Report,
  type Survivor,
  scoresOf,
  survivorsOf,
} from '../scripts/mutation/survivors.ts';

const file = 'src/event/a.ts';
const mutant = (
  status: string,
  line: number,
  from: number,
  to: number,
  replacement = 'true',
  end = line,
) => ({
  mutatorName: 'ConditionalExpression',
  replacement,
  status,
  location: { start: { line, column: from }, end: { line: end, column: to } },
});
const source = 'if (a === b) x();\nif (a === b) y();\nif (\n  c &&\n  d\n) z();\n';
const report: Report = {
  files: {
    [file]: {
      source,
      mutants: [
        mutant('Survived', 1, 5, 12),
        mutant('NoCoverage', 2, 5, 12),
        mutant('Survived', 3, 5, 4, 'c ||\n  d', 5),
        mutant('Killed', 1, 14, 17),
        mutant('Timeout', 2, 14, 17),
        mutant('RuntimeError', 1, 1, 2),
        mutant('Ignored', 1, 1, 2),
      ],
    },
  },
};
const survivor = (changes: Partial<Survivor> = {}): Survivor => ({
  file,
  mutator: 'ConditionalExpression',
  text: 'a === b',
  by: 'true',
  reason: 'Equivalent.',
  ...changes,
});

test('a survivor is known by its text, not by its line', () =>
  expect(survivorsOf(report)).toEqual([
    survivor({ reason: '', times: 2 }),
    survivor({ reason: '', text: 'c && d', by: 'c || d' }),
  ]));

test('the score counts mutants that could be noticed', () => {
  const { each, all } = scoresOf(report);
  expect(each).toEqual([{ file, detected: 2, late: 1, valid: 5, score: 40 }]);
  expect(all).toEqual({ detected: 2, late: 1, valid: 5, score: 40 });
  expect(scoresOf({ files: {} }).all.score).toBe(100);
});

describe('the list', () => {
  const twice = survivor({ times: 2 });
  test('names what survives', () =>
    expect(compare([twice], [survivor({ times: 2, reason: 'Other.' })], [file])).toEqual({
      added: [],
      gone: [],
    }));

  test.each<[string, Survivor[], Survivor[], string[], number, number]>([
    ['one more', [twice], [], [file], 1, 0],
    ['the same text in more places', [twice], [survivor()], [file], 1, 1],
    ['one less', [], [survivor()], [file], 0, 1],
    ['a file that was not measured', [], [survivor()], [], 0, 0],
    ['another replacement', [survivor({ by: 'false' })], [survivor()], [file], 1, 1],
  ])('notices %s', (_name, found, known, measured, added, gone) => {
    const difference = compare(found, known, measured);
    expect([difference.added.length, difference.gone.length]).toEqual([added, gone]);
  });

  test('keeps the reason of a survivor whose number changed', () => {
    const known = [survivor()];
    const { added, gone } = compare([survivor({ times: 2, reason: '' })], known, [file]);
    expect(JSON.parse(listed(known, added, gone))).toEqual([twice]);
  });
});

describe('the runs', () => {
  const imports = (path: string) => `import { a } from '../src/${path}';`;
  const sources = ['src/event/a.ts', 'src/event/b.ts', 'src/registry/challenge.ts', 'src/registry/c.ts'];
  const tests = [
    { name: 'event.test.ts', text: imports('event/a.ts') },
    { name: 'registry.test.ts', text: imports('registry/challenge.ts') },
  ];
  const runs = (...paths: string[]) => groupsOf(sources, tests, paths);

  test('are one for each folder, with the tests that import of it', () =>
    expect(runs()).toEqual([
      { name: 'src/event/', files: ['src/event/a.ts', 'src/event/b.ts'], tests: ['event.test.ts'] },
      {
        name: 'src/registry/challenge.ts',
        files: ['src/registry/challenge.ts'],
        tests: ['registry.test.ts'],
      },
    ]));

  test('can be one of a file', () =>
    expect(runs('src/event/b.ts')).toEqual([
      { name: 'src/event/', files: ['src/event/b.ts'], tests: ['event.test.ts'] },
    ]));

  test.each([['src/nowhere'], ['src/even']])('need a source: %s', (path) =>
    expect(() => runs(path)).toThrow(path),
  );
  test('need a test', () => expect(() => runs('src/registry/c.ts')).toThrow('src/registry/c.ts'));
});

describe('mutation/survivors.json', () => {
  const all: Survivor[] = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'mutation/survivors.json'), 'utf8'),
  );
  test('has a reason for each', () =>
    expect(
      all.filter(({ reason }) => !/^\S.*\.$/.test(reason)).map(({ text, by }) => `${text} → ${by}`),
    ).toEqual([]));

  test('names sources that exist, and code in them', () => {
    const flat = (text: string) => text.replace(/\s+/g, ' ');
    for (const { file: path, text } of all)
      expect(flat(readFileSync(join(import.meta.dirname, '..', path), 'utf8'))).toContain(flat(text));
  });
});
