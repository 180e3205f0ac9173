import { behindProxy } from '../lib/advice.ts';
import { type AnswerKind, apiError, type Service } from '../lib/api-error.ts';
import { type Answer, beginningOf } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { Json } from '../lib/json.ts';
import { shortened } from '../lib/text.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { accessLines, registryQuirks } from './hosts.ts';
import { RealmError } from './realm-error.ts';
import type { Session } from './session.ts';

/**
 * Code and message of a registry's error body (distribution spec, "Error Codes"), or the first words of the body. Some
 * registries send the two without the list around them (zot, for a 401).
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
    // Not JSON: falls back to the body's text.
  }
  const plain = beginningOf(answer.body)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? 'no text' : clip(plain);
}

const clip = (text: string): string => shortened(text, 200);

const nameOf = ({ repository: { host, path } }: Session): string => `${host}/${path}`;

const reachable = {
  expected: 'A registry that can be reached.',
  fix: `Run the job again, and check the host in \`image\`. ${behindProxy}`,
};

/** A registry's answers about the repository of a session. */
const registryService: Service<Session, Answer> = {
  isRateLimited: registryQuirks.isTemporary,
  found: (session, answer, kind) => {
    const name = nameOf(session);
    if (answer instanceof HttpError)
      return `There is no usable answer from ${answer.url} for ${name}: ${messageOf(answer)}.`;
    const who =
      session.identity === 'login'
        ? `, even with ${session.username === undefined ? 'the login’s identity token' : `the login "${session.username}"`}`
        : ' to an anonymous pull, and there is no login';
    const more: Partial<Record<AnswerKind, string>> = {
      'rate-limited': ', a rate limit, even after several tries',
      temporary: ', even after several tries',
      denied: `${who}. Registries give the same answer for a package that does not exist`,
    };
    return `${new URL(answer.url).host} answered ${answer.status} for ${name} (${registryWords(answer)})${more[kind] ?? ''}.`;
  },
  advice: {
    'no-answer': () => ({ code: 'registry-unreachable', ...reachable }),
    unusable: () => ({ code: 'registry-unexpected-answer', ...reachable }),
    'rate-limited': () => ({
      code: 'registry-rate-limited',
      expected: 'An answer within the registry’s rate limits.',
      fix: 'Run the job again later. A login (`with: registry-username:` and `registry-password:`) usually has a higher limit than anonymous pulls.',
    }),
    temporary: ({ repository: { host } }) => ({
      code: 'registry-unavailable',
      expected: 'The image’s manifest.',
      fix: `Run the job again. If the error persists, check whether ${host} has an outage.`,
    }),
    denied: (session) => ({
      code: 'registry-denied',
      expected: `A package ${nameOf(session)} that this job can read.`,
      fix: [
        'Check the name in `image`, and let the job read the package:',
        ...accessLines(session.repository.host),
      ].join('\n'),
    }),
    unexpected: ({ repository: { host } }) => ({
      code: 'registry-unexpected-answer',
      expected: 'The image’s manifest.',
      fix: `Check that "${host}" in \`image\` is a container registry.`,
    }),
  },
};

/**
 * The error for a registry's answer that is not a success, with a fix. The caller handles 404, because it has the name that was
 * looked up.
 */
export const registryError = (answer: Answer, session: Session): UserError =>
  apiError({ service: registryService, resource: session, answer });

/** Converts an error of the registry's connection into a UserError; rethrows anything else. */
export function connectionError(error: unknown, session: Session): UserError {
  if (error instanceof HttpError)
    return apiError({ service: registryService, resource: session, answer: error });
  if (!(error instanceof RealmError)) throw error;
  return new UserError(
    {
      code: 'registry-token-service',
      found: error.message,
      expected: 'An https:// address that answers with a token.',
      fix: `Check that "${session.repository.host}" in \`image\` is the correct registry.`,
    },
    { cause: error },
  );
}
