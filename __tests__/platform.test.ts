import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { makeHttp, policies } from '../src/lib/http.ts';
import { getManifest } from '../src/registry/manifest.ts';
import { findPlatform } from '../src/registry/platform.ts';
import { Session } from '../src/registry/session.ts';
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

test.each([
  ['a variant before it', ['v2', undefined]],
  ['a variant after it', [undefined, 'v2']],
  ['variants around it', ['v3', undefined, 'v2']],
])('plain linux/amd64 is taken, with %s', async (_name, variants) => {
  const { add, image, session } = registry();
  const manifests = variants.map((variant) => ({ digest: image(`${variant}`), platform: amd64(variant) }));
  const root = await getManifest(session, add({ mediaType: indexType, manifests }, indexType));
  if (root === undefined) throw new Error('the index is not there');
  const found = await findPlatform(session, root, async () => false);
  expect(found.config.get('config').get('Labels').get('name').value).toBe('undefined');
});

test('the first variant is taken where there is no plain one', async () => {
  const { add, image, session } = registry();
  const manifests = ['v2', 'v3'].map((variant) => ({ digest: image(variant), platform: amd64(variant) }));
  const root = await getManifest(session, add({ mediaType: indexType, manifests }, indexType));
  if (root === undefined) throw new Error('the index is not there');
  const found = await findPlatform(session, root, async () => false);
  expect(found.config.get('config').get('Labels').get('name').value).toBe('v2');
});
