// Measures this action, and writes bench/README.md. All that is compared is measured in turn in the same run.
//
//   npm run bench -- [start] [ROUNDS] [--peers FOLDER] [--write]   overhead before a deploy; the folder contains other actions
//   npm run bench -- verdict|capacity [ROUNDS] [--write]           simulations on a virtual clock
//   npm run bench -- copy [ROUNDS]                                 copying an image, beside skopeo
//   npm run bench -- compare [REVISION]                            this dist/ against another commit's, as in CI
import { parseArgs } from 'node:util';
import { type CapacityResult, measureCapacity } from './bench/capacity.ts';
import { compareWith } from './bench/compare.ts';
import { median, type Results, updateResults } from './bench/page.ts';
import { measureStart, type StartResult } from './bench/start.ts';
import { simulateVerdicts, type Verdicts } from './bench/verdict.ts';

// `npm run bench -- copy` is another benchmark.
if (process.argv[2] === 'copy') {
  process.argv.splice(2, 1);
  await import('./bench-copy.ts');
  process.exit();
}
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, peers: { type: 'string' } },
});
const [first = 'start', second] = positionals;
const [what, argument] = /^\d+$/.test(first) ? ['start', first] : [first, second];
const rounds = Number(argument ?? 15);

const measures: Record<string, () => Promise<Partial<Results>>> = {
  start: async () => {
    const start = await measureStart(rounds, values.peers);
    sayStart(start);
    return { start };
  },
  verdict: async () => {
    const verdicts = await simulateVerdicts(rounds);
    verdicts.forEach(sayVerdict);
    return { verdicts };
  },
  capacity: async () => {
    const capacity = await measureCapacity(rounds);
    sayCapacity(capacity);
    return { capacity };
  },
};

if (what === 'compare') await compareWith(argument);
else {
  const measure = measures[what ?? ''];
  if (measure === undefined) throw new Error(`There is no benchmark "${what}"`);
  const results = await measure();
  if (values.write) updateResults(results);
}

function sayStart({ node, rounds, bare, cases }: StartResult): void {
  const least = (list: readonly number[]) => Math.min(...list);
  const line = (name: string, list: readonly number[]) =>
    `${name.padEnd(34)} min ${least(list).toFixed(0).padStart(4)} ms   median ${median(list).toFixed(0).padStart(4)} ms`;
  console.log(`${rounds} rounds, node ${node}\n${line('node -e 0', bare)}`);
  for (const { name, ms, target } of cases) {
    const [ofMedians, ofMinima] = [median(ms) / median(bare), least(ms) / least(bare)];
    const most = target === undefined ? '' : ` (at most ${target})`;
    console.log(
      `${line(name, ms)}   ratio of the medians ${ofMedians.toFixed(2)}${most}, of the minima ${ofMinima.toFixed(2)}`,
    );
  }
}

function sayVerdict({ strategy, machines, seconds, fixed }: Verdicts): void {
  console.log(
    `${strategy.padEnd(10)} ${String(machines).padStart(4)} machines: median ${median(seconds).toFixed(1)} s, worst ${Math.max(...seconds).toFixed(1)} s; fixed wait ${median(fixed).toFixed(1)} s`,
  );
}

function sayCapacity({ apps, machines, queues }: CapacityResult): void {
  for (const { atOnce, minutes, registryPeak, githubRefused } of queues)
    console.log(
      `${apps} apps of ${machines} machines, ${String(atOnce).padStart(3)} jobs at once: ${minutes.toFixed(0).padStart(3)} minutes, ${registryPeak} requests to the registry in a minute at most, ${githubRefused} to GitHub refused`,
    );
}
