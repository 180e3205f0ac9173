import { behindProxy } from '../lib/advice.ts';
import { type AnswerKind, apiError, type Service } from '../lib/api-error.ts';
import { type Answer, beginningOf } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { Json } from '../lib/json.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { accessLines, registryQuirks } from './hosts.ts';
import { RealmError } from './realm-error.ts';
import type { Session } from './session.ts';

/**
 * Code and message of a registry's error body (distribution spec, "Error Codes"), or the body's first words. Some write the
 * two without the list around them (zot, of a 401).
 */
export function registryWords(answer: Answer): string {
  try {
    const json = new Json(JSON.parse(answer.body.toString('utf8')), 'the error');
    const first = json.get('errors').items()[0] ?? json;
    const words = [first.get('code').maybeText(), first.get('message').maybeText()].filter(
      (word) => word !== undefined,
    );
    if (words.length > 0) return clip(words.join(': '));
  } catch {
    // Not JSON: the body's own words have to do.
  }
  const plain = beginningOf(answer.body)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? 'no text' : clip(plain);
}

const clip = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

const nameOf = ({ repository: { host, path } }: Session): string => `${host}/${path}`;

const reachable = {
  expected: 'a registry that can be reached.',
  fix: `run the job again; ${behindProxy}; check the host in \`image\`.`,
};

/** A registry, asked about the repository of a session. */
const registryService: Service<Session, Answer> = {
  isRateLimited: registryQuirks.isTemporary,
  found: (session, answer, kind) => {
    const name = nameOf(session);
    if (answer instanceof HttpError) return `No answer from ${answer.url} for ${name}: ${messageOf(answer)}.`;
    const who =
      session.identity === 'login'
        ? `also to ${session.username === undefined ? 'the login’s identity token' : `the login "${session.username}"`}`
        : 'to an anonymous pull, and there is no login';
    const more: Partial<Record<AnswerKind, string>> = {
      'rate-limited': ', a rate limit, also after several tries',
      temporary: ', also after several tries',
      denied: `: ${who}. A registry says the same of a package that does not exist`,
    };
    return `${new URL(answer.url).host} answered ${answer.status} for ${name} (${registryWords(answer)})${more[kind] ?? ''}.`;
  },
  advice: {
    'no-answer': () => ({ code: 'registry-unreachable', ...reachable }),
    unusable: () => ({ code: 'registry-unexpected-answer', ...reachable }),
    'rate-limited': () => ({
      code: 'registry-rate-limited',
      expected: 'an answer within the registry’s limits.',
      fix: 'run the job again later; a login (`registry-username`, `registry-password`) often has a higher limit than nobody.',
    }),
    temporary: ({ repository: { host } }) => ({
      code: 'registry-unavailable',
      expected: 'the image’s manifest.',
      fix: `run the job again; if it stays, look whether ${host} has an outage.`,
    }),
    denied: (session) => ({
      code: 'registry-denied',
      expected: `a package ${nameOf(session)} that this job may read.`,
      fix: [
        'check the name in `image`, then let the job read it:',
        ...accessLines(session.repository.host),
      ].join('\n'),
    }),
    unexpected: ({ repository: { host } }) => ({
      code: 'registry-unexpected-answer',
      expected: 'the image’s manifest.',
      fix: `check that "${host}" in \`image\` is a container registry.`,
    }),
  },
};

/**
 * What an answer of a registry that is no success means, in words that a user can act on
 * (404 is for the caller, who knows what was looked for).
 */
export const registryError = (answer: Answer, session: Session): UserError =>
  apiError({ service: registryService, resource: session, answer });

/** A thrown error of the registry's connection as a UserError; anything else is thrown on. */
export function connectionError(error: unknown, session: Session): UserError {
  if (error instanceof HttpError)
    return apiError({ service: registryService, resource: session, answer: error });
  if (!(error instanceof RealmError)) throw error;
  return new UserError(
    {
      code: 'registry-token-service',
      found: error.message,
      expected: 'an https:// address that answers with a token.',
      fix: `check that "${session.repository.host}" in \`image\` is the registry that you mean.`,
    },
    { cause: error },
  );
}
