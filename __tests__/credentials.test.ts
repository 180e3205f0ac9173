import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { serve } from '../sandbox/lib/http.ts';
import { type Fetch, type FetchInit, makeHttp } from '../src/lib/http.ts';
import { HttpError } from '../src/lib/http-error.ts';
import { answerOf, type Download, makeStreams } from '../src/lib/http-stream.ts';
import { makeFetch } from '../src/lib/node-fetch.ts';
import { makeTransport } from '../src/lib/transport.ts';
import { RealmError } from '../src/registry/realm-error.ts';
import { parseReference } from '../src/registry/reference.ts';
import { type Login, Session } from '../src/registry/session.ts';
import { stoppedClock } from './factories.ts';

// Only the registry that `image` names, and the token service that this registry names, receive a secret, whatever
// redirects and challenges the servers send.

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

/** A session whose requests are answered by host. A host without an answerer serves every request. */
function play(
  image: string,
  login: Login | undefined,
  hosts: Readonly<Record<string, Answerer>>,
  real?: Fetch,
) {
  const asked: Asked[] = [];
  const fake = async (address: string, init: FetchInit) => {
    const url = new URL(address);
    const { headers } = init;
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
      { fetch: real ?? fake, clock: stoppedClock(), random: () => 0, log: { debug: () => {} } },
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

/** Whether a request carries a secret in a header, its URL or its body. */
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
    'a challenge (%i) from the target of a redirect fails the download',
    async (status) => {
      const { get, asked } = play('r.example/a/b', login, {
        'r.example': redirect(307, 'https://cdn.example/blob'),
        'cdn.example': () => challenge('https://elsewhere.example/token', status),
      });
      expect(await get('blobs/x')).toMatchObject({ name: 'HttpError', url: 'https://cdn.example/blob' });
      expect(asked.map(({ url }) => url.host)).toEqual(['r.example', 'cdn.example']);
    },
  );

  test('the same after a login to the registry itself', async () => {
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
      // A form is never sent elsewhere.
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

test('a registry in a private network can name a token service there', async () => {
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

/** What a server answers at a URL, in turn. The last answer repeats forever. */
type Step =
  | { readonly kind: 'challenge'; readonly realm: string; readonly status: number; readonly basic: boolean }
  | { readonly kind: 'redirect'; readonly to: string; readonly status: number }
  | { readonly kind: 'token' };
type Script = Readonly<Record<string, readonly Step[]>>;

/** Scripts of servers that redirect clients to each other. The first origin is the registry's. */
function scriptsOf(origins: readonly string[]): fc.Arbitrary<Script> {
  const path = fc.constantFrom('/v2/a/b/manifests/main', '/v2/a/b/blobs/x', '/token');
  const place = fc.tuple(fc.constantFrom(...origins), path).map((parts) => parts.join(''));
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      kind: fc.constant('challenge' as const),
      realm: place,
      status: fc.constantFrom(401, 403),
      basic: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('redirect' as const),
      to: place,
      status: fc.constantFrom(301, 302, 303, 307, 308),
    }),
    fc.record({ kind: fc.constant('token' as const) }),
  );
  const steps = fc.array(step, { minLength: 1, maxLength: 4 });
  return fc.dictionary(place, steps, { minKeys: 2, noNullPrototype: true }).map((script) => ({
    // Without a challenge from the registry, no secret is sent at all.
    [`${origins[0]}/v2/a/b/manifests/main`]: [
      { kind: 'challenge', realm: `${origins[0]}/token`, status: 401, basic: false },
    ],
    ...script,
  }));
}

/** Answers by a script and records whom the registry itself trusts: the model that the code is compared with. */
function follow(script: Script, own: string, isTrusted: (realm: URL) => boolean) {
  const turns = new Map<string, number>();
  const trusted = new Set([own]);
  const next = (url: URL): { status: number; headers: Record<string, string>; body: string } => {
    const here = `${url.origin}${url.pathname}`;
    const turn = turns.get(here) ?? 0;
    turns.set(here, turn + 1);
    const steps = script[here] ?? [];
    const step = steps[Math.min(turn, steps.length - 1)];
    if (step?.kind === 'redirect') return { status: step.status, headers: { location: step.to }, body: '' };
    if (step?.kind !== 'challenge') return { status: 200, headers: {}, body: `{"token":"${issued}"}` };
    if (url.origin === own && isTrusted(new URL(step.realm))) trusted.add(new URL(step.realm).origin);
    const header = step.basic ? 'Basic realm="x"' : `Bearer realm="${step.realm}"`;
    return { status: step.status, headers: { 'www-authenticate': header }, body: 'no' };
  };
  return { next, trusted };
}

/** No other origin receives a secret, and only the registry receives an issued token. */
function expectKept(asked: readonly Asked[], own: string, trusted: ReadonlySet<string>): void {
  for (const holder of holdersOf(asked)) expect([...trusted]).toContain(holder);
  for (const { url, authorization } of asked)
    if (authorization?.includes(issued) === true) expect(url.origin).toBe(own);
}

describe.each(logins)('over random redirects and challenges, %s', (_name, login) => {
  test('reaches only the registry, and the token service that it names', async () => {
    const own = 'https://r.example';
    const others = ['https://a.example', 'https://r.example:8443', 'http://r.example', 'https://10.0.0.1'];
    const isTrusted = ({ protocol, hostname }: URL) => protocol === 'https:' && hostname !== '10.0.0.1';
    let secrets = 0;
    await fc.assert(
      fc.asyncProperty(scriptsOf([own, ...others]), async (script) => {
        const { next, trusted } = follow(script, own, isTrusted);
        const answer: Answerer = ({ url }) => {
          const { body, ...init } = next(url);
          return new Response(body, init);
        };
        const hosts = Object.fromEntries([own, ...others].map((origin) => [new URL(origin).host, answer]));
        const { get, asked } = play('r.example/a/b', login, hosts);
        await get();
        await get('blobs/x');
        expectKept(asked, own, trusted);
        secrets += holdersOf(asked).length;
      }),
      { numRuns: 500 },
    );
    // Otherwise the property would hold without being tested.
    expect(secrets).toBeGreaterThan(100);
  });

  test('reaches no one else with real servers either, and with downloads of any size', async () => {
    const asked: Asked[] = [];
    let next: ReturnType<typeof follow>['next'] = () => ({ status: 500, headers: {}, body: '' });
    const servers = await Promise.all(
      [0, 1, 2].map(() =>
        serve(({ url, method, headers, body }, response) => {
          const authorization = headers['authorization'];
          asked.push({ method, url, authorization, body: body.toString('utf8') });
          const answer = next(url);
          response.writeHead(answer.status, answer.headers).end(answer.body);
        }),
      ),
    );
    const origins = servers.map(({ origin }) => origin);
    const [own = ''] = origins;
    const transport = makeTransport({ env: {} });
    const streams = makeStreams(transport, { idle: 10_000, least: 0, longest: 10_000 });
    try {
      await fc.assert(
        fc.asyncProperty(scriptsOf(origins), async (script) => {
          asked.length = 0;
          const followed = follow(script, own, () => true);
          next = followed.next;
          const { session, get } = play(`${new URL(own).host}/a/b`, login, {}, makeFetch(transport));
          const url = session.urlOf('blobs/x');
          const download = (headers: Record<string, string>) =>
            streams.get(url, headers, new AbortController().signal);
          await get();
          await session.authorized(download, answerOf, url).then(
            ({ body }) => (Buffer.isBuffer(body) ? undefined : answerOf({ body } as Download)),
            () => undefined,
          );
          expectKept(asked, own, followed.trusted);
        }),
        { numRuns: 200 },
      );
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  });
});
