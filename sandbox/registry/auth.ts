import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Incoming, sendJson } from '../lib/http.ts';
import { sendError } from './errors.ts';
import type { RegistryOptions } from './registry.ts';
import type { Store } from './store.ts';

/** The logins of a registry, and the tokens of its token service. */
export class Auth {
  readonly #options: RegistryOptions;
  readonly #store: Store;
  /** Logins as `user:password`. The user of all Fly.io tokens is `x`. */
  readonly #users = new Set<string>();
  /** Token → its scope. */
  readonly #tokens = new Map<string, string>();

  constructor(options: RegistryOptions, store: Store) {
    this.#options = options;
    this.#store = store;
  }

  addUser(username: string, password: string): void {
    this.#users.add(`${username}:${password}`);
  }

  expireTokens(): void {
    this.#tokens.clear();
  }

  /** `GET /token`: a token service like GHCR's. */
  sendToken({ url, headers }: Incoming, response: ServerResponse): void {
    const scope = url.searchParams.get('scope') ?? '';
    const name = /^repository:([^:]+):pull(?:,push)?$/.exec(scope)?.[1];
    const user = this.#userOf(headers['authorization']);
    if (/^Bearer /i.test(headers['authorization'] ?? ''))
      return sendError(response, 401, 'UNAUTHORIZED', 'authentication required');
    // GHCR denies a wrong login even for a public repository.
    if (user === 'unknown') return sendError(response, 403, 'DENIED', 'denied: denied');
    const repository = name === undefined ? undefined : this.#store.find(name);
    if (user === 'anonymous' && (repository?.visibility !== 'public' || scope.endsWith('push'))) {
      return (this.#options.anonymousRefusal ?? 401) === 401
        ? sendError(response, 401, 'UNAUTHORIZED', 'authentication required')
        : sendError(response, 403, 'DENIED', 'requested access to the resource is denied');
    }
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, scope);
    sendJson(response, 200, { token });
  }

  /**
   * Accepts a request, or answers it with a challenge.
   *
   * @returns whether it was accepted, and the scope of its token. Registries without tokens have no scopes.
   */
  admit(
    { headers }: Incoming,
    response: ServerResponse,
    registry: { readonly origin: string; readonly host: string },
  ): { readonly admitted: boolean; readonly scope?: string | undefined } {
    const { auth = 'bearer' } = this.#options;
    if (auth === 'none') return { admitted: true };
    const bearer = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
    const scope = bearer === undefined ? undefined : this.#tokens.get(bearer);
    const admitted =
      auth === 'basic' ? this.#userOf(headers['authorization']) === 'known' : scope !== undefined;
    if (admitted) return { admitted, scope };
    sendError(response, 401, 'UNAUTHORIZED', 'authentication required', {
      'www-authenticate':
        auth === 'basic'
          ? 'Basic realm="registry"'
          : // GHCR's challenge always contains a placeholder as the scope.
            `Bearer realm="${registry.origin}/token",service="${registry.host}",scope="repository:user/image:pull"`,
    });
    return { admitted };
  }

  /** Whether a request with this scope can read the repository or write to it. Registries without tokens allow everything. */
  allows(scope: string | undefined, name: string, action: 'pull' | 'push'): boolean {
    if ((this.#options.auth ?? 'bearer') !== 'bearer') return true;
    const readable = scope?.startsWith(`repository:${name}:pull`) === true;
    return action === 'pull' ? readable : readable && scope.endsWith('push');
  }

  #userOf(authorization: string | undefined): 'known' | 'anonymous' | 'unknown' {
    if (authorization === undefined) return 'anonymous';
    const [username = '', ...rest] = Buffer.from(authorization.replace(/^Basic /i, ''), 'base64')
      .toString('utf8')
      .split(':');
    return /^Basic /i.test(authorization) && this.#users.has(`${username}:${rest.join(':')}`)
      ? 'known'
      : 'unknown';
  }
}
