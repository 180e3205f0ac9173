import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  byDependency,
  bytesByPlace,
  dependenciesFile,
  faultsOfDependencies,
  withSizes,
} from '../scripts/docs/dependencies.ts';
import { faultsOfGroups, groups } from '../scripts/docs/inputs.ts';
import {
  brokenLinks,
  codeOf,
  difference,
  faultsOfLength,
  relativeLinks,
  wordsOf,
} from '../scripts/docs/pages.ts';
import { read, users } from '../scripts/docs/workflows.ts';
import { examples, workflowFiles } from './workflows.ts';

const page =
  '# One\n\n## Two\n\n| a | b |\n| --- | --- |\n| c | d |\n\n- e\n- f\n\n```yaml\na: 1 # says why\n# and more\nb: "#2"\n```\n';

describe('two languages', () => {
  test('match if only words and comments differ', () => {
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

  test('differ if one goes on', () => {
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
  ['[a](https://github.com/deploy-fly-image/deploy-fly-image/blob/main/README.md#quick-start)', []],
  [
    '<img src="https://raw.githubusercontent.com/deploy-fly-image/deploy-fly-image/main/gone.png">',
    [
      'x.md: https://raw.githubusercontent.com/deploy-fly-image/deploy-fly-image/main/gone.png leads to no file',
    ],
  ],
])('links of %j', (text, broken) => {
  expect(brokenLinks('x.md', text)).toEqual(broken);
});

test('the README has no link that leads nowhere on the Marketplace', () => {
  expect(relativeLinks('README.md', read('README.md'))).toEqual([]);
  const page = '[a](docs/x.md) [b](#c) [d](https://e.example) <img src="f.png"> ![g](/h.png)';
  expect(relativeLinks('x.md', page).map((each) => each.split(' ')[1])).toEqual([
    'docs/x.md',
    'f.png',
    '/h.png',
  ]);
});

describe('the length of the README', () => {
  const text = read('README.md');

  test('is within its limits', () => expect(faultsOfLength('README.md', text)).toEqual([]));

  test('counts all words like wc, and separately those outside tables and code', () =>
    expect(
      wordsOf('# One two\n\n| a | b |\n| --- | --- |\n\n```sh\nrun it\n```\n\n- three `four`\n'),
    ).toEqual({
      all: 20,
      prose: 6,
    }));

  test('does not change when a release pins the examples', () => {
    const example = (ref: string) => `word\n\n   \`\`\`yaml\n   - uses: owner/repo@${ref}\n   \`\`\`\n`;
    expect(wordsOf(example(`${'a'.repeat(40)} # v1.10.0`))).toEqual(wordsOf(example('v1')));
  });

  test.each([
    [
      'prose',
      'word '.repeat(1_501),
      ['x.md has 1501 words outside of tables and code, more than 1500: cut 1'],
    ],
    ['code', `\`\`\`\n${'word '.repeat(3_201)}\n\`\`\``, ['x.md has 3203 words, more than 3200: cut 3']],
  ])('fails with too much %s', (_name, long, found) =>
    expect(faultsOfLength('x.md', long)).toEqual(found.map((each) => `${each}, or move some to docs/`)),
  );
});

describe('the groups of inputs', () => {
  const part = { description: 'x' };
  const parts = Object.fromEntries(groups.flatMap(({ inputs }) => inputs.map((name) => [name, part])));
  const source = groups.map(({ en }) => `  # ${en}\n`).join('');

  test('are those of action.yml', () => expect(faultsOfGroups(parts, source)).toEqual([]));

  test.each([
    ['is in none', { ...parts, new: part }, 'new has to be in one group'],
    [
      'is gone',
      Object.fromEntries(Object.entries(parts).filter(([name]) => name !== 'app')),
      'app is not an input of action.yml',
    ],
  ])('fail if an input %s', (_name, changed, fault) =>
    expect(faultsOfGroups(changed, source)[0]).toBe(`scripts/docs/inputs.ts: ${fault}`),
  );

  test.each([
    ['another order', Object.fromEntries(Object.entries(parts).reverse()), source],
    ['no heading for one', parts, source.replace('  # Image\n', '')],
  ])('fail if action.yml has %s', (_name, changed, text) =>
    expect(faultsOfGroups(changed, text)).toEqual([
      'action.yml: its inputs do not have the order and the headings of scripts/docs/inputs.ts',
    ]),
  );
});

/** A workflow without its comments and empty lines. */
const bare = (text: string) =>
  text
    .split('\n')
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .join('\n');

test.each([
  ['README.md', 'build-then-deploy.yml'],
  ['docs/two-workflows.md', 'build.yml'],
  ['docs/two-workflows.md', 'deploy-after-build.yml'],
])('%s shows examples/%s', (file, example) => {
  const shown = codeOf(read(file)).map(({ text }) => bare(text));
  expect(shown).toContain(bare(read(`examples/${example}`)));
});

test('who sets up flyctl gets the version that is tested, on a Node that GitHub still runs', () => {
  const { version } = JSON.parse(read('src/fly/flyctl/pinned.json'));
  const setups = [...workflowFiles(), ...examples()]
    .filter(({ name }) => !name.startsWith('docs/migration'))
    .flatMap(({ text }) => [...users(parse(text))])
    .filter(({ uses }) => uses.startsWith('superfly/flyctl-actions/'));
  expect(setups.length).toBeGreaterThanOrEqual(4);
  for (const { uses, with: given } of setups)
    expect([uses, given]).toEqual(['superfly/flyctl-actions/setup-flyctl@1.6', { version }]);
});

describe('the page of dependencies', () => {
  const text = read(dependenciesFile);
  const packageJson = JSON.parse(read('package.json'));

  test('names exactly the packages of package.json', () => {
    expect(faultsOfDependencies(text, packageJson)).toEqual([]);
  });

  test.each([
    [
      'a dependency is new',
      { dependencies: { ...packageJson.dependencies, left: '1' } },
      'left of the dependencies has no row',
    ],
    [
      'a dependency is missing',
      { dependencies: { ...packageJson.dependencies, yaml: undefined } },
      'yaml is not one of the dependencies',
    ],
    [
      'a tool is new',
      { devDependencies: { ...packageJson.devDependencies, left: '1' } },
      'left of the devDependencies has no row',
    ],
    [
      'a tool is missing',
      { devDependencies: { ...packageJson.devDependencies, jest: undefined } },
      'jest is not one of the devDependencies',
    ],
  ])('fails when %s', (_name, changes, fault) => {
    const changed = JSON.parse(JSON.stringify({ ...packageJson, ...changes }));
    expect(faultsOfDependencies(text, changed)).toEqual([`${dependenciesFile}: ${fault}`]);
  });

  test('counts the bytes of each package’s modules, and those of shared ones separately', () => {
    const bundle = [
      'import x;',
      '/***/ 1:',
      '/***/ (() => {',
      'own',
      ';// CONCATENATED MODULE: ./node_modules/a/index.js',
      'a',
      ';// CONCATENATED MODULE: ./build/main.js',
      'own',
      '/***/ }),',
      '/***/ 2:',
      'of @b/b',
      '/***/ 3:',
      'only for a',
      '/***/ 4:',
      'for both',
    ].join('\n');
    const places = bytesByPlace(bundle, [
      { id: 1, name: './build/index.js + 2 modules' },
      { id: 2, name: './node_modules/@b/b/lib/b.js' },
      { id: 3, name: './node_modules/a/node_modules/c/c.js' },
      { id: 4, name: './node_modules/d/d.js' },
    ]);
    expect([...places.values()].reduce((sum, each) => sum + each)).toBe(bundle.length);
    const sizes = byDependency(
      places,
      { dependencies: { a: '1', '@b/b': '1' } },
      {
        packages: {
          'node_modules/a': { dependencies: { c: '1', d: '1' } },
          'node_modules/@b/b': { dependencies: { a: '1', d: '1' } },
          'node_modules/a/node_modules/c': {},
          'node_modules/c': {},
          'node_modules/d': {},
        },
      },
    );
    const [a, b, shared] = ['a', 'only for a', 'for both'].map((word) => word.length) as [
      number,
      number,
      number,
    ];
    expect(sizes.get('`@b/b`')).toBe('/***/ 2:\nof @b/b\n'.length);
    expect(sizes.get('`a`')).toBe(
      ';// CONCATENATED MODULE: ./node_modules/a/index.js\n'.length + a + 1 + '/***/ 3:\n'.length + b + 1,
    );
    expect(sizes.get('several of them')).toBe('/***/ 4:\n'.length + shared);
    expect(sizes.get('`dist/`')).toBe(bundle.length);
  });

  test('shows sizes to 10 kB', () => {
    const sizes = new Map([
      ['`a`', 9_999],
      ['`b`', 14_999],
      ['`c`', 2_508_090],
    ]);
    expect(withSizes('| `a` | | x |\n| `b` | 7 kB | y |\n| `c` | | |\n| `d` | | |\n', sizes)).toBe(
      '| `a` | < 10 kB | x |\n| `b` | 10 kB | y |\n| `c` | 2,510 kB | |\n| `d` | | |\n',
    );
  });
});

describe('SECURITY.md', () => {
  const rows = [...read('SECURITY.md').matchAll(/^\| (.+) \| `([\w/.-]+\.test\.ts)` \| (.+) \|$/gm)];
  test('names a test for every protection', () => {
    const cells = read('SECURITY.md')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (?:What stops them|---) /.test(line));
    expect(cells.length).toBeGreaterThan(50);
    expect(cells.length).toBe(rows.length);
  });

  test.each(rows.map(([, claim = '', file = '', name = '']) => [claim, file, name]))(
    '%s: %s has it',
    (_claim, file, name) => {
      // Titles as written in the source, with the placeholders of `test.each`.
      const titles = [...read(`__tests__/${file}`).matchAll(/(['"`])((?:\\.|(?!\1)[^\\\n])*)\1/g)].map(
        ([, , title = '']) => title.replaceAll("\\'", "'"),
      );
      expect(titles).toContain(name);
    },
  );
});
