// The cost of large fleets: deploys of one app with up to 3,000 machines, from the start of the action to its end, and fleet
// tables of up to 300 apps. Only the action's own process is measured, without flyctl and the servers of the sandbox.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { type ActionRun, type RunOptions, runAction } from '../../sandbox/runner/runner.ts';
import { fitLine, type Line } from './line.ts';
import { app, built, startBenchServers } from './world.ts';

/** What one run took and left. */
interface Cost {
  /** User and system time of the process, in milliseconds. */
  readonly cpu: number;
  /** The largest resident set, in KiB. */
  readonly rss: number;
  /** Of its largest output, in UTF-16 units: GitHub measures outputs in these. */
  readonly output: number;
  /** In bytes. */
  readonly summary: number;
  readonly log: number;
}

/** A deploy of one app. */
interface DeployCost extends Cost {
  readonly machines: number;
  /** How often the machines were listed. */
  readonly lists: number;
  /** The last of these answers, in bytes. */
  readonly answer: number;
}

/** A table of many apps. */
interface TableCost extends Cost {
  readonly apps: number;
}

/** A row for each run. */
export interface ScaleResult {
  readonly deploys: readonly DeployCost[];
  readonly tables: readonly TableCost[];
}

const [machineCounts, appCounts] = [
  [30, 100, 300, 1000, 3000],
  [1, 30, 100, 300],
];

/** How many times faster the action's clock runs: a settle time of 30 s takes 6 s, with as many checks. */
const clockRate = 5;

/**
 * Runs in the action's process first. As JavaScript: loading a module with types costs 60 ms and 20 MiB. `maxRSS` of a child
 * begins with the size of the process that started it, so Linux's own high-water mark is used.
 */
const preload = () => {
  const clock = readFileSync(join(import.meta.dirname, '../../sandbox/runner/fast-clock.ts'), 'utf8');
  const report = `
    import { appendFileSync, readFileSync } from 'node:fs';
    process.on('exit', () => {
      const { userCPUTime, systemCPUTime } = process.resourceUsage();
      const [, rss] = /^VmHWM:\\s*(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
      const line = JSON.stringify([process.argv[1], (userCPUTime + systemCPUTime) / 1000, Number(rss)]);
      appendFileSync(process.env.SANDBOX_USAGE, line + '\\n');
    });`;
  return `data:text/javascript,${encodeURIComponent(report + stripTypeScriptTypes(clock))}`;
};

/** Runs the bundle and measures its process. */
const measured = (options: RunOptions): Promise<{ readonly run: ActionRun; readonly cost: Cost }> =>
  inFolder('usage', async (folder) => {
    const file = join(folder, 'usage');
    const run = await runAction({
      ...options,
      env: {
        ...options.env,
        NODE_COMPILE_CACHE: undefined,
        NODE_OPTIONS: `--import ${preload()}`,
        SANDBOX_CLOCK_RATE: String(clockRate),
        SANDBOX_USAGE: file,
      },
    });
    const usages: [string, number, number][] = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [, cpu = 0, rss = 0] = usages.find(([script]) => /\bdist\b/.test(script)) ?? [];
    const { outputs, summary, stdout } = run;
    return {
      run,
      cost: {
        cpu,
        rss,
        output: Math.max(...Object.values(outputs).map(({ length }) => length)),
        summary: Buffer.byteLength(summary),
        log: Buffer.byteLength(stdout),
      },
    };
  });

/** Deploys to an app with so many machines. */
async function measureDeploy(machines: number): Promise<DeployCost> {
  const all = ['ams', 'fra', 'iad', 'sin', 'syd'];
  const regions = Array.from({ length: machines }, (_, n) => all[n % all.length] ?? '');
  const { fly, github, image, close } = await startBenchServers(regions, { startedAgo: 0 });
  try {
    const { run, cost } = await measured({
      event: built(),
      inputs: { app, 'fly-api-token': fly.token, image, flags: '--strategy=immediate' },
      env: { ...fly.env, GITHUB_API_URL: github.origin },
    });
    if (run.status !== 0 || run.outputs['verified'] !== 'true')
      throw new Error(`the deploy to ${machines} machines failed:\n${run.stdout.slice(-5000)}${run.stderr}`);
    const lists = fly.requests.filter(
      ({ path, headers }) => headers['user-agent'] === 'deploy-fly-image' && path.endsWith('/machines'),
    ).length;
    return { machines, lists, answer: Buffer.byteLength(JSON.stringify(fly.machines(app))), ...cost };
  } finally {
    await close();
  }
}

/** Writes the table of so many apps, each with ten machines. */
async function measureTable(apps: number): Promise<TableCost> {
  const [hex, names] = ['a'.repeat(64), Array.from({ length: apps }, (_, n) => `app-${n + 1}`)];
  const image = `ghcr.io/owner/repo@sha256:${hex}`;
  const machine = { id: '148e123b456789', region: 'fra', state: 'started', 'runs-image': true };
  const outputs = {
    digest: `sha256:${hex}`,
    verified: 'true',
    'release-version': '42',
    machines: JSON.stringify(Array(10).fill(machine)),
  };
  // A matrix has at most 256 jobs.
  const first = names.slice(0, Math.floor(apps / 2));
  const { run, cost } = await measured({
    action: 'fleet',
    event: workflowDispatch(),
    flyctl: false,
    inputs: {
      ...{ step: 'report', apps: JSON.stringify(names), first: first.join(','), attempt: '1' },
      ...{ image, given: image, digest: outputs.digest, ready: 'true', results: 'results' },
      ...{ 'first-result': 'success', 'rest-result': 'success' },
    },
    files: Object.fromEntries(
      names.map((name) => [
        `results/deploy-image-1-${name}-${hex}.json`,
        JSON.stringify({
          ...{ app: name, attempt: '1', outcome: 'success' },
          outputs: { ...outputs, url: `https://${name}.fly.dev` },
        }),
      ]),
    ),
  });
  if (run.status !== 0 || !run.summary.startsWith('## ✅'))
    throw new Error(`the table of ${apps} apps failed:\n${run.stdout}${run.stderr}`);
  return { apps, ...cost };
}

/** Measures each size once a round. */
export async function measureScale(rounds: number): Promise<ScaleResult> {
  const [deploys, tables]: [DeployCost[], TableCost[]] = [[], []];
  // In turn, so that a noisy minute affects all sizes.
  for (let round = 0; round < rounds; round++) {
    for (const apps of appCounts) tables.push(await measureTable(apps));
    for (const machines of machineCounts) deploys.push(await measureDeploy(machines));
  }
  return { deploys, tables };
}

/**
 * The least CPU time of each size, as noise only adds to it, and the most memory, as that depends on when garbage is collected.
 * In the order of the sizes.
 */
const summarized = <Row extends Cost>(rows: readonly Row[], sizeOf: (row: Row) => number): Row[] =>
  [...Map.groupBy(rows, sizeOf).entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, some]) => {
      const [least] = some.toSorted((a, b) => a.cpu - b.cpu);
      return least === undefined ? [] : [{ ...least, rss: Math.max(...some.map(({ rss }) => rss)) }];
    });

/** A size's costs, and the line through those of all sizes. */
export interface Summary<Row extends Cost> {
  readonly rows: readonly Row[];
  /** Milliseconds. */
  readonly cpu: Line;
  /** KiB. */
  readonly memory: Line;
}

const fitted = <Row extends Cost>(all: readonly Row[], sizeOf: (row: Row) => number): Summary<Row> => {
  const rows = summarized(all, sizeOf);
  return {
    rows,
    cpu: fitLine(rows.map((row) => [sizeOf(row), row.cpu])),
    memory: fitLine(rows.map((row) => [sizeOf(row), row.rss])),
  };
};

export const summaryOf = ({ deploys, tables }: ScaleResult) => ({
  fleets: fitted(deploys, ({ machines }) => machines),
  apps: fitted(tables, ({ apps }) => apps),
});
