import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Trigger } from '../src/event/types.ts';
import { choose, eventCommitOf, makePlan, strictCommit } from '../src/image/plan.ts';
import { commitOf, isNamed, type Plan, type ResolvedImage } from '../src/image/types.ts';
import { thrownBy } from './errors.ts';
import { digestOf } from './factories.ts';
import { commit, imageWorld, otherCommit, repository } from './image-world.ts';

// Which image the event and the inputs select, before anything is asked.

const push: Trigger = { kind: 'automatic', event: 'push', commit, branch: 'main' };
const dispatch: Trigger = { ...push, event: 'repository_dispatch' };
const manual: Trigger = { kind: 'manual', event: 'workflow_dispatch', branch: 'main' };
const published = { tag: 'main-abc1234', digest: digestOf('a'), commit: 'abc1234' };
const packaged: Trigger = { kind: 'manual', event: 'registry_package', branch: 'main', published };
const read = (given: Readonly<Record<string, string>>) => imageWorld().inputs(given);

async function planOf(trigger: Trigger, given: Readonly<Record<string, string>>): Promise<Plan> {
  const inputs = await read(given);
  const { by, selection } = choose(trigger, inputs);
  if (selection.form === 'release' || selection.form === 'running') throw new Error('asks Fly.io');
  return makePlan({ by, selection }, trigger, inputs);
}

const own = { repository, by: 'commit', source: 'sha-tag', branch: 'main', otherTag: undefined };
const tag = 'main-abc1234';
const longer = `abc1234${'0'.repeat(33)}`;
const reference = (changes: object) => ({ source: 'reference', repository, ...changes });

type Row = [string, Trigger, Record<string, string>, object];
test.each<Row>([
  ['the event’s commit, by tag', push, {}, { ...own, tag, commit, pin: false }],
  ['… by digest', push, { 'deploy-by': 'digest' }, { ...own, tag, commit, pin: true }],
  ['… by digest for an attestation', push, { attestation: 'warn' }, { ...own, tag, commit, pin: true }],
  ['… by tag in spite of all', push, { 'deploy-by': 'tag' }, { ...own, tag, commit, pin: false }],
  ['the typed commit', manual, { commit: 'abc1234' }, { ...own, tag, commit: 'abc1234', pin: true }],
  ['… by tag', manual, { commit, 'deploy-by': 'tag' }, { ...own, tag, commit, pin: false }],
  [
    '… before the event’s',
    push,
    { commit: 'fedcba9' },
    { ...own, tag: 'main-fedcba9', commit: 'fedcba9', pin: false },
  ],
  ['… completed by the event', push, { commit: 'abc1234' }, { ...own, tag, commit, pin: false }],
  [
    '… not by another that begins so',
    { ...push, commit: otherCommit },
    { commit: 'abc1234' },
    { ...own, tag, commit: 'abc1234', pin: false },
  ],
  [
    'the selected commit',
    manual,
    { select: `commit:${commit}` },
    { ...own, by: 'select', tag, commit, pin: true },
  ],
  [
    '… completed by the input',
    manual,
    { select: 'commit:abc1234', commit },
    { ...own, by: 'select', tag, commit, pin: true },
  ],
  [
    '… completed by the event',
    push,
    { select: 'commit:abc1234' },
    { ...own, by: 'select', tag, commit, pin: false },
  ],
  [
    '… of a package, which names fewer digits',
    packaged,
    { select: `commit:${commit}` },
    { ...own, by: 'select', tag, commit, pin: true },
  ],
  [
    '… not completed by another',
    push,
    { select: `commit:${longer}` },
    { ...own, by: 'select', tag, commit: longer, pin: false },
  ],
  [
    'a branch with two forms in tags',
    { ...push, branch: 'a&b' },
    {},
    { ...own, branch: 'a&b', tag: 'a-amp-b-abc1234', otherTag: 'a-b-abc1234', commit, pin: false },
  ],
  [
    'a branch of which one form is too long for a tag',
    { ...push, branch: `${'x'.repeat(116)}&` },
    {},
    { ...own, branch: `${'x'.repeat(116)}&`, tag: `${'x'.repeat(116)}--abc1234`, commit, pin: false },
  ],
  [
    'a moving `sha-tag`',
    push,
    { 'sha-tag': 'latest' },
    { by: 'commit', source: 'digest', repository, tag: 'latest', commit, pin: true },
  ],
  [
    '… of a branch',
    push,
    { 'sha-tag': '{branch}' },
    { by: 'commit', source: 'digest', repository, tag: 'main', commit, pin: true },
  ],
  [
    '… of a branch with two forms: that of `type=ref`',
    { ...push, branch: 'a&b' },
    { 'sha-tag': '{branch}' },
    { by: 'commit', source: 'digest', repository, tag: 'a-b', commit, pin: true },
  ],
  [
    '… by tag',
    push,
    { 'sha-tag': 'latest', 'deploy-by': 'tag' },
    { by: 'commit', source: 'digest', repository, tag: 'latest', commit, pin: false },
  ],
  [
    'the branch’s moving tag',
    manual,
    {},
    { by: 'manual-select', source: 'digest', repository, tag: 'main', commit: undefined, pin: true },
  ],
  [
    '… with its slash replaced',
    { ...manual, branch: 'release/1' },
    {},
    { by: 'manual-select', source: 'digest', repository, tag: 'release-1', commit: undefined, pin: true },
  ],
  [
    'a selected tag',
    push,
    { select: 'tag:v1-{branch}-{branch}' },
    { by: 'select', source: 'digest', repository, tag: 'v1-main-main', commit: undefined, pin: true },
  ],
  [
    '… that must be of the event’s commit',
    push,
    { select: 'tag:v1', 'check-revision': 'require' },
    { by: 'select', source: 'digest', repository, tag: 'v1', commit, pin: true },
  ],
  [
    '… that must be of a dispatch’s commit',
    dispatch,
    { select: 'tag:v1' },
    { by: 'select', source: 'digest', repository, tag: 'v1', commit, pin: true },
  ],
  [
    '… that must be of the typed commit',
    push,
    { select: 'tag:v1', commit: 'fedcba9' },
    { by: 'select', source: 'digest', repository, tag: 'v1', commit: 'fedcba9', pin: true },
  ],
  [
    'a pattern',
    push,
    { select: 'newest:{branch}-*' },
    { by: 'select', source: 'pattern', repository, pattern: 'main-*', commit: undefined, pin: true },
  ],
  [
    '… by tag',
    push,
    { select: 'newest:v*', 'deploy-by': 'tag' },
    { by: 'select', source: 'pattern', repository, pattern: 'v*', commit: undefined, pin: false },
  ],
  [
    'a digest, always by digest',
    push,
    { select: `digest:${digestOf('b')}`, 'deploy-by': 'tag' },
    reference({
      by: 'select',
      reference: { ...repository, digest: digestOf('b') },
      commit: undefined,
      pin: true,
    }),
  ],
  [
    'a tag in `image`, before the event’s commit',
    push,
    { image: 'ghcr.io/owner/repo:v1' },
    reference({ by: 'image', reference: { ...repository, tag: 'v1' }, commit: undefined, pin: true }),
  ],
  [
    '… by tag',
    push,
    { image: 'ghcr.io/owner/repo:v1', 'deploy-by': 'tag' },
    reference({ by: 'image', reference: { ...repository, tag: 'v1' }, commit: undefined, pin: false }),
  ],
  [
    'a digest in `image`, always by digest',
    push,
    { image: `ghcr.io/owner/repo@${digestOf('b')}`, 'deploy-by': 'tag' },
    reference({
      by: 'image',
      reference: { ...repository, digest: digestOf('b') },
      commit: undefined,
      pin: true,
    }),
  ],
  [
    'the published image, by its digest',
    packaged,
    {},
    reference({
      by: 'event',
      reference: { ...repository, digest: digestOf('a') },
      published: tag,
      commit: 'abc1234',
      pin: true,
    }),
  ],
  [
    '… that must be of the typed commit',
    packaged,
    { image: `ghcr.io/owner/repo:v1`, commit },
    reference({ by: 'image', reference: { ...repository, tag: 'v1' }, commit, pin: true }),
  ],
  ['the typed commit, before what was published', packaged, { commit }, { ...own, tag, commit, pin: true }],
  [
    'the published image without a commit in its tag',
    { ...packaged, published: { ...published, commit: undefined } } as Trigger,
    {},
    reference({
      by: 'event',
      reference: { ...repository, digest: digestOf('a') },
      published: tag,
      commit: undefined,
      pin: true,
    }),
  ],
])('selects %s', async (_name, trigger, given, plan) => {
  expect(await planOf(trigger, given)).toStrictEqual(plan);
});

test.each<[string, Trigger, Record<string, string>, object]>([
  [
    '`select` before all',
    packaged,
    { select: 'release:previous', commit },
    { by: 'select', selection: { form: 'release', release: 'previous' } },
  ],
  [
    '`manual-select` last',
    manual,
    { 'manual-select': 'running:staging' },
    { by: 'manual-select', selection: { form: 'running', app: 'staging' } },
  ],
])('%s', async (_name, trigger, given, choice) => expect(choose(trigger, await read(given))).toEqual(choice));

test.each<[Trigger, string | undefined]>([
  [push, commit],
  [manual, undefined],
  [packaged, 'abc1234'],
])('the commit of an event: %j', (trigger, of) => expect(eventCommitOf(trigger)).toBe(of));

test.each<[string, Trigger, Record<string, string>, string | undefined]>([
  ['none', push, {}, undefined],
  ['the sender’s', dispatch, {}, commit],
  ['the event’s, if required', push, { 'check-revision': 'require' }, commit],
  ['none, if not checked', push, { 'check-revision': 'off' }, undefined],
  ['none of a manual run', manual, { 'check-revision': 'require' }, undefined],
  ['the typed one', manual, { commit: 'abc1234' }, 'abc1234'],
  ['the typed one, completed', push, { commit: 'abc1234' }, commit],
  ['the typed one, longer than a package’s', packaged, { commit }, commit],
  ['the package’s, if required', packaged, { 'check-revision': 'require' }, 'abc1234'],
])('the commit that a named image must be of is %s', async (_name, trigger, given, wanted) =>
  expect(strictCommit(trigger, await read(given))).toBe(wanted),
);

describe('a tag that is not valid', () => {
  const branch = 'é';
  test.each<[string, Trigger, Record<string, string>, string]>([
    ['sha-tag', { ...push, branch }, {}, '{branch}-{sha}'],
    ['sha-tag', { ...push, branch }, { 'sha-tag': '{branch}' }, '{branch}'],
    ['manual-select', { ...manual, branch }, {}, 'tag:{branch}'],
    ['select', { ...manual, branch }, { select: 'tag:{branch}' }, 'tag:{branch}'],
  ])('is refused, with the input that renders it: %s', async (input, trigger, given, template) => {
    const inputs = await read(given);
    const { by, selection } = choose(trigger, inputs);
    const error = thrownBy(() => makePlan({ by, selection: selection as never }, trigger, inputs));
    expect([error.code, error.input]).toEqual(['tag-invalid', input]);
    for (const fact of [`\`${input}\``, `"${template}"`, '"-', '"é"']) expect(error.found).toContain(fact);
    expect(error.fix).toContain(`with: ${input}:`);
  });
});

test('a commit’s tag contains exactly the first digits of the commit', () =>
  fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^[0-9a-f]{40}$/),
      fc.stringMatching(/^[a-z][a-z0-9/._-]{0,30}$/),
      async (id, branch) => {
        const plan = await planOf({ ...push, commit: id, branch }, {});
        expect(plan).toMatchObject({
          commit: id,
          tag: expect.stringMatching(new RegExp(`-${id.slice(0, 7)}$`)),
        });
      },
    ),
    { numRuns: 20 },
  ));

test.each<[Plan['source'], boolean]>([
  ['reference', true],
  ['digest', true],
  ['pattern', true],
  ['sha-tag', false],
  ['release', false],
  ['running', false],
])('an image of the plan %s is named: %s', (source, named) =>
  expect(isNamed({ source } as Plan)).toBe(named),
);

describe('the commit of an image', () => {
  const plan = (changes: object) => ({ source: 'sha-tag', ...changes }) as Plan;
  const image = (of: string | undefined) =>
    ({ revision: of === undefined ? undefined : { commit: of, from: 'label' } }) as ResolvedImage;

  test.each<[string, Plan | undefined, ResolvedImage | undefined, string | undefined]>([
    ['none without a plan and an image', undefined, undefined, undefined],
    ['the plan’s without an image', plan({ commit }), undefined, commit],
    ['the plan’s, although the image names another', plan({ commit }), image(otherCommit), commit],
    ['the short one that was typed', plan({ commit: 'abc1234' }), image(commit), 'abc1234'],
    ['the image’s', plan({}), image(commit), commit],
    ['the image’s without a plan', undefined, image(commit), commit],
    ['none if the image’s text is not a commit', plan({}), image('v1'), undefined],
    ['none if the image’s commit is short', plan({}), image('abc1234'), undefined],
    ['none if the image names none', plan({}), image(undefined), undefined],
    [
      'the typed one, of a reference',
      plan({ source: 'reference', commit: 'abc1234' }),
      image(commit),
      'abc1234',
    ],
    [
      'the image’s, of a package',
      plan({ source: 'reference', published: 'x', commit: 'abc1234' }),
      image(commit),
      commit,
    ],
    [
      'the tag’s, of a package whose image names none',
      plan({ source: 'reference', published: 'x', commit: 'abc1234' }),
      image(undefined),
      'abc1234',
    ],
    [
      'the tag’s, of a package whose image names a version',
      plan({ source: 'reference', published: 'x', commit: 'abc1234' }),
      image('v1'),
      'abc1234',
    ],
    [
      'the tag’s, of a package without an image',
      plan({ source: 'reference', published: 'x', commit: 'abc1234' }),
      undefined,
      'abc1234',
    ],
  ])('is %s', (_name, of, found, result) => expect(commitOf(of, found)).toBe(result));
});
