import { describe, expect, test } from '@jest/globals';
import { type ImageOptions, makeImage } from '../sandbox/registry/images.ts';
import type { Trigger } from '../src/event/types.ts';
import { findImage, knownPlan } from '../src/image/find.ts';
import type { ImageResults } from '../src/image/types.ts';
import type { Recorder } from '../src/lib/stages.ts';
import { Facts } from '../src/report/facts.ts';
import { rejectedBy, textWith } from './errors.ts';
import { makeMachineJson } from './factories.ts';
import {
  type Answers,
  commit,
  type ImageWorld,
  imageWorld,
  otherCommit,
  repository,
  repositoryUrl,
  tag,
} from './image-world.ts';

// The image that the inputs and the event select, from the first question to the last check.

const own: ImageOptions = { revision: commit, source: repositoryUrl };
const another: ImageOptions = { revision: otherCommit, source: repositoryUrl };
const push: Trigger = { kind: 'automatic', event: 'push', commit, branch: 'main' };
const manual: Trigger = { kind: 'manual', event: 'workflow_dispatch', branch: 'main' };

/** GitHub compares every commit as this. */
const compared =
  (status: string): Answers =>
  (request) =>
    request.includes('/compare/') ? Response.json({ status }) : undefined;

interface Found {
  readonly facts: Facts;
  readonly work: ReturnType<typeof findImage>;
  /** What was asked of the registry and of others when the image was handed on. */
  readonly resolved: { commit: string | undefined; asked: readonly string[] }[];
}

async function find(
  world: ImageWorld,
  given: Readonly<Record<string, string>>,
  trigger: Trigger = push,
): Promise<Found> {
  const facts = new Facts(world.rt.clock);
  const resolved: Found['resolved'] = [];
  const work = findImage(world.rt, await world.inputs({ 'github-token': 'job-token', ...given }), trigger, {
    api: world.api,
    recorder: facts as unknown as Recorder<ImageResults>,
    resolved: (image) => {
      resolved.push({ commit: image.commit, asked: [...world.asked, ...world.others] });
    },
  });
  return { facts, work, resolved };
}

describe('the image of a commit', () => {
  test('is found, checked, and recorded', async () => {
    const world = imageWorld(compared('identical'));
    const { digest } = world.push(tag, own);
    const { facts, work, resolved } = await find(world, {});
    const found = await work;
    expect(found).toMatchObject({
      plan: { source: 'sha-tag', by: 'commit', tag, commit },
      image: { digest, tag, public: true },
      revision: 'matches',
      commit,
      beside: undefined,
    });
    expect(found.session.repository).toEqual(repository);
    expect(facts.known).toEqual({ plan: found.plan, image: found.image, revision: 'matches' });
    expect(facts.stages.map(({ title, ok }) => [title, ok])).toEqual([
      ['Find the image', true],
      ['Compare the commit with its branch', true],
    ]);
    expect(resolved).toHaveLength(1);
    expect(world.others.map(decodeURIComponent)).toEqual([
      `GET api.github.com/repos/owner/repo/compare/refs/heads/main...${commit}`,
    ]);
  });

  test('is found without anybody to hand it on to', async () => {
    const world = imageWorld(compared('identical'));
    const { digest } = world.push(tag, own);
    const recorder = new Facts(world.rt.clock) as unknown as Recorder<ImageResults>;
    const found = await findImage(world.rt, await world.inputs(), push, { api: world.api, recorder });
    expect(found.image.digest).toBe(digest);
  });

  test('of another commit is refused, and recorded', async () => {
    const world = imageWorld(compared('identical'));
    const { digest } = world.push(tag, another);
    const { facts, work, resolved } = await find(world, {});
    const error = await rejectedBy(work);
    expect(error.code).toBe('revision-mismatch');
    expect(error.found).toEqual(textWith(`ghcr.io/owner/repo:${tag}`, otherCommit));
    expect(facts.known).toMatchObject({ image: { digest } });
    expect(facts.known).not.toHaveProperty('revision');
    expect(resolved).toEqual([]);
  });

  test('of another commit is found with `check-revision: off`', async () => {
    const world = imageWorld(compared('identical'));
    world.push(tag, another);
    const { work } = await find(world, { 'check-revision': 'off' });
    expect(await work).toMatchObject({ revision: 'unchecked', commit, beside: undefined });
  });

  test('that is not on the branch is refused after the image was handed on', async () => {
    const world = imageWorld(compared('diverged'));
    world.push(tag, own);
    const { facts, work, resolved } = await find(world, {});
    expect((await rejectedBy(work)).code).toBe('commit-not-on-branch');
    expect(resolved).toMatchObject([{ commit }]);
    expect(facts.stages.map(({ title, ok }) => [title, ok])).toEqual([
      ['Find the image', true],
      ['Compare the commit with its branch', false],
    ]);
  });

  test('that does not exist is the error, even if the branch does not contain the commit', async () => {
    const world = imageWorld(compared('diverged'));
    const { facts, work } = await find(world, { 'wait-for-image': '0' });
    expect((await rejectedBy(work)).code).toBe('image-not-found');
    expect(facts.stages.map(({ title }) => title)).toEqual(['Find the image']);
  });

  test('is compared with its branch again after a long wait', async () => {
    const world = imageWorld(compared('identical'));
    world.at(30_000, () => world.push(tag, own));
    await (await find(world, {})).work;
    expect(world.others).toHaveLength(2);
    const quick = imageWorld(compared('identical'));
    quick.at(1000, () => quick.push(tag, own));
    await (await find(quick, {})).work;
    expect(quick.others).toHaveLength(1);
  });

  test('is compared once it is found, if its full commit is in the image', async () => {
    const world = imageWorld(compared('identical'));
    world.push(tag, own);
    const { work, resolved } = await find(world, { commit: 'abc1234' }, { ...push, commit: otherCommit });
    await work;
    expect(world.others.map(decodeURIComponent)).toEqual([expect.stringContaining(`main...${commit}`)]);
    expect(resolved[0]?.asked.filter((request) => request.includes('compare'))).toEqual([]);
  });

  test('is waited for as long as the input says, with lines in the log', async () => {
    const world = imageWorld(compared('identical'));
    const { work } = await find(world, { 'wait-for-image': '10m' });
    expect((await rejectedBy(work)).code).toBe('image-not-found');
    expect(world.now()).toBe(600_000);
    expect(world.lines[0]).toContain('10 m');
  });

  test('of another repository than `image` has none of the commits', async () => {
    const world = imageWorld(compared('identical'));
    world.push('v1', { revision: otherCommit }, 'other/name');
    const { work } = await find(world, { image: 'ghcr.io/other/name:v1' });
    expect(await work).toMatchObject({ beside: { kind: 'other-repository' }, commit: otherCommit });
  });
});

describe('a named image, beside the event’s commit', () => {
  const named = { image: 'ghcr.io/owner/repo:v1' };
  const differs = (from: string, of = otherCommit) => ({
    kind: 'differs',
    event: commit,
    image: expect.objectContaining({ commit: of, from }),
  });
  type Row = [string, Readonly<Record<string, string>>, string, ImageOptions, Trigger, unknown, string];
  test.each<Row>([
    ['is of the same', named, 'v1', own, push, { kind: 'same' }, 'unchecked'],
    ['is of another by its label', named, 'v1', another, push, differs('label'), 'unchecked'],
    ['is unknown', named, 'v1', {}, push, { kind: 'unknown' }, 'unchecked'],
    [
      'is of another by its tag',
      { image: 'ghcr.io/owner/repo:main-fedcba9' },
      'main-fedcba9',
      {},
      push,
      differs('tag', 'fedcba9'),
      'unchecked',
    ],
    [
      'is unknown if only its tag is of it',
      { image: `ghcr.io/owner/repo:${tag}` },
      tag,
      {},
      push,
      { kind: 'unknown' },
      'unchecked',
    ],
    [
      'is unknown if the digits in its tag are a date’s',
      { image: 'ghcr.io/owner/repo:main-20261124' },
      'main-20261124',
      {},
      push,
      { kind: 'unknown' },
      'unchecked',
    ],
    [
      'is of another by the tag of a pattern',
      { select: 'newest:main-*', 'sha-tag': 'main-{sha:12}' },
      'main-202611240930',
      {},
      push,
      differs('tag', '202611240930'),
      'unchecked',
    ],
    [
      'is of another, as a moving tag',
      { select: 'tag:v1' },
      'v1',
      another,
      push,
      differs('label'),
      'unchecked',
    ],
    [
      'is not compared with `check-revision: off`',
      { ...named, 'check-revision': 'off' },
      'v1',
      another,
      push,
      undefined,
      'unchecked',
    ],
    ['is not compared in a manual run', named, 'v1', another, manual, undefined, 'unchecked'],
    [
      'is not compared with a commit that was typed as well',
      { ...named, commit },
      'v1',
      own,
      push,
      undefined,
      'matches',
    ],
  ])('%s', async (_name, given, name, options, trigger, beside, revision) => {
    const world = imageWorld(compared('identical'));
    world.push(name, { kind: 'manifest', ...options });
    const found = await (await find(world, given, trigger)).work;
    expect(found.beside).toEqual(beside);
    expect(found.revision).toBe(revision);
  });

  test('must be of the commit if `check-revision` is require', async () => {
    const world = imageWorld(compared('identical'));
    world.push('v1', another);
    const { work } = await find(world, { ...named, 'check-revision': 'require' });
    expect((await rejectedBy(work)).code).toBe('revision-mismatch');
  });

  test('must not have a tag of another commit than the typed one', async () => {
    const world = imageWorld(compared('identical'));
    world.push('main-fedcba9', { kind: 'manifest' });
    const given = { image: 'ghcr.io/owner/repo:main-fedcba9', commit };
    expect((await rejectedBy((await find(world, given)).work)).code).toBe('revision-mismatch');
  });

  test('of a package’s event is known by the tag that it was published with', async () => {
    const world = imageWorld(compared('identical'));
    const { digest } = world.push(undefined, { kind: 'manifest' });
    const published = { tag: 'main-fedcba9', digest, commit: 'fedcba9' };
    const trigger: Trigger = { kind: 'manual', event: 'registry_package', branch: 'main', published };
    const found = await (await find(world, {}, trigger)).work;
    expect(found).toMatchObject({
      revision: 'unknown',
      image: { digest, tag: undefined },
      commit: 'fedcba9',
    });
    const { work } = await find(world, { commit: 'abc1234', image: `ghcr.io/owner/repo@${digest}` }, trigger);
    expect(await work).toMatchObject({ revision: 'unknown' });
  });
});

describe('the attestation', () => {
  const asked = ({ others }: ImageWorld) => others.filter((request) => request.includes('/attestations/'));

  test('is not asked for without the input', async () => {
    const world = imageWorld(compared('identical'));
    world.push(tag, own);
    const { facts, work } = await find(world, { attestation: 'off' });
    await work;
    expect(asked(world)).toEqual([]);
    expect(facts.known).not.toHaveProperty('attested');
  });

  test('that is missing is a warning, with `attestation: warn`', async () => {
    const world = imageWorld(compared('identical'));
    const { digest } = world.push(tag, own);
    const { facts, work } = await find(world, { attestation: 'warn' });
    await work;
    expect(asked(world)).toEqual([
      `GET api.github.com/repos/owner/repo/attestations/${encodeURIComponent(digest)}`,
    ]);
    expect(facts.known).toMatchObject({ attested: { kind: 'not-attested' } });
    expect(facts.stages.at(-1)?.title).toBe('Verify the attestation');
    expect(world.warnings).toHaveLength(1);
  });

  test.each<[string, Trigger, string]>([
    ['branch', push, 'refs/heads/main'],
    ['other branch', { ...push, branch: 'release/1' }, 'refs/heads/release/1'],
  ])('must be of the %s and the commit', async (_name, trigger, ref) => {
    const world = imageWorld(compared('identical'));
    world.push(`${trigger.branch.replace('/', '-')}-abc1234`, own);
    const { work, resolved } = await find(world, { attestation: 'require', branch: trigger.branch }, trigger);
    const error = await rejectedBy(work);
    expect(error.code).toMatch(/^attestation-/);
    expect(error.expected).toEqual(textWith(commit));
    expect(error.expected).toContain(ref);
    expect(resolved[0]?.asked.filter((request) => request.includes('/attestations/'))).toEqual([]);
  });
});

describe('what is known without a request', () => {
  test.each<[Readonly<Record<string, string>>, Trigger, object | undefined]>([
    [{}, push, { source: 'sha-tag', tag, by: 'commit' }],
    [{}, manual, { source: 'digest', tag: 'main', by: 'manual-select' }],
    [{ select: 'tag:v1' }, push, { source: 'digest', tag: 'v1', by: 'select' }],
    [{ select: 'release:previous' }, push, undefined],
    [{ 'manual-select': 'release:previous' }, manual, undefined],
    [{ select: 'running:staging' }, push, undefined],
  ])('%j', async (given, trigger, plan) => {
    const known = knownPlan(trigger, await imageWorld().inputs(given));
    if (plan === undefined) expect(known).toBeUndefined();
    else expect(known).toMatchObject(plan);
  });
});

describe('the image of a release', () => {
  interface Release {
    readonly version: number;
    readonly status?: string;
    readonly imageRef: string;
    readonly createdAt?: string;
  }
  const listing =
    (
      releases: readonly Release[],
      machines: readonly object[] = [],
      more: Answers = compared('identical'),
    ): Answers =>
    (request, init) =>
      request === 'POST api.fly.io/graphql'
        ? Response.json({
            data: { app: { releases: { nodes: releases.map((each) => ({ status: 'complete', ...each })) } } },
          })
        : request === 'GET api.machines.dev/v1/apps/test-battle/machines'
          ? Response.json(machines)
          : more(request, init);
  const machine = (version: string, digest: string) => ({
    ...makeMachineJson('m1', digest),
    config: { metadata: { fly_platform_version: 'v2', fly_release_version: version } },
  });

  test('by its commit’s tag is found in its registry', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234' }]));
    const { digest } = world.push(tag, { ...own, kind: 'manifest' });
    const { facts, work } = await find(world, { select: 'release:7' }, manual);
    expect(await work).toMatchObject({
      plan: { source: 'release', version: 7, by: 'select', reference: { ...repository, digest } },
      image: { digest },
      commit,
      revision: 'unchecked',
      beside: undefined,
    });
    expect(facts.stages.map(({ title }) => title).slice(0, 2)).toEqual([
      'Find the release',
      'Find the image',
    ]);
    expect(facts.known).toHaveProperty('plan');
    expect(world.others).toEqual(['POST api.fly.io/graphql']);
  });

  test('by the tag of a commit that only its provenance names', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234' }]));
    const { digest } = world.push(tag, { ...another, provenance: commit });
    expect(await (await find(world, { select: 'release:7' }, manual)).work).toMatchObject({
      image: { digest },
    });
  });

  test('by a tag of another commit is refused', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234' }]));
    world.push(tag, another);
    const { facts, work } = await find(world, { select: 'release:7' }, manual);
    const error = await rejectedBy(work);
    expect([error.code, error.found]).toEqual(['release-tag-moved', textWith('v7', otherCommit)]);
    expect(facts.known).toEqual({});
  });

  test('by its commit’s tag is refused if the image does not name a commit', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234' }]));
    world.push(tag, { kind: 'manifest' });
    const { work } = await find(world, { select: 'release:7' }, manual);
    expect((await rejectedBy(work)).code).toBe('release-tag-unknown');
  });

  test('built after the release is refused', async () => {
    const createdAt = '2026-11-24T07:59:59Z';
    const world = imageWorld(
      listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234', createdAt }]),
    );
    world.push(tag, own);
    expect((await rejectedBy((await find(world, { select: 'release:7' }, manual)).work)).code).toBe(
      'release-tag-moved',
    );
  });

  test('without a tag is that of latest, which its machines must still run', async () => {
    const world = imageWorld();
    const { digest, platformDigest = '' } = world.push('latest', own);
    const answers = listing([{ version: 7, imageRef: 'ghcr.io/owner/repo' }], [machine('7', platformDigest)]);
    const later = imageWorld(answers);
    later.push('latest', own);
    expect(await (await find(later, { select: 'release:7' }, manual)).work).toMatchObject({
      image: { digest },
    });
    expect(later.asked[0]).toBe('GET manifests/latest');
  });

  test('by a tag without a commit asks for the machines once', async () => {
    const images = [5, 6, 7].map((n) => makeImage({ ...own, seed: `${n}` }));
    const digests = images.map(({ platformDigest = '' }) => platformDigest);
    const releases = [7, 6, 5].map((version) => ({ version, imageRef: `ghcr.io/owner/repo:v${version}` }));
    const world = imageWorld(
      listing(releases, [machine('7', digests[2] ?? ''), machine('6', digests[1] ?? '')]),
    );
    for (const [n, image] of images.entries()) world.store.push('owner/repo', `v${n + 5}`, image);
    const { work } = await find(world, { select: 'release:previous' }, manual);
    expect(await work).toMatchObject({ plan: { version: 6 }, image: { digest: images[1]?.digest } });
    expect(world.others).toEqual([
      'POST api.fly.io/graphql',
      'GET api.machines.dev/v1/apps/test-battle/machines',
    ]);
    expect(world.lines.some((line) => line.includes('v6'))).toBe(true);
  });

  test('by a tag that a template without a commit renders has no commit to compare', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main' }]));
    world.push('main', own);
    const { work } = await find(world, { select: 'release:7', 'sha-tag': '{branch}' }, manual);
    expect((await rejectedBy(work)).code).toBe('release-tag-unknown');
  });

  test('by its digest in the app’s own repository on Fly.io is read with the token', async () => {
    const image = makeImage(own);
    const logins: (string | undefined)[] = [];
    const answers = listing(
      [{ version: 7, imageRef: `registry.fly.io/test-battle@${image.digest}` }],
      [],
      (_request, { headers }) => {
        const { authorization } = headers as Record<string, string>;
        logins.push(authorization);
        return authorization === undefined
          ? new Response('{}', { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } })
          : undefined;
      },
    );
    const world = imageWorld(answers);
    world.store.push('test-battle', undefined, image);
    const { work } = await find(world, { select: 'release:7', 'source-app-token': 'source-token' }, manual);
    expect(await work).toMatchObject({
      image: {
        digest: image.digest,
        public: false,
        repository: { host: 'registry.fly.io', path: 'test-battle' },
      },
    });
    const login = `Basic ${Buffer.from('x:test-token').toString('base64')}`;
    expect(new Set(logins)).toEqual(new Set([undefined, login]));
  });

  test('that is incomplete is not waited for', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234' }]));
    const { platformDigest = '' } = world.push(tag, own);
    world.store.remove('owner/repo', platformDigest);
    const { work } = await find(world, { select: 'release:7' }, manual);
    expect((await rejectedBy(work)).code).toBe('image-incomplete');
    expect(world.now()).toBe(0);
  });

  test('that no longer exists is refused', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234' }]));
    const { work } = await find(world, { select: 'release:7' }, manual);
    expect((await rejectedBy(work)).code).toBe('release-image-gone');
  });

  test('must be of the commit that was typed', async () => {
    const world = imageWorld(listing([{ version: 7, imageRef: 'ghcr.io/owner/repo:main-abc1234' }]));
    world.push(tag, own);
    const { work } = await find(world, { select: 'release:7', commit: 'fedcba9' }, manual);
    expect((await rejectedBy(work)).code).toBe('revision-mismatch');
  });
});

describe('the image that another app runs', () => {
  const listing =
    (machines: readonly object[] | number, more: Answers = () => undefined): Answers =>
    (request, init) => {
      if (request !== 'GET api.machines.dev/v1/apps/staging/machines') return more(request, init);
      tokens.push((init.headers as Record<string, string>)['authorization'] ?? '');
      return typeof machines === 'number'
        ? new Response('{}', { status: machines })
        : Response.json(machines);
    };
  const tokens: string[] = [];
  const runs = (digest: string, changes: object = {}) =>
    makeMachineJson('m1', digest, {
      image_ref: { registry: 'ghcr.io', repository: 'owner/repo', tag, digest },
      config: { image: `ghcr.io/owner/repo:${tag}`, metadata: { fly_platform_version: 'v2' } },
      ...changes,
    });
  const given = { select: 'running:staging', 'source-app-token': 'source-token' };

  test('is found as the index that its tag names, with the other app’s token', async () => {
    const image = makeImage(own);
    const world = imageWorld(listing([runs(image.platformDigest ?? '')]));
    world.store.push('owner/repo', tag, image);
    const { facts, work } = await find(world, given, manual);
    expect(await work).toMatchObject({
      plan: {
        source: 'running',
        app: 'staging',
        by: 'select',
        reference: { ...repository, digest: image.digest },
      },
      image: { digest: image.digest },
      commit,
    });
    expect(facts.stages[0]?.title).toBe('Find the image that staging runs');
    expect(facts.known).toHaveProperty('plan');
    expect(tokens.at(-1)).toBe('Bearer source-token');
    expect(world.asked[0]).toBe(`GET manifests/${tag}`);
  });

  test('is found by its configured digest, else by its own', async () => {
    const image = makeImage(own);
    const config = { image: `ghcr.io/owner/repo@${image.digest}`, metadata: { fly_platform_version: 'v2' } };
    const pinned = imageWorld(listing([runs(image.platformDigest ?? '', { config })]));
    pinned.store.push('owner/repo', undefined, image);
    expect(await (await find(pinned, given, manual)).work).toMatchObject({ image: { digest: image.digest } });
    expect(pinned.asked[0]).toBe(`GET manifests/${image.digest}`);
    const untagged = imageWorld(listing([runs(image.platformDigest ?? '')]));
    untagged.store.push('owner/repo', undefined, image);
    expect(await (await find(untagged, given, manual)).work).toMatchObject({
      image: { digest: image.platformDigest },
    });
  });

  test('is read from that app’s repository on Fly.io with its own token', async () => {
    const image = makeImage({ ...own, kind: 'manifest' });
    const logins: (string | undefined)[] = [];
    const world = imageWorld(
      listing([runs(image.digest)], (request, { headers }) => {
        const { authorization } = headers as Record<string, string>;
        if (!request.includes('registry.fly.io/staging')) return undefined;
        logins.push(authorization);
        return authorization === undefined
          ? new Response('{}', { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } })
          : undefined;
      }),
    );
    world.store.push('staging', undefined, image);
    expect(await (await find(world, given, manual)).work).toMatchObject({
      image: { digest: image.digest, repository: { host: 'registry.fly.io', path: 'staging' } },
    });
    const login = `Basic ${Buffer.from('x:source-token').toString('base64')}`;
    // Once to find it, and once to read it.
    expect(new Set(logins)).toEqual(new Set([undefined, login]));
    expect(logins.filter((each) => each === undefined)).toHaveLength(2);
  });

  test('can be in the repository of the app to deploy', async () => {
    const image = makeImage({ ...own, kind: 'manifest' });
    const image_ref = { registry: 'registry.fly.io', repository: 'test-battle', tag, digest: image.digest };
    const config = { image: '', metadata: { fly_platform_version: 'v2' } };
    const world = imageWorld(listing([runs(image.digest, { image_ref, config })]));
    world.store.push('test-battle', tag, image);
    expect(await (await find(world, given, manual)).work).toMatchObject({
      image: { repository: { host: 'registry.fly.io', path: 'test-battle' } },
    });
  });

  test.each([401, 403, 404])(
    'is unknown if Fly.io answers %d: the token can be of another app',
    async (status) => {
      const error = await rejectedBy((await find(imageWorld(listing(status)), given, manual)).work);
      expect([error.code, error.input]).toEqual(['source-app-unreadable', 'source-app-token']);
      expect(error.found).toContain(String(status));
      expect(error.found).not.toContain('\n');
      expect(error.expected).toContain('"staging"');
      expect(error.fix).toContain('source-app-token: ${{ secrets.');
      expect(error.cause).toBeDefined();
    },
  );

  test.each([
    [503, 'fly-unavailable'],
    [418, 'fly-unexpected-answer'],
  ])('is unknown if Fly.io answers %d: that is the error', async (status, code) => {
    const error = await rejectedBy((await find(imageWorld(listing(status)), given, manual)).work);
    expect(error.code).toBe(code);
  });

  test('must have run for the soak time', async () => {
    const image = makeImage(own);
    const begin = Date.parse('2026-11-24T12:00:00Z');
    const events = (ago: number) => [{ type: 'launch', timestamp: begin - ago }];
    const attempt = async (ago: number) => {
      const world = imageWorld(listing([runs(image.platformDigest ?? '', { events: events(ago) })]));
      world.store.push('owner/repo', tag, image);
      return (await find(world, { ...given, 'soak-time': '1h' }, manual)).work;
    };
    expect(await attempt(2 * 3_600_000)).toMatchObject({ image: { digest: image.digest } });
    expect((await rejectedBy(attempt(60_000))).code).toBe('soak-not-over');
  });

  test('has run since its release if no event shows it', async () => {
    const image = makeImage(own);
    const releases = (createdAt: string): Answers => {
      const nodes = [{ version: 3, status: 'complete', imageRef: 'x', createdAt }];
      return (request) =>
        request.startsWith('POST') ? Response.json({ data: { app: { releases: { nodes } } } }) : undefined;
    };
    const config = { image: '', metadata: { fly_platform_version: 'v2', fly_release_version: '3' } };
    const attempt = async (createdAt: string) => {
      const machine = runs(image.platformDigest ?? '', { config });
      const world = imageWorld(listing([machine], releases(createdAt)));
      world.store.push('owner/repo', tag, image);
      return (await find(world, { ...given, 'soak-time': '1h' }, manual)).work;
    };
    expect(await attempt('2026-11-24T10:00:00Z')).toMatchObject({ image: { digest: image.digest } });
    expect((await rejectedBy(attempt('2026-11-24T11:30:00Z'))).code).toBe('soak-not-over');
  });

  test('must be of the commit that was typed', async () => {
    const image = makeImage(own);
    const world = imageWorld(listing([runs(image.platformDigest ?? '')]));
    world.store.push('owner/repo', tag, image);
    const { work } = await find(world, { ...given, commit: 'fedcba9' }, manual);
    expect((await rejectedBy(work)).code).toBe('revision-mismatch');
  });
});
