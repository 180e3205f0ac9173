import { describe, expect, test } from '@jest/globals';
import { startSigstore } from '../../sandbox/github/sigstore.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import { runnerSecrets } from '../../sandbox/runner/environment.ts';
import {
  builtCommit,
  defaultHead,
  pullRequest,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import type { FindingCode, Mark } from '../../src/report/finding.ts';
import { readmeOneFile, readmeWorkflows } from '../doctor-readme.ts';
import { app, codesOf, errorOf, findingsOf, inWorld, type TestWorld, tag } from './world.ts';

const inputs = { mode: 'doctor' };
const files: Record<string, string> = { ...readmeWorkflows(), 'fly.toml': `app = "${app}"\n` };
const headTag = `main-${defaultHead.slice(0, 7)}`;

/** A registry with what the README's build pushes. */
function built({ push }: TestWorld): void {
  push(tag);
  push(headTag, { revision: defaultHead, created: '2026-11-24T09:00:00Z' });
  push('main', { revision: defaultHead, created: '2026-11-24T09:00:00Z' });
}

/** The codes of the findings with this mark. */
const marked = (run: ActionRun, mark: Mark) =>
  findingsOf(run)
    .filter((finding) => finding.mark === mark)
    .map(({ code }) => code);

/** The text of a finding in the list, including its fix. */
function textOf(run: ActionRun, code: FindingCode): string {
  const [, text] = new RegExp(`^::debug::Finding: \\S+ ${code}\\n((?:  .*\\n)+)`, 'm').exec(run.stdout) ?? [];
  if (text === undefined) throw new Error(`no finding is ${code}:\n${run.stdout}`);
  return text;
}

/** Expects findings by mark and code, with facts in their text. */
function expectFindings(run: ActionRun, ...expected: [Mark, FindingCode, ...facts: string[]][]): void {
  for (const [mark, code, ...facts] of expected) {
    expect(findingsOf(run)).toContainEqual({ mark, code });
    for (const fact of facts) expect(textOf(run, code)).toContain(fact);
  }
}

function expectNothingWritten({ fly, registry, mirror, github }: TestWorld, run: ActionRun): void {
  expect(run.flyctl).toEqual([]);
  for (const { requests } of [fly, registry, mirror, github])
    expect(requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  expect(run.outputs).toMatchObject({ deployed: 'false', skipped: 'dry-run', verified: 'false' });
}

test('a setup as the README shows it passes, with nothing to change', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(workflowRun(), inputs, { files });
    expect([...marked(run, 'bad'), ...marked(run, 'warning')]).toEqual([]);
    expect(run.status).toBe(0);
    expect(codesOf(run)).toEqual([]);
    expect(run.log.annotations).toEqual([]);
    expectFindings(
      run,
      ['ok', 'token-accepted', `\`${app}\``],
      ['ok', 'app-exists', `\`${app}\``, '`sandbox`'],
      ['ok', 'app-on-one-image', `${world.image}:main-0000000`, world.oldDigest],
      ['ok', 'config-of-app', 'fly.toml'],
      ['ok', 'event-deploys-commit', 'workflow_run', builtCommit, '`main`'],
      ['ok', 'image-public', world.image],
      ['ok', 'commit-tags-found', '`{branch}-{sha}`', '3 tags', tag],
      ['ok', 'moving-tag-found', '`main`'],
      ['ok', 'image-found', `${world.image}:${tag}`],
      ['ok', 'image-for-amd64', `${world.image}:${tag}`, 'linux/amd64'],
      ['ok', 'image-names-commit', builtCommit],
      ['ok', 'github-token-accepted', '`main`', defaultHead],
      ['ok', 'head-with-image', headTag],
      ['ok', 'workflow-complete', 'deploy.yml'],
      ['ok', 'build-complete', 'build.yml'],
    );
    // The sandbox's token is opaque: what it does not show never counts as passed.
    expect(marked(run, 'skipped')).toEqual(['token-scope-unknown', 'token-expiry-unknown']);
    expect(run.summary).toMatch(/^## 🩺 `test-battle`/);
    expect(run.outputs).toMatchObject({ image: `${world.image}:${tag}`, commit: builtCommit });
    expectNothingWritten(world, run);
  }));

test('the README’s one file, whose jobs are in the workflows that it calls, passes too', () =>
  inWorld(async (world) => {
    built(world);
    const path = '.github/workflows/deploy.yml';
    const run = await world.deploy(workflowDispatch(), inputs, {
      files: { [path]: readmeOneFile(), 'fly.toml': `app = "${app}"\n` },
      env: { GITHUB_JOB: 'doctor', GITHUB_WORKFLOW_REF: `owner/repo/${path}@refs/heads/main` },
    });
    expect([...marked(run, 'bad'), ...marked(run, 'warning')]).toEqual([]);
    expect(run.status).toBe(0);
    expectFindings(
      run,
      ['ok', 'event-deploys-newest', 'workflow_dispatch', '`main`'],
      ['ok', 'workflow-complete', 'deploy.yml'],
      ['ok', 'build-complete', 'deploy.yml'],
    );
    expectNothingWritten(world, run);
  }));

test('manually on a first day: all that is missing is listed at once, with what to change', () =>
  inWorld(async (world) => {
    world.registry.addRepository('owner/repo', 'public');
    world.registry.untag('owner/repo', 'main-0000000');
    world.github.token = 'another';
    const run = await world.deploy(workflowDispatch(), { ...inputs, app: 'not-there' }, {});
    // That there is no image is what the repository without tags explains.
    expect(marked(run, 'bad')).toEqual(['fly-app-not-found', 'repository-without-tags']);
    expect(codesOf(run)).toEqual(['fly-app-not-found', 'setup-bad']);
    expectFindings(
      run,
      ['bad', 'fly-app-not-found', '`not-there`', 'fly apps create not-there'],
      ['bad', 'repository-without-tags', 'type=sha,prefix={{branch}}-'],
      ['skipped', 'config-not-checked'],
      ['warning', 'github-token-without-contents', '403', 'permissions:\n        contents: read'],
      ['skipped', 'workflow-not-checked-out', 'deploy.yml', '- uses: actions/checkout@v7'],
    );
    // The one error names each problem, and leaves the lines to change to the list.
    for (const fact of ['2 problems', '`not-there`', 'image repository'])
      expect(errorOf(run)).toContain(fact);
    for (const line of ['fly apps create not-there', 'type=sha,prefix={{branch}}-']) {
      expect(errorOf(run)).not.toContain(line);
      expect(run.summary.split(line)).toHaveLength(2);
    }
    expect(run.summary).toMatch(/^## ❌ `not-there`: 2 problems, /);
    expectNothingWritten(world, run);
  }));

describe('the token', () => {
  test.each([401, 403])('refused with %d', (status) =>
    inWorld(async (world) => {
      built(world);
      world.fly.fault({ path: /^\/v1\/apps/, status, body: '{"error":"no"}' });
      const run = await world.deploy(workflowRun(), inputs, { files });
      expect(codesOf(run)).toEqual(['fly-unauthorized']);
      expect(errorOf(run)).toContain(String(status));
      expect(errorOf(run)).toContain(`fly tokens create deploy --app ${app}`);
      // The rest was checked anyway.
      expectFindings(run, ['ok', 'build-complete']);
    }),
  );

  test('that is missing is bad, and what needs it is not checked', () =>
    inWorld(async (world) => {
      built(world);
      const run = await world.deploy(workflowRun(), { ...inputs, 'fly-api-token': '' }, { files });
      expect(codesOf(run)).toEqual(['fly-token-missing']);
      expectFindings(
        run,
        ['bad', 'fly-token-missing', 'fly-api-token: ${{ secrets.FLY_API_TOKEN }}'],
        ['skipped', 'app-not-checked'],
      );
      expect(world.fly.requests.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
    }));

  test('that can access other apps is a warning', () =>
    inWorld(async (world) => {
      built(world);
      await world.fly.createApp('another', []);
      const run = await world.deploy(workflowRun(), inputs, { files });
      expect(run.status).toBe(0);
      expect(marked(run, 'warning')).toEqual(['token-sees-other-apps']);
    }));
});

describe('the app', () => {
  test('without a machine is fine before the first deploy', () =>
    inWorld(
      async (world) => {
        built(world);
        const run = await world.deploy(workflowRun(), inputs, { files });
        expect([run.status, marked(run, 'warning')]).toEqual([0, []]);
        expectFindings(run, ['ok', 'app-without-machines']);
      },
      { machines: [] },
    ));

  test('that runs several images is a warning that names them', () =>
    inWorld(async (world) => {
      built(world);
      const images = [`${world.image}:main-0000000`, `${world.image}:main`] as const;
      await world.fly.createApp(app, [
        { region: 'fra', image: images[0] },
        { region: 'sin', image: images[1] },
      ]);
      const run = await world.deploy(workflowRun(), inputs, { files });
      expect(run.status).toBe(0);
      expectFindings(run, ['warning', 'app-on-several-images', ...images]);
    }));

  test.each([[500, 'app-not-checked'] as const, [200, 'json-invalid'] as const])(
    'of which Fly.io reports nothing, with status %d',
    (status, code) =>
      inWorld(async (world) => {
        built(world);
        world.fly.fault({ path: /^\/v1\/apps\/test-battle$/, status, body: '[]' });
        const run = await world.deploy(workflowRun(), inputs, { files });
        expectFindings(run, [status === 200 ? 'bad' : 'skipped', code]);
      }),
  );

  test('whose machines cannot be listed is bad, with the same error as a deploy', () =>
    inWorld(async (world) => {
      built(world);
      world.fly.fault({ path: /\/machines$/, status: 200, body: '{}' });
      const run = await world.deploy(workflowRun(), inputs, { files });
      expect(codesOf(run)).toEqual(['machines-list-invalid']);
    }));
});

describe('a private image', () => {
  const login = { 'registry-username': 'octocat', 'registry-password': 'of-the-registry' };
  const makePrivate = ({ registry }: TestWorld) => {
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', 'of-the-registry');
  };

  test('would be copied to a registry that accepts the token, without an upload now', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, ...login }, { files });
      expect(run.status).toBe(0);
      const copy = `${world.mirror.host}/${app}`;
      expectFindings(run, ['ok', 'image-private', '`octocat`', copy], ['ok', 'mirror-accepts-token', copy]);
      expectNothingWritten(world, run);
    }));

  test('would be copied to a registry that cannot be checked without a token', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, ...login, 'fly-api-token': '' }, { files });
      expect(codesOf(run)).toEqual(['fly-token-missing']);
      expectFindings(run, ['skipped', 'mirror-not-checked', `${world.mirror.host}/${app}`]);
    }));

  test('that must not be copied is bad', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, ...login, mirror: 'never' }, { files });
      expect(codesOf(run)).toEqual(['image-not-public']);
      expectFindings(run, ['bad', 'image-not-public', world.image, '`mirror: never`']);
    }));

  test('that nobody can read is bad, with the permission to give', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, 'github-token': '' }, { files });
      expect(codesOf(run)).toEqual(['registry-denied']);
      expectFindings(
        run,
        ['bad', 'registry-denied', '401', '`with: registry-username:` and `registry-password:`'],
        ['skipped', 'images-not-checked'],
        ['skipped', 'github-token-missing', '`github-token`'],
      );
    }));
});

test('an image in Fly.io’s own registry, which lists no tags, is checked by its name alone', () =>
  inWorld(async (world) => {
    const made = makeImage({ revision: builtCommit, source: 'https://github.com/owner/repo' });
    world.mirror.push(app, tag, made);
    world.mirror.fault({ path: /tags\/list/, status: 404, body: '{"errors":[{"code":"NOT_FOUND"}]}' });
    const login = { 'registry-username': 'x', 'registry-password': world.fly.token };
    const image = `${world.mirror.host}/${app}`;
    const run = await world.deploy(workflowRun(), { ...inputs, ...login, image }, { files });
    expect(run.status).toBe(0);
    expectFindings(run, ['skipped', 'tags-not-listed', image], ['ok', 'image-found', `${image}:${tag}`]);
  }));

test('a repository that does not exist is bad', () =>
  inWorld(async (world) => {
    built(world);
    world.registry.fault({ path: /tags\/list/, status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' });
    const run = await world.deploy(workflowRun(), inputs, { files });
    expectFindings(run, ['bad', 'repository-missing', world.image], ['skipped', 'images-not-checked']);
  }));

test('tags of another form: prints the inputs that find them', () =>
  inWorld(async (world) => {
    world.registry.untag('owner/repo', 'main-0000000');
    const other = `sha-${builtCommit.slice(0, 12)}`;
    world.push(other);
    const required = { ...inputs, attestation: 'require' };
    const run = await world.deploy(workflowRun(), required, { files });
    expect(codesOf(run)).toEqual(['setup-bad']);
    expectFindings(
      run,
      ['bad', 'commit-tags-of-other-form', other],
      ['warning', 'moving-tag-missing', '`main`', 'type=ref,event=branch'],
      ['skipped', 'attestation-not-checked'],
    );
    expect(errorOf(run)).toContain('with:\n  sha-tag: "sha-{sha:12}"');
    // A deploy with the printed input finds the image.
    const again = await world.deploy(workflowRun(), { ...inputs, 'sha-tag': 'sha-{sha:12}' }, { files });
    expectFindings(again, ['ok', 'commit-tags-found', other], ['ok', 'image-found', other]);
  }));

test('an image of another commit is bad, and one that does not name a commit is a warning', () =>
  inWorld(async (world) => {
    built(world);
    world.push(tag, { revision: defaultHead });
    const other = await world.deploy(workflowRun(), inputs, { files });
    expect(codesOf(other)).toEqual(['revision-mismatch']);
    for (const fact of [defaultHead, builtCommit]) expect(errorOf(other)).toContain(fact);

    world.push(tag, {
      revision: '9'.repeat(40),
      source: 'https://github.com/some/base-image',
      attestations: false,
    });
    const silent = await world.deploy(workflowRun(), inputs, { files });
    expect(silent.status).toBe(0);
    expectFindings(silent, [
      'warning',
      'image-without-commit',
      'org.opencontainers.image.revision',
      '    labels: ${{ steps.meta.outputs.labels }}',
    ]);
    const required = { ...inputs, 'check-revision': 'require' };
    expect(codesOf(await world.deploy(workflowRun(), required, { files }))).toEqual(['revision-missing']);
  }));

test('a missing attestation that is required is bad, and so is the missing permission to read it', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(workflowRun(), { ...inputs, attestation: 'require' }, { files });
    expect(codesOf(run)).toEqual(['attestation-missing']);
    expectFindings(run, ['warning', 'permissions-incomplete', '`attestations: read`']);
    const warned = await world.deploy(workflowRun(), { ...inputs, attestation: 'warn' }, { files });
    expect(warned.status).toBe(0);
    expectFindings(warned, ['warning', 'image-not-attested', 'actions/attest-build-provenance']);
  }));

test('a deployment record without its permission is a warning', () =>
  inWorld(async (world) => {
    built(world);
    const recording = { ...inputs, 'deployment-record': 'production' };
    const run = await world.deploy(workflowRun(), recording, { files });
    expect(run.status).toBe(0);
    expectFindings(run, ['warning', 'permissions-incomplete', '`artifact-metadata: write`']);
    expectNothingWritten(world, run);
  }));

test('an attestation is reported with the workflow and the ref of the build', () =>
  inWorld(async (world) => {
    built(world);
    const { digest } = world.push(tag);
    const sigstore = await startSigstore();
    try {
      const signer = 'owner/repo/.github/workflows/build.yml@refs/heads/main';
      const bundle = await sigstore.attest(
        {
          _type: 'https://in-toto.io/Statement/v1',
          subject: [{ name: 'image', digest: { sha256: digest.slice('sha256:'.length) } }],
          predicateType: 'https://slsa.dev/provenance/v1',
          predicate: {},
        },
        {
          iss: 'https://token.actions.githubusercontent.com',
          repository: 'owner/repo',
          sha: builtCommit,
          ref: 'refs/heads/main',
          job_workflow_ref: signer,
        },
      );
      world.github.attestations.set(digest, [bundle]);
      const given = { ...inputs, attestation: 'require', 'trusted-root': 'root.json' };
      const run = await world.deploy(workflowRun(), given, {
        files: { ...files, 'root.json': sigstore.trustedRoot },
      });
      expect(run.status).toBe(0);
      expectFindings(run, ['ok', 'image-attested', signer, builtCommit]);
    } finally {
      await sigstore.close();
    }
  }));

test('an image for another platform is bad', () =>
  inWorld(async (world) => {
    built(world);
    world.push(tag, { platforms: ['linux/arm64'] });
    const run = await world.deploy(workflowRun(), inputs, { files });
    expect(codesOf(run)).toContain('platform-missing');
    expect(errorOf(run)).toContain('linux/arm64');
    expect(errorOf(run)).toContain('platforms: linux/amd64');
  }));

test('an image for another platform is shown once, at the line of its build', () =>
  inWorld(async (world) => {
    built(world);
    world.push(tag, { platforms: ['linux/arm64'] });
    const inputsOfBuild = 'with: {platforms: linux/arm64, push: true}';
    const build = `name: Build\njobs: {build: {steps: [{uses: docker/build-push-action@v7, ${inputsOfBuild}}]}}\n`;
    const run = await world.deploy(workflowRun(), inputs, {
      files: { ...files, '.github/workflows/build.yml': build },
    });
    const bad = findingsOf(run).filter(({ mark }) => mark === 'bad');
    expect(bad.map(({ code }) => code)).toEqual(['build-other-platform']);
  }));

test('lists an event that must not deploy', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(pullRequest(), inputs, { files });
    expect(run.status).toBe(0);
    expectFindings(run, ['warning', 'event-not-allowed', 'pull_request'], ['ok', 'image-for-amd64']);
    expectNothingWritten(world, run);
  }));

describe('GitHub', () => {
  test.each<[string, Mark, FindingCode, Record<string, string>, number | undefined]>([
    ['does not know the token', 'warning', 'github-token-unknown', {}, 401],
    ['sends an unexpected answer', 'skipped', 'github-not-checked', {}, 410],
    ['does not have the branch', 'bad', 'branch-missing', { branch: 'other' }, undefined],
  ])('%s', (_name, mark, code, more, status) =>
    inWorld(async (world) => {
      built(world);
      if (status !== undefined) world.github.fault({ path: /\/commits\//, status, body: '{}' });
      const run = await world.deploy(workflowDispatch(), { ...inputs, ...more }, { files });
      expectFindings(run, [mark, code, status === undefined ? '`other`' : String(status)]);
    }),
  );

  test('that cannot be reached is reported as not checked', () =>
    inWorld(async (world) => {
      built(world);
      const run = await world.deploy(workflowRun(), inputs, {
        files,
        env: { GITHUB_API_URL: 'http://127.0.0.1:1' },
      });
      expect(run.status).toBe(0);
      expectFindings(run, ['skipped', 'check-not-possible']);
    }));

  test('has a newest commit without an image', () =>
    inWorld(async (world) => {
      built(world);
      world.registry.untag('owner/repo', headTag);
      const run = await world.deploy(workflowRun(), inputs, { files });
      expect(run.status).toBe(0);
      expectFindings(run, ['warning', 'head-without-image', headTag]);
    }));
});

describe('workflows that cannot be checked', () => {
  const [deployFile, buildFile] = ['.github/workflows/deploy.yml', '.github/workflows/build.yml'];
  const noBuild = 'name: Build\non: push\njobs: {}\n';

  test.each<[string, Mark, FindingCode, string, Record<string, string>, Record<string, string>]>([
    [
      'the runner does not name one',
      'skipped',
      'workflow-unknown',
      'GITHUB_WORKFLOW_REF',
      {},
      { GITHUB_WORKFLOW_REF: '' },
    ],
    ['one is not YAML', 'bad', 'workflow-invalid', `${deployFile}, line 1`, { [deployFile]: 'a: [' }, {}],
    ['another program builds', 'skipped', 'build-not-checked', buildFile, { [buildFile]: noBuild }, {}],
    [
      'no workflow builds',
      'skipped',
      'build-not-found',
      '.github/workflows',
      { [deployFile]: 'name: Deploy\non: push\njobs: {}\n', [buildFile]: noBuild },
      {},
    ],
  ])('%s', (_name, mark, code, fact, more, env) =>
    inWorld(async (world) => {
      built(world);
      const run = await world.deploy(workflowRun(), inputs, { files: { ...files, ...more }, env });
      expectFindings(run, [mark, code, fact]);
      expect(codesOf(run)).toEqual(mark === 'bad' ? ['setup-bad'] : []);
    }),
  );
});

test('a finding in a workflow has its line', () =>
  inWorld(async (world) => {
    built(world);
    const deploy = files['.github/workflows/deploy.yml'] ?? '';
    const text = deploy
      .replace('cancel-in-progress: false', 'cancel-in-progress: true')
      .replace('[Build]', '[Biuld]');
    const run = await world.deploy(workflowRun(), inputs, {
      files: { ...files, '.github/workflows/deploy.yml': text },
    });
    const lineOf = (part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
    // The one problem has its line in the one error, and no second annotation.
    const { annotations } = run.log;
    expect(annotations.map(({ level, file, line }) => [level, file, line])).toEqual([
      ['warning', '.github/workflows/deploy.yml', lineOf('cancel-in-progress: true')],
      ['error', '.github/workflows/deploy.yml', lineOf('[Biuld]')],
    ]);
    expect(findingsOf(run)).toEqual(
      expect.arrayContaining([
        { mark: 'bad', code: 'workflow-run-of-unknown-workflow' },
        { mark: 'warning', code: 'concurrency-cancels' },
      ]),
    );
    expect(errorOf(run)).toContain('`Biuld`');
    expect(errorOf(run)).toContain('    workflows: [Build]');
  }));

test('a fly.toml of another app is a warning', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(workflowRun(), inputs, {
      files: { ...files, 'fly.toml': 'app = "other"\n' },
    });
    expect(run.status).toBe(0);
    expect(run.log.annotations).toEqual([
      expect.objectContaining({
        level: 'warning',
        file: 'fly.toml',
        message: expect.stringContaining(`  app: other`),
      }),
    ]);
    // Either of the two can be the wrong one.
    expectFindings(run, ['warning', 'config-of-other-app', '`other`', `\`${app}\``, `app = "${app}"`]);
    const both = await world.deploy(workflowRun(), inputs, {
      files: { ...files, 'fly.toml': 'app = "other"\n', 'fly.live.toml': `app = "${app}"\n` },
    });
    expectFindings(both, ['warning', 'config-of-other-app', '  app: other', '  config: fly.live.toml']);
  }));

/** Nearly everything is wrong: tags, the name of the build, its platform, the config, and a command of old. */
const broken: Record<string, string> = {
  'fly.toml': 'app = "test-battle-staging"\n',
  '.github/workflows/build.yml': [
    'name: Build',
    'on: {push: {branches: [main]}}',
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: docker/metadata-action@v6',
    '        with: {tags: type=sha}',
    '      - uses: docker/build-push-action@v7',
    '        with: {platforms: linux/arm64, push: true}',
  ].join('\n'),
  '.github/workflows/deploy.yml': [
    'name: Deploy',
    'on: {workflow_run: {workflows: [Biuld]}, workflow_dispatch: }',
    'jobs:',
    '  deploy:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: owner/deploy-fly-image@main',
    '        with: {app: test-battle}',
    '      - run: |',
    '          echo "flyctl deploy"',
    '          flyctl deploy \\',
    '            --image ghcr.io/owner/repo:main --no-cache',
  ].join('\n'),
};

describe('a setup with many problems', () => {
  const checked = (play: (run: ActionRun) => void) =>
    inWorld(async (world) => {
      world.registry.untag('owner/repo', 'main-0000000');
      world.push(`sha-${builtCommit.slice(0, 7)}`);
      play(await world.deploy(workflowDispatch(), inputs, { files: broken }));
    });

  test('shows first what would fail a deploy, and folds the rest', () =>
    checked(({ summary }) => {
      expect(summary).toMatch(
        /^## ❌ `test-battle`: 4 problems, \d+ warnings, \d+ passed, \d+ not checked\n\n### Fix these first\n\n/,
      );
      const [first = '', ...folded] = summary.split('<details>');
      expect(first.match(/^\*\*\d\. /gm)).toHaveLength(4);
      for (const fact of ['`Biuld`', 'workflows: [Build]', '`linux/arm64`', 'sha-tag: "sha-{sha}"'])
        expect(first).toContain(fact);
      expect(folded.join('')).toContain('group: deploy-test-battle');
    }));

  test('has each problem once on the page, and at most one annotation for each', () =>
    checked((run) => {
      for (const line of [
        'platforms: linux/amd64',
        'workflows: [Build]',
        'sha-tag: "sha-{sha}"',
        'types: [completed]',
        'group: deploy-test-battle',
      ]) {
        expect(run.summary.split(line)).toHaveLength(2);
        // The list, and an annotation.
        expect(run.log.text.split(line)).toHaveLength(3);
        expect(errorOf(run)).not.toContain(line);
      }
      expect(errorOf(run)).toMatch(/^4 problems /);
      for (const { code } of findingsOf(run).filter(({ code }) => code !== 'action-of-a-branch'))
        expect(findingsOf(run).filter((each) => each.code === code)).toHaveLength(1);
    }));

  test('checks what builds, though the name of the build is wrong', () =>
    checked((run) => {
      expectFindings(
        run,
        ['bad', 'workflow-run-of-unknown-workflow', '`Biuld`', 'workflows: [Build]'],
        ['bad', 'build-other-platform', '`linux/arm64`'],
        ['bad', 'build-other-tags', '`sha-{sha}`'],
      );
      expect(findingsOf(run).map(({ code }) => code)).not.toContain('build-not-found');
    }));

  test('has one finding for each cause', () =>
    checked((run) => {
      const codes = findingsOf(run).map(({ code }) => code);
      // The build writes other tags, so there are other tags; the moving tag does not exist, so there is no image.
      for (const code of ['commit-tags-of-other-form', 'moving-tag-missing'])
        expect(codes).not.toContain(code);
      expectFindings(run, ['bad', 'build-other-tags'], ['bad', 'image-not-found', ':main (404)']);
    }));

  test('has a warning for a `flyctl deploy` of old', () =>
    checked((run) =>
      expectFindings(run, [
        'warning',
        'deploy-without-verification',
        '--image ghcr.io/owner/repo:main',
        'deploy.yml, line 9',
      ]),
    ));

  test('has sentences as text, and names as code', () =>
    checked(({ summary }) => {
      const codes = [...summary.matchAll(/<code>(.*?)<\/code>/g)].map(([, text = '']) => text);
      for (const text of codes) expect(text).not.toMatch(/^[A-Z].* .*\.$/);
      // No placeholder is left to fill in.
      expect(summary).not.toMatch(/&#60;app|&lt;app|the name&#58;|your-app/);
    }));
});

describe('one finding for one cause', () => {
  test('where the newest commit is the one that has no image', () =>
    inWorld(async (world) => {
      built(world);
      world.registry.untag('owner/repo', headTag);
      const run = await world.deploy(workflowRun({ head_sha: defaultHead }), inputs, { files });
      expect(marked(run, 'bad')).toEqual(['image-not-found']);
      expect(marked(run, 'warning')).toEqual([]);
    }));

  test('where the workflow waits for builds of another branch, as of this run', () =>
    inWorld(async (world) => {
      built(world);
      const path = '.github/workflows/deploy.yml';
      const text = (files[path] ?? '').replace('branches: [main]', 'branches: [dev]');
      const event = workflowRun({ head_branch: 'dev' });
      const run = await world.deploy(event, inputs, { files: { ...files, [path]: text } });
      expect(marked(run, 'bad')).toEqual(['workflow-run-of-other-branch']);
      expect(marked(run, 'warning')).toEqual([]);
      // Either of the two branches can be the wrong one.
      for (const line of ['    branches: [main]', '  branch: dev']) expect(errorOf(run)).toContain(line);
    }));

  test('where the workflow does not give the token what it lacks', () =>
    inWorld(async (world) => {
      built(world);
      world.github.token = 'another';
      const path = '.github/workflows/deploy.yml';
      const text = (files[path] ?? '').replace('  contents: read\n', '');
      const run = await world.deploy(workflowDispatch(), inputs, { files: { ...files, [path]: text } });
      expect(marked(run, 'warning')).toEqual(['permissions-incomplete']);
      expectFindings(run, ['warning', 'permissions-incomplete', '`contents: read`']);
    }));
});

test('a workflow beside this one that deploys the app is a warning', () =>
  inWorld(async (world) => {
    built(world);
    const old = 'on: push\njobs: {deploy: {steps: [{run: flyctl deploy --remote-only}]}}\n';
    const run = await world.deploy(workflowRun(), inputs, {
      files: { ...files, '.github/workflows/fly-deploy.yml': old },
    });
    expect([run.status, marked(run, 'warning')]).toEqual([0, ['deploy-without-verification']]);
    expectFindings(run, ['warning', 'deploy-without-verification', 'fly-deploy.yml, line 2']);
    expect(run.summary).not.toContain('Fix these first');
  }));

test('workflows, tags, branches and registries are only text in the log and summary, and secrets stay hidden', () =>
  inWorld(async (world) => {
    const attack =
      'x\n::error::forged\n::debug::Finding: ok forged\n::add-path::/evil\n##[set-env name=A]b <img src=x onerror=1> [a](http://evil) @octocat | `x`';
    built(world);
    const yaml = JSON.stringify(attack);
    const deploy = [
      `name: ${yaml}`,
      'on:',
      `  workflow_run: {workflows: [${yaml}], types: [${yaml}], branches: [${yaml}]}`,
      'permissions: {contents: none}',
      `concurrency: {group: ${yaml}, cancel-in-progress: true}`,
      `jobs: {deploy: {runs-on: x, if: ${yaml}, steps: [{uses: ${JSON.stringify(`${attack}@main`)}, with: {fly-api-token: x}}]}}`,
    ].join('\n');
    const build = `name: ${yaml}\non: push\njobs: {b: {steps: [{uses: docker/metadata-action@v6, with: {tags: ${JSON.stringify(`type=sha,prefix=${attack.replaceAll('\n', ' ')}`)}}}, {uses: docker/build-push-action@v7, with: {platforms: ${yaml}}}]}}\n`;
    world.fly.fault({ path: /^\/v1\/apps\/test-battle$/, status: 500, body: `${attack} ${world.fly.token}` });
    world.registry.fault({
      path: /tags\/list/,
      status: 200,
      body: JSON.stringify({ name: 'x', tags: [attack, `main-${attack}`, 'main'] }),
      headers: { 'content-type': 'application/json' },
    });
    const run = await world.deploy(
      workflowDispatch(),
      { ...inputs, branch: 'ma<b>in' },
      {
        files: {
          'fly.toml': `app = ${yaml}\n`,
          '.github/workflows/deploy.yml': deploy,
          '.github/workflows/build.yml': build,
        },
      },
    );
    expect(run.status).toBe(1);
    const ours = new Set(['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice', 'debug']);
    expect(run.log.commands.filter(({ name }) => !ours.has(name))).toEqual([]);
    expect(run.log.annotations.filter(({ message }) => message.startsWith('forged'))).toEqual([]);
    expect(findingsOf(run).map(({ code }) => code)).not.toContain('forged');
    expect(run.log.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
    // Inside `<pre>`, only HTML is markup.
    const outside = run.summary.replace(/<pre>[\s\S]*?<\/pre>/g, '');
    for (const markup of ['<img', '<b>']) expect(run.summary).not.toContain(markup);
    expect(outside).not.toContain('](http://evil');
    expect(outside).not.toMatch(/(?:^|[^\w`])@octocat/);
    for (const secret of [world.fly.token, runnerSecrets.github]) {
      expect(run.summary).not.toContain(secret);
      expect(run.log.text).not.toContain(secret);
    }
  }));
