/** A line of a file. */
export interface Location {
  /** From the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What a user needs to mend a failed step: three sentences, plain text, no secrets. */
export interface UserErrorParts {
  /** What was seen. */
  readonly found: string;
  /** What was expected instead. */
  readonly expected: string;
  /** What to change: the input, the permission, the YAML line. May have several lines. */
  readonly fix: string;
  /** Where it is to be changed, where that is known. */
  readonly location?: Location | undefined;
  /** The input that it is about, whose place in the workflow is looked for. */
  readonly input?: string | undefined;
}

/**
 * The one error that this action throws on purpose. Anything else that reaches `main` is a bug or a
 * failure of the machine, and is reported as such.
 */
export class UserError extends Error {
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
  readonly location: Location | undefined;
  readonly input: string | undefined;

  constructor(text: UserErrorParts, options?: ErrorOptions) {
    super(`${text.found}\nExpected: ${text.expected}\nTo fix: ${text.fix}`, options);
    this.name = 'UserError';
    this.found = text.found;
    this.expected = text.expected;
    this.fix = text.fix;
    this.location = text.location;
    this.input = text.input;
  }

  #with(changes: Partial<UserErrorParts>): UserError {
    const { found, expected, fix, location, input } = this;
    return new UserError({ found, expected, fix, location, input, ...changes }, { cause: this.cause });
  }

  /** The same, about an input or a place, unless it says already what it is about. */
  at(where: Pick<UserErrorParts, 'location' | 'input'>): UserError {
    return this.location === undefined && (where.location !== undefined || this.input === undefined)
      ? this.#with(where)
      : this;
  }

  /** The same, with what came of it afterwards. */
  after(sentence: string): UserError {
    return this.#with({ found: `${this.found}\n\n${sentence}` });
  }

  /** The same, with more to do about it. */
  advise(sentence: string): UserError {
    return this.#with({ fix: `${this.fix} ${sentence}` });
  }

  /** The same with each of its texts put through a function. */
  map(change: (text: string) => string): UserError {
    return this.#with({
      found: change(this.found),
      expected: change(this.expected),
      fix: change(this.fix),
    });
  }
}

/** Several faults of the same kind as one: a user should meet all faults of the inputs at once. */
export function allOf(faults: readonly UserError[]): UserError {
  const [only, ...more] = faults;
  if (only !== undefined && more.length === 0) return only;
  const list = (pick: (fault: UserError) => string) =>
    faults.map((fault, n) => `(${n + 1}) ${pick(fault)}`).join('\n');
  // One annotation has one place.
  const placed = faults.find(({ location, input }) => location ?? input);
  return new UserError({
    found: `${faults.length} faults.\n${list((fault) => fault.found)}`,
    expected: `\n${list((fault) => fault.expected)}`,
    fix: `\n${list((fault) => fault.fix)}`,
    location: placed?.location,
    input: placed?.input,
  });
}

/** The message of anything that can be thrown, its causes included, on one line. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return [...new Set(error.errors.map(messageOf))].join('; ');
  }
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : messageOf(error.cause);
  const own = error.message === '' ? error.name : error.message;
  return cause === '' || own.includes(cause) ? own : `${own}: ${cause}`;
}
