import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../src/fly/machine.ts';
import { orderOfImage } from '../src/image/age.ts';
import { makeMachine } from './factories.ts';
import { commit, imageWorld, otherCommit, repositoryUrl } from './image-world.ts';

// Whether the commit to deploy is older than the one that runs, as GitHub compares them.

const label = 'org.opencontainers.image.revision';
const source = 'org.opencontainers.image.source';
const untagged = { image: 'ghcr.io/owner/repo:latest', configuredImage: '' };
/** A machine whose image has these labels. */
const labelled = (revision: string, more: Record<string, string> = {}): Machine =>
  makeMachine({ ...untagged, labels: new Map(Object.entries({ [label]: revision, ...more })) });
/** A machine with this tag, and no labels. */
const tagged = (tag: string, configured = ''): Machine =>
  makeMachine({ image: `ghcr.io/owner/repo:${tag}`, configuredImage: configured });

async function order(
  machines: readonly Machine[] | undefined,
  {
    candidate = commit,
    answer = { status: 'ahead' },
    shaTag = '{branch}-{sha}',
    status = 200,
  }: { candidate?: string | undefined; answer?: object; shaTag?: string; status?: number } = {},
) {
  const world = imageWorld(() => Response.json(answer, { status }));
  const inputs = { shaTag, githubToken: 'job-token' };
  const found = await orderOfImage(world.rt, inputs, { branch: 'main' }, candidate, machines);
  const asked = world.others.map((each) => decodeURIComponent(each).split('/compare/')[1]);
  return { found, asked };
}

test.each<[string, Machine[]]>([
  ['the label of all machines', [labelled(otherCommit), labelled(otherCommit)]],
  ['the label, before the tag', [{ ...labelled(otherCommit), image: 'ghcr.io/owner/repo:main-1111111' }]],
  ['the label of this repository', [labelled(otherCommit, { [source]: repositoryUrl })]],
])('the running commit is in %s', async (_name, machines) => {
  const { found, asked } = await order(machines);
  expect(asked).toEqual([`${otherCommit}...${commit}`]);
  expect(found).toMatchObject({ relation: 'newer', running: otherCommit, between: { status: 'ahead' } });
});

test.each<[string, Machine[]]>([
  ['the configured tag', [tagged('latest', 'ghcr.io/owner/repo:main-fedcba9')]],
  [
    'the configured tag, before the reported one',
    [tagged('main-1111111', 'ghcr.io/owner/repo:main-fedcba9')],
  ],
  ['the reported tag', [tagged('main-fedcba9', 'ghcr.io/owner/repo:latest')]],
  [
    'the tag, because the label is a base image’s',
    [
      {
        ...labelled('a'.repeat(40), { [source]: 'https://github.com/other/base' }),
        ...tagged('main-fedcba9'),
        labels: new Map([
          [label, 'a'.repeat(40)],
          [source, 'https://github.com/other/base'],
        ]),
      },
    ],
  ],
])('the running commit is in %s', async (_name, machines) => {
  const { found, asked } = await order(machines);
  expect(asked).toEqual([`fedcba9...${commit}`]);
  expect(found).toMatchObject({ relation: 'newer', running: 'fedcba9' });
});

describe('the order is unknown', () => {
  test.each<[string, Machine[], string | undefined]>([
    ['nothing runs', [], 'Nothing'],
    ['the machines run several commits', [labelled(otherCommit), labelled('a'.repeat(40))], 'several'],
    ['one of two machines names none', [labelled(otherCommit), tagged('latest')], 'several'],
    ['no machine names a commit', [tagged('latest')], 'not name'],
    ['a template without a commit made the tag', [tagged('main')], 'not name'],
    ['the label is not a commit', [labelled('v1.2.3')], 'not name'],
    ['the label is too short', [labelled('fedcba')], 'not name'],
    ['the label begins like a commit', [labelled(`${otherCommit}-dirty`)], 'not name'],
    ['the label ends like a commit', [labelled(`x${otherCommit}`)], 'not name'],
    ['the label is longer than a commit', [labelled('a'.repeat(65))], 'not name'],
  ])('if %s', async (name, machines, words) => {
    const shaTag = name.startsWith('a template') ? '{branch}' : '{branch}-{sha}';
    const { found, asked } = await order(machines, { shaTag });
    expect(found).toEqual({
      relation: 'unknown',
      running: undefined,
      words: expect.stringContaining(words ?? ''),
    });
    expect(asked).toEqual([]);
  });

  test('if GitHub does not compare them', async () => {
    const { found } = await order([labelled(otherCommit)], { status: 404 });
    expect(found).toEqual({
      relation: 'unknown',
      running: otherCommit,
      words: expect.stringContaining('fedcba9,'),
    });
    expect(found?.words).toContain('404');
  });

  test.each<[string, readonly Machine[] | undefined, { candidate?: string | undefined }]>([
    ['the machines are not known', undefined, {}],
    ['the image does not name a commit', [labelled(otherCommit)], { candidate: undefined }],
  ])('and not asked for if %s', async (_name, machines, options) => {
    const world = imageWorld();
    const candidate = 'candidate' in options ? undefined : commit;
    const inputs = { shaTag: '{branch}-{sha}', githubToken: 'job-token' };
    expect(await orderOfImage(world.rt, inputs, { branch: 'main' }, candidate, machines)).toBeUndefined();
    expect(world.others).toEqual([]);
  });
});

test.each<[string, Machine[], string]>([
  ['with a full label', [labelled(commit)], commit],
  ['with a tag', [tagged('main-abc1234')], 'abc1234'],
])('the same commit is not compared: %s', async (_name, machines, running) => {
  const { found, asked } = await order(machines);
  expect(found).toEqual({ relation: 'same', running, words: expect.stringContaining('abc1234') });
  expect(asked).toEqual([]);
});

test('the same commit is not compared, if the candidate is short', async () => {
  const { found, asked } = await order([labelled(commit)], { candidate: 'abc1234' });
  expect([found?.relation, found?.running, asked]).toEqual(['same', commit, []]);
});

test('a commit with the same end is another', async () => {
  const { asked } = await order([tagged('main-def12345')]);
  expect(asked).toEqual([`def12345...${commit}`]);
  expect((await order([labelled(commit)], { candidate: 'def12345' })).asked).toHaveLength(1);
});

test.each([
  ['identical', 'same', 'already running'],
  ['ahead', 'newer', 'newer'],
  ['behind', 'older', 'older'],
  ['diverged', 'diverged', 'diverged'],
])('a commit that is %s is %s', async (status, relation, words) => {
  const { found } = await order([tagged('main-fedcba9')], {
    answer: { status, base_commit: { sha: otherCommit } },
  });
  expect(found).toMatchObject({ relation, running: otherCommit, between: { status } });
  expect(found?.words).toContain(words);
  expect(found?.words).toContain('fedcba9');
});
