import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import pMap from 'p-map';
import { migrationFile, type Pair, type Results, readResults } from '../../scripts/docs/migration.ts';
import { root } from '../workflows.ts';
import { play, ways } from './migration-ways.ts';

// The results in docs/migration.json, from which `npm run docs` makes the tables of the page. `WRITE_MIGRATION=1` writes them.

const pairs = Object.entries(ways).flatMap(([way, situations]) =>
  situations.map((situation) => ({ way, situation })),
);
const known = readResults();
const observed: Record<string, Record<string, Pair>> = {};

beforeAll(async () => {
  const plays = pairs.flatMap((pair) =>
    (['published', 'replacement'] as const).map((side) => ({ ...pair, side })),
  );
  const seen = await pMap(plays, ({ way, situation, side }) => play(way, situation, side), { concurrency: 4 });
  for (const [n, { way, situation, side }] of plays.entries()) {
    const results = (observed[way] ??= {});
    results[situation] = { ...results[situation], [side]: seen[n] } as Pair;
  }
  if (process.env['WRITE_MIGRATION'] !== undefined)
    writeFileSync(join(root, migrationFile), `${JSON.stringify(observed satisfies Results, null, 2)}\n`);
}, 300_000);

describe('docs/migration.md shows what happened with', () => {
  test.each(pairs)('$way, $situation', ({ way, situation }) => {
    expect(observed[way]?.[situation]).toEqual(known[way]?.[situation]);
  });

  test('exactly these ways', () => {
    expect(Object.keys(known)).toEqual(Object.keys(ways));
    for (const [way, situations] of Object.entries(ways))
      expect(Object.keys(known[way] ?? {})).toEqual(situations);
  });
});
