import type { Clock } from '../lib/clock.ts';
import { twice } from '../lib/duration.ts';
import { formatDuration } from '../lib/format.ts';
import type { Http } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import type { AnswerRecord } from './journal.ts';

/** The answer that the app should give. */
export interface HealthCheck {
  readonly url: string;
  /** The only accepted status; undefined accepts 200 to 399. */
  readonly status: number | undefined;
  /** A text that the response must contain, placeholders filled. */
  readonly body: string | undefined;
  /** How long the app can take until its first correct answer, in milliseconds. */
  readonly timeout: number;
  /** Whether the hostname is a guess, so that a wrong answer can be another app's. */
  readonly guessed?: boolean;
}

export interface HealthDeps {
  /** Makes one try: what fails is tried again here. */
  readonly http: Http;
  readonly clock: Clock;
  /** Called after each request. */
  readonly answered?: (answer: AnswerRecord) => void;
}

/** The result of one request. */
type Reply =
  | { readonly kind: 'right'; readonly words?: undefined }
  /** The app, or Fly.io's proxy for it, gave another answer than expected. */
  | { readonly kind: 'wrong'; readonly words: string }
  /** This runner could not connect to it, which does not show whether the app works. */
  | { readonly kind: 'unreachable'; readonly words: string };

const bodyLimit = 1024 * 1024;

/** So many wrong answers in a row count as a failure. */
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
 * Requests the app's URL repeatedly. A redirect counts as its answer and is not followed: its target is another address, which
 * can be up while this one is down.
 */
export class HealthMonitor {
  readonly check: HealthCheck;
  readonly #deps: HealthDeps;
  /** Time of the first request, or of the last correct answer, in milliseconds since 1970. */
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

  /** Whether the last answer was correct. */
  get isRight(): boolean {
    return this.#last?.kind === 'right';
  }

  /** The last answer as a part of a sentence; undefined before the first one and if it was correct. */
  get words(): string | undefined {
    return this.#last?.words;
  }

  /** A count of all answers: `40 answers, 0 failed, slowest 412 ms`. */
  get tally(): string {
    const slowest = this.#answers === 0 ? '' : `, slowest ${formatDuration(this.#slowest)}`;
    return `${this.#answers} answer${this.#answers === 1 ? '' : 's'}, ${this.#failed} failed${slowest}`;
  }

  /**
   * Sends one request.
   *
   * @throws UserError after three wrong answers in a row, or if no correct answer arrives in time.
   */
  async ask(): Promise<void> {
    const { clock } = this.#deps;
    const begin = clock.now();
    this.#since ??= begin;
    const reply = await this.#reply();
    const now = clock.now();
    this.#last = reply;
    this.#deps.answered?.({ at: begin, ms: now - begin, kind: reply.kind, words: this.words });
    if (reply.kind === 'unreachable') return;
    this.#answers++;
    this.#slowest = Math.max(this.#slowest, now - begin);
    if (reply.kind === 'right') {
      [this.#wasRight, this.#wrongInRow, this.#since] = [true, 0, now];
      return;
    }
    this.#wrongInRow++;
    // While the app starts, wrong answers are expected.
    if (this.#wasRight) this.#failed++;
    const over = this.#wasRight ? this.#wrongInRow >= mostWrong : now - this.#since >= this.check.timeout;
    if (over) throw this.#failure(reply.words, now - this.#since);
  }

  /**
   * The error of an app that could not be reached in time; undefined while there is time left, and if the last answer was the
   * app's.
   *
   * @param checksPass whether all machines have health checks on Fly.io and pass them.
   */
  unreachable(checksPass: boolean): UserError | undefined {
    if (this.#last?.kind !== 'unreachable' || this.#since === undefined) return undefined;
    const elapsed = this.#deps.clock.now() - this.#since;
    if (elapsed < this.check.timeout) return undefined;
    const { url } = this.check;
    const seen = checksPass
      ? 'The machines pass their health checks on Fly.io'
      : 'The machines have no health checks on Fly.io';
    return new UserError({
      code: 'health-unreachable',
      found: `This runner could not reach ${url} for ${formatDuration(elapsed)}: ${this.#last.words}. Every machine runs the image. ${seen}. Whether the app answers is unknown.`,
      expected: 'An address that this runner can reach.',
      fix: 'Set `with: health-url:` to an address that this runner can reach. For a private app, remove `health-url` and use checks in fly.toml (`[checks]`, `[[http_service.checks]]`).',
      input: 'health-url',
    });
  }

  #failure(words: string, elapsed: number): UserError {
    const { status, body, url, timeout } = this.check;
    const when = this.#wasRight
      ? `${mostWrong} times in a row, after correct answers`
      : `for ${formatDuration(elapsed)} after all machines ran the image`;
    return new UserError({
      code: this.check.guessed === true ? 'health-unreachable' : 'health-failed',
      found: `${url} failed the health check ${when}: ${words}.`,
      expected: `${status === undefined ? 'A status from 200 to 399' : `Status ${status}`}${body === undefined ? '' : `, and "${body}" in the response`}.`,
      fix: `Check \`fly logs\` and fix the app. If the check is wrong, correct \`health-url\`, \`health-status\` or \`health-body\`. If the app needs longer to start, wait twice as long: \`with: health-timeout: ${twice(timeout)}\`.`,
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
        `it answered ${answer.status} without "${body}": ${words === '' ? 'the response is empty' : `"${words}"`}`,
      );
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      return { kind: error.kind === 'unconnected' ? 'unreachable' : 'wrong', words: messageOf(error) };
    }
  }
}
