import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Fetch, type HttpRequest, makeHttp } from '../src/lib/http.ts';
import { makeFetch } from '../src/lib/node-fetch.ts';
import { makeTransport } from '../src/lib/transport.ts';
import { stoppedClock } from './factories.ts';

// Uses real servers on this machine, and a resolver that maps every name ending in `.inside.example` to it.

let server: Server;
let connections: number;
let port: number;
const requests: string[] = [];
/** Bodies that are called compressed, by their paths. */
const bodies: Readonly<Record<string, Buffer>> = {
  '/packed': gzipSync('unpacked'),
  '/torn': gzipSync('unpacked').subarray(0, -4),
  '/other': Buffer.from('unpacked'),
  '/empty': Buffer.of(),
};

beforeEach(async () => {
  requests.length = 0;
  connections = 0;
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers.host ?? ''} ${request.url ?? ''}`);
    const body = bodies[request.url ?? ''];
    if (body !== undefined) response.setHeader('content-encoding', 'gzip');
    response.end(body ?? 'plain');
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const lookup: LookupFunction = (name, options, done) => {
  if (!name.endsWith('.inside.example')) return done(new Error(`ENOTFOUND ${name}`), [], 4);
  if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

function world(env: Record<string, string> = {}, instead?: Fetch) {
  const transport = makeTransport({ env, lookup });
  const real = makeFetch(transport);
  const fetch: Fetch = (url, init) =>
    new URL(url).hostname.endsWith('.inside.example') || instead === undefined
      ? real(url, init)
      : instead(url, init);
  const http = makeHttp(
    { fetch, clock: stoppedClock(), random: () => 0, log: { debug: () => {} } },
    { tries: 1, timeout: 5000, longestWait: 0 },
  );
  const get = (url: string, more: Partial<HttpRequest> = {}): Promise<Answer> =>
    http(url, { limit: 1000, ...more });
  return { get, transport };
}

const publicAnswer = { url: 'http://r.example/v2/' };
const isRefused = { kind: 'redirect', message: expect.stringContaining('127.0.0.1') };

describe('a name that resolves into a private network', () => {
  test('is connected to if the user names it', async () => {
    const answer = await world().get(`http://vault.inside.example:${port}/x`);
    expect([answer.body.toString(), answer.isPrivate]).toEqual(['plain', true]);
  });

  test('is not connected to if an answer names it', async () => {
    const { get } = world();
    const asked = get(`http://vault.inside.example:${port}/x`, { namedBy: publicAnswer });
    await expect(asked).rejects.toMatchObject(isRefused);
    expect(connections).toBe(0);
  });

  test('is not connected to along a redirect', async () => {
    const location = `http://vault.inside.example:${port}/x`;
    const { get } = world({}, async () => new Response(null, { status: 307, headers: { location } }));
    await expect(get('http://r.example/')).rejects.toMatchObject(isRefused);
    expect(connections).toBe(0);
  });

  test('is not reached over an open connection', async () => {
    const { get } = world();
    await get(`http://vault.inside.example:${port}/x`);
    const asked = get(`http://vault.inside.example:${port}/x`, { namedBy: publicAnswer });
    await expect(asked).rejects.toMatchObject(isRefused);
    expect(requests).toHaveLength(1);
  });

  test('can be named by an answer that also came from inside', async () => {
    const { get } = world();
    const namedBy = await get(`http://registry.inside.example:${port}/v2/`);
    expect((await get(`http://auth.inside.example:${port}/x`, { namedBy })).status).toBe(200);
  });

  test('can be named by its own answer, and gives access to nothing else', async () => {
    const { get } = world();
    const namedBy = { url: `http://registry.inside.example:${port}/v2/` };
    expect((await get(`http://registry.inside.example:${port}/x`, { namedBy })).status).toBe(200);
    await expect(get(`http://auth.inside.example:${port}/x`, { namedBy })).rejects.toMatchObject(isRefused);
  });
});

test('a host that was once reached inside does not count as inside later', async () => {
  const { get } = world({
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: `http://127.0.0.1:${port}`,
    NO_PROXY: `a.inside.example:${port}`,
  });
  expect((await get(`http://a.inside.example:${port}/x`)).isPrivate).toBe(true);
  // The same name with another port goes through the proxy.
  expect((await get('http://a.inside.example/x')).isPrivate).toBe(false);
});

test('stops reading a body that never ends', async () => {
  const timers: NodeJS.Timeout[] = [];
  const dripping = createServer((_request, response) => {
    timers.push(setInterval(() => response.write('x'), 20));
  }).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => dripping.once('listening', resolve));
    const { port: slow } = dripping.address() as AddressInfo;
    const http = makeHttp(
      {
        fetch: makeFetch(makeTransport({ env: {}, lookup })),
        ...{ clock: stoppedClock(), random: () => 0, log: { debug: () => {} } },
      },
      { tries: 1, timeout: 300, longestWait: 0 },
    );
    const asked = http(`http://a.inside.example:${slow}/`, { limit: 1_000_000 });
    await expect(asked).rejects.toMatchObject({ kind: 'lost', message: expect.stringContaining('300 ms') });
  } finally {
    for (const timer of timers) clearInterval(timer);
    dripping.close();
    dripping.closeAllConnections();
  }
});

test('through a proxy, which resolves names itself, only the name is checked', async () => {
  const { get } = world({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://127.0.0.1:${port}` });
  const answer = await get('http://vault.inside.example/x', { namedBy: publicAnswer });
  // The proxy's address is not the host's.
  expect([answer.status, answer.isPrivate]).toEqual([200, false]);
  expect(requests).toEqual(['GET vault.inside.example http://vault.inside.example/x']);
  await expect(get('http://vault/x', { namedBy: publicAnswer })).rejects.toMatchObject({ kind: 'redirect' });
  expect(requests).toHaveLength(1);
});

test('an attempt to connect times out', async () => {
  const silent = createTcpServer().listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port: deaf } = silent.address() as AddressInfo;
    const transport = makeTransport({ env: {}, lookup, connectTime: 100 });
    const fetch = makeFetch(transport);
    const asked = fetch(`https://a.inside.example:${deaf}/`, {
      ...{ method: 'GET', headers: {}, redirect: 'manual', guarded: false },
      signal: AbortSignal.timeout(10_000),
    });
    await expect(asked).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  } finally {
    silent.close();
  }
});

test('a compressed body is unpacked, a corrupt one is an error, and one that is missing is empty', async () => {
  const { get } = world();
  const at = (path: string, method: 'GET' | 'HEAD' = 'GET') =>
    get(`http://a.inside.example:${port}${path}`, { method });
  expect((await at('/packed')).body.toString()).toBe('unpacked');
  for (const path of ['/torn', '/other']) await expect(at(path)).rejects.toMatchObject({ kind: 'lost' });
  expect((await at('/empty')).body).toHaveLength(0);
  expect((await at('/packed', 'HEAD')).body).toHaveLength(0);
});

test('opens a new connection after the server closed an idle one', async () => {
  const { get } = world();
  await get(`http://a.inside.example:${port}/x`);
  server.closeAllConnections();
  expect((await get(`http://a.inside.example:${port}/x`)).status).toBe(200);
});
