import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

const next = { head_sha: 'd'.repeat(40) };

/** Deploys two commits, one after the other. */
async function deployTwice({ push, deploy }: TestWorld, inputs: Record<string, string> = {}) {
  const first = push(tag);
  await deploy(workflowRun(), inputs);
  const second = push('main-ddddddd', { revision: next.head_sha, seed: 'second' });
  await deploy(workflowRun(next), { ...inputs, 'on-outdated': 'deploy' });
  return { first, second };
}

describe('select: release:previous', () => {
  test('deploys what ran before, by digest, and a second time restores the newer image', () =>
    inWorld(async (world) => {
      const { first, second } = await deployTwice(world);
      const back = await world.deploy(workflowDispatch(), { select: 'release:previous' });
      expect([back.status, back.outputs['image']]).toEqual([0, `${world.image}@${first.digest}`]);
      expect(back.outputs).toMatchObject({ source: 'release', verified: 'true', 'release-version': '4' });
      expect(back.log.text).toMatch(/^Using .*\bv2\b/m);
      const forth = await world.deploy(workflowDispatch(), { select: 'release:previous' });
      expect(forth.outputs).toMatchObject({ digest: second.digest, verified: 'true' });
    }));

  test('reports in a dry run what it would deploy', () =>
    inWorld(async (world) => {
      const { first } = await deployTwice(world);
      const run = await world.deploy(workflowDispatch(), { select: 'release:previous', mode: 'dry-run' });
      expect([run.status, run.outputs['digest'], run.outputs['skipped']]).toEqual([
        0,
        first.digest,
        'dry-run',
      ]);
      expect(world.fly.releases(app)).toHaveLength(2);
    }));

  test('reads a copy in Fly.io’s registry with the token, and sends the token nowhere else', () =>
    inWorld(async (world) => {
      const { first } = await deployTwice(world, { mirror: 'always' });
      const run = await world.deploy(workflowDispatch(), { select: 'release:previous' });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.outputs['image']).toBe(`${world.mirror.host}/${app}@${first.platformDigest}`);
      expect(run.log.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
      const basic = Buffer.from(`x:${world.fly.token}`).toString('base64');
      expect(
        world.registry.requests.filter(({ headers }) => headers['authorization']?.includes(basic)),
      ).toEqual([]);
    }));

  test('without an earlier release is refused before anything is changed', () =>
    inWorld(async (world) => {
      world.push(tag);
      await world.deploy(workflowRun());
      const run = await world.deploy(workflowDispatch(), { select: 'release:previous' });
      expect(codesOf(run)).toEqual(['release-none-earlier']);
      for (const fact of [app, 'commit:', 'digest:']) expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }));
});

test('select: release:2 is refused if its tag has moved to another commit’s image, even an old one', () =>
  inWorld(async (world) => {
    await deployTwice(world);
    world.push(tag, { revision: 'e'.repeat(40), seed: 'moved', created: '2020-01-01T00:00:00Z' });
    for (const inputs of [{}, { 'check-revision': 'require' }, { 'check-revision': 'off' }]) {
      const run = await world.deploy(workflowDispatch(), { select: 'release:2', ...inputs });
      expect([codesOf(run), run.flyctl]).toEqual([['release-tag-moved'], []]);
      expect(errorOf(run)).toContain('e'.repeat(40));
    }
  }));

test('select: release:current of a moving tag is what the machines run; an older release is refused', () =>
  inWorld(async (world) => {
    const byTag = { 'deploy-by': 'tag', select: 'tag:main' };
    const { digest } = world.push('main');
    await world.deploy(workflowDispatch(), byTag);
    const run = await world.deploy(workflowDispatch(), { select: 'release:current' });
    expect([run.status, run.outputs['digest']]).toEqual([0, digest]);
    const old = await world.deploy(workflowDispatch(), { select: 'release:2' });
    expect(codesOf(old)).toEqual(['release-tag-unknown']);
  }));

test('select: release:2 deploys that release', () =>
  inWorld(async (world) => {
    const { first } = await deployTwice(world);
    const run = await world.deploy(workflowDispatch(), { select: 'release:v2' });
    expect(run.outputs).toMatchObject({ digest: first.digest, verified: 'true', source: 'release' });
  }));

test.each<[string, Record<string, string>, Fault | undefined, code: string, facts: string[]]>([
  ['an invalid release', { select: 'release:latest' }, undefined, 'input-invalid', ['"release:latest"']],
  [
    'a release and a full image reference',
    { select: 'release:2', image: 'ghcr.io/owner/repo:main' },
    undefined,
    'input-conflict',
    ['`select`', 'image:'],
  ],
  [
    'Fly.io refuses',
    { select: 'release:2' },
    { path: /graphql/, status: 401, body: '' },
    'fly-unauthorized',
    ['401', `fly tokens create deploy --app ${app}`],
  ],
  [
    'Fly.io limits requests',
    { select: 'release:2' },
    { path: /graphql/, status: 429, body: '' },
    'fly-rate-limited',
    ['429'],
  ],
  [
    'Fly.io is down',
    { select: 'release:2' },
    { path: /graphql/, status: 503, body: '' },
    'fly-unavailable',
    ['503'],
  ],
  [
    'Fly.io closes the connection',
    { select: 'release:2' },
    { path: /graphql/, close: true },
    'fly-unreachable',
    [app],
  ],
  [
    'Fly.io does not have the app',
    { select: 'release:2' },
    {
      path: /graphql/,
      status: 200,
      body: '{"data":{"app":null},"errors":[{"message":"Could not find App"}]}',
    },
    'releases-unreadable',
    ['Could not find App'],
  ],
])('%s is reported', (_name, inputs, fault, code, facts) =>
  inWorld(async ({ deploy, fly }) => {
    if (fault !== undefined) fly.fault(fault);
    const run = await deploy(workflowDispatch(), inputs, { clockRate: 20 });
    expect(codesOf(run)).toEqual([code]);
    for (const fact of facts) expect(errorOf(run)).toContain(fact);
    expect(run.flyctl).toEqual([]);
  }),
);
