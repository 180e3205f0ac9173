import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inFolder } from '../sandbox/lib/folder.ts';
import { type AppRun, measureCapacity, queueOf } from '../scripts/bench/capacity.ts';
import { compareFolder, slowerIn } from '../scripts/bench/compare.ts';
import type { Exact } from '../scripts/bench/exact.ts';
import { withLimits } from '../scripts/bench/limits.ts';
import { median } from '../scripts/bench/median.ts';
import { benchPage, type Results } from '../scripts/bench/page.ts';
import { ratiosPlot } from '../scripts/bench/plot.ts';
import { simulateVerdicts } from '../scripts/bench/verdict.ts';

const run: AppRun = {
  seconds: 120,
  requests: { registry: 3, fly: 20, flyctl: 103, github: 2 },
  githubAt: [0, 1],
  limited: { action: 0, flyctl: 0 },
};
const cost = { cpu: 0, rss: 102_400, output: 8000, summary: 9000, log: 36_000 };
const copied = { image: 'one large layer' as const, bytes: 2 ** 30, requests: 8 };
const results: Results = {
  start: {
    node: 'v24.0.0',
    rounds: 3,
    bare: [30, 20, 40],
    cases: [
      { name: 'start', ms: [61, 300, 60], target: 2.2 },
      { name: 'dry run', ms: [120, 121, 90] },
      { name: 'skopeo inspect', ms: [30, 30, 30], isOther: true },
    ],
  },
  verdicts: [{ strategy: 'rolling', machines: 3, seconds: [20, 21, 25], fixed: [30, 30.1, 31] }],
  scale: {
    deploys: [100, 200, 200].map((machines, n) => ({
      ...cost,
      machines,
      cpu: 2 * machines + 100 + 50 * Math.max(0, n - 1),
      lists: 3,
      answer: 9,
    })),
    tables: [1, 2].map((apps) => ({ ...cost, apps, cpu: 50 })),
  },
  copy: [
    ...[2000, 9000, 1000].map((ms, round) => ({
      ...copied,
      way: 'ours' as const,
      ms,
      round,
      memory: { rss: 2e8, aboveIdle: 2 ** 26 },
    })),
    ...[3000, 1, 9000].map((ms, round) => ({ ...copied, way: 'skopeo' as const, ms, round })),
  ],
  capacity: {
    ...{ apps: 1000, machines: 100, runs: [run] },
    queues: [{ atOnce: 20, minutes: 148.8, registryPeak: 60, githubRefused: 1000 }],
  },
};
const exact: Exact[] = [
  {
    name: 'start',
    files: [{ file: 'index.js', bytes: 335_916 }],
    bytes: 335_916,
    requests: { registry: 5, fly: 3, github: 2 },
  },
];

test('a ratio is that of the medians, so that one slow round does not matter', () => {
  const page = benchPage(results, exact);
  expect(page).toContain('| start | 2.03 | 2.2 |');
  expect(page).toContain('| dry run | 4.00 |  |');
  expect(page).toContain('| start | 1 | 335,916 | 5 | 3 | 2 |');
  expect(page).toContain('| rolling | 3 | 21.0 | 25.0 | 30.1 |');
});

test('the capacity is that of all apps', () => {
  const page = benchPage(results, exact);
  expect(page).toContain('| Minutes of a runner | 2.0 | 2,000 |');
  expect(page).toContain('| Requests to Fly.io, without flyctl’s | 20 | 20,000 |');
  expect(page).toContain('| 20 | 149 | 60 | 1,000 |');
});

test('the cost of each machine is the slope of a line through the least of each size', () => {
  const page = benchPage(results, exact);
  expect(page).toContain('| 200 | 0.50 | 100 | 8 | 9 | 36 |');
  expect(page).toContain('Each machine costs 2.00 ms of CPU (R² 1.00)');
});

test('a copy is compared with skopeo’s by the medians, and its memory is the most of all rounds', () =>
  expect(benchPage(results, exact)).toContain(
    '| one large layer | 1024 | 2.00 | 3.00 | 1.50 | 8 | 8 | 64.0 |',
  ));

test('the plot has a bar for each run, and a line for each target', () => {
  const plot = ratiosPlot(results.start);
  expect(plot.match(/<rect /g)).toHaveLength(3);
  expect(plot.match(/<line /g)).toHaveLength(1);
  expect(plot).toContain('>2.03</text>');
});

test('a case is slower if it is a quarter slower in three runs of three', () => {
  const ratios = new Map([
    ['slower', [1.3, 1.26, 2]],
    ['once noisy', [1.3, 1.2]],
    ['just as fast', [1]],
    ['not clear', [1.3, 1.4, 1.25]],
  ]);
  expect(slowerIn(ratios)).toEqual(['slower']);
});

test('a comparison fails if no case runs in the other commit', () =>
  inFolder('other', async (folder) => {
    for (const part of ['.', 'fleet']) {
      mkdirSync(join(folder, 'dist', part), { recursive: true });
      writeFileSync(join(folder, 'dist', part, 'index.js'), 'process.exitCode = 2;');
    }
    for (const file of ['action.yml', 'fleet/action.yml'])
      cpSync(join(import.meta.dirname, '..', file), join(folder, file));
    const lines: string[] = [];
    const fault = await compareFolder(folder, 'abc1234', (line) => lines.push(line));
    expect(fault).toBe('No case of the benchmark can be compared with abc1234.');
    expect(lines.filter((line) => line.includes('cannot be compared'))).toHaveLength(4);
  }));

/** Runs the script, and returns its status and the lines of its errors. */
const bench = (argv: string[], env = process.env) => {
  const script = join(import.meta.dirname, '../scripts/bench.ts');
  const { status, stderr } = spawnSync(process.execPath, [script, ...argv], { encoding: 'utf8', env });
  return [status, stderr.trim().split('\n')];
};

test('a comparison with a commit that does not exist is one sentence', () =>
  expect(bench(['compare', 'no-such-commit'])).toEqual([1, ['There is no commit no-such-commit.']]));

test.each(['0', 'x', '1.5'])('a number of rounds is not "%s"', (rounds) =>
  expect(bench(['verdict', rounds])).toEqual([1, [`"${rounds}" is not a number of rounds.`]]),
);

test.each([
  [[], 'docker-registry and skopeo are not installed', 'apt-get install docker-registry skopeo'],
  [['skopeo'], 'docker-registry is not installed', 'apt-get install docker-registry'],
])('copying with only %j names the missing packages', (installed, missing, command) =>
  inFolder('programs', (folder) => {
    for (const name of installed) writeFileSync(join(folder, name), '', { mode: 0o755 });
    expect(bench(['copy', '1'], { ...process.env, PATH: folder })).toEqual([
      1,
      [expect.stringMatching(`${missing}.*\`sudo ${command}\``)],
    ]);
  }),
);

describe('the capacity', () => {
  test('more jobs at once take less time, and send more requests in a minute', () => {
    const [few, many] = [queueOf(100, [run], 10), queueOf(100, [run], 50)];
    // Each job takes 15 s to begin and 120 s to run.
    expect([few.minutes, many.minutes]).toEqual([(10 * 135) / 60, (2 * 135) / 60]);
    expect([few.registryPeak, many.registryPeak]).toEqual([30, 150]);
    expect([few.githubRefused, many.githubRefused]).toEqual([0, 0]);
  });

  test('GitHub refuses what exceeds a thousand requests in an hour', () => {
    expect(queueOf(1000, [run], 500).githubRefused).toBe(1000);
    // Two hours and a quarter: the requests are spread over three hours of GitHub's clock.
    expect(queueOf(1000, [run], 17).githubRefused).toBe(0);
  });

  test('comes from deploys that succeed within Fly.io’s limits', async () => {
    const { runs, queues } = await measureCapacity(1, 10, 5);
    expect(runs[0]?.requests).toMatchObject({ registry: 3, github: 2 });
    expect(runs[0]?.limited).toEqual({ action: 0, flyctl: 0 });
    expect(runs[0]?.seconds).toBeGreaterThan(30);
    expect(queues.map(({ atOnce }) => atOnce)).toEqual([20, 60, 256, 500]);
  });

  test('a fourth request within a second is refused, and one a second later is not', async () => {
    let [now, limited] = [0, 0];
    const clock = { now: () => now, sleep: async () => {} };
    const fetch = withLimits(
      async () => Response.json([]),
      clock,
      () => limited++,
    );
    const list = async (app = 'a') => (await fetch(`https://fly.test/v1/apps/${app}/machines`)).status;
    const first = [await list(), await list(), await list(), await list(), await list('b')];
    now = 1000;
    expect([...first, await list(), await list(), limited]).toEqual([200, 200, 200, 429, 200, 200, 429, 2]);
  });
});

describe('the time to the verdict', () => {
  test('is never longer than with a fixed wait, and the simulation gives the numbers of the page', async () => {
    const { verdicts }: Pick<Results, 'verdicts'> = JSON.parse(
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
