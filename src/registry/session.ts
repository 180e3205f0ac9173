import { messageOf } from '../fault.ts';
import { type Answer, type Http, isTemporary } from '../http.ts';
import { parseJsonObject } from '../payload.ts';
import type { Repository } from '../reference.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { apiOrigin, isLoopback } from './host.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface SessionOptions {
  readonly repository: Repository;
  /** Used only when an anonymous pull is refused. */
  readonly login: Login | undefined;
  readonly http: Http;
  /** Called with each secret before it is first sent. */
  readonly mask: (secret: string) => void;
}

/** Who is asking: nobody (as Fly.io pulls), or the login. */
export type Identity = 'anonymous' | 'login';

/** The realm that a registry's challenge names cannot be used: the reason in words. */
export class RealmError extends Error {}

const tokenLimit = 64 * 1024;

/**
 * Reads one repository of one registry, and knows as whom.
 *
 * It asks as nobody first and logs in only when that is refused. So a public image needs no credentials,
 * stale ones cannot spoil it (GHCR answers `denied` to a public image's pull with a stale login), and
 * `identity` tells in the end whether Fly.io, which pulls as nobody, can pull too.
 */
export class Session {
  readonly origin: string;
  readonly repository: Repository;
  readonly #options: SessionOptions;
  #identity: Identity = 'anonymous';
  #authorization: string | undefined;
  #challenge: Challenge | undefined;
  /** Whether the present authorization has been accepted: only then is a 401 a sign that it ran out. */
  #accepted = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.repository = options.repository;
    this.origin = apiOrigin(options.repository.host);
  }

  get identity(): Identity {
    return this.#identity;
  }

  /** The login's user name where there is a login. */
  get username(): string | undefined {
    return this.#options.login?.username;
  }

  /**
   * GET below `/v2/<name>/`, with whatever authorization it takes.
   *
   * @returns the registry's answer; after a refusal the refusal, be it the registry's or the token service's.
   * @throws HttpError when there is no answer, RealmError when the challenge's realm cannot be used.
   */
  async get(path: string, accept: string, limit: number): Promise<Answer> {
    const url = `${this.origin}/v2/${this.repository.path}/${path}`;
    // At most: without anything, anonymous token, login, and each token once more when it ran out.
    for (let round = 0; ; round++) {
      const authorization = this.#authorization;
      const answer = await this.#options.http(url, {
        headers: { accept, ...(authorization === undefined ? {} : { authorization }) },
        limit,
      });
      const refused = (answer.status === 401 || answer.status === 403) && !isTemporary(answer);
      if (!refused) {
        if (answer.status < 500) this.#accepted = true;
        return answer;
      }
      if (round === 4) return answer;
      const denial = await this.#authorize(answer);
      if (denial !== undefined) return denial;
    }
  }

  /** Gets the next authorization to try; an answer when there is none. */
  async #authorize(refusal: Answer): Promise<Answer | undefined> {
    this.#challenge = challengeOf(refusal) ?? this.#challenge;
    const challenge = this.#challenge;
    if (challenge === undefined) return refusal;

    const ranOut = refusal.status === 401 && this.#accepted;
    this.#accepted = false;
    const fresh = this.#authorization === undefined && this.#identity === 'anonymous';
    let denial: Answer = refusal;
    if (this.#identity === 'anonymous' && challenge.scheme === 'bearer' && (fresh || ranOut)) {
      const answer = await this.#bearer(challenge, undefined);
      if (answer === undefined) return undefined;
      denial = answer;
    }
    const { login } = this.#options;
    if (login === undefined || (this.#identity === 'login' && !ranOut)) return denial;
    this.#identity = 'login';
    const basic = this.#basic(login);
    if (challenge.scheme === 'bearer') return this.#bearer(challenge, basic);
    this.#authorization = basic;
    return undefined;
  }

  #basic({ username, password }: Login): string {
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    this.#options.mask(pair);
    return `Basic ${pair}`;
  }

  /**
   * Asks the token service (distribution spec, "Token Authentication"; the scope is built here, because GHCR's
   * challenge on `/v2/` names a placeholder, `repository:user/image:pull`).
   *
   * @returns undefined when a token was got, else the answer that was not one.
   */
  async #bearer(challenge: Challenge, authorization: string | undefined): Promise<Answer | undefined> {
    const url = this.#realm(challenge);
    const service = challenge.params.get('service');
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', `repository:${this.repository.path}:pull`);
    const answer = await this.#options.http(url.href, {
      headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      limit: tokenLimit,
    });
    if (answer.status !== 200) return answer;
    let token: string | undefined;
    try {
      const json = parseJsonObject(answer.body.toString('utf8'), 'the token service’s answer');
      token = json.get('token').maybeText() ?? json.get('access_token').maybeText();
    } catch (error) {
      throw new RealmError(`${url.host} was asked for a token: ${messageOf(error).split('\n')[0]}`, {
        cause: error,
      });
    }
    if (token === undefined || /[^\x21-\x7e]/.test(token)) {
      throw new RealmError(`${url.host} was asked for a token, and answered 200 without one.`);
    }
    this.#options.mask(token);
    this.#options.mask(Buffer.from(token).toString('base64'));
    this.#authorization = `Bearer ${token}`;
    return undefined;
  }

  /** The token service's address. Credentials go there, so it must be https, except on this machine. */
  #realm(challenge: Challenge): URL {
    const realm = challenge.params.get('realm') ?? '';
    const url = URL.canParse(realm) ? new URL(realm) : undefined;
    const trusted =
      url?.protocol === 'https:' ||
      (url?.protocol === 'http:' && isLoopback(url.host) && isLoopback(this.repository.host));
    if (url === undefined || !trusted || url.username !== '' || url.password !== '') {
      throw new RealmError(`The registry names "${realm}" as its token service.`);
    }
    return url;
  }
}

/** Bearer where it is offered, else Basic. */
function challengeOf(answer: Answer): Challenge | undefined {
  const challenges = parseChallenges(answer.headers.get('www-authenticate') ?? '');
  return (
    challenges.find(({ scheme }) => scheme === 'bearer') ??
    challenges.find(({ scheme }) => scheme === 'basic')
  );
}
