// bench/README.md and bench/ratios.svg, from the measurements in bench/results.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A case of the benchmark, measured in the same run as `node -e 0`. */
interface Measured {
  readonly name: string;
  /** Milliseconds of each round. */
  readonly ms: readonly number[];
  /** The highest acceptable ratio of the medians to `node -e 0`. */
  readonly ratio?: number;
  /** Bytes of dist/ that it reads. */
  readonly bytes: number;
}

/** Seconds from flyctl's exit to the verdict of each simulated deploy, ascending. */
export interface Verdicts {
  readonly strategy: string;
  readonly machines: number;
  readonly seconds: readonly number[];
  /** The same with a fixed wait after flyctl. */
  readonly fixed: readonly number[];
}

export interface Results {
  readonly node: string;
  readonly rounds: number;
  /** Milliseconds of `node -e 0`. */
  readonly bare: readonly number[];
  readonly cases: readonly Measured[];
  readonly verdicts: readonly Verdicts[];
}

const folder = join(import.meta.dirname, '..', '..', 'bench');
const pathOf = (name: string): string => join(folder, name);

export const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

const ratioOf = ({ ms }: Pick<Measured, 'ms'>, bare: readonly number[]): number => median(ms) / median(bare);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The page of the results. */
export const benchPage = ({ node, rounds, bare, cases, verdicts }: Results): string =>
  `${[
    '# Benchmarks',
    `\`npm run bench -- ${rounds} --write\` measures and writes this page; [results.json](results.json) has every round. Absolute times depend on the machine, so only ratios within one run are compared.`,
    '## Start',
    `Wall time as a multiple of \`node -e 0\` (Node ${node}, ${rounds} interleaved rounds, no compile cache), and the bytes of \`dist/\` that a run reads.`,
    '![Ratios to node -e 0](ratios.svg)',
    table(
      ['Run', 'Ratio of the medians', 'Target', 'Reads'],
      cases.map((each) => [
        each.name,
        ratioOf(each, bare).toFixed(2),
        each.ratio === undefined ? '' : `${each.ratio}`,
        `${(each.bytes / 1000).toFixed(0)} kB`,
      ]),
    ),
    '## Time to the verdict',
    'Seconds from flyctl’s exit to the verdict with `settle-time: 30s`, simulated on a virtual clock with the code that deploys. A machine takes 1.5 to 12 s to start. The settle time counts from each machine’s own start. A fixed wait would count it from flyctl’s exit.',
    table(
      ['Strategy', 'Machines', 'Median', 'Worst', 'Fixed wait'],
      verdicts.map(({ strategy, machines, seconds, fixed }) => [
        strategy,
        `${machines}`,
        median(seconds).toFixed(1),
        Math.max(...seconds).toFixed(1),
        median(fixed).toFixed(1),
      ]),
    ),
  ].join('\n\n')}\n`;

/** A bar for each case, with its target as a line. */
export function ratiosPlot({ bare, cases }: Results): string {
  const [left, width, row] = [180, 420, 34];
  const most = Math.ceil(Math.max(...cases.map((each) => Math.max(ratioOf(each, bare), each.ratio ?? 0))));
  const x = (ratio: number) => left + (ratio / most) * width;
  const bars = cases.map((each, n) => {
    const [ratio, y] = [ratioOf(each, bare), 10 + n * row];
    const line =
      each.ratio === undefined
        ? ''
        : `<line x1="${x(each.ratio)}" x2="${x(each.ratio)}" y1="${y - 2}" y2="${y + 22}" stroke="#cf222e" stroke-width="2"/>`;
    return `<text x="${left - 8}" y="${y + 15}" text-anchor="end">${each.name}</text><rect x="${left}" y="${y}" width="${(x(ratio) - left).toFixed(1)}" height="20" fill="#0969da"/>${line}<text x="${(x(ratio) + 6).toFixed(1)}" y="${y + 15}">${ratio.toFixed(2)}</text>`;
  });
  const height = 20 + cases.length * row;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 60}" height="${height}" font-family="sans-serif" font-size="13" fill="#59636e">\n<title>Wall time as a multiple of node -e 0; the red line is the target</title>\n${bars.join('\n')}\n</svg>\n`;
}

export const writeResults = (results: Results): void => {
  writeFileSync(pathOf('results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(pathOf('README.md'), benchPage(results));
  writeFileSync(pathOf('ratios.svg'), ratiosPlot(results));
};

/** Faults of the page: anything that does not follow from results.json. */
export function faultsOfBench(): string[] {
  const results: Results = JSON.parse(readFileSync(pathOf('results.json'), 'utf8'));
  return (
    [
      ['README.md', benchPage(results)],
      ['ratios.svg', ratiosPlot(results)],
    ] as const
  )
    .filter(([name, text]) => readFileSync(pathOf(name), 'utf8') !== text)
    .map(
      ([name]) => `bench/${name} does not follow from bench/results.json. Run: npm run bench -- 15 --write`,
    );
}
