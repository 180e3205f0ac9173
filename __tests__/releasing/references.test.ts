import { globSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isForUsers } from '../../scripts/release/contents.ts';
import {
  own,
  pinningRounds,
  referencesOf,
  unreadReferences,
  withReferences,
} from '../../scripts/release/references.ts';
import { read, root } from '../workflows.ts';

const sha = 'abc1234567890abcdef1234567890abcdef12345';

test.each([
  ['a step', `      - uses: ${own}@v1`, { path: '', ref: 'v1', comment: '' }],
  ['another key first', `        uses: ${own}/fleet@v1.2.3`, { path: 'fleet', ref: 'v1.2.3', comment: '' }],
  [
    'a called workflow',
    `    uses: ${own}/.github/workflows/deploy-app.yml@${sha} # v1.0.0`,
    { path: '.github/workflows/deploy-app.yml', ref: sha, comment: 'v1.0.0' },
  ],
])('%s is a reference', (_, line, reference) => {
  expect(referencesOf(`a\n${line}\nb`)).toEqual([reference]);
  expect(unreadReferences(line)).toEqual([]);
});

test.each([
  ['another repository', '- uses: owner/deploy-fly-image@v1'],
  ['a name that begins like this one', `- uses: ${own}-else@v1`],
  ['a sentence', `To pin one: \`uses: ${own}@${sha} # v1.2.3\`.`],
  ['a placeholder', `- uses: ${own}@<40 digits>`],
])('%s is not', (_, line) => {
  expect(referencesOf(line)).toEqual([]);
  expect(unreadReferences(line)).toEqual([]);
});

test('a reference in another form is found, so that a release cannot forget it', () => {
  expect(unreadReferences(`- { uses: ${own}@v1 }\n- uses: "${own}@v1"`)).toHaveLength(2);
});

const files = globSync(
  ['*.md', 'docs/*.md', 'examples/*', '.github/workflows/*', 'fleet/action.yml', 'action.yml'],
  {
    cwd: root,
  },
).sort();

test.each(files)('%s has only references that a release changes', (file) => {
  const text = read(file);
  expect(unreadReferences(text)).toEqual([]);
  if (referencesOf(text).length > 0)
    expect(isForUsers(file) || file.startsWith('.github/workflows/')).toBe(true);
});

test('the examples for users all name the same version', () => {
  const named = files.filter(isForUsers).flatMap((file) => referencesOf(read(file)));
  expect(new Set(named.map(({ ref, comment }) => `${ref} ${comment}`)).size).toBe(1);
  expect(named.length).toBeGreaterThan(50);
});

test('only the refs and the comments change, and the change can be repeated', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      `- uses: ${own}@v1`,
      `    uses: ${own}/fleet@${sha} # v1.0.0 (before its tag)`,
      '- uses: actions/checkout@v7',
    ),
  );
  fc.assert(
    fc.property(
      fc.array(line).map((lines) => lines.join('\n')),
      (text) => {
        const to = () => ({ ref: sha, comment: 'v2.0.0' });
        const changed = withReferences(text, to);
        expect(withReferences(changed, to)).toBe(changed);
        expect(referencesOf(changed).map(({ path }) => path)).toEqual(
          referencesOf(text).map(({ path }) => path),
        );
        const rest = (each: string) => withReferences(each, () => ({ ref: 'v0' }));
        expect(rest(changed)).toBe(rest(text));
      },
    ),
  );
});

describe('workflows are pinned', () => {
  const call = (name: string) => `uses: ${own}/${name}@v1`;

  test('after those that they call', () => {
    expect(
      pinningRounds({
        'c.yml': call('b.yml'),
        'b.yml': call('a.yml'),
        'a.yml': `uses: ${own}@v1`,
        'd.yml': '',
      }),
    ).toEqual([['a.yml'], ['b.yml'], ['c.yml']]);
  });

  test('together if they do not call each other', () => {
    expect(pinningRounds({ 'b.yml': call('fleet'), 'a.yml': call('none.yml') })).toEqual([
      ['a.yml', 'b.yml'],
    ]);
  });

  test('never if they call each other in a circle', () => {
    expect(() => pinningRounds({ 'a.yml': call('b.yml'), 'b.yml': call('a.yml') })).toThrow(/a\.yml, b\.yml/);
  });

  test('in as many rounds as calls can follow each other', () => {
    const names = Object.fromEntries(
      files.filter((file) => file.startsWith('.github/')).map((file) => [file, read(file)]),
    );
    expect(pinningRounds(names)).toEqual([
      ['.github/workflows/deploy-app.yml'],
      ['.github/workflows/deploy-image.yml'],
    ]);
  });
});
