import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeHttp } from '../src/lib/http.ts';
import { HttpError } from '../src/lib/http-error.ts';
import { parseReference } from '../src/registry/reference.ts';
import { type Login, RealmError, Session } from '../src/registry/session.ts';
import { stoppedClock } from './factories.ts';

// Who receives a secret: the registry that `image` names and the token service that this registry names, and no other
// host, whatever redirects and challenges the servers send.

const password = 'the-password-of-the-login';
const identityToken = 'the-identity-token-of-the-login';
const issued = 'the-token-that-was-issued';
const pair = Buffer.from(`me:${password}`).toString('base64');

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
}

type Answerer = (asked: Asked) => Response;

/** A session whose requests are answered by host. A host without an answerer gives what it is asked for. */
function play(image: string, login: Login | undefined, hosts: Readonly<Record<string, Answerer>>) {
  const asked: Asked[] = [];
  const fetch = async (address: string, init: RequestInit) => {
    const url = new URL(address);
    const headers = init.headers as Record<string, string>;
    const one = {
      method: init.method ?? 'GET',
      url,
      authorization: headers['authorization'],
      body: String(init.body ?? ''),
    };
    asked.push(one);
    return hosts[url.host]?.(one) ?? new Response(`{"token":"${issued}"}`);
  };
  const session = new Session({
    repository: parseReference(image),
    login: async () => login,
    http: makeHttp(
      { fetch, clock: stoppedClock(), random: () => 0, log: { debug: () => {} } },
      { tries: 1, timeout: 1000, longestWait: 0 },
    ),
    mask: () => {},
    maskToken: () => {},
  });
  const get = (path = 'manifests/main') =>
    session.request(path, { limit: 1000 }).then(
      ({ status }) => status,
      (error: unknown) => {
        if (error instanceof HttpError || error instanceof RealmError) return error;
        throw error;
      },
    );
  return { session, get, asked };
}

/** Does a request carry a secret, in a header, in its address or in its body? */
const carriesSecret = ({ url, authorization = '', body }: Asked): boolean =>
  [password, identityToken, issued, pair].some((secret) =>
    `${authorization} ${url.href} ${decodeURIComponent(body)}`.includes(secret),
  );

/** The origins that received a secret, each once. */
const holdersOf = (asked: readonly Asked[]): string[] =>
  [...new Set(asked.filter(carriesSecret).map(({ url }) => url.origin))].sort();

const redirect = (status: number, location: string) => () =>
  new Response(null, { status, headers: { location } });
const challenge = (realm: string, status = 401) =>
  new Response('no', { status, headers: { 'www-authenticate': `Bearer realm="${realm}",service="s"` } });

const logins: [name: string, login: Login][] = [
  ['a password', { username: 'me', password }],
  ['an identity token', { identityToken }],
];

describe.each(logins)('with %s', (_name, login) => {
  test.each([401, 403])(
    'a challenge (%i) of the host that a redirect leads to is a failed download',
    async (status) => {
      const { get, asked } = play('r.example/a/b', login, {
        'r.example': redirect(307, 'https://cdn.example/blob'),
        'cdn.example': () => challenge('https://elsewhere.example/token', status),
      });
      expect(await get('blobs/x')).toMatchObject({ name: 'HttpError', url: 'https://cdn.example/blob' });
      expect(asked.map(({ url }) => url.host)).toEqual(['r.example', 'cdn.example']);
    },
  );

  test('the same after the registry itself was logged in to', async () => {
    const { get, asked } = play('r.example/a/b', login, {
      'r.example': ({ authorization }) =>
        authorization === undefined
          ? challenge('https://auth.r.example/token')
          : redirect(307, 'https://cdn.example/blob')(),
      'auth.r.example': ({ authorization, method }) =>
        authorization === undefined && method === 'GET'
          ? new Response('', { status: 401 })
          : new Response(`{"token":"${issued}"}`),
      'cdn.example': () => challenge('https://elsewhere.example/token'),
    });
    expect(await get('blobs/x')).toMatchObject({ name: 'HttpError', url: 'https://cdn.example/blob' });
    expect(asked.map(({ url }) => url.host)).not.toContain('elsewhere.example');
    expect(holdersOf(asked)).toEqual(['https://auth.r.example', 'https://r.example']);
  });

  test.each([301, 302, 303, 307, 308])(
    'a token service that redirects (%i) passes nothing on',
    async (status) => {
      const { get, asked } = play('r.example/a/b', login, {
        'r.example': ({ authorization }) =>
          authorization === undefined ? challenge('https://auth.example/token') : new Response('{}'),
        'auth.example': ({ method, authorization }) =>
          method === 'GET' && authorization === undefined
            ? new Response('', { status: 401 })
            : redirect(status, 'https://evil.example/token')(),
      });
      await get();
      expect(holdersOf(asked).filter((origin) => origin.includes('evil'))).toEqual([]);
      // A form is not sent elsewhere in any shape.
      if ('identityToken' in login) expect(asked.map(({ url }) => url.host)).not.toContain('evil.example');
    },
  );
});

test.each([
  [301, 'GET', ''],
  [302, 'GET', ''],
  [303, 'GET', ''],
  [307, 'POST', 'a form'],
  [308, 'POST', 'a form'],
])('a POST that %i redirects within its origin is a %s with the body "%s"', async (status, method, body) => {
  const asked: Asked[] = [];
  const http = makeHttp(
    {
      fetch: async (address, init) => {
        const headers = init.headers as Record<string, string>;
        const one = { method: init.method ?? 'GET', url: new URL(address), body: String(init.body ?? '') };
        asked.push({ ...one, authorization: headers['authorization'] });
        return asked.length === 1 ? redirect(status, '/next')() : new Response('{}');
      },
      ...{ clock: stoppedClock(), random: () => 0, log: { debug: () => {} } },
    },
    { tries: 1, timeout: 1000, longestWait: 0 },
  );
  const headers = { authorization: 'Basic x', 'content-type': 'text/plain' };
  await http('https://r.example/', { method: 'POST', body: 'a form', headers, limit: 10 });
  expect([asked[1]?.method, asked[1]?.body, asked[1]?.authorization]).toEqual([method, body, 'Basic x']);
});

test.each(['POST', 'PUT'] as const)('a %s is not redirected to another origin', async (method) => {
  for (const status of [301, 302, 303, 307, 308]) {
    const hosts: string[] = [];
    const http = makeHttp(
      {
        fetch: async (address) => {
          hosts.push(new URL(address).host);
          return redirect(status, 'https://evil.example/')();
        },
        ...{ clock: stoppedClock(), random: () => 0, log: { debug: () => {} } },
      },
      { tries: 1, timeout: 1000, longestWait: 0 },
    );
    await expect(http('https://r.example/', { method, limit: 10 })).rejects.toMatchObject({
      kind: 'redirect',
    });
    expect(hosts).toEqual(['r.example']);
  }
});

test.each([
  ['ghcr.io/owner/repo', 'https://ghcr.io.evil.example/token'],
  ['ghcr.io/owner/repo', 'https://ghcr.io:8443/token'],
  ['registry.fly.io/app', 'https://auth.example/token'],
  ['127.0.0.1:5000/a/b', 'https://auth.example/token'],
  ['localhost:5000/a/b', 'https://auth.example/token'],
  ['r.example/a/b', 'https://vault/token'],
  ['r.example/a/b', 'https://kubernetes.default.svc/token'],
  ['r.example/a/b', 'https://x.corp/token'],
  ['r.example/a/b', 'https://x.corp./token'],
  ['r.example/a/b', 'https://[::127.0.0.1]/token'],
  ['r.example/a/b', 'https://[64:ff9b::10.0.0.1]/token'],
  ['r.example/a/b', 'https://[2002:7f00:1::]/token'],
  ['r.example/a/b', 'https://[fec0::1]/token'],
  ['r.example/a/b', 'https://192.0.0.192/token'],
  ['r.example/a/b', 'https://168.63.129.16/token'],
  ['r.example/a/b', 'https://224.0.0.1/token'],
  ['r.example/a/b', 'https://[ff02::1]/token'],
])('%s cannot name %s as its token service', async (image, realm) => {
  const { get, asked } = play(
    image,
    { username: 'me', password },
    {
      [image.split('/')[0] ?? '']: () => challenge(realm),
    },
  );
  expect(await get()).toBeInstanceOf(RealmError);
  expect(asked).toHaveLength(1);
});

test('a registry inside a network can name a token service there', async () => {
  const { get, asked } = play(
    'registry.corp/a/b',
    { username: 'me', password },
    {
      'registry.corp': ({ authorization }) =>
        authorization === undefined ? challenge('https://10.0.0.8/token') : new Response('{}'),
    },
  );
  expect(await get()).toBe(200);
  expect(asked.map(({ url }) => url.host)).toEqual(['registry.corp', '10.0.0.8', 'registry.corp']);
});

describe('over random redirects and challenges', () => {
  const own = 'https://r.example';
  const others = [
    'https://a.example',
    'https://b.example',
    'https://r.example:8443',
    'http://r.example',
    'https://10.0.0.1',
  ];
  const origin = fc.constantFrom(own, ...others);
  const path = fc.constantFrom('/v2/a/b/manifests/main', '/token', '/x');
  const place = fc.tuple(origin, path).map((parts) => parts.join(''));
  /** What a server answers: by turns, the last one for ever. */
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('challenge' as const),
        realm: place,
        status: fc.constantFrom(401, 403),
        basic: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('redirect' as const),
        to: place,
        status: fc.constantFrom(301, 302, 303, 307, 308),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('token' as const) }) },
  );
  const scripts = fc.dictionary(place, fc.array(step, { minLength: 1, maxLength: 4 }), {
    minKeys: 2,
    noNullPrototype: true,
  });

  test.each(logins)(
    'only the registry and the token service that it names receive %s',
    async (_name, login) => {
      await fc.assert(
        fc.asyncProperty(scripts, async (given) => {
          // The registry always begins with a challenge: else there is no secret to lose.
          const first = `${own}/v2/a/b/manifests/main`;
          const script = new Map(
            Object.entries({
              ...given,
              [first]: given[first] ?? [
                { kind: 'challenge' as const, realm: `${own}/token`, status: 401, basic: false },
              ],
            }),
          );
          const turns = new Map<string, number>();
          const allowed = new Set([own]);
          const answer: Answerer = ({ url }) => {
            const here = `${url.origin}${url.pathname}`;
            const steps = script.get(here);
            const turn = turns.get(here) ?? 0;
            turns.set(here, turn + 1);
            const now = steps?.[Math.min(turn, steps.length - 1)];
            if (now?.kind === 'redirect') return redirect(now.status, now.to)();
            if (now?.kind === 'challenge') {
              // The model: what the registry itself names, by https and not inside a network, is trusted.
              const realm = new URL(now.realm);
              if (url.origin === own && realm.protocol === 'https:' && !realm.hostname.startsWith('10.'))
                allowed.add(realm.origin);
              const header = now.basic ? 'Basic realm="x"' : `Bearer realm="${now.realm}"`;
              return new Response('no', { status: now.status, headers: { 'www-authenticate': header } });
            }
            return new Response(`{"token":"${issued}"}`);
          };
          const hosts = Object.fromEntries([own, ...others].map((each) => [new URL(each).host, answer]));
          const { get, asked } = play('r.example/a/b', login, hosts);
          await get();
          await get('blobs/x');
          for (const holder of holdersOf(asked)) expect([...allowed]).toContain(holder);
          // A token that was issued is the registry's alone.
          for (const { url, authorization } of asked)
            if (authorization?.includes(issued)) expect(url.origin).toBe(own);
        }),
        { numRuns: 500 },
      );
    },
  );
});
