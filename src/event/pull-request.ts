import type { Json } from '../lib/json.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';

/** A pull request's own build: only of this repository's branches, and only where the workflow asks for it. */
export function readPullRequest(
  event: string,
  payload: Json,
  branch: string,
  { allowEvents }: EventRules,
  refuse: Refuse,
): Trigger | Refusal {
  if (!allowEvents.includes(event)) {
    return refuse(
      'event-not-allowed',
      `The event is ${event}: its commit is not merged, and may come from a fork.`,
      'an event that only people with write access can cause.',
      `deploy after the merge: \`on: push: branches: [${branch}]\`, or \`on: workflow_run\`. For a review app of this repository’s own branches: \`with: allow-events: ${event}\`.`,
    );
  }
  const head = payload.get('pull_request').get('head');
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
