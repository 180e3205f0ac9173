import { type Answer, HttpError } from '../lib/http.ts';
import { Json } from '../lib/json.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { accessLines, passesByItself } from './hosts.ts';
import { RealmError, type Session } from './session.ts';

/** Code and message of a registry's error body (distribution spec, "Error Codes"), or the body's first words. */
export function registryWords(answer: Answer): string {
  const text = answer.body.toString('utf8');
  try {
    const [first] = new Json(JSON.parse(text), 'the error').get('errors').items();
    const words = [first?.get('code').maybeText(), first?.get('message').maybeText()].filter(
      (word) => word !== undefined,
    );
    if (words.length > 0) return clip(words.join(': '));
  } catch {
    // Not JSON: the body's own words have to do.
  }
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? 'no text' : clip(plain);
}

const clip = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/**
 * What an answer of a registry that is no success means, in words that a user can act on
 * (404 is for the caller, who knows what was looked for).
 */
export function registryError(answer: Answer, session: Session): UserError {
  const { host, path } = session.repository;
  const name = `${host}/${path}`;
  const seen = (what: string) =>
    `${new URL(answer.url).host} answered ${answer.status} for ${name} (${registryWords(answer)})${what}.`;
  if (passesByItself(answer) && (answer.status === 429 || answer.status === 403)) {
    return new UserError({
      code: 'registry-rate-limited',
      found: seen(', a rate limit, also after several tries'),
      expected: 'an answer within the registry’s limits.',
      fix: 'run the job again later; a login (`registry-username`, `registry-password`) often has a higher limit than nobody.',
    });
  }
  if (passesByItself(answer)) {
    return new UserError({
      code: 'registry-unavailable',
      found: seen(', also after several tries'),
      expected: 'the image’s manifest.',
      fix: `run the job again; if it stays, look whether ${host} has an outage.`,
    });
  }
  if (answer.status === 401 || answer.status === 403) {
    const who =
      session.identity === 'login'
        ? `also to the login "${session.username}"`
        : 'to an anonymous pull, and there is no login';
    return new UserError({
      code: 'registry-denied',
      found: seen(`: ${who}. A registry says the same of a package that does not exist`),
      expected: `a package ${name} that this job may read.`,
      fix: [`check the name in \`image\`, then let the job read it:`, ...accessLines(host)].join('\n'),
    });
  }
  return new UserError({
    code: 'registry-unexpected-answer',
    found: seen(''),
    expected: 'the image’s manifest.',
    fix: `check that "${host}" in \`image\` is a container registry.`,
  });
}

/** A thrown error of the registry's connection as a UserError; anything else is thrown on. */
export function connectionError(error: unknown, session: Session): UserError {
  const { host, path } = session.repository;
  if (error instanceof RealmError) {
    return new UserError(
      {
        code: 'registry-token-service',
        found: error.message,
        expected: 'an https:// address that answers with a token.',
        fix: `check that "${host}" in \`image\` is the registry that you mean.`,
      },
      { cause: error },
    );
  }
  if (error instanceof HttpError) {
    return new UserError(
      {
        code: 'registry-unreachable',
        found: `No answer from ${error.url} for ${host}/${path}: ${messageOf(error)}.`,
        expected: 'a registry that can be reached.',
        fix: 'run the job again; behind a proxy set `NODE_USE_ENV_PROXY: 1` in the job’s `env:`; check the host in `image`.',
      },
      { cause: error },
    );
  }
  throw error;
}
