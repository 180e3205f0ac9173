import type { WorkflowOptions, WorkflowRun } from '../../sandbox/act/act.ts';
import type { Machine } from '../../sandbox/fly/fly.ts';
import { serve } from '../../sandbox/lib/http.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import {
  builtCommit,
  fork,
  pullRequest,
  push,
  type SandboxEvent,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import type { Observed, Pair, Runs, Situation } from '../../scripts/docs/migration.ts';
import { codeOf } from '../../scripts/docs/pages.ts';
import { app, oldCommit } from '../e2e/world.ts';
import { read } from '../workflows.ts';
import { type ActWorld, inActWorld } from './act-world.ts';
import { offline, realFlyctl } from './flyctl-world.ts';

// Runs the workflows of docs/migration.md, and observes what each one deploys in each situation.

/** The situations that apply to a way, by its name in docs/migration.md. */
export const ways: Readonly<Record<string, readonly Situation[]>> = {
  'full-sha': ['normal', 'moved', 'newer', 'fork', 'failed', 'revert', 'private'],
  latest: ['normal', 'stale', 'fork', 'failed', 'revert', 'private'],
  'short-sha': ['normal', 'moved', 'fork', 'failed', 'revert', 'private'],
  'manifest-inspect': ['normal', 'stale', 'private'],
  'build-digest': ['normal', 'rerun', 'revert', 'private'],
  'local-only': ['normal', 'stale', 'fork', 'failed', 'revert', 'private'],
  'push-again': ['normal', 'moved', 'fork', 'failed', 'revert', 'private'],
  matrix: ['normal', 'stale', 'between', 'fork', 'failed', 'revert', 'private'],
  preview: ['normal', 'stale', 'pull-request-of-fork', 'revert', 'private'],
  script: ['normal', 'moved', 'fork', 'failed', 'revert', 'unhealthy', 'private'],
};

type Side = keyof Pair;

/** The head of the fork's pull request. */
const forkCommit = 'bad0000567890abcdef1234567890abcdef12345';
const source = 'https://github.com/owner/repo';
const previews = `${app}-pr-7`;
const matrix = [`${app}-eu`, `${app}-us`];

const page = read('docs/migration.md');
/** The workflow around the steps of the page. */
const [frame = { text: '' }] = codeOf(page).filter(({ text }) => text.startsWith('on:'));

/** The workflow that the page shows for a way: its section's first block, or the second, which replaces it. */
export function workflowOf(way: string, side: Side): string {
  const [section] = page.split(/^## /m).filter((text) => text.includes(`<!-- begin:${way} -->`));
  const [published, replacement] = codeOf(section ?? '').filter(({ lang }) => lang === 'yaml');
  const { text } = (side === 'published' ? published : replacement) ?? { text: '' };
  if (text === '') throw new Error(`docs/migration.md has no ${side} workflow for ${way}`);
  if (text.startsWith('on:')) return text;
  const around =
    way === 'build-digest' ? frame.text.replace(/^on:[\s\S]*?(?=^jobs:)/m, 'on: push\n') : frame.text;
  return `${around}\n${text.replaceAll(/^(?=.)/gm, '      ')}`;
}

/** The event that starts the workflows of a way. */
function eventOf(way: string, situation: Situation): SandboxEvent {
  const { head_repository: own } = workflowRun().payload['workflow_run'] as { head_repository: object };
  if (way === 'build-digest') return push();
  if (way === 'preview')
    return pullRequest('pull_request', {
      action: 'synchronize',
      pull_request: {
        number: 7,
        head: {
          ref: 'topic',
          sha: situation === 'pull-request-of-fork' ? forkCommit : builtCommit,
          repo: situation === 'pull-request-of-fork' ? fork : own,
        },
        base: { ref: 'main' },
        user: { login: 'octocat' },
      },
    });
  const event = workflowRun({
    ...(situation === 'failed' && { conclusion: 'failure' }),
    ...(situation === 'fork' && { event: 'pull_request', head_sha: forkCommit, head_repository: fork }),
  });
  // Unless a newer commit was pushed, the built one is the head of main.
  return situation === 'newer' ? event : { ...event, env: { ...event.env, GITHUB_SHA: builtCommit } };
}

const appsOf = (way: string): string[] =>
  way === 'matrix' ? matrix : way === 'preview' ? [previews] : [app];

/** Prepares the registry and Fly.io. */
async function prepare(world: ActWorld, way: string, situation: Situation): Promise<void> {
  const { registry, fly, repository } = world;
  const { built, head } = repository;
  registry.addUser('octocat', 'ghs_token-of-the-job');
  const give = (commit: string, ...tags: string[]) => {
    for (const tag of tags) world.push(tag, { revision: commit });
  };
  const own = (commit: string) => [`main-${commit.slice(0, 7)}`, commit];
  give(oldCommit, ...own(oldCommit), 'main', 'latest', 'pr-7');
  if (situation !== 'stale') give(built, 'main', 'latest', 'pr-7');
  give(situation === 'moved' ? oldCommit : built, ...own(built));
  if (situation === 'newer' || situation === 'rerun') give(head, ...own(head), 'main', 'latest');
  if (situation === 'fork') give(forkCommit, ...own(forkCommit));
  const running =
    situation === 'rerun'
      ? `main-${head.slice(0, 7)}`
      : situation === 'fork'
        ? `main-${built.slice(0, 7)}`
        : 'main-0000000';
  const image = `${world.image}:${running}`;
  for (const name of appsOf(way)) {
    await fly.createApp(name, [
      { region: 'fra', image },
      { region: 'sin', image },
    ]);
    fly.platform.apps.get(name)?.releases.push({
      ...{ id: 'release-1', version: 1, status: 'complete', strategy: 'rolling' },
      ...{ image_ref: image, created_at: '2026-11-20T00:00:00Z' },
    });
  }
  const last = appsOf(way).at(-1) ?? '';
  if (situation === 'revert') fly.inject(last, { name: 'revert', since: 'end', machines: [1] });
  if (situation === 'between')
    fly.fault({
      path: new RegExp(`^/v1/apps/${last}`),
      times: 1,
      hook: () => give(head, ...own(head), 'main', 'latest'),
    });
  if (situation === 'private') registry.addRepository('owner/repo', 'private');
}

/** Makes the page's text fast, and lets it reach the sandbox. */
const adapted = (text: string, { registry, mirror }: ActWorld, health: string): string =>
  text
    .replaceAll('ghcr.io', registry.host)
    .replaceAll('registry.fly.io', mirror.host)
    .replaceAll('https://test-battle.fly.dev', health)
    .replaceAll('sleep 10', 'sleep 0.1')
    // Jobs of a matrix that run at once can crash act.
    .replaceAll(/^( *)matrix:$/gm, '$1max-parallel: 1\n$&')
    // The action, and then a call of deploy-image.yml.
    .replaceAll(
      /^( *)fly-api-token: .*$/gm,
      (line, indent) =>
        `${line}\n${indent}settle-time: 300ms${/^ *image: /m.test(text) ? '' : `\n${indent}image: ${registry.host}/owner/repo`}`,
    )
    .replaceAll(/^( *)apps: .*$/gm, `$&\n$1settle-time: 300ms\n$1image: ${registry.host}/owner/repo`);

/** What a machine runs, by the commit in its image's label. */
function runsOf(world: ActWorld, situation: Situation, { labels, digest }: Machine['image_ref']): Runs {
  const { built, head } = world.repository;
  const revision = labels['org.opencontainers.image.revision'];
  const before = situation === 'rerun' ? head : situation === 'fork' ? built : oldCommit;
  if (revision === before) return 'before';
  if (revision === head) return 'newer';
  if (revision === forkCommit) return 'fork';
  if (revision !== built) throw new Error(`a machine runs an image of ${revision}`);
  return isOfBuild(world, digest) ? 'commit' : 'copy';
}

/** Whether a build pushed this manifest, in this run or before. */
function isOfBuild({ registry, repository }: ActWorld, digest: string): boolean {
  const pushed = registry.requests.some(
    ({ method, path }) => method === 'PUT' && path.endsWith(`/owner/repo/manifests/${digest}`),
  );
  return pushed || digest === makeImage({ revision: repository.built, source }).platformDigest;
}

/** What a run left behind. */
function observe(
  world: ActWorld,
  way: string,
  situation: Situation,
  { status, jobs, steps }: WorkflowRun,
): Observed {
  const [last] = steps.filter(({ outputs }) => outputs['state'] !== undefined).toReversed();
  const skipped = Object.keys(jobs).length === 0 || (last?.outputs['skipped'] ?? '') !== '';
  return {
    ended: status !== 0 ? 'failed' : skipped ? 'skipped' : 'succeeded',
    ...(last && { state: last.outputs['state'] }),
    runs: appsOf(way).flatMap((name) =>
      world.fly.machines(name).map(({ image_ref }) => runsOf(world, situation, image_ref)),
    ),
  };
}

/** What was observed, and the log of the run. */
export interface Play {
  readonly observed: Observed;
  readonly log: string;
}

/** Runs one of a pair in a new world. */
export async function perform(way: string, situation: Situation, side: Side): Promise<Play> {
  let play: Play | undefined;
  await inActWorld(
    async (world) => {
      await prepare(world, way, situation);
      const health = await serve((_, response) => {
        const [machine] = world.fly.machines(app);
        const isNew =
          machine?.image_ref.labels['org.opencontainers.image.revision'] === world.repository.built;
        response.writeHead(situation === 'unhealthy' && isNew ? 500 : 200).end();
      });
      try {
        world.fly.setHostname(app, health.host);
        const options: Partial<WorkflowOptions> = {
          flyctl: realFlyctl,
          // The published ones set it up. Otherwise the action would download it.
          flyctlOnPath: side === 'replacement',
          docker: side === 'published',
          env: offline.env,
          // GitHub gives no secrets to a fork's pull request.
          ...(situation === 'pull-request-of-fork' && { secrets: { FLY_API_TOKEN: '' } }),
        };
        const workflow = adapted(workflowOf(way, side), world, health.origin);
        const run = await world.run(workflow, eventOf(way, situation), options);
        play = { observed: observe(world, way, situation, run), log: run.log };
      } finally {
        await health.close();
      }
    },
    { files: { 'fly.toml': `app = "${app}"\nprimary_region = "fra"\n` } },
  );
  if (play === undefined) throw new Error('the world ended early');
  return play;
}
