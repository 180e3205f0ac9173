import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { makeImage } from '../../sandbox/registry/images.ts';
import {
  builtCommit,
  fork,
  pullRequest,
  push as pushEvent,
  release,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

/** The first block of inputs that an error prints, as inputs of a step. */
function printed(error: string): Record<string, string> {
  const block = /\nwith:\n((?: {2}\S.*(?:\n|$))+)/.exec(error)?.[1];
  if (block === undefined) throw new Error(`no inputs in: ${error}`);
  return parse(block);
}

/** Runs, then runs again with the inputs that the error prints: the second run must deploy that tag's image. */
async function follow(
  { deploy }: TestWorld,
  digest: string,
  { event = workflowRun(), inputs = {} }: { event?: ReturnType<typeof workflowRun>; inputs?: object } = {},
): Promise<{ error: string; lines: Record<string, string> }> {
  const run = await deploy(event, { ...inputs });
  expect(codesOf(run)).toEqual(['image-not-found']);
  const error = errorOf(run);
  const lines = printed(error);
  const again = await deploy(event, { ...inputs, ...lines });
  expect([again.status, again.outputs['digest'], again.outputs['verified']]).toEqual([0, digest, 'true']);
  return { error, lines };
}

describe('the commit’s image has another tag', () => {
  test.each([
    ['abc1234', '{sha}'],
    ['sha-abc1234', 'sha-{sha}'],
    [builtCommit, '{full-sha}'],
    ['main-abc123456', '{branch}-{sha:9}'],
    [`ci-${builtCommit}`, 'ci-{full-sha}'],
    ['main-abc1234-alpine', '{branch}-{sha}-alpine'],
    ['web.main.abc123456789-amd64', 'web.{branch}.{sha:12}-amd64'],
    ['gabc1234', 'g{sha}'],
  ])('%s: the error prints `sha-tag: %s`, which finds it', (name, template) =>
    inWorld(async (world) => {
      const { digest } = world.push(name);
      world.push('latest', { seed: 'another' });
      const { error, lines } = await follow(world, digest);
      expect(lines).toEqual({ 'sha-tag': template });
      expect(error).toContain(name);
      expect(error).toContain(`${world.image}:${tag}`);
    }),
  );

  test.each([
    ['20261124-gabc1234', '20261124'],
    ['main-abc1234-1795507200', '1795507200'],
    ['v62-3-gabc1234', 'v62 and 3'],
    ['2026-11-24.abc1234', '2026'],
    ['main-42-abc1234', '42'],
  ])('%s, which no template matches: the error prints its digest', (name, varying) =>
    inWorld(async (world) => {
      const { digest } = world.push(name);
      const { error, lines } = await follow(world, digest);
      expect(lines).toEqual({ image: `${world.image}@${digest}` });
      expect(error).toContain(name);
      expect(error).toContain(varying);
    }),
  );

  test('a registry that does not send the digest: the error prints the tag', () =>
    inWorld(async (world) => {
      const { digest } = world.push('20261124-gabc1234');
      world.registry.fault({ path: /manifests\/2026/, status: 500, times: 9 });
      const run = await world.deploy(workflowRun());
      world.registry.clearFaults();
      expect(printed(errorOf(run))).toEqual({ image: `${world.image}:20261124-gabc1234` });
      expect(digest).toMatch(/^sha256:/);
    }));

  test('a number that is also in the tags of other commits is part of the form', () =>
    inWorld(async (world) => {
      const { digest } = world.push('v2-abc1234');
      world.push('v2-fedcba9', { seed: 'another' });
      expect((await follow(world, digest)).lines).toEqual({ 'sha-tag': 'v2-{sha}' });
    }));

  test('several tags: the most specific one comes first, and others are named', () =>
    inWorld(async (world) => {
      for (const name of ['main-abc1234-arm64', 'sha-abc1234', '20261124-abc1234'])
        world.push(name, { seed: name });
      const { digest } = world.push('main-abc1234-debian');
      const { error, lines } = await follow(world, digest);
      expect(lines).toEqual({ 'sha-tag': '{branch}-{sha}-debian' });
      expect(error).toContain('"sha-{sha}" finds sha-abc1234');
    }));

  test('a short commit: the error prints the longer one if there is only one', () =>
    inWorld(async (world) => {
      const { digest } = world.push('sha-abc123456789');
      const inputs = { commit: 'abc1234' };
      const { lines } = await follow(world, digest, { event: workflowDispatch(), inputs });
      expect(lines).toEqual({ commit: 'abc123456789', 'sha-tag': 'sha-{sha:12}' });
    }));

  test('a short commit that begins two others matches neither', () =>
    inWorld(async ({ deploy, push }) => {
      push('sha-abc1234aaaa');
      push('sha-abc1234bbbb');
      const error = errorOf(await deploy(workflowDispatch(), { commit: 'abc1234' }));
      expect(error).not.toMatch(/\nwith:/);
    }));

  test.each(['main-abc123', '1abc1234', 'sha-abc12345f', 'main-abc1235', 'ABC1234', 'abc1234f'])(
    '%s does not contain the commit',
    (name) =>
      inWorld(async ({ deploy, push }) => {
        push(name);
        const error = errorOf(await deploy(workflowRun()));
        expect(error).not.toMatch(/\nwith:/);
        expect(error).toContain('      type=sha,prefix={{branch}}-');
      }),
  );

  test('signatures are left out and counted', () =>
    inWorld(async ({ deploy, push, registry, image }) => {
      const { digest } = push('sha-abc1234');
      const hex = digest.slice('sha256:'.length);
      for (const name of [`sha256-${hex}`, `sha256-${hex}.sig`, 'sha-abc1234.att', 'x-abc1234.sbom'])
        push(name);
      registry.untag('owner/repo', 'sha-abc1234');
      const error = errorOf(await deploy(workflowRun()));
      expect(error).toContain('Not listed: 4 tags of signatures');
      for (const part of ['.sig', '.att', '.sbom', '\nwith:']) expect(error).not.toContain(part);
      expect(error).toContain(image);
    }));

  test('does not show invalid tags', () =>
    inWorld(async ({ deploy, registry }) => {
      const tags = [
        '::error::abc1234',
        'x abc1234',
        '<b>-abc1234',
        'sha-abc1234\n::stop-commands::x',
        '[a](b)',
      ];
      registry.fault({ path: /tags\/list/, status: 200, body: JSON.stringify({ name: 'owner/repo', tags }) });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['image-not-found']);
      for (const part of ['::error', '<b>', '::stop', '[a]', '\nwith:'])
        expect(errorOf(run)).not.toContain(part);
    }));
});

describe('a tag in `image` does not exist', () => {
  test('but another one is of that commit: prints the repository and `sha-tag`', () =>
    inWorld(async (world) => {
      const { digest } = world.push('sha-abc1234');
      world.push('latest', { seed: 'another' });
      const inputs = { image: `${world.image}:sha-${builtCommit}` };
      const { error, lines } = await follow(world, digest, { event: pushEvent(), inputs });
      expect(lines).toEqual({ image: world.image, 'sha-tag': 'sha-{sha}' });
      expect(error).toContain(`sha-${builtCommit}`);
    }));

  test.each([
    ['by hand', workflowDispatch()],
    ['of a different commit than the event’s', pushEvent({ after: 'f'.repeat(40) })],
  ])('%s: prints the tag itself', (_name, event) =>
    inWorld(async (world) => {
      const { digest } = world.push('main-abc1234', { source: undefined as never, revision: builtCommit });
      const inputs = { image: `${world.image}:sha-${builtCommit}`, 'check-revision': 'off' };
      const { lines } = await follow(world, digest, { event, inputs });
      expect(lines).toEqual({ image: `${world.image}:main-abc1234` });
    }),
  );

  test('and does not contain a commit: prints the event’s tag', () =>
    inWorld(async (world) => {
      const { digest } = world.push('sha-abc1234');
      const inputs = { image: `${world.image}:nope` };
      const { lines } = await follow(world, digest, { event: pushEvent(), inputs });
      expect(lines).toEqual({ image: world.image, 'sha-tag': 'sha-{sha}' });
    }));

  test('but a similar one does', () =>
    inWorld(async (world) => {
      const { digest } = world.push('v1.4.0');
      world.push('latest', { seed: 'another' });
      const inputs = { image: `${world.image}:v1.4` };
      const { error, lines } = await follow(world, digest, { event: workflowDispatch(), inputs });
      expect(lines).toEqual({ image: `${world.image}:v1.4.0` });
      expect(error).toContain('latest');
      expect(error).not.toContain('newest');
    }));
});

describe('a moving tag does not exist', () => {
  test.each([
    ['latest', ['v1.2.3', 'latest']],
    ['master', ['master', 'master-abc1234', '20261124']],
  ])('but %s does', (instead, tags) =>
    inWorld(async (world) => {
      let digest = '';
      for (const name of tags) {
        const made = world.push(name, { seed: name });
        if (name === instead) digest = made.digest;
      }
      const { error, lines } = await follow(world, digest, { event: workflowDispatch() });
      expect(lines).toEqual({ 'manual-select': `tag:${instead}` });
      expect(error).toContain('type=ref,event=branch');
    }),
  );

  test('and is not the branch’s: prints the line that makes it', () =>
    inWorld(async ({ deploy, push }) => {
      push('v1.2.3');
      const error = errorOf(await deploy(workflowDispatch(), { 'manual-select': 'tag:production' }));
      expect(error).toContain('type=raw,value=production');
      expect(error).toContain('v1.2.3');
    }));

  test('in `sha-tag`, but the commit has a tag', () =>
    inWorld(async (world) => {
      const { digest } = world.push('sha-abc1234');
      const { lines } = await follow(world, digest, { inputs: { 'sha-tag': 'production' } });
      expect(lines).toEqual({ 'sha-tag': 'sha-{sha}' });
    }));
});

test.each([
  ['a commit', workflowRun(), {}],
  ['a moving tag', workflowDispatch(), {}],
])('reports a repository that does not exist first: %s', (_name, event, inputs) =>
  inWorld(async ({ deploy, registry, image }) => {
    registry.fault({
      path: /manifests|tags\/list/,
      status: 404,
      body: '{"errors":[{"code":"NAME_UNKNOWN"}]}',
    });
    const run = await deploy(event, inputs);
    expect(codesOf(run)).toEqual(['image-not-found']);
    const first = errorOf(run).split('\n')[0] ?? '';
    expect(first).toMatch(/^The repository \S+ does not exist /);
    expect(first).toContain(image);
  }),
);

test('images of unknown age are not called newest', () =>
  inWorld(async ({ deploy, registry }) => {
    registry.push('owner/repo', 'main-1111111', makeImage({ created: '' as never, seed: 'x' }));
    expect(errorOf(await deploy(workflowRun()))).not.toContain('newest');
  }));

describe('the build of a tag or a pull request, with an empty {{branch}}', () => {
  const head = {
    ref: 'feature/login',
    sha: builtCommit,
    repo: { ...fork, id: 186853002, full_name: 'owner/repo', fork: false },
  };
  const ownPullRequest = pullRequest('pull_request', { pull_request: { number: 7, head } });

  test.each([
    ['a tag', pushEvent({}, 'refs/tags/v1.4.0')],
    ['a release', release()],
  ])('%s: prints lines without it', (_name, event) =>
    inWorld(async ({ deploy }) => {
      const error = errorOf(await deploy(event));
      expect(error).toContain('      type=ref,event=tag\n      type=sha,prefix=main-');
      expect(error).not.toContain('prefix={{branch}}');
    }),
  );

  test('a pull request with a template without the branch keeps the template', () =>
    inWorld(async ({ deploy }) => {
      const inputs = { 'allow-events': 'pull_request', 'sha-tag': 'x-{sha}' };
      const error = errorOf(await deploy(ownPullRequest, inputs));
      expect(error).toContain('      type=ref,event=pr\n      type=sha,prefix=x-');
      expect(error).not.toMatch(/\nwith:/);
    }));
});
