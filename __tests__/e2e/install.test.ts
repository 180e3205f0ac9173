import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect } from '@jest/globals';
import { type SandboxReleases, startReleases } from '../../sandbox/github/releases.ts';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { isOlder, versionIn } from '../../src/fly/flyctl/find.ts';
import { installFlyctl } from '../../src/fly/flyctl/install.ts';
import { checksumOf, pins, sumOf } from '../../src/fly/flyctl/release.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { makeHttp } from '../../src/lib/http.ts';
import { rejectedBy } from '../errors.ts';
import { onPosix } from '../platforms.ts';
import { codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

const test = onPosix('the archives of the sandbox contain a script');

/** A world with a host of releases, and a tool cache that is kept between runs. */
const withReleases = (
  play: (world: TestWorld, releases: SandboxReleases, env: Record<string, string>) => Promise<void>,
  options: Parameters<typeof startReleases>[1] = {},
) =>
  inWorld(async (world) => {
    const releases = await startReleases(['0.4.80', '0.4.79', '0.1.2'], options);
    const cache = mkdtempSync(join(tmpdir(), 'tools-'));
    try {
      world.push(tag);
      await play(world, releases, { FLYCTL_RELEASES_URL: releases.url, RUNNER_TOOL_CACHE: cache });
    } finally {
      await releases.close();
      rmSync(cache, { recursive: true, force: true });
    }
  });

describe('flyctl', () => {
  test('on PATH is used, and its version is logged', () =>
    withReleases(async ({ deploy }, releases, env) => {
      const run = await deploy(workflowRun(), {}, { env });
      expect(run.status).toBe(0);
      expect(run.log.text).toMatch(/^flyctl 0\.4\.80 at \/.*\/sandbox\/flyctl\/bin\/flyctl$/m);
      expect(releases.requests).toEqual([]);
    }));

  test('of a given version is installed once, and used instead of the one on PATH', () =>
    withReleases(async ({ deploy }, releases, env) => {
      const run = await deploy(workflowRun(), { 'flyctl-version': 'v0.4.79' }, { env });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toMatch(/flyctl 0\.4\.79 installed, verified by SHA-256 [0-9a-f]{64}\n/);
      expect(run.log.text).toMatch(/flyctl 0\.4\.79 at .*\/0\.4\.79\//);
      const before = releases.requests.length;
      const again = await deploy(workflowRun(), { 'flyctl-version': '0.4.79' }, { env });
      expect(again.log.text).toContain('flyctl 0.4.79 found in the tool cache');
      expect(again.status).toBe(0);
      // Only the list of checksums, to check the archive again.
      expect(releases.requests.slice(before).map(({ path }) => path)).toEqual([
        '/v0.4.79/flyctl_0.4.79_checksums.txt',
      ]);
    }));

  test('in the tool cache is checked like a download, every time', () =>
    withReleases(async ({ deploy }, _releases, env) => {
      await deploy(workflowRun(), { 'flyctl-version': '0.4.79' }, { env });
      const [kept = ''] = globSync(`${env['RUNNER_TOOL_CACHE']}/**/*.tar.gz`);
      writeFileSync(kept, gzipSync(Buffer.alloc(1024)));
      const run = await deploy(workflowRun(), { 'flyctl-version': '0.4.79' }, { env });
      expect(codesOf(run)).toEqual(['flyctl-cache-mismatch']);
      expect(errorOf(run)).toContain(`rm ${kept}`);
      expect(run.flyctl).toEqual([]);
    }));

  test('that another job put into the tool cache as a program is not started', () =>
    withReleases(async ({ deploy }, _releases, env) => {
      const arch = process.arch;
      const folder = join(env['RUNNER_TOOL_CACHE'] ?? '', 'flyctl', '0.4.79', arch);
      mkdirSync(folder, { recursive: true });
      const trace = join(env['RUNNER_TOOL_CACHE'] ?? '', 'started');
      writeFileSync(join(folder, 'flyctl'), `#!/bin/sh\necho "$FLY_API_TOKEN" > ${trace}\n`, { mode: 0o755 });
      writeFileSync(`${folder}.complete`, '');
      const run = await deploy(workflowRun(), { 'flyctl-version': '0.4.79' }, { env });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(existsSync(trace)).toBe(false);
    }));

  test('that is missing is installed in the pinned version', () =>
    withReleases(async ({ deploy }, _releases, env) => {
      const run = await deploy(workflowRun(), {}, { env, flyctl: false });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toContain('flyctl 0.4.80 installed');
    }));

  test('that is too old is refused', () =>
    withReleases(async ({ deploy }, _releases, env) => {
      const run = await deploy(workflowRun(), { 'flyctl-version': '0.1.2' }, { env });
      expect(codesOf(run)).toEqual(['flyctl-too-old']);
      for (const fact of ['0.1.2', '0.3.0', 'flyctl-version:']) expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }));

  test('with another checksum is not unpacked', () =>
    withReleases(
      async ({ deploy }, _releases, env) => {
        const run = await deploy(workflowRun(), { 'flyctl-version': '0.4.79' }, { env });
        expect(codesOf(run)).toEqual(['flyctl-checksum-mismatch']);
        expect(errorOf(run)).toMatch(/\b(?!f{64})[0-9a-f]{64}\b[\s\S]*\bf{64}\b/);
        expect(run.flyctl).toEqual([]);
      },
      { checksum: 'f'.repeat(64) },
    ));

  test.each<[string, Buffer, code: string]>([
    ['no archive', Buffer.from('x'), 'flyctl-not-unpacked'],
    ['an empty archive', gzipSync(Buffer.alloc(1024)), 'flyctl-archive-missing'],
  ])('whose download is %s is not executed', (_name, body, code) =>
    withReleases(
      async ({ deploy }, releases, env) => {
        releases.fault({ path: /\.tar\.gz/, status: 200, body });
        const run = await deploy(workflowRun(), { 'flyctl-version': '0.4.79' }, { env });
        expect(codesOf(run)).toEqual([code]);
        expect(errorOf(run)).toMatch(/flyctl_0\.4\.79_\w+\.tar\.gz/);
        expect(run.flyctl).toEqual([]);
      },
      { checksum: createHash('sha256').update(body).digest('hex') },
    ),
  );

  test.each<[string, string, Fault, code: string, facts: (string | RegExp)[]]>([
    [
      'a version that does not exist',
      '9.9.9',
      { path: /never/ },
      'flyctl-version-unknown',
      ['404', 'flyctl_9.9.9_checksums.txt', 'flyctl-version: '],
    ],
    [
      'a missing archive',
      '0.4.79',
      { path: /\.tar\.gz/, status: 404 },
      'flyctl-archive-missing',
      ['404', /flyctl_0\.4\.79_\w+\.tar\.gz/],
    ],
    ['a host that is down', '0.4.79', { status: 503 }, 'flyctl-not-downloaded', ['503']],
    [
      'a host that closes the connection',
      '0.4.79',
      { close: true },
      'flyctl-not-downloaded',
      [/http:\/\/127\.0\.0\.1:\d+\/v0\.4\.79\//],
    ],
    [
      'a list without this runner',
      '0.4.79',
      { path: /checksums/, status: 200, body: 'x' },
      'flyctl-archive-missing',
      [/flyctl_0\.4\.79_\w+\.tar\.gz/, 'flyctl-version: 0.4.80'],
    ],
  ])('%s is reported, and nothing is executed', (_name, version, fault, code, facts) =>
    withReleases(async ({ deploy }, releases, env) => {
      releases.fault(fault);
      const run = await deploy(workflowRun(), { 'flyctl-version': version }, { env });
      expect(codesOf(run)).toEqual([code]);
      for (const fact of facts) expect(errorOf(run)).toMatch(fact);
      // Temporary failures are retried.
      if (fault.status === 503) expect(releases.requests.length).toBeGreaterThan(2);
      expect(run.flyctl).toEqual([]);
    }),
  );

  test('is not downloaded over plain HTTP from another host', () =>
    withReleases(async ({ deploy }, _releases, env) => {
      const run = await deploy(
        workflowRun(),
        { 'flyctl-version': '0.4.79' },
        { env: { ...env, FLYCTL_RELEASES_URL: 'http://releases.example' } },
      );
      expect(codesOf(run)).toEqual(['variable-invalid']);
      expect(errorOf(run)).toMatch(/FLYCTL_RELEASES_URL.*http:\/\/releases\.example/);
    }));
});

describe('the checksums in the source', () => {
  test('are those of the pinned version’s archives', () => {
    expect(pins.version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const [name, sum] of Object.entries(pins.archives)) {
      expect(name).toMatch(/^flyctl_[\d.]+_(?:Linux|macOS|Windows)_(?:x86_64|arm64)\.(?:tar\.gz|zip)$/);
      expect(name).toContain(`_${pins.version}_`);
      expect(sum).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('override the release’s own list', () =>
    withReleases(async (_world, releases, env) => {
      const folder = mkdtempSync(join(tmpdir(), 'pins-'));
      try {
        const file = join(folder, 'pinned.json');
        const script = join(import.meta.dirname, '../../scripts/pin-flyctl.ts');
        const { FLYCTL_RELEASES_URL = '' } = env;
        await promisify(execFile)(process.execPath, [script, '0.4.79', file], {
          env: { ...process.env, FLYCTL_RELEASES_URL },
        });
        const written = JSON.parse(readFileSync(file, 'utf8'));
        expect(written.version).toBe('0.4.79');
        expect(Object.keys(written.archives)).toHaveLength(2);
        const http = makeHttp(
          { fetch, clock: systemClock, random: () => 0, log: { debug: () => {} } },
          { tries: 1, timeout: 5000, longestWait: 0 },
        );
        const { platform, arch } = process;
        const install = () =>
          installFlyctl('0.4.79', {
            ...{ http, platform, arch, pins: written, log: { line: () => {} } },
            env: { FLYCTL_RELEASES_URL, RUNNER_TEMP: folder },
          });
        const before = releases.requests.length;
        expect(existsSync(await install())).toBe(true);
        expect(releases.requests.slice(before).map(({ path }) => path)).toEqual([
          expect.stringContaining('.tar.gz'),
        ]);
        // An attacker changes the archive and the list together.
        releases.fault({ path: /\.tar\.gz/, status: 200, body: 'another' });
        releases.fault({ path: /checksums/, status: 200, body: `${sumOf(Buffer.from('another'))}  x\n` });
        expect(await rejectedBy(install())).toMatchObject({ code: 'flyctl-checksum-mismatch' });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }));
});

test.each([
  ['a'.repeat(64), 'f.tar.gz', `${'b'.repeat(64)}  other.tar.gz\n${'a'.repeat(64)}  f.tar.gz\n`],
  ['a'.repeat(64), 'f.tar.gz', `${'A'.repeat(64)} *f.tar.gz\r\n`],
  [undefined, 'f.tar.gz', `${'a'.repeat(64)}  xf.tar.gz\n${'a'.repeat(63)}  f.tar.gz\n`],
  [undefined, 'f', ''],
])('the checksum %s of %s', (sum, file, list) => expect(checksumOf(list, file)).toBe(sum));

test.each([
  ['0.4.80', '0.3.0', false],
  ['0.3.0', '0.3.0', false],
  ['0.2.100', '0.3.0', true],
  ['0.10.0', '0.9.9', false],
  ['1.0.0-dev', '0.3.0', false],
  ['0.3.0-pre-2', '0.3.0', false],
  ['0.0.0-1732440000+dev', '0.3.0', true],
  ['of my own', '0.3.0', false],
])('%s is older than %s: %s', (version, than, older) => expect(isOlder(version, than)).toBe(older));

test.each([
  ['{"Version":"0.4.80","Commit":"x"}', '0.4.80'],
  ['{"Version":"0.0.0-1732440000+dev"}', '0.0.0-1732440000+dev'],
  ['{"Version":"0.4"}', undefined],
  ['{"Version":"0.4.80\\n::error::x"}', undefined],
  ['{"Version":7}', undefined],
  ['flyctl v0.4.80', undefined],
  ['', undefined],
])('the version in %s is %s', (stdout, version) => expect(versionIn(stdout)).toBe(version));
