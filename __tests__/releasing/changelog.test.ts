import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasEntriesFor, notesOf, releasedChangelog } from '../../scripts/release/changelog.ts';
import { read } from '../workflows.ts';

const repository = 'https://github.com/owner/repo';
const release = (text: string, version = '1.0.0') =>
  releasedChangelog(text, { version, date: '2026-11-26', repository });

const before = `# Changelog

## [Unreleased]

### Added

- One.

## [0.9.0] - 2026-01-01

### Fixed

- Two.

[Unreleased]: ${repository}/compare/v0.9.0...HEAD
[0.9.0]: ${repository}/releases/tag/v0.9.0
`;

test('a release gets the entries of “Unreleased”, which is empty afterwards', () => {
  expect(release(before)).toBe(`# Changelog

## [Unreleased]

## [1.0.0] - 2026-11-26

### Added

- One.

## [0.9.0] - 2026-01-01

### Fixed

- Two.

[Unreleased]: ${repository}/compare/v1.0.0...HEAD
[1.0.0]: ${repository}/releases/tag/v1.0.0
[0.9.0]: ${repository}/releases/tag/v0.9.0
`);
});

test('the first release begins the list of links', () => {
  const text = release('# Changelog\n\n## [Unreleased]\n\n- One.\n');
  expect(text).toMatch(/\n\[Unreleased\]: .*\/compare\/v1\.0\.0\.\.\.HEAD\n\[1\.0\.0\]: .*\n$/);
  expect(notesOf(text, '1.0.0')).toBe('- One.');
});

test('entries that have the version already keep it, and get the date', () => {
  const text = release(before.replace('## [Unreleased]', '## [1.0.0]'));
  expect(notesOf(text, '1.0.0')).toBe('### Added\n\n- One.');
  expect(text).not.toContain('[Unreleased]');
});

describe('a version has no notes', () => {
  test.each([
    ['without a section', before],
    ['without a date', before.replace('[Unreleased]', '[1.0.0]')],
    ['without entries', before.replace('## [Unreleased]', '## [1.0.0] - 2026-11-26').replace('- One.', '')],
    ['in an empty file', ''],
  ])('%s', (_, text) => expect(notesOf(text, '1.0.0')).toBeUndefined());
});

test.each([
  ['entries', before, true],
  ['entries with asterisks', before.replace('- One.', '* One.'), true],
  ['a space after the heading', before.replace('## [Unreleased]', '## [Unreleased] '), true],
  ['only headings', before.replace('- One.', ''), false],
  ['nothing', '', false],
])('“Unreleased” with %s', (_, text, expected) => {
  expect(hasEntriesFor(text, '1.0.0')).toBe(expected);
  if (!expected) expect(() => release(text)).toThrow(/no entries/);
});

test('no entry is lost or moved to another version, however many releases there are', () => {
  const entry = fc
    .stringMatching(/^- [a-z0-9 ]{1,20}$/)
    .map((text) => text.trimEnd())
    .filter((text) => text !== '-');
  fc.assert(
    fc.property(
      fc.array(fc.array(entry, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      (all) => {
        let text = '# Changelog\n\n## [Unreleased]\n';
        all.forEach((entries, n) => {
          text = release(
            text.replace('## [Unreleased]\n', `## [Unreleased]\n\n${entries.join('\n')}\n`),
            `1.${n}.0`,
          );
        });
        for (const [n, entries] of all.entries()) expect(notesOf(text, `1.${n}.0`)).toBe(entries.join('\n'));
        expect(hasEntriesFor(text, '2.0.0')).toBe(false);
      },
    ),
  );
});

test('this repository’s changelog describes a release, or the next one', () => {
  const { version } = JSON.parse(read('package.json'));
  const text = read('CHANGELOG.md');
  expect(hasEntriesFor(text, 'next') || notesOf(text, version) !== undefined).toBe(true);
  expect(text).toMatch(/^## \[Unreleased\]$/m);
});

test('a link that entries define does not remove the releases below', () => {
  const text = before.replace(
    '- One.\n',
    '- One, see [the guide].\n\n[the guide]: https://example.com/guide\n',
  );
  const after = release(text);
  expect(after).toContain('## [0.9.0] - 2026-01-01\n\n### Fixed\n\n- Two.\n');
  expect(notesOf(after, '1.0.0')).toContain('[the guide]: https://example.com/guide');
});

test('what follows the definitions does not keep old ones', () => {
  const after = release(`${before}\n<!-- The end. -->\n`);
  expect(after.match(/^\[Unreleased\]: .*$/gm)).toEqual([
    `[Unreleased]: ${repository}/compare/v1.0.0...HEAD`,
  ]);
  expect(after).toContain('<!-- The end. -->');
});

test('definitions of other links stay at the end', () => {
  const text = before
    .replace('- Two.', '- Two, by [a person].')
    .concat('[a person]: https://example.com/person\n');
  expect(release(text)).toContain('\n[a person]: https://example.com/person\n');
});

test('a release that was withdrawn, as keepachangelog.com writes it, is not part of the next one', () => {
  const after = release(before.replace('2026-01-01', '2026-01-01 [YANKED]'));
  expect(notesOf(after, '1.0.0')).toBe('### Added\n\n- One.');
  expect(after).toContain(`\n[0.9.0]: ${repository}/releases/tag/v0.9.0\n`);
});
