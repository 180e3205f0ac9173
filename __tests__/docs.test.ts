import { describe, expect, test } from '@jest/globals';
import { brokenLinks, codeOf, difference } from '../scripts/docs/pages.ts';
import { read } from '../scripts/docs/workflows.ts';

const page =
  '# One\n\n## Two\n\n| a | b |\n| --- | --- |\n| c | d |\n\n- e\n- f\n\n```yaml\na: 1 # says why\n# and more\nb: "#2"\n```\n';

describe('two languages', () => {
  test('are the same where only words and comments differ', () => {
    const other = page
      .replace('One', '一')
      .replace('Two', '二')
      .replace('| c | d |', '| 三 | 四 |')
      .replace('says why', '说明原因')
      .replace('# and more\n', '');
    expect(difference(page, other)).toBeUndefined();
  });

  test.each<[string, string, string, [string, string]]>([
    ['a heading’s level', '## Two', '### Two', ['a heading of level 2', 'a heading of level 3']],
    ['a row', '| c | d |\n', '| c | d |\n| e | f |\n', ['a table of 1 × 2', 'a table of 2 × 2']],
    ['an item', '- f\n', '', ['a list of 2', 'a list of 1']],
    ['a line of code', 'a: 1', 'a: 2', ['code in yaml:\na: 1\nb: "#2"', 'code in yaml:\na: 2\nb: "#2"']],
    [
      'a value with a number sign',
      '"#2"',
      '"#3"',
      ['code in yaml:\na: 1\nb: "#2"', 'code in yaml:\na: 1\nb: "#3"'],
    ],
  ])('differ in %s', (_name, from, to, differ) => {
    expect(difference(page, page.replace(from, to))).toEqual(differ);
  });

  test('differ where one goes on', () => {
    expect(difference(page, `${page}\n## More\n`)).toEqual(['nothing more', 'a heading of level 2']);
  });
});

test.each([
  ['[a](README.md)', []],
  ['[a](https://example.com/x#y) [b](mailto:x@example.com)', []],
  ['# Häuser, `a` & b\n\n[a](#häuser-a--b)', []],
  ['## 多个应用，同一个 digest\n\n[a](#多个应用同一个-digest)', []],
  ['# a\n# a\n\n[a](#a-1)', []],
  ['- in a list [a](#nowhere)', ['x.md: #nowhere leads to no heading of x.md']],
  [
    '| [a](gone.md) |\n| --- |\n| [b](gone.yml) |',
    ['x.md: gone.md leads to no file', 'x.md: gone.yml leads to no file'],
  ],
  ['[a](README.md#nowhere)', ['x.md: README.md#nowhere leads to no heading of README.md']],
])('links of %j', (text, broken) => {
  expect(brokenLinks('x.md', text)).toEqual(broken);
});

test('the README’s first workflow is the first example', () => {
  const bare = (text: string) =>
    text
      .split('\n')
      .filter((line) => !/^\s*(?:#|$)/.test(line))
      .join('\n');
  const example = bare(read('examples/build-then-deploy.yml'));
  const shown = codeOf(read('README.md')).map(({ text }) => bare(text));
  expect(shown).toContain(example);
});
