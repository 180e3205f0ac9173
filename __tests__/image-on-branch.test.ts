import { describe, expect, test } from '@jest/globals';
import type { BuildRef } from '../src/event/build-ref.ts';
import type { Trigger } from '../src/event/types.ts';
import { checkBranch, dependsOnImage } from '../src/image/on-branch.ts';
import type { Revision } from '../src/image/revision.ts';
import type { Plan } from '../src/image/types.ts';
import { rejectedBy, textWith } from './errors.ts';
import { commit, imageWorld, otherCommit, repository, repositoryUrl } from './image-world.ts';

// Whether the branch contains the commit of a run that nobody started manually: what GitHub is asked, and what follows.

const [branchRef, short] = ['refs/heads/main', 'abc1234'];
const run = { name: 'Build', number: 1, attempt: 1, url: undefined, event: 'push' };
const automatic = (event: string, changes: object = {}): Trigger =>
  ({ kind: 'automatic', event, commit, branch: 'main', ...changes }) as Trigger;
const manual = (event: string): Trigger => ({ kind: 'manual', event, branch: 'main' });
const build = automatic('workflow_run', { run });

const plan = (source: Plan['source'], by: Plan['by'], wanted: string | undefined): Plan =>
  ({ source, by, repository, commit: wanted, pin: true }) as Plan;
const own = plan('sha-tag', 'commit', commit);

/** An answer of GitHub to a comparison: a status of the commits, an HTTP status, or one after the other. */
type Said = string | number | readonly (string | number)[];

interface Options {
  readonly trigger?: Trigger;
  readonly plan?: Plan;
  readonly buildRef?: BuildRef;
  readonly revision?: Revision;
  readonly imagePath?: string;
  readonly attestation?: 'off' | 'warn' | 'require';
  readonly token?: string;
}

/** Compares with a GitHub that gives these answers by ref. Returns what it was asked, and what became of it. */
async function check(
  said: Readonly<Record<string, Said>>,
  {
    trigger = automatic('push'),
    plan = own,
    buildRef = { kind: 'branch' },
    revision,
    imagePath = 'owner/repo',
    attestation = 'off',
    token = 'job-token',
  }: Options = {},
) {
  const asked: string[] = [];
  const times: number[] = [];
  const world = imageWorld((request) => {
    const [, path = ''] = /^GET api\.github\.com\/repos\/owner\/repo\/compare\/(.*)$/.exec(request) ?? [];
    const compared = decodeURIComponent(path);
    asked.push(compared);
    times.push(world.now());
    const each = said[compared.split('...')[0] ?? ''] ?? 404;
    const list = Array.isArray(each) ? each : [each];
    const answer: string | number = list[Math.min(asked.length, list.length) - 1];
    return typeof answer === 'number'
      ? Response.json({ message: 'no' }, { status: answer })
      : Response.json({ status: answer });
  });
  const inputs = {
    image: { host: 'ghcr.io', path: imagePath },
    githubToken: token,
    attestation: attestation === 'require' ? { mode: attestation, signer: undefined } : { mode: attestation },
  };
  const work = checkBranch(world.rt, inputs, trigger, { plan, buildRef, revision });
  return { work, asked, times, world };
}

describe('the commit that the branch must contain', () => {
  const revision: Revision = { commit, from: 'label', source: repositoryUrl };
  test.each<[string, string | undefined, Options]>([
    ['the event’s, of a push', commit, {}],
    ['the event’s, of another workflow’s run', commit, { trigger: build }],
    [
      'the event’s, although a tag in `select` names another',
      commit,
      { plan: plan('digest', 'select', otherCommit) },
    ],
    [
      'the event’s, although `image` names another',
      commit,
      { plan: plan('reference', 'image', otherCommit) },
    ],
    ['the event’s, for a pattern', commit, { plan: plan('pattern', 'select', undefined) }],
    ['the event’s, for a release', commit, { plan: plan('release', 'select', undefined) }],
    ['the input’s, which selects the image', otherCommit, { plan: plan('sha-tag', 'commit', otherCommit) }],
    ['the input’s, which selects a moving tag', otherCommit, { plan: plan('digest', 'commit', otherCommit) }],
    ['the input’s, for a release', otherCommit, { plan: plan('release', 'select', otherCommit) }],
    [
      'the one of a dispatch',
      commit,
      { trigger: manual('repository_dispatch'), plan: plan('reference', 'image', commit) },
    ],
    [
      'the one in a package’s tag',
      commit,
      { trigger: manual('registry_package'), plan: plan('reference', 'event', commit) },
    ],
    [
      'the full one that the image names',
      commit,
      { trigger: manual('registry_package'), plan: plan('reference', 'event', short), revision },
    ],
    [
      'the short one if the image names another',
      short,
      {
        trigger: manual('registry_package'),
        plan: plan('reference', 'event', short),
        revision: { ...revision, commit: otherCommit },
      },
    ],
    [
      'the short one if the image’s text is not a commit',
      short,
      {
        trigger: manual('registry_package'),
        plan: plan('reference', 'event', short),
        revision: { ...revision, commit: `${short}-dirty` },
      },
    ],
    [
      'the one of a dispatch, for an image of another name that is of this repository',
      commit,
      { trigger: automatic('repository_dispatch'), imagePath: 'other/name', revision },
    ],
    ['the event’s, for an image of another name', commit, { imagePath: 'other/name' }],
    ['the event’s, of a run of a tag', commit, { trigger: build, buildRef: { kind: 'tag', name: 'v1' } }],
    [
      'none for a dispatch without one',
      undefined,
      { trigger: manual('repository_dispatch'), plan: plan('digest', 'manual-select', undefined) },
    ],
    ['none for a person', undefined, { trigger: manual('workflow_dispatch') }],
    ['none for a schedule', undefined, { trigger: manual('schedule') }],
    [
      'none for a pull request',
      undefined,
      { trigger: automatic('pull_request'), buildRef: { kind: 'pull-request' } },
    ],
    ['none for a pull request’s build', undefined, { trigger: build, buildRef: { kind: 'pull-request' } }],
    ['none for a tag that was pushed', undefined, { buildRef: { kind: 'tag', name: 'v1' } }],
    [
      'none for a manual run on a tag',
      undefined,
      { trigger: manual('registry_package'), buildRef: { kind: 'tag', name: 'v1' } },
    ],
    [
      'none for an image of another repository, after a dispatch',
      undefined,
      { trigger: automatic('repository_dispatch'), imagePath: 'other/name' },
    ],
    [
      'none for an image of another repository, by the input',
      undefined,
      { plan: plan('sha-tag', 'commit', otherCommit), imagePath: 'other/name' },
    ],
    [
      'none for an image whose label names another repository',
      undefined,
      {
        trigger: automatic('repository_dispatch'),
        imagePath: 'other/name',
        revision: { ...revision, source: 'https://github.com/other/name' },
      },
    ],
  ])('is %s', async (_name, compared, options) => {
    const { work, asked } = await check({ [branchRef]: 'behind' }, options);
    await work;
    expect(asked).toEqual(compared === undefined ? [] : [`${branchRef}...${compared}`]);
  });
});

describe('a commit', () => {
  test.each(['identical', 'behind'])('is on the branch if it is %s', async (status) => {
    const { work, asked, world } = await check({ [branchRef]: status });
    await work;
    expect([asked.length, world.warnings, world.now()]).toEqual([1, [], 0]);
  });

  test('that diverged from the branch is refused at once', async () => {
    const { work, asked, world } = await check({ [branchRef]: 'diverged' });
    const error = await rejectedBy(work);
    expect([error.code, asked.length, world.now()]).toEqual(['commit-not-on-branch', 1, 0]);
    for (const fact of [commit, '"main"', 'each has commits']) expect(error.found).toContain(fact);
    expect(error.fix).toContain('`with: branch:`');
  });

  test('that is ahead of the branch is refused after ten seconds, because GitHub can lag', async () => {
    const { work, times } = await check({ [branchRef]: 'ahead' });
    const error = await rejectedBy(work);
    expect([error.code, times]).toEqual(['commit-not-on-branch', [0, 2500, 5000, 7500, 10_000]]);
    expect(error.found).toContain('ahead');
  });

  test('that is ahead at first is accepted once the branch has it', async () => {
    const { work, times } = await check({ [branchRef]: ['ahead', 'ahead', 'identical'] });
    await work;
    expect(times).toEqual([0, 2500, 5000]);
  });
});

describe('a run’s ref that is not a branch', () => {
  const tagRef = 'refs/tags/main';
  test('is a tag if that points to the commit', async () => {
    const { work, asked, world } = await check(
      { [branchRef]: 404, [tagRef]: 'identical' },
      { trigger: build },
    );
    await work;
    expect(asked).toEqual([`${branchRef}...${commit}`, `${tagRef}...${commit}`]);
    expect(world.warnings).toEqual([]);
  });

  test.each<[string, Said]>([
    ['points to a newer commit', 'behind'],
    ['does not exist', 404],
  ])('is unknown if the tag %s', async (_name, said) => {
    const { work, asked, world } = await check({ [branchRef]: 404, [tagRef]: said }, { trigger: build });
    await work;
    expect([asked.length, world.warnings.length]).toEqual([2, 1]);
  });

  test.each<[string, Said, Options]>([
    ['GitHub refuses', 403, { trigger: build }],
    ['the event names the branch', 404, {}],
  ])('is looked up only for a run whose branch does not exist: %s', async (_name, said, options) => {
    const { work, asked } = await check({ [branchRef]: said, [tagRef]: 'identical' }, options);
    await work;
    expect(asked).toHaveLength(1);
  });
});

describe('a commit that cannot be compared', () => {
  type Row = [string, Said, Options, string];
  const rows: Row[] = [
    ['no permission', 403, {}, 'contents: read'],
    ['no such branch', 404, {}, 'contents: read'],
    ['no token', 'behind', { token: '' }, '`github-token`'],
    ['no usable answer', 'unheard-of', {}, 'githubstatus.com'],
    ['an error', 500, {}, 'githubstatus.com'],
  ];

  test.each(rows)('is a warning: %s', async (_name, said, options, fact) => {
    for (const attestation of ['off', 'warn'] as const) {
      const { work, world } = await check({ [branchRef]: said }, { ...options, attestation });
      await work;
      expect(world.warnings).toEqual([textWith(commit, '"main"', fact)]);
    }
  });

  test('names the missing permission once', async () => {
    const { work, world } = await check({ [branchRef]: 403 });
    await work;
    expect(world.warnings[0]?.split('contents: read')).toHaveLength(2);
  });

  test.each(rows)('is an error if an attestation is required: %s', async (_name, said, options, fact) => {
    const { work, world } = await check({ [branchRef]: said }, { ...options, attestation: 'require' });
    const error = await rejectedBy(work);
    expect([error.code, error.fix]).toEqual(['commit-not-compared', expect.stringContaining(fact)]);
    expect(world.warnings).toEqual([]);
  });
});

describe('the comparison', () => {
  test.each<[string, boolean, Trigger, Plan, string]>([
    ['does not', false, automatic('push'), own, 'owner/repo'],
    ['does not', false, automatic('push'), own, 'other/name'],
    ['does not', false, automatic('repository_dispatch'), own, 'owner/repo'],
    ['waits', true, automatic('repository_dispatch'), own, 'other/name'],
    ['waits', true, automatic('push'), plan('sha-tag', 'commit', otherCommit), 'other/name'],
    ['does not', false, automatic('push'), plan('sha-tag', 'commit', otherCommit), 'owner/repo/web'],
    ['waits', true, automatic('push'), plan('sha-tag', 'commit', short), 'owner/repo'],
    ['waits', true, manual('registry_package'), plan('reference', 'event', short), 'owner/repo'],
    ['does not', false, manual('registry_package'), plan('reference', 'event', undefined), 'other/name'],
    ['does not', false, manual('registry_package'), plan('reference', 'event', commit), 'other/name'],
    ['does not', false, manual('workflow_dispatch'), plan('sha-tag', 'commit', short), 'owner/repo'],
  ])('%s wait for the image: %s', (_name, waits, trigger, plan, path) => {
    const inputs = {
      image: { host: 'ghcr.io', path },
      githubToken: 't',
      attestation: { mode: 'off' } as const,
    };
    expect(dependsOnImage(imageWorld().rt, inputs, trigger, plan)).toBe(waits);
  });
});
