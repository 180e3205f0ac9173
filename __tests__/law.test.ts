import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lastingFaults, momentaryFaults } from '../sandbox/fly/faults.ts';
import { examples } from './law/examples.ts';
import { type Feature, featuresOf, history, otherFeatures } from './law/history.ts';
import { mustSucceed, objection } from './law/judge.ts';
import { play } from './law/world.ts';

/*
 * The law: the step succeeds if and only if every machine that the deploy manages runs the image in this release at the end,
 * and keeps running it. law/oracle.ts defines what that means, and law/judge.ts what follows for a history.
 *
 * The checks, by their numbers in law/examples.ts and scripts/mutants.ts: 1 lists that are not whole, 2 the release and the
 * version of each machine, 3 the settle time, 4 containers, 5 root file systems that outlive updates, 6 deploys that change
 * nothing, 7 tags that Fly.io resolves to older images, 8 unreachable hosts, 9 machines that can be idle or are not managed,
 * 10 a busy API, 11 nested indexes. 12, the registry of Fly.io, is tested end to end (e2e/registry.test.ts).
 *
 * LAW_RUNS, LAW_SEED (`random` for a new one each time) and LAW_SHRINK=off change how it runs. With the default number, each
 * mutant of scripts/mutant-list.ts is noticed; `.ci/deep` plays more.
 */
const { LAW_RUNS, LAW_SEED = '1', LAW_SHRINK } = process.env;
const runs = Number(LAW_RUNS ?? 1500);
const seed = LAW_SEED === 'random' ? Date.now() % 2 ** 31 : Number(LAW_SEED);
/** How many of the histories must have each fault and each verdict. */
const [leastOfFault, leastOfVerdict] = runs < 1500 ? [1, 1] : [runs / 60, runs / 5];

const faults: readonly Feature[] = [...lastingFaults, ...momentaryFaults, ...otherFeatures];
const tally = new Map<string, number>();
const count = (name: string) => void tally.set(name, (tally.get(name) ?? 0) + 1);

test.each(examples)('check $check: $name', async ({ history: each, success, code }) => {
  const ending = await play(each);
  expect({ success: ending.success, code: ending.code, objection: objection(each, ending) }).toEqual({
    success,
    code,
    objection: undefined,
  });
});

test('succeeds if and only if every managed machine runs the image in this release', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (each) => {
      const ending = await play(each);
      const why = objection(each, ending);
      if (why !== undefined) throw new Error(why);
      for (const name of featuresOf(each)) count(name);
      count(ending.success ? 'success' : 'failure');
      if (mustSucceed(each)) count('must succeed');
      if (ending.outputs['rolled-back'] === 'true') count('rolled back');
    }),
    { numRuns: runs, seed, endOnFailure: LAW_SHRINK === 'off' },
  );
  const most = (name: string) => tally.get(name) ?? 0;
  expect(faults.filter((name) => most(name) < leastOfFault)).toEqual([]);
  expect(['success', 'failure'].filter((name) => most(name) < leastOfVerdict)).toEqual([]);
}, 600_000);

afterAll(() => {
  const verdicts = ['success', 'failure', 'must succeed', 'rolled back'];
  const cells = [...verdicts, ...faults].map((name) => `${String(tally.get(name) ?? 0).padStart(6)} ${name}`);
  const rows = Array.from({ length: Math.ceil(cells.length / 4) }, (_, row) =>
    cells
      .filter((_cell, n) => n % Math.ceil(cells.length / 4) === row)
      .map((cell) => cell.padEnd(28))
      .join('')
      .trimEnd(),
  );
  process.stdout.write(`${runs} histories, seed ${seed}\n${rows.join('\n')}\n`);
});
