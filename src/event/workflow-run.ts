import type { Json } from '../lib/json.ts';
import { afterQueue, allowing, onBranch, queuedFor, repositoryOf, sendCommit, withInput } from './advice.ts';
import { looksLikeTag } from './build-ref.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';

/** Another workflow's run ended: deploys only the successful build of a branch of this repository. */
export function readWorkflowRun(
  payload: Json,
  branch: string,
  { allowEvents }: EventRules,
  refuse: Refuse<CodeOf<'workflow_run'>>,
): Trigger | Refusal {
  const run = payload.get('workflow_run');
  const conclusion = run.get('conclusion').value;
  const parent = run.get('event').text();
  const name = run.get('name').maybeText() ?? 'the workflow';
  const headBranch = run.get('head_branch').value;
  const [head, own] = [run.get('head_repository'), payload.get('repository')];
  const ownId = own.get('id').integer();
  const commit = commitOf(run.get('head_sha'));

  if (conclusion !== 'success') {
    const id = run.get('id').maybeNumber();
    const again = id === undefined ? 'Run that build again' : `Run \`gh run rerun ${id} --failed\``;
    return refuse(
      'event-run-not-successful',
      `The run of "${name}" ended with ${conclusion === null ? 'no conclusion' : JSON.stringify(conclusion)}.`,
      'The conclusion "success": any other build might have pushed no image, or only part of one.',
      `${again}: when it succeeds, it starts this workflow again. To stop failed builds from starting the job, add \`if: github.event.workflow_run.conclusion == 'success'\` to it.`,
    );
  }
  if (parent === 'workflow_run') {
    return refuse(
      'event-run-chained',
      `The run of "${name}" was itself started by a workflow_run.`,
      'A run whose head_sha is the commit that it built. For a chained run, head_sha is the head of the default branch.',
      `If another workflow builds the image, name that one in \`on: workflow_run: workflows:\`. If "${name}" builds it, have its last step pass the commit on with ${sendCommit(repositoryOf(payload), '${{ github.event.workflow_run.head_sha }}')} and a token that has \`contents: write\`, and start this workflow with \`on: repository_dispatch: types: [deploy]\`.`,
    );
  }
  const queued = typeof headBranch === 'string' ? queuedFor(headBranch) : undefined;
  if (parent === 'merge_group' || queued !== undefined) {
    return refuse(
      'event-not-merged',
      `The run of "${name}" built a commit that was in the merge queue.`,
      `A commit of branch "${branch}".`,
      afterQueue(queued ?? branch),
    );
  }
  const isOwn = head.get('id').value === ownId;
  const other = typeof headBranch === 'string' && headBranch !== branch ? headBranch : undefined;
  // For pull_request_target, the run's commit is not the one that it builds.
  if (parent === 'pull_request_target' || !allowEvents.includes(parent)) {
    const more = other === undefined ? '' : ` and ${asBranch(other)}`;
    return refuse(
      'event-not-allowed',
      `The run of "${name}" was started by ${parent}.`,
      `A run that was started by ${allowEvents.join(' or ')}.`,
      parent.startsWith('pull_request')
        ? `No action is needed for this commit, which is not merged: after the merge, the build of the push starts a new run, if the workflow that builds has ${onBranch('push', branch)}.${parent === 'pull_request' && isOwn && other !== undefined ? ` For a review app of this repository’s own branches: ${allowing(allowEvents, parent)} and ${withInput('branch', other)}.` : ''}`
        : `To deploy such builds: ${allowing(allowEvents, parent)}${more}.`,
    );
  }
  // If the fork was deleted, `head_repository` is null, which does not match this repository either.
  if (!isOwn) {
    return refuse(
      'event-fork',
      `The run of "${name}" built a commit of ${head.get('full_name').maybeText() ?? 'a repository that no longer exists'}.`,
      `A commit of ${own.get('full_name').maybeText() ?? 'this repository'}. Builds of forks are never deployed.`,
      'No action is needed for a fork’s pull request: when it is merged, the build of the merge is deployed.',
    );
  }
  if (headBranch !== branch) {
    return refuse(
      'event-other-branch',
      `The run of "${name}" built ${other === undefined ? 'no branch' : `branch or tag "${other}"`}.`,
      `A build of "${branch}", the branch whose builds are deployed.`,
      `Limit the trigger: ${onBranch('workflow_run', branch)}.${other === undefined ? '' : ` Or, to deploy the other builds: ${asBranch(other)}.`}`,
    );
  }
  return {
    kind: 'automatic',
    event: 'workflow_run',
    commit,
    branch,
    run: {
      name,
      number: run.get('run_number').maybeNumber(),
      attempt: run.get('run_attempt').maybeNumber(),
      url: run.get('html_url').maybeText(),
      event: parent,
    },
  };
}

/**
 * The inputs that deploy the builds of `head_branch`. If that is a tag, the build has no branch for its image's tag, and uses the
 * tag's name alone.
 */
const asBranch = (name: string): string =>
  `${withInput('branch', name)}${looksLikeTag(name) ? ` (if that is a tag, also \`with: sha-tag: '{branch}'\`, because its image has the same tag, without a commit)` : ''}`;
