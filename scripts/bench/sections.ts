// The sections of bench/README.md, each from the raw numbers of its benchmark.
import { table } from '../../src/report/summary/markdown.ts';
import type { AppRun, CapacityResult } from './capacity.ts';
import { type CopyRow, mostCopyMemory, summariesOf } from './copy.ts';
import type { Exact } from './exact.ts';
import type { Line } from './line.ts';
import { median } from './median.ts';
import { ratioOf } from './plot.ts';
import { type ScaleResult, summaryOf } from './scale.ts';
import type { StartResult } from './start.ts';
import type { Verdicts } from './verdict.ts';

export const startSection = ({ node, rounds, bare, cases }: StartResult): string[] => [
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

export const exactSection = (exact: readonly Exact[]): string[] => [
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

export const verdictSection = (verdicts: readonly Verdicts[]): string[] => [
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

const [mostCpu, mostMemory] = [1, 150];

/** Costs of thousands of machines and hundreds of apps. */
export function scaleSection(result: ScaleResult): string[] {
  const { fleets, apps } = summaryOf(result);
  const most = Math.max(0, ...fleets.rows.map(({ machines }) => machines));
  const costs = ({
    cpu,
    rss,
    output,
    summary,
    log,
  }: (typeof fleets.rows)[number] | (typeof apps.rows)[number]) => [
    (cpu / 1000).toFixed(2),
    (rss / 1024).toFixed(0),
    ...[output, summary, log].map((size) => (size / 1000).toFixed(0)),
  ];
  const slope = (name: string, { cpu, memory }: { readonly cpu: Line; readonly memory: Line }) =>
    `Each ${name} costs ${cpu.slope.toFixed(2)} ms of CPU (R² ${cpu.r2.toFixed(2)}) and ${memory.slope.toFixed(1)} KiB (R² ${memory.r2.toFixed(2)}).`;
  return [
    '## Scale',
    `\`npm run bench -- scale --write\`: a complete deploy with \`settle-time: 30s\`, from its start to its end, without flyctl and the servers of the sandbox: the least CPU time and the most memory of all rounds. Targets for ${most.toLocaleString('en')} machines: ${mostCpu} s and ${mostMemory} MiB. ${slope('machine', fleets)}`,
    table(
      ['Machines', 'CPU, s', 'Memory, MiB', 'Largest output, thousand characters', 'Summary, kB', 'Log, kB'],
      fleets.rows.map((row) => [row.machines.toLocaleString('en'), ...costs(row)]),
    ),
    `The fleet’s table of many apps: ${slope('app', apps)}`,
    table(
      ['Apps', 'CPU, s', 'Memory, MiB', 'Largest output, thousand characters', 'Summary, kB', 'Log, kB'],
      apps.rows.map((row) => [`${row.apps}`, ...costs(row)]),
    ),
  ];
}

/** MiB, without a fraction where they are many. */
export const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(bytes < 1e8 ? 1 : 0);

export function copySection(rows: readonly CopyRow[]): string[] {
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

export function capacitySection({ apps, machines, runs, queues }: CapacityResult): string[] {
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
