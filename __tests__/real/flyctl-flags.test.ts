import { describe, expect, test } from '@jest/globals';
import pMap from 'p-map';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { kindOf, listedFlags, parsedBy } from '../../scripts/flyctl/flag-table.ts';
import { flagTable } from '../../src/inputs/flag-table.ts';
import { app, inWorld, tag } from '../e2e/world.ts';
import { deployReally, flyctls, realFlyctl } from './flyctl-world.ts';

// Compares the table for the input `flags` with the program. Nothing is deployed, because `--help` comes first.

const table = Object.entries(flagTable.flags);

test('the table is that of the pinned flyctl', () => {
  expect(flyctls.map(({ version }) => version)).toContain(flagTable.flyctl);
});

test('flyctl has every flag in the table, with the same kind', async () => {
  const kinds = await pMap(table, async ([name]) => [name, await kindOf(realFlyctl, name)], {
    concurrency: 4,
  });
  expect(kinds).toEqual(table.map(([name, { kind }]) => [name, kind]));
});

test('the table has every flag in flyctl’s help, with the same short name', async () => {
  const listed = await listedFlags(realFlyctl);
  expect(listed.size).toBeGreaterThan(60);
  const shown = table.filter(([, { hidden }]) => !hidden).map(([name, { short }]) => [name, short]);
  expect(new Map([...listed].sort(([a], [b]) => a.localeCompare(b)))).toEqual(
    new Map((shown as [string, string | undefined][]).sort(([a], [b]) => a.localeCompare(b))),
  );
});

test('flyctl has no short name that is missing in the table', async () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
  const known = await pMap(
    letters,
    async (letter) =>
      (await parsedBy(realFlyctl, `-${letter}`)).startsWith('unknown shorthand') ? '' : letter,
    { concurrency: 4 },
  );
  const shorts = table.flatMap(([, { short }]) => short ?? []);
  expect(known.filter((letter) => letter !== '')).toEqual(shorts.sort());
});

describe('with the program itself', () => {
  test.each([
    ['--only-regions=fra', ['fra']],
    ['--regions=fra\n--only-regions=sin', ['fra', 'sin']],
    ['--exclude-regions fra', ['iad', 'sin']],
  ])('%j deploys to exactly the machines that are verified', (flags, regions) =>
    inWorld(
      async (world) => {
        const { platformDigest } = world.push(tag);
        const image = `${world.image}:main-0000000`;
        await world.fly.createApp(
          app,
          ['fra', 'iad', 'sin'].map((region) => ({ region, image })),
        );
        const run = await deployReally(world, { flags }, {}, workflowRun());
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
        const updated = world.fly
          .machines(app)
          .filter(({ image_ref }) => image_ref.digest === platformDigest);
        expect(updated.map(({ region }) => region).sort()).toEqual(regions);
      },
      { machines: [] },
    ),
  );
});
