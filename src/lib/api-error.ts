import { isTemporary } from './http.ts';
import { HttpError } from './http-error.ts';
import { UserError, type UserErrorParts } from './user-error.ts';

/**
 * The kind of an API's answer that is not a success. `unusable` is an answer that was not read to its end: a redirect that must
 * not be followed or whose target refuses, or a body that is too large.
 */
export type AnswerKind =
  | 'no-answer'
  | 'unusable'
  | 'denied'
  | 'not-found'
  | 'rate-limited'
  | 'temporary'
  | 'unexpected';

/** The advice for one kind of answer to a request about a resource. */
type Advice<R> = (resource: R) => Pick<UserErrorParts, 'code' | 'expected' | 'fix' | 'input'>;

interface Status {
  readonly status: number;
}

/**
 * The errors of an API, written as data: the sentence about its answer, and the advice for each kind of answer. A kind without
 * advice gets that of `unexpected`; `unusable` gets that of `no-answer` if there is one.
 */
export interface Service<R, A extends Status> {
  /** The first sentence: the answer, or why there was none. */
  readonly found: (resource: R, answer: A | HttpError, kind: AnswerKind) => string;
  readonly advice: Readonly<Partial<Record<AnswerKind, Advice<R>>> & { unexpected: Advice<R> }>;
  /** Whether an answer limits the rate of requests, if its status alone does not show that. */
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
 * Makes an error of an API's answer.
 *
 * @param question.answer the answer, or the HttpError if there was none.
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

/** The answer of a request, or its HttpError instead. @throws anything else that the request throws. */
export const answerOrNone = <A>(question: Promise<A>): Promise<A | HttpError> =>
  question.catch((error: unknown) => {
    if (error instanceof HttpError) return error;
    throw error;
  });
