import type { Json } from '../lib/json.ts';
import { refusedAction } from './action.ts';
import { onBranch, withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';

/**
 * A pull request: its own build, only of this repository's branches; once it is merged the merge's on the base branch. Only
 * where the workflow asks for it.
 */
export function readPullRequest(
  event: 'pull_request' | 'pull_request_target',
  payload: Json,
  branch: string,
  { allowEvents }: EventRules,
  refuse: Refuse<CodeOf<'pull_request'>>,
): Trigger | Refusal {
  if (!allowEvents.includes(event)) {
    return refuse(
      'event-not-allowed',
      `The event is ${event}: its commit is not merged, and may come from a fork.`,
      'an event that only people with write access can cause.',
      `deploy after the merge: ${onBranch('push', branch)}, or \`on: workflow_run\`. For a review app of this repository’s own branches: \`with: allow-events: ${event}\`.`,
    );
  }
  const refused = refusedAction(event, payload, refuse);
  if (refused !== undefined) return refused;
  const pull = payload.get('pull_request');
  if (payload.get('action').value === 'closed') return readClosed(event, pull, branch, refuse);
  const head = pull.get('head');
  // A deleted fork leaves `repo: null`, which is not this repository either.
  if (head.get('repo').get('id').value !== payload.get('repository').get('id').integer()) {
    return refuse(
      'event-fork',
      `The pull request comes from ${head.get('repo').get('full_name').maybeText() ?? 'a repository that is gone'}.`,
      `a branch of ${payload.get('repository').get('full_name').maybeText() ?? 'this repository'}: a fork’s build is never deployed.`,
      'nothing, if this was a fork: merge its pull request, and the build of the merge is deployed.',
    );
  }
  return { kind: 'automatic', event, commit: commitOf(head.get('sha')), branch: head.get('ref').text() };
}

/** A merge commit is this repository's, wherever the pull request came from: somebody who may write has merged it. */
function readClosed(
  event: string,
  pull: Json,
  branch: string,
  refuse: Refuse<'event-not-merged' | 'event-other-branch'>,
): Trigger | Refusal {
  if (pull.get('merged').value !== true) {
    return refuse(
      'event-not-merged',
      'The pull request was closed without a merge.',
      'a merged one, or one that is open.',
      "nothing: what was not merged is not deployed. So that it starts no deploy, add `if: github.event.action != 'closed' || github.event.pull_request.merged` to the job.",
    );
  }
  const base = pull.get('base').get('ref').text();
  if (base !== branch) {
    return refuse(
      'event-other-branch',
      `The pull request was merged into "${base}".`,
      `branch "${branch}", whose builds are deployed.`,
      `${onBranch(event, branch)}, or name the other branch in the step: ${withInput('branch', base)}.`,
    );
  }
  return { kind: 'automatic', event, commit: commitOf(pull.get('merge_commit_sha')), branch };
}
