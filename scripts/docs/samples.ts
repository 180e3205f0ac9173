// Samples of the messages that users see, as tests recorded them (__tests__/recorder.ts): one of each wording.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from './message.ts';

/** The messages in a folder of records. */
export const readRecords = (folder: string): Message[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Message => JSON.parse(line)),
    );

/**
 * The wording of a message: its words without values. Numbers, quotations, code, hosts, identifiers and everything below the
 * first lines are values.
 */
export const wordingOf = ({ kind, code, mark, text }: Message): string =>
  [
    kind,
    code,
    mark,
    text
      .replace(/`[^`\n]*`|"[^"\n]*"|“[^”\n]*”|\([^()\n]*\)/g, '·')
      .replace(/\n {2,}.*|\n[-+>|].*/g, '')
      .replace(/\S*[\d/@:·_=<>…][^\s]*|\b[\w-]+-[\w-]+\b/g, '·')
      .replace(/(?:·[\s,]*)+/g, '· ')
      .replace(/\b(?:are|is)\b/g, 'is')
      .replace(/\b(\w+?)s\b/g, '$1'),
  ].join('|');

/** One message of each wording: the shortest, and of these the first in the order of the alphabet. */
export function samplesOf(messages: readonly Message[]): Message[] {
  const best = new Map<string, Message>();
  for (const message of messages) {
    const wording = wordingOf(message);
    const known = best.get(wording);
    if (known === undefined || before(message, known)) best.set(wording, message);
  }
  return [...best.values()].sort(
    (a, b) => compare(a.kind, b.kind) || compare(a.code ?? '', b.code ?? '') || compare(a.text, b.text),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const before = (a: Message, b: Message): boolean =>
  (a.text.length - b.text.length || compare(a.text, b.text)) < 0;
