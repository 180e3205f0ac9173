import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { expressionsIn, slowTextFor } from './expressions.ts';

// Tags, labels, error pages and the rest of what somebody else writes is matched with the expressions of src/. One whose
// time grows with the square of a text's length lets a label of a megabyte stop the process.

const src = join(import.meta.dirname, '..', 'src');
const modules = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(src, name), 'utf8') }));

test('expressions are found where they stand, and nothing else is one', () => {
  const module = [
    'const a = 6 / 2 / 3; // and /not this/',
    'const b = "/nor/".split(/[/"]+/g);',
    'const c = `/text/ ${[a].map((x) => `${x}`.replace(/\\s+/g, "}")).join()} ${a / 2} /text/`;',
    'const d = (x) => { return /last/i.test(x); };',
    '/* /comment/ */',
  ].join('\n');
  expect(expressionsIn(module).map(String)).toEqual(['/[/"]+/g', '/\\s+/g', '/last/i']);
  expect(modules.flatMap(({ text }) => expressionsIn(text)).length).toBeGreaterThan(200);
});

test.each([
  ['/+$', ''],
  ['<[^>]*>', 'g'],
  ['\\s*\\n\\s*', 'g'],
  ['\\.+$', ''],
  ['\\$\\{\\{(.*?)\\}\\}', 'gs'],
  ['<([^>]*)>\\s*;[^,]*\\brel="?next"?', ''],
])('%s is known for slow', (source, flags) => expect(slowTextFor(new RegExp(source, flags))).toBeDefined());

test('no expression takes the square of a text’s length', () => {
  const slow = modules.flatMap(({ name, text }) =>
    expressionsIn(text).flatMap((each) => {
      const found = slowTextFor(each);
      return found === undefined ? [] : [`${name}: ${each} of ${found}`];
    }),
  );
  expect(slow).toEqual([]);
}, 120_000);

test('expressions that are made while the action runs are made of our own words', () =>
  expect(modules.filter(({ text }) => text.includes('new RegExp(')).map(({ name }) => name)).toEqual([
    'doctor/called.ts',
    'registry/metadata-lines.ts',
  ]));
