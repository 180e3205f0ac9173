import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { messages, messagesPage } from '../scripts/docs/messages.ts';

const src = join(import.meta.dirname, '..', 'src');
const source = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('error-codes.ts'))
  .map((name) => readFileSync(join(src, name), 'utf8'))
  .join('\n');

test.each(Object.keys(messages))('%s is an error of the source, and has its row', (code) => {
  expect(source).toContain(`'${code}'`);
  expect(messagesPage()).toContain(`| \`${code}\` |`);
});

test('the rows are in the order of their codes', () =>
  expect(Object.keys(messages)).toEqual(Object.keys(messages).sort()));
