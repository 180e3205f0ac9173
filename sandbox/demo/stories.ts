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
  fixed: 'fee1900d1234567890abcdef1234567890abcdef',
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
  { sha: commits.fixed, message: 'Fall back to port 8080', login: 'octocat' },
];

export interface Story {
  readonly title: string;
  /** What happens before the step runs, and what it must do about it: two or three sentences. */
  readonly story: string;
  readonly event: SandboxEvent;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Files of the workspace by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Changes the world before the step runs. @returns the linux/amd64 digest that each machine must report after it. */
  readonly prepare: (world: StoryWorld) => (string | undefined)[];
  readonly expected: Ending;
  /** How it ended, for people. It is only true if everything ended as expected. */
  readonly ending: string;
}

/** How a story has to end. */
interface Ending {
  /** Exit status of the step. */
  readonly status: number;
  /** Exit statuses of flyctl, one for each time that it deployed. */
  readonly flyctl: readonly number[];
  /** Outputs of the step that it is about. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Codes of its error. */
  readonly codes?: readonly string[];
  /** Codes of what the doctor has to find, among others. */
  readonly findings?: readonly string[];
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
  /** Replaces the addresses of the local registries with the names of GitHub's and Fly.io's. */
  readonly named: (text: string) => string;
  readonly close: () => Promise<void>;
}

export interface StoryRun {
  readonly story: Story;
  readonly run: ActionRun;
  /** What ended otherwise than expected, as sentences; empty if nothing did. */
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
        ...(story.files && { files: story.files }),
        env: {
          ...fly.env,
          GITHUB_API_URL: github.origin,
          SANDBOX_GITHUB_REGISTRY: registry.host,
        },
        onLine,
      });
      const unexpected = surprises(story.expected, run);
      const runs = digestsOf(world);
      if (runs.join() !== digests.join()) unexpected.push(`the machines run ${runs.join(', ')}`);
      return { story, run, unexpected };
    },
    named: (text) => {
      // Markdown and Mermaid have the colon as a character reference in some places.
      const addressOf = (host: string) =>
        new RegExp(host.replaceAll('.', '\\.').replace(':', '(?::|&?#58;)'), 'g');
      return text
        .replaceAll(addressOf(registry.host), 'ghcr.io')
        .replaceAll(addressOf(fly.registry.host), 'registry.fly.io');
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

/** What ended otherwise than a story expects, as sentences. */
function surprises(expected: Ending, run: ActionRun): string[] {
  const codes = /^::debug::Error code: (.*)$/m.exec(run.stdout)?.[1] ?? '';
  const deploys = run.flyctl.filter(({ argv }) => argv[0] === 'deploy').map(({ status }) => status);
  return [
    run.status !== expected.status && `exit status ${run.status}, not ${expected.status}`,
    deploys.join() !== expected.flyctl.join() && `flyctl exited with [${deploys.join(', ')}]`,
    ...Object.entries(expected.outputs).map(
      ([name, value]) => run.outputs[name] !== value && `${name} is "${run.outputs[name]}", not "${value}"`,
    ),
    expected.codes !== undefined && codes !== expected.codes.join(', ') && `the error code is "${codes}"`,
    ...(expected.findings ?? []).map(
      (code) =>
        !new RegExp(`^::debug::Finding: \\S+ ${code}$`, 'm').test(run.stdout) && `${code} was not found`,
    ),
    run.stderr !== '' && `stderr: ${run.stderr}`,
  ].filter((each) => each !== false);
}

export const automatic: Story = {
  title: 'A successful deploy',
  story: `The workflow "Build" has built commit ${commits.first.slice(0, 7)}. Meanwhile somebody pushed a newer commit, and :main is already its image. The step must deploy the image of the commit that was built, main-abc1234, and check every machine.`,
  event: workflowRun(),
  prepare: ({ push }) => {
    const { platformDigest } = push('main-abc1234', commits.first, 4);
    push('main', commits.second, 1);
    return [platformDigest, platformDigest, platformDigest];
  },
  expected: { status: 0, flyctl: [0], outputs: { verified: 'true', tag: 'main-abc1234' } },
  ending: 'All 3 machines run main-abc1234, the image of the commit that was built.',
};

export const stale: Story = {
  title: 'A stale tag is caught',
  story:
    'Commit beefcaf was built, but an older build that was run again overwrote its tag: main-beefcaf now contains commit abc1234. The name looks right. The step compares the commit in the image with the commit of the build.',
  event: workflowRun({ head_sha: commits.second, run_number: 43 }),
  prepare: (world) => {
    world.push('main-beefcaf', commits.first, 2);
    return digestsOf(world);
  },
  expected: {
    status: 1,
    flyctl: [],
    outputs: { verified: 'false', deployed: 'false' },
    codes: ['revision-mismatch'],
  },
  ending: 'Nothing was deployed. All 3 machines still run main-abc1234.',
};

const revertedTitle = 'A revert is caught';
const revertedStory =
  'The new image does not stay up in Singapore (sin). Fly.io reverts that machine to its previous image after flyctl has exited with status 0.';

export const reverted: Story = {
  title: revertedTitle,
  story: `${revertedStory} A step that trusts flyctl succeeds here.`,
  event: workflowRun({ head_sha: commits.broken, run_number: 44 }),
  prepare: (world) => {
    const [, , before] = digestsOf(world);
    const { platformDigest } = world.push('main-bad5eed', commits.broken, 3);
    world.fly.behave(app, revertInSingapore);
    return [platformDigest, platformDigest, before];
  },
  expected: { status: 1, flyctl: [0], outputs: { verified: 'false', 'rolled-back': 'false' } },
  ending: '2 machines run main-bad5eed, and 1 runs the previous image.',
};

export const rolledBack: Story = {
  title: `${revertedTitle}, and rolled back`,
  story: `${revertedStory} A step that trusts flyctl would succeed, with two versions in production. With rollback: true, the step deploys the previous image again and verifies it.`,
  event: reverted.event,
  inputs: { rollback: 'true' },
  prepare: (world) => {
    const before = digestsOf(world);
    world.push('main-bad5eed', commits.broken, 3);
    world.fly.behave(app, revertInSingapore);
    return before;
  },
  expected: { status: 1, flyctl: [0, 0], outputs: { verified: 'false', 'rolled-back': 'true' } },
  ending:
    'All 3 machines run main-abc1234 again. flyctl had exited with status 0, and the step failed nevertheless.',
};

export const privateImage: Story = {
  title: 'A private image is copied',
  story:
    'The package is private now, and Fly.io can only pull anonymously. The step copies the image to registry.fly.io byte for byte, with the permissions of the job, and deploys the copy. The digest stays the same.',
  event: workflowRun({ head_sha: commits.fixed, run_number: 45 }),
  prepare: ({ registry, push }) => {
    const { platformDigest } = push('main-fee1900', commits.fixed, 2);
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', 'ghs_token-of-the-job');
    return [platformDigest, platformDigest, platformDigest];
  },
  expected: { status: 0, flyctl: [0], outputs: { verified: 'true', mirrored: 'true' } },
  ending: 'All 3 machines run the copy of main-fee1900. Nobody had to make the package public.',
};

/** Workflows as they are found in the wild. */
const brokenSetup = {
  'fly.toml': 'app = "test-battle-staging"\n',
  '.github/workflows/build.yml': `name: Build
on:
  push:
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - id: meta
        uses: docker/metadata-action@v6
        with:
          images: ghcr.io/\${{ github.repository }}
          tags: type=sha
      - uses: docker/build-push-action@v7
        with:
          push: true
          platforms: linux/arm64
          tags: \${{ steps.meta.outputs.tags }}
`,
  '.github/workflows/deploy.yml': `name: Deploy
on:
  workflow_run:
    workflows: [Build]
    types: [completed]
  workflow_dispatch:
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - uses: deploy-fly-image/deploy-fly-image@v1
        with:
          app: test-battle
          fly-api-token: \${{ secrets.FLY_API_TOKEN }}
`,
};

export const brokenSetupChecked: Story = {
  title: 'The doctor checks a broken setup',
  story:
    'A repository as many are: fly.toml belongs to another app, the build gives its images tags of another form and builds only for arm64, and two deploys can overlap. With mode: doctor, the step lists all of that at once, with the lines to change, before a deploy fails.',
  event: workflowDispatch(),
  inputs: { mode: 'doctor' },
  files: brokenSetup,
  prepare: (world) => {
    const { registry } = world;
    registry.addRepository('owner/repo', 'public');
    for (const sha of Object.values(commits)) registry.untag('owner/repo', `main-${sha.slice(0, 7)}`);
    const built = makeImage({ platforms: ['linux/arm64'] });
    for (const tag of ['main', 'sha-fee1900']) registry.push('owner/repo', tag, built);
    return digestsOf(world);
  },
  expected: {
    status: 1,
    flyctl: [],
    outputs: { deployed: 'false' },
    findings: ['config-of-other-app', 'build-other-platform', 'build-other-tags', 'concurrency-missing'],
  },
  ending: 'Nothing was changed. The list shows the lines to change.',
};

/** The stories of the demo, in their order: each begins with what the one before it left behind. */
export const demo: readonly Story[] = [automatic, stale, rolledBack, privateImage, brokenSetupChecked];
