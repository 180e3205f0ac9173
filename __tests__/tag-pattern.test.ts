import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compare } from 'semver';
import { newestTag } from '../src/image/newest-tag.ts';
import { matchesGlob } from '../src/registry/glob.ts';

test.each([
  ['main-*', 'main-', true],
  ['main-*', 'main-abc', true],
  ['main-*', 'dev-abc', false],
  ['*', '', true],
  ['v?.?.?', 'v1.2.3', true],
  ['v?.?.?', 'v1.2.30', false],
  ['a*b*c', 'a1b2b3c', true],
  ['a*b*c', 'a1b2b3d', false],
  ['v*-rc.*', 'v1.0.0-rc.1', true],
  ['main.x', 'main-x', false],
])('%s on %s: %s', (pattern, tag, expected) => expect(matchesGlob(pattern, tag)).toBe(expected));

test('a glob matches the same as its regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (pattern, tag) => {
      const source = pattern.replace(/[.*?]/g, (c) => (c === '*' ? '[^]*' : c === '?' ? '[^]' : '\\.'));
      expect(matchesGlob(pattern, tag)).toBe(new RegExp(`^${source}$`).test(tag));
    }),
    { numRuns: 5000 },
  );
});

test('no pattern is slow', () => {
  // This takes a few thousand steps. A matcher that tries every way would not end in this century.
  expect(matchesGlob(`${'*a'.repeat(64)}b`, 'a'.repeat(128))).toBe(false);
  expect(matchesGlob(`${'*'.repeat(128)}b`, 'a'.repeat(128))).toBe(false);
});

describe('the newest', () => {
  test.each<[string, string[], string | undefined]>([
    [
      'main-*',
      ['main-20261123-235959', 'main-20261124-000001', 'main-20261124-000000'],
      'main-20261124-000001',
    ],
    [
      'main-*',
      ['main-abc1234', 'main-20261124-093000', 'main-9999999', 'main-fffffff'],
      'main-20261124-093000',
    ],
    ['main-*', ['main-20261124', 'main-20261124-000000'], 'main-20261124-000000'],
    ['*', ['2026-11-24T09.30.00', '2026-11-24T10.30.00Z', '2026.11.25'], '2026.11.25'],
    // A date that does not exist is not read as a date.
    ['main-*', ['main-20261324', 'main-20260231', 'main-20260228'], 'main-20260228'],
    ['v*', ['v1.9.0', 'v1.10.0', 'v1.2.30', 'v1', 'v1.11', 'vfoo'], 'v1.10.0'],
    ['*', ['1.0.0', 'v2.0.0', '1.5.0'], 'v2.0.0'],
    // Pre-releases count only if there is nothing else, or if the pattern asks for them.
    ['v*', ['v1.0.0', 'v2.0.0-rc.1'], 'v1.0.0'],
    ['v*', ['v2.0.0-rc.1', 'v2.0.0-rc.2'], 'v2.0.0-rc.2'],
    ['v*-rc.*', ['v1.0.0', 'v2.0.0-rc.9', 'v2.0.0-rc.10'], 'v2.0.0-rc.10'],
    ['release-*', ['release-1.0.0', 'main-2.0.0'], 'release-1.0.0'],
    ['main-*', ['main-abc1234', 'main-def5678'], undefined],
    // A leap second is the last of its day.
    ['*', ['20161231-235959', '20161231-235960', '20161231-235961'], '20161231-235960'],
    ['main-*', [], undefined],
  ])('of %s among %j is %s', (pattern, tags, expected) => {
    expect(newestTag(tags, pattern).tag).toBe(expected);
    expect(newestTag(tags.toReversed(), pattern).tag).toBe(expected);
  });

  test.each([
    '20000101',
    '20991231',
    '2026-11-24',
    '2026_11_24',
    '2026.11.24',
    '20260228',
    '20240229',
    '20261124-0000',
    '20261124_2359',
    '20261124.235960',
    '2026-11-24T09.30',
    '20261124T093000Z',
    '202611240930',
    '20261124093000',
    '20261124-093000-abc1234',
    '20261124.1',
  ])('can be %s, a time', (tag) => expect(newestTag([tag, 'x'], '*')).toMatchObject({ tag, ordered: 1 }));

  test.each([
    '19991231',
    '21000101',
    '20260001',
    '20261301',
    '20260100',
    '20260132',
    '20260229',
    '20261124-2400',
    '20261124-0960',
    '20261124-093061',
    '2026112409300',
    '20261124x',
    '20261124Z',
    '20261124093000ZZ',
    '2026--11-24',
    '2026:11:24',
    '2026x1124',
    '202611x24',
    '20261124x0930',
    'a-20261124',
    '2026-1-24',
    '202611',
    'abcd1124',
    '2026ab24',
    '202611ab',
  ])('cannot be %s, which is not a time', (tag) => expect(newestTag([tag], '*').ordered).toBe(0));

  test.each(['20261124-09', '20261124-093', '20261124--0930', '20261124-09x30', '20261124-0930x00'])(
    'counts %s as its day, because the rest is not a time',
    (tag) =>
      expect(newestTag([tag, '20261124-000001'], '*')).toMatchObject({ tag: '20261124-000001', ordered: 2 }),
  );

  test('is the latest time, in whatever form each tag has it', () => {
    const [separator, times] = [fc.constantFrom('', '-', '_', '.'), fc.constantFrom('', '-', '_', '.', 'T')];
    const minutes = fc.integer({
      min: Date.UTC(2000, 0, 1) / 60_000,
      max: Date.UTC(2100, 0, 1) / 60_000 - 1,
    });
    const form = fc.tuple(
      separator,
      separator,
      times,
      separator,
      separator,
      fc.nat({ max: 59 }),
      fc.nat({ max: 3 }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(minutes, { minLength: 1, maxLength: 6 }),
        fc.array(form, { minLength: 6 }),
        (all, forms) => {
          const tags = all.map((minute, n) => {
            const [a, b, t, c, d, second, end] = forms[n] ?? ['', '', '', '', '', 0, 0];
            const seconds = `${d}${String(second).padStart(2, '0')}`;
            const [, year, month, day, hour, min] =
              /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(new Date(minute * 60_000).toISOString()) ?? [];
            const text = `${year}${a}${month}${b}${day}${t}${hour}${c}${min}`;
            return { minute, tag: `${text}${['', 'Z', seconds, `${seconds}Z`][end]}` };
          });
          const [latest] = tags.toSorted((a, b) => b.minute - a.minute);
          expect(
            newestTag(
              tags.map(({ tag }) => `main-${tag}`),
              'main-*',
            ),
          ).toEqual({
            tag: `main-${latest?.tag}`,
            matching: tags.length,
            ordered: tags.length,
          });
        },
      ),
    );
  });

  test('orders semver’s own example', () => {
    const order =
      '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0'.split(
        ' ',
      );
    for (let n = 1; n <= order.length; n++) {
      for (const tags of [order.slice(0, n), order.slice(0, n).reverse()]) {
        expect(newestTag(tags, '*-*').tag ?? newestTag(tags, '*').tag).toBe(
          order[n === order.length ? n - 2 : n - 1],
        );
      }
    }
    expect(newestTag(order, '*').tag).toBe('1.0.0');
  });

  test.each<[string, string[], string | undefined]>([
    ['a part is missing', ['1.2', '1.2.3.4', 'v1'], undefined],
    ['a number has a leading zero', ['1.02.3', '1.2.3-01'], undefined],
    ['a part of the pre-release is empty', ['1.2.3-', '1.2.3-a..b'], undefined],
    ['it has build metadata or spaces', ['1.2.3+1', ' 1.2.3', '1.2.3\n', '=1.2.3', 'vv1.2.3'], undefined],
    ['a number is larger than can be counted', ['1.2.9007199254740992', '1.2.3'], '1.2.3'],
    [
      'a long number is part of the pre-release',
      ['1.0.0-dev.1732440000000000001', '1.0.0-dev.1732440000000000002', '1.0.0-dev.1732440000000000000'],
      '1.0.0-dev.1732440000000000002',
    ],
    [
      'the pre-release has a long number and a short one',
      ['1.0.0-99', '1.0.0-10000000000000000000'],
      '1.0.0-10000000000000000000',
    ],
    ['two are the same version', ['1.2.3', 'v1.2.3'], '1.2.3'],
  ])('of versions if %s', (_name, tags, expected) => expect(newestTag(tags, '*').tag).toBe(expected));

  test('is the version that semver orders last', () => {
    const number = fc.integer({ min: 0, max: 11 });
    const part = fc.oneof(number.map(String), fc.stringMatching(/^[a-c-][a-c0-2-]?$/));
    const release = fc.tuple(number, number, number).map((parts) => parts.join('.'));
    const preRelease = fc
      .tuple(release, fc.array(part, { minLength: 1, maxLength: 3 }))
      .map(([version, parts]) => `${version}-${parts.join('.')}`);
    for (const version of [release, preRelease]) {
      fc.assert(
        fc.property(fc.array(version, { minLength: 1, maxLength: 8 }), (versions) => {
          const { tag, ordered } = newestTag(
            versions.map((each) => `v${each}`),
            'v*',
          );
          expect([tag, ordered]).toEqual([`v${versions.toSorted(compare).at(-1)}`, versions.length]);
        }),
      );
    }
  });

  test('is never a pre-release if there is a release', () => {
    expect(newestTag(['1.0.0', '2.0.0-rc.1', '1.0.0-rc.1'], '*')).toEqual({
      tag: '1.0.0',
      matching: 3,
      ordered: 1,
    });
  });

  test('counts the tags that match and those that can be ordered', () => {
    expect(newestTag(['a-1', 'a-1.2.3', 'b'], 'a-*')).toEqual({ tag: 'a-1.2.3', matching: 2, ordered: 1 });
  });
});
