import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEvent } from '../src/event/trigger.ts';
import type { EventRules } from '../src/event/types.ts';
import { parseJsonObject } from '../src/lib/json.ts';
import { UserError } from '../src/lib/user-error.ts';
import { digestOf } from './factories.ts';

const [built, head] = [
  'abc1234567890abcdef1234567890abcdef12345',
  'fedcba9876543210fedcba9876543210fedcba98',
];
const repository = { id: 1, full_name: 'owner/repo', default_branch: 'main' };

const run = {
  name: 'Build',
  head_branch: 'main',
  head_sha: built,
  event: 'push',
  conclusion: 'success',
  run_number: 42,
  run_attempt: 1,
  html_url: 'https://github.com/owner/repo/actions/runs/9',
  head_repository: { id: 1, full_name: 'owner/repo' },
};
const workflowRun = (changes: object = {}, action = 'completed') => ({
  action,
  repository,
  workflow_run: { ...run, ...changes },
});
const push = { ref: 'refs/heads/main', after: built, deleted: false, repository };
const zero = '0'.repeat(40);

const read = (event: string, payload: object, rules: Partial<EventRules> = {}) =>
  readEvent(event, parseJsonObject(JSON.stringify(payload), 'the payload'), {
    sha: head,
    branch: undefined,
    allowEvents: ['push'],
    imagePath: 'owner/repo',
    isOurTag: (tag, branch) => tag.startsWith(branch),
    ...rules,
  });

describe('workflow_run', () => {
  test('takes head_sha, never GITHUB_SHA', () => {
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

  test.each([
    ['a run that is not over', {}, 'requested', /is requested/],
    ['a failure', { conclusion: 'failure' }, 'completed', /"failure"[\s\S]*conclusion == 'success'/],
    ['a cancelled run', { conclusion: 'cancelled' }, 'completed', /"cancelled"/],
    ['a skipped run', { conclusion: 'skipped' }, 'completed', /"skipped"/],
    ['no conclusion', { conclusion: null }, 'completed', /no conclusion/],
    [
      'a pull request',
      { event: 'pull_request' },
      'completed',
      /started by pull_request\.[\s\S]*after the merge/,
    ],
    ['a pull_request_target', { event: 'pull_request_target' }, 'completed', /pull_request_target/],
    ['a chained run', { event: 'workflow_run' }, 'completed', /itself started by a workflow_run/],
    ['a schedule that is not allowed', { event: 'schedule' }, 'completed', /allow-events: push,schedule/],
    [
      'a fork whose branch is main',
      { head_repository: { id: 2, full_name: 'evil/repo' } },
      'completed',
      /evil\/repo[\s\S]*fork/,
    ],
    ['a fork that is gone', { head_repository: null }, 'completed', /a repository that is gone/],
    [
      'a fork that spells its id',
      { head_repository: { id: '1', full_name: 'owner/repo' } },
      'completed',
      /fork/,
    ],
    ['another branch', { head_branch: 'dev' }, 'completed', /"dev"[\s\S]*branches: \[main\]/],
    ['no branch', { head_branch: null }, 'completed', /no branch/],
  ])('refuses %s', (_what, changes, action, message) => {
    const refusal = read('workflow_run', workflowRun(changes, action));
    expect(refusal.kind).toBe('refused');
    expect(Object.values(refusal).join('\n')).toMatch(message);
  });

  test('allow-events opens a door for others, and never for chained runs and pull_request_target', () => {
    const rules = { allowEvents: ['push', 'schedule', 'workflow_run', 'pull_request_target'] };
    expect(read('workflow_run', workflowRun({ event: 'schedule' }), rules).kind).toBe('automatic');
    expect(read('workflow_run', workflowRun({ event: 'workflow_run' }), rules).kind).toBe('refused');
    expect(read('workflow_run', workflowRun({ event: 'pull_request_target' }), rules).kind).toBe('refused');
  });

  test('the input `branch` is held against head_branch', () => {
    expect(read('workflow_run', workflowRun({ head_branch: 'dev' }), { branch: 'dev' })).toMatchObject({
      branch: 'dev',
    });
    expect(read('workflow_run', workflowRun(), { branch: 'dev' }).kind).toBe('refused');
  });

  test('only a run of this repository ever deploys, whatever else the payload says', () => {
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
  test('takes `after`', () =>
    expect(read('push', push)).toMatchObject({ kind: 'automatic', commit: built, branch: 'main' }));
  test('of an annotated tag takes the commit, not the tag object', () => {
    const tag = { ...push, ref: 'refs/tags/v1', after: head, head_commit: { id: built } };
    expect(read('push', tag)).toMatchObject({ kind: 'automatic', commit: built, branch: 'main' });
  });
  test.each([
    ['a deleted branch', { deleted: true }, /deleted refs\/heads\/main/],
    ['a zero commit', { after: zero }, /deleted/],
    ['another branch', { ref: 'refs/heads/dev' }, /with: branch: dev/],
  ])('refuses %s', (_what, changes, message) => {
    const refusal = read('push', { ...push, ...changes });
    expect(refusal.kind).toBe('refused');
    expect(Object.values(refusal).join('\n')).toMatch(message);
  });
});

test.each([
  [
    'release',
    { release: { tag_name: 'v1' }, repository },
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

test.each([
  ['pull_request'],
  ['pull_request_target'],
  ['issue_comment'],
  ['merge_group'],
  ['toString'],
  [''],
])('%j is refused', (event) => {
  expect(read(event, { repository }).kind).toBe('refused');
});

test.each([
  ['workflow_run', {}, '`repository.default_branch` is missing'],
  ['workflow_run', { repository }, '`action` is missing'],
  ['workflow_run', { ...workflowRun(), workflow_run: {} }, '`workflow_run.event` is missing'],
  ['workflow_run', workflowRun({ head_sha: 'abc1234' }), '`workflow_run.head_sha` is "abc1234"'],
  ['workflow_run', workflowRun({ head_sha: `${built.slice(1)}$` }), 'a full commit id'],
  [
    'workflow_run',
    { ...workflowRun(), repository: { default_branch: 'main' } },
    '`repository.id` is missing',
  ],
  ['push', { repository }, '`ref` is missing'],
  ['push', { ...push, after: 7 }, '`after` is 7'],
  ['release', { repository }, '`release.tag_name` is missing'],
  ['repository_dispatch', { client_payload: { sha: 'main' }, repository }, '`client_payload.sha` is "main"'],
])('%s with %j: %s', (event, payload, message) => {
  expect(() => read(event, payload)).toThrow(UserError);
  expect(() => read(event, payload)).toThrow(message);
});

test('a release without GITHUB_SHA has no commit', () => {
  expect(() => read('release', { release: { tag_name: 'v1' }, repository }, { sha: undefined })).toThrow(
    /GITHUB_SHA/,
  );
});

test('a payload that inherits its fields has none', () => {
  const json = parseJsonObject(
    '{"__proto__": {"repository": 1}, "repository": {"default_branch": "main"}}',
    'the payload',
  );
  expect(json.get('toString').value).toBeUndefined();
  expect(json.get('repository').get('default_branch').text()).toBe('main');
});

test.each([['[]'], ['null'], ['"x"'], ['{'], ['']])('%j is no payload', (text) => {
  expect(() => parseJsonObject(text, 'the payload')).toThrow(/The payload is/);
});

describe('pull_request', () => {
  const head = (repo: object | null) => ({
    repository,
    pull_request: { number: 7, head: { ref: 'feature/x', sha: built, repo } },
  });
  const own = { id: 1, full_name: 'owner/repo' };
  test.each(['pull_request', 'pull_request_target'])(
    '%s deploys this repository’s own branch, where it is allowed to',
    (event) => {
      expect(read(event, head(own), { allowEvents: ['push', event] })).toEqual({
        kind: 'automatic',
        event,
        commit: built,
        branch: 'feature/x',
      });
      expect(read(event, head(own))).toMatchObject({
        kind: 'refused',
        fix: expect.stringContaining(`allow-events: ${event}`),
      });
    },
  );
  test.each([
    [{ id: 2, full_name: 'stranger/repo' }, 'stranger/repo'],
    [null, 'a repository that is gone'],
    [{ id: '1' }, 'a repository that is gone'],
  ])('a fork is refused, allowed or not: %j', (repo, seen) => {
    expect(read('pull_request', head(repo), { allowEvents: ['pull_request'] })).toMatchObject({
      kind: 'refused',
      found: expect.stringContaining(seen),
    });
  });
});

test('deployment deploys its own commit', () => {
  const payload = { repository, deployment: { sha: built, ref: 'main' } };
  expect(read('deployment', payload)).toEqual({
    kind: 'automatic',
    event: 'deployment',
    commit: built,
    branch: 'main',
  });
  expect(() => read('deployment', { repository, deployment: { sha: 'main' } })).toThrow('a full commit id');
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
  test('deploys what was published, by its digest', () => {
    expect(read('registry_package', published('main'))).toEqual({
      kind: 'manual',
      event: 'registry_package',
      branch: 'main',
      published: { tag: 'main', digest },
    });
  });
  test.each([
    ['another package', published('main', { name: 'other' }), /package that was published is owner\/other/],
    ['a child manifest', published(''), /has no tag: it is a part of an index/],
    ['no digest', published('main', {}, 'main'), /has no tag/],
    ['another tag', published('pr-7'), /tagged "pr-7"/],
  ])('%s is refused', (_name, payload, seen) => {
    expect(read('registry_package', payload)).toMatchObject({
      kind: 'refused',
      found: expect.stringMatching(seen),
    });
  });
});
