// What the benchmarks run: the action's cases, with a registry, Fly.io and GitHub on this machine.
import { type SandboxFly, startFly } from '../../sandbox/fly/fly.ts';
import { type SandboxGitHub, startGitHub } from '../../sandbox/github/github.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import { type SandboxRegistry, startRegistry } from '../../sandbox/registry/registry.ts';
import { workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { type ActionRun, type RunOptions, runAction } from '../../sandbox/runner/runner.ts';

export interface BenchWorld {
  readonly registry: SandboxRegistry;
  readonly fly: SandboxFly;
  readonly github: SandboxGitHub;
  /** The reference that the dry run resolves. */
  readonly reference: string;
  readonly cases: readonly Case[];
  readonly close: () => Promise<unknown>;
}

/** A way to run the action. */
export interface Case {
  readonly name: string;
  /** The highest acceptable ratio of the medians to `node -e 0`. */
  readonly target?: number;
  readonly options: RunOptions;
  readonly isRight: (run: ActionRun) => boolean;
}

const [commit, before] = ['abc1234567890abcdef1234567890abcdef12345', '0'.repeat(40)];
const tagOf = (revision: string): string => `main-${revision.slice(0, 7)}`;

export async function startBenchWorld(): Promise<BenchWorld> {
  const [registry, fly, github] = [
    await startRegistry(),
    await startFly(),
    await startGitHub([before, commit]),
  ];
  const image = `${registry.host}/owner/repo`;
  for (const revision of [before, commit]) {
    const made = makeImage({ revision, source: 'https://github.com/owner/repo' });
    registry.push('owner/repo', tagOf(revision), made);
  }
  await fly.createApp('test-battle', [{ region: 'fra', image: `${image}:${tagOf(before)}` }]);
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
      target: 2.2,
    },
    {
      name: 'start of fleet/',
      options: { action: 'fleet', event: workflowDispatch(), inputs: { apps: '["test-battle"]' } },
      isRight: ({ status }) => status === 0,
      target: 2.2,
    },
    { name: 'dry run', ...dryRun({}), target: 3.6 },
    // What comparing commits takes, octokit included: the difference between these two.
    { name: 'dry run, anonymous', ...dryRun({ 'github-token': '' }) },
  ];
  return {
    ...{ registry, fly, github, cases },
    reference: `${image}:${tagOf(commit)}`,
    close: () => Promise.all([registry.close(), fly.close(), github.close()]),
  };
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
