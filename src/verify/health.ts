import type { TickingClock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import type { Http } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import type { LineLog } from '../lib/line-log.ts';
import { waiting } from '../lib/progress.ts';
import { messageOf, UserError } from '../lib/user-error.ts';

/** What the app should answer. */
export interface HealthCheck {
  readonly url: string;
  /** The one status that is right; undefined: 200 to 399. */
  readonly status: number | undefined;
  /** A text that the answer must hold, placeholders filled. */
  readonly body: string | undefined;
  readonly timeout: number;
}

export interface HealthDeps {
  /** Makes one try: what fails is tried again here, with words. */
  readonly http: Http;
  readonly clock: TickingClock;
  readonly log: Pick<LineLog, 'line'>;
}

const [bodyLimit, between] = [1024 * 1024, 2000];

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
 * Asks the app until it answers as it should. A redirect counts as its answer and is not followed: where it leads is
 * another address, which may be up when this one is not.
 *
 * @throws UserError with the last answer when the time is over.
 */
export async function checkHealth(check: HealthCheck, { http, clock, log }: HealthDeps): Promise<void> {
  const begin = clock.now();
  let wrong: string | undefined;
  await waiting(
    { what: check.url, limit: () => check.timeout, how: () => wrong },
    { clock, log },
    async (say) => {
      for (let first = true; ; first = false) {
        wrong = await ask(check, http);
        const elapsed = clock.now() - begin;
        if (wrong === undefined) {
          log.line(`${check.url} answers as it should, after ${formatDuration(elapsed)}`);
          return;
        }
        if (elapsed + between > check.timeout) throw notAnswering(check, wrong, elapsed);
        if (first) say();
        await clock.sleep(between);
      }
    },
  );
}

const notAnswering = ({ url, status, body }: HealthCheck, wrong: string, elapsed: number): UserError =>
  new UserError({
    code: 'health-failed',
    found: `${url} does not answer as it should, ${formatDuration(elapsed)} after the machines were right: ${wrong}.`,
    expected: `${status === undefined ? 'a status from 200 to 399' : `status ${status}`}${body === undefined ? '' : `, and "${body}" in the answer`}.`,
    fix: 'see `fly logs`; or `with: health-url:`, `health-status:`, `health-body:`, `health-timeout:` where the app needs longer.',
  });

/** @returns what is wrong with the answer, undefined when it is right. */
async function ask({ url, status, body }: HealthCheck, http: Http): Promise<string | undefined> {
  try {
    const answer = await http(url, { limit: bodyLimit, follow: false });
    const right =
      status === undefined ? answer.status >= 200 && answer.status <= 399 : answer.status === status;
    if (!right) return `it answered ${answer.status}`;
    const text = answer.body.toString('utf8');
    if (body === undefined || text.includes(body)) return undefined;
    const words = text.replace(/\s+/g, ' ').trim().slice(0, 120);
    return `it answered ${answer.status} without "${body}", and with ${words === '' ? 'nothing' : `"${words}"`}`;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return messageOf(error);
  }
}
