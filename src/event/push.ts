import type { Json } from '../lib/json.ts';
import { afterQueue, onBranch, queuedFor, withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type Refusal, type Refuse, type Trigger } from './types.ts';

const noCommit = /^0+$/;

/** A push of a tag, or to the branch whose builds are deployed. */
export function readPush(payload: Json, branch: string, refuse: Refuse<CodeOf<'push'>>): Trigger | Refusal {
  const ref = payload.get('ref').text();
  if (payload.get('deleted').value === true || noCommit.test(payload.get('after').text())) {
    return refuse(
      'event-ref-deleted',
      `The push deleted ${ref}.`,
      'A push with a commit.',
      'No action is needed: there is no commit to deploy. To stop such pushes from starting the job, add `if: ${{ !github.event.deleted }}` to it.',
    );
  }
  const tagged = ref.startsWith('refs/tags/');
  if (!tagged && ref !== `refs/heads/${branch}`) {
    const other = ref.replace(/^refs\/heads\//, '');
    const queued = queuedFor(other);
    if (queued !== undefined) {
      return refuse(
        'event-not-merged',
        `The push was to ${ref}, a branch of the merge queue.`,
        `A push to refs/heads/${branch}.`,
        afterQueue(queued),
      );
    }
    return refuse(
      'event-other-branch',
      `The push was to ${ref}.`,
      `A push to refs/heads/${branch}, the branch whose builds are deployed.`,
      `Limit the trigger: ${onBranch('push', branch)}. Or, to deploy the builds of this branch: ${withInput('branch', other)}.`,
    );
  }
  // For an annotated tag, `after` is the tag object; `head_commit` is the commit.
  const head = payload.get('head_commit').get('id');
  const commit = commitOf(tagged && head.maybeText() ? head : payload.get('after'));
  return { kind: 'automatic', event: 'push', commit, branch };
}
