import type { ErrorCode } from '../lib/error-codes.ts';

interface EventFacts {
  /** The actions that deploy; undefined for an event without actions, or whose action is free text of the sender. */
  readonly actions?: readonly string[];
  /** The fields of the payload that contain the commit, or the runner's variable; empty if the event has no commit. */
  readonly commit: readonly string[];
  /** What is deployed: the commit's image, the newest image, one of the two (by whether there is a commit), or the published digest. */
  readonly deploys: 'commit' | 'newest' | 'commit-or-newest' | 'published';
  /** If the event deploys only where `allow-events` names it: why, as the end of a sentence, and what it is allowed for. */
  readonly onlyAllowed?: { readonly because: string; readonly use: string };
  /** Every code with which the event can be refused. The type of `Refuse` limits the readers to these. */
  readonly refuses: readonly ErrorCode[];
}

const pullRequest = {
  actions: ['opened', 'synchronize', 'reopened', 'ready_for_review', 'labeled', 'closed'],
  commit: ['pull_request.head.sha', 'pull_request.merge_commit_sha'],
  deploys: 'commit',
  onlyAllowed: {
    because: 'its commit is not merged, and can come from a fork',
    use: 'a review app of this repository’s own branches',
  },
  refuses: ['event-action', 'event-fork', 'event-not-allowed', 'event-not-merged', 'event-other-branch'],
} as const satisfies EventFacts;

/**
 * The events that can deploy ("Events that trigger workflows" and "Webhook events and payloads" of GitHub's docs). The
 * event table of the README is generated from this.
 *
 * Any other action withdraws something or is not final: a release is deleted or edited, a pull request gets an assignee.
 */
export const events = {
  workflow_run: {
    actions: ['completed'],
    commit: ['workflow_run.head_sha'],
    deploys: 'commit',
    refuses: [
      'event-action',
      'event-fork',
      'event-not-allowed',
      'event-not-merged',
      'event-other-branch',
      'event-run-chained',
      'event-run-not-successful',
    ],
  },
  push: {
    commit: ['after', 'head_commit.id'],
    deploys: 'commit',
    refuses: ['event-not-merged', 'event-other-branch', 'event-ref-deleted'],
  },
  release: {
    actions: ['published', 'released', 'prereleased'],
    commit: ['GITHUB_SHA'],
    deploys: 'commit',
    refuses: ['event-action', 'event-release-draft'],
  },
  deployment: {
    actions: ['created'],
    commit: ['deployment.sha'],
    deploys: 'commit',
    refuses: ['event-action', 'event-other-branch'],
  },
  registry_package: {
    actions: ['published', 'updated'],
    commit: [],
    deploys: 'published',
    refuses: ['event-action', 'event-other-package', 'event-other-tag', 'event-package-part'],
  },
  repository_dispatch: { commit: ['client_payload.sha'], deploys: 'commit-or-newest', refuses: [] },
  workflow_dispatch: { commit: [], deploys: 'newest', refuses: ['event-other-ref'] },
  schedule: { commit: [], deploys: 'newest', refuses: [] },
  pull_request: pullRequest,
  pull_request_target: pullRequest,
} as const satisfies Record<string, EventFacts>;

export type EventName = keyof typeof events;

/** The codes with which an event can be refused. */
export type CodeOf<Event extends EventName> = (typeof events)[Event]['refuses'][number];

export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);

/** What to use instead of an event: the commit's push, a deployment, a dispatch with the commit, or a dispatch without one. */
type Instead = 'push' | 'deployment' | 'repository_dispatch' | 'workflow_dispatch';

/**
 * GitHub's other events, which never deploy, and what to use instead. None of them shows that an image was built, and anyone
 * can cause many of them.
 */
export const otherEvents = {
  branch_protection_rule: 'workflow_dispatch',
  check_run: 'repository_dispatch',
  check_suite: 'repository_dispatch',
  create: 'push',
  delete: 'workflow_dispatch',
  deployment_status: 'deployment',
  discussion: 'workflow_dispatch',
  discussion_comment: 'workflow_dispatch',
  fork: 'workflow_dispatch',
  gollum: 'workflow_dispatch',
  image_version: 'workflow_dispatch',
  issue_comment: 'workflow_dispatch',
  issues: 'workflow_dispatch',
  label: 'workflow_dispatch',
  merge_group: 'push',
  milestone: 'workflow_dispatch',
  page_build: 'workflow_dispatch',
  project: 'workflow_dispatch',
  project_card: 'workflow_dispatch',
  project_column: 'workflow_dispatch',
  public: 'workflow_dispatch',
  pull_request_comment: 'workflow_dispatch',
  pull_request_review: 'workflow_dispatch',
  pull_request_review_comment: 'workflow_dispatch',
  status: 'repository_dispatch',
  watch: 'workflow_dispatch',
  workflow_call: 'push',
} as const satisfies Record<string, Instead>;
