import { beforeAll } from '@jest/globals';
import { runWorkflow, type WorkflowOptions, type WorkflowRun } from '../../sandbox/act/act.ts';
import { makeRepository, type Repository, type RepositoryOptions } from '../../sandbox/act/repository.ts';
import { builtCommit, defaultHead } from '../../sandbox/runner/events.ts';
import { inWorld, oldCommit, type TestWorld } from '../e2e/world.ts';
import { examples } from '../workflows.ts';

const act = process.env['REAL_ACT'] ?? '';
beforeAll(() => {
  if (act === '') throw new Error('REAL_ACT names no act: go install github.com/nektos/act@v0.2.89');
});

export interface ActWorld extends TestWorld {
  readonly repository: Repository;
  /** The tag that the build gives the built commit's image. */
  readonly builtTag: string;
  /** Pushes the built commit's image like its build, and returns its digests. */
  pushBuilt(): ReturnType<TestWorld['push']>;
  /**
   * Runs the text of a workflow, with the sandbox's hosts in the environment and the secret FLY_API_TOKEN. `ghcr.io`
   * in the text becomes the sandbox's registry, and the commits of `sandbox/runner/events.ts` the repository's.
   */
  run(
    workflow: string,
    event: WorkflowOptions['event'],
    options?: Partial<Omit<WorkflowOptions, 'workflow' | 'event'>>,
  ): Promise<WorkflowRun>;
}

/** A world with a registry, Fly.io, GitHub, and a repository with these files in which the workflows run. */
export const inActWorld = (
  play: (world: ActWorld) => Promise<void>,
  {
    files = { 'fly.toml': 'app = "test-battle"\nprimary_region = "fra"\n' },
    ...more
  }: RepositoryOptions & {
    readonly files?: Readonly<Record<string, string>>;
    readonly world?: Parameters<typeof inWorld>[1];
  } = {},
): Promise<void> =>
  inWorld(async (world) => {
    const repository = makeRepository(files, more);
    try {
      world.github.history = [oldCommit, repository.built, repository.head];
      const builtTag = `main-${repository.built.slice(0, 7)}`;
      const redirected = (text: string) => text.replaceAll('ghcr.io', world.registry.host);
      const committed = <T>(value: T): T =>
        JSON.parse(
          JSON.stringify(value)
            .replaceAll(builtCommit, repository.built)
            .replaceAll(defaultHead, repository.head),
        ) as T;
      await play({
        ...world,
        repository,
        builtTag,
        pushBuilt: () => world.push(builtTag, { revision: repository.built }),
        run: (workflow, event, options = {}) =>
          runWorkflow({
            act,
            repository,
            event: committed(event),
            workflow,
            rewrite: redirected,
            ...options,
            secrets: { FLY_API_TOKEN: world.fly.token, ...options.secrets },
            env: {
              ...world.fly.env,
              GITHUB_API_URL: world.github.origin,
              SANDBOX_GITHUB_REGISTRY: world.registry.host,
              ...options.env,
            },
          }),
      });
    } finally {
      repository.remove();
    }
  }, more.world);

/** The workflow in the README or docs/two-workflows.md that begins with this path in a comment and contains this text. */
export function readmeWorkflow(path: string, words: string): string {
  const found = examples().filter(
    ({ name, text }) =>
      /^(?:README|docs\/two-workflows)\.md/.test(name) &&
      text.startsWith(`# ${path}\n`) &&
      text.includes(words),
  );
  const [example] = found;
  if (example === undefined || found.length > 1)
    throw new Error(`There are ${found.length} examples ${path} with ${words}`);
  return example.text;
}

/** The workflow with more inputs of the action's step, which make tests fast or reach the sandbox. */
export const withInputs = (workflow: string, inputs: Readonly<Record<string, string>>): string =>
  workflow.replace(/^( *)(fly-api-token: .*)$/m, (_, indent: string, line: string) =>
    [line, ...Object.entries(inputs).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)]
      .map((each) => `${indent}${each}`)
      .join('\n'),
  );
