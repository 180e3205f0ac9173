import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable, Transform } from 'node:stream';
import { afterEach, describe, expect, test } from '@jest/globals';
import { answerOf, makeStreams } from '../src/lib/http-stream.ts';
import { makeTransport } from '../src/lib/transport.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer();
  servers.push(server);
  server.on('request', (request, response) => {
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Writes a byte every 50 ms, forever. */
function drip(write: (byte: string) => unknown): void {
  const timer = setInterval(() => write('x'), 50);
  servers.at(-1)?.once('close', () => clearInterval(timer));
}

const never = new AbortController().signal;
const streams = (changes: Partial<Parameters<typeof makeStreams>[1]> = {}) =>
  makeStreams(makeTransport({ env: {} }), { idle: 600, least: 1000, longest: 10_000, ...changes });
const bytesOf = async (body: Readable) =>
  (await body.toArray()).reduce((sum, chunk) => sum + chunk.length, 0);
const begin = (url: string, changes = {}) =>
  streams(changes).upload({ method: 'PUT', url, namedBy: { url } }, { 'content-length': '1000' }, never);
async function put(url: string, body: Readable, changes = {}) {
  const upload = await begin(url, changes);
  await upload.send(body, (chunk) => chunk);
  return upload.answer();
}

test('a body that trickles in forever is cut off', async () => {
  const url = await listen((response) => drip((byte) => response.write(byte)));
  const { body } = await streams().get(url, {}, never);
  await expect(bytesOf(body)).rejects.toMatchObject({ kind: 'lost' });
});

test('so are headers', async () => {
  const url = await listen(({ socket }) => {
    socket?.write('HTTP/1.1 200 OK\r\nx-long: ');
    drip((byte) => socket?.write(byte));
  });
  await expect(streams().get(url, {}, never)).rejects.toMatchObject({ kind: 'lost' });
});

test('so is the answer to an upload', async () => {
  const url = await listen((response) => drip((byte) => response.write(byte)));
  await expect(put(url, Readable.from([Buffer.alloc(1000)]))).rejects.toMatchObject({ kind: 'lost' });
});

test('so is an upload that is too slow', async () => {
  const url = await listen(() => {});
  const body = new Readable({ read() {} });
  drip((byte) => body.push(byte));
  await expect(put(url, body)).rejects.toMatchObject({ kind: 'lost' });
});

test('a body above the minimum rate is read completely', async () => {
  const url = await listen((response) => {
    let left = 12;
    const timer = setInterval(() => {
      response.write(Buffer.alloc(1000));
      if (--left > 0) return;
      clearInterval(timer);
      response.end();
    }, 50);
  });
  const { body } = await streams().get(url, {}, never);
  expect(await bytesOf(body)).toBe(12_000);
});

test('every request ends', async () => {
  const url = await listen((response) => drip(() => response.write(Buffer.alloc(1000))));
  const { body } = await streams({ longest: 300 }).get(url, {}, never);
  await expect(bytesOf(body)).rejects.toMatchObject({ kind: 'lost' });
});

test('an upload without a listener fails to connect', async () => {
  await expect(put('http://127.0.0.1:1', Readable.from([Buffer.alloc(1000)]))).rejects.toMatchObject({
    name: 'HttpError',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

test('an error of the body is the error that is thrown', async () => {
  const url = await listen(() => {});
  const wrong = new Error('other bytes');
  const body = Readable.from([Buffer.alloc(10)]).pipe(
    new Transform({ transform: (_chunk, _encoding, done) => done(wrong) }),
  );
  await expect(put(url, body)).rejects.toBe(wrong);
});

test('returns a refusal that arrives before the upload ends', async () => {
  const url = await listen((response) => response.writeHead(403).end('no'));
  const answer = await put(url, Readable.from([Buffer.alloc(10)]));
  expect([answer.status, answer.body.toString()]).toEqual([403, 'no']);
});

test('a refused redirect leaves no connection open', async () => {
  const url = await listen((response) => response.writeHead(307, { location: 'ftp://x/' }).end('x'));
  await expect(streams().get(url, {}, never)).rejects.toMatchObject({ kind: 'redirect' });
  const answer = await answerOf(
    await streams().get(await listen((response) => response.end('y')), {}, never),
  );
  expect(answer.body.toString()).toBe('y');
});

describe('an upload', () => {
  const part = (size: number) => Readable.from([Buffer.alloc(size)]);
  const broken = () =>
    new Readable({
      read() {
        this.push(Buffer.alloc(400));
        this.destroy(new Error('the source broke'));
      },
    });

  /** Counts the bytes of each request. */
  async function counting(): Promise<{ url: string; counts: number[] }> {
    const counts: number[] = [];
    const server = createServer((request, response) => {
      let count = 0;
      request.on('data', ({ length }: Buffer) => {
        count += length;
      });
      request.on('end', () => {
        counts.push(count);
        response.writeHead(201).end();
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, counts };
  }

  test('takes one body after another, even after one of them broke', async () => {
    const { url, counts } = await counting();
    const upload = await begin(url);
    let seen = 0;
    const each = (chunk: Buffer) => {
      seen += chunk.length;
      return chunk;
    };
    await upload.send(part(300), each);
    await upload.send(part(300), each);
    await expect(upload.send(broken(), each)).rejects.toThrow('the source broke');
    expect(upload.isOpen).toBe(true);
    await upload.send(part(1000 - seen), each);
    expect([(await upload.answer()).status, counts]).toEqual([201, [1000]]);
    expect(upload.isOpen).toBe(false);
  });

  test('of a body that broke before fails at once', async () => {
    const upload = await begin((await counting()).url);
    const body = broken();
    body.on('error', () => {});
    body.resume();
    await new Promise((resolve) => body.once('close', resolve));
    await expect(upload.send(body, (chunk) => chunk)).rejects.toThrow('the source broke');
    upload.close();
  });

  test('sends what is returned for each chunk', async () => {
    const { url, counts } = await counting();
    const upload = await begin(url);
    await upload.send(part(1500), (chunk) => chunk.subarray(500));
    await upload.answer();
    expect(counts).toEqual([1000]);
  });

  test('whose connection breaks is no longer open', async () => {
    const url = await listen(({ socket }) => void socket?.destroy());
    const upload = await begin(url);
    const endless = new Readable({
      read() {
        setTimeout(() => this.push(Buffer.alloc(1)), 5);
      },
    });
    await expect(upload.send(endless, (chunk) => chunk)).rejects.toMatchObject({ kind: 'lost' });
    expect(upload.isOpen).toBe(false);
    endless.destroy();
  });
});
