import { describe, expect, test } from '@jest/globals';
import { isAction, type LoopbackServer } from '../../sandbox/lib/http.ts';
import type { ImageOptions } from '../../sandbox/registry/images.ts';
import { runnerSecrets } from '../../sandbox/runner/environment.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { inWorld, oldCommit, type TestWorld, tag } from './world.ts';

// The requests and connections of a dry run. Those to the registry include its token service, not the host that it keeps
// blobs on. The machines' own requests, such as those that pull an image, do not count.

const ownOf = ({ requests }: LoopbackServer) => requests.filter(isAction);

const connectionsOf = (server: LoopbackServer) =>
  new Set(ownOf(server).map(({ connection }) => connection)).size;

async function dryRun({ deploy, push }: TestWorld, options: ImageOptions = {}, inputs = {}): Promise<void> {
  push(tag, options);
  const run = await deploy(workflowRun(), { mode: 'dry-run', ...inputs });
  expect([run.status, run.outputs['skipped']]).toEqual([0, 'dry-run']);
}

/** The commit of the build is only in its provenance: the label is a base image's. */
const provenance: ImageOptions = { labels: { 'org.opencontainers.image.revision': oldCommit } };

describe('a dry run', () => {
  test.each<
    [what: string, most: number, exactly: number, options: ImageOptions, visibility: 'public' | 'private']
  >([
    ['a public image with a revision label', 5, 5, {}, 'public'],
    ['a public image that only its provenance links to its commit', 8, 7, provenance, 'public'],
    ['a private image with a revision label', 8, 6, {}, 'private'],
    ['a private image that only its provenance links to its commit', 8, 8, provenance, 'private'],
  ])(
    'of %s sends at most %d requests to the registry and 3 to Fly.io',
    (_, most, exactly, options, visibility) =>
      inWorld(async (world) => {
        const { registry, fly, github } = world;
        registry.addRepository('owner/repo', visibility);
        registry.addUser('octocat', runnerSecrets.github);
        await dryRun(world, options);
        expect(exactly).toBeLessThanOrEqual(most);
        expect(ownOf(registry)).toHaveLength(exactly);
        expect(ownOf(fly)).toHaveLength(3);
        expect(ownOf(github)).toHaveLength(2);
      }),
  );

  test('reuses its connections: one for what is sent one after the other', () =>
    inWorld(async (world) => {
      await dryRun(world, provenance);
      const { registry, cdn, fly, github } = world;
      expect([registry, cdn].map(connectionsOf)).toEqual([1, 1]);
      // The app's URL is requested beside the machines, and the two comparisons can overlap.
      expect(connectionsOf(fly)).toBe(2);
      expect(connectionsOf(github)).toBeLessThanOrEqual(2);
    }));

  test('without a token sends nothing to Fly.io', () =>
    inWorld(async (world) => {
      await dryRun(world, {}, { 'fly-api-token': '' });
      expect(world.fly.requests).toEqual([]);
    }));
});
