import type { Json } from '../lib/json.ts';
import { afterQueue, onBranch, queuedFor, repositoryOf, sendCommit, withInput } from './advice.ts';
import { looksLikeTag } from './build-ref.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';

/** The end of another workflow's run: only of a successful build of this repository's own branch. */
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
    const again = id === undefined ? 'run that build again' : `\`gh run rerun ${id} --failed\``;
    return refuse(
      'event-run-not-successful',
      `The run of "${name}" ended with ${conclusion === null ? 'no conclusion' : JSON.stringify(conclusion)}.`,
      'conclusion success: another one may have pushed no image, or half of one.',
      `${again}: when it succeeds, it starts this workflow again. So that a build that fails starts no deploy, add \`if: github.event.workflow_run.conclusion == 'success'\` to the job.`,
    );
  }
  if (parent === 'workflow_run') {
    return refuse(
      'event-run-chained',
      `The run of "${name}" was itself started by a workflow_run.`,
      'a run whose head_sha is the commit that it built; of a chained run it is the default branch’s head.',
      `where another workflow builds the image, let \`on: workflow_run: workflows:\` name that one. Where "${name}" builds it, let its last step hand the commit on: ${sendCommit(repositoryOf(payload), '${{ github.event.workflow_run.head_sha }}')}, by a token with \`contents: write\`, and here \`on: repository_dispatch: types: [deploy]\`.`,
    );
  }
  const queued = typeof headBranch === 'string' ? queuedFor(headBranch) : undefined;
  if (parent === 'merge_group' || queued !== undefined) {
    return refuse(
      'event-not-merged',
      `The run of "${name}" built a commit that was in the merge queue.`,
      `a commit of branch "${branch}".`,
      afterQueue(queued ?? branch),
    );
  }
  const isOwn = head.get('id').value === ownId;
  const other = typeof headBranch === 'string' && headBranch !== branch ? headBranch : undefined;
  // The commit of a pull_request_target is not the one that such a run builds.
  if (parent === 'pull_request_target' || !allowEvents.includes(parent)) {
    const more = other === undefined ? '' : `, and ${asBranch(other)}`;
    return refuse(
      'event-not-allowed',
      `The run of "${name}" was started by ${parent}.`,
      `a run that was started by ${allowEvents.join(' or ')}.`,
      parent.startsWith('pull_request')
        ? `nothing for this commit, which is not merged. After the merge the build of the push starts its own run, if the workflow that builds has ${onBranch('push', branch)}.${parent === 'pull_request' && isOwn && other !== undefined ? ` For a review app of this repository’s own branches: ${allowing(allowEvents, parent)}, and ${withInput('branch', other)}.` : ''}`
        : `if such builds are to be deployed: ${allowing(allowEvents, parent)}${more}.`,
    );
  }
  // A deleted fork leaves `head_repository: null`, which is not this repository either.
  if (!isOwn) {
    return refuse(
      'event-fork',
      `The run of "${name}" built a commit of ${head.get('full_name').maybeText() ?? 'a repository that is gone'}.`,
      `a commit of ${own.get('full_name').maybeText() ?? 'this repository'}: a fork’s build is never deployed.`,
      'nothing, if this was a fork. Merge its pull request, and the build of the merge is deployed.',
    );
  }
  if (headBranch !== branch) {
    return refuse(
      'event-other-branch',
      `The run of "${name}" built ${other === undefined ? 'no branch' : `branch or tag "${other}"`}.`,
      `branch "${branch}", whose builds are deployed.`,
      `${onBranch('workflow_run', branch)}${other === undefined ? '' : `; or name the other one in the step: ${asBranch(other)}`}.`,
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

/** The input that lets a run’s event deploy, beside those that may already. */
const allowing = (allowEvents: readonly string[], event: string): string =>
  `\`with: allow-events: ${[...allowEvents, event].join(',')}\``;

/**
 * The inputs that deploy the builds of `head_branch`, which holds a tag's name too and does not say so. A tag's build has no
 * branch to put into its image's tag, so that the tag itself is what it writes.
 */
const asBranch = (name: string): string =>
  `${withInput('branch', name)}${looksLikeTag(name) ? ` (if that is a tag, also \`with: sha-tag: '{branch}'\`: its image is tagged like it, without a commit)` : ''}`;
