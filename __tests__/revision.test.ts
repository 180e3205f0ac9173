import { describe, expect, test } from '@jest/globals';
import {
  checkRevision,
  compareWithEvent,
  findRevision,
  isOtherRepository,
  oneWord,
  type Revision,
  revisionMode,
  sayingOf,
} from '../src/image/revision.ts';
import { thrownBy } from './errors.ts';

// Which commit an image names, and whether that is the wanted one. The end-to-end tests deploy such images.

const commit = 'abc1234567890abcdef1234567890abcdef12345';
const other = 'fedcba9876543210fedcba9876543210fedcba98';
const repositoryUrl = 'https://github.com/owner/repo';
const context = { repositoryUrl, imagePath: 'owner/repo', wanted: undefined };
const set = (revision: string | undefined, source?: string): ReadonlyMap<string, string> =>
  new Map([
    ...(revision === undefined ? [] : ([['org.opencontainers.image.revision', revision]] as const)),
    ...(source === undefined ? [] : ([['org.opencontainers.image.source', source]] as const)),
  ]);

describe('the commit that an image names', () => {
  test('is that of an annotation before that of a label', () => {
    expect(findRevision([set(undefined), set(commit)], set(other), context)).toEqual({
      commit,
      from: 'annotation',
      source: undefined,
    });
    expect(findRevision([set('')], set(other, repositoryUrl), context)).toEqual({
      commit: other,
      from: 'label',
      source: repositoryUrl,
    });
    expect(findRevision([], set(undefined), context)).toBeUndefined();
  });

  test.each<[string, boolean]>([
    ['https://github.com/owner/repo', true],
    ['https://github.com/Owner/Repo.git', true],
    ['https://github.com/owner/repo/', true],
    ['https://github.com/owner/repo/tree/main', true],
    ['https://github.com/owner/repo?x=1', true],
    ['https://github.com/owner/repo#readme', true],
    ['https://user@github.com/owner/repo', true],
    ['ssh://git@github.com/owner/repo.git', true],
    ['git+ssh://git@github.com/owner/repo.git', true],
    ['git@github.com:owner/repo.git', true],
    ['github.com/owner/repo', true],
    ['https://github.com/owner/repo2', false],
    ['https://github.com/owner/repo.github', false],
    ['https://github.com/other/base', false],
    ['other/base', false],
    ['', false],
    ['https://', false],
    ['https://github.com/owner/.gitrepo', false],
    ['https://github.com/owner/repo.git/', true],
  ])('counts if its source is %s: %s', (source, counts) =>
    expect(findRevision([], set(commit, source), { ...context, imagePath: 'elsewhere/name' })?.commit).toBe(
      counts ? commit : undefined,
    ),
  );

  test.each<[string, string, boolean]>([
    ['https://git.example/owner/repo', 'owner/repo', true],
    ['https://git.example/owner/repo', 'owner/repo/web', true],
    ['https://git.example/owner/repo', 'owner/repository', false],
    ['https://git.example/owner/repo', 'x/owner/repo', false],
    ['https://git.example/', 'owner/repo', false],
    ['https://git.example/owner', 'owner/repo', false],
    ['https://github.com/owner', 'owner/repo', false],
    ['https://git.example/owner/', 'owner/repo', false],
    ['https://git.example/app', 'app', false],
    ['https://git.example/app', 'undefined/app', false],
    ['https:///git.example/owner/repo', 'owner/repo', false],
    ['https://git.example/owner/repo\nx', 'owner/repo', false],
    ['https://git.example:443/owner/repo', 'owner/repo', true],
    ['https://git.example/owner@x/repo', 'x/repo', false],
    ['https://git.example/group/sub/repo', 'group/sub/repo/web', true],
  ])('counts if its source %s names the image %s: %s', (source, imagePath, counts) =>
    expect(findRevision([], set(commit, source), { ...context, imagePath })?.commit).toBe(
      counts ? commit : undefined,
    ),
  );

  test('counts if it is the wanted one in full, whatever its source', () => {
    const base = set(commit, 'https://github.com/other/base');
    expect(findRevision([set(other)], base, { ...context, wanted: commit })?.commit).toBe(commit);
    expect(findRevision([set(other)], base, { ...context, wanted: other })?.commit).toBe(other);
    const short = set('abc1234', 'https://github.com/other/base');
    expect(findRevision([], short, { ...context, wanted: 'abc1234' })).toBeUndefined();
  });
});

test.each([
  ['digest', 'commit', 'auto', 'require'],
  ['digest', 'commit', 'off', 'off'],
  ['digest', 'select', 'auto', 'auto'],
  ['sha-tag', 'commit', 'auto', 'auto'],
  ['sha-tag', 'commit', 'require', 'require'],
] as const)('a plan of %s by %s with check-revision %s is checked as %s', (source, by, given, mode) =>
  expect(revisionMode({ source, by }, given)).toBe(mode),
);

describe('the check of a commit', () => {
  const of = (commit: string, from: Revision['from'] = 'label', source?: string): Revision => ({
    commit,
    from,
    source,
  });
  const check = (
    mode: 'auto' | 'require' | 'off',
    wanted: string | undefined,
    found: Revision | undefined,
    kind: 'branch' | 'pull-request' = 'branch',
  ) => checkRevision(mode, wanted, found, 'ghcr.io/owner/repo:main', repositoryUrl, { kind });

  type Row = [Parameters<typeof check>[0], string | undefined, Revision | undefined, string];
  test.each<Row>([
    ['off', commit, of(other), 'unchecked'],
    ['auto', undefined, of(other), 'unchecked'],
    ['require', undefined, of(other), 'unchecked'],
    ['auto', undefined, undefined, 'unchecked'],
    ['auto', undefined, of(other, 'tag'), 'unchecked'],
    ['off', commit, undefined, 'unchecked'],
    ['auto', commit, of(commit), 'matches'],
    ['require', commit, of(commit), 'matches'],
    ['auto', 'abc1234', of(commit), 'matches'],
    ['auto', commit, of('abc1234'), 'matches'],
    ['auto', commit, undefined, 'unknown'],
    ['auto', commit, of('abc1234', 'tag'), 'unknown'],
  ])('%s, %s, %j: %s', (mode, wanted, found, result) => expect(check(mode, wanted, found)).toBe(result));

  test.each<[Parameters<typeof check>[0], string | undefined, Revision | undefined, string]>([
    ['auto', commit, of(other), 'revision-mismatch'],
    ['auto', commit, of(other, 'tag'), 'revision-mismatch'],
    ['auto', commit, of('abc123'), 'revision-mismatch'],
    ['auto', commit, of(''), 'revision-mismatch'],
    ['auto', commit, of('abc1234x'), 'revision-mismatch'],
    ['require', commit, undefined, 'revision-missing'],
    ['require', undefined, undefined, 'revision-missing'],
    ['require', commit, of('abc1234', 'tag'), 'revision-missing'],
    ['require', commit, of(other, 'tag'), 'revision-missing'],
  ])('%s, %s, %j is refused: %s', (mode, wanted, found, code) => {
    const error = thrownBy(() => check(mode, wanted, found));
    expect(error.code).toBe(code);
  });

  const mismatch = (found: Revision, kind?: 'pull-request') =>
    thrownBy(() => check('auto', commit, found, kind));

  test('links both commits, in the repository that the image names', () => {
    const source = 'https://github.com/owner/other.git';
    const { found, expected } = mismatch(of(other, 'label', source));
    expect(found).toContain(`${other} (https://github.com/owner/other/commit/${other})`);
    expect(expected).toContain(`${commit} (${repositoryUrl}/commit/${commit})`);
  });

  test.each([
    'http://github.com/a/b',
    'https://evil.example/a b',
    'x https://a/b',
    'https://a/b"',
    '![x](https://a/b',
  ])('links nothing in a source that is %s', (source) =>
    expect(mismatch(of(other, 'label', source)).found).toContain(`(${repositoryUrl}/commit/${other})`),
  );

  test.each(['abc', 'x', '<b>', `${other}\n::error::`, 'a'.repeat(65)])(
    'quotes a commit that is %j',
    (text) => {
      expect(mismatch(of(text)).found).toContain(` ${JSON.stringify(text)}.`);
      expect(oneWord(text)).toBe(JSON.stringify(text));
    },
  );

  test('links a repository with .git in its name', () =>
    expect(mismatch(of(other, 'label', 'https://github.com/owner/x.gitother')).found).toContain(
      `(https://github.com/owner/x.gitother/commit/${other})`,
    ));

  test.each([
    [commit, commit],
    [undefined, '`check-revision` is "require"'],
  ])('names what an image without a commit should name: %s', (wanted, fact) => {
    const { expected } = thrownBy(() => check('require', wanted, undefined));
    expect(expected).toContain(` ${fact}.`);
  });

  test('adds nothing to what provenance or a tag shows', () => {
    for (const from of ['provenance', 'tag'] as const) {
      const { found, fix } = mismatch(of(other, from));
      expect(found).toMatch(/\)\.$/);
      expect(fix).toMatch(/^Build [^.]*\.$/);
    }
    expect(mismatch(of(other, 'annotation')).fix).toMatch(/^Build [^.]*\. If the annotation /);
  });

  test('advises by where the commit is', () => {
    const advice = (from: Revision['from']) => mismatch(of(other, from));
    expect(advice('label').found).toContain('base image');
    expect(advice('label').fix).toMatch(/labels: .*`with: check-revision: off`/);
    expect(advice('annotation').fix).toMatch(/annotation .*`with: check-revision: off`/);
    expect(advice('annotation').fix).not.toContain('labels:');
    for (const from of ['provenance', 'tag'] as const)
      expect(advice(from).fix).not.toContain('check-revision');
    for (const from of ['annotation', 'provenance', 'tag'] as const)
      expect(advice(from).found).not.toContain('base image');
    expect(mismatch(of(other), 'pull-request').fix).toContain('DOCKER_METADATA_PR_HEAD_SHA');
    expect(mismatch(of(other)).fix).not.toContain('DOCKER_METADATA_PR_HEAD_SHA');
  });

  test('says where the commit is', () => {
    const words = (['annotation', 'label', 'provenance', 'tag'] as const).map((from) =>
      sayingOf(of(other, from)),
    );
    expect(new Set(words).size).toBe(4);
    expect(words[0]).toContain('annotation org.opencontainers.image.revision');
    expect(words[1]).toContain('label org.opencontainers.image.revision');
    expect(words[3]).toContain('tag');
  });
});

test('a commit is one word', () => expect(oneWord('abc1234')).toBe('abc1234'));

describe('a named image beside the event’s commit', () => {
  const place = { repositoryUrl, imagePath: 'owner/repo' };
  const elsewhere = { repositoryUrl, imagePath: 'library/nginx' };
  type Row = [Revision | undefined, typeof place, string];
  test.each<Row>([
    [{ commit, from: 'label' }, place, 'same'],
    [{ commit, from: 'label' }, elsewhere, 'same'],
    [{ commit: 'abc1234', from: 'annotation' }, place, 'same'],
    [{ commit: other, from: 'label' }, place, 'differs'],
    [{ commit: other, from: 'tag' }, place, 'differs'],
    [{ commit, from: 'tag' }, place, 'unknown'],
    [undefined, place, 'unknown'],
    [undefined, elsewhere, 'other-repository'],
    [{ commit, from: 'tag' }, elsewhere, 'other-repository'],
    [{ commit: other, from: 'label' }, elsewhere, 'other-repository'],
    [
      { commit: other, from: 'label', source: 'https://github.com/nginx/nginx' },
      elsewhere,
      'other-repository',
    ],
    [{ commit: other, from: 'label', source: repositoryUrl }, elsewhere, 'differs'],
  ])('%j, %j: %s', (found, where, kind) => {
    const result = compareWithEvent(commit, found, where);
    expect(result).toEqual(kind === 'differs' ? { kind, event: commit, image: found } : { kind });
  });

  test.each([
    ['owner/repo', false],
    ['owner/repo/web', false],
    ['owner/repo2', true],
    ['owner', true],
  ])('an image %s is of another repository: %s', (imagePath, isOther) =>
    expect(isOtherRepository(undefined, { repositoryUrl: 'https://github.com/Owner/Repo', imagePath })).toBe(
      isOther,
    ),
  );
});
