import type { Answer, Http, HttpRequest } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { type Json, parseJsonObject } from '../lib/json.ts';
import { isLoopback, type Naming, objection } from '../lib/url-policy.ts';
import { messageOf } from '../lib/user-error.ts';
import { type Challenge, challengeOf } from './challenge.ts';
import { apiOrigin, isTokenHost, passesByItself } from './hosts.ts';
import { RealmError } from './realm-error.ts';
import type { Repository } from './reference.ts';

export interface PasswordLogin {
  readonly username: string;
  readonly password: string;
}

/** User name and password, or the identity token that a credential helper returns instead. */
export type Login = PasswordLogin | { readonly identityToken: string };

export interface SessionOptions {
  readonly repository: Repository;
  /** Called at most once, and only when a login is needed. */
  readonly login: () => Promise<Login | undefined>;
  readonly http: Http;
  /** Called with each secret before it is first sent. */
  readonly mask: (secret: string) => void;
  /** Called with each token of the registry, which it masks only if it looks like a token. */
  readonly maskToken: (token: string) => void;
  /** The actions to request a token for; default `pull`. */
  readonly actions?: 'pull' | 'pull,push';
  /** The identities to try, in this order; default anonymous, then the login. */
  readonly as?: readonly Identity[];
}

/** The identity of a request: anonymous (as Fly.io pulls), or the login. */
export type Identity = 'anonymous' | 'login';

/** The result of requesting an authorization. */
type Attempt =
  | { readonly kind: 'authorized' }
  | { readonly kind: 'no-login' }
  | { readonly kind: 'denied'; readonly answer: Answer };

const tokenLimit = 64 * 1024;

/**
 * A connection to one repository of one registry.
 *
 * It requests anonymously first, and logs in only when that is refused. So a public image needs no credentials, expired ones do
 * no harm (GHCR answers `denied` to a public image's pull with an expired login), and `identity` shows whether Fly.io, which
 * pulls anonymously, can pull the image. One token is used for all requests until the registry refuses it.
 */
export class Session {
  readonly origin: string;
  readonly repository: Repository;
  readonly #options: SessionOptions;
  #identity: Identity = 'anonymous';
  /** The user name of the login, after it was used. */
  #username: string | undefined;
  readonly #untried: Identity[];
  #authorization: string | undefined;
  #challenge: Challenge | undefined;
  /** The registry's latest refusal. */
  #challenger: Naming | undefined;
  /** Whether the current authorization has been accepted: only then does a 401 mean that it expired. */
  #accepted = false;
  /** Concurrent requests that are refused share one new authorization. */
  #authorizing: Promise<Answer | undefined> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#untried = [...(options.as ?? ['anonymous', 'login'])];
    this.repository = options.repository;
    this.origin = apiOrigin(options.repository.host);
  }

  get identity(): Identity {
    return this.#identity;
  }

  get username(): string | undefined {
    return this.#username;
  }

  /** The URL of a path below `/v2/<name>/`. */
  urlOf(path: string): string {
    return `${this.origin}/v2/${this.repository.path}/${path}`;
  }

  /** The authorization header for a URL; none if the URL is not on this registry. */
  authorizationFor(url: string): Record<string, string> {
    return this.#authorization === undefined || new URL(url).origin !== this.origin
      ? {}
      : { authorization: this.#authorization };
  }

  /**
   * Sends a request below `/v2/<name>/`, with the authorization that it needs.
   *
   * @returns the registry's answer, or the refusal of the registry or of its token service.
   * @throws HttpError when there is no answer, RealmError when the challenge's realm cannot be used.
   */
  request(path: string, request: HttpRequest): Promise<Answer> {
    return this.requestTo(this.urlOf(path), request);
  }

  /** The same for a URL that an answer of the registry names, which can be on another host: that gets no authorization. */
  requestTo(url: string, request: HttpRequest): Promise<Answer> {
    return this.authorized(
      (headers) => this.#options.http(url, { ...request, headers: { ...request.headers, ...headers } }),
      async (answer) => answer,
      url,
    );
  }

  /**
   * Sends a request until it is authorized: without an authorization, with an anonymous token, with the login, and with a new
   * token after one expired.
   *
   * Only refusals by the registry itself are followed: a host that a redirect led to could name any token service.
   *
   * @param refusalOf reads an answer whose status is 401 or 403.
   * @throws HttpError when another host refuses.
   */
  async authorized<T extends { readonly status: number }>(
    send: (headers: Record<string, string>) => Promise<T>,
    refusalOf: (answer: T) => Promise<Answer>,
    url: string,
  ): Promise<T | Answer> {
    for (let round = 0; ; round++) {
      const used = this.#authorization;
      const answer = await send(this.authorizationFor(url));
      if (answer.status !== 401 && answer.status !== 403) {
        if (answer.status < 500) this.#accepted = true;
        return answer;
      }
      const refusal = await refusalOf(answer);
      if (passesByItself(refusal) || round === 4) return refusal;
      if (new URL(refusal.url).origin !== this.origin) {
        const words = `a redirect of ${this.origin} led there, and it answered ${refusal.status}`;
        throw new HttpError(refusal.url, 'elsewhere', words);
      }
      // A concurrent request can have renewed the authorization meanwhile.
      if (used === this.#authorization) {
        this.#authorizing ??= this.#authorize(refusal).finally(() => {
          this.#authorizing = undefined;
        });
        const denial = await this.#authorizing;
        if (denial !== undefined) return denial;
      }
    }
  }

  /** Gets the next authorization to try. @returns the refusal when there is none left. */
  async #authorize(refusal: Answer): Promise<Answer | undefined> {
    this.#challenge = challengeOf(refusal.headers) ?? this.#challenge;
    const challenge = this.#challenge;
    if (challenge === undefined) return refusal;
    this.#challenger = refusal;

    const ranOut = refusal.status === 401 && this.#accepted;
    this.#accepted = false;
    if (ranOut && this.#authorization !== undefined) this.#untried.unshift(this.#identity);
    let denial = refusal;
    for (let next = this.#untried.shift(); next !== undefined; next = this.#untried.shift()) {
      const attempt = await this.#as(next, challenge);
      if (attempt.kind === 'authorized') return undefined;
      if (attempt.kind === 'denied') denial = attempt.answer;
    }
    return denial;
  }

  /** Gets an authorization for one identity. */
  async #as(identity: Identity, challenge: Challenge): Promise<Attempt> {
    const login = identity === 'login' ? await this.#options.login() : undefined;
    if (identity === 'login' && login === undefined) return { kind: 'no-login' };
    if (identity === 'anonymous' && challenge.scheme !== 'bearer') return { kind: 'no-login' };
    this.#identity = identity;
    if (login !== undefined) this.#username = 'username' in login ? login.username : undefined;
    if (challenge.scheme === 'bearer') return this.#bearer(challenge, login);
    if (login === undefined || !('username' in login)) return { kind: 'no-login' };
    this.#authorization = this.#basic(login);
    return { kind: 'authorized' };
  }

  #basic({ username, password }: PasswordLogin): string {
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    this.#options.mask(pair);
    return `Basic ${pair}`;
  }

  /**
   * Requests a token from the token service (distribution, docs/spec/auth/token.md; with an identity token oauth.md). The scope
   * is built here, because GHCR's challenge on `/v2/` contains a placeholder, `repository:user/image:pull`.
   */
  async #bearer(challenge: Challenge, login: Login | undefined): Promise<Attempt> {
    const namedBy = this.#challenger ?? { url: this.origin };
    const url = this.#realm(challenge, namedBy);
    const service = challenge.params.get('service');
    const scope = `repository:${this.repository.path}:${this.#options.actions ?? 'pull'}`;
    const query = new URLSearchParams({ ...(service === undefined ? {} : { service }), scope });
    let request: HttpRequest;
    if (login !== undefined && 'identityToken' in login) {
      query.set('grant_type', 'refresh_token');
      query.set('client_id', 'deploy-fly-image');
      query.set('refresh_token', login.identityToken);
      const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
      request = { method: 'POST', headers, body: query.toString(), limit: tokenLimit };
    } else {
      for (const [name, value] of query) url.searchParams.set(name, value);
      const headers = login === undefined ? {} : { authorization: this.#basic(login) };
      request = { headers: { accept: 'application/json', ...headers }, limit: tokenLimit };
    }
    const answer = await this.#options.http(url.href, { ...request, namedBy });
    if (answer.status !== 200) return { kind: 'denied', answer };
    let json: Json;
    try {
      json = parseJsonObject(answer.body.toString('utf8'), 'the token service’s answer', 'secret');
    } catch (error) {
      const why = messageOf(error).split('\n')[0];
      throw new RealmError(`The answer of ${url.host} to the request for a token is unusable: ${why}`, {
        cause: error,
      });
    }
    const token = json.get('token').maybeText() ?? json.get('access_token').maybeText();
    if (token === undefined || /[^\x21-\x7e]/.test(token)) {
      throw new RealmError(`${url.host} answered the request for a token with 200, but without a token.`);
    }
    // An anonymous token is not a secret.
    if (login !== undefined) this.#options.maskToken(token);
    this.#authorization = `Bearer ${token}`;
    return { kind: 'authorized' };
  }

  /**
   * The token service's address. Credentials are sent there, so url-policy.ts applies, the token service of a registry on this
   * machine must be on it too, and registries with their own token service cannot name another.
   */
  #realm(challenge: Challenge, namedBy: Naming): URL {
    const realm = challenge.params.get('realm') ?? '';
    const url = URL.canParse(realm) ? new URL(realm) : undefined;
    const { host } = this.repository;
    const isTrusted =
      url !== undefined &&
      objection(url, namedBy) === undefined &&
      (isLoopback(host) ? isLoopback(url.host) : url.protocol === 'https:') &&
      isTokenHost(url.host, host);
    if (isTrusted) return url;
    throw new RealmError(`The registry names "${realm}" as its token service.`);
  }
}
