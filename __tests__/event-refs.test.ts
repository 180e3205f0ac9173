import { describe, expect, test } from '@jest/globals';
import { buildRefOf, looksLikeTag, sourceRefOf } from '../src/event/build-ref.ts';
import type { Trigger } from '../src/event/types.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { thrownBy } from './errors.ts';
import { built, expectRefusal, head, push, read, repository, workflowRun } from './events.ts';

// Which ref an event is about: that of the run, of a deployment, of a merge queue, and of the build.

describe('a manual run', () => {
  const start = (ref: string | undefined, rules: Parameters<typeof read>[2] = {}) =>
    read('workflow_dispatch', { repository, inputs: null }, { ref, ...rules });
  const [main, dev] = ['refs/heads/main', 'refs/heads/dev'];

  test.each<[string | undefined, Parameters<typeof read>[2]]>([
    [undefined, {}],
    [main, {}],
    [main, { names: 'own-build' }],
    [dev, { branch: 'main' }],
    [dev, { branch: 'dev' }],
    [dev, { names: 'something' }],
    [dev, { names: 'own-build', branch: 'dev' }],
    ['refs/tags/v1', { names: 'own-build', branch: 'v1' }],
  ])('on %s with %j deploys', (ref, rules) =>
    expect(start(ref, rules)).toEqual({
      kind: 'manual',
      event: 'workflow_dispatch',
      branch: rules?.branch ?? 'main',
    }),
  );

  test.each<[string, Parameters<typeof read>[2], string[], string[]]>([
    [dev, {}, ['`with: branch: dev`', '`with: branch: main`'], ['select']],
    ['refs/heads/feature/x', {}, ['`with: branch: feature/x`'], []],
    ['refs/tags/v1', {}, ['`with: select: tag:v1`', '`with: branch: main`'], ['branch: v1']],
    ['refs/tags/v1/x+y', {}, ['`with: select: tag:v1-x-y`'], []],
    // No name of an image's tag can begin like this.
    ['refs/tags/.x', {}, ['`with: branch: ".x"`'], ['select']],
    ['refs/tags/v1', { names: 'own-build' }, ['`with: branch: v1`'], ['select', 'branch: main']],
    [dev, { names: 'own-build', branch: 'main' }, ['`with: branch: dev`'], ['branch: main']],
    [dev, { names: 'own-build', branch: 'x' }, ['`with: branch: dev`'], ['branch: x']],
    // A ref in a form that GitHub does not send.
    ['refs/pull/7/merge', {}, ['`with: branch: refs/pull/7/merge`'], []],
    ['x/refs/heads/dev', {}, ['`with: branch: x/refs/heads/dev`'], []],
  ])('on %s with %j is refused', (ref, rules, facts, not) => {
    const refusal = start(ref, rules);
    expectRefusal(refusal, 'event-other-ref', [ref, ...facts]);
    for (const fact of not) expect(refusal).toMatchObject({ fix: expect.not.stringContaining(fact) });
  });
});

describe('values that no input reads', () => {
  const values = { sha: 'abc1234' };
  const dispatch = (rules: Parameters<typeof read>[2] = {}) =>
    read('repository_dispatch', { repository, client_payload: { build: values } }, rules);
  const start = (rules: Parameters<typeof read>[2] = {}) =>
    read('workflow_dispatch', { repository, inputs: values }, rules);

  test('are found in both events', () => {
    expect(dispatch()).toMatchObject({
      kind: 'manual',
      unread: {
        from: 'client_payload',
        instead: 'ghcr.io/owner/repo:main',
        fields: [{ line: '`with: commit: ${{ github.event.client_payload.build.sha }}`' }],
      },
    });
    expect(start()).toMatchObject({
      unread: { from: 'inputs', fields: [{ line: '`with: commit: ${{ inputs.sha }}`' }] },
    });
  });

  test('do not matter if no tag is looked up', () => {
    expect(dispatch({ looksUp: () => undefined })).not.toHaveProperty('unread');
    expect(start({ looksUp: () => undefined })).not.toHaveProperty('unread');
  });

  test('are read if the inputs name a tag that contains them', () => {
    const looksUp = () => 'main-abc1234';
    expect(start({ looksUp, names: 'something' })).not.toHaveProperty('unread');
    expect(start({ looksUp, names: 'nothing' })).toHaveProperty('unread');
  });
});

describe('the commit of a repository_dispatch', () => {
  const send = (sha: unknown, commit?: string) =>
    read('repository_dispatch', { repository, client_payload: { sha } }, { commit });

  test.each([null, 'abc1234', 'ABC1234'])('%j deploys the newest image, or what the input names', (sha) =>
    expect(send(sha, 'abc1234')).toEqual({ kind: 'manual', event: 'repository_dispatch', branch: 'main' }),
  );

  test.each<[unknown, boolean]>([
    ['abc1234', true],
    ['ABC1234', true],
    ['a'.repeat(64).toUpperCase(), true],
    ['abc123', false],
    ['xabc1234', false],
    ['abc1234x', false],
    ['a'.repeat(65), false],
    [1234567, false],
    ['', false],
  ])('%j is not a full commit; is it a short one: %s', (sha, isShort) => {
    const error = thrownBy(() => send(sha, '7654321'));
    expect(error.code).toBe('field-invalid');
    expect(error.fix).toContain('repos/owner/repo/dispatches');
    expect(error.fix.includes('with: commit:')).toBe(isShort);
  });
});

describe('a deployment', () => {
  const create = (rules: Parameters<typeof read>[2], changes: object = {}) =>
    read('deployment', { action: 'created', repository, deployment: { sha: built, ...changes } }, rules);

  test.each<[Parameters<typeof read>[2]]>([
    [{ ref: undefined }],
    [{ ref: 'refs/heads/main' }],
    [{ ref: 'refs/tags/v1' }],
    [{ ref: built }],
    [{ ref: 'refs/heads/dev', names: 'something' }],
    [{ ref: 'refs/heads/dev', branch: 'dev' }],
  ])('with %j deploys its commit', (rules) =>
    expect(create(rules)).toEqual({
      kind: 'automatic',
      event: 'deployment',
      commit: built,
      branch: rules?.branch ?? 'main',
    }),
  );

  test('without an environment names none', () => expect(create({})).not.toHaveProperty('environment'));

  test('names its environment', () =>
    expect(create({}, { environment: 'staging' })).toMatchObject({ environment: 'staging' }));

  test('of another branch is refused', () =>
    expectRefusal(create({ ref: 'refs/heads/x/refs/heads/y' }), 'event-other-branch', [
      'x/refs/heads/y',
      '`with: branch: x/refs/heads/y`',
    ]));
});

describe('a merge queue', () => {
  const queue = `gh-readonly-queue/release/1/pr-12-${built}`;

  test.each<[string, object, string]>([
    ['push', { ...push, ref: `refs/heads/${queue}` }, 'release/1'],
    ['workflow_run', workflowRun({ head_branch: queue }), 'release/1'],
    ['workflow_run', workflowRun({ event: 'merge_group', head_branch: null }), 'main'],
    ['workflow_run', workflowRun({ event: 'merge_group', head_branch: 'main' }), 'main'],
  ])('a %s of it is refused, and its target is named', (event, payload, target) =>
    expectRefusal(read(event, payload), 'event-not-merged', [`branches: [${target}]`]),
  );

  test.each([`x/${queue}`, `${queue}g`, 'gh-readonly-queue/pr-12-a', 'gh-readonly-queue/main/pr-x-a'])(
    '%s is an ordinary branch',
    (head_branch) => expectRefusal(read('workflow_run', workflowRun({ head_branch })), 'event-other-branch'),
  );
});

describe('a build of another workflow', () => {
  const refused = (changes: object, code: ErrorCode, rules: Parameters<typeof read>[2] = {}) => {
    const refusal = read('workflow_run', workflowRun(changes), rules);
    expectRefusal(refusal, code);
    return refusal.kind === 'refused' ? refusal.fix : '';
  };

  test('can be run again, if its number is known', () => {
    const conclusion = 'failure';
    expect(refused({ conclusion, id: 9 }, 'event-run-not-successful')).toContain('`gh run rerun 9 --failed`');
    expect(refused({ conclusion }, 'event-run-not-successful')).not.toContain('gh run rerun');
  });

  test('of a pull request of this repository can be a review app, with both inputs', () => {
    const app = ['`with: allow-events: push,pull_request`', '`with: branch: dev`'];
    const pull = { event: 'pull_request', head_branch: 'dev' };
    for (const line of app) expect(refused(pull, 'event-not-allowed')).toContain(line);
    for (const changes of [
      { ...pull, head_repository: { id: 2 } },
      { ...pull, head_branch: 'main' },
      { ...pull, head_branch: null },
      { ...pull, event: 'pull_request_target' },
    ])
      expect(refused(changes, 'event-not-allowed')).not.toContain('allow-events');
  });

  test('that another event started needs its branch too', () => {
    const event = 'schedule';
    expect(refused({ event, head_branch: 'dev' }, 'event-not-allowed')).toContain('`with: branch: dev`');
    expect(refused({ event }, 'event-not-allowed')).not.toContain('`with: branch:');
    expect(refused({ event }, 'event-not-allowed', { allowEvents: ['push', 'release'] })).toContain(
      '`with: allow-events: push,release,schedule`',
    );
  });

  test('of a tag needs a `sha-tag` without a commit', () => {
    expect(refused({ head_branch: 'v1.2.3' }, 'event-other-branch')).toContain("sha-tag: '{branch}'");
    expect(refused({ head_branch: 'dev' }, 'event-other-branch')).not.toContain('sha-tag');
    expect(refused({ head_branch: null }, 'event-other-branch')).not.toContain('with:');
  });

  test('without a name is described', () => {
    expect(read('workflow_run', workflowRun({ name: null }))).toMatchObject({
      run: { name: 'the workflow' },
    });
    expectRefusal(read('workflow_run', workflowRun({ event: 'workflow_run' })), 'event-run-chained', [
      'repos/owner/repo/dispatches',
      '"Build"',
    ]);
  });
});

describe('a published package', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const publish = (tag: string, changes: object = {}, rules: Parameters<typeof read>[2] = {}) =>
    read(
      'registry_package',
      {
        action: 'published',
        repository,
        registry_package: {
          name: 'repo',
          namespace: 'owner',
          package_version: { version: digest, container_metadata: { tag: { name: tag } } },
          ...changes,
        },
      },
      rules,
    );

  test('names the commit in its tag', () => {
    expect(publish('main-abc1234')).toMatchObject({ published: { tag: 'main-abc1234', commit: 'abc1234' } });
    expect(publish('x', {}, { commitIn: () => '' })).toMatchObject({
      published: { tag: 'x', commit: undefined },
    });
  });

  test('of another name gets a condition with the part after the owner', () => {
    expectRefusal(
      publish('main', { name: 'other' }, { image: { host: 'ghcr.io', path: 'owner/a/b' } }),
      'event-other-package',
      ["name == 'a/b'", '`with: image: ghcr.io/owner/other`'],
    );
    const hostile = publish('main', { name: "x' || true" });
    expectRefusal(hostile, 'event-other-package', ["name == 'repo'"]);
    expect(hostile).toMatchObject({ fix: expect.not.stringContaining('with: image') });
  });
});

describe('a commit in a payload', () => {
  test('a push of a tag without a head_commit is about `after`', () =>
    expect(read('push', { ...push, ref: 'refs/tags/v1', head_commit: null })).toMatchObject({
      commit: built,
    }));

  test('a push of a branch is about `after`, whatever head_commit is', () =>
    expect(read('push', { ...push, head_commit: { id: head } })).toMatchObject({ commit: built }));

  test('a commit that only begins with zeros is a commit', () => {
    const after = `0000${built.slice(4)}`;
    expect(read('push', { ...push, after })).toMatchObject({ commit: after });
    expect(read('push', { ...push, after: `${built.slice(4)}0000` }).kind).toBe('automatic');
  });

  test('a branch that contains the name of a ref is named in full', () =>
    expectRefusal(read('push', { ...push, ref: 'refs/heads/x/refs/heads/y' }), 'event-other-branch', [
      '`with: branch: x/refs/heads/y`',
    ]));
});

describe('the ref that a build was made on', () => {
  const automatic = (event: string, branch = 'main', of?: string): Trigger => ({
    kind: 'automatic',
    event,
    commit: built,
    branch,
    ...(of === undefined ? {} : { run: { name: 'x', number: 1, attempt: 1, url: 'x', event: of } }),
  });
  const manual: Trigger = { kind: 'manual', event: 'workflow_dispatch', branch: 'main' };
  const [branch, pull] = [{ kind: 'branch' }, { kind: 'pull-request' }];
  const tag = { kind: 'tag', name: 'v1' };

  test.each<[Trigger, string | undefined, object, string]>([
    [automatic('push'), 'refs/heads/main', branch, 'refs/heads/main'],
    [automatic('push'), undefined, branch, 'refs/heads/main'],
    [automatic('push'), 'refs/tags/v1', tag, 'refs/tags/v1'],
    [automatic('push'), 'refs/tags/a/b', { kind: 'tag', name: 'a/b' }, 'refs/tags/a/b'],
    [automatic('push'), 'x/refs/tags/v1', branch, 'refs/heads/main'],
    [automatic('push'), 'refs/pull/7/merge', branch, 'refs/heads/main'],
    [manual, 'refs/tags/v1', branch, 'refs/heads/main'],
    [automatic('pull_request'), 'refs/pull/7/merge', pull, 'refs/heads/main'],
    [automatic('pull_request'), 'refs/heads/main', branch, 'refs/heads/main'],
    [automatic('pull_request_target', 'dev'), 'refs/heads/main', pull, 'refs/heads/dev'],
    [automatic('pull_request_target'), 'refs/heads/main', branch, 'refs/heads/main'],
    // For another workflow's run, the ref of this run means nothing.
    [automatic('workflow_run', 'main', 'push'), 'refs/tags/v1', branch, 'refs/heads/main'],
    [automatic('workflow_run', 'v1', 'push'), 'refs/heads/main', tag, 'refs/heads/v1'],
    [automatic('workflow_run', 'v1', 'pull_request'), 'refs/heads/main', pull, 'refs/heads/v1'],
    [automatic('workflow_run', 'v1', 'pull_request_target'), 'refs/heads/main', pull, 'refs/heads/v1'],
  ])('%j with GITHUB_REF %s: %j, attested for %s', (trigger, ref, expected, source) => {
    const buildRef = buildRefOf(trigger, ref === undefined ? {} : { GITHUB_REF: ref });
    expect(buildRef).toEqual(expected);
    expect(sourceRefOf({ attestationRef: undefined }, trigger, buildRef)).toBe(source);
    expect(sourceRefOf({ attestationRef: 'refs/heads/x' }, trigger, buildRef)).toBe('refs/heads/x');
  });

  test('is attested for the branch in a manual run, whatever tag it was started on', () =>
    expect(sourceRefOf({ attestationRef: undefined }, manual, { kind: 'tag', name: 'v1' })).toBe(
      'refs/heads/main',
    ));

  test.each([
    ['v1', true],
    ['1', true],
    ['v12', true],
    ['v1.2.3', true],
    ['app-1.2', true],
    ['main', false],
    ['v1x', false],
    ['xv1', false],
    ['issue-12', false],
    ['1.x', false],
  ])('%s looks like a tag: %s', (name, expected) => expect(looksLikeTag(name)).toBe(expected));
});

describe('the last line of advice', () => {
  const fixOf = (...args: Parameters<typeof read>) => {
    const refusal = read(...args);
    return refusal.kind === 'refused' ? refusal.fix : '';
  };

  test.each<[string, RegExp, ...Parameters<typeof read>]>([
    [
      'a build of no branch',
      /: `on: workflow_run: branches: \[main\]`\.$/,
      'workflow_run',
      workflowRun({ head_branch: null }),
    ],
    [
      'a build of another branch',
      /: `with: branch: dev`\.$/,
      'workflow_run',
      workflowRun({ head_branch: 'dev' }),
    ],
    ['a build of another event', /,schedule`\.$/, 'workflow_run', workflowRun({ event: 'schedule' })],
    [
      'a build of a pull request',
      /`on: push: branches: \[main\]`\.$/,
      'workflow_run',
      workflowRun({ event: 'pull_request' }),
    ],
    ['a pull request', /`on: push: branches: \[main\]` /, 'pull_request', { repository }],
    [
      'a push of another ref',
      /`with: branch: refs\/notes\/refs\/heads\/x`\.$/,
      'push',
      { ...push, ref: 'refs/notes/refs/heads/x' },
    ],
    [
      'a run on another ref, for its own build',
      /`with: branch: dev`\.$/,
      'workflow_dispatch',
      { repository },
      { ref: 'refs/heads/dev', names: 'own-build' },
    ],
    [
      'a package whose name is unsafe',
      /` to the job\.$/,
      'registry_package',
      {
        action: 'published',
        repository,
        registry_package: { name: 'x y', namespace: 'o', package_version: { version: 'x' } },
      },
    ],
  ])('of %s is complete', (_name, end, ...args) => expect(fixOf(...args)).toMatch(end));

  test('of a commit that is not one', () => {
    const payload = { repository, client_payload: { sha: 'main' } };
    expect(thrownBy(() => read('repository_dispatch', payload)).fix).toMatch(
      /\[sha\]=\$\(git rev-parse HEAD\)"`\.$/,
    );
  });

  test('of a build says whether it has a branch and a conclusion', () => {
    expect(read('workflow_run', workflowRun({ head_branch: null }))).toMatchObject({
      found: expect.not.stringContaining('undefined'),
    });
    expect(read('workflow_run', workflowRun({ conclusion: null }))).toMatchObject({
      found: expect.not.stringContaining('null'),
    });
  });
});

test.each<[string, object]>([
  ['push', push],
  ['release', { action: 'published', repository, release: { tag_name: 'v1' } }],
])('a %s has its name', (event, payload) =>
  expect(read(event, payload)).toMatchObject({ kind: 'automatic', event }),
);
