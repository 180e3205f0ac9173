import { isTemporary } from './http.ts';
import { HttpError } from './http-error.ts';
import { UserError, type UserErrorParts } from './user-error.ts';

/**
 * What an answer of an API that is no success means, or that there was none; `unusable` is one that was not read to its
 * end: a redirect that is not followed, or that leads to a host that refuses, or a body that is too large.
 */
export type AnswerKind =
  | 'no-answer'
  | 'unusable'
  | 'denied'
  | 'not-found'
  | 'rate-limited'
  | 'temporary'
  | 'unexpected';

/** What to say of one kind of answer to a question about a resource. */
type Advice<R> = (resource: R) => Pick<UserErrorParts, 'code' | 'expected' | 'fix' | 'input'>;

interface Status {
  readonly status: number;
}

/**
 * An API as its errors tell of it. Its owner writes it as data: who answered, and what helps against each kind of answer.
 * A kind without advice gets that of `unexpected`, and `unusable` that of `no-answer` before.
 */
export interface Service<R, A extends Status> {
  /** The first sentence: what was answered, or why there was no answer. */
  readonly found: (resource: R, answer: A | HttpError, kind: AnswerKind) => string;
  readonly advice: Readonly<Partial<Record<AnswerKind, Advice<R>>> & { unexpected: Advice<R> }>;
  /** Whether an answer limits the rate of requests, where its status alone does not tell. */
  readonly isRateLimited?: (answer: A) => boolean;
}

function kindOf<R, A extends Status>(answer: A | HttpError, service: Service<R, A>): AnswerKind {
  if (answer instanceof HttpError)
    return ['elsewhere', 'redirect', 'too-large'].includes(answer.kind) ? 'unusable' : 'no-answer';
  const { status } = answer;
  if (status === 429 || service.isRateLimited?.(answer) === true) return 'rate-limited';
  if (isTemporary(answer)) return 'temporary';
  if (status === 401 || status === 403) return 'denied';
  return status === 404 ? 'not-found' : 'unexpected';
}

/**
 * The one way from an API's answer to an error.
 *
 * @param question.answer the answer, or the HttpError where there was none.
 */
export function apiError<R, A extends Status>(question: {
  readonly service: Service<R, A>;
  readonly resource: R;
  readonly answer: A | HttpError;
}): UserError {
  const { service, resource, answer } = question;
  const kind = kindOf(answer, service);
  const { advice } = service;
  const instead = kind === 'unusable' ? advice['no-answer'] : undefined;
  const given = advice[kind] ?? instead ?? advice.unexpected;
  const cause = answer instanceof HttpError ? { cause: answer } : {};
  return new UserError({ found: service.found(resource, answer, kind), ...given(resource) }, cause);
}

/** The answer of a question, or its HttpError in place of one. @throws anything else that the question throws. */
export const answerOrNone = <A>(question: Promise<A>): Promise<A | HttpError> =>
  question.catch((error: unknown) => {
    if (error instanceof HttpError) return error;
    throw error;
  });
