import { describe, expect, test } from '@jest/globals';
import { findingsOfFile } from '../scripts/prose/lint.ts';
import { hitsOf, type Language, proseRules } from '../scripts/prose/rules.ts';

const rules = Object.entries(proseRules).flatMap(([language, rules]) =>
  rules.map((rule) => ({ ...rule, language: language as Language, name: `${language} ${rule.id}` })),
);
const idsOf = (text: string, language: Language) => hitsOf(text, language).map(({ rule }) => rule.id);

describe.each(rules)('the rule $name', ({ id, language, fails, passes }) => {
  test.each(fails)('finds its phrase in "%s"', (sample) => expect(idsOf(sample, language)).toContain(id));
  test.each(passes)('accepts "%s"', (sample) => expect(idsOf(sample, language)).not.toContain(id));
});

test('each rule has a unique name and samples of both kinds', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  expect(rules.filter(({ fails, passes }) => fails.length === 0 || passes.length === 0)).toEqual([]);
});

describe('the lines with a phrase', () => {
  const linesOf = (file: string, source: string) => findingsOfFile(file, source).map(({ line }) => line);
  const phrase = 'by hand';

  test.each([
    ['a paragraph', 'a.md', `Title\n=====\n\nRun it **${phrase}**.\n`, [4]],
    ['a paragraph of two lines', 'a.md', 'Run it by\nhand.\n', [1]],
    ['a cell of a table', 'a.md', `| a | b |\n| - | - |\n| 1 | ${phrase} |\n`, [3]],
    ['an item of a list', 'a.md', `- one\n- ${phrase}\n`, [2]],
    ['a link', 'a.md', `[${phrase}](https://example.com/by-hand)\n`, [1]],
    ['code in Markdown', 'a.md', `\`${phrase}\`\n\n\`\`\`\n${phrase}\n\`\`\`\n`, []],
    [
      'a comment of code in Markdown',
      'a.md',
      `- one\n\n  \`\`\`sh\n  npm test # run it ${phrase}\n  \`\`\`\n`,
      [4],
    ],
    [
      'the text of a picture',
      'a.md',
      `<picture>\n  <img src="by-hand.png" alt="Run ${phrase}">\n</picture>\n`,
      [2],
    ],
    ['a comment of YAML', 'a.yml', `a: 1\n# Run it ${phrase}.\n`, [2]],
    ['a description of YAML', 'a.yml', `a:\n  description: Run it ${phrase}.\n`, [2]],
    ['a script of YAML', 'a.yml', `a:\n  run: |\n    echo hello\n    echo "run it ${phrase}"\n`, [4]],
    ['a string of the program', 'src/a.ts', `\nf('run it ${phrase}');\n`, [2]],
    ['a template of the program', 'src/a.ts', `f(\`\${n}\n run \${g(\`\${m}\`)} ${phrase}\`);\n`, [2]],
    ['a template within one', 'src/a.ts', `f(\`\${g(\`run \${m} ${phrase}\`)} b\`);\n`, [1]],
    ['comments', 'src/a.ts', `// Run it by\n// hand.\n/** Run\n * it ${phrase}. */\nf(/'/);\n`, [1, 4]],
    ['the title of a test', '__tests__/a.test.ts', `test.each([1])('runs ${phrase}', () => {});\n`, [1]],
    ['another string of a test', '__tests__/a.test.ts', `expect(f('x')).toBe('${phrase}');\n`, []],
    ['Chinese', 'a.zh-CN.md', '回滚\n\n推送到仓库。\n', [3]],
  ])('%s', (_what, file, source, lines) => expect(linesOf(file, source)).toEqual(lines));
});
