import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkMessages } from '../scripts/docs/check-messages.ts';
import { messages, rollbackMessages } from '../scripts/docs/messages.ts';
import { messagesPage } from '../scripts/docs/messages-page.ts';
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
