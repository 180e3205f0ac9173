import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { mutants } from '../scripts/mutant-list.ts';

test.each(mutants)('check $check: the source contains the code of "$name" once', ({ file, text, by }) => {
  const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  expect(source.split(text)).toHaveLength(2);
  expect(by).not.toBe(text);
});
