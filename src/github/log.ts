import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';
import type { LineLog } from '../lib/line-log.ts';
import { formsOf, withoutSecrets } from '../lib/secret.ts';
import { plainLine } from '../lib/text.ts';
import type { Location } from '../lib/user-error.ts';

/** The step's log and annotations. Every function accepts external text safely. */
export interface Log extends LineLog {
  /** A collapsible part of the log around some work. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Begins every later annotation with the app's name, because GitHub lists those of all jobs of a run together. */
  about(app: string): void;
  notice(text: string): void;
  /** @param location also shows the warning at that line of a file of the repository. */
  warning(text: string, location?: Location): void;
  /** The annotation with the reason why the step failed. `index.ts` sets the exit status. */
  error(text: string, location?: Location): void;
  /** Hides a secret, also as base64, URL-encoded and in JSON, in everything that is printed from now on. */
  mask(secret: string): void;
  /** Hides the secrets in a text that is written to a file: the runner masks only what is printed. */
  hide(text: string): string;
  /**
   * Lets another program write to the log, with the runner's commands disabled meanwhile; `line` writes one of this action's
   * lines in between. Annotations and masks of that time follow at its end.
   */
  fenced<T>(work: (write: (chunk: Buffer) => void, line: (text: string) => void) => Promise<T>): Promise<T>;
}

/**
 * Makes an external text one line that the runner reads as text. The runner accepts `::command::` after leading white space and
 * `##[command]` anywhere in a line (actions/runner, ActionCommand.cs).
 */
export function printable(text: string): string {
  return plainLine(text)
    .replaceAll('##[', '##\u200b[')
    .replace(/^(\s*:)(?=:)/, '$1\u200b');
}

/** The runner cuts annotations after this many UTF-16 units (actions/runner, ExecutionContext.cs, AddIssue). */
const mostOfAnnotation = 4096;

/** How many annotations of each level GitHub shows for a step (actions/toolkit, docs/problem-matchers.md, "Limitations"). */
const mostAnnotations = 10;

/** The most characters of one text in the log: nobody reads more, and a text of line breaks would fill it with empty lines. */
const mostOfText = 64 * 1024;

/** Removes the middle of a text that is too long, because its end contains the fix. */
function shortened(text: string, most: number, where: string): string {
  if (text.length <= most) return text;
  const words = `\n… ${text.length} characters${where} …\n`;
  // A few characters less, because `printable` can add some to the line that begins at the cut.
  const half = Math.floor((most - words.length) / 2) - 8;
  return `${text.slice(0, half)}${words}${text.slice(-half)}`.toWellFormed();
}

/** The log of a step on GitHub's runner. */
export function actionsLog(write: (chunk: Buffer | string) => void): Log {
  // Hides secrets before shortening: the runner would not find half of one.
  const some = (text: string) => (text.length <= mostOfText ? text : shortened(hide(text), mostOfText, ''));
  const lines = (text: string) => some(text).split('\n').map(printable);
  const joined = (text: string) => lines(text).join('\n');
  const at = (location: Location | undefined) =>
    location && { file: printable(location.file), startLine: location.line };
  const secrets = new Set<string>();
  const hide = (text: string) => withoutSecrets(text, secrets);
  let about = '';
  const annotation = (bare: string) => {
    const text = `${about}${bare}`;
    const whole = joined(text);
    // The runner masks the full text, but would not find half a secret, or one that `printable` changed.
    const hidden = joined(hide(text));
    if (whole.length <= mostOfAnnotation) return hidden;
    write(`${whole}\n`);
    return joined(shortened(hidden, mostOfAnnotation, ', more of them in the log above'));
  };
  /** Whether another program has written the beginning of a line. */
  let midLine = false;
  const endLine = () => {
    if (midLine) write('\n');
    midLine = false;
  };
  const line = (text: string) => {
    endLine();
    for (const each of lines(text)) write(`${each}\n`);
  };
  /** Commands that wait for the end of a fence, because the runner would print them; undefined outside of one. */
  let held: (() => void)[] | undefined;
  const command = (issue: () => void) => {
    if (held === undefined) issue();
    else held.push(issue);
  };
  const shown = { Notice: 0, Warning: 0 };
  /** Logs a line instead of an annotation that GitHub would not show. */
  const show = (level: keyof typeof shown, text: string, annotate: (text: string) => void) => {
    if (++shown[level] > mostAnnotations) line(`${level}: ${text}`);
    else command(() => annotate(annotation(text)));
  };
  return {
    line,
    group: (title, work) => core.group(printable(title), work),
    about: (app) => {
      about = `${app}: `;
    },
    notice: (text) => show('Notice', text, core.notice),
    warning: (text, location) => show('Warning', text, (short) => core.warning(short, at(location))),
    error: (text, location) => command(() => core.error(annotation(text), at(location))),
    debug: (text) => command(() => core.debug(printable(text))),
    mask: (secret) => {
      // The runner masks line by line.
      for (const part of secret.split(/\r?\n/).filter((line) => line.trim() !== '')) {
        for (const form of formsOf(part)) {
          if (secrets.has(form)) continue;
          secrets.add(form);
          command(() => core.setSecret(form));
        }
      }
    },
    hide,
    fenced: async (work) => {
      const token = randomUUID();
      write(`::stop-commands::${token}\n`);
      const waiting: (() => void)[] = [];
      held = waiting;
      try {
        return await work((chunk) => {
          if (chunk.length === 0) return;
          midLine = chunk[chunk.length - 1] !== 0x0a;
          write(chunk);
        }, line);
      } finally {
        endLine();
        write(`::${token}::\n`);
        held = undefined;
        for (const issue of waiting) issue();
      }
    },
  };
}
