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

test('finds nothing to fix in the README’s setup', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(workflowRun(), inputs, { files });
    expect([...marked(run, 'bad'), ...marked(run, 'warning')]).toEqual([]);
    expect(run.status).toBe(0);
    expect(codesOf(run)).toEqual([]);
    expect(run.log.annotations).toEqual([]);
    expectFindings(
      run,
      ['ok', 'token-accepted', `"${app}"`],
      ['ok', 'app-exists', `"${app}"`, '"sandbox"'],
      ['ok', 'app-on-one-image', `${world.image}:main-0000000@${world.oldDigest}`],
      ['ok', 'config-of-app', 'fly.toml'],
      ['ok', 'event-deploys-commit', 'workflow_run', builtCommit, '"main"'],
      ['ok', 'image-public', world.image],
      ['ok', 'commit-tags-found', '"{branch}-{sha}"', '3 tags', tag],
      ['ok', 'moving-tag-found', '"main"'],
      ['ok', 'image-found', `${world.image}:${tag}`],
      ['ok', 'image-for-amd64', `${world.image}:${tag}`, 'linux/amd64'],
      ['ok', 'image-names-commit', builtCommit],
      ['ok', 'github-token-accepted', '"main"', defaultHead],
      ['ok', 'head-with-image', headTag],
      ['ok', 'workflow-complete', 'deploy.yml'],
      ['ok', 'build-complete', 'build.yml'],
    );
    // The sandbox's token is opaque, so its scope and expiry are not reported as healthy.
    expect(marked(run, 'skipped')).toEqual(['token-scope-unknown', 'token-expiry-unknown']);
    expect(run.summary).toMatch(/^## 🩺 `test-battle`/);
    expect(run.outputs).toMatchObject({ image: `${world.image}:${tag}`, commit: builtCommit });
    expectNothingWritten(world, run);
  }));

test('finds nothing to fix in the README’s single file, whose jobs are in called workflows', () =>
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
      ['ok', 'event-deploys-newest', 'workflow_dispatch', '"main"'],
      ['ok', 'workflow-complete', 'deploy.yml'],
      ['ok', 'build-complete', 'deploy.yml'],
    );
    expectNothingWritten(world, run);
  }));

test('a manual run on the first day lists everything that is missing, with its fix', () =>
  inWorld(async (world) => {
    world.registry.addRepository('owner/repo', 'public');
    world.registry.untag('owner/repo', 'main-0000000');
    world.github.token = 'another';
    const run = await world.deploy(workflowDispatch(), { ...inputs, app: 'not-there' }, {});
    expect(marked(run, 'bad')).toEqual(['fly-app-not-found', 'repository-without-tags', 'image-not-found']);
    expect(codesOf(run)).toEqual(['fly-app-not-found', 'setup-bad', 'image-not-found']);
    expectFindings(
      run,
      ['bad', 'fly-app-not-found', '"not-there"', 'fly apps create not-there'],
      ['bad', 'repository-without-tags', 'type=sha,prefix={{branch}}-'],
      ['skipped', 'config-not-checked'],
      ['warning', 'github-token-without-contents', '403', 'permissions:\n        contents: read'],
      ['skipped', 'workflow-not-checked-out', 'deploy.yml', '- uses: actions/checkout@v7'],
    );
    // The single error contains all of them.
    for (const fact of ['fly apps create not-there', 'type=sha,prefix={{branch}}-'])
      expect(errorOf(run)).toContain(fact);
    expect(run.summary).toMatch(/^## ❌ `not-there`/);
    // The list contains everything in the error, so the summary does not repeat the error.
    expect(run.summary.split('fly apps create not-there')).toHaveLength(2);
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
    'for which Fly.io answers %d without a record is bad or not checked',
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
      expectFindings(run, ['ok', 'image-private', '"octocat"', copy], ['ok', 'mirror-accepts-token', copy]);
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

  test('is bad with `mirror: never`', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, ...login, mirror: 'never' }, { files });
      expect(codesOf(run)).toEqual(['image-not-public']);
      expectFindings(run, ['bad', 'image-not-public', world.image, '`mirror: never`']);
    }));

  test('that cannot be read is bad, with the login to add', () =>
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

test('checks an image in Fly.io’s registry, which does not list tags, by its name', () =>
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
    expect(codesOf(run)).toEqual(['setup-bad', 'image-not-found']);
    expectFindings(
      run,
      ['bad', 'commit-tags-of-other-form', other],
      ['warning', 'moving-tag-missing', '"main"', 'type=ref,event=branch'],
      ['skipped', 'attestation-not-checked'],
    );
    expect(errorOf(run)).toContain('with:\n  sha-tag: "sha-{sha:12}"');
    // A deploy with the printed input finds the image.
    const again = await world.deploy(workflowRun(), { ...inputs, 'sha-tag': 'sha-{sha:12}' }, { files });
    expectFindings(again, ['ok', 'commit-tags-found', other], ['ok', 'image-found', other]);
  }));

test('an image of another commit is bad, and one without a commit is a warning', () =>
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
      expectFindings(run, [mark, code, status === undefined ? '"other"' : String(status)]);
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
    const warnings = run.log.annotations.filter(({ level }) => level === 'warning');
    expect(warnings).toEqual([
      expect.objectContaining({
        file: '.github/workflows/deploy.yml',
        line: lineOf('[Biuld]'),
        message: expect.stringContaining('"Biuld"'),
      }),
      expect.objectContaining({
        file: '.github/workflows/deploy.yml',
        line: lineOf('cancel-in-progress: true'),
      }),
    ]);
    expect(findingsOf(run)).toEqual(
      expect.arrayContaining([
        { mark: 'bad', code: 'workflow-run-of-unknown-workflow' },
        { mark: 'warning', code: 'concurrency-cancels' },
      ]),
    );
    expect(errorOf(run)).toContain('"Biuld"');
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
    expectFindings(run, ['warning', 'config-of-other-app', '"other"', `"${app}"`]);
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
