import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable } from '../src/github/log.ts';
import { joinedLines, plainLine, shortened, withoutTrailing } from '../src/lib/text.ts';
import { block, code, prose, text } from '../src/report/summary/markdown.ts';
import { flowchart } from '../src/report/summary/mermaid.ts';

const nothing: [string, string][] = [
  ['left-to-right mark', '\u200e'],
  ['right-to-left mark', '\u200f'],
  ['Arabic letter mark', '\u061c'],
  ['embedding', '\u202b'],
  ['override', '\u202e'],
  ['isolate', '\u2067'],
  ['zero-width space', '\u200b'],
  ['zero-width joiner', '\u200d'],
  ['word joiner', '\u2060'],
  ['byte order mark', '\ufeff'],
  ['soft hyphen', '\u00ad'],
  ['Hangul filler', '\u3164'],
  ['tag character', '\u{e0041}'],
  ['variation selector', '\u{e0100}'],
  ['interlinear annotation', '\ufff9'],
];
const breaks: [string, string][] = [
  ['line feed', '\n'],
  ['carriage return', '\r'],
  ['vertical tab', '\v'],
  ['form feed', '\f'],
  ['next line', '\u0085'],
  ['line separator', '\u2028'],
  ['paragraph separator', '\u2029'],
  ['null', '\0'],
  ['escape', '\x1b'],
  ['delete', '\x7f'],
  ['control sequence introducer', '\u009b'],
];

describe.each<[string, (outside: string) => string]>([
  ['an output', plainLine],
  ['a line of the log', printable],
  ['code of the summary', code],
  ['a text of the summary', (outside) => text(outside)],
  ['a sentence of the summary', prose],
  ['a block of the summary', (outside) => block(outside).replaceAll('\n', ' ')],
  ['the picture', (outside) => flowchart([{ id: 'm', lines: [outside], look: 'plain' }], [])],
])('%s', (_name, shown) => {
  test.each(nothing)('has no %s', (_kind, character) =>
    expect(shown(`ad${character}min`)).toBe(shown('admin')),
  );
  test.each(breaks)('has a space for a %s', (_kind, character) =>
    expect(shown(`a${character}b`)).toBe(shown('a b')),
  );
});

test('an emoji stays an emoji', () => expect(plainLine('⚠️ \u{1f4a9}')).toBe('⚠️ \u{1f4a9}'));

test('trims the end of a text like the regular expression', () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('/', '.', 'a') }), (each) => {
      expect(withoutTrailing(each, '/')).toBe(each.replace(/\/+$/, ''));
      expect(withoutTrailing(each, './')).toBe(each.replace(/[./]+$/, ''));
    }),
  ));

test('joins lines into one', () => expect(joinedLines('a \n\n  b\nc ')).toBe('a b c'));

test.each([
  ['', 3, ''],
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc…'],
  ['ab😀', 3, 'ab\ufffd…'],
])('%j, shortened to %d characters, is %j', (text, most, expected) =>
  expect(shortened(text, most)).toBe(expected),
);
