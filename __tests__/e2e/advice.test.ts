import { describe, expect, test } from '@jest/globals';
import {
  builtCommit,
  defaultHead,
  deployment,
  fork,
  pullRequest,
  push,
  registryPackage,
  release,
  repositoryDispatch,
  type SandboxEvent,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { events } from '../../src/event/events.ts';
import { codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

// Applies only the fix that each refusal prints: the line is added, or the event is the one that the text asks for. The
// step then deploys. If nothing can help, the printed condition keeps the job from starting.

/** The fix that a refusal prints, as a user would apply it. */
class Advice {
  readonly text: string;
  readonly event: SandboxEvent;

  constructor(text: string, event: SandboxEvent) {
    this.text = text.slice(text.indexOf('Fix: '));
    this.event = event;
  }

  #find(form: RegExp): string[] {
    const found = form.exec(this.text);
    if (found === null) throw new Error(`${form} is not in: ${this.text}`);
    return found.slice(1);
  }

  /** The inputs in the printed `with:` lines that have these names. */
  inputs(...names: string[]): Record<string, string> {
    return Object.fromEntries(
      names.map((name) => {
        const [value = ''] = this.#find(new RegExp(`\`with: ${name}: ([^\`]+)\``));
        return [name, value.replace(/^(['"])(.*)\1$/, '$2')];
      }),
    );
  }

  /** The branch of a printed trigger. */
  branchOf(event: string): string {
    const [branch = ''] = this.#find(new RegExp(`\`on: ${event}: branches: \\[([^\`\\]]+)\\]\``));
    return branch.replace(/^(['"])(.*)\1$/, '$2');
  }

  /** The first action of a printed trigger. */
  actionOf(event: string): string {
    return this.#find(new RegExp(`\`on: ${event}: types: \\[(\\w+)[^\`]*\\]\``))[0] ?? '';
  }

  /** The push that the printed trigger waits for. */
  push(): SandboxEvent {
    return push({}, `refs/heads/${this.branchOf('push')}`);
  }

  /** The run that the printed command starts. */
  manualRun(): SandboxEvent {
    const [file, ref] = this.#find(/`gh workflow run ([\w.-]+) --ref ([\w./-]+)`/);
    expect([file, this.text]).toEqual(['deploy.yml', expect.stringContaining('`on: workflow_dispatch`')]);
    return workflowDispatch({}, `refs/heads/${ref}`);
  }

  /** What the printed command sends. Expressions are filled in from the event's payload, and variables by the caller. */
  dispatch(variables: Readonly<Record<string, string>> = {}): SandboxEvent {
    const [repository, sha = ''] = this.#find(
      /`gh api repos\/([^/]+\/[^/]+)\/dispatches -f event_type=deploy -f "client_payload\[sha\]=([^"]+)"`/,
    );
    expect([repository, this.actionOf('repository_dispatch')]).toEqual(['owner/repo', 'deploy']);
    const filled = sha
      .replace(/\$\{\{ github\.event\.([\w.]+) \}\}/g, (_whole, path: string) =>
        String(at(path, this.event.payload)),
      )
      .replace(/\$(\w+)/g, (_whole, name: string) => variables[name] ?? '');
    return repositoryDispatch({ sha: filled });
  }

  /** Whether the job starts on an event with the printed condition. */
  starts({ payload }: SandboxEvent): boolean {
    const [condition = ''] = this.#find(/`if: (?:\$\{\{ )?([^`]+?)(?: \}\})?`/);
    return condition.split(' || ').some((part) => {
      const [, not, path = '', operator, value] =
        /^(!?)github\.event\.([\w.]+)(?: ([!=]=) '([^']*)')?$/.exec(part) ?? [];
      const found = at(path, payload) ?? '';
      expect(part).toContain(path);
      if (operator === undefined) return not === '!' ? !found : Boolean(found);
      return (found === value) === (operator === '==');
    });
  }
}

const at = (path: string, from: unknown): unknown =>
  path.split('.').reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);

/** The images that builds pushed: of the branch, of another one, of a tag. */
const prepare = ({ push: add }: TestWorld) => ({
  main: add('main', { seed: 'main' }).digest,
  ofCommit: add(tag, { seed: 'commit' }).digest,
  feature: add('feature-x-abc1234', { seed: 'feature' }).digest,
  version: add('v1.2.0', { seed: 'version' }).digest,
  other: add('pr-7', { seed: 'other' }).digest,
});
type Images = ReturnType<typeof prepare>;

interface Refused {
  readonly name: string;
  readonly event: SandboxEvent;
  readonly code: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The run with the advice applied. */
  readonly follow: (advice: Advice) => {
    readonly event?: SandboxEvent;
    readonly inputs?: Record<string, string>;
  };
  readonly deploys: keyof Images;
}

const own = { id: 186853002, full_name: 'owner/repo' };
const pull = (action: string, changes: object = {}, name = 'pull_request') =>
  pullRequest(name, {
    action,
    pull_request: {
      number: 7,
      merged: false,
      head: { ref: 'feature/x', sha: builtCommit, repo: own },
      base: { ref: 'main' },
      ...changes,
    },
  });
const queue = `gh-readonly-queue/main/pr-7-${defaultHead}`;
const allowed = { 'allow-events': 'push,pull_request' };
const otherEvent = (name: string, payload: Record<string, unknown> = {}): SandboxEvent => ({
  ...workflowDispatch(payload),
  name,
});
const manual = (name: string): Refused => ({
  name,
  event: otherEvent(name, { action: 'created' }),
  code: 'event-unknown',
  follow: (advice) => ({ event: advice.manualRun() }),
  deploys: 'main',
});
const changed = ({ name, payload, env }: SandboxEvent, changes: Record<string, unknown>): SandboxEvent => ({
  name,
  payload: { ...payload, ...changes },
  env,
});

const refusals: readonly Refused[] = [
  {
    name: 'a build that is not completed',
    event: workflowRun({}, { action: 'requested' }),
    code: 'event-action',
    follow: (advice) => ({ event: workflowRun({}, { action: advice.actionOf('workflow_run') }) }),
    deploys: 'ofCommit',
  },
  ...['failure', 'cancelled'].map(
    (conclusion): Refused => ({
      name: `a build that ended with ${conclusion}`,
      event: workflowRun({ conclusion }),
      code: 'event-run-not-successful',
      follow: (advice) => {
        expect(advice.text).toContain('`gh run rerun 30433642 --failed`');
        const again = workflowRun({ run_attempt: 2 });
        expect([advice.starts(advice.event), advice.starts(again)]).toEqual([false, true]);
        return { event: again };
      },
      deploys: 'ofCommit',
    }),
  ),
  {
    name: 'a chained build, whose image another workflow built',
    event: workflowRun({ name: 'Test', event: 'workflow_run' }),
    code: 'event-run-chained',
    follow: (advice) => {
      expect(advice.text).toContain('`on: workflow_run: workflows:`');
      return { event: workflowRun({ name: 'Build' }) };
    },
    deploys: 'ofCommit',
  },
  {
    name: 'a chained build that built the image itself',
    event: workflowRun({ event: 'workflow_run' }),
    code: 'event-run-chained',
    // The command is a step of the chained workflow, which runs on the end of the first one.
    follow: (advice) => ({ event: new Advice(`Fix: ${advice.text}`, workflowRun()).dispatch() }),
    deploys: 'ofCommit',
  },
  ...['merge_group', 'push'].map(
    (event): Refused => ({
      name: `a merge queue’s build by ${event}`,
      event: workflowRun({ event, head_branch: queue }),
      code: 'event-not-merged',
      inputs: { 'allow-events': 'push,merge_group' },
      follow: (advice) => {
        expect(advice.text).toContain('No action is needed for this commit');
        return { event: workflowRun({ head_branch: advice.branchOf('push') }) };
      },
      deploys: 'ofCommit',
    }),
  ),
  {
    name: 'a scheduled build',
    event: workflowRun({ event: 'schedule' }),
    code: 'event-not-allowed',
    follow: (advice) => ({ inputs: advice.inputs('allow-events') }),
    deploys: 'ofCommit',
  },
  {
    name: 'a release’s build, on a tag',
    event: workflowRun({ event: 'release', head_branch: 'v1.2.0' }),
    code: 'event-not-allowed',
    follow: (advice) => ({ inputs: advice.inputs('allow-events', 'branch', 'sha-tag') }),
    deploys: 'version',
  },
  {
    name: 'a pull request’s build',
    event: workflowRun({ event: 'pull_request', head_branch: 'feature/x' }),
    code: 'event-not-allowed',
    follow: (advice) => {
      expect(advice.text).toContain('No action is needed for this commit');
      return { event: workflowRun({ head_branch: advice.branchOf('push') }) };
    },
    deploys: 'ofCommit',
  },
  {
    name: 'the build of an own pull request, for a review app',
    event: workflowRun({ event: 'pull_request', head_branch: 'feature/x' }),
    code: 'event-not-allowed',
    follow: (advice) => ({ inputs: advice.inputs('allow-events', 'branch') }),
    deploys: 'feature',
  },
  {
    name: 'a fork’s build',
    event: workflowRun({ head_repository: fork }),
    code: 'event-fork',
    follow: (advice) => {
      expect(advice.text).toContain('No action is needed for a fork’s pull request');
      return { event: workflowRun() };
    },
    deploys: 'ofCommit',
  },
  {
    name: 'another branch’s build, which the trigger excludes',
    event: workflowRun({ head_branch: 'feature/x' }),
    code: 'event-other-branch',
    follow: (advice) => ({ event: workflowRun({ head_branch: advice.branchOf('workflow_run') }) }),
    deploys: 'ofCommit',
  },
  {
    name: 'another branch’s build, which should be deployed',
    event: workflowRun({ head_branch: 'feature/x' }),
    code: 'event-other-branch',
    follow: (advice) => ({ inputs: advice.inputs('branch') }),
    deploys: 'feature',
  },
  {
    name: 'a tag’s build',
    event: workflowRun({ head_branch: 'v1.2.0' }),
    code: 'event-other-branch',
    follow: (advice) => ({ inputs: advice.inputs('branch', 'sha-tag') }),
    deploys: 'version',
  },
  {
    name: 'a push to another branch',
    event: push({}, 'refs/heads/feature/x'),
    code: 'event-other-branch',
    follow: (advice) => ({ inputs: advice.inputs('branch') }),
    deploys: 'feature',
  },
  {
    name: 'a push to another branch, which the trigger excludes',
    event: push({}, 'refs/heads/feature/x'),
    code: 'event-other-branch',
    follow: (advice) => ({ event: advice.push() }),
    deploys: 'ofCommit',
  },
  {
    name: 'a push to a branch of the merge queue',
    event: push({}, `refs/heads/${queue}`),
    code: 'event-not-merged',
    follow: (advice) => ({ event: advice.push() }),
    deploys: 'ofCommit',
  },
  {
    name: 'a push that deletes the branch',
    event: push({ deleted: true, after: '0'.repeat(40) }),
    code: 'event-ref-deleted',
    follow: (advice) => {
      expect(advice.text).toContain('No action is needed');
      expect([advice.starts(advice.event), advice.starts(push())]).toEqual([false, true]);
      return { event: push() };
    },
    deploys: 'ofCommit',
  },
  {
    name: 'a release that was deleted',
    event: release({ action: 'deleted' }),
    code: 'event-action',
    follow: (advice) => ({ event: release({ action: advice.actionOf('release') }) }),
    deploys: 'ofCommit',
  },
  {
    name: 'a draft of a release',
    event: release({ release: { tag_name: 'v1.2.0', draft: true } }),
    code: 'event-release-draft',
    follow: (advice) => ({ event: release({ action: advice.actionOf('release') }) }),
    deploys: 'ofCommit',
  },
  {
    name: 'another action of a deployment',
    event: changed(deployment(), { action: 'deleted' }),
    code: 'event-action',
    follow: (advice) => ({ event: changed(deployment(), { action: advice.actionOf('deployment') }) }),
    deploys: 'ofCommit',
  },
  {
    name: 'a deployment of another branch',
    event: deployment({}, 'refs/heads/feature/x'),
    code: 'event-other-branch',
    follow: (advice) => ({ inputs: advice.inputs('branch') }),
    deploys: 'feature',
  },
  {
    name: 'a manual run of a tag',
    event: workflowDispatch({}, 'refs/tags/v1.2.0'),
    code: 'event-other-ref',
    follow: (advice) => ({ inputs: advice.inputs('select') }),
    deploys: 'version',
  },
  {
    name: 'a pull request',
    event: pull('opened'),
    code: 'event-not-allowed',
    follow: (advice) => ({ inputs: advice.inputs('allow-events') }),
    deploys: 'feature',
  },
  {
    name: 'a pull request, which is deployed after its merge',
    event: pull('opened', {}, 'pull_request_target'),
    code: 'event-not-allowed',
    follow: (advice) => ({ event: advice.push() }),
    deploys: 'ofCommit',
  },
  {
    name: 'a pull request with a new assignee',
    event: pull('assigned'),
    code: 'event-action',
    inputs: allowed,
    follow: (advice) => ({ event: pull(advice.actionOf('pull_request')) }),
    deploys: 'feature',
  },
  {
    name: 'a pull request that was closed',
    event: pull('closed'),
    code: 'event-not-merged',
    inputs: allowed,
    follow: (advice) => {
      const merged = pull('closed', { merged: true, merge_commit_sha: builtCommit });
      expect(advice.text).toContain('No action is needed');
      expect([advice.event, merged, pull('opened')].map((each) => advice.starts(each))).toEqual([
        false,
        true,
        true,
      ]);
      return { event: merged };
    },
    deploys: 'ofCommit',
  },
  {
    name: 'a pull request that was merged into another branch',
    event: pull('closed', { merged: true, merge_commit_sha: builtCommit, base: { ref: 'feature/x' } }),
    code: 'event-other-branch',
    inputs: allowed,
    follow: (advice) => ({ inputs: advice.inputs('branch') }),
    deploys: 'feature',
  },
  {
    name: 'a fork’s pull request',
    event: pull('opened', { head: { ref: 'main', sha: builtCommit, repo: fork } }),
    code: 'event-fork',
    inputs: allowed,
    follow: (advice) => {
      expect(advice.text).toContain('No action is needed for a fork’s pull request');
      return { event: push() };
    },
    deploys: 'ofCommit',
  },
  {
    name: 'a merge group',
    event: otherEvent('merge_group', { action: 'checks_requested' }),
    code: 'event-unknown',
    follow: (advice) => ({ event: advice.push() }),
    deploys: 'ofCommit',
  },
  ...['create', 'workflow_call', 'dynamic'].map(
    (name): Refused => ({
      name,
      event: otherEvent(name),
      code: 'event-unknown',
      follow: (advice) => ({ event: advice.push() }),
      deploys: 'ofCommit',
    }),
  ),
  {
    name: 'a check suite',
    event: otherEvent('check_suite', { action: 'completed', check_suite: { head_sha: builtCommit } }),
    code: 'event-unknown',
    follow: (advice) => ({ event: advice.dispatch() }),
    deploys: 'ofCommit',
  },
  {
    name: 'a status',
    event: otherEvent('status', { sha: builtCommit, state: 'success' }),
    code: 'event-unknown',
    follow: (advice) => ({ event: advice.dispatch() }),
    deploys: 'ofCommit',
  },
  {
    name: 'a deployment’s status',
    event: otherEvent('deployment_status', { deployment: { sha: builtCommit } }),
    code: 'event-unknown',
    follow: (advice) => {
      expect(advice.text).toContain('`on: deployment`');
      return { event: deployment() };
    },
    deploys: 'ofCommit',
  },
  manual('issue_comment'),
  manual('pull_request_review'),
  {
    name: 'a comment that requests a commit',
    event: otherEvent('issue_comment', { action: 'created', comment: { body: '/deploy abc1234' } }),
    code: 'event-unknown',
    follow: (advice) => ({ event: advice.dispatch({ COMMIT: builtCommit }) }),
    deploys: 'ofCommit',
  },
];

describe('the fix that a refusal prints leads to a deploy', () => {
  test.each(refusals)('$name', ({ event, code, inputs = {}, follow, deploys }) =>
    inWorld(async (world) => {
      const images = prepare(world);
      const run = await world.deploy(event, inputs);
      expect(codesOf(run)).toEqual([code]);
      expect(run.flyctl).toEqual([]);
      const advised = follow(new Advice(errorOf(run), event));
      const again = await world.deploy(advised.event ?? event, { ...inputs, ...advised.inputs });
      expect([again.status, again.outputs['digest'], codesOf(again)]).toEqual([0, images[deploys], []]);
    }),
  );

  const packages: readonly [string, string, (digest: string) => SandboxEvent, Refused['follow']][] = [
    [
      'a package that was deleted',
      'event-action',
      (digest) => registryPackage('main', digest, {}),
      (advice) => ({ event: changed(advice.event, { action: advice.actionOf('registry_package') }) }),
    ],
    [
      'another tag, which should be deployed',
      'event-other-tag',
      (digest) => registryPackage('pr-7', digest),
      (advice) => ({ inputs: advice.inputs('manual-select') }),
    ],
  ];
  test.each(packages)('%s', (name, code, make, follow) =>
    inWorld(async (world) => {
      const { other } = prepare(world);
      const event = name.includes('deleted') ? changed(make(other), { action: 'deleted' }) : make(other);
      const run = await world.deploy(event);
      expect(codesOf(run)).toEqual([code]);
      const advised = follow(new Advice(errorOf(run), event));
      const again = await world.deploy(advised.event ?? event, advised.inputs ?? {});
      expect([again.status, again.outputs['digest']]).toEqual([0, other]);
    }),
  );

  test.each<[string, string, (digest: string) => SandboxEvent]>([
    [
      'another package',
      'event-other-package',
      (digest) => registryPackage('main', digest, { name: 'other' }),
    ],
    ['a part of an index', 'event-package-part', (digest) => registryPackage('', digest)],
    ['another tag', 'event-other-tag', (digest) => registryPackage('pr-7', digest)],
  ])('%s no longer starts a job, but the right package does', (_name, code, make) =>
    inWorld(async (world) => {
      const { main } = prepare(world);
      const event = make(main);
      const run = await world.deploy(event);
      expect(codesOf(run)).toEqual([code]);
      const advice = new Advice(errorOf(run), event);
      const right = registryPackage('main', main);
      expect([advice.starts(event), advice.starts(right)]).toEqual([false, true]);
      expect((await world.deploy(right)).outputs['digest']).toBe(main);
    }),
  );

  test('another package is deployed with the printed input', () =>
    inWorld(async (world) => {
      const { digest } = world.pushTo('owner/other', 'main');
      const event = registryPackage('main', digest, { name: 'other' });
      const advice = new Advice(errorOf(await world.deploy(event)), event);
      expect((await world.deploy(event, advice.inputs('image'))).outputs['digest']).toBe(digest);
    }));

  test('every code of every event is tested', () => {
    const tested = new Set(refusals.map(({ event, code }) => `${event.name} ${code}`));
    for (const code of ['event-action', 'event-other-package', 'event-other-tag', 'event-package-part'])
      tested.add(`registry_package ${code}`);
    const codes = Object.entries(events)
      // The same code reads both events of a pull request.
      .filter(([name]) => name !== 'pull_request_target')
      .flatMap(([name, { refuses }]) => refuses.map((code) => `${name} ${code}`));
    expect(codes.filter((each) => !tested.has(each))).toEqual([]);
  });
});

/** The tags that docker/metadata-action (v6.2.0) makes from the printed lines, for the event and ref of a build. */
function tagsOf(advice: string, ref: string, commit: string, headRef = ''): string[] {
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? '';
  const clean = (text: string) => text.replace(/[^a-zA-Z0-9._-]+/g, '-');
  const kind = { heads: 'branch', tags: 'tag', pull: 'pr' }[ref.split('/')[1] ?? ''];
  return advice.split('\n').flatMap((line) => {
    const [, prefix] = /^ *type=sha,prefix=(.*)$/.exec(line) ?? [];
    const [, event] = /^ *type=ref,event=(\w+)$/.exec(line) ?? [];
    if (prefix !== undefined)
      return [
        clean(
          prefix.replace('{{branch}}', branch).replace('${{ github.head_ref }}', headRef) +
            commit.slice(0, 7),
        ),
      ];
    return event === kind && event !== 'pr' ? [clean(ref.replace(/^refs\/\w+\//, ''))] : [];
  });
}

describe('a build without a branch, whose `{{branch}}` is empty', () => {
  const ofTags: [string, SandboxEvent][] = [
    ['the push of a tag', push({}, 'refs/tags/v1.2.0')],
    ['a release', release()],
    ['the deployment of a tag', deployment({}, 'refs/tags/v1.2.0')],
  ];
  test.each(ofTags)('by %s: the printed lines make the commit’s tag', (_name, event) =>
    inWorld(async (world) => {
      const run = await world.deploy(event);
      expect(codesOf(run)).toEqual(['image-not-found']);
      const made = tagsOf(errorOf(run), event.env['GITHUB_REF'] ?? '', builtCommit);
      expect(made).toEqual(['v1.2.0', tag]);
      for (const each of made) world.push(each);
      expect((await world.deploy(event)).status).toBe(0);
    }),
  );
  test.each(ofTags)('by %s: the image of its tag is deployed if it exists', (_name, event) =>
    inWorld(async (world) => {
      const { digest } = world.push('v1.2.0');
      const advice = new Advice(errorOf(await world.deploy(event)), event);
      const again = await world.deploy(event, advice.inputs('image'));
      expect([again.status, again.outputs['digest']]).toEqual([0, digest]);
    }),
  );

  test('of a version: the image without the `v` is deployed', () =>
    inWorld(async (world) => {
      const { digest } = world.push('1.2.0');
      const advice = new Advice(errorOf(await world.deploy(release())), release());
      expect((await world.deploy(release(), advice.inputs('image'))).outputs['digest']).toBe(digest);
    }));

  test.each<[string, SandboxEvent, Record<string, string>]>([
    ['a pull request', pull('opened'), allowed],
    [
      'a pull request, deployed after its build',
      workflowRun({ event: 'pull_request', head_branch: 'feature/x' }),
      { ...allowed, branch: 'feature/x' },
    ],
  ])('by %s: the printed lines make the head’s tag', (_name, event, inputs) =>
    inWorld(async (world) => {
      const run = await world.deploy(event, inputs);
      expect(codesOf(run)).toEqual(['image-not-found']);
      expect(errorOf(run)).toContain('DOCKER_METADATA_PR_HEAD_SHA: true');
      const made = tagsOf(errorOf(run), 'refs/pull/7/merge', builtCommit, 'feature/x');
      expect(made).toEqual(['feature-x-abc1234']);
      for (const each of made) world.push(each);
      expect((await world.deploy(event, inputs)).status).toBe(0);
    }),
  );

  test('with the merge commit as its label: the error prints the variable that sets the head', () =>
    inWorld(async (world) => {
      world.push('feature-x-abc1234', { revision: defaultHead });
      const run = await world.deploy(pull('opened'), allowed);
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toContain('`env: DOCKER_METADATA_PR_HEAD_SHA: true`');
      world.push('feature-x-abc1234', { revision: builtCommit });
      expect((await world.deploy(pull('opened'), allowed)).status).toBe(0);
      world.push(tag, { revision: defaultHead });
      expect(errorOf(await world.deploy(push()))).not.toContain('PR_HEAD_SHA');
    }));
});
