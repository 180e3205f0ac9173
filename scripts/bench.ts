// Measures the step's overhead before a deploy: a whole dry run in a separate process, with a registry on this machine,
// against `node -e 0`. The ratio can be compared between machines.
import { spawnSync } from 'node:child_process';
import { startFly } from '../sandbox/fly/fly.ts';
import { startGitHub } from '../sandbox/github/github.ts';
import { makeImage } from '../sandbox/registry/images.ts';
import { startRegistry } from '../sandbox/registry/registry.ts';
import { workflowRun } from '../sandbox/runner/events.ts';
import { runAction } from '../sandbox/runner/runner.ts';

// `npm run bench -- copy` and `npm run bench -- verdict` are other benchmarks.
const others: Record<string, () => Promise<unknown>> = {
  copy: () => import('./bench-copy.ts'),
  verdict: () => import('./bench/verdict.ts'),
};
const other = others[process.argv[2] ?? ''];
if (other !== undefined) {
  process.argv.splice(2, 1);
  await other();
  process.exit();
}
const rounds = Number(process.argv[2] ?? 15);
const commit = 'abc1234567890abcdef1234567890abcdef12345';

const registry = await startRegistry();
const fly = await startFly();
const github = await startGitHub([commit]);
registry.push(
  'owner/repo',
  'main-abc1234',
  makeImage({ revision: commit, source: 'https://github.com/owner/repo' }),
);
await fly.createApp('test-battle', [{ region: 'fra', image: `${registry.host}/owner/repo:main-abc1234` }]);

async function dryRun(): Promise<number> {
  const run = await runAction({
    event: workflowRun({ head_sha: commit }),
    inputs: {
      app: 'test-battle',
      'fly-api-token': fly.token,
      image: `${registry.host}/owner/repo`,
      mode: 'dry-run',
    },
    env: { ...fly.env, GITHUB_API_URL: github.origin },
  });
  if (run.status !== 0 || run.outputs['skipped'] !== 'dry-run')
    throw new Error(`the dry run failed:\n${run.stdout}${run.stderr}`);
  return run.ms;
}

function bareNode(): number {
  const begin = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - begin;
}

const [dry, bare]: [number[], number[]] = [[], []];
// They run in turn, so that a noisy minute affects both. The first round warms the disk's cache and does not count.
for (let round = 0; round <= rounds; round++) {
  const [a, b] = [await dryRun(), bareNode()];
  if (round > 0) {
    dry.push(a);
    bare.push(b);
  }
}
await Promise.all([registry.close(), fly.close(), github.close()]);

const sorted = (times: number[]) => [...times].sort((a, b) => a - b);
const median = (times: number[]) => sorted(times)[Math.floor(times.length / 2)] ?? 0;
const line = (name: string, times: number[]) =>
  `${name.padEnd(12)} min ${(sorted(times)[0] ?? 0).toFixed(0).padStart(5)} ms   median ${median(times).toFixed(0).padStart(5)} ms   max ${(sorted(times).at(-1) ?? 0).toFixed(0).padStart(5)} ms`;
console.log(`${rounds} rounds, node ${process.version}`);
console.log(line('dry run', dry));
console.log(line('node -e 0', bare));
console.log(`ratio of the medians: ${(median(dry) / median(bare)).toFixed(2)}`);
