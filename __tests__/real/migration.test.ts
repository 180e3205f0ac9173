import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import pMap from 'p-map';
import { migrationFile, readResults } from '../../scripts/docs/migration.ts';
import { root } from '../workflows.ts';
import { type Play, perform, ways, workflowOf } from './migration-ways.ts';

// The results in docs/migration.json, from which `npm run docs` makes the tables of the page. `WRITE_MIGRATION=1` writes them.

const pairs = Object.entries(ways).flatMap(([way, situations]) =>
  situations.map((situation) => ({ way, situation })),
);
const plays = pairs.flatMap((pair) =>
  (['published', 'replacement'] as const).map((side) => ({ ...pair, side })),
);
const known = readResults();
let seen: Play[] = [];

beforeAll(async () => {
  // Several ways have the same replacement.
  const begun = new Map<string, Promise<Play>>();
  seen = await pMap(
    plays,
    ({ way, situation, side }) => {
      const key = `${situation} ${workflowOf(way, side)}`;
      const play = begun.get(key) ?? perform(way, situation, side);
      begun.set(key, play);
      return play;
    },
    { concurrency: 4 },
  );
  if (process.env['WRITE_MIGRATION'] !== undefined) writeFileSync(join(root, migrationFile), written());
}, 600_000);

/** What was seen, as JSON with a line for each run. */
function written(): string {
  const lines = plays.map(({ side }, n) => `"${side}": ${JSON.stringify(seen[n]?.observed)}`);
  const inWay = (name: string) =>
    pairs.flatMap(({ way, situation }, n) =>
      way === name ? [`    "${situation}": {\n      ${lines[2 * n]},\n      ${lines[2 * n + 1]}\n    }`] : [],
    );
  const all = Object.keys(ways).map((name) => `  "${name}": {\n${inWay(name).join(',\n')}\n  }`);
  return `{\n${all.join(',\n')}\n}\n`;
}

describe('docs/migration.md shows what happens with', () => {
  test.each(plays.map((play, n) => ({ ...play, n })))(
    '$way, $situation, $side',
    ({ way, situation, side, n }) => {
      const expected = known[way]?.[situation]?.[side];
      const { observed, log = '' } = seen[n] ?? {};
      if (JSON.stringify(observed) !== JSON.stringify(expected)) console.log(log);
      expect(observed).toEqual(expected);
    },
  );

  test('exactly these ways', () => {
    expect(Object.keys(known)).toEqual(Object.keys(ways));
    for (const [way, situations] of Object.entries(ways))
      expect(Object.keys(known[way] ?? {})).toEqual(situations);
  });
});
