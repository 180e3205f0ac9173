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
const wordingOf = ({ kind, code, mark, text }: Message): string =>
  [
    kind,
    code,
    mark,
    text
      .slice(0, 1000)
      .replace(/\b[0-9a-f]{7,}\b/g, '·')
      .replace(/`[^`\n]*`|"[^"\n]*"|“[^”\n]*”|\([^()\n]*\)/g, '·')
      .replace(/\n {2,}.*|\n[-+>|].*/g, '')
      .replace(/\S*[\d/@:·_=<>…][^\s]*|\b[\w-]+-[\w-]+\b/g, '·')
      .replace(/(?:·[\s,]*)+/g, '· ')
      .replace(/\b(?:are|is)\b/g, 'is')
      .replace(/\b(\w+?)s\b/g, '$1'),
  ].join('|');

const hostile = /\u200b|\p{Extended_Pictographic}.*<|forged|evil|::|<(?:img|script|a) |x{50}/u;

/** One message of each wording: the shortest, and of these the first in the order of the alphabet. */
export function samplesOf(messages: readonly Message[]): Message[] {
  const best = new Map<string, Message>();
  for (const message of messages) {
    // What tests inject shows nothing to a reader.
    if (hostile.test(message.text)) continue;
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

/** The share of wordings that can differ between two runs of the tests, in which some waits take longer. */
const tolerance = 0.05;

/**
 * How recorded messages differ from those of the page, as sentences; none if the page is up to date. On a slow machine, a run
 * has other lines about waits, so the rule is: of each code, at least half of the wordings are recorded, and of all, 95 %.
 */
export function differencesOf(page: readonly Message[], recorded: readonly Message[]): string[] {
  const [known, seen] = [page, recorded].map((messages) => new Set(messages.map(wordingOf)));
  const missing = page.filter((message) => !seen?.has(wordingOf(message)));
  const added = recorded.filter((message) => !known?.has(wordingOf(message)));
  const codes = Map.groupBy(page, ({ kind, code = '' }) => `${kind} ${code}`);
  const gone = [...codes].filter(
    ([, all]) => all.filter((message) => missing.includes(message)).length > all.length / 2,
  );
  const first = ({ kind, code = '', text }: Message) => `${kind} ${code}: ${text.split('\n')[0]}`;
  const many = [
    ...(missing.length > page.length * tolerance
      ? missing.map((each) => `Not recorded: ${first(each)}`)
      : []),
    ...(added.length > page.length * tolerance ? added.map((each) => `Not in the page: ${first(each)}`) : []),
  ];
  return [...gone.map(([code, all]) => `Not recorded: ${code}: ${all[0]?.text.split('\n')[0]}`), ...many];
}
