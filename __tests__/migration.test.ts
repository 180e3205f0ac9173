import { describe, expect, test } from '@jest/globals';
import {
  chineseMigration,
  englishMigration,
  migrationTables,
  misleads,
  misses,
  type Observed,
  type Results,
  readResults,
  type Situation,
} from '../scripts/docs/migration.ts';
import { read } from './workflows.ts';

// __tests__/real/migration.test.ts observes the results. These tests read them.

const all = Object.entries(readResults()).flatMap(([way, pairs]) =>
  Object.entries(pairs).map(([situation, pair]) => ({ way, situation: situation as Situation, ...pair })),
);

test('the page compares ten ways, each when nothing goes wrong', () => {
  expect(Object.keys(readResults())).toHaveLength(10);
  expect(all.filter(({ situation }) => situation === 'normal')).toHaveLength(10);
});

describe('no replacement', () => {
  test.each(all)('of $way succeeds with another image: $situation', ({ situation, replacement }) =>
    expect(misleads(situation, replacement)).toBe(false),
  );

  test.each(all)('of $way fails to deploy what it should: $situation', ({ situation, replacement }) => {
    expect(misses(situation, replacement)).toBe(false);
    expect(replacement.runs).not.toContain('copy');
  });
});

test.each<[Situation, Observed, boolean]>([
  ['normal', { ended: 'succeeded', runs: ['commit'] }, false],
  ['normal', { ended: 'succeeded', runs: ['copy'] }, false],
  ['normal', { ended: 'skipped', runs: ['before'] }, true],
  ['stale', { ended: 'succeeded', runs: ['before'] }, true],
  ['moved', { ended: 'succeeded', runs: ['before'] }, true],
  ['revert', { ended: 'succeeded', runs: ['commit', 'before'] }, true],
  ['revert', { ended: 'failed', runs: ['commit', 'before'] }, false],
  ['fork', { ended: 'succeeded', runs: ['before'] }, false],
  ['fork', { ended: 'succeeded', runs: ['fork'] }, true],
  ['failed', { ended: 'succeeded', runs: ['commit'] }, true],
  ['rerun', { ended: 'skipped', runs: ['before'] }, false],
])('in the situation %s, %j misleads: %s', (situation, observed, expected) =>
  expect(misleads(situation, observed)).toBe(expected),
);

test.each<[Situation, Observed, boolean]>([
  ['private', { ended: 'failed', runs: ['before'] }, true],
  ['private', { ended: 'succeeded', runs: ['commit'] }, false],
  ['revert', { ended: 'failed', runs: ['before'] }, false],
  ['fork', { ended: 'failed', runs: ['before'] }, false],
])('in the situation %s, %j misses a deploy: %s', (situation, observed, expected) =>
  expect(misses(situation, observed)).toBe(expected),
);

describe('the tables', () => {
  const results: Results = {
    one: {
      revert: {
        published: { ended: 'succeeded', runs: ['commit', 'commit', 'before'] },
        replacement: { ended: 'failed', state: 'failed', runs: ['before', 'before', 'before'] },
      },
      normal: {
        published: { ended: 'succeeded', runs: ['copy'] },
        replacement: { ended: 'succeeded', state: 'deployed', runs: ['commit'] },
      },
    },
  };
  const page = '## Before\n\n## The `one` way\n\n<!-- begin:one -->\n<!-- end:one -->\n\n## After\n';

  test('have a row for each situation, in their order, and bold cells where a run misleads', () => {
    const { one } = migrationTables(page, englishMigration, results);
    const { normal, revert } = englishMigration.situations;
    const [, , ...rows] = `${one}`.split('\n').map((line) => line.slice(2, -2).split(' | '));
    expect(rows.map(([situation]) => situation)).toEqual([normal, revert]);
    expect(rows[1]?.[1]).toMatch(/^\*\*.+ on 2 of 3, .+ on 1 of 3\*\*$/);
    expect(rows[1]?.[2]).toMatch(/^[^*]*\(`failed`\)[^*]*$/);
  });

  test.each([englishMigration, chineseMigration])('link to each way, and count', (words) => {
    const { overview } = migrationTables(page, words, results);
    expect(overview).toContain(
      `| [The \`one\` way](#the-one-way) | ${words.of(1, 2)} | ${words.of(0, 2)} | ${words.of(0, 2)} |`,
    );
  });
});

test('each published way is without the action, and its replacement with it', () => {
  const blocks = [
    ...(read('docs/migration.md').split(/^## (?=A full SHA)/m)[1] ?? '').matchAll(
      /```yaml\n([\s\S]*?)```[\s\S]*?```yaml\n([\s\S]*?)```\n\n<!-- begin/g,
    ),
  ].map(([, ...pair]) => pair.map((text) => text.includes('uses: deploy-fly-image/deploy-fly-image')));
  expect(blocks).toEqual(Array(10).fill([false, true]));
});
