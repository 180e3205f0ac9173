import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxReleases, startReleases } from '../../sandbox/github/releases.ts';
import { errorOf, inWorld, tag } from '../e2e/world.ts';
import { deployReally, realFlyctl } from './flyctl-world.ts';

// Tests the installer with the real program, in an archive with GitHub's layout, behind a redirect.

const run = promisify(execFile);
/** The version of the available flyctl: the pinned one, or the newest. */
let version: string;
let releases: SandboxReleases;
let tampered: SandboxReleases;
const cache = mkdtempSync(join(tmpdir(), 'tools-'));
beforeAll(async () => {
  version = JSON.parse((await run(realFlyctl, ['version', '--json'])).stdout).Version;
  releases = await startReleases([version], { program: realFlyctl });
  tampered = await startReleases([version], { program: realFlyctl, checksum: 'f'.repeat(64) });
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
      check(await deployReally(world, { 'flyctl-version': version }, { flyctl: false, env }));
    });

  test('with another checksum is neither unpacked nor run', () =>
    deploy(tampered, (run) => expect(errorOf(run)).toMatch(/has the SHA-256 [0-9a-f]{64}[\s\S]*f{64}/)));

  test('is installed in the requested version, and deploys', () =>
    deploy(releases, (run) => {
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toMatch(new RegExp(`^flyctl ${version} installed, verified by SHA-256`, 'm'));
      expect(run.log.text).toMatch(new RegExp(`^flyctl ${version} at .*/${version}/`, 'm'));
    }));

  test('is used from the tool cache the next time', async () => {
    const before = releases.requests.length;
    await deploy(releases, (run) => {
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toContain(`flyctl ${version} found in the tool cache`);
    });
    // Only the list of checksums.
    expect(releases.requests).toHaveLength(before + 1);
  });
});

test('the script for CI uses the same installer, and prints the path', async () => {
  const script = join(import.meta.dirname, '../../scripts/install-flyctl.ts');
  const RUNNER_TEMP = mkdtempSync(join(tmpdir(), 'temp-'));
  try {
    const env = { ...process.env, FLYCTL_RELEASES_URL: releases.url, RUNNER_TOOL_CACHE: cache, RUNNER_TEMP };
    const { stdout } = await run(process.execPath, [script, `v${version}`], { env });
    const path = stdout.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse((await run(path, ['version', '--json'])).stdout)).toMatchObject({ Version: version });
    await expect(run(process.execPath, [script, 'newest'], { env })).rejects.toThrow(
      /is not a version of flyctl/,
    );
  } finally {
    rmSync(RUNNER_TEMP, { recursive: true, force: true });
  }
});
