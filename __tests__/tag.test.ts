import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isTag } from '../src/registry/reference.ts';
import {
  branchForms,
  cleanBranch,
  digitsFor,
  madeByTemplate,
  namesCommit,
  renderTag,
  renderTags,
  unknownPlaceholders,
} from '../src/registry/tag-template.ts';

const commit = 'abc1234567890abcdef1234567890abcdef12345';

// The rule and results of docker/metadata-action (src/meta.ts).
test.each([
  ['main', 'main'],
  ['feature/x', 'feature-x'],
  ['feat/@s/y', 'feat-s-y'],
  ['release/v1.0+b', 'release-v1.0-b'],
  ['émile/é', '-mile-'],
  ['Mixed_Case', 'Mixed_Case'],
])('cleanBranch(%s) is %s', (branch, expected) => expect(cleanBranch(branch)).toBe(expected));

test.each([
  ['{branch}-{sha}', 'main-abc1234'],
  ['{branch}-{sha:12}', 'main-abc123456789'],
  ['sha-{full-sha}', `sha-${commit}`],
  ['{sha:40}', commit],
  ['{sha:64}', commit],
  ['{sha:4}.{sha}.{full-sha}', `abc1.abc1234.${commit}`],
  ['x-{sha}-{branch}', 'x-abc1234-main'],
])('renderTag(%s)', (template, expected) => {
  expect(renderTag(template, { branch: 'main', commit })).toBe(expected);
  expect(unknownPlaceholders(template)).toEqual([]);
});

test.each([
  ['latest', 7],
  ['{branch}', 7],
  ['{branch}-{sha}', 7],
  ['{sha:12}', 12],
  ['{sha:4}', 4],
  ['{sha}-{sha:9}', 9],
  ['{sha:12}-{full-sha}', 40],
  ['{sha:64}', 64],
])('%s needs a commit of %i digits', (template, digits) => expect(digitsFor(template)).toBe(digits));

test.each(['3', '0', '65', '07', '-7', '7.5', '1e1', 'seven', ' 7', '', '٧'])(
  'does not accept a length of "%s"',
  (length) => {
    const template = `x-{sha:${length}}`;
    expect(unknownPlaceholders(template)).toEqual([`sha:${length}`]);
    expect(renderTag(template, { branch: 'main', commit })).toBe(template);
  },
);

test('finds unknown placeholders, and leaves them unchanged', () => {
  expect(unknownPlaceholders('{branch}-{sha}-{tag}{}')).toEqual(['tag', '']);
  expect(renderTag('{tag}-{sha}', { branch: 'main', commit })).toBe('{tag}-abc1234');
});

test.each([
  ['{branch}', false],
  ['latest', false],
  ['{sha}', true],
  ['{sha:12}', true],
  ['x-{full-sha}', true],
])('namesCommit(%s) is %s', (template, expected) => expect(namesCommit(template)).toBe(expected));

test('cleans a branch like docker/metadata-action, character by character', () => {
  // Each run of characters that a tag cannot contain becomes one hyphen (src/meta.ts, sanitizeTag).
  const cleaned = (branch: string): string => {
    let out = '';
    let inRun = false;
    for (const character of branch.split('')) {
      const kept = /^[A-Za-z0-9._-]$/.test(character);
      if (kept) out += character;
      else if (!inRun) out += '-';
      inRun = !kept;
    }
    return out;
  };
  const branch = fc.string({
    unit: fc.oneof(fc.constantFrom(...'abcXYZ019/._-@#+ ~^'), fc.string({ unit: 'grapheme', maxLength: 1 })),
    maxLength: 40,
  });
  fc.assert(
    fc.property(branch, (text) => expect(cleanBranch(text)).toBe(cleaned(text))),
    { numRuns: 2000 },
  );
});

test('any branch of plain characters gives a valid tag with the default template', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9/._+@-]{0,80}$/), (branch) => {
      expect(isTag(renderTag('{branch}-{sha}', { branch, commit }))).toBe(true);
    }),
  );
});

describe('madeByTemplate', () => {
  test.each([
    ['main-abc1234', '{branch}-{sha}', 'main', true],
    ['main-abc123456789', '{branch}-{sha}', 'main', true],
    ['main', '{branch}-{sha}', 'main', false],
    ['main-20260101', '{branch}-{sha}', 'main', true],
    ['main-2026-01', '{branch}-{sha}', 'main', false],
    ['dev-abc1234', '{branch}-{sha}', 'main', false],
    ['sha-abc1234', 'sha-{sha}', 'main', true],
    ['x.abc1234.y', 'x.{sha}.y', 'main', true],
    ['x-abc1234-y', 'x.{sha}.y', 'main', false],
    ['feature-x-abc1234', '{branch}-{sha}', 'feature/x', true],
  ])('%s by %s on %s: %s', (tag, template, branch, expected) => {
    expect(madeByTemplate(tag, template, branch)).toBe(expected);
  });

  test('recognizes every tag that the template renders', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{40}$/);
    const template = fc.constantFrom(
      '{branch}-{sha}',
      'sha-{sha}',
      'x.{sha:4}',
      '{sha:39}',
      '{full-sha}',
      'v.{sha}-z',
      'a_{branch}.{full-sha}',
    );
    fc.assert(
      fc.property(template, fc.constantFrom('main', 'feature/x'), hex, (template, branch, commit) => {
        expect(madeByTemplate(renderTag(template, { branch, commit }), template, branch)).toBe(true);
      }),
    );
  });
});

// What docker/metadata-action v6.2.0 renders for `{{branch}}` and `type=ref,event=branch`.
test.each([
  ['main', ['main']],
  ['feature/x', ['feature-x']],
  ['a&b', ['a-amp-b', 'a-b']],
  ["don't", ['don-x27-t', 'don-t']],
  ['a=b', ['a-x3D-b', 'a-b']],
  ['a<b>c', ['a-lt-b-gt-c', 'a-b-c']],
  ['a"b', ['a-quot-b', 'a-b']],
  ['a`b', ['a-x60-b', 'a-b']],
  ['&&', ['-amp-amp-', '-']],
])('branch %s is %j in a tag', (branch, forms) => expect(branchForms(branch)).toEqual(forms));

test('finds the tag of an escaped branch in both forms, and of other branches in one', () => {
  expect(renderTags('{branch}-{sha}', { branch: 'a&b', commit })).toEqual(['a-amp-b-abc1234', 'a-b-abc1234']);
  expect(renderTags('sha-{sha}', { branch: 'a&b', commit })).toEqual(['sha-abc1234']);
  for (const tag of ['a-amp-b-abc1234', 'a-b-abc1234'])
    expect(madeByTemplate(tag, '{branch}-{sha}', 'a&b')).toBe(true);
  fc.assert(
    fc.property(fc.stringMatching(/^[^&<>"'`=]*$/), (branch) =>
      expect(renderTags('{branch}-{sha}', { branch, commit })).toHaveLength(1),
    ),
  );
});
