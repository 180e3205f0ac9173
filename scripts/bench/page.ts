// bench/README.md and bench/ratios.svg, from the measurements in bench/results.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppRun, CapacityResult } from './capacity.ts';
import { type CopyRow, mostCopyMemory, summariesOf } from './copy.ts';
import type { Exact } from './exact.ts';
import { median } from './median.ts';
import type { Measured, StartResult } from './start.ts';
import type { Verdicts } from './verdict.ts';

export interface Results {
  readonly start: StartResult;
  readonly verdicts: readonly Verdicts[];
  readonly copy: readonly CopyRow[];
  readonly capacity: CapacityResult;
}

const folder = join(import.meta.dirname, '..', '..', 'bench');
const pathOf = (name: string): string => join(folder, name);

const ratioOf = ({ ms }: Pick<Measured, 'ms'>, bare: readonly number[]): number => median(ms) / median(bare);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The page of the results. */
export const benchPage = ({ start, verdicts, copy, capacity }: Results, exact: readonly Exact[]): string =>
  `${[
    '# Benchmarks',
    `\`npm run bench -- start ${start.rounds} --write\` measures the first table and writes this page; the other tables have their own commands below. [results.json](results.json) has every round. Absolute times depend on the machine, so only ratios within one run are compared.`,
    ...startSection(start),
    ...exactSection(exact),
    ...verdictSection(verdicts),
    ...copySection(copy),
    ...capacitySection(capacity),
  ].join('\n\n')}\n`;

const startSection = ({ node, rounds, bare, cases }: StartResult): string[] => [
  '## Start',
  `Wall time as a multiple of \`node -e 0\`: Node ${node}, ${rounds} rounds in turn, no compile cache. The dry runs resolve an image in a registry on the same machine, compare its commit with the running one, and read the machines; \`skopeo inspect\` reads the same image. Other actions are started without inputs, from the bundles in their repositories: \`--peers\` names a folder with them. They do not do the same work, so their numbers only show what a step costs before it begins.`,
  '![Ratios to node -e 0](ratios.svg)',
  table(
    ['Run', 'Ratio of the medians', 'Target'],
    cases.map((each) => [
      each.name,
      ratioOf(each, bare).toFixed(2),
      each.target === undefined ? '' : `${each.target}`,
    ]),
  ),
];

const exactSection = (exact: readonly Exact[]): string[] => [
  '## What a run reads and sends',
  'These numbers do not depend on the machine: [exact.json](exact.json) has each file. `npm run docs` writes them, and `npm run check` compares them.',
  table(
    ['Run', 'Files of `dist/`', 'Bytes', 'Requests to the registry', 'Fly.io', 'GitHub'],
    exact.map(({ name, files, bytes, requests }) => [
      name,
      `${files.length}`,
      bytes.toLocaleString('en'),
      ...[requests.registry, requests.fly, requests.github].map(String),
    ]),
  ),
];

const verdictSection = (verdicts: readonly Verdicts[]): string[] => [
  '## Time to the verdict',
  '`npm run bench -- verdict --write`: seconds from flyctl’s exit to the verdict with `settle-time: 30s`, simulated on a virtual clock with the code that deploys. A machine takes 1.5 to 12 s to start. The settle time counts from each machine’s own start. A fixed wait would count it from flyctl’s exit.',
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
];

const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(bytes < 1e8 ? 1 : 0);

function copySection(rows: readonly CopyRow[]): string[] {
  const rounds = Math.max(0, ...rows.map(({ round }) => round)) + 1;
  return [
    '## Copying',
    `\`npm run bench -- copy ${rounds} --write\`: a private image is copied to Fly.io’s registry before the deploy. Measured from one docker-registry to another on the same machine, in turn with \`skopeo copy\`, without the time that either program takes to start; medians of ${rounds} rounds. The memory is the highest of all rounds, above that of the process before the copy, and must not exceed ${mib(mostCopyMemory)} MiB.`,
    table(
      [
        'Image',
        'MiB',
        'Seconds',
        'skopeo’s',
        'Throughput, times skopeo’s',
        'Requests',
        'skopeo’s',
        'MiB of memory',
      ],
      summariesOf(rows).map(({ image, bytes, ours, skopeos, requests, memory }) => [
        image,
        mib(bytes),
        ours.toFixed(2),
        skopeos.toFixed(2),
        (skopeos / ours).toFixed(2),
        `${requests.ours}`,
        `${requests.skopeos}`,
        mib(memory),
      ]),
    ),
  ];
}

function capacitySection({ apps, machines, runs, queues }: CapacityResult): string[] {
  const each = (of: (run: AppRun) => number) => median(runs.map(of));
  const all = (of: (run: AppRun) => number) => (each(of) * apps).toLocaleString('en');
  return [
    '## Capacity',
    `\`npm run bench -- capacity --write\`: what it costs to deploy ${apps.toLocaleString('en')} apps of ${machines} machines each, from ${runs.length} simulated deploys of one such app. The strategy is \`rolling\` with up to 8 machines at once, and \`settle-time\` is 30 s. Fly.io answers each kind of request once a second for an app or machine, with bursts of three, and refuses more.`,
    table(
      ['For', 'One app', `${apps.toLocaleString('en')} apps`],
      [
        [
          'Minutes of a runner',
          (each(({ seconds }) => seconds) / 60).toFixed(1),
          Math.round((each(({ seconds }) => seconds) * apps) / 60).toLocaleString('en'),
        ],
        [
          'Requests to the registry',
          `${each(({ requests }) => requests.registry)}`,
          all(({ requests }) => requests.registry),
        ],
        [
          'Requests to Fly.io, without flyctl’s',
          `${each(({ requests }) => requests.fly)}`,
          all(({ requests }) => requests.fly),
        ],
        [
          'Requests to GitHub',
          `${each(({ requests }) => requests.github)}`,
          all(({ requests }) => requests.github),
        ],
        [
          'Refused by Fly.io’s limit and sent again',
          `${each(({ limited }) => limited.action)}`,
          all(({ limited }) => limited.action),
        ],
      ],
    ),
    'Fly.io limits each app separately, so more apps do not wait longer. They share GitHub’s runners, the registry, and the 1,000 requests that GitHub’s API answers in an hour for the token of a repository’s jobs. A job takes 15 s to begin.',
    table(
      [
        'Jobs at once',
        'Minutes for all',
        'Most requests to the registry in a minute',
        'Requests that GitHub refuses',
      ],
      queues.map(({ atOnce, minutes, registryPeak, githubRefused }) => [
        `${atOnce}`,
        minutes.toFixed(0),
        registryPeak.toLocaleString('en'),
        githubRefused.toLocaleString('en'),
      ]),
    ),
    'ghcr.io has been seen to limit an account to 44,000 requests in a minute, which is far away. Where GitHub refuses a comparison of commits, the deploy continues with a warning; with `attestation: require` it fails instead. A GitHub App’s token has a higher limit: pass it as `github-token`.',
  ];
}

/** A bar for each case, with its target as a line. */
export function ratiosPlot({ bare, cases }: StartResult): string {
  const [left, width, row] = [250, 420, 34];
  const most = Math.ceil(Math.max(...cases.map((each) => Math.max(ratioOf(each, bare), each.target ?? 0))));
  const x = (ratio: number) => left + (ratio / most) * width;
  const bars = cases.map((each, n) => {
    const [ratio, y] = [ratioOf(each, bare), 10 + n * row];
    const line =
      each.target === undefined
        ? ''
        : `<line x1="${x(each.target)}" x2="${x(each.target)}" y1="${y - 2}" y2="${y + 22}" stroke="#cf222e" stroke-width="2"/>`;
    return `<text x="${left - 8}" y="${y + 15}" text-anchor="end">${each.name}</text><rect x="${left}" y="${y}" width="${(x(ratio) - left).toFixed(1)}" height="20" fill="${each.isOther ? '#8c959f' : '#0969da'}"/>${line}<text x="${(x(ratio) + 6).toFixed(1)}" y="${y + 15}">${ratio.toFixed(2)}</text>`;
  });
  const height = 20 + cases.length * row;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 60}" height="${height}" font-family="sans-serif" font-size="13" fill="#59636e">\n<title>Wall time as a multiple of node -e 0; the red line is the target, and grey bars are other programs</title>\n${bars.join('\n')}\n</svg>\n`;
}

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
