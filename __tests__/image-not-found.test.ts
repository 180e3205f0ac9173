import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type About, notFound } from '../src/image/not-found.ts';
import { closest, listOf, newestOf, similarTags, some } from '../src/image/tag-list.ts';
import type { Plan } from '../src/image/types.ts';
import type { UserError } from '../src/lib/user-error.ts';
import type { Reference } from '../src/registry/reference.ts';
import { textWith } from './errors.ts';
import { digestOf } from './factories.ts';
import {
  type Answers,
  commit,
  type ImageWorld,
  imageWorld,
  otherCommit,
  repository,
  shaTag,
  tag,
} from './image-world.ts';

// The error for an image that does not exist: the input that finds what the repository has instead.

const image = 'ghcr.io/owner/repo';

const moving = (changes: object = {}): Plan =>
  ({
    source: 'digest',
    by: 'manual-select',
    repository,
    commit: undefined,
    pin: true,
    tag: 'main',
    ...changes,
  }) as Plan;
const named = (name: string, changes: object = {}): Plan =>
  ({
    source: 'reference',
    by: 'image',
    repository,
    commit: undefined,
    pin: false,
    reference: { ...repository, tag: name },
    ...changes,
  }) as Plan;

interface Options extends Partial<About> {
  readonly waited?: number;
  readonly shaTag?: string;
  readonly wanted?: Reference;
}
const ask = (
  world: ImageWorld,
  plan: Plan,
  { waited = 0, shaTag: template = '{branch}-{sha}', wanted, ...about }: Options = {},
): Promise<UserError> =>
  notFound(
    plan,
    wanted ?? ('reference' in plan ? plan.reference : { ...repository, tag: 'tag' in plan ? plan.tag : '' }),
    waited,
    { shaTag: template },
    { eventCommit: undefined, branch: 'main', buildRef: { kind: 'branch' }, ...about },
    { session: world.session, clock: world.rt.clock },
  );

/** A repository with these tags. Each image has another digest. */
function repositoryWith(tags: readonly string[], answers?: Answers): ImageWorld {
  const world = imageWorld(answers);
  for (const name of tags) world.push(name, { seed: name, kind: 'manifest' });
  return world;
}

/** The inputs that a fix prints, as text. */
const inputsIn = (fix: string): string | undefined =>
  /\nwith:\n((?: {2}\S.*(?:\n|$))+)/.exec(fix)?.[1]?.trimEnd();

const listed = { kind: 'listed', left: '' } as const;

describe('what was looked up', () => {
  test.each<[string, Plan, string, string | undefined]>([
    ['a commit’s tag', shaTag(), `${image}:${tag}`, undefined],
    ['a moving tag', moving(), `${image}:main`, undefined],
    ['a tag in `image`', named('v1'), `${image}:v1`, 'image'],
    ['a tag in `select`', named('v1', { by: 'select' }), `${image}:v1`, 'select'],
    ['the image of a package’s event', named('v1', { by: 'event' }), `${image}:v1`, 'image'],
  ])('is named: %s', async (_name, plan, name, input) => {
    const error = await ask(repositoryWith(['x']), plan);
    expect([error.code, error.input]).toEqual(['image-not-found', input]);
    expect(error.found).toContain(`${name} (404)`);
  });

  test('is named with the time that was waited', async () => {
    const { found } = await ask(repositoryWith(['x']), shaTag(), { waited: 120_000 });
    expect(found).toEqual(textWith(`${image}:${tag}`, '2 m', '(404)'));
    for (const tags of [['x'], []]) {
      const error = await ask(repositoryWith(tags), shaTag());
      expect(error.found).not.toContain('waiting');
    }
  });

  test.each<[string, Plan, string[], string[]]>([
    ['the tag and its commit', shaTag(), [tag, commit], [' or ']],
    ['both tags', shaTag({ otherTag: 'a-b-abc1234' }), [`${tag} or a-b-abc1234`, commit], []],
    ['the moving tag', moving(), ['"main"'], ['`']],
    ['the input', named('v1', { by: 'select' }), ['`select`'], []],
  ])('is expected: %s', async (_name, plan, facts, others) => {
    for (const world of [repositoryWith(['x']), repositoryWith([]), repositoryWith(['sha-abc1234'])]) {
      const { expected } = await ask(world, plan);
      for (const fact of facts) expect(expected).toContain(fact);
      for (const other of others) expect(expected).not.toContain(other);
    }
  });
});

describe('without a request for the tags', () => {
  test('a published image was deleted', async () => {
    const world = repositoryWith([tag]);
    const plan = named('v1', {
      by: 'event',
      published: 'v1',
      reference: { ...repository, digest: digestOf('a') },
    });
    const error = await ask(world, plan);
    expect(error.found).toContain(digestOf('a'));
    expect(error.expected).toContain('v1');
    expect(error.fix).not.toContain('with:');
    expect(world.asked).toEqual([]);
  });

  test.each<[string, Reference]>([
    ['alone', { ...repository, digest: digestOf('a') }],
    ['with a tag', { ...repository, tag: 'v1', digest: digestOf('a') }],
  ])('a digest has no alternative, %s', async (_name, reference) => {
    const world = repositoryWith(['v1', 'v2']);
    const { fix } = await ask(world, named('', { by: 'select', reference }));
    expect(fix).toContain('`with: select:`');
    expect(fix).toContain('.config.digest');
    expect(world.asked).toEqual([]);
  });
});

describe('tags that cannot be listed', () => {
  const failing = () =>
    repositoryWith([], (request) =>
      request === 'GET tags/list' ? new Response('no', { status: 418 }) : undefined,
    );

  test.each<[string, Plan, string, RegExp]>([
    [
      'a commit’s tag',
      shaTag(),
      '`with: wait-for-image: 5m`',
      /^Wait [\s\S]*type=sha,prefix=\{\{branch\}\}-/,
    ],
    ['a moving tag', moving(), 'type=ref,event=branch', /^Have /],
    ['a tag in `image`', named('v1'), '`with: image:`', /^Check /],
  ])('do not cause another error: %s', async (_name, plan, fact, fix) => {
    const error = await ask(failing(), plan);
    expect(error.code).toBe('image-not-found');
    expect(error.found).toMatch(/^[^\n]*\(404\)[^\n]*418[^\n]*\)\.$/);
    expect(error.fix).toContain(fact);
    expect(error.fix).toMatch(fix);
  });

  test('a moving tag is not waited for', async () => {
    for (const world of [failing(), repositoryWith([])])
      expect((await ask(world, moving())).fix).not.toContain('wait-for-image');
  });
});

describe('a repository', () => {
  const missing = () =>
    repositoryWith([], (request) =>
      request === 'GET tags/list' ? new Response('{}', { status: 404 }) : undefined,
    );

  test.each<[string, () => ImageWorld, Plan, RegExp]>([
    [
      'that does not exist',
      missing,
      shaTag(),
      /^The repository ghcr\.io\/owner\/repo does not exist \(404\)/,
    ],
    ['without tags', () => repositoryWith([]), shaTag(), /^The repository ghcr\.io\/owner\/repo has no tags/],
    [
      'without tags',
      () => repositoryWith([]),
      named('v1'),
      /^The repository ghcr\.io\/owner\/repo has no tags/,
    ],
    [
      'with signatures only',
      () => repositoryWith([`sha256-${'a'.repeat(64)}.sig`]),
      shaTag(),
      /^The repository ghcr\.io\/owner\/repo has no tags/,
    ],
  ])('%s is reported first', async (_name, world, plan, found) => {
    const error = await ask(world(), plan, { waited: 120_000 });
    expect(error.found).toMatch(found);
    expect(error.found).toContain('2 m');
    expect(error.fix).toContain('`image`');
    expect(error.fix.includes('wait-for-image')).toBe(plan.source === 'sha-tag');
    expect(error.fix).toContain('docker/metadata-action');
  });
});

describe('a tag of the commit', () => {
  test.each<[string, Plan, string[], Options, string | undefined]>([
    ['as `sha-tag`', shaTag(), ['sha-abc1234', 'latest'], {}, '  sha-tag: "sha-{sha}"'],
    [
      'as `sha-tag` with the longer commit',
      shaTag({ commit: 'abc1234' }),
      ['sha-abc123456789'],
      {},
      '  commit: "abc123456789"\n  sha-tag: "sha-{sha:12}"',
    ],
    [
      'as `sha-tag`, instead of a tag in `image` in a run about that commit',
      named(`sha-${commit}`),
      ['sha-abc1234'],
      { eventCommit: commit },
      `  image: ${image}\n  sha-tag: "sha-{sha}"`,
    ],
    [
      'as `sha-tag`, instead of a tag in `image` without a commit',
      named('nope'),
      ['sha-abc1234'],
      { eventCommit: commit },
      `  image: ${image}\n  sha-tag: "sha-{sha}"`,
    ],
    [
      'by name, instead of a tag in `image` of another commit than the event’s',
      named(`sha-${commit}`),
      ['main-abc1234'],
      { eventCommit: otherCommit },
      `  image: ${image}:main-abc1234`,
    ],
    [
      'by name, in a manual run',
      named(`sha-${commit}`),
      ['main-abc1234'],
      {},
      `  image: ${image}:main-abc1234`,
    ],
    [
      'by name in `select`',
      named(`sha-${commit}`, { by: 'select' }),
      ['main-abc1234'],
      {},
      '  select: "tag:main-abc1234"',
    ],
    [
      'by name in `manual-select`',
      moving({ tag: `sha-${commit}` }),
      ['main-abc1234'],
      {},
      '  manual-select: "tag:main-abc1234"',
    ],
    [
      'of the event before that of nothing',
      moving({ tag: 'production', by: 'select' }),
      ['sha-abc1234'],
      { eventCommit: commit },
      '  select: "tag:sha-abc1234"',
    ],
    [
      'by the commit that was typed, not by the event’s',
      named('nope', { commit: otherCommit }),
      ['sha-abc1234', 'sha-fedcba9'],
      { eventCommit: commit },
      `  image: ${image}:sha-fedcba9`,
    ],
    [
      'by its own commit, although the event’s ends with the same digits',
      named('sha-def12345'),
      ['main-def12345', 'sha-abc1234'],
      { eventCommit: commit },
      `  image: ${image}:main-def12345`,
    ],
    [
      'of the event’s commit, if there is none of the commit in `image`',
      named('sha-1111111a'),
      ['sha-abc1234'],
      { eventCommit: commit },
      `  image: ${image}\n  sha-tag: "sha-{sha}"`,
    ],
    [
      'in a moving `sha-tag`',
      moving({ by: 'commit', commit, tag: 'production' }),
      ['sha-abc1234'],
      {},
      '  sha-tag: "sha-{sha}"',
    ],
    [
      'of another branch',
      shaTag({ branch: 'dev', tag: 'dev-abc1234' }),
      ['x.dev.abc1234'],
      { branch: 'dev' },
      '  sha-tag: "x.{branch}.{sha}"',
    ],
  ])('is printed %s', async (_name, plan, tags, options, inputs) => {
    const { found, fix } = await ask(repositoryWith(tags), plan, options);
    expect(inputsIn(fix)).toBe(inputs);
    expect(found).toMatch(/ a tag of commit [0-9a-f]{7}: \S/);
    // A tag that was named exists under another name; a tag that a build should have pushed can also be pushed.
    expect(fix.includes('docker/metadata-action')).toBe(!('reference' in plan));
  });

  test('is not the one that does not exist, although the list has it', async () => {
    const { fix } = await ask(repositoryWith([tag]), shaTag());
    expect(inputsIn(fix)).toBeUndefined();
    expect(fix).toContain('wait-for-image');
  });

  test('is deployed by its digest if no template can match it', async () => {
    const world = imageWorld();
    const { digest } = world.push('20261124-gabc1234');
    const { fix } = await ask(world, shaTag());
    expect(inputsIn(fix)).toBe(`  image: ${image}@${digest}`);
    expect(fix).toEqual(textWith('20261124 ', 'differs ', 'build-image.yml', 'docker/metadata-action'));
    expect(world.asked.at(-1)).toBe('HEAD manifests/20261124-gabc1234');
  });

  test('is deployed by its digest in the input that named the missing tag', async () => {
    const world = imageWorld();
    const { digest } = world.push('v62-3-gabc1234');
    const { fix } = await ask(world, named(`sha-${commit}`, { by: 'select' }));
    expect(inputsIn(fix)).toBe(`  select: "digest:${digest}"`);
    expect(fix).toEqual(textWith('v62 and 3 ', 'differ '));
    expect(fix).not.toContain('docker/metadata-action');
  });

  test.each<[string, Answers]>([
    ['refuses', () => new Response('', { status: 500 })],
    ['sends no digest', () => new Response('', { status: 200 })],
    ['does not have the image', () => new Response('', { status: 404 })],
  ])('is named if its digest cannot be read: the registry %s', async (_name, answer) => {
    const world = repositoryWith(['20261124-gabc1234'], (request, init) =>
      request.startsWith('HEAD') ? answer(request, init) : undefined,
    );
    expect(inputsIn((await ask(world, shaTag())).fix)).toBe(`  image: ${image}:20261124-gabc1234`);
  });

  test('is one of several: the best is printed, and three others are named', async () => {
    const tags = [1, 2, 3, 4]
      .map((n) => `abc1234-x${n}`)
      .map((each) => each.replace(/\d$/, (n) => 'abcd'[+n - 1] ?? ''));
    const { found, fix } = await ask(repositoryWith(['main-abc1234-debian', ...tags]), shaTag());
    expect(inputsIn(fix)).toBe('  sha-tag: "{branch}-{sha}-debian"');
    expect(found).toContain(' 5 tags of commit abc1234: main-abc1234-debian, ');
    const others = /As `sha-tag`, (.*)\.\n/.exec(fix)?.[1]?.split(', ');
    expect(others).toEqual(['a', 'b', 'c'].map((end) => `"{sha}-x${end}" finds abc1234-x${end}`));
  });

  test('is one of several that only their names select', async () => {
    const world = repositoryWith(['main-abc1234', 'sha-abc1234']);
    const { fix } = await ask(world, named(`x-${commit}`));
    expect(inputsIn(fix)).toBe(`  image: ${image}:main-abc1234`);
    expect(fix).not.toContain('As `sha-tag`');
  });

  test('is one of two, of which no template can match the other', async () => {
    const { fix } = await ask(repositoryWith(['sha-abc1234', '20261124-abc1234']), shaTag());
    expect(inputsIn(fix)).toBe('  sha-tag: "sha-{sha}"');
    expect(fix).not.toContain('As `sha-tag`');
    expect(fix).not.toContain('20261124');
  });

  test('leaves out signatures, and counts them', async () => {
    const { found } = await ask(repositoryWith(['sha-abc1234', 'x-abc1234.sig', 'y.att']), shaTag());
    expect(found).toMatch(/a tag of commit abc1234: sha-abc1234\.\n[^\n]*2 tags of signatures\.$/);
  });
});

describe('a commit’s tag, without any of the commit', () => {
  test.each<[string, string[], Options, string[]]>([
    ['others of the branch', ['main-1111111', 'main-2222222'], {}, ['main-1111111', 'main-2222222']],
    ['one of another form', ['latest'], {}, ['only tag, latest,']],
    ['several of other forms', ['latest', 'edge'], {}, ['2 tags', 'latest, edge']],
  ])('shows %s', async (_name, tags, options, facts) => {
    const { found, fix } = await ask(repositoryWith(tags), shaTag(), options);
    expect(found).toEqual(textWith(...facts));
    expect(fix).toMatch(
      /^Wait [\s\S]*`with: wait-for-image: 5m`[\s\S]*main-abc1234[\s\S]*prefix=\{\{branch\}\}-/,
    );
    expect(inputsIn(fix)).toBeUndefined();
  });

  test('counts signatures', async () => {
    const { found } = await ask(repositoryWith(['latest', 'x.sbom']), shaTag());
    expect(found).toMatch(/latest[^\n]*\n[^\n]*1 tag of signatures\.$/);
  });

  test.each<[string, About['buildRef'], string]>([
    ['a branch', { kind: 'branch' }, 'type=sha,prefix={{branch}}-'],
    ['a tag', { kind: 'tag', name: 'v9' }, 'type=ref,event=tag\n      type=sha,prefix=main-'],
    [
      'a pull request',
      { kind: 'pull-request' },
      'type=ref,event=pr\n      type=sha,prefix=${{ github.head_ref }}-',
    ],
  ])('prints the lines of a build of %s', async (_name, buildRef, lines) => {
    expect((await ask(repositoryWith(['latest']), shaTag(), { buildRef })).fix).toContain(lines);
  });

  test.each<[string, string, string[], string | undefined]>([
    ['the Git tag', 'v1.4.0', ['v1.4.0', '1.4.0'], 'v1.4.0'],
    ['the Git tag without its v', 'v1.4.0', ['1.4.0'], '1.4.0'],
    ['the Git tag with its slash', 'web/v1.4', ['web-v1.4'], 'web-v1.4'],
    ['nothing for a tag that it does not have', 'v1.4.0', ['v1.4.1'], undefined],
    ['nothing for a word with a v', 'vnext', ['next'], undefined],
    ['nothing for a v inside', 'xv1', ['x1'], undefined],
    ['nothing for a name that cannot be a tag', '.x', ['.x', 'latest'], undefined],
  ])('of the build of a Git tag: prints %s', async (_name, name, tags, found) => {
    const world = repositoryWith(tags);
    const { fix } = await ask(world, shaTag(), { buildRef: { kind: 'tag', name } });
    const line = /^Deploy [^`]*`with: image: ([^`]*)`\. Or wait /.exec(fix)?.[1];
    expect(line).toBe(found && `${image}:${found}`);
    if (found === undefined) expect(fix).toMatch(/^Wait /);
    expect(world.asked.filter((request) => request.startsWith('HEAD manifests/.'))).toEqual([]);
  });

  test('of the build of a Git tag: a registry that refuses does not cause another error', async () => {
    const world = repositoryWith(['v1.4.0'], (request) =>
      request.startsWith('HEAD') ? new Response('', { status: 400 }) : undefined,
    );
    const lost = repositoryWith(['v1.4.0'], (request) => {
      if (request.startsWith('HEAD')) throw new TypeError('fetch failed');
      return undefined;
    });
    const buildRef = { kind: 'tag', name: 'v1.4.0' } as const;
    expect((await ask(world, shaTag(), { buildRef })).fix).toMatch(/^Deploy /);
    expect((await ask(lost, shaTag(), { buildRef })).fix).toMatch(/^Wait /);
  });

  test('of a branch’s build: asks for no other image', async () => {
    const world = repositoryWith(['main-1']);
    await ask(world, shaTag());
    expect(world.asked.filter((request) => request.startsWith('HEAD'))).toEqual([]);
  });
});

describe('a moving tag', () => {
  test.each<[string, Plan, string[], string | undefined]>([
    ['the usual one', moving(), ['v1.2.3', 'latest', 'zz'], '  manual-select: "tag:latest"'],
    ['latest before master', moving(), ['master', 'latest'], '  manual-select: "tag:latest"'],
    [
      'the most similar one',
      moving({ by: 'select', tag: 'prod-eu' }),
      ['abc', 'prod-us'],
      '  select: "tag:prod-us"',
    ],
    ['no commit, version or date', moving(), ['main-abc1234', '20261124', 'v1', 'abcdefa'], undefined],
    ['as `sha-tag`', moving({ by: 'commit', commit, tag: 'production' }), ['stable'], '  sha-tag: "stable"'],
    ['in `image`', moving({ by: 'event' }), ['stable'], `  image: ${image}:stable`],
  ])('is replaced: %s', async (_name, plan, tags, inputs) => {
    const { found, fix } = await ask(repositoryWith(tags), plan);
    expect(inputsIn(fix)).toBe(inputs);
    expect(fix).toContain('docker/metadata-action');
    expect(found).toContain(` ${tags.length} tag`);
    if (inputs === undefined) expect(fix).toMatch(/^Have /);
    else expect(fix).toContain('\n\nOr have ');
  });

  test.each([
    ['main', 'main', 'type=ref,event=branch'],
    ['a-amp-b', 'a&b', 'type=ref,event=branch'],
    ['a-b', 'a&b', 'type=ref,event=branch'],
    ['production', 'main', 'type=raw,value=production'],
  ])('%s is pushed by a build of %s with %s', async (name, branch, line) => {
    const { fix } = await ask(repositoryWith(['v1']), moving({ tag: name }), { branch });
    expect(fix).toContain(`the tag ${name}`);
    expect(fix).toContain(line);
    expect(fix.includes('type=raw')).toBe(name === 'production');
  });

  test('is one of the usual ones, in this order, before any other', async () => {
    const usual = ['latest', 'main', 'master', 'production', 'stable', 'edge'];
    for (const [n, name] of usual.entries()) {
      const tags = [...usual.slice(n), 'trunk-eu'].reverse();
      const { fix } = await ask(repositoryWith(tags), moving({ tag: 'trunk' }));
      expect(inputsIn(fix)).toBe(`  manual-select: "tag:${name}"`);
    }
  });
});

describe('a tag that was named', () => {
  test.each<[string, Plan, string[], string]>([
    ['with the same beginning', named('v1.4'), ['latest', 'v1.4.0', 'v2.4'], `  image: ${image}:v1.4.0`],
    ['with the same end', named('main-x', { by: 'select' }), ['a', 'b-x', 'c'], '  select: "tag:b-x"'],
    ['that is the last of equal ones', named('q'), ['a', 'b', 'c'], `  image: ${image}:c`],
    ['even with a version', named('q', { by: 'event' }), ['v1.2.3'], `  image: ${image}:v1.2.3`],
  ])('is replaced by one %s', async (_name, plan, tags, inputs) => {
    const { found, fix } = await ask(repositoryWith(tags), plan);
    expect(inputsIn(fix)).toBe(inputs);
    expect(fix).not.toContain('docker/metadata-action');
    for (const each of tags) expect(found).toContain(each);
  });

  test('shows the five most similar ones', async () => {
    const tags = ['zzz', 'v1.1', 'v1.2', 'v1.3', 'v1.4', 'v1.5', 'yyy'];
    const { found } = await ask(repositoryWith(tags), named('v1.9'));
    expect(found).toContain(' 7 tags, such as v1.5, v1.4, v1.3, v1.2, v1.1.');
  });
});

describe('a list of tags', () => {
  test.each([
    [1, 'a'],
    [5, 'a, b, c, d, e'],
    [6, 'a, b, c, d, e and 1 more'],
    [8, 'a, b, c, d, e and 3 more'],
  ])('of %d shows %s', (count, words) => expect(some([...'abcdefgh'].slice(0, count))).toBe(words));

  test.each([
    [9_999, '9999 tags'],
    [10_000, 'first 10000 tags'],
  ])('of %d is counted as %s', async (count, words) => {
    const tags = Array.from({ length: count }, (_, n) => `t${n}`);
    const world = imageWorld(() => Response.json({ tags }));
    expect(await listOf(world.session)).toMatchObject({ ...listed, count: words });
  });

  test('of one is counted as one', async () =>
    expect(await listOf(repositoryWith(['x']).session)).toEqual({ ...listed, tags: ['x'], count: '1 tag' }));

  const texts = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b', '-', '1'), minLength: 1, maxLength: 6 }),
    {
      maxLength: 8,
    },
  );
  test('sorted by likeness is the same list', () =>
    fc.assert(
      fc.property(texts, fc.string({ maxLength: 6 }), (tags, wanted) =>
        expect(closest(tags, wanted).sort()).toEqual([...tags].sort()),
      ),
    ));

  test('sorted by likeness begins with the one that was typed', () =>
    fc.assert(
      fc.property(texts, fc.constantFrom('ab-1', 'b', '1-1-a'), (tags, wanted) =>
        expect(closest([...tags, wanted], wanted)[0]).toBe(wanted),
      ),
    ));

  test.each([
    ['ab', ['xab', 'abx', 'x'], ['abx', 'xab', 'x']],
    ['main-1', ['dev-1', 'main-2', 'main', 'zzzz'], ['main-2', 'main', 'dev-1', 'zzzz']],
    ['abc', ['abcabc', 'xabc', 'ab'], ['abcabc', 'xabc', 'ab']],
  ])('sorted by its likeness to %s', (wanted, tags, sorted) => expect(closest(tags, wanted)).toEqual(sorted));
});

describe('tags of the branch, with their age', () => {
  const day = 86_400_000;
  const now = Date.parse('2026-11-24T12:00:00Z');
  /** Tags whose images were built that many days ago; undefined: without a time. */
  const built = (days: readonly (number | undefined)[], kind: 'index' | 'manifest' = 'index') => {
    const world = imageWorld();
    days.forEach((each, n) => {
      const created = each === undefined ? '' : new Date(now - each * day).toISOString();
      world.push(`main-${1000000 + n}`, { seed: `${n}`, created, kind });
    });
    return world;
  };
  const similar = async (world: ImageWorld, tags: readonly string[]) =>
    similarTags({ kind: 'listed', tags, count: `${tags.length} tags`, left: '' }, world.session, {
      template: '{branch}-{sha}',
      branch: 'main',
      now,
    });
  const tagsOf = (world: ImageWorld) => [...world.store.get('owner/repo').tags.keys()];

  test.each(['index', 'manifest'] as const)('are sorted by it: %s', async (kind) => {
    const world = built([3, 1, 2], kind);
    const lines = (await similar(world, tagsOf(world))).split('\n');
    expect(lines[0]).toContain('newest first');
    expect(lines.slice(1)).toEqual([
      '  main-1000001 (1 day ago)',
      '  main-1000002 (2 days ago)',
      '  main-1000000 (3 days ago)',
    ]);
  });

  test('are in the registry’s order, not called newest, if the age of one is unknown', async () => {
    const world = built([3, undefined]);
    const [first, ...lines] = (await similar(world, tagsOf(world))).split('\n');
    expect(first).toMatch(/ that exist:$/);
    expect(lines).toEqual(['  main-1000000 (3 days ago)', '  main-1000001']);
  });

  test('are the newest five of all', async () => {
    const world = built([1, 2, 3, 4, 5, 6, 0.5]);
    const [first, ...lines] = (await similar(world, ['latest', ...tagsOf(world)])).split('\n');
    expect(first).toMatch(/^5 of 7 tags /);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('main-1000006');
  });

  test.each([
    [5, /^The tags of /],
    [24, /^5 of 24 tags /],
    [25, /^5 of the last 24 in the list of 25 tags /],
  ])('are %d: the first words', async (count, words) => {
    const world = built(Array.from({ length: count }, (_, n) => (n === 0 ? 0 : 10 + n)));
    const text = await similar(world, tagsOf(world));
    expect(text).toMatch(words);
    // Only the last 24 are read, and an age takes three requests.
    expect(world.asked).toHaveLength(3 * Math.min(count, 24));
    expect(text.includes('main-1000000')).toBe(count < 25);
  });

  test.each<[string, string[], string]>([
    ['one of another form', ['latest'], 'latest'],
    ['several', ['a', 'b', 'c', 'd', 'e', 'f'], '6 tags has this form. It has b, c, d, e, f.'],
  ])('are not there: %s', async (_name, tags, words) => {
    const world = built([]);
    expect(await similar(world, tags)).toContain(words);
    expect(world.asked).toEqual([]);
  });

  test('of images that cannot be read have no age', async () => {
    const answer = (json: object) => () =>
      new Response(JSON.stringify(json), {
        headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' },
      });
    const index = 'application/vnd.oci.image.index.v1+json';
    const odd: Answers[] = [
      () => new Response('', { status: 404 }),
      () => new Response('x', { status: 418 }),
      answer({}),
      answer({ config: { digest: 'sha256:../x' } }),
      (request) =>
        request.endsWith('/t')
          ? new Response(JSON.stringify({ mediaType: index, manifests: [{ digest: 'nothing' }] }), {
              headers: { 'content-type': index },
            })
          : undefined,
      (request) =>
        request.endsWith('/t')
          ? answer({ config: { digest: digestOf('a') } })()
          : new Response('', { status: 404 }),
    ];
    for (const each of odd) {
      const world = imageWorld(each);
      expect(await newestOf(world.session, ['t'])).toEqual([{ tag: 't', created: undefined }]);
      expect(world.asked.filter((request) => request.includes('..') || request.includes('nothing'))).toEqual(
        [],
      );
    }
  });
});
