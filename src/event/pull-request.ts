import type { Json } from '../lib/json.ts';
import { onBranch, withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type Refusal, type Refuse, type Trigger } from './types.ts';

/**
 * A pull request. While it is open, its own build deploys if its branch is in this repository; after the merge, the build of
 * the merge commit on the base branch.
 */
export function readPullRequest(
  event: 'pull_request' | 'pull_request_target',
  payload: Json,
  branch: string,
  refuse: Refuse<CodeOf<'pull_request'>>,
): Trigger | Refusal {
  const pull = payload.get('pull_request');
  if (payload.get('action').value === 'closed') return readClosed(event, pull, branch, refuse);
  const head = pull.get('head');
  // If the fork was deleted, `repo` is null, which does not match this repository either.
  if (head.get('repo').get('id').value !== payload.get('repository').get('id').integer()) {
    return refuse(
      'event-fork',
      `The pull request comes from ${head.get('repo').get('full_name').maybeText() ?? 'a repository that no longer exists'}.`,
      `A branch of ${payload.get('repository').get('full_name').maybeText() ?? 'this repository'}. Builds of forks are never deployed.`,
      'No action is needed for a fork’s pull request: when it is merged, the build of the merge is deployed.',
    );
  }
  return { kind: 'automatic', event, commit: commitOf(head.get('sha')), branch: head.get('ref').text() };
}

/** A merge commit belongs to this repository, wherever the pull request came from: someone with write access merged it. */
function readClosed(
  event: 'pull_request' | 'pull_request_target',
  pull: Json,
  branch: string,
  refuse: Refuse<'event-not-merged' | 'event-other-branch'>,
): Trigger | Refusal {
  if (pull.get('merged').value !== true) {
    return refuse(
      'event-not-merged',
      'The pull request was closed without being merged.',
      'A pull request that is merged or open.',
      "No action is needed: what is not merged is not deployed. To stop such events from starting the job, add `if: github.event.action != 'closed' || github.event.pull_request.merged` to it.",
    );
  }
  const base = pull.get('base').get('ref').text();
  if (base !== branch) {
    return refuse(
      'event-other-branch',
      `The pull request was merged into "${base}".`,
      `A merge into "${branch}", the branch whose builds are deployed.`,
      `Limit the trigger: ${onBranch(event, branch)}. Or, to deploy the builds of the other branch: ${withInput('branch', base)}.`,
    );
  }
  return { kind: 'automatic', event, commit: commitOf(pull.get('merge_commit_sha')), branch };
}
