import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxFly, startFly } from '../../sandbox/fly/fly.ts';
import { type CuttingProxy, startCuttingProxy } from '../../sandbox/lib/cutting-proxy.ts';
import { type ImageOptions, makeImage } from '../../sandbox/registry/images.ts';
import { writeLayout } from '../../sandbox/registry/layout.ts';
import { program, type RealRegistry, startRealRegistry } from '../../sandbox/registry/real-registry.ts';
import { builtCommit, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { type RunOptions, runAction } from '../../sandbox/runner/runner.ts';
import { offline, realFlyctl } from './flyctl-world.ts';

// Uses the distribution registry and skopeo instead of the sandbox's registry. Debian has version 2; REAL_REGISTRY can name version 3. Only Fly.io and flyctl are simulated.

const isVersion2 = / 2\.\d+\.\d+/.test(execFileSync(program, ['--version'], { encoding: 'utf8' }));

const app = 'test-battle';
const source = 'https://github.com/owner/repo';
const login = { 'registry-username': 'me', 'registry-password': 'reader' };

let [open, locked, mirror]: (RealRegistry | undefined)[] = [];
let fly: SandboxFly;
let folder: string;

/** Runs skopeo, with its cache of blobs in the test's folder. */
const skopeo = (...argv: string[]): Buffer =>
  execFileSync('skopeo', argv, {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  });

const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const hostOf = (registry: RealRegistry | undefined) => registry?.host ?? '';

/** Pushes an image with skopeo, and returns the digest that skopeo finds there. */
function push(host: string, tag: string, options: ImageOptions, ...flags: string[]): string {
  const layout = join(folder, `layout-${host.replace(':', '-')}-${tag}`);
  writeLayout(layout, tag, makeImage({ revision: builtCommit, source, ...options }));
  const creds = host === hostOf(locked) ? ['--dest-creds', 'me:reader'] : [];
  skopeo(
    ...['copy', '--insecure-policy', '--dest-tls-verify=false', ...creds, ...flags],
    `oci:${layout}:${tag}`,
    `docker://${host}/owner/repo:${tag}`,
  );
  return sha256(raw(`${host}/owner/repo:${tag}`, host === hostOf(locked) ? 'me:reader' : undefined));
}

function raw(reference: string, creds?: string): Buffer {
  return skopeo(
    ...['inspect', '--raw', '--tls-verify=false', ...(creds === undefined ? [] : ['--creds', creds])],
    `docker://${reference}`,
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'real-'));
  [open, locked, mirror] = await Promise.all([
    startRealRegistry({ login: false }),
    startRealRegistry({ login: true }),
    startRealRegistry({ login: true }),
  ]);
  fly = await startFly({ registryHost: hostOf(mirror) });
  push(hostOf(open), 'before', {});
  const image = `${hostOf(open)}/owner/repo:before`;
  await fly.createApp(app, [
    { region: 'fra', image },
    { region: 'sin', image },
  ]);
});

afterAll(async () => {
  await Promise.all([open?.close(), locked?.close(), mirror?.close(), fly?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const deploy = (
  event: ReturnType<typeof workflowRun>,
  host: string,
  inputs: Record<string, string> = {},
  options: Partial<RunOptions> = {},
) =>
  runAction({
    event,
    ...options,
    inputs: {
      app,
      'fly-api-token': fly.token,
      image: `${host}/owner/repo`,
      'settle-time': '0',
      'wait-for-image': '0',
      'github-token': '',
      'on-outdated': 'deploy',
      ...inputs,
    },
    env: {
      ...fly.env,
      ...options.env,
    },
  });

describe('finds the same digest as skopeo', () => {
  test.each<[string, ImageOptions, string[]]>([
    ['an OCI index with attestations', {}, ['--all', '--preserve-digests']],
    [
      'an OCI index of two platforms',
      { platforms: ['linux/arm64', 'linux/amd64'] },
      ['--all', '--preserve-digests'],
    ],
    ['an OCI manifest', { kind: 'manifest' }, ['--preserve-digests']],
    ['a Docker manifest', { kind: 'manifest' }, ['--format', 'v2s2']],
    [
      'a Docker list',
      { attestations: false, platforms: ['linux/amd64', 'linux/arm64'] },
      ['--all', '--format', 'v2s2'],
    ],
  ])('of %s', async (_name, options, flags) => {
    const digest = push(hostOf(open), 'main', options, ...flags);
    const run = await deploy(workflowDispatch(), hostOf(open));
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.outputs).toMatchObject({
      digest,
      image: `${hostOf(open)}/owner/repo@${digest}`,
      verified: 'true',
    });
  });
});

test('deploys a commit’s tag by the tag', async () => {
  const digest = push(hostOf(open), 'main-abc1234', {}, '--all', '--preserve-digests');
  const run = await deploy(workflowRun(), hostOf(open));
  expect([run.status, run.outputs['digest'], run.outputs['mirrored']]).toEqual([0, digest, 'false']);
  expect(run.flyctl[0]?.argv).toContain(`${hostOf(open)}/owner/repo:main-abc1234`);
});

test('lists the existing tags if a tag does not exist', async () => {
  const run = await deploy(workflowRun({ head_sha: 'f'.repeat(40) }), hostOf(open));
  expect(run.status).toBe(1);
  expect(run.log.text).toMatch(/There is no image .*:main-fffffff \(404\)[\s\S]*main-abc1234/);
});

test('reports that the digest of a config, which old scripts deploy, is not an image', async () => {
  const digest = push(hostOf(open), 'main', { kind: 'manifest' }, '--preserve-digests');
  const config = (
    JSON.parse(raw(`${hostOf(open)}/owner/repo@${digest}`).toString()) as { config: { digest: string } }
  ).config.digest;
  const run = await deploy(workflowDispatch(), hostOf(open), {
    image: `${hostOf(open)}/owner/repo@${config}`,
  });
  expect(run.status).toBe(1);
  // Version 2 answers 500 where other registries answer 404.
  expect(run.log.text).toMatch(isVersion2 ? /answered 500 / : /There is no image .* \(404\)/);
  expect(run.flyctl).toEqual([]);
});

describe('copies a private image, and skopeo finds the same digest', () => {
  test.each<[string, ImageOptions, string[]]>([
    ['an index', {}, ['--all', '--preserve-digests']],
    ['a Docker manifest', { kind: 'manifest' }, ['--format', 'v2s2']],
    [
      'a Docker list',
      { attestations: false, platforms: ['linux/amd64', 'linux/arm64'] },
      ['--all', '--format', 'v2s2'],
    ],
  ])('%s', async (_name, options, flags) => {
    const digest = push(hostOf(locked), 'main-abc1234', { layerBytes: 300_000, ...options }, ...flags);
    const run = await deploy(workflowRun(), hostOf(locked), login);
    expect([run.status, run.stderr]).toEqual([0, '']);
    const copy = `${hostOf(mirror)}/${app}:main-abc1234`;
    expect(run.outputs).toMatchObject({ digest, image: copy, mirrored: 'true', verified: 'true' });

    const creds = `x:${fly.token}`;
    // Fly.io runs only the linux/amd64 image.
    expect(sha256(raw(copy, creds))).toBe(run.outputs['platform-digest']);
    // Every layer can be pulled.
    const out = join(folder, `out-${digest.slice(7, 19)}`);
    skopeo(
      ...[
        'copy',
        '--insecure-policy',
        '--all',
        '--preserve-digests',
        '--src-tls-verify=false',
        '--src-creds',
        creds,
      ],
      `docker://${copy}`,
      `dir:${out}`,
    );
  });
});

describe('when a connection breaks, copies a private image,', () => {
  const size = 20_000_000;

  /** Copies an image by way of two proxies, and checks that skopeo finds its digest. */
  async function copyThrough(seed: string, cut: (source: CuttingProxy, target: CuttingProxy) => void) {
    const name = 'main-abc1234';
    push(hostOf(locked), name, { seed, layerBytes: size }, '--all', '--preserve-digests');
    const from = await startCuttingProxy(hostOf(locked));
    const to = await startCuttingProxy(hostOf(mirror));
    const own = await startFly({ registryHost: to.host });
    try {
      await own.createApp(app, [{ region: 'fra', image: `${hostOf(open)}/owner/repo:before` }]);
      cut(from, to);
      const inputs = { ...login, 'fly-api-token': own.token };
      const run = await deploy(workflowRun(), from.host, inputs, { env: own.env, clockRate: 4 });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      const copy = raw(`${hostOf(mirror)}/${app}:${name}`, `x:${own.token}`);
      expect(sha256(copy)).toBe(run.outputs['platform-digest']);
      return { down: from.passed.down, up: to.passed.up, log: run.log.text };
    } finally {
      await Promise.all([from, to, own].map((each) => each.close()));
    }
  }
  /** Everything besides the layer. */
  const little = 200_000;

  test('and no byte of a download comes twice', async () => {
    const { down, up, log } = await copyThrough('download', (from) => {
      for (const bytes of [7_000_000, 5_000_000, 1_000_000]) from.cutAfter('down', bytes);
    });
    expect(log.match(/Continuing at/g)?.length).toBe(3);
    for (const bytes of [down, up]) {
      expect(bytes).toBeGreaterThan(size);
      expect(bytes).toBeLessThan(size + little);
    }
  });

  test('and continues an upload, or starts it over if the registry forgets it, as version 2 does', async () => {
    const { up, log } = await copyThrough('upload', (_, to) => to.cutAfter('up', 7_000_000));
    expect(log).toContain(isVersion2 ? 'Starting this part again' : 'Continuing at 7.0 MB');
    const twice = isVersion2 ? 7_000_000 : 0;
    expect(up).toBeGreaterThan(twice + size);
    expect(up).toBeLessThan(twice + size + little);
  });
});

describe('with the real flyctl, deploys', () => {
  const really = (event: ReturnType<typeof workflowRun>, host: string, inputs: Record<string, string> = {}) =>
    deploy(event, host, { ...inputs, flags: offline.flags }, { realFlyctl, env: offline.env });
  const running = () => fly.machines(app).map(({ config, image_ref }) => [config.image, image_ref.digest]);

  test('a commit’s image by its tag', async () => {
    const digest = push(hostOf(open), 'main-abc1234', { seed: 'by tag' }, '--all', '--preserve-digests');
    const run = await really(workflowRun(), hostOf(open));
    expect([run.status, run.outputs['digest'], run.outputs['verified']]).toEqual([0, digest, 'true']);
    const image = `${hostOf(open)}/owner/repo:main-abc1234`;
    expect(running()).toEqual(Array(2).fill([image, run.outputs['platform-digest']]));
  });

  test('a moving tag by its digest', async () => {
    const digest = push(hostOf(open), 'main', { seed: 'by digest' }, '--all', '--preserve-digests');
    const run = await really(workflowDispatch(), hostOf(open));
    expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
    const image = `${hostOf(open)}/owner/repo@${digest}`;
    expect(running()).toEqual(Array(2).fill([image, run.outputs['platform-digest']]));
  });

  test('a private image by its copy', async () => {
    push(hostOf(locked), 'main-abc1234', { seed: 'by copy' }, '--all', '--preserve-digests');
    const run = await really(workflowRun(), hostOf(locked), login);
    expect([run.status, run.outputs['mirrored'], run.outputs['verified']]).toEqual([0, 'true', 'true']);
    const image = `${hostOf(mirror)}/${app}:main-abc1234`;
    expect(running()).toEqual(Array(2).fill([image, run.outputs['platform-digest']]));
  });
});
