import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lastingFaults, momentaryFaults } from '../sandbox/fly/faults.ts';
import { type Feature, featuresOf, history, otherFeatures } from './law/history.ts';
import { mustSucceed, objection } from './law/judge.ts';
import { play } from './law/world.ts';

const runs = Number(process.env['LAW_RUNS'] ?? 10_000);
const seed = process.env['LAW_SEED'] === 'random' ? Date.now() | 0 : Number(process.env['LAW_SEED'] ?? 1);

const tally = new Map<string, number>();
const count = (name: string) => void tally.set(name, (tally.get(name) ?? 0) + 1);

test('explore', async () => {
  const found = new Map<string, { n: number; example: string }>();
  await fc.assert(
    fc.asyncProperty(history, async (each) => {
      const ending = await play(each);
      const why = objection(each, ending);
      for (const name of featuresOf(each)) count(name);
      count(ending.success ? 'success' : 'failure');
      if (!ending.success) count(`code ${ending.code}`);
      if (ending.outputs['rolled-back'] === 'true') count('rolled back');
      if (mustSucceed(each)) count('must succeed');
      if (why !== undefined) {
        const key = why.replace(/[0-9a-f]{12,}/g, 'X').replace(/\d+/g, 'N').slice(0, 100) + ' | ' + [...each.faults.map((f) => f.name)].join(',');
        const old = found.get(key);
        const example = JSON.stringify(each);
        found.set(key, { n: (old?.n ?? 0) + 1, example: old && old.example.length < example.length ? old.example : example });
      }
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  for (const [k, v] of [...found].sort((a, b) => b[1].n - a[1].n).slice(0, 25)) process.stdout.write(`${v.n} × ${k}\n   ${v.example}\n`);
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...tally].sort()), undefined, 0)}\n`);
  for (const name of [...lastingFaults, ...momentaryFaults, ...otherFeatures] satisfies readonly Feature[])
    expect(tally.get(name) ?? 0).toBeGreaterThan(0);
}, 300_000);
