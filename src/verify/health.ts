import type { Clock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import type { Http } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { messageOf, UserError } from '../lib/user-error.ts';

/** What the app should answer. */
export interface HealthCheck {
  readonly url: string;
  /** The one status that is right; undefined: 200 to 399. */
  readonly status: number | undefined;
  /** A text that the answer must hold, placeholders filled. */
  readonly body: string | undefined;
  /** How long the app may take until its first right answer, in milliseconds. */
  readonly timeout: number;
  /** Whether the hostname is a guess: a wrong answer may then be another's. */
  readonly guessed?: boolean;
}

export interface HealthDeps {
  /** Makes one try: what fails is tried again here. */
  readonly http: Http;
  readonly clock: Clock;
}

/** What one request came to. */
type Reply =
  | { readonly kind: 'right' }
  /** The app, or Fly.io's proxy for it, was reached and did not answer as it should. */
  | { readonly kind: 'wrong'; readonly words: string }
  /** This runner could not reach it, which says nothing about the app. */
  | { readonly kind: 'unreachable'; readonly words: string };

const bodyLimit = 1024 * 1024;

/** So many wrong answers in a row are no accident. */
const mostWrong = 3;

/** Fills `{sha}`, `{short-sha}` and `{digest}`. */
export function fillBody(
  template: string,
  { commit, shortSha, digest }: { commit: string | undefined; shortSha: string | undefined; digest: string },
): string {
  return template.replace(/\{(sha|short-sha|digest)\}/g, (whole, name: string) =>
    name === 'digest' ? digest : ((name === 'sha' ? commit : shortSha) ?? whole),
  );
}

/**
 * Asks the app again and again. A redirect counts as its answer and is not followed: where it leads is another address, which
 * may be up when this one is not.
 */
export class HealthMonitor {
  readonly check: HealthCheck;
  readonly #deps: HealthDeps;
  /** When the app was asked first, or answered right last, in milliseconds since 1970. */
  #since: number | undefined;
  #last: Reply | undefined;
  #wrongInRow = 0;
  #wasRight = false;
  #answers = 0;
  #failed = 0;
  #slowest = 0;

  constructor(check: HealthCheck, deps: HealthDeps) {
    this.check = check;
    this.#deps = deps;
  }

  /** Did the app answer right the last time? */
  get isRight(): boolean {
    return this.#last?.kind === 'right';
  }

  /** How it stands, as a part of a sentence; undefined before the first answer and where it is right. */
  get words(): string | undefined {
    return this.#last === undefined || this.#last.kind === 'right' ? undefined : this.#last.words;
  }

  /** What all answers came to: `40 answers, 0 failed, slowest 412 ms`. */
  get tally(): string {
    const slowest = this.#answers === 0 ? '' : `, slowest ${formatDuration(this.#slowest)}`;
    return `${this.#answers} answer${this.#answers === 1 ? '' : 's'}, ${this.#failed} failed${slowest}`;
  }

  /**
   * Asks once.
   *
   * @throws UserError when the app has answered wrong too often: three times in a row, or for its first answer until the time
   *   is over.
   */
  async ask(): Promise<void> {
    const { clock } = this.#deps;
    const begin = clock.now();
    this.#since ??= begin;
    const reply = await this.#reply();
    const now = clock.now();
    this.#last = reply;
    if (reply.kind === 'unreachable') return;
    this.#answers++;
    this.#slowest = Math.max(this.#slowest, now - begin);
    if (reply.kind === 'right') {
      [this.#wasRight, this.#wrongInRow, this.#since] = [true, 0, now];
      return;
    }
    this.#wrongInRow++;
    // While the app starts, wrong answers are what is waited out.
    if (this.#wasRight) this.#failed++;
    const over = this.#wasRight ? this.#wrongInRow >= mostWrong : now - this.#since >= this.check.timeout;
    if (over) throw this.#failure(reply.words, now - this.#since);
  }

  /**
   * The error of an app that could not be reached for as long as it may take; undefined while there is time, and where the
   * last answer was of the app itself.
   *
   * @param checksPass whether all machines have health checks of Fly.io's own, and pass them.
   */
  unreachable(checksPass: boolean): UserError | undefined {
    if (this.#last?.kind !== 'unreachable' || this.#since === undefined) return undefined;
    const elapsed = this.#deps.clock.now() - this.#since;
    if (elapsed < this.check.timeout) return undefined;
    const { url } = this.check;
    const seen = checksPass
      ? 'The machines pass their own health checks at Fly.io'
      : 'The machines have no health checks of their own that would tell whether the app works';
    return new UserError({
      code: 'health-unreachable',
      found: `This runner could not reach ${url} for ${formatDuration(elapsed)}: ${this.#last.words}. ${seen}, and every machine runs the image: whether the app answers is not known.`,
      expected: 'an address that this runner can reach.',
      fix: '`with: health-url:` with an address that GitHub’s runners can reach; for a private app leave it away and let checks in fly.toml (`[checks]`, `[[http_service.checks]]`) tell.',
      input: 'health-url',
    });
  }

  #failure(words: string, elapsed: number): UserError {
    const { status, body, url } = this.check;
    const when = this.#wasRight
      ? `${mostWrong} times in a row, after it had answered as it should`
      : `${formatDuration(elapsed)} after the machines were right`;
    return new UserError({
      code: this.check.guessed === true ? 'health-unreachable' : 'health-failed',
      found: `${url} does not answer as it should, ${when}: ${words}.`,
      expected: `${status === undefined ? 'a status from 200 to 399' : `status ${status}`}${body === undefined ? '' : `, and "${body}" in the answer`}.`,
      fix: 'see `fly logs`; or `with: health-url:`, `health-status:`, `health-body:`, `health-timeout:` where the app needs longer.',
    });
  }

  async #reply(): Promise<Reply> {
    const { url, status, body } = this.check;
    const wrong = (words: string): Reply => ({ kind: 'wrong', words });
    try {
      const answer = await this.#deps.http(url, { limit: bodyLimit, follow: false });
      const right =
        status === undefined ? answer.status >= 200 && answer.status <= 399 : answer.status === status;
      if (!right) return wrong(`it answered ${answer.status}`);
      const text = answer.body.toString('utf8');
      if (body === undefined || text.includes(body)) return { kind: 'right' };
      const words = text.replace(/\s+/g, ' ').trim().slice(0, 120);
      return wrong(
        `it answered ${answer.status} without "${body}", and with ${words === '' ? 'nothing' : `"${words}"`}`,
      );
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      return { kind: error.kind === 'unconnected' ? 'unreachable' : 'wrong', words: messageOf(error) };
    }
  }
}
