import type { Json } from '../lib/json.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';

/** The end of another workflow's run: only of a successful build of this repository's own branch. */
export function readWorkflowRun(
  payload: Json,
  branch: string,
  { allowEvents }: EventRules,
  refuse: Refuse,
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
    return refuse(
      'event-run-not-successful',
      `The run of "${name}" ended with ${conclusion === null ? 'no conclusion' : JSON.stringify(conclusion)}.`,
      'conclusion success: another one may have pushed no image, or half of one.',
      "add `if: github.event.workflow_run.conclusion == 'success'` to the job.",
    );
  }
  if (parent === 'workflow_run') {
    return refuse(
      'event-run-chained',
      `The run of "${name}" was itself started by a workflow_run.`,
      'a run whose head_sha is the commit that it built; of a chained run it is the default branch’s head.',
      'let `on: workflow_run: workflows:` name the workflow that builds the image.',
    );
  }
  if (parent === 'pull_request_target' || !allowEvents.includes(parent)) {
    return refuse(
      'event-not-allowed',
      `The run of "${name}" was started by ${parent}.`,
      `a run that was started by ${allowEvents.join(' or ')}.`,
      parent.startsWith('pull_request')
        ? 'deploy after the merge: the build of a push to the branch starts its own run.'
        : `if such builds are to be deployed: \`with: allow-events: ${[...allowEvents, parent].join(',')}\`.`,
    );
  }
  // A deleted fork leaves `head_repository: null`, which is not this repository either.
  if (head.get('id').value !== ownId) {
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
      `The run of "${name}" built ${typeof headBranch === 'string' ? `branch or tag "${headBranch}"` : 'no branch'}.`,
      `branch "${branch}", whose builds are deployed.`,
      `\`on: workflow_run: branches: [${branch}]\`, or name the other branch in the step: \`with: branch:\`.`,
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
