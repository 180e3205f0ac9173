import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tagFindings } from '../src/doctor/tags.ts';
import { shapeOf } from '../src/registry/commit-tags.ts';
import { cleanBranch, renderTag } from '../src/registry/tag-template.ts';
import type { FindingCode, Mark } from '../src/report/finding.ts';

const inputs = {
  shaTag: '{branch}-{sha}',
  manualSelect: { form: 'tag', tag: '{branch}' } as const,
};
const sha = 'abc1234567890abcdef1234567890abcdef12345';
const codes = (tags: string[], given = {}, branch = 'main') =>
  tagFindings(tags, { ...inputs, ...given }, branch).map(({ mark, code }) => [mark, code]);
/** Mark and code of each finding that these tests expect. */
const is = {
  found: ['ok', 'commit-tags-found'],
  missing: ['bad', 'commit-tags-missing'],
  otherForm: ['bad', 'commit-tags-of-other-form'],
  moving: ['ok', 'moving-tag-found'],
  noMoving: ['warning', 'moving-tag-missing'],
  newest: ['ok', 'newest-tag-found'],
  noNewest: ['warning', 'newest-tag-missing'],
  empty: ['bad', 'repository-without-tags'],
} satisfies Record<string, [Mark, FindingCode]>;
const change = (tags: string[], given = {}, branch = 'main') =>
  tagFindings(tags, { ...inputs, ...given }, branch).find(({ mark }) => mark === 'bad')?.fix ?? '';

test.each<[string, string[], object, string[][]]>([
  ['both kinds are there', ['main', 'main-abc1234'], {}, [is.found, is.moving]],
  ['no moving tag', ['main-abc1234'], {}, [is.found, is.noMoving]],
  ['no tag of a commit', ['main', 'latest'], {}, [is.missing, is.moving]],
  [
    'commits shortened to another length',
    ['main', `main-${sha.slice(0, 12)}`],
    {},
    [is.otherForm, is.moving],
  ],
  ['whole commits', ['main', `main-${sha}`], { shaTag: '{branch}-{full-sha}' }, [is.found, is.moving]],
  [
    'shortened commits instead of full ones',
    ['main', 'main-abc1234'],
    { shaTag: '{branch}-{full-sha}' },
    [is.otherForm, is.moving],
  ],
  ['only a moving template', ['main'], { shaTag: '{branch}' }, [is.moving]],
  [
    'a pattern with a newest tag',
    ['main-abc1234', 'v1.2.3'],
    { manualSelect: { form: 'newest', pattern: 'v*' } },
    [is.found, is.newest],
  ],
  [
    'a pattern without one',
    ['main-abc1234'],
    { manualSelect: { form: 'newest', pattern: 'v*' } },
    [is.found, is.noNewest],
  ],
  ['commits among dates', ['main', '20261124-gabc1234'], {}, [is.missing, is.moving]],
  ['signatures alone', ['main', `sha256-${'a'.repeat(64)}.sig`], {}, [is.missing, is.moving]],
  ['no tag at all', [], {}, [is.empty]],
  ['ignores invalid tags', ['a b', '::error::x'], {}, [is.empty]],
])('%s', (_name, tags, given, expected) => expect(codes(tags, given)).toEqual(expected));

test.each<[string, string[], string]>([
  ['type=sha without a prefix', ['sha-abc1234'], '  sha-tag: "sha-{sha}"\n'],
  ['only the commit', ['abc1234', 'latest'], '  sha-tag: "{sha}"\n'],
  ['format=long', [`main-${sha}`], '  sha-tag: "{branch}-{full-sha}"\n'],
  ['another length', [`main-${sha.slice(0, 12)}`], 'with:\n  sha-tag: "{branch}-{sha:12}"\n'],
  ['another branch', ['master', 'master-abc1234'], 'with:\n  branch: "master"\n'],
  ['a suffix', ['main-abc1234-alpine'], '  sha-tag: "{branch}-{sha}-alpine"\n'],
  ['a prefix that is not a branch', ['app-abc1234'], '  sha-tag: "app-{sha}"\n'],
  [
    'this branch’s form before a more frequent one',
    ['dev-abc1234', 'dev-abc1235', `main-${sha}`],
    '"{branch}-{full-sha}"',
  ],
])('advice for %s', (_name, tags, lines) => expect(change(tags)).toContain(lines));

test.each([[['20261124093000', '20261125']], [['main', 'latest', 'v1.2.3']], [['main-1234567']]])(
  'does not read dates, versions and names as commits: %j',
  (tags) => expect(shapeOf(tags, 'main')).toBeUndefined(),
);

test('finds the template from the tags that it made', () => {
  const hex = fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 40, maxLength: 40 })
    .map((all) => `a${all.slice(1).join('')}`);
  const template = fc.constantFrom(
    '{branch}-{sha}',
    'sha-{sha:12}',
    '{sha:39}',
    '{sha}',
    '{branch}-{full-sha}',
    'app-{full-sha}',
    'r.{sha}',
  );
  fc.assert(
    fc.property(
      fc.array(hex, { minLength: 1, maxLength: 5 }),
      template,
      fc.constantFrom('main', 'feature/x'),
      (commits, shaTag, branch) => {
        const tags = commits.map((commit) => renderTag(shaTag, { branch, commit }));
        const shape = shapeOf([...tags, cleanBranch(branch)], branch);
        expect(shape).toMatchObject({ template: shaTag, branch: undefined });
      },
    ),
  );
});
