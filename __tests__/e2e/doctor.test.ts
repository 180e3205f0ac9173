import { describe, expect, test } from '@jest/globals';
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
import { readmeOneFile, readmeWorkflows } from '../doctor-readme.ts';
import { app, errorOf, inWorld, type TestWorld, tag } from './world.ts';

const inputs = { 'dry-run': 'true', doctor: 'true' };
const files: Record<string, string> = { ...readmeWorkflows(), 'fly.toml': `app = "${app}"\n` };
const headTag = `main-${defaultHead.slice(0, 7)}`;

/** A registry that has what the README's build pushes. */
function built({ push }: TestWorld): void {
  push(tag);
  push(headTag, { revision: defaultHead, created: '2026-11-24T09:00:00Z' });
  push('main', { revision: defaultHead, created: '2026-11-24T09:00:00Z' });
}

/** Lines of the list with one of its signs. */
const lines = (run: ActionRun, sign: string) =>
  run.log.lines.map(({ text }) => text).filter((text) => text.startsWith(`  ${sign} `));

function expectNothingWritten({ fly, registry, mirror, github }: TestWorld, run: ActionRun): void {
  expect(run.flyctl).toEqual([]);
  for (const { requests } of [fly, registry, mirror, github])
    expect(requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  expect(run.outputs).toMatchObject({ deployed: 'false', skipped: 'dry-run', verified: 'false' });
}

test('a setup as the README shows it is green, with nothing to change', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(workflowRun(), inputs, { files });
    expect(run.stdout).toContain('Checked: ');
    expect([...lines(run, '✗'), ...lines(run, '!')]).toEqual([]);
    expect(run.status).toBe(0);
    expect(run.log.annotations).toEqual([]);
    const list = lines(run, '✓').join('\n');
    for (const words of [
      `Fly.io takes the token for app "${app}"`,
      'in organization "sandbox"',
      'All of it runs one image',
      'fly.toml is of the same app',
      `A run by workflow_run deploys commit ${builtCommit}`,
      'is public',
      '`sha-tag` "{branch}-{sha}" fits 3 tags',
      'The moving tag "main" is there',
      `This run would deploy ${world.image}:${tag}`,
      'holds linux/amd64',
      `says that it was built from ${builtCommit}`,
      `the head of branch "main" is ${defaultHead}`,
      `has its image, ${headTag}`,
      'deploy.yml has what it should',
      'build.yml pushes an image for linux/amd64',
    ])
      expect(list).toContain(words);
    // The sandbox's token is opaque: what it does not say is never called well.
    expect(lines(run, '–').join('\n')).toMatch(
      /How wide the token is was not seen[\s\S]*When the token ends was not seen/,
    );
    expect(run.summary).toMatch(/^## 🩺 `test-battle`: 1\d well, 2 not seen/);
    expect(run.outputs).toMatchObject({ image: `${world.image}:${tag}`, commit: builtCommit });
    expectNothingWritten(world, run);
  }));

test('the README’s one file, whose jobs are in the workflows that it calls, is green too', () =>
  inWorld(async (world) => {
    built(world);
    const path = '.github/workflows/deploy.yml';
    const run = await world.deploy(workflowDispatch(), inputs, {
      files: { [path]: readmeOneFile(), 'fly.toml': `app = "${app}"\n` },
      env: { GITHUB_JOB: 'doctor', GITHUB_WORKFLOW_REF: `owner/repo/${path}@refs/heads/main` },
    });
    expect([...lines(run, '✗'), ...lines(run, '!')]).toEqual([]);
    expect(run.status).toBe(0);
    const list = lines(run, '✓').join('\n');
    expect(list).toContain('deploy.yml has what it should');
    expect(list).toContain('deploy.yml pushes an image for linux/amd64');
    expectNothingWritten(world, run);
  }));

test('by hand on a first day: all that is missing is listed at once, with what to change', () =>
  inWorld(async (world) => {
    world.registry.addRepository('owner/repo', 'public');
    world.registry.untag('owner/repo', 'main-0000000');
    world.github.token = 'another';
    const run = await world.deploy(workflowDispatch(), { ...inputs, app: 'not-there' }, {});
    const error = errorOf(run);
    expect(error).toContain('There is no app "not-there"');
    expect(error).toContain('fly apps create not-there');
    expect(error).toContain('The repository has no tag yet');
    expect(error).toContain('type=sha,prefix={{branch}}-');
    expect(lines(run, '!').join('\n')).toContain('may not read this repository’s commits (403)');
    expect(lines(run, '–').join('\n')).toMatch(/deploy\.yml is not in the workspace/);
    expect(run.stdout).toContain('- uses: actions/checkout@v7');
    expect(run.summary).toMatch(/^## ❌ `not-there`: \d bad/);
    // The list says all that the error says.
    expect(run.summary).not.toContain('The step failed');
    expectNothingWritten(world, run);
  }));

describe('the token', () => {
  test.each([
    [401, 'Fly.io does not know this token'],
    [403, 'Fly.io knows this token, and it may not see app'],
  ])('refused with %d', (status, words) =>
    inWorld(async (world) => {
      built(world);
      world.fly.fault({ path: /^\/v1\/apps/, status, body: '{"error":"no"}' });
      const run = await world.deploy(workflowRun(), inputs, { files });
      expect(errorOf(run)).toContain(words);
      expect(errorOf(run)).toContain(`fly tokens create deploy --app ${app}`);
      // The rest was looked at all the same.
      expect(lines(run, '✓').join('\n')).toContain('build.yml pushes an image');
    }),
  );

  test('that is not there is bad, and what it was needed for was not seen', () =>
    inWorld(async (world) => {
      built(world);
      const run = await world.deploy(workflowRun(), { ...inputs, 'fly-api-token': '' }, { files });
      expect(errorOf(run)).toContain('There is no Fly.io token');
      expect(lines(run, '–').join('\n')).toContain('there is no token to ask Fly.io with');
      expect(world.fly.requests.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
    }));

  test('that sees other apps is a warning', () =>
    inWorld(async (world) => {
      built(world);
      await world.fly.createApp('another', []);
      const run = await world.deploy(workflowRun(), inputs, { files });
      expect(run.status).toBe(0);
      expect(lines(run, '!').join('\n')).toContain('also sees 1 other app of the organization');
    }));
});

describe('a private image', () => {
  const login = { 'registry-username': 'octocat', 'registry-password': 'of-the-registry' };
  const makePrivate = ({ registry }: TestWorld) => {
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', 'of-the-registry');
  };

  test('is copied by a deploy, to a registry that takes the token, and nothing is uploaded', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, ...login }, { files });
      expect(run.status).toBe(0);
      expect(lines(run, '✓').join('\n')).toMatch(
        /is private: the login "octocat" reads it[\s\S]*takes the Fly\.io token/,
      );
      expectNothingWritten(world, run);
    }));

  test('that may not be copied is bad', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, ...login, mirror: 'never' }, { files });
      expect(errorOf(run)).toMatch(/is private[\s\S]*take `mirror: never` away/);
    }));

  test('that nobody may read is bad, with the permission to give', () =>
    inWorld(async (world) => {
      built(world);
      makePrivate(world);
      const run = await world.deploy(workflowRun(), { ...inputs, 'github-token': '' }, { files });
      expect(errorOf(run)).toMatch(/answered 401[\s\S]*there is no login/);
      expect(lines(run, '–').join('\n')).toContain('tags and images');
    }));
});

test('an image at Fly.io’s own registry, which lists no tags, is looked at by its name alone', () =>
  inWorld(async (world) => {
    const made = makeImage({ revision: builtCommit, source: 'https://github.com/owner/repo' });
    world.mirror.push(app, tag, made);
    world.mirror.fault({ path: /tags\/list/, status: 404, body: '{"errors":[{"code":"NOT_FOUND"}]}' });
    const login = { 'registry-username': 'x', 'registry-password': world.fly.token };
    const image = `${world.mirror.host}/${app}`;
    const run = await world.deploy(workflowRun(), { ...inputs, ...login, image }, { files });
    expect(run.status).toBe(0);
    expect(lines(run, '–').join('\n')).toContain('lists none');
    expect(lines(run, '✓').join('\n')).toContain(`This run would deploy ${image}:${tag}`);
  }));

test('tags of another shape: which inputs would find them', () =>
  inWorld(async (world) => {
    world.registry.untag('owner/repo', 'main-0000000');
    world.push(`sha-${builtCommit.slice(0, 12)}`);
    const run = await world.deploy(workflowRun(), inputs, { files });
    expect(errorOf(run)).toContain(`there are sha-${builtCommit.slice(0, 12)}`);
    expect(errorOf(run)).toContain("with:\n  sha-tag: 'sha-{sha}'\n  short-sha-length: 12");
  }));

test('an image of another commit is bad, and one that does not say is a warning', () =>
  inWorld(async (world) => {
    built(world);
    world.push(tag, { revision: defaultHead });
    const other = await world.deploy(workflowRun(), inputs, { files });
    expect(errorOf(other)).toContain(`built from ${defaultHead}`);
    expect(errorOf(other)).toContain(`Expected: an image built from ${builtCommit}`);

    world.push(tag, { source: 'https://github.com/some/base-image', attestations: false });
    const silent = await world.deploy(workflowRun(), inputs, { files });
    expect(silent.status).toBe(0);
    expect(lines(silent, '!').join('\n')).toContain('has no label or annotation');
    expect(
      errorOf(await world.deploy(workflowRun(), { ...inputs, 'check-revision': 'require' }, { files })),
    ).toContain('no provenance that names a commit');
  }));

test('an attestation that is asked for and not there is bad, and so is the permission to read it', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(workflowRun(), { ...inputs, 'require-attestation': 'true' }, { files });
    expect(errorOf(run)).toMatch(/has no attestation of its build/);
    expect(lines(run, '!').join('\n')).toContain('lacks `attestations: read`');
  }));

test('an image for another platform is bad', () =>
  inWorld(async (world) => {
    built(world);
    world.push(tag, { platforms: ['linux/arm64'] });
    const run = await world.deploy(workflowRun(), inputs, { files });
    expect(errorOf(run)).toContain('is an image for linux/arm64');
    expect(errorOf(run)).toContain('platforms: linux/amd64');
  }));

test('an event that must not deploy is an item of the list', () =>
  inWorld(async (world) => {
    built(world);
    const run = await world.deploy(pullRequest(), inputs, { files });
    expect(run.status).toBe(0);
    expect(lines(run, '!').join('\n')).toContain('The event is pull_request: its commit is not merged');
    expect(lines(run, '✓').join('\n')).toContain('holds linux/amd64');
    expectNothingWritten(world, run);
  }));

test('a finding in a workflow is a warning at its line', () =>
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
    expect(errorOf(run)).toContain('waits for a workflow "Biuld"');
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
        message: expect.stringContaining('is of app "other"'),
      }),
    ]);
  }));

test('doctor without dry-run is refused', () =>
  inWorld(async (world) => {
    const run = await world.deploy(workflowRun(), { doctor: 'true' });
    expect(errorOf(run)).toMatch(/`doctor` is "true" and `dry-run` is not[\s\S]*Expected: [\s\S]*To fix: /);
    expect(run.flyctl).toEqual([]);
  }));

test('texts of workflows, tags, branches and registries are text in log and summary, and secrets stay hidden', () =>
  inWorld(async (world) => {
    const attack =
      'x\n::error::forged\n::add-path::/evil\n##[set-env name=A]b <img src=x onerror=1> [a](http://evil) @octocat | `x`';
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
    expect(run.log.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
    // In `<pre>` only HTML is markup.
    const outside = run.summary.replace(/<pre>[\s\S]*?<\/pre>/g, '');
    for (const markup of ['<img', '<b>']) expect(run.summary).not.toContain(markup);
    expect(outside).not.toContain('](http://evil');
    expect(outside).not.toMatch(/(?:^|[^\w`])@octocat/);
    for (const secret of [world.fly.token, runnerSecrets.github]) {
      expect(run.summary).not.toContain(secret);
      expect(run.log.text).not.toContain(secret);
    }
  }));
