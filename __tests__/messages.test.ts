import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkMessages } from '../scripts/docs/check-messages.ts';
import type { Message } from '../scripts/docs/message.ts';
import { messages, recordMessages, rollbackMessages } from '../scripts/docs/messages.ts';
import { messagesPage } from '../scripts/docs/messages-page.ts';
import { differencesOf, samplesOf } from '../scripts/docs/samples.ts';
import { isCheckCode } from '../src/report/check-codes.ts';

/** The text of all files in a folder whose names end like this, except some. */
const textOf = (folder: string, end: string, ...but: string[]): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end) && !but.some((other) => name.endsWith(other)))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

const source = textOf(join(import.meta.dirname, '..', 'src'), '.ts', 'error-codes.ts', 'check-codes.ts');

/** What the tests expect, without comments and without the errors and findings that they create themselves. */
const tests = textOf(import.meta.dirname, '.test.ts', 'messages.test.ts', 'outcome.test.ts')
  .replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*/g, '')
  .replace(/new UserError\(\{[^}]*\}|\{ area: [^}]*\}/g, '');

/** Whether a code is an argument, an element or a value in the tests. In a sentence it does not count. */
const isExpected = (code: string): boolean => new RegExp(`[[(,:?|]\\s*'${code}'\\s*[\\]),:;}]`).test(tests);

describe.each([
  ['an error', Object.keys(messages)],
  ['a finding of the doctor', Object.keys(checkMessages)],
  ['a failed deploy that is not rolled back', Object.keys(rollbackMessages)],
  ['a deployment record that is not written', Object.keys(recordMessages)],
])('codes of %s', (_what, codes) => {
  test.each(codes)('%s is in the source and has a row on the page', (code) => {
    expect(source).toContain(`'${code}'`);
    expect(messagesPage()).toMatch(new RegExp(`^### \`${code}\`$|^\\| \`${code}\` \\|`, 'm'));
  });

  test.each(codes)('%s is expected by a test', (code) => expect(isExpected(code)).toBe(true));

  test('are sorted', () => expect(codes).toEqual([...codes].sort()));
});

test('no code is both an error and a finding', () =>
  expect(Object.keys(messages).filter(isCheckCode)).toEqual([]));

describe('the page and recorded messages', () => {
  const error = (code: string, text: string): Message => ({ kind: 'error', code, text });
  const page = [
    error('app-missing', 'There is no app "a", and 2 others.'),
    error('app-invalid', 'Not valid.'),
    error('app-invalid', 'Not an app.'),
    ...Array.from({ length: 40 }, (_, n): Message => ({ kind: 'line', text: `Line ${'x'.repeat(n + 1)}` })),
  ];

  test.each<[string, readonly Message[]]>([
    ['the same', page],
    ['other values', page.map((each) => ({ ...each, text: each.text.replace('"a", and 2', '"b", and 17') }))],
    ['one of two wordings of a code', page.slice(0, 2).concat(page.slice(3))],
    ['a line more', [...page, { kind: 'line', text: 'Waiting for it' }]],
  ])('agree with %s', (_name, recorded) => expect(differencesOf(page, recorded)).toEqual([]));

  test.each<[string, readonly Message[], number]>([
    ['another wording of the only message of a code', [error('app-missing', 'No app.'), ...page.slice(1)], 1],
    ['no message of a code', page.slice(1), 1],
    ['many lines fewer', page.slice(0, 20), 24],
    ['many lines more', [...page, ...page.map(({ text }): Message => ({ kind: 'notice', text }))], 43],
  ])('differ with %s', (_name, recorded, count) => expect(differencesOf(page, recorded)).toHaveLength(count));

  test('a sample of a wording is its shortest message, and none that a test injects', () => {
    const all = ['First: main', 'Run 12 of 300', 'Run 1 of 3', 'Run ::error::x of 3'].map(
      (text): Message => ({ kind: 'line', text }),
    );
    expect(samplesOf(all).map(({ text }) => text)).toEqual(['First: main', 'Run 1 of 3']);
  });
});
