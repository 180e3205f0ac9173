// bench/README.md and bench/ratios.svg, from the measurements in bench/results.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CapacityResult } from './capacity.ts';
import type { CopyRow } from './copy.ts';
import type { Exact } from './exact.ts';
import { ratiosPlot } from './plot.ts';
import type { ScaleResult } from './scale.ts';
import {
  capacitySection,
  copySection,
  exactSection,
  scaleSection,
  startSection,
  verdictSection,
} from './sections.ts';
import type { StartResult } from './start.ts';
import type { Verdicts } from './verdict.ts';

export interface Results {
  readonly start: StartResult;
  readonly verdicts: readonly Verdicts[];
  readonly scale: ScaleResult;
  readonly copy: readonly CopyRow[];
  readonly capacity: CapacityResult;
}

const folder = join(import.meta.dirname, '..', '..', 'bench');
const pathOf = (name: string): string => join(folder, name);

/** The page of the results. */
export const benchPage = (
  { start, verdicts, scale, copy, capacity }: Results,
  exact: readonly Exact[],
): string =>
  `${[
    '# Benchmarks',
    `\`npm run bench -- start ${start.rounds} --write\` measures the first table and writes this page; the other tables have their own commands below. [results.json](results.json) has every round. Absolute times depend on the machine, so only ratios within one run are compared.`,
    ...startSection(start),
    ...exactSection(exact),
    ...verdictSection(verdicts),
    ...scaleSection(scale),
    ...copySection(copy),
    ...capacitySection(capacity),
  ].join('\n\n')}\n`;

const jsonOf = <T>(name: string): T => JSON.parse(readFileSync(pathOf(name), 'utf8')) as T;

const readResults = (): Results => jsonOf('results.json');

/** Replaces parts of the results, and writes the page. */
export function updateResults(parts: Partial<Results>): void {
  writeFileSync(pathOf('results.json'), `${JSON.stringify({ ...readResults(), ...parts }, null, 2)}\n`);
  writePage();
}

/** Replaces the numbers that do not depend on the machine, and writes the page. */
export function updateExact(exact: readonly Exact[]): void {
  writeFileSync(pathOf('exact.json'), `${JSON.stringify(exact, null, 2)}\n`);
  writePage();
}

const writePage = (): void => {
  for (const [name, text] of pages()) writeFileSync(pathOf(name), text);
};

const pages = () =>
  [
    ['README.md', benchPage(readResults(), jsonOf('exact.json'))],
    ['ratios.svg', ratiosPlot(readResults().start)],
  ] as const;

/** Faults of the page: what does not follow from the files beside it, or from what a run reads and sends now. */
export const faultsOfBench = (exact: readonly Exact[]): string[] => [
  ...(JSON.stringify(jsonOf('exact.json')) === JSON.stringify(exact)
    ? []
    : ['bench/exact.json: a run reads or sends something else. Run: npm run docs']),
  ...pages()
    .filter(([name, text]) => readFileSync(pathOf(name), 'utf8') !== text)
    .map(([name]) => `bench/${name}: it does not follow from the files beside it. Run: npm run docs`),
];
