// Measures the step's overhead before a deploy against `node -e 0` in the same run: a start that ends at its inputs, the
// fleet action, and whole dry runs with a registry on this machine. Each is a separate process without a compile cache, as
// on a fresh runner. The ratios can be compared between machines.
import { spawnSync } from 'node:child_process';
import { startFly } from '../sandbox/fly/fly.ts';
import { startGitHub } from '../sandbox/github/github.ts';
import { makeImage } from '../sandbox/registry/images.ts';
import { startRegistry } from '../sandbox/registry/registry.ts';
import { workflowDispatch, workflowRun } from '../sandbox/runner/events.ts';
import { traced } from '../sandbox/runner/loads.ts';
import { type ActionRun, type RunOptions, runAction } from '../sandbox/runner/runner.ts';
import { median, writeResults } from './bench/page.ts';
import { measureScale, scaleLines } from './bench/scale.ts';
import { simulateVerdicts } from './bench/verdict.ts';

// `npm run bench -- copy` is another benchmark.
if (process.argv[2] === 'copy') {
  process.argv.splice(2, 1);
  await import('./bench-copy.ts');
  process.exit();
}
if (process.argv[2] === 'verdict') {
  for (const { strategy, machines, seconds, fixed } of await simulateVerdicts(Number(process.argv[3] ?? 15)))
    console.log(
      `${strategy.padEnd(10)} ${String(machines).padStart(4)} machines: median ${median(seconds).toFixed(1)} s, worst ${Math.max(...seconds).toFixed(1)} s; fixed wait ${median(fixed).toFixed(1)} s`,
    );
  process.exit();
}
if (process.argv[2] === 'scale') {
  for (const line of scaleLines(await measureScale(Number(process.argv[3] ?? 3)))) console.log(line);
  process.exit();
}
const rounds = Number(process.argv[2] ?? 15);
const [commit, before] = ['abc1234567890abcdef1234567890abcdef12345', '0'.repeat(40)];

const registry = await startRegistry();
const fly = await startFly();
const github = await startGitHub([before, commit]);
const image = `${registry.host}/owner/repo`;
for (const revision of [before, commit]) {
  const made = makeImage({ revision, source: 'https://github.com/owner/repo' });
  registry.push('owner/repo', `main-${revision.slice(0, 7)}`, made);
}
await fly.createApp('test-battle', [{ region: 'fra', image: `${image}:main-${before.slice(0, 7)}` }]);

interface Case {
  readonly name: string;
  readonly options: RunOptions;
  readonly isRight: (run: ActionRun) => boolean;
  /** The most that it should take, as a multiple of `node -e 0`. */
  readonly ratio?: number;
  /** The most that it should read of dist/, in bytes. */
  readonly bytes?: number;
}

const dryRun = (token: Record<string, string>): Pick<Case, 'options' | 'isRight'> => ({
  options: {
    event: workflowRun({ head_sha: commit }),
    inputs: { app: 'test-battle', 'fly-api-token': fly.token, image, mode: 'dry-run', ...token },
  },
  isRight: ({ status, outputs }) => status === 0 && outputs['skipped'] === 'dry-run',
});
const cases: readonly Case[] = [
  {
    name: 'start, without inputs',
    options: { event: workflowDispatch() },
    isRight: ({ status }) => status === 1,
    ratio: 2.2,
    bytes: 400_000,
  },
  {
    name: 'start of fleet/',
    options: { action: 'fleet', event: workflowDispatch(), inputs: { apps: '["test-battle"]' } },
    isRight: ({ status }) => status === 0,
    ratio: 2.2,
    bytes: 400_000,
  },
  { name: 'dry run', ...dryRun({}), ratio: 3.6 },
  // What octokit takes: the difference between these two.
  { name: 'dry run, anonymous', ...dryRun({ 'github-token': '' }) },
];

async function run({ name, options, isRight }: Case, more: Pick<RunOptions, 'env'> = {}): Promise<ActionRun> {
  const ended = await runAction({
    ...options,
    env: { ...fly.env, GITHUB_API_URL: github.origin, NODE_COMPILE_CACHE: undefined, ...more.env },
  });
  if (!isRight(ended)) throw new Error(`${name} failed:\n${ended.stdout}${ended.stderr}`);
  return ended;
}

function bareNode(): number {
  const begin = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - begin;
}

const bare: number[] = [];
const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
// They run in turn, so that a noisy minute affects all. The first round warms the disk's cache and does not count.
for (let round = 0; round <= rounds; round++) {
  for (const each of cases) {
    const [ms, alone] = [(await run(each)).ms, bareNode()];
    if (round === 0) continue;
    times.get(each.name)?.push(ms);
    bare.push(alone);
  }
}
const read = new Map<string, number>();
for (const each of cases) {
  const { loads } = await traced((more) => run(each, more));
  read.set(
    each.name,
    loads.reduce((sum, { bytes }) => sum + bytes, 0),
  );
}
await Promise.all([registry.close(), fly.close(), github.close()]);

const least = (list: readonly number[]) => Math.min(...list);
const line = (name: string, list: readonly number[]) =>
  `${name.padEnd(22)} min ${least(list).toFixed(0).padStart(4)} ms   median ${median(list).toFixed(0).padStart(4)} ms`;
const target = (most: number | undefined, words: string) => (most === undefined ? '' : ` (at most ${words})`);
console.log(`${rounds} rounds, node ${process.version}`);
console.log(line('node -e 0', bare));
for (const { name, ratio, bytes } of cases) {
  const list = times.get(name) ?? [];
  const [ofMedians, ofMinima] = [median(list) / median(bare), least(list) / least(bare)];
  console.log(
    `${line(name, list)}   ratio of the medians ${ofMedians.toFixed(2)}, of the minima ${ofMinima.toFixed(2)}${target(ratio, `${ratio}`)}` +
      `   reads ${((read.get(name) ?? 0) / 1000).toFixed(0)} kB${target(bytes, `${(bytes ?? 0) / 1000} kB`)}`,
  );
}
if (process.argv[3] === '--write') {
  const measured = cases.map(({ name, ratio }) => ({
    name,
    ms: (times.get(name) ?? []).map((ms) => Number(ms.toFixed(1))),
    ...(ratio !== undefined && { ratio }),
    bytes: read.get(name) ?? 0,
  }));
  writeResults({
    node: process.version,
    rounds,
    bare: bare.map((ms) => Number(ms.toFixed(1))),
    cases: measured,
    verdicts: (await simulateVerdicts(rounds)).map((each) => ({
      ...each,
      seconds: each.seconds.map((second) => Number(second.toFixed(1))),
      fixed: each.fixed.map((second) => Number(second.toFixed(1))),
    })),
  });
}
