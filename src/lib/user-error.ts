import type { ErrorCode } from './error-codes.ts';

/** A line of a file. */
export interface Location {
  /** From the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** The three sentences that a user needs to fix a failed step: plain text, no secrets. */
export interface ErrorText {
  /** What was found. */
  readonly found: string;
  /** What was expected instead. */
  readonly expected: string;
  /** What to change: the input, the permission, the YAML line. May have several lines. */
  readonly fix: string;
}

export interface UserErrorParts extends ErrorText {
  /** Names the error for tests and for docs/messages.md; the sentences can be reworded, the code stays. */
  readonly code: ErrorCode;
  /** Where to change it, where that is known. */
  readonly location?: Location | undefined;
  /** The input that is wrong: its line in the workflow becomes the location. */
  readonly input?: string | undefined;
}

/**
 * The one error that this action throws on purpose. Anything else that reaches `main` is a bug or a failure of the
 * machine, and is reported as such.
 *
 * It keeps its parts. `formatTexts` makes them into the text that a user reads, at the very end; its message is for
 * whoever debugs.
 */
export class UserError extends Error implements UserErrorParts {
  readonly code: ErrorCode;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
  readonly location: Location | undefined;
  readonly input: string | undefined;
  /** The errors of which this is the sum; empty where it is one error. */
  readonly problems: readonly UserError[];

  constructor(parts: UserErrorParts, options?: ErrorOptions & { readonly problems?: readonly UserError[] }) {
    super(formatTexts(options?.problems?.length ? options.problems : [parts]), options);
    this.name = 'UserError';
    this.code = parts.code;
    this.found = parts.found;
    this.expected = parts.expected;
    this.fix = parts.fix;
    this.location = parts.location;
    this.input = parts.input;
    this.problems = options?.problems ?? [];
  }

  /** The same error with its input or location, unless it has a location already. */
  at(where: Pick<UserErrorParts, 'location' | 'input'>): UserError {
    if (this.location !== undefined || (where.location === undefined && this.input !== undefined))
      return this;
    const { code, found, expected, fix, location, input, cause, problems } = this;
    return new UserError({ code, found, expected, fix, location, input, ...where }, { cause, problems });
  }

  /** The errors of which this is the sum, or this one alone. */
  get each(): readonly UserError[] {
    return this.problems.length === 0 ? [this] : this.problems;
  }

  /** The codes of this error, or of each error of which it is the sum. */
  get codes(): readonly ErrorCode[] {
    return this.each.map(({ code }) => code);
  }
}

/** Several errors as one, so that a user meets all of them at once. One error alone stays as it is. */
export function allOf(problems: readonly UserError[]): UserError {
  const [only, ...more] = problems;
  if (only !== undefined && more.length === 0) return only;
  // One annotation has one location.
  const located = problems.find(({ location, input }) => location ?? input);
  return new UserError(
    {
      code: 'several-problems',
      found: `${problems.length} problems`,
      expected: '',
      fix: '',
      location: located?.location,
      input: located?.input,
    },
    { problems },
  );
}

/** Sentences as one text, for an annotation or the log. Several are numbered blocks, so that a fix is below its problem. */
export function formatTexts(texts: readonly ErrorText[]): string {
  const blocks = texts.map(({ found, expected, fix }) => `${found}\nExpected: ${expected}\nFix: ${fix}`);
  if (blocks.length === 1) return blocks.join();
  return [`${blocks.length} problems were found.`, ...blocks.map((block, n) => `${n + 1}. ${block}`)].join(
    '\n\n',
  );
}

/** An error as one text. */
export const formatError = (error: UserError): string => formatTexts(error.each);

/** The message of anything that can be thrown, its causes included, on one line. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return [...new Set(error.errors.map(messageOf))].join('; ');
  }
  if (error instanceof UserError) return error.found;
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : messageOf(error.cause);
  const own = error.message === '' ? error.name : error.message;
  return cause === '' || own.includes(cause) ? own : `${own}: ${cause}`;
}
