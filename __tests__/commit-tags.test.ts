import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commitsIn, imageTags, tagsOfCommit } from '../src/registry/commit-tags.ts';
import { isTag } from '../src/registry/reference.ts';
import { renderTags, unknownPlaceholders } from '../src/registry/tag-template.ts';

const commit = 'abc1234567890abcdef1234567890abcdef12345';
const found = (tags: string[], of = commit, branch = 'main') =>
  tagsOfCommit(tags, of, branch).map(({ tag, template }) => [tag, template]);

describe('the tags of a commit', () => {
  test.each([
    ['main-abc1234', '{branch}-{sha}'],
    ['maintenance-abc1234', 'maintenance-{sha}'],
    ['abc1234-main', '{sha}-{branch}'],
    ['main.abc1234', '{branch}.{sha}'],
    ['amd64-abc1234', 'amd64-{sha}'],
    ['abc1234-node20', '{sha}-node20'],
    ['x_abc1234_y', 'x_{sha}_y'],
    [commit.slice(0, 39), `{sha:39}`],
    ['main-1.4.0-abc1234', undefined],
    ['20261124T093000Z-abc1234', undefined],
    ['r512-abc1234', undefined],
  ])('%s is %s', (tag, template) => expect(found([tag])).toEqual([[tag, template]]));

  test.each(['abc123', 'dabc1234', 'abc1234e', 'abc12344', 'ABC1234', '0abc1234', 'main', ''])(
    '%s does not contain a commit',
    (tag) => expect(found([tag])).toEqual([]),
  );

  test('a tag that contains the commit twice is listed once', () =>
    expect(found([`abc1234-${commit}`])).toEqual([[`abc1234-${commit}`, expect.any(String)]]));

  test('a branch, as written or cleaned', () => {
    expect(found(['a-amp-b-abc1234'], commit, 'a&b')).toEqual([['a-amp-b-abc1234', '{branch}-{sha}']]);
    expect(found(['a-b-abc1234'], commit, 'a&b')).toEqual([['a-b-abc1234', '{branch}-{sha}']]);
  });

  test('a commit of 64 digits', () => {
    const long = `${commit}${'0'.repeat(24)}`;
    expect(found([long, `x-${commit}`], long)).toEqual([
      [long, '{full-sha}'],
      [`x-${commit}`, 'x-{sha:40}'],
    ]);
  });

  test.each(['', 'a', 'abc123'])('no tag contains a commit typed as "%s"', (typed) =>
    expect(found(['abc1234', 'abc123', 'a'], typed)).toEqual([]),
  );

  test('numbers are part of the form only if tags of other commits have them; dates never are', () => {
    expect(found(['v2-abc1234', 'v2-fedcba9'])).toEqual([['v2-abc1234', 'v2-{sha}']]);
    expect(found(['v2-abc1234', 'v3-fedcba9'])).toEqual([['v2-abc1234', undefined]]);
    expect(found(['20261124-abc1234', '20261124-fedcba9'])).toEqual([['20261124-abc1234', undefined]]);
    expect(found(['v1-3-gabc1234', 'v1-3-gfedcba9'])).toEqual([['v1-3-gabc1234', undefined]]);
  });

  test('the printed template renders the tag that was found, whatever the tags are', () => {
    const part = fc.constantFrom(
      'main',
      'abc1234',
      'abc12345',
      commit,
      'v1',
      '-',
      '.',
      '_',
      'x',
      '20261124',
      'a-b',
    );
    const name = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(name.filter(isTag), { maxLength: 6 }),
        fc.constantFrom('main', 'a&b', 'x', 'feature/x'),
        fc.integer({ min: 7, max: 40 }),
        (tags, branch, digits) => {
          const typed = commit.slice(0, digits);
          for (const { tag, template, commit: held } of tagsOfCommit(tags, typed, branch)) {
            expect(held.startsWith(typed)).toBe(true);
            if (template === undefined) continue;
            expect(unknownPlaceholders(template)).toEqual([]);
            expect(renderTags(template, { branch, commit: held })).toContain(tag);
          }
        },
      ),
    );
  });
});

test('does not list signatures, attestations and bills of materials as images', () => {
  const hex = 'a'.repeat(64);
  const signatures = [`sha256-${hex}`, `sha256-${hex}.sig`, 'main.att', 'main.sbom', 'main.sig'];
  expect(imageTags(['main', ...signatures, 'sha256-x', '::error::x', 'significant'])).toEqual({
    tags: ['main', 'sha256-x', 'significant'],
    signatures: 5,
  });
});

test('does not read a date as a commit', () => {
  expect(commitsIn('main-20261124-abc1234')).toEqual(['abc1234']);
  expect(commitsIn('1234567')).toEqual([]);
});
