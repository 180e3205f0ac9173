import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { benchPage, faultsOfBench, median, type Results, ratiosPlot } from '../scripts/bench/page.ts';
import { simulateVerdicts } from '../scripts/bench/verdict.ts';

const results: Results = {
  node: 'v24.0.0',
  rounds: 3,
  bare: [30, 20, 40],
  cases: [
    { name: 'start', ms: [61, 300, 60], ratio: 2.2, bytes: 399_600 },
    { name: 'dry run', ms: [120, 121, 90], bytes: 1_807_000 },
  ],
  verdicts: [{ strategy: 'rolling', machines: 3, seconds: [20, 21, 25], fixed: [30, 30.1, 31] }],
};

test('the page follows from the results that are beside it', () => expect(faultsOfBench()).toEqual([]));

test('a ratio is that of the medians, so that one slow round does not matter', () => {
  expect(benchPage(results)).toContain('| start | 2.03 | 2.2 | 400 kB |');
  expect(benchPage(results)).toContain('| dry run | 4.00 |  | 1807 kB |');
  expect(benchPage(results)).toContain('| rolling | 3 | 21.0 | 25.0 | 30.1 |');
});

test('the plot has a bar for each run, and a line for each target', () => {
  const plot = ratiosPlot(results);
  expect(plot.match(/<rect /g)).toHaveLength(2);
  expect(plot.match(/<line /g)).toHaveLength(1);
  expect(plot).toContain('>2.03</text>');
});

describe('the time to the verdict', () => {
  test('is never longer than with a fixed wait, and the simulation gives the numbers of the page', async () => {
    const { verdicts }: Results = JSON.parse(
      readFileSync(join(import.meta.dirname, '../bench/results.json'), 'utf8'),
    );
    const simulated = await simulateVerdicts(1, [1, 3]);
    for (const { strategy, machines, seconds, fixed } of simulated) {
      expect(median(seconds)).toBeLessThanOrEqual(median(fixed));
      const page = verdicts.find((each) => each.strategy === strategy && each.machines === machines);
      // The same seed, so one of the deploys of the page.
      expect(page?.seconds).toContain(Number(seconds[0]?.toFixed(1)));
    }
    expect(simulated).toHaveLength(8);
  });
});
