// Runs of the action from an event to the verification, against a registry and a Fly.io on this machine: those of the demo
// and of the README's pictures.
import { type SandboxFly, startFly } from '../fly/fly.ts';
import { type SandboxGitHub, startGitHub } from '../github/github.ts';
import { makeImage } from '../registry/images.ts';
import { type SandboxRegistry, startRegistry } from '../registry/registry.ts';
import { builtCommit, type SandboxEvent, workflowDispatch, workflowRun } from '../runner/events.ts';
import { type ActionRun, runAction } from '../runner/runner.ts';

const app = 'test-battle';
const commits = {
  yesterday: '0ddba11f00d0ddba11f00d0ddba11f00d0ddba11',
  first: builtCommit,
  second: 'beefcafe1234567890abcdef1234567890abcdef',
  broken: 'bad5eed1234567890abcdef1234567890abcdef1',
};
const history: SandboxGitHub['history'] = [
  { sha: commits.yesterday, message: 'Count the visitors', login: 'octocat' },
  {
    sha: '5ca1ab1e00d5ca1ab1e00d5ca1ab1e00d5ca1ab1',
    message: 'Say hello in two languages (#41)',
    login: 'hubot',
  },
  {
    sha: 'decade00d0decade00d0decade00d0decade00d0',
    message: 'Bump hono from 4.6.1 to 4.6.3',
    login: 'dependabot[bot]',
  },
  { sha: commits.first, message: 'Answer /healthz with the commit', login: 'octocat' },
  { sha: commits.second, message: 'Sort the scores', login: 'octocat' },
  { sha: commits.broken, message: 'Read the port from the config', login: 'hubot' },
];

export interface Story {
  readonly title: string;
  readonly story: string;
  readonly event: SandboxEvent;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Changes the world before the step runs. @returns the linux/amd64 digest that each machine must report after it. */
  readonly prepare: (world: StoryWorld) => (string | undefined)[];
  readonly expected: { readonly status: number; readonly verified: string };
}

/** The world in which stories run, one after the other. */
export interface StoryWorld {
  readonly registry: SandboxRegistry;
  readonly fly: SandboxFly;
  readonly push: (
    tag: string,
    revision: string,
    minutesAgo: number,
  ) => { platformDigest: string | undefined };
  readonly run: (story: Story, onLine?: (line: string) => void) => Promise<StoryRun>;
  readonly close: () => Promise<void>;
}

export interface StoryRun {
  readonly story: Story;
  readonly run: ActionRun;
  /** What ended otherwise than expected, in words; empty where nothing did. */
  readonly unexpected: readonly string[];
}

/**
 * Starts a world with an app of three machines that runs yesterday's commit.
 *
 * @param built when all images were built, ISO 8601; defaults to minutes ago.
 */
export async function startStories({ built }: { built?: string } = {}): Promise<StoryWorld> {
  const [registry, fly, github] = await Promise.all([startRegistry(), startFly(), startGitHub(history)]);
  const image = `${registry.host}/owner/repo`;
  const world: StoryWorld = {
    registry,
    fly,
    push: (tag, revision, minutesAgo) => {
      const created = built ?? new Date(Date.now() - minutesAgo * 60_000).toISOString();
      const made = makeImage({ revision, source: 'https://github.com/owner/repo', created });
      registry.push('owner/repo', tag, made);
      return { platformDigest: made.platformDigest };
    },
    run: async (story, onLine = () => {}) => {
      const digests = story.prepare(world);
      const run = await runAction({
        event: story.event,
        inputs: { app, 'fly-api-token': fly.token, image, 'settle-time': '3s', ...story.inputs },
        env: {
          ...fly.env,
          GITHUB_API_URL: github.origin,
          SANDBOX_GITHUB_REGISTRY: registry.host,
        },
        onLine,
      });
      const runs = fly.machines(app).map(({ image_ref }) => image_ref.digest);
      const unexpected = [
        run.status !== story.expected.status && `exit status ${run.status}, not ${story.expected.status}`,
        run.outputs['verified'] !== story.expected.verified && `verified=${run.outputs['verified']}`,
        run.flyctl[0]?.status !== 0 && `flyctl exited with ${run.flyctl[0]?.status}`,
        runs.join() !== digests.join() && `the machines run ${runs.join(', ')}`,
        run.stderr !== '' && `stderr: ${run.stderr}`,
      ].filter((each) => each !== false);
      return { story, run, unexpected };
    },
    close: async () => {
      await Promise.all([registry.close(), fly.close(), github.close()]);
    },
  };
  world.push('main-0ddba11', commits.yesterday, 24 * 60);
  const machines = { fra: '3d8d9e4f0a1b89', iad: '4d89e27a0c3d98', sin: '5683d9f1b2e708' };
  await fly.createApp(
    app,
    Object.entries(machines).map(([region, id]) => ({ id, region, image: `${image}:main-0ddba11` })),
  );
  return world;
}

const digestsOf = ({ fly }: StoryWorld) => fly.machines(app).map(({ image_ref }) => image_ref.digest);
/** The new version does not stay up in Singapore, and Fly.io reverts that machine after flyctl has exited. */
const revertInSingapore = { revertMachine: { index: 2, afterLists: 1 } };

export const automatic: Story = {
  title: 'Automatic: the build of a commit has completed',
  story: `The workflow "Build" built commit ${commits.first.slice(0, 7)}, and main has newer commits by now. The image of the built commit, main-abc1234, must be deployed, not the newest of main.`,
  event: workflowRun(),
  prepare: ({ push }) => {
    const { platformDigest } = push('main-abc1234', commits.first, 4);
    push('main', commits.second, 1);
    return [platformDigest, platformDigest, platformDigest];
  },
  expected: { status: 0, verified: 'true' },
};

export const manual: Story = {
  title: 'Manual: "Run workflow" is pressed',
  story:
    'This event does not name a commit. The tag main is resolved once, and its digest is deployed, so that a push during the deploy changes nothing.',
  event: workflowDispatch(),
  prepare: ({ push }) => {
    const { platformDigest } = push('main', commits.second, 2);
    return [platformDigest, platformDigest, platformDigest];
  },
  expected: { status: 0, verified: 'true' },
};

export const reverted: Story = {
  title: 'Reverted: flyctl succeeds, and one machine runs the old image',
  story:
    'The new image does not stay up in sin. Fly.io reverts that machine to its old image after flyctl has exited with status 0. A step that trusts flyctl succeeds here.',
  event: workflowRun({ head_sha: commits.broken, run_number: 43 }),
  prepare: (world) => {
    const [, , before] = digestsOf(world);
    const { platformDigest } = world.push('main-bad5eed', commits.broken, 3);
    world.fly.behave(app, revertInSingapore);
    return [platformDigest, platformDigest, before];
  },
  expected: { status: 1, verified: 'false' },
};

export const rolledBack: Story = {
  title: 'Rolled back: the other machines run the old image again',
  story:
    'The same with `rollback: true`: the image that ran before is deployed again, and verified. The step fails all the same.',
  event: reverted.event,
  inputs: { rollback: 'true' },
  prepare: (world) => {
    const before = digestsOf(world);
    world.push('main-bad5eed', commits.broken, 3);
    world.fly.behave(app, revertInSingapore);
    return before;
  },
  expected: { status: 1, verified: 'false' },
};
