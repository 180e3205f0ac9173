import pRetry, { AbortError } from 'p-retry';
import type { Clock } from './clock.ts';
import { formatDuration } from './duration.ts';
import { isPrivate } from './url-policy.ts';
import { messageOf } from './user-error.ts';

/** A whole answer, its body read and limited in size. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer<ArrayBuffer>;
  /** Largest body that is read, in bytes. */
  readonly limit: number;
  /** Whether redirects are followed; default true. */
  readonly follow?: boolean;
}

/** Sends one request, follows its redirects and tries again what may pass. */
export type Http = (url: string, request: HttpRequest) => Promise<Answer>;

/** No answer could be had: connection, time-out, a body that is too large, a redirect that is not followed. */
export class HttpError extends Error {
  readonly url: string;

  constructor(url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.url = url;
  }
}

/** The part of fetch that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpWorld {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly debug: (line: string) => void;
}

export interface HttpOptions {
  /** Tries in all, the first included. */
  readonly tries: number;
  /** One request's limit, in milliseconds. */
  readonly timeout: number;
  /** The longest wait that a server may ask for, in milliseconds; a longer one ends the tries. */
  readonly longestWait: number;
  /** The time for all requests together, in milliseconds; without it each has its own time only. */
  readonly allTime?: number;
}

/** GHCR says 429, or 403 with a text about a rate limit: both pass by themselves. */
export function isTemporary(answer: Answer): boolean {
  const { status, body } = answer;
  if (status === 408 || status === 429 || status >= 500) return true;
  return status === 403 && /rate limit/i.test(body.subarray(0, 4096).toString('utf8'));
}

/**
 * Milliseconds that an answer asks to wait: Retry-After in seconds or as a date (RFC 9110, 10.2.3), or what GHCR
 * writes into the message of a 429, `retry-after: 880.092µs`; undefined without one.
 */
export function retryAfter({ headers, body, status }: Answer, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value !== undefined && /^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value ?? '');
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  if (status !== 429 && status !== 403) return undefined;
  const said = /retry-after:\s*(\d{1,9}(?:\.\d{1,9})?)(µs|us|ms|s|m)\b/i.exec(
    body.subarray(0, 4096).toString('utf8'),
  );
  if (said === null) return undefined;
  const unit = { µs: 0.001, us: 0.001, ms: 1, s: 1000, m: 60_000 }[said[2]?.toLowerCase() ?? ''] ?? 1;
  // Microseconds are what its own counter needs, among thousands of others who were told the same.
  return Math.max(1000, Number(said[1]) * unit);
}

/**
 * The next request of a redirect: never from https to http, never from a public host to an address inside
 * this network, and credentials go to the origin that was asked and to no other (GHCR sends blobs to another
 * host, with a signed query that Azure refuses beside an Authorization header).
 *
 * @throws HttpError when the redirect is not to be followed.
 */
export function redirected(
  from: URL,
  location: string,
  headers: Readonly<Record<string, string>>,
): { readonly url: URL; readonly headers: Record<string, string> } {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const downgraded = url?.protocol !== 'https:' && url?.protocol !== from.protocol;
  if (url === undefined || downgraded || (isPrivate(url) && !isPrivate(from))) {
    throw new HttpError(
      `${from.origin}${from.pathname}`,
      `a redirect from ${from.origin} to ${url === undefined ? 'nowhere' : `${url.protocol}//${url.host}`} is not followed`,
    );
  }
  const kept = Object.entries(headers).filter(
    ([name]) => url.origin === from.origin || name.toLowerCase() !== 'authorization',
  );
  return { url, headers: Object.fromEntries(kept) };
}

export const userAgent = 'deploy-fly-image';

/** More hops than this are a circle. */
export const mostRedirects = 5;

/**
 * Makes the one way in which this action speaks HTTP.
 *
 * Redirects are followed here and not by fetch, so that their rules are visible.
 *
 * The last answer is returned when the tries are used up; what it means is for the caller to say.
 *
 * @throws HttpError when there was no answer.
 */
export function makeHttp(world: HttpWorld, options: HttpOptions): Http {
  const { allTime = Number.POSITIVE_INFINITY } = options;
  const end = world.clock.now() + allTime;

  const once = async (url: string, request: HttpRequest): Promise<Answer> => {
    let target = new URL(url);
    let headers: Readonly<Record<string, string>> = { ...request.headers };
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const left = end - world.clock.now();
      if (left <= 0)
        throw new HttpError(url, `the ${formatDuration(allTime)} for all requests to this host are over`);
      const timeout = Math.min(options.timeout, left);
      const answer = await send(world, target, { ...request, headers }, timeout);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || location === null || request.follow === false)
        return answer;
      ({ url: target, headers } = redirected(target, location, headers));
    }
    throw new HttpError(url, `more than ${mostRedirects} redirects`);
  };

  return async (url, request) => {
    let last: Answer | undefined;
    const attempt = async (): Promise<Answer> => {
      last = undefined;
      try {
        last = await once(url, request);
      } catch (error) {
        // A refused redirect or an over-long body will be the same the next time.
        throw error instanceof HttpError && error.cause === undefined ? new AbortError(error) : error;
      }
      if (isTemporary(last)) throw new Error(`HTTP ${last.status}`);
      return last;
    };
    try {
      return await pRetry(attempt, {
        retries: options.tries - 1,
        minTimeout: 0,
        maxTimeout: 0,
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          if (retriesLeft === 0) return;
          const asked = last && retryAfter(last, world.clock.now());
          if (asked !== undefined && asked > options.longestWait) throw new AbortError(error);
          // Full jitter over a doubling window; what a server asked for is a least.
          const wait = (asked ?? 0) + 200 + world.random() * 300 * 2 ** (attemptNumber - 1);
          if (wait >= end - world.clock.now()) throw new AbortError(error);
          world.debug(
            `${request.method ?? 'GET'} ${url}: ${messageOf(error)}; trying again in ${Math.round(wait)} ms`,
          );
          await world.clock.sleep(wait);
        },
      });
    } catch (error) {
      if (last !== undefined) return last;
      throw error instanceof AbortError ? error.originalError : error;
    }
  };
}

async function send({ fetch }: HttpWorld, url: URL, request: HttpRequest, timeout: number): Promise<Answer> {
  // A signed URL is a secret: only where it points is said.
  const where = `${url.origin}${url.pathname}`;
  try {
    const response = await fetch(url.href, {
      method: request.method ?? 'GET',
      headers: { 'user-agent': userAgent, ...request.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return {
      url: where,
      status: response.status,
      headers: response.headers,
      body: await readLimited(where, response, request.limit),
    };
  } catch (error) {
    if (error instanceof HttpError) throw error;
    const why =
      error instanceof Error && error.name === 'TimeoutError'
        ? `no answer within ${formatDuration(timeout)}`
        : messageOf(error);
    throw new HttpError(where, why, { cause: error });
  }
}

async function readLimited(where: string, response: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new HttpError(where, `the answer is larger than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
