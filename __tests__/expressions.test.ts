import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { expressionsIn, slowTextFor } from './expressions.ts';

// The expressions in src/ match tags, labels, error pages and other text from outside. If the time of one grew with the
// square of a text's length, a label of a megabyte could stop the process.

const src = join(import.meta.dirname, '..', 'src');
const modules = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(src, name), 'utf8') }));

test('finds every expression in a source, and nothing else', () => {
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
])('%s is found to be slow', (source, flags) => expect(slowTextFor(new RegExp(source, flags))).toBeDefined());

test('no expression takes quadratic time', () => {
  const slow = modules.flatMap(({ name, text }) =>
    expressionsIn(text).flatMap((each) => {
      const found = slowTextFor(each);
      return found === undefined ? [] : [`${name}: ${each} of ${found}`];
    }),
  );
  expect(slow).toEqual([]);
}, 120_000);

test('expressions made at run time contain only text from the source', () =>
  expect(modules.filter(({ text }) => text.includes('new RegExp(')).map(({ name }) => name)).toEqual([
    'doctor/called.ts',
    'registry/metadata-lines.ts',
  ]));
