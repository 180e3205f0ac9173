import { describe, expect, test } from '@jest/globals';
import { insteadOf, onBranch, repositoryOf } from '../src/event/advice.ts';
import { branchOf, readTrigger } from '../src/event/read.ts';
import type { Refusal, Trigger } from '../src/event/types.ts';
import { readInputs } from '../src/inputs/inputs.ts';
import { parseJsonObject } from '../src/lib/json.ts';
import { rejectedBy } from './errors.ts';
import { built, expectRefusal, head, push, read, repository, workflowRun } from './events.ts';
import { digestOf, nothingThere } from './factories.ts';

// What the inputs and the runner's variables decide about an event.

interface Run {
  readonly event?: string;
  readonly payload?: object;
  readonly inputs?: Record<string, string>;
  readonly env?: Record<string, string | undefined>;
}

const depsOf = ({ event = 'workflow_dispatch', payload = {}, env = {} }: Run) => ({
  env: {
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: '/event.json',
    GITHUB_REPOSITORY: 'owner/repo',
    GITHUB_SHA: head,
    ...env,
  },
  readFile: (path: string) =>
    path === '/event.json' ? JSON.stringify({ repository, ...payload }) : undefined,
});

async function trigger(run: Run): Promise<Trigger | Refusal> {
  const given: Record<string, string> = { app: 'test-battle', 'fly-api-token': 'token', ...run.inputs };
  const deps = depsOf(run);
  const inputs = await readInputs({
    ...deps,
    input: (name) => given[name] ?? '',
    lookUpProgram: nothingThere,
  });
  return readTrigger(deps, inputs);
}

describe('a manual run on another branch', () => {
  const on = (inputs: Record<string, string>, env: Run['env'] = {}) =>
    trigger({ payload: { inputs: null }, inputs, env: { GITHUB_REF: 'refs/heads/dev', ...env } });
  const image = 'ghcr.io/owner/repo';

  test.each<[Record<string, string>]>([
    [{ branch: 'main' }],
    [{ commit: built }],
    [{ select: `commit:${built}` }],
    [{ select: 'tag:v1' }],
    [{ select: 'release:current' }],
    [{ 'manual-select': 'tag:v1' }],
    [{ image: `${image}:v1` }],
    [{ image: `${image}@${digestOf('a')}` }],
    // The commit of the run, looked up by a selection that does not name a build.
    [{ select: 'release:current', commit: head }],
    [{ select: 'newest:*', commit: head }],
  ])('with %j deploys', async (inputs) =>
    expect(await on(inputs)).toMatchObject({ kind: 'manual', branch: 'main' }),
  );

  test.each<[Record<string, string>, string]>([
    [{}, 'branch "main"'],
    [{ image }, 'branch "main"'],
    [{ commit: head }, 'the build of the commit'],
    [{ commit: head.slice(0, 7) }, 'the build of the commit'],
    [{ select: `commit:${head}` }, 'the build of the commit'],
    [{ select: 'tag:v1', commit: head }, 'the build of the commit'],
    [{ select: `digest:${digestOf('a')}`, commit: head }, 'the build of the commit'],
  ])('with %j is refused: it would deploy %s', async (inputs, what) =>
    expectRefusal(await on(inputs), 'event-other-ref', [what]),
  );

  test.each(['', undefined])('without a commit of the run (%j) deploys what an input names', async (sha) =>
    expect(await on({ commit: built }, { GITHUB_SHA: sha })).toMatchObject({ kind: 'manual' }),
  );

  test.each(['dry-run', 'doctor', 'verify'])('in mode %s only warns', async (mode) => {
    const result = await on({ mode, ...(mode === 'verify' ? { 'health-url': '' } : {}) });
    expect(result).toMatchObject({
      kind: 'manual',
      event: 'workflow_dispatch',
      branch: 'main',
      caution: { code: 'event-other-ref' },
    });
  });

  test('in a dry run of a named branch warns about that branch', async () =>
    expect(await on({ mode: 'dry-run', branch: 'x', commit: head })).toMatchObject({
      branch: 'x',
      caution: { code: 'event-other-ref' },
    }));

  test('in a dry run is refused for any other reason', async () =>
    expectRefusal(await trigger({ event: 'fork', inputs: { mode: 'dry-run' } }), 'event-unknown'));
});

test('a deployment of another branch is refused, unless an input names what to deploy', async () => {
  const deploy = (inputs: Record<string, string>) =>
    trigger({
      event: 'deployment',
      payload: { action: 'created', deployment: { sha: built } },
      inputs,
      env: { GITHUB_REF: 'refs/heads/dev' },
    });
  expectRefusal(await deploy({}), 'event-other-branch', ['`with: branch: dev`']);
  expect(await deploy({ select: 'tag:v1' })).toMatchObject({ commit: built });
});

describe('fields that no input reads', () => {
  const sent = (inputs: Record<string, string> = {}) =>
    trigger({ event: 'repository_dispatch', payload: { client_payload: { tag: 'v9' } }, inputs });

  test.each<[Record<string, string>, string | undefined]>([
    [{}, 'ghcr.io/owner/repo:main'],
    [{ branch: 'feature/x' }, 'ghcr.io/owner/repo:feature-x'],
    [{ 'manual-select': 'tag:latest' }, 'ghcr.io/owner/repo:latest'],
    [{ 'manual-select': 'tag:{branch}-{branch}' }, 'ghcr.io/owner/repo:main-main'],
    [{ 'manual-select': 'newest:{branch}-*' }, 'ghcr.io/owner/repo:main-*'],
    [{ select: 'tag:stable' }, 'ghcr.io/owner/repo:stable'],
    [{ select: 'tag:stable', 'manual-select': 'tag:latest' }, 'ghcr.io/owner/repo:stable'],
    [{ image: 'docker.io/owner/app:v1' }, 'docker.io/owner/app:v1'],
    [{ image: `ghcr.io/owner/repo@${digestOf('a')}` }, undefined],
    [{ commit: built }, undefined],
    [{ select: 'release:current' }, undefined],
  ])('with %j: %s is deployed instead', async (inputs, instead) => {
    const result = await sent(inputs);
    expect(result.kind === 'manual' ? result.unread?.instead : 'refused').toBe(instead);
  });

  test('are read if the input names a tag that contains them', async () =>
    expect(await sent({ select: 'tag:app-v9' })).not.toHaveProperty('unread'));
});

describe('a published package', () => {
  const publish = (tag: string, inputs: Record<string, string> = {}) =>
    trigger({
      event: 'registry_package',
      payload: {
        action: 'published',
        registry_package: {
          name: 'repo',
          namespace: 'owner',
          package_version: { version: digestOf('a'), container_metadata: { tag: { name: tag } } },
        },
      },
      inputs,
    });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['main', {}, undefined],
    ['main-abc1234', {}, 'abc1234'],
    ['latest', { 'manual-select': 'tag:latest' }, undefined],
    ['feature-x', { branch: 'feature/x' }, undefined],
    ['main-1', { 'manual-select': 'newest:{branch}-*' }, undefined],
    ['v-abc1234', { 'sha-tag': 'v-{sha}' }, 'abc1234'],
  ])('with the tag %s and %j is deployed', async (tag, inputs, commit) =>
    expect(await publish(tag, inputs)).toMatchObject({ published: { tag, commit } }),
  );

  test.each<[string, Record<string, string>, string]>([
    ['latest', {}, "tag.name == 'main'"],
    ['main', { 'manual-select': 'tag:latest' }, "tag.name == 'latest'"],
    ['x-1', { 'manual-select': 'newest:{branch}-*', branch: 'feature/x' }, "tag.name == 'feature-x'"],
    ['main', { 'manual-select': 'release:current' }, "tag.name == 'main'"],
  ])('with the tag %s and %j is refused', async (tag, inputs, fact) =>
    expectRefusal(await publish(tag, inputs), 'event-other-tag', [fact]),
  );
});

describe('the runner’s variables', () => {
  test.each([
    ['owner/repo/.github/workflows/ship-it.yml@refs/heads/main', 'ship-it.yml'],
    ['owner/repo/.github/workflows/a.yaml@refs/heads/main', 'a.yaml'],
    ['owner/repo/.github/workflows/a b.yml@refs/heads/main', 'deploy.yml'],
    ['', 'deploy.yml'],
  ])('name the workflow: %s is %s', async (workflow, file) => {
    const result = await trigger({ event: 'fork', env: { GITHUB_WORKFLOW_REF: workflow } });
    expectRefusal(result, 'event-unknown', [`gh workflow run ${file} `]);
  });

  test('name the event', async () => {
    expectRefusal(await trigger({ env: { GITHUB_EVENT_NAME: '' } }), 'event-unknown', ['""']);
    expect(
      await trigger({ event: 'release', payload: { action: 'published', release: { tag_name: 'v1' } } }),
    ).toMatchObject({
      commit: head,
    });
  });

  test.each(['', '/gone.json'])('name a file of the event that is there: "%s"', async (path) => {
    const error = await rejectedBy(trigger({ env: { GITHUB_EVENT_PATH: path } }));
    expect([error.code, error.found]).toEqual([
      'event-file-missing',
      path === '' ? 'GITHUB_EVENT_PATH is empty.' : expect.stringContaining(path),
    ]);
  });
});

describe('the branch of a run', () => {
  const known: Trigger = { kind: 'manual', event: 'schedule', branch: 'x' };
  const of = (branch: string | undefined, trigger: Trigger | undefined, env: Record<string, string> = {}) =>
    branchOf(depsOf({ payload: { repository: { default_branch: 'trunk' } }, env }), { branch }, trigger);

  test('is the event’s, the input’s, or the default one', () => {
    expect(of('dev', known)).toBe('x');
    expect(of('dev', undefined)).toBe('dev');
    expect(of(undefined, undefined)).toBe('trunk');
    expect(of(undefined, undefined, { GITHUB_EVENT_PATH: '' })).toBe('main');
  });

  test('is not guessed after a defect', () => {
    const deps = {
      ...depsOf({}),
      readFile: () => {
        throw new TypeError('x');
      },
    };
    expect(() => branchOf(deps, { branch: undefined }, undefined)).toThrow(TypeError);
  });
});

describe('what to use instead of an event', () => {
  const advice = (event: string, payload: object = {}, rules: Parameters<typeof read>[2] = {}) => {
    const refusal = read(event, { repository, ...payload }, rules);
    return refusal.kind === 'refused' ? refusal.fix : '';
  };

  test('is the build’s push', () => {
    for (const event of ['create', 'workflow_call', 'no_event', 'toString'])
      expect(advice(event)).toContain('`on: push: branches: [main]` or with `on: workflow_run`');
  });

  test('is the push after a merge queue', () => {
    expect(advice('merge_group')).toContain('merges it');
    expect(advice('create')).not.toContain('queue');
  });

  test('is the deployment', () => {
    expect(advice('deployment_status')).toContain('`on: deployment`');
    expect(advice('deployment_status')).not.toContain('repository_dispatch');
  });

  test.each<[string, object, string]>([
    ['check_run', { check_run: { head_sha: built } }, built],
    ['check_suite', { check_suite: { head_sha: built } }, built],
    ['status', { sha: built }, built],
    ['status', { sha: 'main' }, '$COMMIT'],
    ['status', { sha: 7 }, '$COMMIT'],
    ['check_run', {}, '$COMMIT'],
  ])('is a dispatch with the commit, for %s with %j', (event, payload, commit) =>
    expect(advice(event, payload)).toContain(
      `\`gh api repos/owner/repo/dispatches -f event_type=deploy -f "client_payload[sha]=${commit}"\``,
    ),
  );

  test('is a run that another workflow starts', () => {
    expect(advice('issue_comment')).toContain('`gh workflow run deploy.yml --ref main`');
    expect(advice('issue_comment', {}, { workflow: undefined })).toContain(
      '`gh workflow run deploy.yml --ref main`',
    );
    expect(advice('issue_comment', {}, { workflow: 'x.yaml', branch: 'a b' })).toContain(
      '`gh workflow run x.yaml --ref "$BRANCH"`',
    );
    expect(advice('issue_comment')).toContain('client_payload[sha]=$COMMIT');
    expect(insteadOf('watch', parseJsonObject('{}', 'x'), 'main', undefined)).toContain(
      'repos/{owner}/{repo}/',
    );
  });

  test('is one of the events that deploy without `allow-events`', () =>
    expect(read('fork', { repository })).toMatchObject({
      expected:
        'One of the events workflow_run, push, release, deployment, registry_package, repository_dispatch, workflow_dispatch, schedule.',
    }));

  test.each([
    ['owner/repo', 'owner/repo'],
    ['x y/repo', '{owner}/{repo}'],
    ['owner/repo; rm', '{owner}/{repo}'],
    ['a/b/c', '{owner}/{repo}'],
    [undefined, '{owner}/{repo}'],
  ])('in the repository %s: %s', (full_name, name) =>
    expect(repositoryOf(parseJsonObject(JSON.stringify({ repository: { full_name } }), 'x'))).toBe(name),
  );

  test.each([
    ['true', '["true"]'],
    ['False', '["False"]'],
    ['falsehood', '[falsehood]'],
    ['1', '["1"]'],
    ['a!b', '["a!b"]'],
    ['main', '[main]'],
  ])('on the branch %s: %s', (branch, list) =>
    expect(onBranch('push', branch)).toBe(`\`on: push: branches: ${list}\``),
  );
});

test('an action that does not deploy is named with those that do', () => {
  const action = (event: string) =>
    read(
      event,
      { ...workflowRun(), ...push, action: 'other' },
      { allowEvents: ['pull_request', 'pull_request_target'] },
    );
  expectRefusal(action('workflow_run'), 'event-action', ['The action completed.', 'types: [completed]']);
  expectRefusal(action('release'), 'event-action', [
    'One of the actions published, released',
    'types: [published]',
  ]);
  for (const event of ['pull_request', 'pull_request_target'])
    expectRefusal(action(event), 'event-action', ['types: [opened, synchronize, reopened]']);
});
