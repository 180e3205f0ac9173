import type { LookupAddress } from 'node:dns';
import type { ClientRequest, Agent as HttpAgent } from 'node:http';
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

/**
 * Loaded with the first request, as TLS takes half as long as starting Node does. An `import` of node:http would also load
 * Node's fetch.
 */
type Client = 'node:http' | 'node:https';

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
  lookup = (...call) => process.getBuiltinModule('node:dns').lookup(...call),
  connectTime = 10_000,
}: TransportOptions): Transport {
  /** Connections to the host itself. */
  const inside = new WeakMap<Socket, boolean>();
  // As Node decides it for its own agents.
  const isProxied =
    env['NODE_USE_ENV_PROXY'] === '1' || /(?:^|\s)--use-env-proxy(?:\s|$)/.test(env['NODE_OPTIONS'] ?? '');
  const proxyEnv = isProxied ? { proxyEnv: { ...env } } : {};
  const agents = new Map<string, HttpAgent>();
  const agentOf = (client: Client, guarded: boolean): HttpAgent => {
    const found = agents.get(`${client} ${guarded}`);
    if (found !== undefined) return found;
    const { Agent } = process.getBuiltinModule(client);
    const made = new Agent({ keepAlive: true, ...proxyEnv });
    agents.set(`${client} ${guarded}`, made);
    return made;
  };

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
      const client = isTls ? 'node:https' : 'node:http';
      const request = process.getBuiltinModule(client).request(url, {
        ...opening,
        agent: agentOf(client, guarded),
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
