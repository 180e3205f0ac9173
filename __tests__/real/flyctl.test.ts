import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { pinnedVersion } from '../../src/fly/flyctl/release.ts';
import { app, errorOf, inWorld, tag } from '../e2e/world.ts';
import {
  deployReally,
  digests,
  fleet,
  flyctls,
  offline,
  realFlyctl,
  toml,
  withChecks,
} from './flyctl-world.ts';
import { itIsTheSame } from './play.ts';
import { scenarios, withCommand } from './scenarios.ts';

// Runs each scenario with the stand-in and with every real flyctl, unmodified. All must do what the scenario expects, and
// make the same calls except for the known differences in versions.ts. Any other difference of a new version fails here.

test('the stand-in reports the pinned version', () =>
  inFolder('stand-in', async (folder) => {
    const standIn = join(import.meta.dirname, '../../sandbox/flyctl/bin/flyctl');
    const { stdout } = await promisify(execFile)(standIn, ['version', '--json'], {
      cwd: folder,
    });
    expect(JSON.parse(stdout).Version).toBe(pinnedVersion);
  }));

describe.each(flyctls)('flyctl $version', (flyctl) => {
  // They run concurrently because they mostly wait, like flyctl.
  test.concurrent.each(scenarios)(
    '$name: the stand-in and the real flyctl agree',
    (scenario) => itIsTheSame(scenario, flyctl),
    150_000,
  );
});

/** Commands of the processes that have a token in their environment. */
function withToken(token: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return environment.includes(`FLY_API_TOKEN=${token}`)
        ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
        : [];
    } catch {
      return [];
    }
  });
}

describe('only with the real flyctl', () => {
  test.each([
    ['a worker, with a standby that does not run', toml, ['started', 'stopped']],
    ['a service, with its addresses', withChecks, ['started', 'started']],
  ])('the first deploy of an app creates machines, and all are verified: %s', (_name, text, states) =>
    inWorld(
      async (world) => {
        const { platformDigest } = world.push(tag);
        await fleet(world, 0);
        const run = await deployReally(world, {}, { files: { 'fly.toml': text } });
        expect([run.status, run.outputs['verified'], world.fly.unknown]).toEqual([0, 'true', []]);
        expect(digests(world)).toEqual([platformDigest, platformDigest]);
        expect(world.fly.machines(app).map(({ state }) => state)).toEqual(states);
      },
      { machines: [] },
    ),
  );

  test('`release:` uses the releases that flyctl lists', () =>
    inWorld(async (world) => {
      world.push(tag);
      await deployReally(world);
      const seen = world.fly.requests.length;
      const { stdout } = await inFolder('fly', (folder) =>
        promisify(execFile)(realFlyctl, ['releases', '--app', app, '--json'], {
          env: { ...world.fly.env, ...offline.env, FLY_API_TOKEN: world.fly.token, FLY_CONFIG_DIR: folder },
        }),
      );
      const [release] = world.fly.releases(app);
      const [listed, ...others] = JSON.parse(stdout);
      expect([listed, others]).toMatchObject([
        { Version: 2, Status: 'complete', ImageRef: release?.image_ref },
        [],
      ]);
      // Go leaves out zeros at the end.
      expect(Date.parse(listed.CreatedAt)).toBe(Date.parse(release?.created_at ?? ''));
      const asked = world.fly.requests.slice(seen).map(({ body }) => body);
      expect(asked.some((body) => body.includes('releases: releasesUnprocessed(first: $limit)'))).toBe(true);
    }));

  test('a 500 for a read during a deploy stops it', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.fault({ path: /\/machines\/\w+$/, method: 'GET', status: 500, times: 1 });
      const run = await deployReally(world);
      expect(errorOf(run)).toMatch(/exited with status 1[\s\S]*500/);
      expect(JSON.parse(run.outputs['machines'] ?? '')).toHaveLength(2);
    }));

  test('the agent that flyctl starts for the logs of a release command ends with the step', () =>
    inWorld(
      async (world) => {
        world.push(tag);
        const run = await deployReally(world, {}, { files: { 'fly.toml': withCommand } });
        expect(run.status).toBe(0);
        // The agent sent these requests for WireGuard peers.
        expect(world.fly.requests.some(({ body }) => body.includes('validateWireGuardPeers'))).toBe(true);
        for (let tries = 0; tries < 40 && withToken(world.fly.token).length > 0; tries++)
          await new Promise((done) => setTimeout(done, 50));
        expect(withToken(world.fly.token)).toEqual([]);
        // A unique token, so that processes of other runs on this machine are not counted.
      },
      { flyOptions: { token: `sandbox-${randomUUID()}` } },
    ));

  test('a cancel stops flyctl within the runner’s limit, and its release is marked as interrupted', () =>
    inWorld(async (world) => {
      world.push(tag);
      // flyctl waits for a machine that does not start.
      world.fly.fault({ path: /\/wait\?/, delayMs: 20_000 });
      const run = await deployReally(world, {}, { signalAfter: { ms: 3000, signal: 'SIGINT' } });
      expect(errorOf(run)).toMatch(/\(SIGINT\).*machines may run different images/);
      expect(run.ms).toBeLessThan(3000 + 7500);
      expect(world.fly.releases(app)[0]?.status).toBe('interrupted');
      expect(JSON.parse(run.outputs['machines'] ?? '')).toHaveLength(2);
    }));
});
