import { describe, expect, test } from '@jest/globals';
import {
  baseUrl,
  isPrivate,
  isPrivateAddress,
  mustBePublic,
  objection,
  redirected,
  type Sent,
} from '../src/lib/url-policy.ts';
import { thrownBy } from './errors.ts';

test.each([
  ...['0.0.0.0', '10.255.0.1', '100.64.0.1', '127.9.9.9', '168.63.129.16', '169.254.169.254', '172.31.0.1'],
  ...['192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
  ...[
    '224.0.0.1',
    '239.1.1.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::8.8.8.8',
    '::ffff:10.0.0.1',
  ],
  ...['64:ff9b::a00:1', '64:ff9b::169.254.169.254', '64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1'],
  ...['2002:7f00:1::', '2002:808:808::', '3fff::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1'],
  ...['fe80::1%eth0', 'fec0::1', 'ff02::1', 'not an address'],
])('%s is an address of a private network', (address) => expect(isPrivateAddress(address)).toBe(true));

test.each([
  ...['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.128.0.1', '128.0.0.1', '140.82.112.3', '168.63.129.17'],
  ...['172.32.0.1', '192.0.1.1', '192.169.0.1', '223.255.255.255', '2606:50c0:8000::153', '2a09:8280:1::1'],
  // On a network without IPv4 every host has such an address.
  ...['::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2606:50c0:8000::153%eth0'],
])('%s is a public address', (address) => expect(isPrivateAddress(address)).toBe(false));

test.each([
  ['localhost', true],
  ['localhost.', true],
  ['LOCALHOST', true],
  ['a.localhost', true],
  ['vault', true],
  ['vault.', true],
  ['kubernetes.default.svc', true],
  ['kubernetes.default.svc.cluster.local', true],
  ['x.corp', true],
  ['x.home.arpa', true],
  ['x.corp.', true],
  ['_api.internal', true],
  ['2130706433', true],
  ['0x7f.1', true],
  ['127.1', true],
  ['[::ffff:127.0.0.1]', true],
  ['corp.example', false],
  ['internal.example', false],
  ['x.internal.example', false],
  ['[2606:50c0:8000::153]', false],
  // transport.test.ts covers what these resolve to, which is checked when connecting.
  ['127.0.0.1.nip.io', false],
  ['localtest.me', false],
])('%s is private by its name: %s', (host, expected) =>
  expect(isPrivate(new URL(`https://${host}/`))).toBe(expected),
);

/** Origins × answers × credentials: the next request with its headers, or a part of the refusal's text. */
describe('an answer that names another URL', () => {
  const secret = { authorization: 'Bearer secret', cookie: 'secret', 'x-registry-auth': 'secret' };
  const all = { accept: 'x', 'content-type': 'text/plain', ...secret };
  const pub = 'https://r.example/v2/a';
  type Row = [from: string, method: Sent['method'], status: number, to: string, follows: string];
  const rows: Row[] = [
    // Within the origin, all headers are kept, and a POST becomes a GET by the rules of HTTP.
    [pub, 'GET', 302, '/b', 'GET with all'],
    [pub, 'GET', 308, 'https://r.example/b', 'GET with all'],
    [pub, 'POST', 301, '/b', 'GET without body'],
    [pub, 'POST', 302, '/b', 'GET without body'],
    [pub, 'POST', 303, '/b', 'GET without body'],
    [pub, 'PUT', 302, '/b', 'PUT with all'],
    [pub, 'PUT', 303, '/b', 'GET without body'],
    [pub, 'POST', 307, '/b', 'POST with all'],
    [pub, 'HEAD', 303, '/b', 'HEAD with all'],
    // Another origin gets only GET and HEAD, without anything that identifies the client.
    [pub, 'GET', 302, 'https://cdn.example/b', 'GET without secrets'],
    [pub, 'HEAD', 307, 'https://cdn.example/b', 'HEAD without secrets'],
    [pub, 'GET', 302, 'https://r.example:8443/b', 'GET without secrets'],
    [pub, 'GET', 302, 'https://r.example./b', 'GET without secrets'],
    [pub, 'GET', 302, 'https://R.EXAMPLE/b', 'GET with all'],
    ...['POST', 'PUT'].flatMap((method) =>
      [301, 302, 303, 307, 308].map(
        (status): Row => [pub, method, status, 'https://cdn.example/b', 'refused'],
      ),
    ),
    // Never from https to http.
    [pub, 'GET', 302, 'http://r.example/b', 'refused'],
    [pub, 'GET', 302, 'http://127.0.0.1/b', 'refused'],
    [pub, 'GET', 302, 'https://me:pass@r.example/b', 'refused'],
    [pub, 'GET', 302, 'file:///etc/passwd', 'refused'],
    [pub, 'GET', 302, 'https://', 'refused'],
    // Never into a private network, except from inside it.
    [pub, 'GET', 302, 'https://10.0.0.1/b', 'refused'],
    [pub, 'GET', 302, 'https://vault/b', 'refused'],
    ['https://registry.corp/a', 'GET', 302, 'https://10.0.0.1/b', 'GET without secrets'],
    ['https://registry.corp/a', 'GET', 302, 'https://cdn.example/b', 'GET without secrets'],
    ['https://10.0.0.1/a', 'POST', 307, 'https://10.0.0.2/b', 'refused'],
    // To loopback over plain HTTP, but only from loopback.
    ['http://127.0.0.1:5000/a', 'GET', 302, 'http://localhost:5001/b', 'GET without secrets'],
    ['http://127.0.0.1:5000/a', 'GET', 302, 'http://r.example/b', 'refused'],
    ['http://app.example/a', 'GET', 302, 'http://www.app.example/b', 'GET without secrets'],
  ];

  test.each(rows)('%s, asked by %s, answers %i with %s: %s', (from, method, status, location, follows) => {
    const body = method === 'POST' || method === 'PUT' ? 'secret' : undefined;
    const sent: Sent = { url: new URL(from), method, headers: all, body, guarded: false };
    const play = () => redirected(sent, { url: from, status, location });
    if (follows === 'refused') return expect(play).toThrow(expect.objectContaining({ kind: 'redirect' }));
    const next = play();
    const [expected = '', ...how] = follows.split(' ');
    expect(next.method).toBe(expected);
    const kept = {
      'with all': [all, body],
      'without body': [{ accept: 'x', ...secret }, undefined],
      'without secrets': [{ accept: 'x' }, undefined],
    }[how.join(' ')];
    expect([next.headers, next.body]).toEqual(kept);
  });

  test.each([
    ['https://r.example/v2/', 'https://auth.example/token', false, undefined],
    ['https://r.example/v2/', 'https://vault/token', false, 'is inside a private network'],
    // A public name that resolves into a private network can name another host there.
    ['https://r.example/v2/', 'https://vault/token', true, undefined],
    ['https://r.example/v2/', 'http://vault/token', true, 'is not https'],
    ['http://127.0.0.1:5000/v2/', 'http://10.0.0.1/token', true, 'is not https'],
    ['http://127.0.0.1:5000/v2/', 'ftp://127.0.0.1/token', true, 'is not https'],
    ['https://r.example/v2/', 'https://me@r.example/token', false, 'contains a login'],
    ['https://r.example/v2/', 'https://:pass@r.example/token', false, 'contains a login'],
    ['https://r.example/v2/', undefined, false, 'is not a URL'],
  ])('%s names %s, reached inside a network: %s', (from, to, reached, why) =>
    expect(objection(to === undefined ? to : new URL(to), { url: from, isPrivate: reached })).toBe(why),
  );

  test.each([
    ['https://r.example/a', 'https://r.example/b', false],
    ['https://r.example/a', 'https://cdn.example/b', true],
    ['https://r.example/a', 'https://r.example:8443/b', true],
    ['https://vault/a', 'https://cdn.example/b', false],
  ])('%s names %s, which must be public: %s', (from, to, expected) =>
    expect(mustBePublic(new URL(to), { url: from })).toBe(expected),
  );

  const get: Sent = {
    url: new URL(`${pub}?token=1`),
    method: 'GET',
    headers: {},
    body: undefined,
    guarded: true,
  };
  const follow = (location: string, sent: Partial<Sent> = {}) =>
    redirected({ ...get, ...sent }, { url: pub, status: 307, location });

  test('another origin receives the headers that name neither the client nor the purpose', () => {
    const plain = { Accept: 'x', 'accept-encoding': 'gzip', range: 'bytes=0-1', 'User-Agent': 'x' };
    const { headers } = follow('https://cdn.example/b', {
      headers: { ...plain, referer: pub, from: 'me@x' },
    });
    expect(headers).toEqual(plain);
  });

  test.each([
    ['/b', true, true],
    ['/b', false, false],
    ['https://cdn.example/b', false, true],
  ])(
    'a redirect to %s of a host that must be public (%s): the next one must be public: %s',
    (to, guarded, next) => expect(follow(to, { guarded }).guarded).toBe(next),
  );

  test.each([
    ['https://10.0.0.1/secret?key=1', 'GET', /to https:\/\/10\.0\.0\.1 was .* private network$/],
    ['https://cdn.example/secret?key=1', 'POST', /to https:\/\/cdn\.example was .* POST is not sent/],
    ['https://secret@[key/', 'GET', /to an invalid URL was .* is not a URL$/],
  ])('the refusal of %s names both hosts, and repeats neither path nor query', (to, method, text) => {
    expect(() => follow(to, { method })).toThrow(
      expect.objectContaining({ url: pub, message: expect.stringMatching(text) }),
    );
    expect(() => follow(to, { method })).toThrow(/^(?!.*(?:secret|key|token))/);
  });
});

describe('a variable that redirects an API', () => {
  const otherwise = 'https://api.example';
  test.each([
    ['', otherwise],
    ...[
      'https://api.test',
      'https://10.0.0.1/x',
      'http://localhost:4280',
      'http://127.0.0.1:1',
      'http://[::1]',
    ].map((url) => [url, url]),
    ['http://_api.internal:4280', 'http://_api.internal:4280'],
  ])('"%s" is %s', (given, url) => expect(baseUrl({ X: given }, 'X', otherwise)).toBe(url));

  test.each([
    'nowhere',
    'http://api.fly.io',
    'http://127.0.0.2',
    'http://localhost.example',
    'http://not-localhost',
    'http://internal',
    'http://x.internal.example',
    'ftp://x.internal',
  ])('"%s" is refused', (given) => {
    const error = thrownBy(() => baseUrl({ X: given }, 'X', otherwise));
    expect([error.code, error.found]).toEqual(['variable-invalid', expect.stringContaining(given)]);
  });

  test.each([
    'https://word@api.fly.io/x',
    'https://:pass@api.fly.io/x',
    'https://me:pass@word@api.fly.io/x',
    'https:me:pass@word@api.fly.io/x',
    'me:pass@word@api.fly.io/x',
  ])('with a login is refused without repeating the login: %s', (given) => {
    const error = thrownBy(() => baseUrl({ X: given }, 'X', otherwise));
    expect(error.found).toContain('***@api.fly.io/x');
    expect(error.message).not.toMatch(/me:|pass|word/);
  });
});
