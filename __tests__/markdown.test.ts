import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { block, code, link, table } from '../src/report/summary/markdown.ts';
import { flowchart } from '../src/report/summary/mermaid.ts';

const nasty = fc.array(
  fc.constantFrom(
    ...'<>&"\'`|\\*_[]()#~!@:/-=\n\r\t \u202e',
    '<script>',
    '</code>',
    '](x)',
    '![i](u)',
    '```',
    '| |',
    '@user',
    'http://x',
    '<!--',
    '$$',
    'abc',
  ),
  { maxLength: 20 },
);
const text = fc.oneof(
  nasty.map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }),
);

/** The tags and the text of HTML. */
const tags = (html: string) => [...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, name]) => name);

test('code is always code', () => {
  fc.assert(
    fc.property(text, (outside) => {
      const html = marked.parseInline(`before ${code(outside)} after`) as string;
      for (const tag of tags(html)) expect(tag).toBe('code');
      expect(code(outside)).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 1000 },
  );
});

test('code in a table stays in its cell', () => {
  fc.assert(
    fc.property(text, (outside) => {
      const html = marked.parse(table(['a', 'b'], [[code(outside), 'x']])) as string;
      expect(tags(html).filter((tag) => tag === 'td')).toHaveLength(4);
      expect(new Set(tags(html))).toEqual(
        new Set(['table', 'thead', 'tbody', 'tr', 'th', 'td', ...(code(outside) === '' ? [] : ['code'])]),
      );
    }),
    { numRuns: 1000 },
  );
});

test('a block is always preformatted text', () => {
  fc.assert(
    fc.property(text, (outside) => {
      const html = marked.parse(`${block(outside)}\n\nafter`) as string;
      expect(new Set(tags(html))).toEqual(new Set(['pre', 'p']));
    }),
    { numRuns: 1000 },
  );
});

test('plain code is in backticks, and other code is in entities', () => {
  expect(code('ghcr.io/owner/repo:main-abc1234')).toBe('`ghcr.io/owner/repo:main-abc1234`');
  expect(code('a|b')).toBe('<code>a&#124;b</code>');
  expect(code('')).toBe('');
  expect(code('\u001b[31mred\u001b[0m')).toBe('`red`');
});

test('a link’s target cannot end the link', () => {
  const html = marked.parseInline(link('run', 'https://github.com/o/r) [x](javascript:1) <b> "')) as string;
  expect(tags(html)).toEqual(['a', 'a']);
  expect(link('run', 'https://h/a b')).toBe('[run](https://h/a%20b)');
});

test('a link in a table stays in its cell', () => {
  const html = marked.parse(table(['a', 'b'], [[link('run', 'https://h/|~ ~|'), 'x']])) as string;
  expect(tags(html).filter((tag) => ['td', 'a', 'del'].includes(tag ?? ''))).toEqual([
    ...['td', 'a', 'a', 'td', 'td', 'td'],
  ]);
});

test('a Mermaid label contains only letters, digits, a few signs and entity codes', () => {
  fc.assert(
    fc.property(text, (outside) => {
      const chart = flowchart(
        [{ id: 'a', lines: [outside], look: 'plain' }],
        [{ from: 'a', to: 'a', label: outside }],
      );
      const [, node = '', edge = ''] = /^ {2}a\["(.*)"\]:::plain\n {2}a -->\|"(.*)"\| a$/m.exec(chart) ?? [];
      for (const label of [node, edge]) expect(label).toMatch(/^(?:[A-Za-z0-9 ./@-]|#\d+;)*$/);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['  machine a\n    its image\n  machine b', 'machine a\n  its image\nmachine b'],
  ['\n\n  a\n\n  b\n', 'a\n\nb'],
  ['concurrency:\n  group: x', 'concurrency:\n  group: x'],
  ['', ''],
])('lines keep their indentation among each other: %j', (text, shown) =>
  expect(block(text)).toBe(`<pre>${shown}</pre>`),
);
