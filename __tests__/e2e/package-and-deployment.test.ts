import { describe, expect, test } from '@jest/globals';
import { builtCommit, defaultHead, deployment, push, registryPackage } from '../../sandbox/runner/events.ts';
import { lineWith } from '../errors.ts';
import { codesOf, errorOf, inWorld, tag } from './world.ts';

// Two events from other systems: a published package, and a created deployment.

const other = '7777777777777777777777777777777777777777';

describe('registry_package', () => {
  test('deploys the published digest, even if the tag has moved since', () =>
    inWorld(async (world) => {
      const published = world.push('main');
      const newer = world.push('main', { seed: 'newer' });
      const run = await world.deploy(registryPackage('main', published.digest));
      expect([run.status, run.outputs['digest']]).toEqual([0, published.digest]);
      expect(published.digest).not.toBe(newer.digest);
      expect(run.log.text).toEqual(lineWith('registry_package', 'main', published.digest));
      expect(run.summary).toEqual(lineWith('registry_package', 'main'));
    }));

  test('of a tag with a commit compares it with the image’s, and outputs the full one', () =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      const run = await world.deploy(registryPackage(tag, digest), { 'check-revision': 'require' });
      expect([run.status, run.outputs['digest'], run.outputs['commit']]).toEqual([0, digest, builtCommit]);
      expect(run.log.annotations).toEqual([]);
    }));

  test.each(['auto', 'require'])('of a tag with another commit than the image’s fails (%s)', (mode) =>
    inWorld(async (world) => {
      const { digest } = world.push(tag, { revision: other });
      const run = await world.deploy(registryPackage(tag, digest), { 'check-revision': mode });
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      for (const fact of [other, builtCommit.slice(0, 7)]) expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }),
  );

  test('of a tag with a commit and an image without one warns', () =>
    inWorld(async (world) => {
      const { digest } = world.push(tag, { revision: '', attestations: false });
      const run = await world.deploy(registryPackage(tag, digest));
      expect([run.status, run.log.annotations.map(({ level }) => level)]).toEqual([0, ['warning']]);
    }));

  test.each([tag, 'main'])('of %s fails if a revision is required and the image has none', (name) =>
    inWorld(async (world) => {
      const { digest } = world.push(name, { revision: '', attestations: false });
      const run = await world.deploy(registryPackage(name, digest), { 'check-revision': 'require' });
      expect(codesOf(run)).toEqual(['revision-missing']);
      expect(run.flyctl).toEqual([]);
    }),
  );

  test('of a date is not read as a commit', () =>
    inWorld(async (world) => {
      const { digest } = world.push('main-20261124');
      const run = await world.deploy(registryPackage('main-20261124', digest));
      expect([run.status, run.outputs['digest']]).toEqual([0, digest]);
    }));

  test('of a deleted image fails', () =>
    inWorld(async (world) => {
      world.push('main');
      const run = await world.deploy(registryPackage('main', `sha256:${'a'.repeat(64)}`));
      expect(codesOf(run)).toEqual(['image-not-found']);
    }));

  test('of an older commit than what runs is skipped; a moving tag is deployed', () =>
    inWorld(async (world) => {
      world.push('main-fedcba9', { revision: defaultHead, seed: 'newest' });
      await world.deploy(push({}, 'refs/heads/main', defaultHead));
      const { digest } = world.push(tag);
      const older = await world.deploy(registryPackage(tag, digest));
      expect([older.status, older.outputs['skipped']]).toEqual([0, 'outdated']);
      const meant = await world.deploy(registryPackage(tag, digest), { 'on-outdated': 'deploy' });
      expect(meant.outputs['digest']).toBe(digest);
      await world.deploy(push({}, 'refs/heads/main', defaultHead));
      const moved = await world.deploy(registryPackage('main', digest));
      expect([moved.outputs['digest'], moved.outputs['skipped']]).toEqual([digest, '']);
    }));

  test('is overridden by the input `commit`', () =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      const published = world.push('main', { seed: 'other', revision: other });
      const run = await world.deploy(registryPackage('main', published.digest), { commit: builtCommit });
      expect(run.outputs['digest']).toBe(digest);
    }));
});

describe('deployment', () => {
  test('deploys its commit, and names its environment in the log and the summary', () =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      const run = await world.deploy(deployment({ environment: 'staging' }));
      expect([run.status, run.outputs['digest']]).toEqual([0, digest]);
      expect(run.log.text).toEqual(lineWith('environment "staging"'));
      expect(run.summary).toEqual(lineWith('deployment', 'staging'));
      expect(run.log.annotations).toEqual([]);
    }));

  test('shows a strange environment as text', () =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(deployment({ environment: 'x\n::error::owned `<b>`' }));
      expect([run.status, run.log.annotations]).toEqual([0, []]);
      expect(run.summary).not.toContain('<b>`');
    }));

  test.each([
    ['a commit', ''],
    ['a tag', 'refs/tags/v1'],
  ])('of %s does not need a branch', (_name, ref) =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      expect((await world.deploy(deployment({}, ref))).outputs['digest']).toBe(digest);
    }),
  );

  test('of a commit with an image of another commit fails', () =>
    inWorld(async (world) => {
      world.push(tag, { revision: other });
      expect(codesOf(await world.deploy(deployment()))).toEqual(['revision-mismatch']);
    }));

  test('of another branch is refused unless the step names what to deploy', () =>
    inWorld(async (world) => {
      const { digest } = world.push('feature-x-abc1234');
      world.push('main', { revision: defaultHead });
      const event = deployment({}, 'refs/heads/feature/x');
      const run = await world.deploy(event);
      expect(codesOf(run)).toEqual(['event-other-branch']);
      const [, branch = ''] = /`with: branch: ([^`]+)`/.exec(errorOf(run)) ?? [];
      expect((await world.deploy(event, { branch })).outputs['digest']).toBe(digest);
    }));
});
