import pRetry, { AbortError } from 'p-retry';
import type { Clock } from './clock.ts';
import { messageOf } from './fault.ts';

/** A whole answer, its body read and limited in size. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Largest body that is read, in bytes. */
  readonly limit: number;
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
}

/** GHCR says 429, or 403 with a text about a rate limit: both pass by themselves. */
export function isTemporary(answer: Answer): boolean {
  const { status, body } = answer;
  if (status === 408 || status === 429 || status >= 500) return true;
  return status === 403 && /rate limit/i.test(body.subarray(0, 4096).toString('utf8'));
}

/** Milliseconds that an answer asks to wait: Retry-After in seconds or as a date (RFC 9110, 10.2.3); undefined without one. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Makes the one way in which this action speaks HTTP.
 *
 * Redirects are followed here and not by fetch, so that the rules are visible: at most five, never from
 * https to http, and credentials go to the origin that was asked and to no other (GHCR sends blobs to
 * another host, with a signed query that Azure refuses beside an Authorization header).
 *
 * The last answer is returned when the tries are used up; what it means is for the caller to say.
 *
 * @throws HttpError when there was no answer.
 */
export function makeHttp(world: HttpWorld, options: HttpOptions): Http {
  const once = async (url: string, request: HttpRequest): Promise<Answer> => {
    let target = new URL(url);
    let headers = { ...request.headers };
    for (let hop = 0; hop <= 5; hop++) {
      const answer = await send(world, target, { ...request, headers }, options.timeout);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || location === null) return answer;
      const next = URL.canParse(location, target.href) ? new URL(location, target) : undefined;
      if (next === undefined || (next.protocol !== 'https:' && next.protocol !== target.protocol)) {
        throw new HttpError(
          url,
          `a redirect from ${target.protocol}//${target.host} to ${next?.protocol ?? 'nowhere'} is not followed`,
        );
      }
      if (next.origin !== target.origin) {
        headers = Object.fromEntries(
          Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'),
        );
      }
      target = next;
    }
    throw new HttpError(url, 'more than five redirects');
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
          const asked = last && retryAfter(last.headers, world.clock.now());
          if (asked !== undefined && asked > options.longestWait) throw new AbortError(error);
          // Full jitter over a doubling window; what a server asked for is a least.
          const wait = (asked ?? 0) + 200 + world.random() * 300 * 2 ** (attemptNumber - 1);
          world.debug(
            `${request.method ?? 'GET'} ${url}: ${messageOf(error)}; trying again in ${Math.round(wait)} ms`,
          );
          await world.clock.sleep(wait);
        },
      });
    } catch (error) {
      if (last !== undefined) return last;
      throw error;
    }
  };
}

async function send({ fetch }: HttpWorld, url: URL, request: HttpRequest, timeout: number): Promise<Answer> {
  // A signed URL is a secret: only where it points is said.
  const where = `${url.origin}${url.pathname}`;
  try {
    const response = await fetch(url.href, {
      method: request.method ?? 'GET',
      headers: { 'user-agent': 'deploy-fly-image', ...request.headers },
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
        ? `no answer within ${timeout / 1000} s`
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
