import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { isAction } from '../../sandbox/lib/http.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import { builtCommit, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { digestOf } from '../factories.ts';
import { app, codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

const login = { 'registry-username': 'me', 'registry-password': 'reader' };

/** Makes the package private, with a login that can read it. */
function makePrivate({ registry }: TestWorld): void {
  registry.addRepository('owner/repo', 'private');
  registry.addUser('me', 'reader');
}

const copies = (world: TestWorld) =>
  world.fly.registry.requests.filter((request) => isAction(request) && request.method === 'PUT');

describe('a private image', () => {
  test('is copied to Fly.io’s registry with the same digest, deployed from there, and verified', () =>
    inWorld(async (world) => {
      const { deploy, push, fly, image } = world;
      makePrivate(world);
      const { digest, platformDigest } = push(tag);
      const run = await deploy(workflowRun(), login);
      const mirror = `${fly.registry.host}/${app}:${tag}`;

      expect([run.status, run.stderr]).toEqual([0, '']);
      expect(run.flyctl[0]?.argv).toContain(mirror);
      expect(run.outputs).toMatchObject({
        image: mirror,
        'source-image': `${image}:${tag}`,
        mirrored: 'true',
        verified: 'true',
        digest,
        'platform-digest': platformDigest,
        source: 'sha-tag',
      });
      expect(fly.machines(app).map(({ image_ref }) => [image_ref.digest, image_ref.repository])).toEqual([
        [platformDigest, app],
        [platformDigest, app],
      ]);
      expect(run.log.text).toContain(`Using SHA-based tag: ${image}:${tag}`);
      expect(run.summary).toContain('`test-battle:main-abc1234`');
      expect(run.summary).toContain('|"copied to"|');
      // The config and the layer, then the manifest that refers to them.
      expect(copies(world).map(({ path }) => path.replace(/[0-9a-f]{16}\?.*/, '…'))).toEqual([
        `/v2/${app}/blobs/uploads/…`,
        `/v2/${app}/blobs/uploads/…`,
        `/v2/${app}/manifests/${tag}`,
      ]);
    }));

  test('in a manual run is deployed by the digest of the copy, whose tag names the source', () =>
    inWorld(async (world) => {
      const { deploy, push, fly } = world;
      makePrivate(world);
      const { digest, platformDigest } = push('main');
      const run = await deploy(workflowDispatch(), login);
      expect([run.status, run.outputs['image']]).toEqual([
        0,
        `${fly.registry.host}/${app}@${platformDigest}`,
      ]);
      expect(run.outputs['digest']).toBe(digest);
      expect(copies(world).at(-1)?.path).toBe(
        `/v2/${app}/manifests/deployment-${platformDigest.slice(7, 19)}`,
      );
    }));

  test('is not copied twice', () =>
    inWorld(async (world) => {
      const { deploy, push } = world;
      makePrivate(world);
      push(tag);
      await deploy(workflowRun(), login);
      const before = copies(world).length;
      const run = await deploy(workflowRun(), login);
      expect(run.status).toBe(0);
      expect(run.log.text).toMatch(/\b2 parts\b/);
      // Only the manifest, for its tag.
      expect(copies(world).length - before).toBe(1);
    }));

  test('is not copied by a dry run, which reports what would be copied', () =>
    inWorld(async (world) => {
      makePrivate(world);
      world.push(tag);
      const run = await world.deploy(workflowRun(), { ...login, mode: 'dry-run' });
      expect([run.status, run.outputs['mirrored']]).toEqual([0, 'false']);
      expect(run.log.text).toContain(`${world.fly.registry.host}/${app}`);
      expect(copies(world)).toEqual([]);
    }));

  test('is read with the login of docker/login-action', () =>
    inWorld(async (world) => {
      const { registry, push, deploy } = world;
      makePrivate(world);
      push(tag);
      const config = { auths: { [registry.host]: { auth: btoa('me:reader') } } };
      const run = await deploy(
        workflowRun(),
        {},
        { home: { '.docker/config.json': JSON.stringify(config) } },
      );
      expect([run.status, run.outputs['mirrored']]).toEqual([0, 'true']);
      expect(run.stdout).toContain('::add-mask::reader');
    }));
});

describe('Fly.io’s registry, right after a push', () => {
  test.each([401, 403])(
    'that refuses a read with %d is not asked again, because a token can be allowed only to push',
    (status) =>
      inWorld(async (world) => {
        const { deploy, push, mirror } = world;
        makePrivate(world);
        push(tag);
        mirror.fault({ method: 'HEAD', path: /\/manifests\//, status });
        const run = await deploy(workflowRun(), login);
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
        expect(
          mirror.requests.filter(({ method, path }) => method === 'HEAD' && /manifests/.test(path)).length,
        ).toBeLessThan(4);
      }),
  );

  test('that does not have the manifest yet is asked again', () =>
    inWorld(async (world) => {
      const { deploy, push, mirror } = world;
      makePrivate(world);
      push(tag);
      const unknown = { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
      mirror.fault({ method: 'HEAD', path: /\/manifests\//, times: 8, ...unknown });
      const run = await deploy(workflowRun(), login, { clockRate: 10 });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
    }));

  test('in which Fly.io does not find the image yet: waits, and runs flyctl again', () =>
    inWorld(async (world) => {
      const { deploy, push, mirror } = world;
      makePrivate(world);
      push(tag);
      // The action uses HEAD, so only Fly.io uses GET.
      mirror.fault({ method: 'GET', path: /\/manifests\//, status: 404, times: 1 });
      const run = await deploy(workflowRun(), login, { clockRate: 40 });
      expect([run.status, run.outputs['verified'], run.flyctl.map(({ status }) => status)]).toEqual([
        0,
        'true',
        [1, 0],
      ]);
    }));

  test('in which Fly.io never finds the image: fails after one more run', () =>
    inWorld(async (world) => {
      const { deploy, push, mirror } = world;
      makePrivate(world);
      push(tag);
      mirror.fault({ method: 'GET', path: /\/manifests\//, status: 404 });
      const run = await deploy(workflowRun(), login, { clockRate: 40 });
      expect([codesOf(run), run.flyctl.length]).toEqual([['image-not-found-by-fly'], 2]);
    }));
});

describe('a public image', () => {
  test('is not copied', () =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(workflowRun());
      expect([run.status, run.outputs['mirrored']]).toEqual([0, 'false']);
      expect(run.outputs['image']).toBe(run.outputs['source-image']);
      expect(world.fly.registry.requests).toEqual([]);
    }));

  test('is copied with `mirror: always`', () =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(workflowRun(), { mirror: 'always' });
      expect([run.status, run.outputs['mirrored'], run.outputs['verified']]).toEqual([0, 'true', 'true']);
    }));
});

describe('uploads to the location that the registry names', () => {
  test.each(['absolute', 'relative', 'plain', 'other-host'] as const)('%s', (uploadLocation) =>
    inWorld(
      async (world) => {
        world.push(tag);
        const run = await world.deploy(workflowRun(), { mirror: 'always' });
        expect([run.status, run.outputs['mirrored'], run.outputs['verified']]).toEqual([0, 'true', 'true']);
        // The other host refuses credentials, so it did not get any.
        for (const { headers } of world.mirror.cdn.requests)
          expect(headers).not.toHaveProperty('authorization');
      },
      { flyOptions: { uploadLocation } },
    ),
  );
});

const uploads = /\/blobs\/uploads\//;

/** Pushes an image with a layer of 50 kB, and adds the fault to that layer or to the target registry. */
function hurt(world: TestWorld, end: 'source' | 'registry' | 'target', fault: Fault) {
  const pushed = world.push(tag, { layerBytes: 50_000 });
  if (end === 'target') world.mirror.fault(fault);
  else (end === 'source' ? world.cdn : world.registry).fault({ ...fault, path: new RegExp(pushed.layer) });
  return pushed;
}

describe('an interrupted copy continues', () => {
  test.each<[string, 'source' | 'registry' | 'target', Fault]>([
    ['when the source’s token expires part-way', 'registry', { status: 401, times: 1 }],
    ['when the source is slow', 'source', { drip: 5000 }],
    ['when the source drops the connection before the body', 'source', { close: true, times: 1 }],
    ['when the source drops the connection in the body', 'source', { closeAfter: 20_000, times: 1 }],
    ['when the source’s storage answers 503', 'source', { status: 503, times: 1 }],
    ['when the target drops the upload', 'target', { path: uploads, method: 'PUT', close: true, times: 1 }],
    ['when the target answers 500', 'target', { path: uploads, method: 'PUT', status: 500, times: 1 }],
    ['when the target answers 429', 'target', { path: uploads, method: 'PUT', status: 429, times: 1 }],
    [
      'when the token expires before the upload',
      'target',
      { path: uploads, method: 'PUT', status: 401, times: 1 },
    ],
    [
      'when the target drops the manifest',
      'target',
      { path: /manifests/, method: 'PUT', close: true, times: 1 },
    ],
    [
      'when the manifest is not visible immediately',
      'target',
      { path: /manifests/, method: 'HEAD', status: 404, times: 2 },
    ],
  ])('%s', (_name, end, fault) =>
    inWorld(async (world) => {
      const { digest } = hurt(world, end, fault);
      const run = await world.deploy(workflowRun(), { mirror: 'always' });
      expect([run.status, run.outputs['verified'], run.outputs['digest']]).toEqual([0, 'true', digest]);
    }),
  );
});

describe('a copy that is impossible fails the step before the deploy', () => {
  test.each<[string, 'source' | 'target', Fault, code: string, facts: (string | RegExp)[]]>([
    [
      'a token that cannot push',
      'target',
      { path: uploads, status: 403, body: '{"errors":[{"code":"DENIED","message":"no"}]}' },
      'mirror-unauthorized',
      ['403', 'DENIED: no', `fly tokens create deploy --app ${app}`, 'fly-api-token'],
    ],
    [
      'an app that does not exist',
      'target',
      {
        path: uploads,
        status: 404,
        body: '{"errors":[{"code":"NAME_UNKNOWN","message":"app repository not found"}]}',
      },
      'fly-app-not-found',
      ['404', 'app repository not found', `fly apps create ${app}`],
    ],
    [
      'a registry without room',
      'target',
      { path: uploads, method: 'PUT', status: 413 },
      'mirror-refused',
      ['413', app, 'mirror: never'],
    ],
    [
      'a refused manifest',
      'target',
      { path: /manifests/, method: 'PUT', status: 400 },
      'mirror-refused',
      ['400', app],
    ],
    [
      'a manifest that is stored with another digest',
      'target',
      {
        path: /manifests/,
        method: 'PUT',
        status: 201,
        headers: { 'docker-content-digest': digestOf('e') },
      },
      'mirror-changed-digest',
      [/sha256:[0-9a-f]{64}.*sha256:e{64}/],
    ],
    [
      'an upload to an unsupported URL',
      'target',
      { path: uploads, method: 'POST', status: 202, headers: { location: 'ftp://x/' } },
      'mirror-unexpected-answer',
      ['ftp://x/'],
    ],
    ['a missing layer', 'source', { status: 404 }, 'blob-unavailable', ['404', /sha256:[0-9a-f]{64}/]],
    [
      'a layer of other bytes',
      'source',
      { status: 200, body: 'x'.repeat(50_000) },
      'blob-mismatch',
      [/sha256:([0-9a-f]{64})(?!.*sha256:\1).*sha256:[0-9a-f]{64}/],
    ],
    [
      'a layer that is longer than its declared length',
      'source',
      { status: 200, body: 'x'.repeat(60_000), headers: { 'transfer-encoding': 'chunked' } },
      'blob-mismatch',
      ['50000'],
    ],
    [
      'a layer of another length',
      'source',
      { status: 200, body: 'x'.repeat(60_000), headers: { 'content-length': '60000' } },
      'blob-mismatch',
      ['60000', '50000'],
    ],
    ['a source that never recovers', 'source', { status: 503 }, 'mirror-interrupted', [/\b4\b/, '503']],
    ['a source that always breaks', 'source', { closeAfter: 100 }, 'mirror-interrupted', [/\b4\b/]],
    [
      'a circle',
      'source',
      { status: 307, headers: { location: '?again' } },
      'mirror-unexpected-answer',
      ['5 redirects'],
    ],
  ])('%s', (_name, end, fault, code, facts) =>
    inWorld(async (world) => {
      hurt(world, end, fault);
      const run = await world.deploy(workflowRun(), { mirror: 'always' }, { clockRate: 20 });
      const error = errorOf(run);
      expect(codesOf(run)).toEqual([code]);
      for (const fact of facts) expect(error).toMatch(fact);
      expect(error).toMatch(/\nExpected: [\s\S]*\nFix: /);
      expect(run.flyctl).toEqual([]);
      expect(run.outputs).toMatchObject({ deployed: 'false', mirrored: 'false' });
      // No manifest refers to what was uploaded.
      if (end === 'source')
        expect(copies(world).filter(({ path }) => path.includes('/manifests/'))).toEqual([]);
    }),
  );

  test('a layer whose license forbids copies', () =>
    inWorld(async ({ deploy, registry }) => {
      const source = 'https://github.com/owner/repo';
      const made = makeImage({ kind: 'manifest', revision: builtCommit, source });
      const bytes = Buffer.from(
        made.bytes.toString().replace('image.layer.v1', 'image.layer.nondistributable.v1'),
      );
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      registry.push('owner/repo', tag, { ...made, bytes, digest, platformDigest: digest });
      const run = await deploy(workflowRun(), { mirror: 'always' });
      expect(codesOf(run)).toEqual(['layer-not-distributable']);
      for (const fact of [digest, 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip'])
        expect(errorOf(run)).toContain(fact);
      expect([run.flyctl, run.outputs['deployed']]).toEqual([[], 'false']);
    }));
});

test('never sends the credentials of one registry to another', () =>
  inWorld(async (world) => {
    makePrivate(world);
    world.push(tag);
    await world.deploy(workflowRun(), login);
    const [own, flys] = [btoa('me:reader'), btoa(`x:${world.fly.token}`)];
    const seenBy = (requests: readonly { headers: Readonly<Record<string, string>> }[]) =>
      requests
        .filter(isAction)
        .map(({ headers }) => headers['authorization'] ?? '')
        .join();
    expect(seenBy(world.registry.requests)).toContain(own);
    expect(seenBy(world.registry.requests)).not.toContain(flys);
    expect(seenBy(world.mirror.requests)).toContain(flys);
    expect(seenBy(world.mirror.requests)).not.toContain(own);
    expect(world.cdn.requests.length).toBeGreaterThan(0);
    for (const { headers } of world.cdn.requests) expect(headers).not.toHaveProperty('authorization');
  }));
