// docs/messages.md: every message of the action. When each occurs is in messages.ts; its text is a sample that a test
// recorded from a real run (docs/messages.json, written by `npm run messages`).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../src/report/summary/markdown.ts';
import { checkMessages } from './check-messages.ts';
import type { Message } from './message.ts';
import { messages, recordMessages, rollbackMessages } from './messages.ts';

export const samplesFile = 'docs/messages.json';

const samples = (): readonly Message[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', samplesFile), 'utf8'));

/** A text as a block of code: with a longer fence than any in the text. */
function block(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}

/** A code, when it occurs, and its texts: the first one open. */
function section(code: string, when: string, texts: readonly string[]): string {
  const [first, ...more] = texts;
  const others =
    more.length === 0
      ? []
      : [`<details><summary>${more.length} more</summary>\n\n${more.map(block).join('\n\n')}\n\n</details>`];
  return [`### \`${code}\``, when, ...(first === undefined ? [] : [block(first)]), ...others].join('\n\n');
}

/** A table of codes, and when each occurs. */
const codes = (each: Readonly<Record<string, string>>): string =>
  table(
    ['Code', 'When it occurs'],
    Object.entries(each).map(([code, when]) => [`\`${code}\``, when]),
  );

/** The page of all messages. */
export function messagesPage(all: readonly Message[] = samples()): string {
  const of = (kind: Message['kind']) => all.filter((message) => message.kind === kind);
  const textsOf = (kind: Message['kind'], code: string) =>
    of(kind)
      .filter((message) => message.code === code)
      .map(({ text }) => text);
  const sections = (kind: 'error' | 'finding', each: Readonly<Record<string, string>>) =>
    Object.entries(each).map(([code, when]) => section(code, when, textsOf(kind, code)));
  const list = (kind: Message['kind']) => of(kind).map(({ text }) => block(text));
  return `${[
    '# Messages',
    'Every message that this action writes, as recorded by its tests. Names, commits and digests are samples. With [debug logging](https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging), the log also shows the code of an error or finding. In annotations, each text begins with the app’s name.',
    '[Errors](#errors) · [Warnings](#warnings) · [Notices](#notices) · [Log lines](#log-lines) · [Headings of the job summary](#headings-of-the-job-summary) · [Findings of the doctor](#findings-of-the-doctor) · [Failed deploys that are not rolled back](#failed-deploys-that-are-not-rolled-back) · [Deployment records that are not written](#deployment-records-that-are-not-written)',
    '## Errors',
    ...sections('error', messages),
    '## Warnings',
    ...list('warning'),
    '## Notices',
    ...list('notice'),
    '## Log lines',
    block(
      of('line')
        .map(({ text }) => text)
        .join('\n'),
    ),
    '## Headings of the job summary',
    ...of('heading').map(({ text }) => `- ${text}`),
    '## Findings of the doctor',
    'Each finding has one of these codes, or the code of the error that would make a deploy fail.',
    ...sections('finding', checkMessages),
    '## Failed deploys that are not rolled back',
    'With `rollback: true`, debug logging shows one of these reasons if a failed deploy is not rolled back.',
    codes(rollbackMessages),
    '## Deployment records that are not written',
    'With `deployment-record`, debug logging shows one of these reasons beside its notice.',
    codes(recordMessages),
  ].join('\n\n')}\n`;
}
