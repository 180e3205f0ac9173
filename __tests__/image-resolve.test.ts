import { describe, expect, test } from '@jest/globals';
import { makeImage } from '../sandbox/registry/images.ts';
import { resolveImage } from '../src/image/resolve.ts';
import { rootOf } from '../src/image/root-of.ts';
import type { Plan } from '../src/image/types.ts';
import { sourceSession } from '../src/registry/connect.ts';
import type { Session } from '../src/registry/session.ts';
import { lineWith, rejectedBy } from './errors.ts';
import { digestOf } from './factories.ts';
import {
  type Answers,
  commit,
  type ImageWorld,
  imageWorld,
  otherCommit,
  repository,
  repositoryUrl,
  shaTag,
  tag,
} from './image-world.ts';

// How an image is found in its registry: what is asked, how long it is waited for, and what is read of it.

const minute = 60_000;
const own = { revision: commit, source: repositoryUrl };

const moving = (changes: object = {}): Plan =>
  ({ source: 'digest', by: 'commit', repository, commit, pin: true, tag: 'main', ...changes }) as Plan;
const reference = (name: object, changes: object = {}): Plan =>
  ({
    source: 'reference',
    by: 'image',
    repository,
    commit: undefined,
    pin: false,
    reference: { ...repository, ...name },
    ...changes,
  }) as Plan;
const pattern = (glob: string): Plan => ({
  source: 'pattern',
  by: 'select',
  repository,
  commit: undefined,
  pin: true,
  pattern: glob,
});

interface Options {
  readonly wait?: number;
  readonly check?: 'auto' | 'require' | 'off';
  readonly eventCommit?: string;
  readonly random?: number;
  readonly session?: Session;
}
const resolve = (
  world: ImageWorld,
  plan: Plan,
  { wait = 0, check = 'auto', eventCommit, random = 0.5, session = world.session }: Options = {},
) =>
  resolveImage(
    plan,
    { waitForImage: wait, shaTag: '{branch}-{sha}', checkRevision: check },
    { repositoryUrl, eventCommit, branch: 'main', buildRef: { kind: 'branch' } },
    {
      ...world.rt,
      random: () => random,
      session,
      progress: { line: (text) => void world.progress.push(text) },
    },
  );

/** A world that also records when a request is sent, in milliseconds. */
function timed(answers: Answers = () => undefined): { world: ImageWorld; times: [string, number][] } {
  const times: [string, number][] = [];
  const world = imageWorld((request, init) => {
    times.push([request, world.now()]);
    return answers(request, init);
  });
  return { world, times };
}

describe('an image that exists', () => {
  test('is read with one request for each of its parts', async () => {
    const world = imageWorld();
    const { digest, platformDigest = '', manifests } = world.push(tag, own);
    await resolve(world, shaTag(), { wait: minute });
    const config = manifests[0]?.blobs[0]?.digest;
    expect(world.asked).toEqual([
      `GET manifests/${tag}`,
      `GET manifests/${platformDigest}`,
      `GET blobs/${config}`,
    ]);
    expect(world.now()).toBe(0);
    expect(digest).not.toBe(platformDigest);
  });

  test.each(['index', 'manifest'] as const)('is described by what the registry has: %s', async (kind) => {
    const world = imageWorld();
    const made = world.push(tag, { ...own, kind, created: '2026-11-24T09:00:00Z', layerBytes: 5000 });
    const platform = made.manifests[0] ?? made;
    const [config, layer] = platform.blobs;
    expect(await resolve(world, shaTag())).toEqual({
      reference: { ...repository, tag },
      repository,
      tag,
      root: expect.objectContaining({ digest: made.digest }),
      digest: made.digest,
      platform: expect.objectContaining({ digest: platform.digest }),
      platformDigest: platform.digest,
      digests: kind === 'index' ? [made.digest, platform.digest] : [made.digest],
      labels: new Map([
        ['org.opencontainers.image.revision', commit],
        ['org.opencontainers.image.source', repositoryUrl],
      ]),
      revision: { commit, from: 'label', source: repositoryUrl },
      created: '2026-11-24T09:00:00Z',
      size: 5000 + (config?.bytes.length ?? 0),
      public: true,
    });
    expect(layer?.bytes.length).toBe(5000);
  });

  test.each<[string, Plan, (digest: string) => object]>([
    ['its tag', shaTag(), () => ({ tag })],
    ['its digest, if the plan pins it', shaTag({ pin: true }), (digest) => ({ digest })],
    [
      'the digest of the tag in `image`, if pinned',
      reference({ tag }, { pin: true }),
      (digest) => ({ digest }),
    ],
  ])('is deployed by %s', async (_name, plan, named) => {
    const world = imageWorld();
    const { digest } = world.push(tag, own);
    expect((await resolve(world, plan)).reference).toEqual({ ...repository, ...named(digest) });
  });

  test('by digest is deployed by digest, and has no tag', async () => {
    const world = imageWorld();
    const { digest } = world.push(undefined, own);
    const found = await resolve(world, reference({ digest }));
    expect([found.reference, found.tag]).toEqual([{ ...repository, digest }, undefined]);
    expect(world.asked[0]).toBe(`GET manifests/${digest}`);
  });

  test('that needs a login is not public', async () => {
    const world = imageWorld((_request, { headers }) =>
      (headers as Record<string, string>)['authorization'] === undefined
        ? new Response('{}', { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } })
        : undefined,
    );
    world.push(tag, own);
    const login = { username: 'octocat', password: 'p' };
    const logins = { image: repository, registryLogin: login, githubLogin: undefined, flyLogin: login };
    const session = sourceSession(world.rt, logins, repository, 0);
    expect((await resolve(world, shaTag(), { session })).public).toBe(false);
  });

  test('can have sizes that are not numbers', async () => {
    const world = imageWorld();
    const { blobs } = makeImage({ ...own, kind: 'manifest' });
    const [config, layer] = blobs;
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const body = JSON.stringify({
      mediaType,
      config: { digest: config?.digest },
      layers: [{ digest: layer?.digest, size: 7 }, { digest: layer?.digest }],
    });
    const odd = imageWorld((request) =>
      request.includes('manifests/')
        ? new Response(body, { headers: { 'content-type': mediaType } })
        : undefined,
    );
    odd.push('other', { ...own, kind: 'manifest' });
    expect((await resolve(odd, shaTag())).size).toBe(7);
    expect(world.asked).toEqual([]);
  });
});

describe('a part of an image that the registry does not have yet', () => {
  const lagging = (ms: number) => {
    const world = imageWorld();
    const { platformDigest = '' } = world.push(tag, own);
    world.store.remove('owner/repo', platformDigest);
    world.at(ms, () => world.push(tag, own));
    return world;
  };

  test('is waited for', async () => {
    const world = lagging(8000);
    expect(await resolve(world, shaTag())).toMatchObject({ tag });
    expect(world.now()).toBe(8000);
  });

  test('is waited for only ten seconds', async () => {
    const world = lagging(10_500);
    expect((await rejectedBy(resolve(world, shaTag()))).code).toBe('image-incomplete');
    expect(world.now()).toBe(10_000);
  });
});

describe('the commit of an image', () => {
  const base = 'https://github.com/other/base';

  test('is that of its provenance if its label is another', async () => {
    const world = imageWorld();
    world.push(tag, { revision: otherCommit, provenance: commit, source: repositoryUrl });
    expect((await resolve(world, shaTag())).revision).toEqual({
      commit,
      from: 'provenance',
      source: repositoryUrl,
      instead: { commit: otherCommit, from: 'label', source: repositoryUrl },
    });
  });

  test('is that of its provenance if its label is a base image’s', async () => {
    const world = imageWorld();
    world.push(tag, { revision: otherCommit, provenance: commit, source: base });
    const { revision } = await resolve(world, shaTag());
    expect(revision).toEqual({ commit, from: 'provenance', source: base });
    expect(revision).not.toHaveProperty('instead');
  });

  test.each<[string, Plan, object]>([
    ['without an expected commit', reference({ tag }), { revision: otherCommit, provenance: commit }],
    ['with the expected label', shaTag({ commit: 'abc1234' }), own],
    ['without an index', shaTag(), { revision: otherCommit, kind: 'manifest' }],
  ])('is that of its label %s, and its provenance is not read', async (_name, plan, options) => {
    const world = imageWorld();
    const made = world.push(tag, { source: repositoryUrl, ...options });
    expect((await resolve(world, plan)).revision?.from).toBe('label');
    expect(world.asked).toHaveLength(made.manifests.length === 0 ? 2 : 3);
  });

  test('is that of its label if it has no provenance', async () => {
    const world = imageWorld();
    world.push(tag, { revision: otherCommit, source: repositoryUrl, attestations: false });
    expect((await resolve(world, shaTag())).revision?.commit).toBe(otherCommit);
  });

  test.each<[string, Plan, string]>([
    ['a named image with the event’s commit', reference({ tag }), 'provenance'],
    ['a named image with the commit that was typed', reference({ tag }, { commit: otherCommit }), 'label'],
    ['a release with no commit', { ...reference({ tag }), source: 'release', version: 2 } as Plan, 'label'],
  ])('compares %s', async (_name, plan, from) => {
    const world = imageWorld();
    world.push(tag, { revision: otherCommit, provenance: commit, source: repositoryUrl });
    expect((await resolve(world, plan, { eventCommit: commit })).revision?.from).toBe(from);
  });

  test('in full counts for an image with another source', async () => {
    const world = imageWorld();
    world.push(tag, { revision: commit, source: base });
    expect((await resolve(world, shaTag())).revision).toMatchObject({ commit, from: 'label' });
  });
});

describe('waiting for an image', () => {
  test('polls with HEAD, ever more slowly, and once more at the end', async () => {
    const { world, times } = timed();
    expect((await rejectedBy(resolve(world, shaTag(), { wait: minute }))).code).toBe('image-not-found');
    expect(times.slice(0, 9)).toEqual([
      [`GET manifests/${tag}`, 0],
      [`HEAD manifests/${tag}`, 2000],
      [`HEAD manifests/${tag}`, 5000],
      [`HEAD manifests/${tag}`, 9500],
      [`HEAD manifests/${tag}`, 16_250],
      [`HEAD manifests/${tag}`, 26_375],
      [`HEAD manifests/${tag}`, 38_875],
      [`HEAD manifests/${tag}`, 51_375],
      [`HEAD manifests/${tag}`, minute],
    ]);
    expect(times[9]?.[0]).toBe('GET tags/list');
    expect(world.now()).toBe(minute);
  });

  test.each([
    [0, 1600],
    [1, 2400],
  ])('varies its intervals by a fifth: %d', async (random, first) => {
    const { world, times } = timed();
    await rejectedBy(resolve(world, shaTag(), { wait: minute, random }));
    expect(times[1]).toEqual([`HEAD manifests/${tag}`, first]);
  });

  test('ends when the image appears', async () => {
    const { world, times } = timed();
    world.at(4000, () => world.push(tag, own));
    expect(await resolve(world, shaTag(), { wait: minute })).toMatchObject({ tag });
    expect(times.slice(0, 4)).toEqual([
      [`GET manifests/${tag}`, 0],
      [`HEAD manifests/${tag}`, 2000],
      [`HEAD manifests/${tag}`, 5000],
      [`GET manifests/${tag}`, 5000],
    ]);
    expect(world.now()).toBe(5000);
  });

  test('continues if a tag is there for a moment only', async () => {
    const { digest } = makeImage(own);
    const { world } = timed((request) =>
      request === `HEAD manifests/${tag}` && world.now() < 3000
        ? new Response(null, { headers: { 'docker-content-digest': digest } })
        : undefined,
    );
    world.at(4000, () => world.push(tag, own));
    expect(await resolve(world, shaTag(), { wait: minute })).toMatchObject({ digest });
    expect(world.now()).toBe(5000);
  });

  test('says what it waits for at once, and then every ten seconds', async () => {
    const world = imageWorld();
    world.at(15_000, () => world.push(tag, own));
    await resolve(world, shaTag(), { wait: 2 * minute });
    const name = `ghcr.io/owner/repo:${tag}`;
    expect(world.progress).toEqual([
      lineWith(name, 'not found', ' 0 ', '2 m'),
      lineWith(name, 'not found', ' 10.0 s', '2 m'),
    ]);
  });

  test('says nothing if nothing is waited for', async () => {
    const world = imageWorld();
    await rejectedBy(resolve(world, shaTag()));
    world.push(tag, own);
    await resolve(world, shaTag(), { wait: minute });
    expect(world.progress).toEqual([]);
    expect(world.now()).toBe(0);
  });

  test('writes to the log without another place for its lines', async () => {
    const world = imageWorld();
    world.at(1000, () => world.push(tag, own));
    await resolveImage(
      shaTag(),
      { waitForImage: minute, shaTag: '{branch}-{sha}', checkRevision: 'auto' },
      { repositoryUrl, eventCommit: undefined, branch: 'main', buildRef: { kind: 'branch' } },
      { ...world.rt, session: world.session },
    );
    expect(world.lines).toHaveLength(1);
  });

  test.each<[string, 'is waited for' | 'is not waited for', Plan, Options?]>([
    ['a commit’s tag', 'is waited for', shaTag()],
    ['a tag in `image`', 'is waited for', reference({ tag })],
    ['a moving tag with a commit', 'is waited for', moving()],
    [
      'a moving tag in a run about a commit',
      'is waited for',
      moving({ commit: undefined }),
      { eventCommit: commit },
    ],
    ['a moving tag in a manual run', 'is not waited for', moving({ commit: undefined })],
    ['a digest', 'is not waited for', reference({ digest: digestOf('a') })],
    ['a digest with a commit', 'is not waited for', reference({ digest: digestOf('a') }, { commit })],
    ['a tag with its digest', 'is not waited for', reference({ tag, digest: digestOf('a') })],
    ['a release', 'is not waited for', { ...reference({ tag }), source: 'release', version: 2 } as Plan],
    [
      'a release in a run about a commit',
      'is not waited for',
      { ...reference({ tag }), source: 'release', version: 2 } as Plan,
      { eventCommit: commit },
    ],
  ])('%s %s', async (_name, isWaited, plan, options = {}) => {
    const world = imageWorld();
    const error = await rejectedBy(resolve(world, plan, { wait: minute, ...options }));
    expect(error.code).toBe('image-not-found');
    expect(world.now()).toBe(isWaited === 'is waited for' ? minute : 0);
  });

  test('a pattern is not waited for', async () => {
    const world = imageWorld();
    const { digest } = world.push('main-20261124', own);
    world.store.remove('owner/repo', digest);
    const work = resolve(world, pattern('main-*'), { wait: minute, eventCommit: commit });
    expect((await rejectedBy(work)).code).toBe('image-not-found');
    expect(world.now()).toBe(0);
  });
});

describe('a branch with two forms in tags', () => {
  const plan = shaTag({ tag: 'a-amp-b-abc1234', otherTag: 'a-b-abc1234' });

  test('is looked up by the first, and by the second only without it', async () => {
    const world = imageWorld();
    world.push('a-amp-b-abc1234', own);
    world.push('a-b-abc1234', { ...own, seed: 'another' });
    expect(await resolve(world, plan)).toMatchObject({ tag: 'a-amp-b-abc1234' });
    expect(world.asked).not.toContain('GET manifests/a-b-abc1234');
  });

  test('is found under the second', async () => {
    const world = imageWorld();
    world.push('a-b-abc1234', own);
    expect(await resolve(world, plan)).toMatchObject({
      tag: 'a-b-abc1234',
      reference: { ...repository, tag: 'a-b-abc1234' },
    });
  });

  test('is waited for under both', async () => {
    const { world, times } = timed();
    world.at(1000, () => world.push('a-b-abc1234', own));
    expect(await resolve(world, plan, { wait: minute })).toMatchObject({ tag: 'a-b-abc1234' });
    expect(times.slice(0, 5)).toEqual([
      ['GET manifests/a-amp-b-abc1234', 0],
      ['GET manifests/a-b-abc1234', 0],
      ['HEAD manifests/a-amp-b-abc1234', 2000],
      ['HEAD manifests/a-b-abc1234', 2000],
      ['GET manifests/a-b-abc1234', 2000],
    ]);
  });

  test('is not asked for the second once the first appears', async () => {
    const world = imageWorld();
    world.at(1000, () => world.push('a-amp-b-abc1234', own));
    expect(await resolve(world, plan, { wait: minute })).toMatchObject({ tag: 'a-amp-b-abc1234' });
    expect(world.asked).not.toContain('HEAD manifests/a-b-abc1234');
  });
});

describe('a moving tag with a commit', () => {
  test('is waited for until its image names the commit', async () => {
    const { world, times } = timed();
    world.push('main', { revision: otherCommit, source: repositoryUrl });
    const next = makeImage(own);
    world.at(4000, () => world.store.push('owner/repo', 'main', next));
    expect(await resolve(world, moving(), { wait: minute })).toMatchObject({ digest: next.digest });
    expect(times.filter(([request]) => request.endsWith('/main'))).toEqual([
      ['GET manifests/main', 0],
      ['HEAD manifests/main', 2000],
      ['HEAD manifests/main', 5000],
      ['GET manifests/main', 5000],
    ]);
    expect(world.progress[0]).toContain(otherCommit);
    expect(world.progress[0]).toContain(`${commit} after`);
  });

  test('is read only when it has moved', async () => {
    const { world, times } = timed();
    world.push('main', { revision: otherCommit, source: repositoryUrl });
    const [second, third] = [makeImage({ ...own, revision: 'a'.repeat(40) }), makeImage(own)];
    world.at(1000, () => world.store.push('owner/repo', 'main', second));
    world.at(17_000, () => world.store.push('owner/repo', 'main', third));
    expect(await resolve(world, moving(), { wait: minute })).toMatchObject({ digest: third.digest });
    expect(times.filter(([request]) => request === 'GET manifests/main')).toEqual([
      ['GET manifests/main', 0],
      ['GET manifests/main', 2000],
      ['GET manifests/main', 26_375],
    ]);
  });

  test('that is removed meanwhile is not asked for with a second request', async () => {
    const world = imageWorld();
    const { digest } = world.push('main', { revision: otherCommit, source: repositoryUrl });
    world.at(1000, () => world.store.untag('owner/repo', 'main'));
    expect(await resolve(world, moving(), { wait: minute })).toMatchObject({ digest });
    expect(world.asked.filter((request) => request === 'GET manifests/main')).toHaveLength(1);
  });

  test('is returned as it is when the time is over', async () => {
    const world = imageWorld();
    const { digest } = world.push('main', { revision: otherCommit, source: repositoryUrl });
    expect(await resolve(world, moving(), { wait: minute })).toMatchObject({ digest });
    expect(world.now()).toBe(minute);
  });

  test.each<[string, object, Plan, Options]>([
    ['names the commit', own, moving(), {}],
    ['names a commit that begins as the typed one', own, moving({ commit: 'abc1234' }), {}],
    ['names no commit', {}, moving(), {}],
    ['names another one, and `check-revision` is off', { revision: otherCommit }, moving(), { check: 'off' }],
    ['is a commit’s tag', { revision: otherCommit }, shaTag({ tag: 'main' }), {}],
    [
      'names another one than the event',
      { revision: otherCommit },
      moving({ commit: undefined }),
      { eventCommit: commit },
    ],
  ])('is not waited for if its image %s', async (_name, options, plan, more) => {
    const world = imageWorld();
    world.push('main', options);
    await resolve(world, plan, { wait: minute, ...more });
    expect(world.now()).toBe(0);
    expect(world.progress).toEqual([]);
  });

  test('is not read again by a registry without HEAD, unless it has moved', async () => {
    const { world } = timed((request) =>
      request.startsWith('HEAD') ? new Response(null, { status: 405 }) : undefined,
    );
    const { platformDigest } = world.push('main', { revision: otherCommit, source: repositoryUrl });
    await resolve(world, moving(), { wait: 10_000 });
    expect(world.asked.filter((request) => request === 'GET manifests/main').length).toBeGreaterThan(2);
    expect(world.asked.filter((request) => request === `GET manifests/${platformDigest}`)).toHaveLength(1);
  });
});

describe('the newest tag of a pattern', () => {
  test('is selected, and its image is deployed', async () => {
    const world = imageWorld();
    for (const name of ['v1.9.0', 'latest', 'v1.10.0', 'v1.2.0']) world.push(name, { seed: name });
    const { digest } = world.push('v1.10.0', { seed: 'v1.10.0' });
    expect(await resolve(world, pattern('v*'))).toMatchObject({
      tag: 'v1.10.0',
      digest,
      reference: { ...repository, digest },
    });
    expect(world.asked.slice(0, 2)).toEqual(['GET tags/list', 'GET manifests/v1.10.0']);
    expect(world.lines).toEqual([expect.stringMatching(/ 3 tags that match v\* \(4 tags .*: v1\.10\.0$/)]);
  });

  test('is selected if it is the only one', async () => {
    const world = imageWorld();
    world.push('v1.0.0');
    await resolve(world, pattern('v*'));
    expect(world.lines).toEqual([expect.stringMatching(/ 1 tag that matches v\* \(1 tag .*: v1\.0\.0$/)]);
  });

  test.each<[string, string[], string[], string[]]>([
    ['matches', ['latest', 'main'], ['2 tags', 'matches "v*".'], ['latest']],
    [
      'has a version',
      ['va', 'vb', 'vc', 'vd', 've', 'vf', 'main'],
      ['7 tags', '"v*"', 'vb, vc, vd, ve, vf'],
      ['va,', 'main,'],
    ],
  ])('is unknown if no tag %s', async (_name, tags, facts, others) => {
    const world = imageWorld();
    for (const name of tags) world.push(name, { seed: name });
    const error = await rejectedBy(resolve(world, pattern('v*')));
    expect(error.code).toBe('newest-tag-unknown');
    for (const fact of [...facts, 'ghcr.io/owner/repo']) expect(error.found).toContain(fact);
    for (const other of others) expect(error.found).not.toContain(other);
    expect(error.fix).toContain('with: select: newest:');
  });

  test.each([
    [99_999, 'image-not-found'],
    [100_000, 'newest-tag-unknown'],
  ])('is known among %d tags: %s', async (count, code) => {
    const tags = Array.from({ length: count }, (_, n) => `v1.0.${n}`);
    const world = imageWorld((request) =>
      request === 'GET tags/list' ? Response.json({ tags }) : undefined,
    );
    const error = await rejectedBy(resolve(world, pattern('v*99998')));
    expect(error.code).toBe(code);
    expect(error.found.includes('100000 tags or more')).toBe(code === 'newest-tag-unknown');
  });

  test('is unknown in a repository that does not exist', async () => {
    const world = imageWorld((request) =>
      request === 'GET tags/list' ? new Response('{}', { status: 404 }) : undefined,
    );
    const error = await rejectedBy(resolve(world, pattern('v*')));
    expect([error.code, error.found]).toEqual(['newest-tag-unknown', expect.stringContaining('0 tags')]);
  });
});

describe('the index of an image that a machine reports', () => {
  const world = imageWorld();
  const index = world.push('v1', own);
  const single = world.push('v2', { ...own, kind: 'manifest', seed: 'single' });
  const broken = world.push('v3', { ...own, seed: 'broken' });
  world.store.remove('owner/repo', broken.platformDigest ?? '');
  const platform = index.platformDigest ?? '';
  const asked = (names: (string | undefined)[], digest = platform) => {
    world.asked.length = 0;
    return rootOf(world.session, digest, names);
  };

  test.each<[string, string, (string | undefined)[], string | undefined]>([
    ['by its tag', platform, ['v1'], index.digest],
    ['by its own digest', platform, [index.digest], index.digest],
    ['by the first name that is of it', platform, ['gone', undefined, 'v2', 'v1', platform], index.digest],
    ['only as itself', platform, [undefined, 'gone', platform], platform],
    ['only as itself, by its tag', single.digest, ['v2'], single.digest],
    ['not at all', platform, ['v2', 'gone'], undefined],
    ['without a name', platform, [undefined], undefined],
  ])('is found %s', async (_name, digest, names, found) => expect(await asked(names, digest)).toBe(found));

  test('is asked for once under each name', async () => {
    await asked(['gone', 'gone', undefined]);
    expect(world.asked).toEqual(['GET manifests/gone']);
  });

  test('is not opened if it is the reported one', async () => {
    expect(await asked([index.digest], index.digest)).toBe(index.digest);
    expect(world.asked).toEqual([`GET manifests/${index.digest}`]);
  });

  test('is not waited for', async () => {
    expect((await rejectedBy(asked(['v3']))).code).toBe('image-incomplete');
    expect(world.now()).toBe(0);
  });
});
