// What the benchmarks run: the action's cases, with a registry, Fly.io and GitHub on this machine.
import { type SandboxFly, startFly } from '../../sandbox/fly/fly.ts';
import { type SandboxGitHub, startGitHub } from '../../sandbox/github/github.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import { type SandboxRegistry, startRegistry } from '../../sandbox/registry/registry.ts';
import { workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { type ActionRun, type RunOptions, runAction } from '../../sandbox/runner/runner.ts';

/** The servers, with two images. The app runs the one of the commit before. */
interface BenchServers {
  readonly registry: SandboxRegistry;
  readonly fly: SandboxFly;
  readonly github: SandboxGitHub;
  /** `HOST/owner/repo` in the registry. */
  readonly image: string;
  /** The reference of the commit’s image, which a run resolves. */
  readonly reference: string;
  readonly close: () => Promise<unknown>;
}

export interface BenchWorld extends BenchServers {
  readonly cases: readonly Case[];
}

/** A way to run the action. */
export interface Case {
  readonly name: string;
  /** The highest acceptable ratio of the medians to `node -e 0`. */
  readonly target?: number;
  readonly options: RunOptions;
  readonly isRight: (run: ActionRun) => boolean;
}

export const app = 'test-battle';
const before = '0'.repeat(40);
const commit = 'abc1234567890abcdef1234567890abcdef12345';

/** @param regions those of the app’s machines, one each. */
export async function startBenchServers(
  regions: readonly string[],
  options?: Parameters<typeof startFly>[0],
): Promise<BenchServers> {
  const [registry, fly, github] = [
    await startRegistry(),
    await startFly(options),
    await startGitHub([before, commit]),
  ];
  const image = `${registry.host}/owner/repo`;
  const tagOf = (revision: string) => `main-${revision.slice(0, 7)}`;
  for (const revision of [before, commit]) {
    const made = makeImage({ revision, source: 'https://github.com/owner/repo' });
    registry.push('owner/repo', tagOf(revision), made);
  }
  const machines = regions.map((region) => ({ region, image: `${image}:${tagOf(before)}` }));
  await fly.createApp(app, machines);
  return {
    ...{ registry, fly, github, image, reference: `${image}:${tagOf(commit)}` },
    close: () => Promise.all([registry.close(), fly.close(), github.close()]),
  };
}

/** The event of a build of the commit. */
export const built = (): RunOptions['event'] => workflowRun({ head_sha: commit });

export async function startBenchWorld(): Promise<BenchWorld> {
  const servers = await startBenchServers(['fra']);
  const { fly, image } = servers;
  const dryRun = (token: Record<string, string>): Pick<Case, 'options' | 'isRight'> => ({
    options: {
      event: built(),
      inputs: { app, 'fly-api-token': fly.token, image, mode: 'dry-run', ...token },
    },
    isRight: ({ status, outputs }) => status === 0 && outputs['skipped'] === 'dry-run',
  });
  const cases: readonly Case[] = [
    {
      name: 'start, without inputs',
      options: { event: workflowDispatch() },
      isRight: ({ status }) => status === 1,
      target: 2.2,
    },
    {
      name: 'start of fleet/',
      options: { action: 'fleet', event: workflowDispatch(), inputs: { apps: JSON.stringify([app]) } },
      isRight: ({ status }) => status === 0,
      target: 2.2,
    },
    { name: 'dry run', ...dryRun({}), target: 3.6 },
    // What comparing commits takes, octokit included: the difference between these two.
    { name: 'dry run, anonymous', ...dryRun({ 'github-token': '' }) },
  ];
  return { ...servers, cases };
}

/**
 * Runs a case in a separate process without a compile cache, as on a fresh runner.
 *
 * @throws Error if the run ends otherwise than it should.
 */
export async function runCase(
  { name, options, isRight }: Case,
  { fly, github }: BenchWorld,
  more: Partial<RunOptions> = {},
): Promise<ActionRun> {
  const ended = await runAction({
    ...options,
    ...more,
    env: { ...fly.env, GITHUB_API_URL: github.origin, NODE_COMPILE_CACHE: undefined, ...more.env },
  });
  if (!isRight(ended)) throw new Error(`${name} failed:\n${ended.stdout}${ended.stderr}`);
  return ended;
}
