import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { makeHttp, policies } from '../src/lib/http.ts';
import { getManifest } from '../src/registry/manifest.ts';
import { findPlatform } from '../src/registry/platform.ts';
import { Session } from '../src/registry/session.ts';
import { rejectedBy } from './errors.ts';
import { stoppedClock } from './factories.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

/** A registry of one repository, in memory. */
function registry() {
  const content = new Map<string, { readonly text: string; readonly type: string }>();
  const add = (value: object, type: string): string => {
    const text = JSON.stringify(value);
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    content.set(digest, { text, type });
    return digest;
  };
  const image = (name: string): string => {
    const config = add(
      { os: 'linux', architecture: 'amd64', config: { Labels: { name } } },
      'application/json',
    );
    return add({ mediaType: manifestType, config: { digest: config }, layers: [] }, manifestType);
  };
  const session = new Session({
    repository: { host: 'r.example', path: 'owner/repo' },
    login: async () => undefined,
    mask: () => {},
    maskToken: () => {},
    http: makeHttp(
      {
        fetch: async (url) => {
          const found = content.get(url.split('/').at(-1) ?? '');
          return found === undefined
            ? new Response('{}', { status: 404 })
            : new Response(found.text, { headers: { 'content-type': found.type } });
        },
        clock: stoppedClock(),
        random: () => 0,
        log: { debug: () => {} },
      },
      policies.health,
    ),
  });
  return { add, image, session };
}

const amd64 = (variant?: string) => ({
  os: 'linux',
  architecture: 'amd64',
  ...(variant !== undefined && { variant }),
});

/** Finds the image of an index that lists these entries. */
async function findIn(
  { add, session }: ReturnType<typeof registry>,
  manifests: readonly {
    readonly digest: string;
    readonly platform?: object;
    readonly annotations?: object;
  }[],
) {
  const root = await getManifest(session, add({ mediaType: indexType, manifests }, indexType));
  if (root === undefined) throw new Error('the index is not there');
  return { root, found: findPlatform(session, root, async () => false) };
}

test.each([
  ['a variant before it', ['v2', undefined]],
  ['a variant after it', [undefined, 'v2']],
  ['variants around it', ['v3', undefined, 'v2']],
])('selects plain linux/amd64, with %s', async (_name, variants) => {
  const world = registry();
  const manifests = variants.map((variant) => ({
    digest: world.image(`${variant}`),
    platform: amd64(variant),
  }));
  const { found } = await findIn(world, manifests);
  expect((await found).config.get('config').get('Labels').get('name').value).toBe('undefined');
});

test('selects the only variant', async () => {
  const world = registry();
  const digest = world.image('v2');
  const { found } = await findIn(world, [{ digest, platform: amd64('v2') }]);
  expect((await found).manifest.digest).toBe(digest);
});

test.each<[string, (world: ReturnType<typeof registry>) => { digest: string; platform?: object }[]]>([
  ['two variants', ({ image }) => ['v2', 'v3'].map((v) => ({ digest: image(v), platform: amd64(v) }))],
  ['two plain images', ({ image }) => ['a', 'b'].map((v) => ({ digest: image(v), platform: amd64() }))],
  ['two images without a platform', ({ image }) => ['a', 'b'].map((v) => ({ digest: image(v) }))],
])('refuses an index of %s, and names both digests', async (_name, make) => {
  const world = registry();
  const manifests = make(world);
  const { root, found } = await findIn(world, manifests);
  const error = await rejectedBy(found);
  expect(error.code).toBe('platform-ambiguous');
  for (const { digest } of [root, ...manifests]) expect(error.found).toContain(digest);
});

test('selects an image that is listed twice', async () => {
  const world = registry();
  const digest = world.image('a');
  const { found } = await findIn(world, [
    { digest, platform: amd64() },
    { digest, platform: amd64(), annotations: { name: 'again' } },
  ]);
  expect((await found).manifest.digest).toBe(digest);
});

test.each([
  ['with platforms', amd64()],
  ['without platforms', undefined],
])('follows nested indexes %s, and returns every digest on the path', async (_name, platform) => {
  const world = registry();
  const entry = (digest: string) => ({ digest, ...(platform && { platform }) });
  const leaf = world.image('leaf');
  const inner = world.add({ mediaType: indexType, manifests: [entry(leaf)] }, indexType);
  const arm = world.image('arm');
  const { root, found } = await findIn(world, [
    { digest: arm, platform: { os: 'linux', architecture: 'arm64' } },
    entry(inner),
  ]);
  const { digests, manifest, index } = await found;
  expect(digests).toEqual([root.digest, inner, leaf]);
  expect([index?.digest, manifest.digest]).toEqual([inner, leaf]);
});
