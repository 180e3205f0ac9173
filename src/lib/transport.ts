import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { formatDuration } from './format.ts';
import { HttpError } from './http-error.ts';
import { isPrivateAddress } from './url-policy.ts';

export interface TransportOptions {
  /** For the proxy that NODE_USE_ENV_PROXY turns on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lookup?: LookupFunction;
  /** How long a connection may take to come about, TLS included, in milliseconds; default 10 s. */
  readonly connectTime?: number;
}

interface Opening {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Whether the host must have a public address. */
  readonly guarded: boolean;
  /** The socket's buffers, in bytes. */
  readonly highWaterMark?: number;
}

/** The one way to a connection. */
export interface Transport {
  /** Begins a request. Where its host has a private address and must not, no connection is made. */
  open(url: URL, opening: Opening): ClientRequest;
  /** Is the host of a request that was answered at a private address? Of what a proxy reached, nobody knows. */
  isPrivate(request: ClientRequest): boolean;
}

/**
 * Makes connections by node:http, which resolves a name once, for the connection itself: what is checked is what is
 * connected to. Through a proxy the proxy resolves the name; then only the name is checked, as url-policy.ts does.
 *
 * Connections that are kept open are shared among requests with the same guard only.
 */
export function makeTransport({
  env,
  lookup = systemLookup,
  connectTime = 10_000,
}: TransportOptions): Transport {
  /** Connections to the host itself. */
  const inside = new WeakMap<Socket, boolean>();
  // As Node decides it for its own agents.
  const isProxied =
    env['NODE_USE_ENV_PROXY'] === '1' || /(?:^|\s)--use-env-proxy(?:\s|$)/.test(env['NODE_OPTIONS'] ?? '');
  const proxyEnv = isProxied ? { proxyEnv: { ...env } } : {};
  const agents = () => ({
    'http:': new HttpAgent({ keepAlive: true, ...proxyEnv }),
    'https:': new HttpsAgent({ keepAlive: true, ...proxyEnv }),
  });
  const [open, guard] = [agents(), agents()];

  const checked =
    (url: URL, guarded: boolean, resolved: () => void): LookupFunction =>
    (hostname, options, done) =>
      lookup(hostname, options, (error, found: string | LookupAddress[], family) => {
        // Another name than the URL's is the proxy's.
        if (error !== null || hostname !== url.hostname) return done(error, found, family);
        resolved();
        const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
        const bad = addresses.find(isPrivateAddress);
        if (!guarded || bad === undefined) return done(null, found, family);
        const words = `${hostname} is ${bad}, which is inside a private network`;
        done(new HttpError(`${url.origin}${url.pathname}`, 'redirect', words), found, family);
      });

  return {
    open: (url, { guarded, ...opening }) => {
      const isTls = url.protocol === 'https:';
      let isDirect = false;
      const request = (isTls ? httpsRequest : httpRequest)(url, {
        ...opening,
        agent: (guarded ? guard : open)[isTls ? 'https:' : 'http:'],
        lookup: checked(url, guarded, () => {
          isDirect = true;
        }),
      });
      request.once('socket', (socket: Socket) => {
        if (!socket.connecting) return;
        socket.once('connect', () => {
          if (isDirect) inside.set(socket, isPrivateAddress(socket.remoteAddress ?? ''));
        });
        const timer = setTimeout(() => {
          const words = `no connection within ${formatDuration(connectTime)}`;
          request.destroy(Object.assign(new Error(words), { code: 'ETIMEDOUT' }));
        }, connectTime);
        for (const event of [isTls ? 'secureConnect' : 'connect', 'close'])
          socket.once(event, () => clearTimeout(timer));
      });
      return request;
    },
    isPrivate: ({ socket }) => socket !== null && inside.get(socket) === true,
  };
}
