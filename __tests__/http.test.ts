import { describe, expect, test } from '@jest/globals';
import { type Answer, type Fetch, type HttpOptions, makeHttp, retryAfter } from '../src/lib/http.ts';

const options = { tries: 4, timeout: 1000, longestWait: 60_000 };

/** A fetch that gives these answers in turn, and a clock that records each sleep. */
function play(answers: (Response | Error)[], changes: Partial<HttpOptions> = {}) {
  const calls: { url: string; headers: Record<string, string> }[] = [];
  const slept: number[] = [];
  const fetch: Fetch = async (url, init) => {
    calls.push({ url, headers: init.headers as Record<string, string> });
    const answer = answers.shift() ?? new Response('no more answers', { status: 599 });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const clock = { now: () => 1_000_000, sleep: async (ms: number) => void slept.push(ms) };
  const http = makeHttp(
    { fetch, clock, random: () => 1, log: { debug: () => {} } },
    { ...options, ...changes },
  );
  return { http, calls, slept };
}

const ok = () => new Response('{}', { status: 200 });
const redirect = (location: string) => new Response(null, { status: 307, headers: { location } });
const lost = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  });

describe('retries', () => {
  test.each([408, 429, 499, 500, 502, 503, 504])('after %i', async (status) => {
    const { http, calls } = play([new Response('', { status }), ok()]);
    expect((await http('https://r.example/x', { limit: 100 })).status).toBe(200);
    expect(calls).toHaveLength(2);
  });
  test('after an answer that the host’s quirks call temporary, for as long as they allow', async () => {
    const quirks = { isTemporary: ({ status }: Answer) => status === 403, retryAfter: () => 7000 };
    const { http, calls, slept } = play([new Response('', { status: 403 }), ok()], quirks);
    expect((await http('https://r.example/x', { limit: 100 })).status).toBe(200);
    expect([calls.length, slept]).toEqual([2, [7500]]);
  });
  test('after a lost connection', async () => {
    const { http, calls } = play([lost(), ok()]);
    expect((await http('https://r.example/x', { limit: 100 })).status).toBe(200);
    expect(calls).toHaveLength(2);
  });
  test('with growing waits, and returns the last answer at the end', async () => {
    const { http, calls, slept } = play(
      [500, 500, 500, 500].map((status) => new Response('down', { status })),
    );
    const answer = await http('https://r.example/x', { limit: 100 });
    expect([answer.status, answer.body.toString(), calls.length]).toEqual([500, 'down', 4]);
    expect(slept).toEqual([500, 800, 1400]);
  });
  test('and reports the lost connection if no answer came', async () => {
    const { http } = play([lost(), lost(), lost(), lost()]);
    await expect(http('https://r.example/x?sig=secret', { limit: 100 })).rejects.toMatchObject({
      name: 'HttpError',
      kind: 'lost',
      message: expect.stringContaining('ECONNRESET'),
    });
  });
  test('after at least the time that the server asks for', async () => {
    const { http, slept } = play([new Response('', { status: 429, headers: { 'retry-after': '7' } }), ok()]);
    await http('https://r.example/x', { limit: 100 });
    expect(slept).toEqual([7500]);
  });
  test('but not if the server asks it to wait too long', async () => {
    const { http, calls, slept } = play([
      new Response('', { status: 429, headers: { 'retry-after': '3600' } }),
      ok(),
    ]);
    expect((await http('https://r.example/x', { limit: 100 })).status).toBe(429);
    expect([calls.length, slept.length]).toEqual([1, 0]);
  });
});

test.each([400, 401, 403, 404, 405])('does not retry after %i', async (status) => {
  const { http, calls } = play([new Response('', { status })]);
  expect((await http('https://r.example/x', { limit: 100 })).status).toBe(status);
  expect(calls).toHaveLength(1);
});

describe('redirects', () => {
  const headers = { authorization: 'Bearer secret', accept: 'x' };
  test('to another origin drop the authorization', async () => {
    const { http, calls } = play([redirect('https://cdn.example/blob?sig=1'), ok()]);
    await http('https://r.example/x', { limit: 100, headers });
    expect(calls.map(({ url }) => url)).toEqual(['https://r.example/x', 'https://cdn.example/blob?sig=1']);
    expect(calls[1]?.headers).not.toHaveProperty('authorization');
    expect(calls[1]?.headers).toHaveProperty('accept', 'x');
  });
  test('do not restore it when they return', async () => {
    const { http, calls } = play([redirect('https://cdn.example/a'), redirect('https://r.example/b'), ok()]);
    await http('https://r.example/x', { limit: 100, headers });
    expect(calls[2]?.headers).not.toHaveProperty('authorization');
  });
  test('within the origin keep the authorization', async () => {
    const { http, calls } = play([redirect('/y'), ok()]);
    await http('https://r.example/x', { limit: 100, headers });
    expect(calls[1]).toMatchObject({
      url: 'https://r.example/y',
      headers: { authorization: 'Bearer secret' },
    });
  });
  test.each([
    'http://r.example/x',
    'file:///etc/passwd',
    'ftp://x/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/x',
    'https://localhost/x',
    'https://10.0.0.1/x',
  ])('from https to %s are neither followed nor retried', async (to) => {
    const { http, calls } = play([redirect(to), ok()]);
    await expect(http('https://r.example/x', { limit: 100 })).rejects.toMatchObject({ kind: 'redirect' });
    expect(calls).toHaveLength(1);
  });
  test('end after five', async () => {
    const { http, calls } = play(Array.from({ length: 9 }, () => redirect('/again')));
    await expect(http('https://r.example/x', { limit: 100 })).rejects.toMatchObject({ kind: 'redirect' });
    expect(calls).toHaveLength(6);
  });
});

test('a body over the limit is neither read to its end nor requested again', async () => {
  const { http, calls } = play([new Response('x'.repeat(101)), ok()]);
  await expect(http('https://r.example/x', { limit: 100 })).rejects.toMatchObject({ kind: 'too-large' });
  expect(calls).toHaveLength(1);
});

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Sun, 06 Nov 2094 08:49:37 GMT', Date.parse('2094-11-06T08:49:37Z') - 5000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['soon', undefined],
  ['', undefined],
])('Retry-After: %s is %s ms', (value, expected) => {
  const headers = new Headers(value === '' ? {} : { 'retry-after': value });
  expect(retryAfter({ url: '', status: 429, headers, body: Buffer.alloc(0) }, 5000)).toBe(expected);
});

describe('the time limit for all requests', () => {
  test('ends the retries, and no request begins after it', async () => {
    let now = 0;
    const advance = (ms: number) => {
      now += ms;
    };
    const calls: number[] = [];
    const clock = { now: () => now, sleep: async (ms: number) => advance(ms) };
    const fetch: Fetch = async () => {
      calls.push(now);
      now += 400;
      return new Response('', { status: 500 });
    };
    const world = { fetch, clock, random: () => 1, log: { debug: () => {} } };
    const http = makeHttp(world, { ...options, tries: 9, allTime: 3000 });
    expect((await http('https://r.example/x', { limit: 100 })).status).toBe(500);
    expect(calls).toEqual([0, 900, 2100]);
    now = 3000;
    await expect(http('https://r.example/x', { limit: 100 })).rejects.toMatchObject({ kind: 'out-of-time' });
    expect(calls).toHaveLength(3);
  });
});
