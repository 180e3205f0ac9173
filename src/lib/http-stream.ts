import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { type AnswerHeaders, headersOf } from './answer-headers.ts';
import { formatBytes, formatDuration } from './format.ts';
import { type Answer, mostRedirects } from './http.ts';
import { HttpError, isBeforeConnection } from './http-error.ts';
import type { Transport } from './transport.ts';
import { mustBePublic, type Naming, redirected, type Sent } from './url-policy.ts';
import { messageOf } from './user-error.ts';
import { userAgent } from './version.ts';

type SentHeaders = Readonly<Record<string, string>>;

/** An answer whose body is still to be read. */
export interface Download {
  readonly url: string;
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Readable;
  /** Whether the host was reached at a private address. */
  readonly isPrivate?: boolean;
}

/** A request whose body is sent in parts, from one source after another. */
export interface Upload {
  /** Whether more can be sent: there is no answer yet, and the connection has not broken. */
  readonly isOpen: boolean;
  /**
   * Sends a body. Ends early if there is an answer.
   *
   * @param each is called with each chunk, and returns the bytes to send for it.
   * @throws HttpError when this connection breaks; the error of the body, or of `each`, after which it is still open.
   */
  send(body: Readable, each: (chunk: Buffer) => Buffer): Promise<void>;
  /** Reads the answer, after all is sent. @throws HttpError without an answer. */
  answer(): Promise<Answer>;
  /** Breaks off, unless it is over. */
  close(): void;
}

/** Bodies too large for memory, one way and the other. */
export interface Streams {
  /** GET with redirects followed. @throws HttpError without an answer. */
  get(url: string, headers: SentHeaders, signal: AbortSignal): Promise<Download>;
  /** Begins to send a body to exactly this URL, which an answer names. @throws HttpError when it must not be used. */
  upload(
    to: { readonly method: 'PUT' | 'PATCH'; readonly url: string; readonly namedBy: Naming },
    headers: SentHeaders,
    signal: AbortSignal,
  ): Promise<Upload>;
}

export interface StreamOptions {
  /** How long nothing may come or go, in milliseconds. */
  readonly idle: number;
  /** What must come and go in each such time, in bytes: else a byte now and then would hold the process. */
  readonly least: number;
  /** How long one request may take, in milliseconds. */
  readonly longest: number;
}

const bodyLimit = 64 * 1024;

export function makeStreams(transport: Transport, { idle, least, longest }: StreamOptions): Streams {
  const open = ({ method, url, headers, guarded }: Sent, signal: AbortSignal): ClientRequest => {
    const request = transport.open(url, {
      ...{ method, signal, guarded },
      headers: { 'user-agent': userAgent, ...headers },
      // The socket's, both ways: fewer stops and starts than with the 64 KiB of the default.
      highWaterMark: 1024 * 1024,
    });
    // After the answer has begun, its body is what is read.
    let reading: ClientRequest | IncomingMessage = request;
    request.once('response', (response) => {
      reading = response;
      // It may break before somebody reads it, who learns of it then.
      response.on('error', () => {});
    });
    const breakOff = (words: string) => void reading.destroy(new HttpError(plain(url), 'lost', words));
    request.setTimeout(idle, () => breakOff(`nothing came or went for ${formatDuration(idle)}`));
    const end = setTimeout(() => breakOff(`not over after ${formatDuration(longest)}`), longest).unref();
    let before = 0;
    const rate = setInterval(() => {
      const now = bytesOf(request.socket);
      if (now - before < least)
        breakOff(`${formatBytes(now - before)} in ${formatDuration(idle)} is too slow`);
      before = now;
    }, idle).unref();
    request.once('socket', (socket) => {
      before = bytesOf(socket);
    });
    request.once('close', () => {
      clearTimeout(end);
      clearInterval(rate);
    });
    return request;
  };

  const answered = (request: ClientRequest, url: URL): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request.on('response', resolve);
      request.on('error', (error) => reject(lost(url, error)));
    });

  const download = (request: ClientRequest, response: IncomingMessage, url: URL): Download => ({
    url: plain(url),
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    body: response,
    isPrivate: transport.isPrivate(request),
  });

  return {
    async get(url, headers, signal) {
      // As they are stored: what a server packs for the way is not what the digest is of.
      const identity = { 'accept-encoding': 'identity', ...headers };
      let sent: Sent = {
        ...{ method: 'GET', url: new URL(url), headers: identity, body: undefined, guarded: false },
      };
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const request = open(sent, signal);
        request.end();
        const answer = download(request, await answered(request, sent.url), sent.url);
        const location = answer.headers.get('location');
        if (answer.status < 300 || answer.status > 399 || location === null) return answer;
        await discard(answer.body);
        sent = redirected(sent, { ...answer, location });
      }
      throw new HttpError(url, 'redirect', `more than ${mostRedirects} redirects`);
    },

    async upload({ method, url, namedBy }, headers, signal) {
      const target = new URL(url);
      const guarded = mustBePublic(target, namedBy);
      const request = open({ method, url: target, headers, body: undefined, guarded }, signal);
      let [isOpen, isBroken] = [true, false];
      request.once('error', () => {
        isBroken = true;
      });
      const over = new Promise<void>((resolve) => {
        for (const event of ['response', 'error', 'close'])
          request.once(event, () => {
            isOpen = false;
            resolve();
          });
      });
      const answer = answered(request, target)
        .then((response) => answerOf(download(request, response, target)))
        .catch((error: unknown) => Promise.reject(lost(target, error)));
      // It is read later.
      answer.catch(() => {});
      return {
        get isOpen() {
          return isOpen;
        },
        send: async (body, each) => {
          await Promise.race([over, pump(body, request, each)]);
          // What was answered before the connection broke counts.
          if (isBroken) await answer;
        },
        answer: () => {
          if (isOpen) request.end();
          return answer;
        },
        close: () => void request.destroy(),
      };
    },
  };
}

/** Writes a body to a request, no faster than it is sent. */
const pump = (body: Readable, request: ClientRequest, each: (chunk: Buffer) => Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const brokeOff = () =>
      body.errored ?? Object.assign(new Error('the body broke off'), { code: 'ECONNRESET' });
    if (body.destroyed) return reject(brokeOff());
    const resume = () => void body.resume();
    const stop = () => {
      body.pause();
      request.off('drain', resume);
    };
    request.on('drain', resume);
    const fail = (error: unknown) => {
      stop();
      reject(error);
    };
    body.on('data', (chunk: Buffer) => {
      try {
        const bytes = each(chunk);
        if (bytes.length > 0 && !request.write(bytes)) body.pause();
      } catch (error) {
        fail(error);
      }
    });
    body.once('end', () => {
      stop();
      resolve();
    });
    body.once('error', fail);
    body.once('close', () => fail(brokeOff()));
    request.once('close', stop);
  });

const plain = (url: URL): string => `${url.origin}${url.pathname}`;

const bytesOf = (socket: Socket | null): number => (socket?.bytesRead ?? 0) + (socket?.bytesWritten ?? 0);

const lost = (url: URL, error: unknown): HttpError =>
  error instanceof HttpError
    ? error
    : new HttpError(plain(url), isBeforeConnection(error) ? 'unconnected' : 'lost', messageOf(error), {
        cause: error,
      });

/** Reads a short body to its end, so that the connection can be used again; a long one ends the connection. */
async function discard(body: Readable): Promise<void> {
  try {
    for await (const _chunk of takeSome(body));
  } catch {
    // Nobody needs it.
  }
}

async function* takeSome(body: Readable): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return;
    yield chunk;
  }
}

/** Reads an answer's body as far as an error message needs it. */
export async function answerOf({ body, ...answer }: Download): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of takeSome(body)) chunks.push(chunk);
  return { ...answer, body: Buffer.concat(chunks) };
}
