/** A line of a file. */
export interface Place {
  /** From the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What a user needs to mend a failed step: three sentences, plain text, no secrets. */
export interface FaultText {
  /** What was seen. */
  readonly seen: string;
  /** What was expected instead. */
  readonly expected: string;
  /** What to change: the input, the permission, the YAML line. May have several lines. */
  readonly change: string;
  /** Where it is to be changed, where that is known. */
  readonly place?: Place | undefined;
  /** The input that it is about, whose place in the workflow is looked for. */
  readonly input?: string | undefined;
}

/**
 * The one error that this action throws on purpose. Anything else that reaches `main` is a bug or a
 * failure of the machine, and is reported as such.
 */
export class Fault extends Error {
  readonly seen: string;
  readonly expected: string;
  readonly change: string;
  readonly place: Place | undefined;
  readonly input: string | undefined;

  constructor(text: FaultText, options?: ErrorOptions) {
    super(`${text.seen}\nExpected: ${text.expected}\nTo fix: ${text.change}`, options);
    this.name = 'Fault';
    this.seen = text.seen;
    this.expected = text.expected;
    this.change = text.change;
    this.place = text.place;
    this.input = text.input;
  }

  #with(changes: Partial<FaultText>): Fault {
    const { seen, expected, change, place, input } = this;
    return new Fault({ seen, expected, change, place, input, ...changes }, { cause: this.cause });
  }

  /** The same, about an input or a place, unless it says already what it is about. */
  at(where: Pick<FaultText, 'place' | 'input'>): Fault {
    return this.place === undefined && (where.place !== undefined || this.input === undefined)
      ? this.#with(where)
      : this;
  }

  /** The same, with what came of it afterwards. */
  after(sentence: string): Fault {
    return this.#with({ seen: `${this.seen}\n\n${sentence}` });
  }

  /** The same, with more to do about it. */
  advise(sentence: string): Fault {
    return this.#with({ change: `${this.change} ${sentence}` });
  }

  /** The same with each of its texts put through a function. */
  map(change: (text: string) => string): Fault {
    return this.#with({
      seen: change(this.seen),
      expected: change(this.expected),
      change: change(this.change),
    });
  }
}

/** Several faults of the same kind as one: a user should meet all faults of the inputs at once. */
export function allOf(faults: readonly Fault[]): Fault {
  const [only, ...more] = faults;
  if (only !== undefined && more.length === 0) return only;
  const list = (pick: (fault: Fault) => string) =>
    faults.map((fault, n) => `(${n + 1}) ${pick(fault)}`).join('\n');
  // One annotation has one place.
  const placed = faults.find(({ place, input }) => place ?? input);
  return new Fault({
    seen: `${faults.length} faults.\n${list((fault) => fault.seen)}`,
    expected: `\n${list((fault) => fault.expected)}`,
    change: `\n${list((fault) => fault.change)}`,
    place: placed?.place,
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
