import { capitalized, mostOfLabel } from './text.ts';
import { messageOf, UserError } from './user-error.ts';

/**
 * Reads untrusted JSON: each field is read by its path and type, and a missing or malformed one is a UserError that names the
 * path.
 */
export class Json {
  readonly value: unknown;
  /** Path of this value, e.g. `workflow_run.head_sha`; '' for the root. */
  readonly path: string;
  /** What is being read, for messages, e.g. `the event's payload`. */
  readonly what: string;

  constructor(value: unknown, what: string, path = '') {
    this.value = value;
    this.what = what;
    this.path = path;
  }

  /** The value under a key; undefined for anything but an object. Inherited names are not keys. */
  get(key: string): Json {
    const { value } = this;
    const own = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return new Json(
      own ? (value as Record<string, unknown>)[key] : undefined,
      this.what,
      `${this.path}${this.path && '.'}${key}`,
    );
  }

  /** The elements of an array; of anything else, none. */
  items(): Json[] {
    return Array.isArray(this.value)
      ? this.value.map((each, n) => new Json(each, this.what, `${this.path}[${n}]`))
      : [];
  }

  /** Own keys and values of an object that are strings, such as labels, each cut to 1 KiB; of anything else, none. */
  strings(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    if (typeof this.value !== 'object' || this.value === null) return found;
    for (const [key, text] of Object.entries(this.value))
      if (typeof text === 'string') found.set(key, text.slice(0, mostOfLabel));
    return found;
  }

  /** The one of `strings` with this key: without the others, of which thousands of machines have many. */
  string(key: string): string | undefined {
    const { value } = this.get(key);
    return typeof value === 'string' ? value.slice(0, mostOfLabel) : undefined;
  }

  /** @throws UserError unless it is a string that is not empty. */
  text(): string {
    if (typeof this.value !== 'string' || this.value === '') throw this.error('A non-empty string');
    return this.value;
  }

  /** The string, or undefined for anything else and for ''. */
  maybeText(): string | undefined {
    return typeof this.value === 'string' && this.value !== '' ? this.value : undefined;
  }

  /** @throws UserError unless it is a whole number. */
  integer(): number {
    if (typeof this.value !== 'number' || !Number.isSafeInteger(this.value))
      throw this.error('A whole number');
    return this.value;
  }

  /** The number, or undefined for anything else. */
  maybeNumber(): number | undefined {
    return typeof this.value === 'number' && Number.isFinite(this.value) ? this.value : undefined;
  }

  /** A text's time, e.g. `2026-11-24T08:00:00Z`, in milliseconds since 1970; undefined for anything else. */
  maybeTime(): number | undefined {
    const time = Date.parse(this.maybeText() ?? '');
    return Number.isNaN(time) ? undefined : time;
  }

  error(expected: string): UserError {
    const seen = this.value === undefined ? 'is missing' : `is ${JSON.stringify(this.value)?.slice(0, 120)}`;
    return new UserError({
      code: 'field-invalid',
      found: `In ${this.what}, ${this.path === '' ? 'the content' : `\`${this.path}\``} ${seen}.`,
      expected: `${expected}.`,
      fix: `Check what writes ${this.what}.`,
    });
  }
}

/**
 * @param secret set if the text contains secrets, so that the error does not quote it.
 * @throws UserError when the text is not a JSON object.
 */
export function parseJsonObject(text: string, what: string, secret?: 'secret'): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      {
        code: 'json-invalid',
        found: `${capitalized(what)} is not valid JSON${secret ? '' : `: ${messageOf(error)}`}.`,
        expected: 'One JSON object.',
        fix: `Check what writes ${what}.`,
      },
      secret ? {} : { cause: error },
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError({
      code: 'json-invalid',
      found: `${capitalized(what)} is ${Array.isArray(value) ? 'an array' : secret ? 'not an object' : JSON.stringify(value)?.slice(0, 80)}.`,
      expected: 'One JSON object.',
      fix: `Check what writes ${what}.`,
    });
  }
  return new Json(value, what);
}
