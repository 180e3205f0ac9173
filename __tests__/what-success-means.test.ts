import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { messages } from '../scripts/docs/messages.ts';
import { isBad } from '../src/deploy/production.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { UserError } from '../src/lib/user-error.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/what-success-means.md'), 'utf8');
/** The rows of the section with this heading, cell by cell. */
const rowsOf = (heading: string) =>
  (page.split(`## ${heading}\n`)[1] ?? '')
    .split(/^## /m)[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ) ?? [];
const codesIn = (text: string) => [...text.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code]) => code ?? '');
const known = (code: string): code is ErrorCode => Object.hasOwn(messages, code);

/** Codes that the verification throws, from its source. */
const thrown = ['errors', 'health']
  .map((name) => readFileSync(join(import.meta.dirname, `../src/verify/${name}.ts`), 'utf8'))
  .flatMap((source) => [...source.matchAll(/code: '([a-z-]+)'/g)].map(([, code]) => code ?? ''));

test('the page lists every error of the verification, except what bluegreen leaves behind', () => {
  const named = new Set(codesIn(page));
  expect([...new Set(thrown)].filter((code) => !named.has(code))).toEqual(['bluegreen-unfinished']);
});

test('each code in the columns of failures exists', () => {
  const cells = [
    'Which machines count',
    'What each machine must show',
    'How long',
    'Whether the list is complete',
  ]
    .flatMap(rowsOf)
    .slice(1)
    .map((row) => row[2] ?? '');
  const codes = cells.flatMap(codesIn).filter((code) => /^(?:machines|containers|deploy|health)-/.test(code));
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !known(code))).toEqual([]);
});

test('failures that are not the app’s are exactly those that are never rolled back', () => {
  const codes = rowsOf('What is not a failure of the app').flatMap((row) => codesIn(row[1] ?? ''));
  expect(codes.length).toBeGreaterThan(5);
  for (const code of codes) {
    if (!known(code)) throw new Error(`${code} is not an error`);
    expect([code, isBad(new UserError({ code, found: '', expected: '', fix: '' }))]).toEqual([code, false]);
  }
});
