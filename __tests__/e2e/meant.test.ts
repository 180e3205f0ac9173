import { describe, expect, test } from '@jest/globals';
import type { ImageOptions } from '../../sandbox/registry/images.ts';
import {
  builtCommit,
  defaultHead,
  push,
  registryPackage,
  release,
  repositoryDispatch,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { codesOf, errorOf, findingsOf, inWorld, tag } from './world.ts';

// If two sources name different commits for an image, the step fails or names both.

const other = '7777777777777777777777777777777777777777';
const messagesOf = (run: ActionRun, level: string) =>
  run.log.annotations.filter((each) => each.level === level).map(({ message }) => message);

describe('a given image of another commit than the event’s', () => {
  test.each([
    ['a moving tag, on a push', 'latest', () => push()],
    ['a release’s tag, on the push of a tag', 'v2026.8.31', () => push({}, 'refs/tags/v2026.8.31')],
    ['a version, on a release', 'v1', () => release()],
    ['a tag, after another workflow’s run', 'stable', () => workflowRun()],
  ])(
    '%s: is deployed with a warning that names both commits and the inputs to be strict',
    (_name, name, event) =>
      inWorld(async (world) => {
        const { digest } = world.push(name, { revision: other });
        const run = await world.deploy(event(), { image: `${world.image}:${name}`, 'on-outdated': 'deploy' });
        expect([run.status, run.outputs['digest']]).toEqual([0, digest]);
        const [warning, ...more] = messagesOf(run, 'warning');
        expect(more).toEqual([]);
        for (const fact of [other, builtCommit, 'check-revision: require', `sha-tag: ${name}`])
          expect(warning).toContain(fact);
      }),
  );

  test('without a revision, whose tag names another commit, is deployed with a warning that names both', () =>
    inWorld(async (world) => {
      world.push('main-7777777', { labels: {}, revision: '', source: '', attestations: false });
      const event = push();
      const image = `${world.image}:main-7777777`;
      const run = await world.deploy(event, { image, 'on-outdated': 'deploy' });
      expect(run.status).toBe(0);
      const [warning = '', ...more] = messagesOf(run, 'warning');
      expect(more).toEqual([]);
      for (const fact of ['7777777', builtCommit, 'check-revision: require']) expect(warning).toContain(fact);

      const named = await world.deploy(event, { image, commit: builtCommit });
      expect(codesOf(named)).toEqual(['revision-mismatch']);
      const strict = await world.deploy(event, { image, 'check-revision': 'require' });
      expect(codesOf(strict)).toEqual(['revision-missing']);
    }));

  test('fails with the printed line', () =>
    inWorld(async (world) => {
      world.push('latest', { revision: other });
      const run = await world.deploy(push(), {
        image: `${world.image}:latest`,
        'check-revision': 'require',
        'wait-for-image': '0',
      });
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      for (const fact of [other, builtCommit]) expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }));

  test('with the other printed line, waits until the tag is the event’s image', () =>
    inWorld(async (world) => {
      world.push('latest', { revision: other });
      const { path } = { path: /\/manifests\/latest$/ };
      world.registry.fault({
        method: 'HEAD',
        path,
        times: 1,
        hook: () => void world.push('latest', { seed: 'built' }),
      });
      const run = await world.deploy(
        push(),
        { image: world.image, 'sha-tag': 'latest', 'wait-for-image': '10m' },
        { clockRate: 20 },
      );
      expect([run.status, run.outputs['commit']]).toEqual([0, builtCommit]);
    }));

  test.each([
    ['the input commit', {}, { commit: builtCommit }, () => push()],
    ['client_payload.sha', {}, {}, () => repositoryDispatch({ sha: builtCommit })],
  ])('fails if %s also names the commit', (_name, _more, inputs, event) =>
    inWorld(async (world) => {
      world.push('latest', { revision: other });
      const run = await world.deploy(event(), {
        image: `${world.image}:latest`,
        'wait-for-image': '0',
        ...inputs,
      });
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(run.flyctl).toEqual([]);
    }),
  );

  test('of another repository is not compared, with one notice', () =>
    inWorld(async (world) => {
      const image = world.image.replace('owner/repo', 'acme/shop');
      world.pushTo('acme/shop', 'v1', { revision: other, source: 'https://github.com/acme/shop' });
      const run = await world.deploy(push(), { image: `${image}:v1`, 'on-outdated': 'deploy' });
      expect(run.status).toBe(0);
      expect(messagesOf(run, 'warning')).toEqual([]);
      expect(messagesOf(run, 'notice')).toEqual([expect.stringContaining('acme/shop')]);
    }));

  test.each([
    ['in Git’s form for ssh', 'git@github.com:owner/repo.git'],
    ['without a scheme', 'github.com/owner/repo'],
    ['with a folder', 'https://github.com/owner/repo/tree/main/web'],
    ['with a fragment', 'https://github.com/Owner/Repo.git#main'],
  ])('of this repository, whose source is written %s, is compared', (_name, source) =>
    inWorld(async (world) => {
      const options = { revision: other, source, attestations: false };
      world.pushTo('acme/shop', 'latest', options);
      for (const image of ['owner/repo', 'acme/shop']) {
        world.push('latest', options);
        const name = `${world.image.replace('owner/repo', image)}:latest`;
        const run = await world.deploy(push(), { image: name, 'on-outdated': 'deploy' });
        expect([run.status, run.outputs['commit']]).toEqual([0, other]);
        expect(messagesOf(run, 'warning')).toEqual([expect.stringContaining(other)]);
      }
      world.push(tag, options);
      expect(codesOf(await world.deploy(push()))).toEqual(['revision-mismatch']);
    }),
  );

  test('that only its provenance links to this repository is compared, whatever its path', () =>
    inWorld(async (world) => {
      const options = { provenance: other, source: 'https://github.com/owner/repo.git' };
      world.pushTo('acme/shop', 'latest', { ...options, revision: '' });
      const image = `${world.image.replace('owner/repo', 'acme/shop')}:latest`;
      const run = await world.deploy(push(), { image, 'on-outdated': 'deploy' });
      expect([run.status, messagesOf(run, 'warning')]).toEqual([0, [expect.stringContaining(other)]]);
    }));

  test.each([
    ['image', (image: string) => ({ image: `${image}:stable` })],
    ['select', () => ({ select: 'tag:stable' })],
  ])('by %s, on the event of a package, is compared with the commit in the package’s tag', (_name, inputs) =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      world.push('stable', { revision: other });
      const event = registryPackage(tag, digest);
      const run = await world.deploy(event, { ...inputs(world.image), 'on-outdated': 'deploy' });
      expect([run.status, run.outputs['commit']]).toEqual([0, other]);
      const [warning, ...more] = messagesOf(run, 'warning');
      expect(more).toEqual([]);
      for (const fact of [other, builtCommit.slice(0, 7)]) expect(warning).toContain(fact);
      const strict = await world.deploy(event, { ...inputs(world.image), 'check-revision': 'require' });
      expect(codesOf(strict)).toEqual(['revision-mismatch']);
    }),
  );

  test('of the event’s own commit causes no message', () =>
    inWorld(async (world) => {
      world.push('latest');
      const run = await world.deploy(push(), { image: `${world.image}:latest` });
      expect([run.status, run.log.annotations]).toEqual([0, []]);
    }));

  test('is a warning of the doctor', () =>
    inWorld(async (world) => {
      world.push('latest', { revision: other });
      const run = await world.deploy(push(), {
        image: `${world.image}:latest`,
        mode: 'doctor',
      });
      expect(findingsOf(run)).toContainEqual({ mark: 'warning', code: 'image-of-other-commit' });
    }));
});

test.each([{ labels: { 'org.opencontainers.image.revision': builtCommit.slice(0, 7) }, revision: '' }])(
  'a short label matches the commit that begins with it: %j',
  (options) =>
    inWorld(async (world) => {
      world.push(tag, { ...options, attestations: false });
      const run = await world.deploy(push(), { 'check-revision': 'require' });
      expect([run.status, messagesOf(run, 'warning')]).toEqual([0, []]);
      world.push(tag, { ...options, labels: { 'org.opencontainers.image.revision': 'abc123' } });
      expect(codesOf(await world.deploy(push(), { 'on-unchanged': 'deploy' }))).toEqual([
        'revision-mismatch',
      ]);
    }),
);

test.each([
  ['commit', (_image: string, short: string) => ({ commit: short })],
  ['select', (_image: string, short: string) => ({ select: `commit:${short}` })],
  ['image and commit', (image: string, short: string) => ({ image: `${image}:${tag}`, commit: short })],
])('compares the event’s full commit if %s shortens it', (_name, inputs) =>
  inWorld(async (world) => {
    const short = builtCommit.slice(0, 7);
    world.push(tag, { revision: `${short}${'f'.repeat(33)}` });
    const run = await world.deploy(push(), inputs(world.image, short));
    expect([codesOf(run), run.flyctl]).toEqual([['revision-mismatch'], []]);
    expect(errorOf(run)).toContain(builtCommit);
    world.push(tag);
    const right = await world.deploy(push(), inputs(world.image, short));
    expect([right.status, right.outputs['commit']]).toEqual([0, builtCommit]);
  }),
);

describe('an image of another repository that this one deploys', () => {
  const dispatch = () => repositoryDispatch({ sha: builtCommit });
  const run = (options: ImageOptions, inputs: Record<string, string> = {}) =>
    new Promise<ActionRun>((resolve, reject) => {
      inWorld(async (world) => {
        world.pushTo('acme/shop', tag, { attestations: false, ...options });
        resolve(
          await world.deploy(dispatch(), {
            image: world.image.replace('owner/repo', 'acme/shop'),
            'on-outdated': 'deploy',
            ...inputs,
          }),
        );
      }).catch(reject);
    });
  const source = 'https://github.com/acme/shop';

  test.each([
    ['its own source', source],
    ['whatever source', 'https://github.com/base/image'],
  ])('matches by all 40 digits of the commit, with %s', async (_name, from) => {
    const { status, log } = await run(
      { revision: builtCommit, source: from },
      { 'check-revision': 'require' },
    );
    expect([status, log.annotations]).toEqual([0, []]);
  });
  test('fails for another commit of the same source', async () => {
    const wrong = await run({ revision: other, source });
    expect(codesOf(wrong)).toEqual(['revision-mismatch']);
    expect(errorOf(wrong)).toContain(`${other} (${source}/commit/${other})`);
  });
  test('with the label of its base image has an unknown commit', async () => {
    const { status, log } = await run({ revision: other, source: 'https://github.com/base/image' });
    expect([status, log.annotations.length]).toEqual([0, 1]);
  });
});

describe('an inherited label', () => {
  test('does not count if the provenance names the commit, with a notice', () =>
    inWorld(async (world) => {
      world.push(tag, { revision: other, provenance: builtCommit });
      const run = await world.deploy(workflowRun());
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      const [notice, ...more] = messagesOf(run, 'notice');
      expect(more).toEqual([]);
      for (const fact of [other, builtCommit, 'labels: ${{ steps.meta.outputs.labels }}'])
        expect(notice).toContain(fact);
    }));
  test('fails if the provenance also names another commit', () =>
    inWorld(async (world) => {
      world.push(tag, { revision: other, provenance: '8'.repeat(40) });
      const run = await world.deploy(workflowRun());
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toContain(`provenance for a build of ${'8'.repeat(40)}`);
    }));
  test('fails without provenance, with the line that sets the label', () =>
    inWorld(async (world) => {
      world.push(tag, { revision: other, attestations: false });
      const run = await world.deploy(workflowRun());
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toContain('labels: ${{ steps.meta.outputs.labels }}');
    }));
});

describe('a manual run on another ref than the deployed branch', () => {
  const feature = () => workflowDispatch({}, 'refs/heads/feature/x');

  test('is refused, and each printed line deploys one of the two', () =>
    inWorld(async (world) => {
      const main = world.push('main');
      const own = world.push('feature-x', { seed: 'feature', revision: other });
      const run = await world.deploy(feature());
      expect(codesOf(run)).toEqual(['event-other-ref']);
      expect(run.flyctl).toEqual([]);
      const lines = [...errorOf(run).matchAll(/`with: (branch): (\S+)`/g)].map(([, name, value]) => [
        name,
        value,
      ]);
      expect(lines).toEqual([
        ['branch', 'feature/x'],
        ['branch', 'main'],
      ]);
      const deployed = [];
      for (const [name = '', value = ''] of lines)
        deployed.push((await world.deploy(feature(), { [name]: value })).outputs['digest']);
      expect(deployed).toEqual([own.digest, main.digest]);
    }));

  test.each([
    ['v1.2', 'v1.2'],
    ['release/v1.2+b', 'release-v1.2-b'],
    ["it's-1", 'it-s-1'],
  ])('on the tag %s is refused, and the printed line deploys the tag’s image', (name, written) =>
    inWorld(async (world) => {
      const { digest } = world.push(written, { seed: 'v1.2' });
      world.push('main');
      const event = workflowDispatch({}, `refs/tags/${name}`);
      const run = await world.deploy(event);
      expect(codesOf(run)).toEqual(['event-other-ref']);
      const [, value = ''] = /`with: select: '?([^\s'`]+)'?`/.exec(errorOf(run)) ?? [];
      expect((await world.deploy(event, { select: value })).outputs['digest']).toBe(digest);
    }),
  );

  test.each<[string, (image: string) => Record<string, string>]>([
    ['a commit', () => ({ commit: builtCommit })],
    ['a tag', () => ({ 'manual-select': 'tag:main' })],
    ['a pattern', () => ({ select: 'newest:main-*' })],
    ['a full image reference', (image) => ({ image: `${image}:main` })],
  ])('deploys if the inputs name %s', (_name, inputs) =>
    inWorld(async (world) => {
      world.push('main');
      world.push(tag);
      world.push('main-1.0.0');
      expect((await world.deploy(feature(), inputs(world.image))).status).toBe(0);
    }),
  );

  test.each<[string, (image: string, digest: string) => Record<string, string>]>([
    ['image', (image, digest) => ({ image: `${image}@${digest}` })],
    ['select', (_image, digest) => ({ select: `digest:${digest}` })],
    ['select, by its tag', () => ({ select: 'tag:feature-x' })],
    ['commit alone', () => ({ 'sha-tag': 'sha-{sha}' })],
    [
      'select, by its commit',
      () => ({ 'sha-tag': 'sha-{sha}', commit: '', select: `commit:${defaultHead.slice(0, 7)}` }),
    ],
  ])('that passes its own build by %s deploys it only as its own ref’s', (_name, by) =>
    inWorld(async (world) => {
      const { digest } = world.push('feature-x', { revision: defaultHead });
      world.push(`sha-${defaultHead.slice(0, 7)}`, { revision: defaultHead });
      const inputs = { commit: defaultHead, ...by(world.image, digest) };
      expect(codesOf(await world.deploy(feature(), inputs))).toEqual(['event-other-ref']);
      expect(codesOf(await world.deploy(feature(), { ...inputs, branch: 'main' }))).toEqual([
        'event-other-ref',
      ]);
      expect((await world.deploy(feature(), { ...inputs, branch: 'feature/x' })).status).toBe(0);
      const onTag = workflowDispatch({}, 'refs/tags/v1.2');
      expect((await world.deploy(onTag, { ...inputs, branch: 'v1.2' })).status).toBe(0);
    }),
  );

  test('is a warning if nothing is deployed', () =>
    inWorld(async (world) => {
      world.push('main');
      const dry = await world.deploy(feature(), { mode: 'dry-run' });
      expect([dry.status, dry.outputs['skipped']]).toEqual([0, 'dry-run']);
      expect(messagesOf(dry, 'warning')).toEqual([expect.stringContaining('refs/heads/feature/x')]);
      const doctor = await world.deploy(feature(), { mode: 'doctor' });
      expect(findingsOf(doctor)).toContainEqual({ mark: 'warning', code: 'event-other-ref' });
    }));

  test('does not include a schedule', () =>
    inWorld(async (world) => {
      world.push('main');
      expect((await world.deploy(schedule())).status).toBe(0);
    }));
});
