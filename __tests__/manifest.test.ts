import { describe, expect, test } from '@jest/globals';
import { makeHttp } from '../src/lib/http.ts';
import { getManifest, listTags } from '../src/registry/manifest.ts';
import { parseReference } from '../src/registry/reference.ts';
import { type Login, Session } from '../src/registry/session.ts';
import { rejectedBy } from './errors.ts';
import { digestOf, stoppedClock } from './factories.ts';

const session = (answer: (url: URL) => Response, login?: Login) =>
  new Session({
    repository: parseReference('r.example/a/b'),
    login: async () => login,
    http: makeHttp(
      {
        fetch: async (url) => answer(new URL(url)),
        clock: stoppedClock(),
        random: () => 0,
        log: { debug: () => {} },
      },
      { tries: 1, timeout: 1000, longestWait: 0 },
    ),
    mask: () => {},
    maskToken: () => {},
  });

const [index, list, image, docker] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const config = { digest: digestOf('c'), size: 2 };

/** The media type that a manifest of this content is read as, or the code of its error. */
async function taken(header: string, json: object): Promise<string> {
  const body = JSON.stringify(json);
  const registry = session(() => new Response(body, { headers: { 'content-type': header } }));
  return getManifest(registry, 'main').then(
    (manifest) => manifest?.mediaType ?? 'nothing',
    (error: { code: string }) => error.code,
  );
}

describe('a manifest is either an index or an image (CVE-2021-41190)', () => {
  test.each<[string, header: string, json: object]>([
    ['an index that has layers', index, { mediaType: index, manifests: [], layers: [] }],
    ['an index that has a config', list, { mediaType: list, manifests: [], config }],
    ['an image that has manifests', image, { mediaType: image, config, layers: [], manifests: [] }],
    ['the same without a media type in its body', image, { config, layers: [], manifests: [] }],
    ['an index by its header and an image by its body', index, { mediaType: image, config, layers: [] }],
    ['an image by its header and an index by its body', docker, { mediaType: list, manifests: [] }],
    ['OCI by its header and Docker by its body', image, { mediaType: docker, config, layers: [] }],
  ])('refuses %s', async (_name, header, json) =>
    expect(await taken(header, json)).toBe('manifest-ambiguous'),
  );

  test.each<[string, header: string, json: object, type: string]>([
    ['an index', index, { mediaType: index, manifests: [] }, index],
    ['an image', docker, { mediaType: docker, config, layers: [] }, docker],
    ['an image with empty fields of an index', image, { config, layers: [], manifests: null }, image],
    ['one without a media type in its body', image, { config, layers: [] }, image],
    ['a header with a parameter', `${image}; charset=utf-8`, { mediaType: image, config, layers: [] }, image],
    ['a generic JSON header', 'application/json', { mediaType: image, config, layers: [] }, image],
    ['a header in upper case', image.toUpperCase(), { mediaType: image, config, layers: [] }, image],
  ])('accepts %s', async (_name, header, json, type) => expect(await taken(header, json)).toBe(type));
});

describe('a list of tags', () => {
  const paged = (page: (n: number) => unknown[], asked = { pages: 0 }) =>
    session(() => {
      const tags = page(++asked.pages);
      const link = `</v2/a/b/tags/list?n=1000&last=${asked.pages}>; rel="next"`;
      return new Response(JSON.stringify({ tags }), { headers: { link } });
    });

  test('leaves out tags that are longer than registries allow', async () => {
    const registry = session(() => Response.json({ tags: ['x'.repeat(255), 'y'.repeat(256), 'main'] }));
    expect(await listTags(registry, 100)).toEqual(['x'.repeat(255), 'main']);
  });

  test('ends after 16 MB, whatever it contains', async () => {
    for (const tags of [['x'.repeat(4_000_000)], ['']]) {
      const asked = { pages: 0 };
      const found = await listTags(
        paged((n) => [...tags, n < 2000 ? '' : `t${n}`], asked),
        1_000_000,
      );
      expect(found?.length).toBeLessThan(5);
      expect(asked.pages).toBeLessThan(1100);
    }
  });
});

test('a refused identity token is not reported as a user’s login', async () => {
  const registry = session(
    (url) =>
      url.pathname === '/token'
        ? new Response('no', { status: 401 })
        : new Response('no', {
            status: 401,
            headers: { 'www-authenticate': 'Bearer realm="https://r.example/token"' },
          }),
    { identityToken: 'identity-token-1' },
  );
  const error = await rejectedBy(getManifest(registry, 'main'));
  expect([error.code, error.found]).toEqual(['registry-denied', expect.stringContaining('identity token')]);
  expect(error.found).not.toContain('undefined');
});
