import { describe, expect, test } from '@jest/globals';
import {
  builtCommit,
  defaultHead,
  push,
  release,
  repositoryDispatch,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { lineWith, textWith } from '../errors.ts';
import { digestOf } from '../factories.ts';
import { app, codesOf, errorOf, inWorld, tag } from './world.ts';

describe('the automatic way', () => {
  test('a workflow_run deploys the tag of head_sha, and proves it', () =>
    inWorld(async ({ deploy, push, image, fly, oldDigest, asked }) => {
      const { digest, platformDigest } = push(tag);
      push('main', { seed: 'newer', revision: defaultHead });
      const run = await deploy(workflowRun());

      expect([run.status, run.stderr]).toEqual([0, '']);
      expect(run.log.text).toContain(
        `\nUsing SHA-based tag: ${image}:${tag}\nThis ensures we get the exact image built from commit: ${builtCommit}\n`,
      );
      expect(run.flyctl.map(({ argv }) => argv)).toEqual([
        ['deploy', '--app', app, '--image', `${image}:${tag}`, '--remote-only'],
      ]);
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
        platformDigest,
        platformDigest,
      ]);
      expect(run.outputs).toMatchObject({
        image: `${image}:${tag}`,
        digest,
        'platform-digest': platformDigest,
        tag,
        source: 'sha-tag',
        commit: builtCommit,
        'short-sha': 'abc1234',
        deployed: 'true',
        skipped: '',
        verified: 'true',
        'release-id': fly.releases(app)[0]?.id,
        'release-version': '2',
        'previous-image': `${image}:main-0000000`,
      });
      expect(run.outputs['previous-digest']).toBe(oldDigest);
      expect(JSON.parse(run.outputs['machines'] ?? '')).toEqual([
        expect.objectContaining({
          region: 'fra',
          state: 'started',
          group: 'app',
          digest: platformDigest,
          'runs-image': true,
        }),
        expect.objectContaining({
          region: 'sin',
          state: 'started',
          group: 'app',
          digest: platformDigest,
          'runs-image': true,
        }),
      ]);
      // As nobody, the index by its tag, its child and the config by digest: nothing is asked twice.
      expect(asked()).toEqual([
        `GET /v2/owner/repo/manifests/${tag}`,
        'GET /token',
        `GET /v2/owner/repo/manifests/${tag}`,
        `GET /v2/owner/repo/manifests/${platformDigest}`,
        expect.stringMatching(/^GET \/v2\/owner\/repo\/blobs\/sha256:/),
      ]);
      expect(run.summary).toContain(`## ✅ \`${app}\`: all 2 machines run \`${tag}\``);
      expect(run.summary).toContain('```mermaid\nflowchart LR');
    }));

  test.each([
    ['push', () => push()],
    ['push of a tag', () => push({}, 'refs/tags/v1.2.0')],
    [
      'push of an annotated tag',
      () => push({ after: '1'.repeat(40), head_commit: { id: builtCommit } }, 'refs/tags/v1.2.0'),
    ],
    ['release', () => release()],
    ['repository_dispatch with a sha', () => repositoryDispatch({ sha: builtCommit })],
  ])('%s deploys the tag of its commit', (_name, event) =>
    inWorld(async ({ deploy, push, image }) => {
      push(tag);
      const run = await deploy(event());
      expect(run.status).toBe(0);
      expect(run.log.text).toContain(`Using SHA-based tag: ${image}:${tag}`);
      expect(run.outputs).toMatchObject({ commit: builtCommit, image: `${image}:${tag}`, verified: 'true' });
    }),
  );

  test('deploy-by: digest pins it, and keeps the two lines', () =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest } = push(tag);
      const run = await deploy(workflowRun(), { 'deploy-by': 'digest' });
      expect(run.status).toBe(0);
      expect(run.log.text).toContain(`Using SHA-based tag: ${image}:${tag}`);
      expect(run.log.text).toContain(`Using digest: ${image}@${digest}`);
      expect(run.flyctl[0]?.argv).toContain(`${image}@${digest}`);
      expect(run.outputs).toMatchObject({
        image: `${image}@${digest}`,
        tag,
        source: 'sha-tag',
        verified: 'true',
      });
    }));

  test('another template, length and branch', () =>
    inWorld(async ({ deploy, push, image }) => {
      push('rel.release-1.x.abc123456789');
      const inputs = { 'sha-tag': 'rel.{branch}.{sha:12}', branch: 'release/1.x' };
      const run = await deploy(workflowRun({ head_branch: 'release/1.x' }), inputs);
      expect(run.status).toBe(0);
      expect(run.outputs).toMatchObject({
        image: `${image}:rel.release-1.x.abc123456789`,
        'short-sha': 'abc1234',
      });
    }));

  test.each(['r-amp-d-abc1234', 'r-d-abc1234'])(
    'a branch that a build can write in two ways is found as %s',
    (made) =>
      inWorld(async ({ deploy, push, image, mirror }) => {
        push(made);
        const run = await deploy(workflowRun({ head_branch: 'r&d' }), { branch: 'r&d', mirror: 'always' });
        expect(run.status).toBe(0);
        expect(run.log.text).toContain(`Using SHA-based tag: ${image}:${made}`);
        expect(run.outputs).toMatchObject({
          tag: made,
          'source-image': `${image}:${made}`,
          verified: 'true',
        });
        expect(run.outputs['image']).toBe(`${mirror.host}/${app}:${made}`);
      }),
  );

  test('a tag in the second form that appears a little later is waited for', () =>
    inWorld(async ({ deploy, push, registry, asked }) => {
      push('r-d-abc1234');
      registry.fault({
        path: /manifests\/r-/,
        after: 1,
        times: 4,
        status: 404,
        body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}',
      });
      const inputs = { branch: 'r&d', 'wait-for-image': '5m' };
      const run = await deploy(workflowRun({ head_branch: 'r&d' }), inputs, { clockRate: 20 });
      expect([run.status, run.outputs['tag']]).toEqual([0, 'r-d-abc1234']);
      expect(asked().filter((each) => each.endsWith('r-amp-d-abc1234')).length).toBeGreaterThan(1);
    }));

  test('a tag that appears a little later is waited for', () =>
    inWorld(async ({ deploy, push, registry, image }) => {
      push(tag);
      registry.fault({
        path: /manifests\/main-abc1234/,
        after: 1,
        times: 1,
        status: 404,
        body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}',
      });
      const run = await deploy(workflowRun(), { 'wait-for-image': '5m' }, { clockRate: 20 });
      expect(run.status).toBe(0);
      expect(run.log.text).toEqual(lineWith('Waiting', `${image}:${tag}`, '5 m 00 s'));
    }));
});

describe('the manual way', () => {
  test('a workflow_dispatch deploys the digest of :main', () =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest, platformDigest } = push('main');
      const run = await deploy(workflowDispatch());
      expect(run.status).toBe(0);
      expect(run.log.text).toContain(`\nUsing digest: ${image}@${digest}\n`);
      expect(run.log.text).not.toContain('Using SHA-based tag');
      expect(run.flyctl[0]?.argv).toEqual([
        'deploy',
        '--app',
        app,
        '--image',
        `${image}@${digest}`,
        '--remote-only',
      ]);
      // What the label says it was built from, not the head of the branch.
      expect(run.outputs).toMatchObject({
        image: `${image}@${digest}`,
        digest,
        'platform-digest': platformDigest,
        tag: 'main',
        source: 'digest',
        commit: builtCommit,
        verified: 'true',
      });
    }));

  test.each([
    ['index', false],
    ['docker-list', false],
    ['manifest', true],
    ['docker-manifest', true],
  ] as const)('of a %s the digest is the manifest’s or index’s, never the config’s', (kind, single) =>
    inWorld(async ({ deploy, push, registry, image }) => {
      const { digest, platformDigest } = push('main', { kind });
      const run = await deploy(workflowDispatch());
      expect(run.status).toBe(0);
      expect(run.outputs).toMatchObject({
        image: `${image}@${digest}`,
        digest,
        'platform-digest': platformDigest,
      });
      expect(digest === platformDigest).toBe(single);
      const config = registry.requests
        .find(({ path }) => path.includes('/blobs/'))
        ?.path.split('/')
        .at(-1);
      expect(config).toMatch(/^sha256:/);
      expect(Object.values(run.outputs).join(' ')).not.toContain(config);
    }),
  );

  test.each([
    ['schedule', () => schedule()],
    ['repository_dispatch without a sha', () => repositoryDispatch()],
  ])('%s is manual', (_name, event) =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest } = push('main');
      const run = await deploy(event());
      expect(run.outputs).toMatchObject({ image: `${image}@${digest}`, source: 'digest', verified: 'true' });
    }),
  );

  test('deploy-by: tag deploys the moving tag itself', () =>
    inWorld(async ({ deploy, push, image }) => {
      push('main');
      const run = await deploy(workflowDispatch(), { 'deploy-by': 'tag' });
      expect(run.flyctl[0]?.argv).toContain(`${image}:main`);
    }));

  test('the inputs manual-select and branch name another one', () =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest } = push('dev-latest');
      const run = await deploy(workflowDispatch(), {
        'manual-select': 'tag:{branch}-latest',
        branch: 'dev',
      });
      expect(run.outputs).toMatchObject({ image: `${image}@${digest}`, tag: 'dev-latest' });
    }));

  test('the input commit goes to that commit’s tag, by digest', () =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest } = push(tag);
      push('main', { revision: defaultHead });
      const run = await deploy(workflowDispatch(), { commit: 'ABC1234' });
      expect(run.status).toBe(0);
      expect(run.log.text).toContain(`Using SHA-based tag: ${image}:${tag}`);
      expect(run.outputs).toMatchObject({
        image: `${image}@${digest}`,
        source: 'sha-tag',
        commit: 'abc1234',
      });
    }));
});

describe('an image that is given', () => {
  test('with a tag is taken as it is, by its digest', () =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest } = push('v1.2.0', { revision: '9'.repeat(40) });
      const run = await deploy(workflowRun(), { image: `${image}:v1.2.0` });
      expect(run.status).toBe(0);
      expect(run.outputs).toMatchObject({
        image: `${image}@${digest}`,
        source: 'reference',
        tag: 'v1.2.0',
        commit: '9'.repeat(40),
      });
    }));

  test('with a tag and deploy-by: digest is pinned', () =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest } = push('v1.2.0');
      const run = await deploy(workflowDispatch(), { image: `${image}:v1.2.0`, 'deploy-by': 'digest' });
      expect(run.outputs).toMatchObject({ image: `${image}@${digest}`, source: 'reference' });
    }));

  test('with a digest, or with both, is deployed by the digest', () =>
    inWorld(async ({ deploy, push, image }) => {
      const { digest } = push('v1.2.0');
      for (const given of [`${image}@${digest}`, `${image}:v1.2.0@${digest}`]) {
        const run = await deploy(workflowDispatch(), { image: given });
        expect(run.status).toBe(0);
        expect(run.flyctl[0]?.argv).toContain(`${image}@${digest}`);
      }
    }));

  test('that is not there is an error, and nothing is deployed', () =>
    inWorld(async ({ deploy, image }) => {
      const run = await deploy(workflowDispatch(), { image: `${image}@${digestOf('0')}` });
      expect(codesOf(run)).toEqual(['image-not-found']);
      for (const fact of [`${image}@${digestOf('0')}`, '404', 'image:', '.config.digest'])
        expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }));
});

test('a private image is read with the job’s login, and Fly.io’s own look is warned of', () =>
  inWorld(async ({ deploy, push, registry, image }) => {
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', 'package-reader');
    push(tag);
    const run = await deploy(workflowRun(), { 'registry-password': 'package-reader', mirror: 'never' });
    expect(run.log.annotations).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining(`${image} is private`) }),
    );
    expect(codesOf(run)).toEqual(['image-not-public']);
    expect(errorOf(run)).toContain('could not find image');
  }));

test('stale credentials do not spoil a public image', () =>
  inWorld(async ({ deploy, push, registry }) => {
    push(tag);
    const run = await deploy(workflowRun(), { 'registry-username': 'old', 'registry-password': 'stale' });
    expect(run.status).toBe(0);
    expect(
      registry.requests
        .map(({ headers }) => headers['authorization'] ?? '')
        .filter((header) => header.startsWith('Basic')),
    ).toEqual([]);
  }));

test('upper-case letters in the repository are lowered, with a notice; the tag keeps its case', () =>
  inWorld(async ({ deploy, push, image }) => {
    push('Main-X');
    const given = image.replace('owner/repo', 'Owner/Repo');
    const run = await deploy(workflowDispatch(), { image: `${given}:Main-X` });
    expect(run.status).toBe(0);
    expect(run.log.annotations).toContainEqual(
      expect.objectContaining({
        level: 'notice',
        message: textWith(`${given}:Main-X`, `${image}:Main-X`),
      }),
    );
    expect(run.outputs['tag']).toBe('Main-X');
  }));

test('a dry run finds and checks the image, and deploys nothing', () =>
  inWorld(async ({ deploy, push, fly, image }) => {
    push(tag);
    const run = await deploy(workflowRun(), { mode: 'dry-run' }, { flyctl: false });
    expect(run.status).toBe(0);
    expect(run.outputs).toMatchObject({
      image: `${image}:${tag}`,
      deployed: 'false',
      skipped: 'dry-run',
      verified: 'false',
    });
    expect(run.flyctl).toEqual([]);
    // GraphQL, which is asked for the app's hostname, is asked by POST.
    const changes = fly.requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql');
    expect(changes).toEqual([]);
    expect(run.summary).toMatch(/^## .*`main-abc1234`/);
  }));

test('a dry run without a Fly.io token does the same, and says that what runs was not looked at', () =>
  inWorld(async ({ deploy, push, fly, image }) => {
    const { digest } = push(tag);
    fly.requests.length = 0;
    const run = await deploy(workflowRun(), { mode: 'dry-run', 'fly-api-token': '' }, { flyctl: false });
    expect(run.status).toBe(0);
    expect(run.outputs).toMatchObject({
      image: `${image}:${tag}`,
      digest,
      commit: builtCommit,
      skipped: 'dry-run',
      machines: '[]',
      'previous-image': '',
    });
    expect(run.log.annotations).toEqual([expect.objectContaining({ level: 'notice' })]);
    expect(run.summary).toMatch(/^## .*`main-abc1234`/);
    expect(fly.requests).toEqual([]);
  }));

test('config, flags and no-cache reach flyctl as they are, with no shell between', () =>
  inWorld(async ({ deploy, push, image }) => {
    push(tag);
    const inputs = {
      app: '',
      config: 'apps/fly.web.toml',
      'no-cache': 'true',
      flags: '--strategy immediate\n--env=A=$(touch pwned); `id`\n--ha=false',
    };
    const run = await deploy(workflowRun(), inputs, { files: { 'apps/fly.web.toml': `app = "${app}"\n` } });
    expect(run.status).toBe(0);
    expect(run.flyctl[0]?.argv).toEqual([
      ...[
        'deploy',
        '--app',
        app,
        '--config',
        'apps/fly.web.toml',
        '--image',
        `${image}:${tag}`,
        '--remote-only',
        '--no-cache',
      ],
      ...['--strategy=immediate', '--env=A=$(touch pwned); `id`', '--ha=false'],
    ]);
  }));

describe('check-revision', () => {
  test('an image built from another commit is not deployed', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag, { revision: defaultHead });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      for (const commit of [defaultHead, builtCommit])
        expect(errorOf(run)).toContain(`https://github.com/owner/repo/commit/${commit}`);
      expect(run.flyctl).toEqual([]);
      expect(run.outputs).toMatchObject({ deployed: 'false', digest: expect.stringMatching(/^sha256:/) });
    }));

  test('off deploys it all the same', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag, { revision: defaultHead });
      expect((await deploy(workflowRun(), { 'check-revision': 'off' })).status).toBe(0);
    }));

  test('one that does not say is deployed with a warning, and not with require', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag, {
        source: 'https://github.com/some/base-image',
        revision: defaultHead,
        attestations: false,
      });
      const run = await deploy(workflowRun());
      expect(run.status).toBe(0);
      expect(run.log.annotations).toContainEqual(
        expect.objectContaining({
          level: 'warning',
          message: textWith(`:${tag} `, 'labels: ${{ steps.meta.outputs.labels }}'),
        }),
      );
      const required = await deploy(workflowRun(), { 'check-revision': 'require' });
      expect(codesOf(required)).toEqual(['revision-missing']);
      expect(errorOf(required)).toContain('org.opencontainers.image.revision');
    }));
});
