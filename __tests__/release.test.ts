import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Machine } from '../src/fly/machine.ts';
import type { AppRelease } from '../src/fly/releases.ts';
import { type ChosenRelease, planOfRelease, type ReleaseDeps } from '../src/image/release.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import type { UserError } from '../src/lib/user-error.ts';
import { rejectedBy } from './errors.ts';
import { digestOf, makeMachine } from './factories.ts';

const repository = { host: 'ghcr.io', path: 'owner/repo' };
const [year, day] = [Date.parse('2026-01-01T00:00:00Z'), 86_400_000];

const release = (version: number, tag: string, status = 'complete'): AppRelease => ({
  version,
  status,
  image: `ghcr.io/owner/repo:${tag}`,
  created: year + version * day,
});
const machine = (version: number, digest: string) =>
  makeMachine({ releaseVersion: String(version), digest: digestOf(digest) });

const imageOf = (letter: string, created = 0) => ({
  digest: digestOf(letter),
  digests: [digestOf(letter)],
  created,
  commit: letter.repeat(40),
});
const chosen = (which: string): ChosenRelease => ({ by: 'select', release: which, commit: undefined });

/** Each tag is the letter of its image's digest and commit. Every image was built long ago. */
const world = (
  releases: readonly AppRelease[],
  machines: readonly Machine[],
  changes: Partial<ReleaseDeps> = {},
): ReleaseDeps => ({
  app: 'test-battle',
  releases,
  machines: async () => machines,
  repositories: [repository, { host: 'registry.fly.io', path: 'test-battle' }],
  commitIn: (tag) => (/^[0-9a-f]$/.test(tag) ? tag : undefined),
  find: async ({ tag = 'a' }) => imageOf(tag),
  log: { line: () => undefined },
  ...changes,
});

describe('previous', () => {
  test.each<[string, AppRelease[], Machine[], number]>([
    ['the release before', [release(3, 'b'), release(2, 'a')], [machine(3, 'b')], 2],
    [
      'not one with the same image, such as after changed secrets',
      [release(4, 'b'), release(3, 'b'), release(2, 'a')],
      [machine(4, 'b')],
      2,
    ],
    ['not a failed one', [release(4, 'c'), release(3, 'b', 'failed'), release(2, 'a')], [machine(4, 'c')], 2],
    [
      'what ran before a deploy that failed part-way',
      [release(3, 'b', 'failed'), release(2, 'a')],
      [machine(3, 'b'), machine(2, 'a')],
      2,
    ],
    [
      'not the current one, although its machines run something else',
      [release(3, 'c'), release(2, 'a')],
      [machine(3, 'b')],
      2,
    ],
    [
      'the release before, with a machine that names none',
      [release(3, 'b'), release(2, 'a')],
      [makeMachine({ releaseVersion: undefined }), machine(3, 'b')],
      2,
    ],
    [
      'the newer image again after a rollback',
      [release(4, 'a'), release(3, 'b'), release(2, 'a')],
      [machine(4, 'a')],
      3,
    ],
  ])('is %s', async (_name, releases, machines, version) => {
    const plan = await planOfRelease(chosen('previous'), world(releases, machines));
    expect(plan).toMatchObject({ source: 'release', version, pin: true, repository });
  });

  test('is not one whose index contains the image that runs, and the log shows both', async () => {
    const lines: string[] = [];
    const find: ReleaseDeps['find'] = async ({ tag = '' }) => ({
      ...imageOf(tag),
      digests: [digestOf('e'), digestOf(tag)],
    });
    const log = { line: (line: string) => void lines.push(line) };
    const releases = [release(4, 'b'), release(3, 'b'), release(2, 'a')];
    const plan = await planOfRelease(chosen('previous'), world(releases, [machine(4, 'b')], { find, log }));
    expect(plan).toMatchObject({ version: 2 });
    expect(lines).toEqual([expect.stringContaining('v3'), expect.stringContaining('v2')]);
  });

  test.each<[string, AppRelease[], Machine[], ErrorCode, string[]]>([
    [
      'there is no earlier release',
      [release(2, 'a')],
      [machine(2, 'a')],
      'release-none-earlier',
      ['(1 release ', '"test-battle"', 'release:previous', 'with: select: commit:', '`digest:'],
    ],
    [
      'no machine has a release',
      [release(2, 'a')],
      [],
      'release-unknown',
      ['release:previous', 'with: select: release:', '`commit:', '`digest:'],
    ],
  ])('is refused if %s', async (_name, releases, machines, code, facts) => {
    const error = await rejectedBy(planOfRelease(chosen('previous'), world(releases, machines)));
    expect(error.code).toBe(code);
    for (const fact of facts) expect(error.message).toContain(fact);
  });

  test('is never what runs now, and never newer than the current release', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ tag: fc.constantFrom('a', 'b', 'c'), ok: fc.boolean() }), { minLength: 1 }),
        fc.nat(),
        async (made, at) => {
          const releases = made
            .map(({ tag, ok }, n) => release(n + 1, tag, ok ? 'complete' : 'failed'))
            .reverse();
          const present = releases[at % releases.length];
          const runs = present?.image.at(-1) ?? '';
          const plan = await planOfRelease(
            chosen('previous'),
            world(releases, [machine(present?.version ?? 0, runs)]),
          ).catch((error: UserError) => error.code);
          const right = releases.filter(
            ({ version, status, image }) =>
              version < (present?.version ?? 0) && status === 'complete' && image.at(-1) !== runs,
          );
          if (right[0] === undefined) expect(plan).toBe('release-none-earlier');
          else
            expect(plan).toMatchObject({
              version: right[0].version,
              reference: { digest: digestOf(right[0].image.at(-1) ?? '') },
            });
        },
      ),
    ));
});

describe('current', () => {
  test('is the newest completed release', async () => {
    const releases = [
      release(4, 'd', 'running'),
      release(3, 'c', 'failed'),
      release(2, 'b'),
      release(1, 'a'),
    ];
    const plan = await planOfRelease(chosen('current'), world(releases, []));
    expect(plan).toMatchObject({ version: 2, reference: { digest: digestOf('b') }, by: 'select' });
  });

  test('is refused if no release was completed', async () => {
    const error = await rejectedBy(planOfRelease(chosen('current'), world([release(1, 'a', 'failed')], [])));
    expect(error.code).toBe('release-not-found');
    expect(error.found).toMatch(/ no completed release .* 1 .*"test-battle": v1 to v1\.$/);
    expect(error.fix).toContain('commit:');
  });

  test.each([
    ['current', 'no completed release '],
    ['7', 'no release v7 '],
  ])('is refused if there are no releases: %s', async (which, fact) => {
    const error = await rejectedBy(planOfRelease(chosen(which), world([], [])));
    expect(error.code).toBe('release-not-found');
    expect(error.found).toContain(fact);
    expect(error.found).toMatch(/"test-battle"\.$/);
  });

  test('advises a completed release', async () => {
    const releases = [release(8, 'b', 'failed'), release(7, 'a'), release(6, 'a')];
    const error = await rejectedBy(planOfRelease(chosen('3'), world(releases, [])));
    expect(error.found).toContain('v8 to v6');
    expect(error.fix).toContain('with: select: release:7`');
  });
});

test('the image must be of the commit that `commit` names', async () => {
  const commit = 'abc1234';
  expect(await planOfRelease({ ...chosen('2'), commit }, world([release(2, 'b')], []))).toMatchObject({
    commit,
  });
});

describe('a version', () => {
  test('selects its release, even one that failed', async () => {
    const plan = await planOfRelease(chosen('3'), world([release(3, 'b', 'failed')], []));
    expect(plan).toMatchObject({ version: 3, reference: { ...repository, digest: digestOf('b') } });
  });

  test.each<[string, AppRelease, Partial<ReleaseDeps>, ErrorCode, string[]]>([
    [
      'that does not exist',
      release(7, 'a'),
      {},
      'release-not-found',
      ['v3', '"test-battle"', 'v7 to v7', 'with: select: release:'],
    ],
    [
      'whose image no longer exists',
      release(3, 'a'),
      { find: async () => undefined },
      'release-image-gone',
      ['v3', 'ghcr.io/owner/repo:a', '404', 'select: release:'],
    ],
    [
      'whose tag has moved',
      release(3, 'a'),
      { find: async () => imageOf('a', year + 4 * day) },
      'release-tag-moved',
      ['v3', 'ghcr.io/owner/repo:a', '`digest:'],
    ],
    [
      'whose tag is now another commit’s, whenever that was built',
      release(3, 'a'),
      { find: async () => imageOf('b') },
      'release-tag-moved',
      ['v3', 'ghcr.io/owner/repo:a', 'b'.repeat(40), '`digest:'],
    ],
    [
      'whose tag does not contain a commit',
      release(3, 'main'),
      { find: async () => imageOf('a') },
      'release-tag-unknown',
      ['v3', 'ghcr.io/owner/repo:main', 'the tag does not contain a commit', '`digest:'],
    ],
    [
      'whose image does not name its commit',
      release(3, 'a'),
      { find: async () => ({ ...imageOf('a'), commit: undefined }) },
      'release-tag-unknown',
      [
        'v3',
        'ghcr.io/owner/repo:a',
        'image does not name',
        'labels: ${{ steps.meta.outputs.labels }}',
        '`digest:',
      ],
    ],
    [
      'whose tag does not contain a commit, and whose machines run something else',
      release(3, 'main'),
      { find: async () => imageOf('a'), machines: async () => [machine(3, 'b'), machine(2, 'a')] },
      'release-tag-unknown',
      ['v3'],
    ],
    [
      'of another repository, whose registry would get the credentials',
      { ...release(3, 'a'), image: 'registry.example/owner/repo:a' },
      {
        find: () => {
          throw new Error('asked');
        },
      },
      'release-of-another-repository',
      [
        'v3',
        'registry.example/owner/repo:a',
        'ghcr.io/owner/repo',
        'registry.fly.io/test-battle',
        'with: image: registry.example/owner/repo',
      ],
    ],
    [
      'of another repository of the same name',
      { ...release(3, 'a'), image: 'ghcr.io/test-battle:a' },
      {},
      'release-of-another-repository',
      ['with: image: ghcr.io/test-battle`'],
    ],
    [
      'of another repository in the same registry',
      { ...release(3, 'a'), image: 'ghcr.io/owner/other:a' },
      {},
      'release-of-another-repository',
      ['with: image: ghcr.io/owner/other`'],
    ],
    [
      'without an image',
      { ...release(3, 'a'), image: '' },
      {},
      'release-without-image',
      ['v3 does not', 'select: release:'],
    ],
    [
      'with an invalid reference',
      { ...release(3, 'a'), image: 'Not An Image' },
      {},
      'release-without-image',
      ['v3', 'Not An Image'],
    ],
  ])('%s is refused', async (_name, one, changes, code, facts) => {
    const error = await rejectedBy(planOfRelease(chosen('3'), world([one], [], changes)));
    expect(error.code).toBe(code);
    for (const fact of facts) expect(error.message).toContain(fact);
  });

  test('whose tag does not contain a commit is not advised to have labels', async () => {
    const error = await rejectedBy(planOfRelease(chosen('3'), world([release(3, 'main')], [])));
    expect([error.code, error.fix]).toEqual(['release-tag-unknown', expect.not.stringContaining('labels')]);
    expect(error.fix).toMatch(/`digest:…`\.$/);
  });

  test.each<[string, string, number | undefined, number | undefined]>([
    ['built when it was released', 'found', year, year],
    ['built later', 'release-tag-moved', year, year + 1],
    ['built at an unknown time', 'found', year, undefined],
    ['released at an unknown time', 'found', undefined, year],
    ['neither of which is known', 'found', undefined, undefined],
  ])('by a commit’s tag, %s: %s', async (_name, end, created, built) => {
    const find = async () => ({ ...imageOf('a'), created: built });
    const deps = world([{ ...release(3, 'a'), created }], [], { find });
    expect(
      await planOfRelease(chosen('3'), deps).then(
        () => 'found',
        (error: UserError) => error.code,
      ),
    ).toBe(end);
  });

  test('by a commit’s tag is of a commit that begins as the tag’s, not one that ends so', async () => {
    const find = async () => ({ ...imageOf('a'), commit: `${'b'.repeat(39)}a` });
    const error = await rejectedBy(planOfRelease(chosen('3'), world([release(3, 'a')], [], { find })));
    expect(error.code).toBe('release-tag-moved');
  });

  test('with a moving tag selects what its machines still run', async () => {
    const machines = async () => [machine(3, 'a')];
    const find = async () => ({ ...imageOf('a'), commit: undefined });
    const deps = world([release(3, 'main')], [], { machines, find });
    expect(await planOfRelease(chosen('3'), deps)).toMatchObject({ reference: { digest: digestOf('a') } });
  });

  test('by digest is always the same image', async () => {
    const one = { ...release(3, 'a'), image: `ghcr.io/owner/repo@${digestOf('a')}` };
    const find = async () => ({
      digest: digestOf('a'),
      digests: [digestOf('a')],
      created: year + 9 * day,
      commit: undefined,
    });
    expect(await planOfRelease(chosen('3'), world([one], [], { find }))).toMatchObject({ version: 3 });
  });
});
