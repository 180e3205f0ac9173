// Measures this action, and writes bench/README.md. All that is compared is measured in turn in the same run.
//
//   npm run bench -- [start] [ROUNDS] [--peers FOLDER] [--write]   overhead before a deploy; the folder contains other actions
//   npm run bench -- verdict|capacity [ROUNDS] [--write]           simulations on a virtual clock
//   npm run bench -- scale [ROUNDS] [--write]                      thousands of machines, hundreds of apps
//   npm run bench -- copy [ROUNDS] [--layer 4GiB] [--layers 60] [--write]   copying images, beside skopeo
//   npm run bench -- compare [REVISION]                            this dist/ against another commit's, as in CI
import { parseArgs } from 'node:util';
import { type CapacityResult, measureCapacity } from './bench/capacity.ts';
import { compareWith } from './bench/compare.ts';
import {
  type CopyRow,
  measureCopy,
  missingPrograms,
  mostCopyMemory,
  parseSize,
  summariesOf,
} from './bench/copy.ts';
import { median } from './bench/median.ts';
import { type Results, updateResults } from './bench/page.ts';
import { measureScale, type ScaleResult, summaryOf } from './bench/scale.ts';
import { mib } from './bench/sections.ts';
import { measureStart, type StartResult } from './bench/start.ts';
import { simulateVerdicts, type Verdicts } from './bench/verdict.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean' },
    peers: { type: 'string' },
    layer: { type: 'string', default: '1GiB' },
    layers: { type: 'string', default: '60' },
  },
});
const [first = 'start', second] = positionals;
const [what, argument] = /^\d+$/.test(first) ? ['start', first] : [first, second];
const rounds = Number(argument ?? 15);
if (what !== 'compare' && !(Number.isInteger(rounds) && rounds > 0))
  stop(`"${argument}" is not a number of rounds.`);

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
  scale: async () => {
    const scale = await measureScale(rounds);
    sayScale(scale);
    return { scale };
  },
  copy: async () => {
    const missing = missingPrograms(process.env);
    if (missing !== undefined) stop(missing);
    const copy = await measureCopy(rounds, {
      layer: parseSize(values.layer),
      layers: Number(values.layers),
    });
    sayCopy(copy);
    return { copy };
  },
  capacity: async () => {
    const capacity = await measureCapacity(rounds);
    sayCapacity(capacity);
    return { capacity };
  },
};

if (what === 'compare') {
  const fault = await compareWith(argument);
  if (fault !== undefined) stop(fault);
} else {
  const measure = measures[what ?? ''] ?? stop(`There is no benchmark "${what}".`);
  const results = await measure();
  if (values.write) updateResults(results);
}

function stop(why: string): never {
  console.error(why);
  process.exit(1);
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

/** Exits with 1 if a copy needs too much memory. */
function sayCopy(rows: readonly CopyRow[]): void {
  for (const { image, bytes, ours, skopeos, requests, memory } of summariesOf(rows)) {
    console.log(
      `${image}, ${mib(bytes)} MiB: ${ours.toFixed(2)} s and ${requests.ours} requests, skopeo ${skopeos.toFixed(2)} s and ${requests.skopeos}; ${(skopeos / ours).toFixed(2)} times skopeo's throughput; ${mib(memory)} MiB of memory above idle, of ${mib(mostCopyMemory)} allowed`,
    );
    if (memory > mostCopyMemory) process.exitCode = 1;
  }
}

function sayScale(result: ScaleResult): void {
  const { fleets, apps } = summaryOf(result);
  const sized = [
    ...fleets.rows.map((row) => [`${row.machines} machines`, row] as const),
    ...apps.rows.map((row) => [`${row.apps} apps`, row] as const),
  ];
  for (const [size, { cpu, rss, summary }] of sized)
    console.log(
      `${size.padStart(14)}  ${(cpu / 1000).toFixed(3)} s of CPU  ${(rss / 1024).toFixed(0).padStart(4)} MiB  summary ${(summary / 1000).toFixed(0)} kB`,
    );
  for (const [name, { cpu, memory }] of [
    ['machine', fleets],
    ['app', apps],
  ] as const)
    console.log(
      `each ${name}: ${cpu.slope.toFixed(3)} ms of CPU (R² ${cpu.r2.toFixed(3)}), ${memory.slope.toFixed(1)} KiB (R² ${memory.r2.toFixed(3)})`,
    );
}
