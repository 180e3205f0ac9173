import { parseDuration } from '../lib/duration.ts';
import type { Program } from '../lib/program.ts';
import { UserError } from '../lib/user-error.ts';

/** What inputs are read from. */
export interface InputSource {
  /** The trimmed text of an input; '' if it was not given (`core.getInput`). */
  readonly input: (name: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file of the workspace as text; undefined if it does not exist. */
  readonly readFile: (path: string) => string | undefined;
  /** What a program's name leads to. */
  readonly lookUpProgram: (name: string) => Program;
}

/** What is expected of an input, and how to fix it. */
interface Advice {
  readonly expected: string;
  readonly fix: string;
  /** Why the value is wrong, to follow it after a colon; without a period. */
  readonly why?: string;
  readonly code?: 'input-invalid' | 'input-conflict';
}

/** Reads inputs one by one and collects their problems, so that the user gets all of them at once. */
export class InputReader {
  readonly problems: UserError[] = [];
  readonly source: InputSource;

  constructor(source: InputSource) {
    this.source = source;
  }

  /** The text of an input; undefined if it was not given. */
  text(name: string): string | undefined {
    return this.source.input(name) || undefined;
  }

  /** Records that an input is wrong, alone or in combination with another. */
  wrong(name: string, { expected, fix, why, code = 'input-invalid' }: Advice): void {
    const reason = why === undefined ? '' : `: ${why}`;
    this.problems.push(
      new UserError({
        code,
        found: `The input \`${name}\` is "${this.source.input(name)}"${reason}.`,
        expected,
        fix,
        input: name,
      }),
    );
  }

  /** Runs a reader that can throw a UserError about an input, and records that error. */
  check<T>(name: string, read: () => T, otherwise: T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.problems.push(error.at({ input: name }));
      return otherwise;
    }
  }

  /** `check` for an asynchronous reader. */
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
    this.wrong(name, {
      expected: '`true` or `false`.',
      fix: `Set \`with: ${name}: true\` or \`with: ${name}: false\`.`,
    });
    return otherwise;
  }

  /** @param zero whether what it limits can take no time. @returns milliseconds. */
  duration(name: string, otherwise: string, zero: 'or zero' | 'not zero' = 'or zero'): number {
    const ms = parseDuration(this.text(name) ?? otherwise);
    if (ms === undefined || (ms === 0 && zero === 'not zero'))
      this.wrong(name, {
        expected: `A duration ${zero === 'not zero' ? 'longer than 0, and ' : ''}of at most 24h with units, such as 20s, 2m, 1m30s${zero === 'not zero' ? '' : ', or 0'}.`,
        fix: `Set a duration, such as \`with: ${name}: ${otherwise}\` (the default).`,
      });
    return ms ?? 0;
  }

  /** One of some words; the first is the default. */
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const text = this.text(name) ?? choices[0];
    const found = choices.find((each) => each === text);
    if (found === undefined)
      this.wrong(name, {
        expected: `One of ${choices.join(', ')}.`,
        fix: `Set one of them, such as \`with: ${name}: ${choices[0]}\` (the default).`,
      });
    return found ?? choices[0];
  }

  /** A text that must match an expression. */
  matching(name: string, form: RegExp, advice: Advice): string | undefined {
    const text = this.text(name);
    if (text !== undefined && !form.test(text)) this.wrong(name, advice);
    return text;
  }
}
