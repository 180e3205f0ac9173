import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatDuration } from './format.ts';
import { type Answer, mostRedirects, redirected, userAgent } from './http.ts';
import { HttpError } from './http-error.ts';
import { messageOf } from './user-error.ts';

type SentHeaders = Readonly<Record<string, string>>;

/** An answer whose body is still to be read. */
export interface Download {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readable;
}

/**
 * Bodies too large for memory, one way and the other. By node:http, as fetch takes a whole upload into memory:
 * it reads a streamed body as fast as it comes, however slow the other side is.
 */
export interface Streams {
  /** GET with redirects followed. @throws HttpError without an answer. */
  get(url: string, headers: SentHeaders, signal: AbortSignal): Promise<Download>;
  /** PUT of a body to exactly this URL. @throws HttpError without an answer; what reading the body throws. */
  put(url: string, headers: SentHeaders, body: Readable, signal: AbortSignal): Promise<Answer>;
}

export interface StreamOptions {
  /** How long nothing may come or go, in milliseconds. */
  readonly idle: number;
}

const bodyLimit = 64 * 1024;

export function makeStreams({ idle }: StreamOptions): Streams {
  const open = (method: string, url: URL, headers: SentHeaders, signal: AbortSignal): ClientRequest => {
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const options = {
      method,
      headers: { 'user-agent': userAgent, ...headers },
      signal,
      // The socket's, both ways: fewer stops and starts than with the 64 KiB of the default.
      highWaterMark: 1024 * 1024,
    };
    const request = start(url, options);
    request.setTimeout(idle, () =>
      request.destroy(new Error(`nothing came or went for ${formatDuration(idle)}`)),
    );
    return request;
  };

  const answered = (request: ClientRequest, url: URL): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request.on('response', resolve);
      request.on('error', (error) =>
        reject(new HttpError(plain(url), 'lost', messageOf(error), { cause: error })),
      );
    });

  return {
    async get(url, headers, signal) {
      let target = new URL(url);
      // As they are stored: what a server packs for the way is not what the digest is of.
      let sent: SentHeaders = { 'accept-encoding': 'identity', ...headers };
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const request = open('GET', target, sent, signal);
        request.end();
        const response = await answered(request, target);
        const { statusCode: status = 0, headers: got } = response;
        if (status < 300 || status > 399 || got.location === undefined) {
          return download(response, target);
        }
        response.resume();
        ({ url: target, headers: sent } = redirected(target, got.location, sent));
      }
      throw new HttpError(url, 'redirect', `more than ${mostRedirects} redirects`);
    },

    async put(url, headers, body, signal) {
      const target = new URL(url);
      const request = open('PUT', target, headers, signal);
      const answer = answered(request, target).then((response) => answerOf(download(response, target)));
      const refusal = answer.catch(() => undefined);
      try {
        await Promise.race([pipeline(body, request, { signal }), refusal]);
      } catch (error) {
        // A server that refuses may answer before all is sent, and close: then its answer counts, not the broken pipe.
        const soon = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 250).unref());
        const early = await Promise.race([refusal, soon]);
        if (early !== undefined) return early;
        throw body.errored ?? error;
      }
      try {
        return await answer;
      } catch (error) {
        // What broke the body broke the request too, and says more.
        throw body.errored ?? error;
      }
    },
  };
}

const plain = (url: URL): string => `${url.origin}${url.pathname}`;

const headersOf = ({ headers }: IncomingMessage): Headers =>
  new Headers(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')] as [string, string]],
    ),
  );

const download = (response: IncomingMessage, url: URL): Download => ({
  url: plain(url),
  status: response.statusCode ?? 0,
  headers: headersOf(response),
  body: response,
});

/** Reads an answer's body as far as an error message needs it. */
export async function answerOf({ url, status, headers, body }: Download): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) break;
    chunks.push(chunk);
  }
  return { url, status, headers, body: Buffer.concat(chunks) };
}
