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

// Which image was meant: where two sources name different commits, the step fails or says both.

const other = '7777777777777777777777777777777777777777';
const messagesOf = (run: ActionRun, level: string) =>
  run.log.annotations.filter((each) => each.level === level).map(({ message }) => message);

describe('an image that is named, of another commit than the event’s', () => {
  test.each([
    ['a tag that moves, on a push', 'latest', () => push()],
    ['a release’s tag, on the push of a tag', 'v2026.8.31', () => push({}, 'refs/tags/v2026.8.31')],
    ['a version, on a release', 'v1', () => release()],
    ['a tag, after another workflow’s run', 'stable', () => workflowRun()],
  ])(
    '%s is deployed with a warning of both commits, and the inputs that make it strict',
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

  test('that says nothing itself, whose tag names another commit, is deployed with a warning of both', () =>
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

  test('fails with the line that is printed', () =>
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

  test('and with the other line that is printed it deploys the event’s image when the tag has come to it', () =>
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
  ])('fails where %s names the commit too', (_name, _more, inputs, event) =>
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

  test('of another repository is not compared, which one notice says', () =>
    inWorld(async (world) => {
      const image = world.image.replace('owner/repo', 'acme/shop');
      world.pushTo('acme/shop', 'v1', { revision: other, source: 'https://github.com/acme/shop' });
      const run = await world.deploy(push(), { image: `${image}:v1`, 'on-outdated': 'deploy' });
      expect(run.status).toBe(0);
      expect(messagesOf(run, 'warning')).toEqual([]);
      expect(messagesOf(run, 'notice')).toEqual([expect.stringContaining('acme/shop')]);
    }));

  test.each([
    ['as Git’s own form for ssh', 'git@github.com:owner/repo.git'],
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

  test('of this repository by its provenance alone is compared, whatever its path', () =>
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

  test('of the event’s own commit needs no word', () =>
    inWorld(async (world) => {
      world.push('latest');
      const run = await world.deploy(push(), { image: `${world.image}:latest` });
      expect([run.status, run.log.annotations]).toEqual([0, []]);
    }));

  test('is a warning of the doctor’s list', () =>
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
  'an image whose label is short is of the commit that begins with it: %j',
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
])('a commit that %s shortens, and that the event names whole, is compared whole', (_name, inputs) =>
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

describe('an image of another repository, deployed from here', () => {
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
  ])('matches by the 40 digits of the commit, with %s', async (_name, from) => {
    const { status, log } = await run(
      { revision: builtCommit, source: from },
      { 'check-revision': 'require' },
    );
    expect([status, log.annotations]).toEqual([0, []]);
  });
  test('of another commit of its own source fails', async () => {
    const wrong = await run({ revision: other, source });
    expect(codesOf(wrong)).toEqual(['revision-mismatch']);
    expect(errorOf(wrong)).toContain(`${other} (${source}/commit/${other})`);
  });
  test('whose label is the base image’s does not say', async () => {
    const { status, log } = await run({ revision: other, source: 'https://github.com/base/image' });
    expect([status, log.annotations.length]).toEqual([0, 1]);
  });
});

describe('a label that was inherited', () => {
  test('does not count where the provenance names the commit, which a notice says', () =>
    inWorld(async (world) => {
      world.push(tag, { revision: other, provenance: builtCommit });
      const run = await world.deploy(workflowRun());
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      const [notice, ...more] = messagesOf(run, 'notice');
      expect(more).toEqual([]);
      for (const fact of [other, builtCommit, 'labels: ${{ steps.meta.outputs.labels }}'])
        expect(notice).toContain(fact);
    }));
  test('fails where the provenance names another commit as well', () =>
    inWorld(async (world) => {
      world.push(tag, { revision: other, provenance: '8'.repeat(40) });
      const run = await world.deploy(workflowRun());
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toContain(`provenance for a build of ${'8'.repeat(40)}`);
    }));
  test('fails where there is no provenance, with the line that sets the label', () =>
    inWorld(async (world) => {
      world.push(tag, { revision: other, attestations: false });
      const run = await world.deploy(workflowRun());
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toContain('labels: ${{ steps.meta.outputs.labels }}');
    }));
});

describe('a run that a person starts on another ref than the branch that is deployed', () => {
  const feature = () => workflowDispatch({}, 'refs/heads/feature/x');

  test('is refused, and the lines that are printed deploy the one or the other', () =>
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
  ])('that is the tag %s is refused, and the printed line deploys the tag’s image', (name, written) =>
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
    ['a whole image', (image) => ({ image: `${image}:main` })],
  ])('deploys where the inputs name %s', (_name, inputs) =>
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
  ])('and that hands its own build over by %s needs the branch, and no other one', (_name, by) =>
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

  test('is a warning where nothing is deployed', () =>
    inWorld(async (world) => {
      world.push('main');
      const dry = await world.deploy(feature(), { mode: 'dry-run' });
      expect([dry.status, dry.outputs['skipped']]).toEqual([0, 'dry-run']);
      expect(messagesOf(dry, 'warning')).toEqual([expect.stringContaining('refs/heads/feature/x')]);
      const doctor = await world.deploy(feature(), { mode: 'doctor' });
      expect(findingsOf(doctor)).toContainEqual({ mark: 'warning', code: 'event-other-ref' });
    }));

  test('is never a schedule', () =>
    inWorld(async (world) => {
      world.push('main');
      expect((await world.deploy(schedule())).status).toBe(0);
    }));
});
