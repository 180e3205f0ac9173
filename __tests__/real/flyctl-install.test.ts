import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxReleases, startReleases } from '../../sandbox/releases.ts';
import { pinnedVersion } from '../../src/fly/install.ts';
import { errorOf, inWorld, tag } from '../e2e/world.ts';
import { deployReally, realFlyctl } from './flyctl-world.ts';

// The installer with the real program: its archive in GitHub's layout, behind a redirect.

let releases: SandboxReleases;
let tampered: SandboxReleases;
const cache = mkdtempSync(join(tmpdir(), 'tools-'));
beforeAll(async () => {
  releases = await startReleases([pinnedVersion], { program: realFlyctl });
  tampered = await startReleases([pinnedVersion], { program: realFlyctl, checksum: 'f'.repeat(64) });
});
afterAll(async () => {
  rmSync(cache, { recursive: true, force: true });
  await Promise.all([releases.close(), tampered.close()]);
});

describe('flyctl that is not on PATH', () => {
  const deploy = (host: SandboxReleases, check: (run: Awaited<ReturnType<typeof deployReally>>) => void) =>
    inWorld(async (world) => {
      world.push(tag);
      const env = { FLYCTL_RELEASES_URL: host.url, RUNNER_TOOL_CACHE: cache };
      check(await deployReally(world, {}, { flyctl: false, env }));
    });

  test('of another checksum is neither unpacked nor run', () =>
    deploy(tampered, (run) => expect(errorOf(run)).toMatch(/has the SHA-256 [0-9a-f]{64}[\s\S]*f{64}/)));

  test('is installed, says the version that it was asked for, and deploys', () =>
    deploy(releases, (run) => {
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toMatch(new RegExp(`^flyctl ${pinnedVersion} installed, its SHA-256 is`, 'm'));
      expect(run.log.text).toMatch(new RegExp(`^flyctl ${pinnedVersion} at .*/${pinnedVersion}/`, 'm'));
    }));

  test('comes from the tool cache the next time', async () => {
    const before = releases.requests.length;
    await deploy(releases, (run) => {
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toContain(`flyctl ${pinnedVersion} from the tool cache`);
    });
    expect(releases.requests).toHaveLength(before);
  });
});
