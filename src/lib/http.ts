import pRetry, { AbortError } from 'p-retry';
import type { AnswerHeaders } from './answer-headers.ts';
import { readLimited } from './body.ts';
import type { Clock } from './clock.ts';
import { formatDuration } from './format.ts';
import { HttpError, isBeforeConnection } from './http-error.ts';
import type { LineLog } from './line-log.ts';
import { mustBePublic, type Naming, objection, redirected, type Sent } from './url-policy.ts';
import { messageOf } from './user-error.ts';
import { userAgent } from './version.ts';

/** A whole answer, its body read and limited in size. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
  /** Whether the host was reached at a private address. */
  readonly isPrivate?: boolean;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer<ArrayBuffer>;
  /** Largest body that is read, in bytes. */
  readonly limit: number;
  /** Whether redirects are followed; default true. */
  readonly follow?: boolean;
  /** The answer that names this URL; without it, it is the user's choice. */
  readonly namedBy?: Naming;
}

/** Sends one request, follows its redirects and tries again what may pass. */
export type Http = (url: string, request: HttpRequest) => Promise<Answer>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer<ArrayBuffer>;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
  /** Whether the host must have a public address. */
  readonly guarded: boolean;
}

/** One request, in the manner of fetch: as much of a Response as is used, and whether its host has a private address. */
export type Fetch = (url: string, init: FetchInit) => Promise<Fetched>;

interface Fetched extends Pick<Answer, 'status' | 'headers' | 'isPrivate'> {
  readonly body: AsyncIterable<Uint8Array> | null;
}

export interface HttpDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly log: Pick<LineLog, 'debug'>;
}

/** How patient the requests to one host are. */
export interface HttpPolicy {
  /** Tries in all, the first included. */
  readonly tries: number;
  /** One request's limit, in milliseconds. */
  readonly timeout: number;
  /** The longest wait that a server may ask for, in milliseconds; a longer one ends the tries. */
  readonly longestWait: number;
  /** The shortest wait before another try, in milliseconds; default 200. */
  readonly leastWait?: number;
}

/** The patience with each host that this action talks to. */
export const policies = {
  registry: { tries: 4, timeout: 30_000, longestWait: 60_000 },
  /** One request a second for an app (docs, working-with-machines-api, "Rate limits"). */
  machines: { tries: 5, timeout: 15_000, longestWait: 120_000, leastWait: 1000 },
  /** A dry run reports what would be deployed even while Fly.io is down, so it asks once. */
  machinesOnce: { tries: 1, timeout: 15_000, longestWait: 30_000 },
  /** No deploy depends on the answer. */
  appUrl: { tries: 2, timeout: 10_000, longestWait: 5000 },
  /** An archive of some 50 MB. */
  download: { tries: 4, timeout: 5 * 60_000, longestWait: 60_000 },
  github: { tries: 4, timeout: 30_000, longestWait: 60_000 },
  /** No deploy depends on the answer. */
  githubCheck: { tries: 2, timeout: 15_000, longestWait: 5000 },
  /**
   * The health check asks again by itself. Longer than fetch takes to give up connecting (10 s): what takes longer has a
   * connection.
   */
  health: { tries: 1, timeout: 15_000, longestWait: 0 },
} as const satisfies Record<string, HttpPolicy>;

/** How the servers of one host differ from HTTP's rules. */
export interface HttpQuirks {
  /** Whether an answer that is final in HTTP can change with a retry. */
  readonly isTemporary?: (answer: Answer) => boolean;
  /** Milliseconds to wait that an answer asks for elsewhere than in `Retry-After`. */
  readonly retryAfter?: (answer: Answer) => number | undefined;
}

export interface HttpOptions extends HttpPolicy, HttpQuirks {
  /** The time for all requests together, in milliseconds; without it each has its own time only. */
  readonly allTime?: number;
}

/**
 * Does this status pass by itself (RFC 9110, 15.5.9 and 15.6; RFC 6585, 4)? nginx and docker-registry answer 499 when they lose
 * the connection (distribution, registry/handlers/helpers.go); a proxy on the way can still pass the answer on.
 */
export const isTemporary = ({ status }: Pick<Answer, 'status'>): boolean =>
  [408, 429, 499].includes(status) || status >= 500;

/** GitHub's API and its registry limit requests with a 403 that only its text tells from a denial. */
export const isRateLimit403 = ({ status, body }: Pick<Answer, 'status' | 'body'>): boolean =>
  status === 403 && /rate limit/i.test(beginningOf(body));

/** As much of a body as a message about it can fill. */
export const beginningOf = (body: Buffer): string => body.subarray(0, 4096).toString('utf8');

/** Milliseconds that `Retry-After` asks to wait, in seconds or as a date (RFC 9110, 10.2.3); undefined without one. */
export function retryAfter({ headers }: Answer, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value !== undefined && /^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

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
export function makeHttp(deps: HttpDeps, options: HttpOptions): Http {
  const { clock, log, random } = deps;
  const { allTime = Number.POSITIVE_INFINITY } = options;
  const end = clock.now() + allTime;
  const passes = (answer: Answer) => isTemporary(answer) || options.isTemporary?.(answer) === true;

  const once = async (url: string, request: HttpRequest): Promise<Answer> => {
    let sent = firstOf(url, request);
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const left = end - clock.now();
      if (left <= 0)
        throw new HttpError(
          url,
          'out-of-time',
          `the ${formatDuration(allTime)} for all requests to this host are over`,
        );
      const timeout = Math.min(options.timeout, left);
      const answer = await send(deps, sent, request.limit, timeout);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || location === null || request.follow === false)
        return answer;
      sent = redirected(sent, { ...answer, location });
    }
    throw new HttpError(url, 'redirect', `more than ${mostRedirects} redirects`);
  };

  return async (url, request) => {
    let last: Answer | undefined;
    const attempt = async (): Promise<Answer> => {
      last = undefined;
      try {
        last = await once(url, request);
      } catch (error) {
        // A refused redirect or an over-long body will be the same the next time.
        throw error instanceof HttpError && !error.mayPass ? new AbortError(error) : error;
      }
      if (passes(last)) throw new Error(`HTTP ${last.status}`);
      return last;
    };
    try {
      return await pRetry(attempt, {
        retries: options.tries - 1,
        minTimeout: 0,
        maxTimeout: 0,
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          if (retriesLeft === 0) return;
          const asked = last && (retryAfter(last, clock.now()) ?? options.retryAfter?.(last));
          if (asked !== undefined && asked > options.longestWait) throw new AbortError(error);
          // Full jitter over a doubling window; what a server asked for is a least.
          const least = options.leastWait ?? 200;
          const wait = (asked ?? 0) + least + random() * 300 * 2 ** (attemptNumber - 1);
          if (wait >= end - clock.now()) throw new AbortError(error);
          const { origin, pathname } = new URL(url);
          log.debug(
            `${request.method ?? 'GET'} ${origin}${pathname}: ${messageOf(error)}; trying again in ${Math.round(wait)} ms`,
          );
          await clock.sleep(wait);
        },
      });
    } catch (error) {
      if (last !== undefined) return last;
      throw error instanceof AbortError ? error.originalError : error;
    }
  };
}

/** @throws HttpError when an answer names a URL that is not to be asked. */
function firstOf(address: string, { method = 'GET', headers = {}, body, namedBy }: HttpRequest): Sent {
  const url = new URL(address);
  const why = namedBy && objection(url, namedBy);
  if (why !== undefined)
    throw new HttpError(`${url.origin}${url.pathname}`, 'redirect', `${url.host} ${why}`);
  return { url, method, headers, body, guarded: namedBy !== undefined && mustBePublic(url, namedBy) };
}

async function send({ fetch }: HttpDeps, sent: Sent, limit: number, timeout: number): Promise<Answer> {
  const { url, method, headers, body, guarded } = sent;
  // A signed URL is a secret: only where it points is said.
  const where = `${url.origin}${url.pathname}`;
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url.href, {
      ...{ method, guarded, signal, redirect: 'manual' },
      headers: { 'user-agent': userAgent, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return {
      url: where,
      status: response.status,
      headers: response.headers,
      body: await readLimited(where, response, limit),
      isPrivate: response.isPrivate === true,
    };
  } catch (error) {
    if (error instanceof HttpError) throw error;
    const why = signal.aborted ? `no answer within ${formatDuration(timeout)}` : messageOf(error);
    throw new HttpError(where, isBeforeConnection(error) ? 'unconnected' : 'lost', why, { cause: error });
  }
}
