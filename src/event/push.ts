import type { Json } from '../lib/json.ts';
import { afterQueue, onBranch, queuedFor, withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type Refusal, type Refuse, type Trigger } from './types.ts';

const noCommit = /^0+$/;

/** A push of a tag, or of the branch whose builds are deployed. */
export function readPush(payload: Json, branch: string, refuse: Refuse<CodeOf<'push'>>): Trigger | Refusal {
  const ref = payload.get('ref').text();
  if (payload.get('deleted').value === true || noCommit.test(payload.get('after').text())) {
    return refuse(
      'event-ref-deleted',
      `The push deleted ${ref}.`,
      'a push that brought a commit.',
      'nothing: there is no commit to deploy. So that it starts no deploy, add `if: ${{ !github.event.deleted }}` to the job.',
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
        `a push to refs/heads/${branch}.`,
        afterQueue(queued),
      );
    }
    return refuse(
      'event-other-branch',
      `The push was to ${ref}.`,
      `a push to refs/heads/${branch}, the branch whose builds are deployed.`,
      `${onBranch('push', branch)}, or name this branch in the step: ${withInput('branch', other)}.`,
    );
  }
  // `after` of an annotated tag is the tag object, not the commit; `head_commit` is the commit.
  const head = payload.get('head_commit').get('id');
  const commit = commitOf(tagged && head.maybeText() ? head : payload.get('after'));
  return { kind: 'automatic', event: 'push', commit, branch };
}
