import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { messages, messagesPage } from '../scripts/docs/messages.ts';

/** The text of all files of a folder whose names end so, but for one. */
const textOf = (folder: string, end: string, but: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end) && !name.endsWith(but))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

const source = textOf(join(import.meta.dirname, '..', 'src'), '.ts', 'error-codes.ts');
const tests = textOf(import.meta.dirname, '.test.ts', 'messages.test.ts');

test.each(Object.keys(messages))('%s is an error of the source, and has its row', (code) => {
  expect(source).toContain(`'${code}'`);
  expect(messagesPage()).toContain(`| \`${code}\` |`);
});

test.each(Object.keys(messages))('%s is expected by a test', (code) => expect(tests).toContain(`'${code}'`));

test('the rows are in the order of their codes', () =>
  expect(Object.keys(messages)).toEqual(Object.keys(messages).sort()));
