import { parseDuration } from '../lib/duration.ts';
import { UserError } from '../lib/user-error.ts';

/** Where inputs come from. */
export interface InputSource {
  /** The trimmed text of an input, '' when it was not given (`core.getInput`). */
  readonly input: (name: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file of the workspace as text, undefined when there is none. */
  readonly readFile: (path: string) => string | undefined;
}

/** Reads inputs one by one and collects what is wrong with them, so that a user meets all of it at once. */
export class InputReader {
  readonly problems: UserError[] = [];
  readonly source: InputSource;

  constructor(source: InputSource) {
    this.source = source;
  }

  /** The text of an input, undefined when it was not given. */
  text(name: string): string | undefined {
    return this.source.input(name) || undefined;
  }

  /** Notes that an input is wrong, by itself or beside another. */
  wrong(name: string, expected: string, code: 'input-invalid' | 'input-conflict' = 'input-invalid'): void {
    this.problems.push(
      new UserError({
        code,
        found: `The input \`${name}\` is "${this.source.input(name)}".`,
        expected,
        fix: `\`with: ${name}:\``,
        input: name,
      }),
    );
  }

  /** Does what may throw a UserError about an input, and notes it. */
  check<T>(name: string, read: () => T, otherwise: T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.problems.push(error.at({ input: name }));
      return otherwise;
    }
  }

  /** The same of what takes time. */
  async checkLater<T>(name: string, read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await read();
    } catch (error) {
      return this.check(
        name,
        () => {
          throw error;
        },
        otherwise,
      );
    }
  }

  /** `true` or `false` by YAML 1.2's core schema, as core.getBooleanInput reads it. */
  flag(name: string, otherwise: boolean): boolean {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    if (/^(?:true|True|TRUE)$/.test(text)) return true;
    if (/^(?:false|False|FALSE)$/.test(text)) return false;
    this.wrong(name, 'true or false.');
    return otherwise;
  }

  /** @returns milliseconds. */
  duration(name: string, otherwise: string): number {
    const ms = parseDuration(this.text(name) ?? otherwise);
    if (ms === undefined)
      this.wrong(name, 'a duration with units and of at most 24h, e.g. 20s, 2m, 1m30s, or 0.');
    return ms ?? 0;
  }

  /** One of some words; the first is the default. */
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const text = this.text(name) ?? choices[0];
    const found = choices.find((each) => each === text);
    if (found === undefined) this.wrong(name, `one of ${choices.join(', ')}.`);
    return found ?? choices[0];
  }

  /** A text of one form. */
  matching(name: string, form: RegExp, expected: string): string | undefined {
    const text = this.text(name);
    if (text !== undefined && !form.test(text)) this.wrong(name, expected);
    return text;
  }
}
