import { describe, expect, test } from '@jest/globals';
import { makeHttp } from '../src/lib/http.ts';
import { RealmError } from '../src/registry/realm-error.ts';
import { parseReference } from '../src/registry/reference.ts';
import { type Login, Session, type SessionOptions } from '../src/registry/session.ts';
import { stoppedClock } from './factories.ts';

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A registry that sends a challenge until it gets the right token, and a token service that issues that. */
function play(
  image: string,
  challenge: string,
  {
    accepts = 'Bearer the-token',
    anonymous = true,
    login,
    options = {},
    tokenBody = '{"token":"the-token"}',
  }: {
    accepts?: string;
    anonymous?: boolean;
    login?: Login;
    options?: Partial<SessionOptions>;
    tokenBody?: string;
  } = {},
) {
  const asked: Asked[] = [];
  const masked: string[] = [];
  const fetch = async (address: string, init: RequestInit) => {
    const url = new URL(address);
    const authorization = (init.headers as Record<string, string>)['authorization'];
    asked.push({ method: init.method ?? 'GET', url, authorization, body: String(init.body ?? '') });
    if (!url.pathname.startsWith('/v2/') || url.pathname === '/v2/token' || url.pathname === '/v2/auth') {
      const refused = !anonymous && authorization === undefined && init.method !== 'POST';
      return refused
        ? new Response('{"errors":[{"code":"UNAUTHORIZED"}]}', { status: 401 })
        : new Response(tokenBody);
    }
    return authorization === accepts
      ? new Response('{}')
      : new Response('no', { status: 401, headers: { 'www-authenticate': challenge } });
  };
  const clock = stoppedClock();
  const session = new Session({
    repository: parseReference(image),
    login: async () => login,
    http: makeHttp(
      { fetch, clock, random: () => 0, log: { debug: () => {} } },
      { tries: 2, timeout: 1000, longestWait: 1000 },
    ),
    mask: (secret) => void masked.push(secret),
    maskToken: (token) => void masked.push(token),
    ...options,
  });
  const get = () => session.request('manifests/main', { limit: 100 });
  return { session, get, asked, masked };
}

// The challenges that these registries send to a first request without a login.
const challenges: [name: string, image: string, challenge: string, token: string][] = [
  [
    'GHCR, whose scope is a placeholder',
    'ghcr.io/owner/repo',
    'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
    'https://ghcr.io/token?service=ghcr.io&scope=repository:owner/repo:pull',
  ],
  [
    'Docker Hub, whose API and token service have other names',
    'nginx',
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
    'https://auth.docker.io/token?service=registry.docker.io&scope=repository:library/nginx:pull',
  ],
  [
    'Quay',
    'quay.io/org/app',
    'Bearer realm="https://quay.io/v2/auth",service="quay.io",scope="repository:org/app:pull"',
    'https://quay.io/v2/auth?service=quay.io&scope=repository:org/app:pull',
  ],
  [
    'ECR public, whose scope is its own',
    'public.ecr.aws/lambda/go',
    'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"',
    'https://public.ecr.aws/token/?service=public.ecr.aws&scope=repository:lambda/go:pull',
  ],
  [
    'Google Artifact Registry, which does not name a service',
    'us-central1-docker.pkg.dev/project/images/app',
    'Bearer realm="https://us-central1-docker.pkg.dev/v2/token"',
    'https://us-central1-docker.pkg.dev/v2/token?scope=repository:project/images/app:pull',
  ],
  [
    'GitLab, whose token service is another host',
    'registry.gitlab.com/group/sub/app',
    'Bearer realm="https://gitlab.com/jwt/auth",service="container_registry",scope="repository:group/sub/app:pull",error="invalid_token"',
    'https://gitlab.com/jwt/auth?service=container_registry&scope=repository:group/sub/app:pull',
  ],
  [
    'GitHub Enterprise',
    'containers.acme.ghe.com/owner/repo',
    'Bearer realm="https://containers.acme.ghe.com/token",service="containers.acme.ghe.com",scope="repository:user/image:pull"',
    'https://containers.acme.ghe.com/token?service=containers.acme.ghe.com&scope=repository:owner/repo:pull',
  ],
  [
    'a realm with a query, and Basic beside Bearer',
    'r.example/a/b',
    'Basic realm="r, \\"x\\"", Bearer realm="https://auth.r.example/token?tenant=1" , service="s"',
    'https://auth.r.example/token?tenant=1&service=s&scope=repository:a/b:pull',
  ],
];

describe('asks anonymously, with its own scope:', () => {
  test.each(challenges)('%s', async (_name, image, challenge, token) => {
    const { session, get, asked, masked } = play(image, challenge);
    expect((await get()).status).toBe(200);
    expect(asked.map(({ url }) => decodeURIComponent(url.href))).toEqual([
      session.urlOf('manifests/main'),
      token,
      session.urlOf('manifests/main'),
    ]);
    expect(asked[1]?.authorization).toBeUndefined();
    expect(session.identity).toBe('anonymous');
    // Anyone can get this token, so it is not masked.
    expect(masked).toEqual([]);
    // Later requests use the same token.
    await get();
    expect(asked).toHaveLength(4);
  });
});

test('Docker Hub’s API has a different host name', () => {
  expect(play('owner/repo', '').session.urlOf('x')).toBe('https://registry-1.docker.io/v2/owner/repo/x');
});

describe('with a login', () => {
  const login = { username: 'me', password: 'pass' };
  const basic = `Basic ${btoa('me:pass')}`;
  const [, image, challenge] = challenges[0] ?? ['', '', ''];

  test('is sent to the token service only after an anonymous request is refused', async () => {
    const { session, get, asked, masked } = play(image, challenge, { anonymous: false, login });
    expect((await get()).status).toBe(200);
    expect(asked.map(({ authorization }) => authorization)).toEqual([
      undefined,
      undefined,
      basic,
      'Bearer the-token',
    ]);
    expect([session.identity, session.username]).toEqual(['login', 'me']);
    expect(masked).toEqual([btoa('me:pass'), 'the-token']);
  });

  test('is sent by Basic to registry.fly.io, and immediately if a login is required', async () => {
    const { get, asked } = play('registry.fly.io/app', 'Basic realm="Fly.io registry"', {
      accepts: basic,
      login,
      options: { as: ['login'], actions: 'pull,push' },
    });
    expect((await get()).status).toBe(200);
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, basic]);
  });

  test('asks for a scope that can push in order to push', async () => {
    const { get, asked } = play('quay.io/o/a', challenges[2]?.[2] ?? '', {
      login,
      options: { as: ['login'], actions: 'pull,push' },
    });
    await get();
    expect(asked[1]?.url.searchParams.get('scope')).toBe('repository:o/a:pull,push');
  });

  test('sends an identity token in a form, never in a URL', async () => {
    const { get, asked } = play(image, challenge, {
      anonymous: false,
      login: { identityToken: 'refresh/1' },
      tokenBody: '{"access_token":"the-token"}',
    });
    expect((await get()).status).toBe(200);
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'GET']);
    expect(new URLSearchParams(asked[2]?.body).get('refresh_token')).toBe('refresh/1');
    expect(asked.map(({ url }) => url.href).join()).not.toContain('refresh');
  });

  test('that is refused as well ends with the refusal', async () => {
    const { get, asked } = play(image, challenge, { accepts: 'nothing', login });
    expect((await get()).status).toBe(401);
    expect(asked.length).toBeLessThanOrEqual(6);
  });
});

test('concurrent requests wait for the same token', async () => {
  const [, image, challenge] = challenges[0] ?? ['', '', ''];
  const { get, asked } = play(image, challenge);
  const answers = await Promise.all([get(), get(), get(), get()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(asked.filter(({ url }) => url.pathname === '/token')).toHaveLength(1);
});

test('an expired token is renewed once, with the same identity', async () => {
  let valid = 'Bearer one';
  const tokens = ['one', 'two'];
  const asked: string[] = [];
  const fetch = async (address: string, init: RequestInit) => {
    asked.push(new URL(address).pathname);
    if (address.includes('/token')) return new Response(JSON.stringify({ token: tokens.shift() }));
    const { authorization } = init.headers as Record<string, string>;
    return authorization === valid
      ? new Response('{}')
      : new Response('', {
          status: 401,
          headers: { 'www-authenticate': 'Bearer realm="https://r.example/token"' },
        });
  };
  const session = new Session({
    repository: parseReference('r.example/a/b'),
    login: async () => {
      throw new Error('nobody needs a login here');
    },
    http: makeHttp(
      { fetch, clock: stoppedClock(), random: () => 0, log: { debug: () => {} } },
      { tries: 1, timeout: 1000, longestWait: 0 },
    ),
    mask: () => {},
    maskToken: () => {},
  });
  const get = () => session.request('manifests/main', { limit: 10 });
  expect((await get()).status).toBe(200);
  valid = 'Bearer two';
  expect((await get()).status).toBe(200);
  expect(asked.filter((path) => path === '/token')).toHaveLength(2);
});

describe('does not ask a token service', () => {
  test.each([
    ['over plain HTTP', 'http://auth.r.example/token'],
    ['in a private network', 'https://10.0.0.8/token'],
    ['on this machine', 'https://localhost/token'],
    ['on a cloud’s metadata address', 'https://169.254.169.254/latest/meta-data'],
    ['written as IPv6', 'https://[::ffff:10.0.0.8]/token'],
    ['with a login in the URL', 'https://user:pass@auth.r.example/token'],
    ['at nothing', 'token'],
    ['as a file', 'file:///etc/passwd'],
  ])('%s: %s', async (_name, realm) => {
    const { get, asked } = play('r.example/a/b', `Bearer realm="${realm}"`, {
      login: { username: 'me', password: 'pass' },
    });
    await expect(get()).rejects.toThrow(RealmError);
    expect(asked).toHaveLength(1);
  });

  test.each(['<html>the-secret-token', '{}', '[]', '{"token":"a b"}', '{"token":""}'])(
    'twice after the invalid answer %s, and does not repeat it',
    async (tokenBody) => {
      const { get } = play('ghcr.io/o/r', challenges[0]?.[2] ?? '', { tokenBody });
      const error = await get().then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(error).toBeInstanceOf(RealmError);
      expect(`${error?.message}${error?.cause}`).not.toContain('the-secret-token');
    },
  );
});

test('sends credentials only to the registry’s own origin', async () => {
  const { session, get } = play('ghcr.io/o/r', challenges[0]?.[2] ?? '');
  await get();
  expect(session.authorizationFor('https://ghcr.io/v2/x')).toEqual({ authorization: 'Bearer the-token' });
  for (const other of [
    'http://ghcr.io/v2/x',
    'https://ghcr.io:8443/',
    'https://evil.example/',
    'https://ghcr.io.evil.example/',
  ]) {
    expect(session.authorizationFor(other)).toEqual({});
  }
});
