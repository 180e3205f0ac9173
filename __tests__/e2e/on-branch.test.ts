import { describe, expect, test } from '@jest/globals';
import {
  builtCommit,
  deployment,
  pullRequest,
  push as pushEvent,
  registryPackage,
  release,
  repositoryDispatch,
  type SandboxEvent,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { lineWith, textWith } from '../errors.ts';
import { inAttestedWorld } from './attested.ts';
import { codesOf, errorOf, inWorld, oldCommit, type TestWorld, tag } from './world.ts';

/** The comparisons with a branch that GitHub was asked for. */
const compared = ({ github }: TestWorld) =>
  github.requests
    .map(({ path }) => decodeURIComponent(path))
    .filter((path) => path.includes('/compare/refs/heads/'));

const automatic: [string, SandboxEvent][] = [
  ['workflow_run', workflowRun()],
  ['push', pushEvent()],
  ['deployment of a branch', deployment()],
  ['deployment of a commit', deployment({}, '')],
  ['repository_dispatch with a commit', repositoryDispatch({ sha: builtCommit })],
];

describe('a commit that an event names', () => {
  test.each(automatic)('is deployed if the branch contains it: %s', (_name, event) =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(event);
      expect([run.status, run.log.annotations]).toEqual([0, []]);
      expect(compared(world)).toEqual([`/repos/owner/repo/compare/refs/heads/main...${builtCommit}`]);
    }),
  );

  test.each(automatic)('is refused if the branch does not contain it: %s', (_name, event) =>
    inWorld(async (world) => {
      world.push(tag);
      world.github.strayed.add(builtCommit);
      const run = await world.deploy(event);
      expect(codesOf(run)).toEqual(['commit-not-on-branch']);
      expect(errorOf(run)).toEqual(textWith(builtCommit, '"main"'));
      expect(run.stdout).toEqual(lineWith('::debug::Failed as: refused'));
      expect(run.flyctl).toEqual([]);
    }),
  );

  test('is compared with the branch in `branch`', () =>
    inWorld(async (world) => {
      world.push('release-1-abc1234');
      await world.deploy(workflowRun({ head_branch: 'release/1' }), { branch: 'release/1' });
      expect(compared(world)).toEqual([`/repos/owner/repo/compare/refs/heads/release/1...${builtCommit}`]);
    }));

  // A branch and a tag can have the same name, and a run has only the name.
  test.each(['release/1.2', 'v2', '2026'])(
    'is compared with a branch that is named like a tag: %s',
    (branch) =>
      inWorld(async (world) => {
        world.push(tag);
        world.github.strayed.add(builtCommit);
        const inputs = { branch, 'sha-tag': 'main-{sha}' };
        const run = await world.deploy(workflowRun({ head_branch: branch }), inputs);
        expect(codesOf(run)).toEqual(['commit-not-on-branch']);
        expect(run.flyctl).toEqual([]);
      }),
  );

  test('is compared even if an input names it or the image', () =>
    inWorld(async (world) => {
      world.push(tag);
      const { digest } = world.push('main');
      expect((await world.deploy(pushEvent(), { commit: 'abc1234' })).status).toBe(0);
      expect((await world.deploy(pushEvent(), { select: `digest:${digest}` })).status).toBe(0);
      expect(compared(world)).toEqual([
        // The event's commit, whose first digits are the input.
        `/repos/owner/repo/compare/refs/heads/main...${builtCommit}`,
        `/repos/owner/repo/compare/refs/heads/main...${builtCommit}`,
      ]);
    }));

  const ahead = { status: 200, body: JSON.stringify({ status: 'ahead', base_commit: { sha: oldCommit } }) };

  test('is requested again for some seconds, because GitHub can be behind a push', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.github.fault({ path: /\/compare\/refs/, times: 3, ...ahead });
      const run = await world.deploy(pushEvent(), {}, { clockRate: 5 });
      expect(run.status).toBe(0);
      expect(compared(world)).toHaveLength(4);
    }));

  test('is refused if it stays ahead of the branch', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.github.fault({ path: /\/compare\/refs/, ...ahead });
      const run = await world.deploy(pushEvent(), {}, { clockRate: 20 });
      expect(codesOf(run)).toEqual(['commit-not-on-branch']);
      expect(errorOf(run)).toEqual(textWith(builtCommit, 'ahead'));
    }));

  test.each<[string, SandboxEvent, Record<string, string>]>([
    ['a push of a tag', pushEvent({}, 'refs/tags/v1.2.0'), {}],
    ['a release', release(), {}],
    ['a deployment of a tag', deployment({}, 'refs/tags/v1.2.0'), {}],
    ['a pull request', pullRequest(), { 'allow-events': 'push pull_request' }],
    ['a pull request’s build', workflowRun({ event: 'pull_request' }), { 'allow-events': 'pull_request' }],
    ['a manual run', workflowDispatch(), { commit: builtCommit }],
    ['a schedule', schedule(), {}],
  ])('is not compared for %s', (_name, event, inputs) =>
    inWorld(async (world) => {
      world.push(tag);
      world.push('main');
      world.github.strayed.add(builtCommit);
      const run = await world.deploy(event, inputs);
      expect([codesOf(run), compared(world)]).not.toContain('commit-not-on-branch');
      expect(compared(world)).toEqual([]);
    }),
  );

  test.each<[string, (digest: string) => SandboxEvent, Record<string, string>]>([
    ['a short one', () => repositoryDispatch({ sha: 'abc1234' }), { commit: 'abc1234' }],
    ['one in another field', () => repositoryDispatch({ commit: builtCommit }), { commit: builtCommit }],
    ['one for `select`', () => repositoryDispatch({ id: 'abc1234' }), { select: 'commit:abc1234' }],
    ['one in the tag of a package', (digest) => registryPackage(tag, digest), {}],
  ])('is also refused if a program named it: %s', (_name, event, inputs) =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      expect((await world.deploy(event(digest), inputs)).status).toBe(0);
      // The full ID, from the image.
      expect(compared(world)).toEqual([`/repos/owner/repo/compare/refs/heads/main...${builtCommit}`]);
      world.github.strayed.add(builtCommit);
      const run = await world.deploy(event(digest), inputs);
      expect([codesOf(run), run.flyctl]).toEqual([['commit-not-on-branch'], []]);
    }),
  );

  test('is the event’s, even if the inputs name an image of another commit', () =>
    inWorld(async (world) => {
      const hotfix = '7'.repeat(40);
      const { digest } = world.push('hotfix', { revision: hotfix });
      world.github.strayed.add(hotfix);
      const ways = [{ select: 'tag:hotfix' }, { image: `${world.image}@${digest}`, commit: hotfix }];
      for (const inputs of ways)
        expect((await world.deploy(pushEvent(), { ...inputs, 'on-outdated': 'deploy' })).status).toBe(0);
      world.github.strayed.add(builtCommit);
      for (const inputs of ways)
        expect(codesOf(await world.deploy(pushEvent(), inputs))).toEqual(['commit-not-on-branch']);
    }));

  const noBranch = { path: /\/compare\/refs(?:\/|%2F)heads/, status: 404, body: '{"message":"Not Found"}' };

  test.each(['v1.2.0', 'nightly'])(
    'of a run on a tag is accepted if no branch has the tag’s name: %s',
    (branch) =>
      inWorld(async (world) => {
        world.push(tag);
        world.github.fault(noBranch);
        const inputs = { branch, 'sha-tag': 'main-{sha}' };
        const run = await world.deploy(workflowRun({ head_branch: branch }), inputs);
        expect([run.status, run.log.annotations]).toEqual([0, []]);
      }),
  );

  test('of a run cannot be compared if no branch or tag has the name and the commit', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.github.fault(noBranch);
      world.github.strayed.add(builtCommit);
      const run = await world.deploy(workflowRun());
      expect([run.status, run.log.annotations]).toEqual([
        0,
        [expect.objectContaining({ level: 'warning', message: textWith(builtCommit, '404') })],
      ]);
    }));

  test('is not compared if it is of another repository', () =>
    inWorld(async (world) => {
      const sha = 'e'.repeat(40);
      world.pushTo('acme/shop', 'main-eeeeeee', { revision: sha, source: 'https://github.com/acme/shop' });
      const image = `${world.registry.host}/acme/shop`;
      const run = await world.deploy(repositoryDispatch({ sha }), { image });
      expect([run.status, compared(world)]).toEqual([0, []]);
      // A label cannot circumvent the comparison for an event of this repository.
      world.pushTo('acme/shop', tag, { source: 'https://github.com/acme/shop' });
      world.github.strayed.add(builtCommit);
      for (const commit of ['', builtCommit, 'abc1234'])
        expect(codesOf(await world.deploy(pushEvent(), { image, ...(commit && { commit }) }))).toEqual([
          'commit-not-on-branch',
        ]);
    }));
});

describe('if GitHub does not compare it', () => {
  type Row = readonly [string, (world: TestWorld) => Record<string, string>, fact: string, fix: RegExp];

  test.each<Row>([
    ['without a token', () => ({ 'github-token': '' }), 'github-token', /Remove the empty input/],
    ...([401, 403, 404] as const).map(
      (status): Row => [
        `as it answers ${status}`,
        ({ github }) => {
          github.fault({ path: /\/compare\/refs/, status, body: '{"message":"no"}' });
          return {};
        },
        String(status),
        /permissions:\s+contents: read/,
      ],
    ),
    [
      'during an outage',
      ({ github }) => {
        github.fault({ path: /\/compare\/refs/, close: true });
        return {};
      },
      'request to GitHub failed',
      /Run the job again/,
    ],
  ])('%s, warns with the fix, and refuses if an attestation is required', (_name, make, fact, fix) =>
    inAttestedWorld(async (world) => {
      const { digest } = world.push(tag);
      await world.attest(digest);
      const given = make(world);
      const run = await world.deploy(workflowRun(), given, { clockRate: 20 });
      expect(run.status).toBe(0);
      expect(run.log.annotations).toEqual(
        [{ level: 'warning', message: textWith(builtCommit, '"main"', fact) }].map((each) =>
          expect.objectContaining(each),
        ),
      );
      const [warning] = run.log.annotations.map(({ message }) => message);
      expect(warning?.match(new RegExp(fix, 'g'))).toHaveLength(1);
      if ('github-token' in given) return;
      const [inputs, options] = world.required;
      const required = await world.deploy(
        workflowRun(),
        { ...inputs, ...given },
        { ...options, clockRate: 20 },
      );
      expect(codesOf(required)).toEqual(['commit-not-compared']);
      expect(errorOf(required)).toEqual(textWith(builtCommit, fact));
      expect(errorOf(required)).toMatch(fix);
      const warned = { ...inputs, ...given, attestation: 'warn' };
      expect((await world.deploy(workflowRun(), warned, { ...options, clockRate: 20 })).status).toBe(0);
    }),
  );
});
