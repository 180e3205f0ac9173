import { describe, expect, test } from '@jest/globals';
import { workflowDispatch } from '../../sandbox/events.ts';
import { app, errorOf, inWorld, tag } from '../e2e/world.ts';
import { deployReally, digests, fleet, toml, withChecks } from './flyctl-world.ts';

// The real flyctl, unmodified, against the sandbox's Fly.io: what it does, and what the action says of it.

describe('deploys and is proved', () => {
  test.each([
    ['rolling', 1],
    ['rolling', 3],
    ['immediate', 3],
    ['canary', 3],
  ])('%s over %i', (strategy, count) =>
    inWorld(
      async (world) => {
        const { platformDigest } = world.push(tag);
        await fleet(world, count);
        const run = await deployReally(world, { flags: `--strategy=${strategy}` });
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
        expect(digests(world)).toEqual(Array(count).fill(platformDigest));
        expect(run.outputs).toMatchObject({
          'release-id': world.fly.releases(app)[0]?.id,
          'release-version': '2',
        });
        expect(world.fly.releases(app)[0]?.status).toBe('complete');
      },
      { machines: [] },
    ),
  );

  test('bluegreen, whose machines are others afterwards', () =>
    inWorld(
      async (world) => {
        const { platformDigest } = world.push(tag);
        await fleet(world, 2);
        const before = world.fly.machines(app).map(({ id }) => id);
        const run = await deployReally(
          world,
          { flags: '--strategy=bluegreen' },
          { files: { 'fly.toml': withChecks } },
        );
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
        expect(digests(world)).toEqual([platformDigest, platformDigest]);
        expect(world.fly.machines(app).some(({ id }) => before.includes(id))).toBe(false);
      },
      { machines: [] },
    ));

  test('by hand, by digest', () =>
    inWorld(async (world) => {
      const { digest } = world.push('main');
      const run = await deployReally(world, {}, {}, workflowDispatch());
      expect([run.status, run.outputs['image']]).toEqual([0, `${world.image}@${digest}`]);
    }));

  test('by a copy at Fly.io’s registry', () =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await deployReally(world, { mirror: 'always' });
      expect([run.status, run.outputs['mirrored'], run.outputs['verified']]).toEqual([0, 'true', 'true']);
    }));

  test('without a fly.toml', () =>
    inWorld(async (world) => {
      world.push(tag);
      expect((await deployReally(world, {}, { files: {} })).outputs['verified']).toBe('true');
    }));
});

test('the green lie: flyctl exits 0, and a machine runs the old image', () =>
  inWorld(async (world) => {
    world.push(tag);
    world.fly.behave(app, { revertMachine: { index: 1, afterMs: 700 } });
    const run = await deployReally(world, { 'settle-time': '2s' });
    // Its own last words are of success: the release is complete.
    expect(world.fly.releases(app)[0]?.status).toBe('complete');
    expect(run.log.text).toMatch(/"version":2,"image_ref"/);
    expect(errorOf(run)).toMatch(/1 of 2 machines does not run the image[\s\S]*reverted by flyd/);
  }));

describe('fails, and says why', () => {
  test('an image that Fly.io does not find', () =>
    inWorld(async (world) => {
      world.registry.addRepository('owner/repo', 'private');
      world.registry.addUser('octocat', 'ghs_token-of-the-job');
      world.push(tag);
      const run = await deployReally(world, { mirror: 'never' });
      expect(errorOf(run)).toMatch(
        /exited with status 1[\s\S]*could not find image[\s\S]*this image is private/,
      );
    }));

  test('a machine that is refused in the middle', () =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag);
      world.fly.behave(app, { failUpdate: { index: 1, status: 422, body: 'insufficient resources' } });
      const run = await deployReally(world);
      expect(errorOf(run)).toMatch(/exited with status 1[\s\S]*insufficient resources/);
      expect(digests(world)).toEqual([platformDigest, world.oldDigest]);
      expect(world.fly.releases(app)[0]?.status).toBe('failed');
      expect(run.outputs['deployed']).toBe('false');
    }));

  test(
    'another’s lease, as a race',
    () =>
      inWorld(async (world) => {
        world.push(tag);
        world.fly.holdLease(app, world.fly.machines(app)[0]?.id ?? '', 300_000);
        const run = await deployReally(world, { flags: '--lease-timeout=13s' });
        expect(errorOf(run)).toMatch(/lease[\s\S]*two deploys ran at once/);
      }),
    150_000,
  );

  test('a token that is wrong', () =>
    inWorld(async (world) => {
      world.push(tag);
      expect(errorOf(await deployReally(world, { 'fly-api-token': 'another-token' }))).toMatch(
        /answered 401/,
      );
    }));

  test('a flag that it does not know', () =>
    inWorld(async (world) => {
      world.push(tag);
      expect(errorOf(await deployReally(world, { flags: '--no-such-flag' }))).toMatch(
        /unknown flag: --no-such-flag/,
      );
    }));
});

describe('a release command', () => {
  const files = { 'fly.toml': `${toml}[deploy]\n  release_command = "bin/migrate"\n` };

  test('that passes comes before the first update, and its machine is none of the fleet', () =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag);
      const run = await deployReally(world, {}, { files });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toMatch(/release_command .* completed successfully/);
      expect(digests(world)).toEqual([platformDigest, platformDigest]);
      expect(JSON.parse(run.outputs['machines'] ?? '')).toHaveLength(2);
    }));

  test('that fails leaves every machine as it was', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.behave(app, { releaseCommand: { exitCode: 3 } });
      const run = await deployReally(world, { rollback: 'true' }, { files });
      expect(errorOf(run)).toMatch(
        /release command failed - aborting deployment.*exited with non-zero status of 3[\s\S]*Nothing to roll back/,
      );
      expect(digests(world)).toEqual([world.oldDigest, world.oldDigest]);
    }));
});

describe('machines that do not come', () => {
  test('a check that never passes: flyctl gives up at the first machine, and the other runs the old image', () =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag);
      world.fly.behave(app, { neverHealthy: true });
      const run = await deployReally(
        world,
        { flags: '--wait-timeout=5s' },
        { files: { 'fly.toml': withChecks } },
      );
      expect(errorOf(run)).toMatch(/exited with status 1[\s\S]*health checks to pass/);
      expect(digests(world)).toEqual([platformDigest, world.oldDigest]);
    }));

  test('a check that never passes, of a bluegreen deploy: the new machines go away again', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.behave(app, { neverHealthy: true });
      const run = await deployReally(
        world,
        { flags: '--strategy=bluegreen\n--wait-timeout=5s' },
        { files: { 'fly.toml': withChecks } },
      );
      expect(errorOf(run)).toMatch(/exited with status 1/);
      expect(digests(world)).toEqual([world.oldDigest, world.oldDigest]);
    }));

  test('no room on the host: flyctl makes another machine, which is proved as well', () =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag);
      const before = world.fly.machines(app).map(({ id }) => id);
      const body = 'could not reserve resource for machine: insufficient memory available';
      world.fly.behave(app, { failUpdate: { index: 1, status: 412, body } });
      const run = await deployReally(world);
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(digests(world)).toEqual([platformDigest, platformDigest]);
      expect(world.fly.machines(app).map(({ id }) => before.includes(id))).toEqual([true, false]);
    }));

  test.each([
    [
      'a 500 now and then, in the middle',
      { path: /\/machines\/\w+$/, method: 'GET', status: 500, times: 1 },
      1,
    ],
    [
      'a 503 now and then, in the middle',
      { path: /\/machines\/\w+$/, method: 'POST', status: 503, times: 2 },
      0,
    ],
    ['a 500 of every update', { path: /\/machines\/\w+$/, method: 'POST', status: 500 }, 1],
  ])('%s', (_name, fault, status) =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag);
      world.fly.fault(fault);
      const run = await deployReally(world);
      expect(run.status).toBe(status);
      if (status === 0) expect(digests(world)).toEqual([platformDigest, platformDigest]);
      else expect(errorOf(run)).toMatch(/exited with status 1[\s\S]*500/);
    }),
  );
});

test('a cancel ends it, and its release is marked', () =>
  inWorld(async (world) => {
    world.push(tag);
    // It waits for a machine that does not start.
    world.fly.fault({ path: /\/wait\?/, delayMs: 20_000 });
    const run = await deployReally(world, {}, { signalAfter: { ms: 3000, signal: 'SIGINT' } });
    expect(errorOf(run)).toMatch(/cancelled \(SIGINT\).*machines may be mixed/);
    expect(run.ms).toBeLessThan(3000 + 7500);
    expect(world.fly.releases(app)[0]?.status).toMatch(/interrupted|failed|running/);
    expect(JSON.parse(run.outputs['machines'] ?? '')).toHaveLength(2);
  }));
