import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { events } from '../src/event/events.ts';
import { readTrigger } from '../src/event/read.ts';
import { readInputs } from '../src/inputs/inputs.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { parseJsonObject } from '../src/lib/json.ts';
import { rejectedBy, textWith, thrownBy } from './errors.ts';
import { built, expectRefusal, head, push, read, repository, workflowRun } from './events.ts';
import { digestOf, nothingThere } from './factories.ts';

const zero = '0'.repeat(40);

describe('workflow_run', () => {
  test('deploys head_sha, never GITHUB_SHA', () => {
    expect(read('workflow_run', workflowRun())).toEqual({
      kind: 'automatic',
      event: 'workflow_run',
      commit: built,
      branch: 'main',
      run: {
        name: 'Build',
        number: 42,
        attempt: 1,
        url: 'https://github.com/owner/repo/actions/runs/9',
        event: 'push',
      },
    });
  });

  test.each<[string, object, string, ErrorCode, string[]]>([
    ['a run that is not completed', {}, 'requested', 'event-action', ['requested', 'types: [completed]']],
    [
      'a failure',
      { conclusion: 'failure' },
      'completed',
      'event-run-not-successful',
      ['"failure"', "if: github.event.workflow_run.conclusion == 'success'"],
    ],
    ['a canceled run', { conclusion: 'cancelled' }, 'completed', 'event-run-not-successful', ['"cancelled"']],
    ['a skipped run', { conclusion: 'skipped' }, 'completed', 'event-run-not-successful', ['"skipped"']],
    ['no conclusion', { conclusion: null }, 'completed', 'event-run-not-successful', ['"Build"']],
    ['a pull request', { event: 'pull_request' }, 'completed', 'event-not-allowed', ['pull_request', 'push']],
    [
      'a pull_request_target',
      { event: 'pull_request_target' },
      'completed',
      'event-not-allowed',
      ['pull_request_target'],
    ],
    ['a chained run', { event: 'workflow_run' }, 'completed', 'event-run-chained', ['on: workflow_run']],
    [
      'a schedule that is not allowed',
      { event: 'schedule' },
      'completed',
      'event-not-allowed',
      ['allow-events: push,schedule'],
    ],
    [
      'a fork whose branch is main',
      { head_repository: { id: 2, full_name: 'evil/repo' } },
      'completed',
      'event-fork',
      ['evil/repo', 'owner/repo'],
    ],
    ['a deleted fork', { head_repository: null }, 'completed', 'event-fork', ['owner/repo']],
    [
      'a fork with its ID as text',
      { head_repository: { id: '1', full_name: 'owner/repo' } },
      'completed',
      'event-fork',
      ['owner/repo'],
    ],
    [
      'another branch',
      { head_branch: 'dev' },
      'completed',
      'event-other-branch',
      ['"dev"', 'branches: [main]', 'with: branch:'],
    ],
    ['no branch', { head_branch: null }, 'completed', 'event-other-branch', ['branches: [main]']],
  ])('refuses %s', (_what, changes, action, code, facts) => {
    expectRefusal(read('workflow_run', workflowRun(changes, action)), code, facts);
  });

  test('allow-events can allow other events, but never chained runs and pull_request_target', () => {
    const rules = { allowEvents: ['push', 'schedule', 'workflow_run', 'pull_request_target'] };
    expect(read('workflow_run', workflowRun({ event: 'schedule' }), rules).kind).toBe('automatic');
    expectRefusal(read('workflow_run', workflowRun({ event: 'workflow_run' }), rules), 'event-run-chained');
    expectRefusal(
      read('workflow_run', workflowRun({ event: 'pull_request_target' }), rules),
      'event-not-allowed',
      ['pull_request_target'],
    );
  });

  test('compares the input `branch` with head_branch', () => {
    expect(read('workflow_run', workflowRun({ head_branch: 'dev' }), { branch: 'dev' })).toMatchObject({
      branch: 'dev',
    });
    expectRefusal(read('workflow_run', workflowRun(), { branch: 'dev' }), 'event-other-branch', [
      '"main"',
      'branches: [dev]',
    ]);
  });

  test('deploys only a run of this repository, whatever else the payload contains', () => {
    fc.assert(
      fc.property(
        fc.record({
          conclusion: fc.constantFrom('success', 'failure', null, 'neutral'),
          event: fc.constantFrom('push', 'pull_request', 'workflow_run', 'schedule', 'issue_comment'),
          head_branch: fc.constantFrom('main', 'dev', null, '__proto__'),
          id: fc.constantFrom(1, 2, '1', null, undefined),
        }),
        ({ conclusion, event, head_branch, id }) => {
          const trigger = read(
            'workflow_run',
            workflowRun({ conclusion, event, head_branch, head_repository: { id } }),
          );
          const safe = conclusion === 'success' && event === 'push' && head_branch === 'main' && id === 1;
          expect(trigger.kind).toBe(safe ? 'automatic' : 'refused');
        },
      ),
    );
  });
});

describe('push', () => {
  test('deploys `after`', () =>
    expect(read('push', push)).toMatchObject({ kind: 'automatic', commit: built, branch: 'main' }));
  test('deploys the commit of an annotated tag, not the tag object', () => {
    const tag = { ...push, ref: 'refs/tags/v1', after: head, head_commit: { id: built } };
    expect(read('push', tag)).toMatchObject({ kind: 'automatic', commit: built, branch: 'main' });
  });
  const undeleted = 'if: ${{ !github.event.deleted }}';
  test.each<[string, object, ErrorCode, string[]]>([
    ['a deleted branch', { deleted: true }, 'event-ref-deleted', ['refs/heads/main', undeleted]],
    ['a zero commit', { after: zero }, 'event-ref-deleted', ['refs/heads/main', undeleted]],
    [
      'another branch',
      { ref: 'refs/heads/dev' },
      'event-other-branch',
      ['refs/heads/dev', 'refs/heads/main', 'on: push: branches: [main]', 'with: branch: dev'],
    ],
  ])('refuses %s', (_what, changes, code, facts) => {
    expectRefusal(read('push', { ...push, ...changes }), code, facts);
  });
});

test.each([
  [
    'release',
    { action: 'published', release: { tag_name: 'v1' }, repository },
    { kind: 'automatic', commit: head, branch: 'main' },
  ],
  [
    'workflow_dispatch',
    { ref: 'refs/heads/dev', inputs: null, repository },
    { kind: 'manual', branch: 'main' },
  ],
  ['schedule', { schedule: '0 3 * * *', repository }, { kind: 'manual', branch: 'main' }],
  [
    'repository_dispatch',
    { action: 'deploy', client_payload: {}, repository },
    { kind: 'manual', branch: 'main' },
  ],
  [
    'repository_dispatch',
    { action: 'deploy', client_payload: { sha: built }, repository },
    { kind: 'automatic', commit: built },
  ],
  [
    'workflow_dispatch',
    { repository: { ...repository, default_branch: 'trunk' } },
    { kind: 'manual', branch: 'trunk' },
  ],
])('%s', (event, payload, expected) => expect(read(event, payload)).toMatchObject(expected));

test.each(Object.entries(events).filter(([, facts]) => 'onlyAllowed' in facts))(
  '%s is refused unless `allow-events` names it, whatever its payload is',
  (event, { commit, refuses }) => {
    expect(refuses).toContain('event-not-allowed');
    // The parts of the payload that it would read.
    const parts = ['action', ...commit.map((path) => path.split('.')[0] ?? '')];
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...parts), fc.jsonValue()),
        fc.uniqueArray(fc.constantFrom('push', 'schedule', 'workflow_run')),
        (payload, allowEvents) =>
          expectRefusal(read(event, { ...payload, repository }, { allowEvents }), 'event-not-allowed', [
            `allow-events: ${[...allowEvents, event].join(',')}\``,
          ]),
      ),
    );
  },
);

test.each<[string, ErrorCode]>([
  ['pull_request', 'event-not-allowed'],
  ['pull_request_target', 'event-not-allowed'],
  ['issue_comment', 'event-unknown'],
  ['merge_group', 'event-unknown'],
  ['toString', 'event-unknown'],
  ['', 'event-unknown'],
])('%j is refused: %s', (event, code) => {
  expectRefusal(read(event, { repository }), code, [event]);
});

test.each([
  ['workflow_run', {}, ['`repository.default_branch`']],
  ['workflow_run', { repository }, ['`action`']],
  ['workflow_run', { ...workflowRun(), workflow_run: {} }, ['`workflow_run.event`']],
  ['workflow_run', workflowRun({ head_sha: 'abc1234' }), ['`workflow_run.head_sha`', '"abc1234"']],
  [
    'workflow_run',
    workflowRun({ head_sha: `${built.slice(1)}$` }),
    ['`workflow_run.head_sha`', `"${built.slice(1)}$"`],
  ],
  ['workflow_run', { ...workflowRun(), repository: { default_branch: 'main' } }, ['`repository.id`']],
  ['push', { repository }, ['`ref`']],
  ['push', { ...push, after: 7 }, ['`after`', '7']],
  ['release', { action: 'published', repository }, ['`release.tag_name`']],
  ['release', { repository, release: { tag_name: 'v1' } }, ['`action`']],
  [
    'deployment',
    { action: 'created', repository, deployment: { sha: 'main' } },
    ['`deployment.sha`', '"main"'],
  ],
  [
    'repository_dispatch',
    { client_payload: { sha: 'main' }, repository },
    ['`client_payload.sha`', '"main"'],
  ],
])('%s with %j lacks %j', (event, payload, facts) => {
  const error = thrownBy(() => read(event, payload));
  expect(error.code).toBe('field-invalid');
  for (const fact of facts) expect(error.found).toContain(fact);
});

test('does not find a commit in a release without GITHUB_SHA', () => {
  const error = thrownBy(() =>
    read('release', { action: 'published', release: { tag_name: 'v1' }, repository }, { sha: undefined }),
  );
  expect(error.code).toBe('field-invalid');
  expect(error.found).toContain('`GITHUB_SHA`');
});

test('ignores fields that a payload inherits', () => {
  const json = parseJsonObject(
    '{"__proto__": {"repository": 1}, "repository": {"default_branch": "main"}}',
    'the payload',
  );
  expect(json.get('toString').value).toBeUndefined();
  expect(json.get('repository').get('default_branch').text()).toBe('main');
});

test.each([['[]'], ['null'], ['"x"'], ['{'], ['']])('%j is not a payload', (text) => {
  const error = thrownBy(() => parseJsonObject(text, 'the payload'));
  expect(error.code).toBe('json-invalid');
  expect(error.found).toEqual(textWith('payload'));
});

describe('pull_request', () => {
  const head = (repo: object | null, action = 'opened') => ({
    action,
    repository,
    pull_request: { number: 7, head: { ref: 'feature/x', sha: built, repo } },
  });
  const own = { id: 1, full_name: 'owner/repo' };
  test.each(['pull_request', 'pull_request_target'])(
    '%s deploys this repository’s own branch if allow-events names it',
    (event) => {
      expect(read(event, head(own), { allowEvents: ['push', event] })).toEqual({
        kind: 'automatic',
        event,
        commit: built,
        branch: 'feature/x',
      });
      expectRefusal(read(event, head(own)), 'event-not-allowed', [`allow-events: push,${event}`]);
    },
  );
  test.each([
    [{ id: 2, full_name: 'stranger/repo' }, ['stranger/repo']],
    [null, []],
    [{ id: '1' }, []],
  ])('refuses a fork whether or not the event is allowed: %j', (repo, facts) => {
    expectRefusal(read('pull_request', head(repo), { allowEvents: ['pull_request'] }), 'event-fork', [
      'owner/repo',
      ...facts,
    ]);
  });
});

describe('an event that withdraws something or is not final', () => {
  const own = { id: 1, full_name: 'owner/repo' };
  const pull = (action: string, changes: object = {}) => ({
    action,
    repository,
    pull_request: {
      number: 7,
      merged: false,
      head: { ref: 'feature/x', sha: built, repo: own },
      base: { ref: 'main' },
      ...changes,
    },
  });
  const released = (action: string, draft = false) => ({
    action,
    repository,
    release: { tag_name: 'v1', draft },
  });
  const other = 'fedcba9876543210fedcba9876543210fedcba98';
  const merged = { merged: true, merge_commit_sha: other };
  const allowed = { allowEvents: ['push', 'pull_request'] };

  test.each<[string, object, ErrorCode, string[]]>([
    ['release', released('deleted'), 'event-action', ['"deleted"', '`on: release: types: [published]`']],
    ['release', released('unpublished'), 'event-action', ['"unpublished"']],
    ['release', released('edited'), 'event-action', ['"edited"']],
    ['release', released('created'), 'event-action', ['"created"']],
    ['release', released('published', true), 'event-release-draft', ['"v1"']],
    [
      'deployment',
      { action: 'deleted', repository, deployment: { sha: built } },
      'event-action',
      ['"deleted"'],
    ],
    ['registry_package', { action: 'deleted', repository }, 'event-action', ['"deleted"']],
    ['workflow_run', { action: 'in_progress', repository }, 'event-action', ['types: [completed]']],
    ['pull_request', pull('closed'), 'event-not-merged', ['github.event.pull_request.merged']],
    ['pull_request', pull('assigned'), 'event-action', ['types: [opened, synchronize, reopened]']],
    ['pull_request', pull('converted_to_draft'), 'event-action', []],
    ['pull_request', pull('__proto__'), 'event-action', []],
    [
      'pull_request',
      pull('closed', { ...merged, base: { ref: 'develop' } }),
      'event-other-branch',
      ['"develop"', 'branch: develop'],
    ],
  ])('%s with %j is refused', (event, payload, code, facts) =>
    expectRefusal(read(event, payload, allowed), code, facts),
  );

  test.each(['published', 'released', 'prereleased'])('a release that is %s is deployed', (action) =>
    expect(read('release', released(action))).toMatchObject({ kind: 'automatic', commit: head }),
  );
  test.each(['opened', 'synchronize', 'reopened', 'ready_for_review', 'labeled'])(
    'a pull request that is %s deploys its head',
    (action) =>
      expect(read('pull_request', pull(action), allowed)).toMatchObject({
        commit: built,
        branch: 'feature/x',
      }),
  );
  test('deploys the merge commit of a merged pull request on the base branch, even from a fork', () => {
    const fork = { ref: 'main', sha: built, repo: { id: 2 } };
    for (const changes of [merged, { ...merged, head: fork }])
      expect(read('pull_request', pull('closed', changes), allowed)).toEqual({
        kind: 'automatic',
        event: 'pull_request',
        commit: other,
        branch: 'main',
      });
  });
  test('deploys a merge into another branch with the printed line', () =>
    expect(
      read('pull_request', pull('closed', { ...merged, base: { ref: 'develop' } }), {
        ...allowed,
        branch: 'develop',
      }),
    ).toMatchObject({ commit: other, branch: 'develop' }));
  test('accepts any action of a repository_dispatch, which its sender chooses', () =>
    expect(
      read('repository_dispatch', { action: 'deleted', repository, client_payload: { sha: built } }),
    ).toMatchObject({ commit: built }));
  test.each(['push', 'schedule', 'workflow_dispatch'])('%s does not have or need an action', (event) =>
    expect(read(event, { repository, ref: 'refs/heads/main', after: built })).toMatchObject({ event }),
  );
});

test('a deployment deploys its own commit', () => {
  const payload = { action: 'created', repository, deployment: { sha: built, ref: 'main' } };
  expect(read('deployment', payload)).toEqual({
    kind: 'automatic',
    event: 'deployment',
    commit: built,
    branch: 'main',
  });
});

describe('registry_package', () => {
  const digest = digestOf('a');
  const published = (tag: string, changes: object = {}, version = digest) => ({
    action: 'published',
    repository,
    registry_package: {
      name: 'repo',
      namespace: 'Owner',
      package_version: { version, container_metadata: { tag: { name: tag } } },
      ...changes,
    },
  });
  test('deploys what was published by digest', () => {
    expect(read('registry_package', published('main'))).toEqual({
      kind: 'manual',
      event: 'registry_package',
      branch: 'main',
      published: { tag: 'main', digest, commit: undefined },
    });
  });
  const tagged = "if: github.event.registry_package.package_version.container_metadata.tag.name != ''";
  test.each<[string, object, ErrorCode, string[]]>([
    [
      'another package',
      published('main', { name: 'other' }),
      'event-other-package',
      ['owner/other', 'owner/repo', "if: github.event.registry_package.name == 'repo'"],
    ],
    ['a child manifest', published(''), 'event-package-part', [tagged]],
    ['no digest', published('main', {}, 'main'), 'event-package-part', [tagged]],
    [
      'another tag',
      published('pr-7'),
      'event-other-tag',
      ['"pr-7"', '`with: manual-select: tag:pr-7`', "tag.name == 'main'"],
    ],
  ])('%s is refused', (_name, payload, code, facts) => {
    expectRefusal(read('registry_package', payload), code, facts);
  });
});

describe('the event file', () => {
  const inputs = readInputs({
    input: (name) => ({ app: 'test-battle', 'fly-api-token': 'token' })[name] ?? '',
    env: { GITHUB_REPOSITORY: 'owner/repo' },
    readFile: () => undefined,
    lookUpProgram: nothingThere,
  });
  const trigger = async (env: Record<string, string>, file?: string) =>
    readTrigger({ env: { GITHUB_EVENT_NAME: 'push', ...env }, readFile: () => file }, await inputs);

  test('names the commit', async () =>
    expect(await trigger({ GITHUB_EVENT_PATH: '/event.json' }, JSON.stringify(push))).toMatchObject({
      kind: 'automatic',
      commit: built,
    }));
  test.each<[string, Record<string, string>, string | undefined, ErrorCode, string]>([
    ['is not named', {}, JSON.stringify(push), 'event-file-missing', 'GITHUB_EVENT_PATH'],
    ['is gone', { GITHUB_EVENT_PATH: '/gone.json' }, undefined, 'event-file-missing', '/gone.json'],
    ['is not JSON', { GITHUB_EVENT_PATH: '/event.json' }, '<html>', 'json-invalid', '<html>'],
  ])('fails the run if it %s', async (_name, env, file, code, fact) => {
    const error = await rejectedBy(trigger(env, file));
    expect(error.code).toBe(code);
    expect(error.found).toContain(fact);
  });
});
