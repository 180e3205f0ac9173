import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import type { CodeOf } from './events.ts';
import type { EventRules, Refusal, Refuse, Trigger } from './types.ts';

/**
 * A release was published. The commit is GITHUB_SHA, which is its tag's; `target_commitish` can be a branch.
 *
 * @throws UserError when the payload does not name a tag, or the runner does not name a commit.
 */
export function readRelease(
  payload: Json,
  branch: string,
  { sha = '' }: EventRules,
  refuse: Refuse<CodeOf<'release'>>,
): Trigger | Refusal {
  const release = payload.get('release');
  const tag = release.get('tag_name').text();
  if (release.get('draft').value === true) {
    return refuse(
      'event-release-draft',
      `The release of tag "${tag}" is a draft.`,
      'A published release: a draft can still change, and its tag might not exist yet.',
      'Start this workflow when the release is published: `on: release: types: [published]`',
    );
  }
  if (!isCommit(sha)) throw payload.get('GITHUB_SHA').error('A commit id in GITHUB_SHA');
  return { kind: 'automatic', event: 'release', commit: sha, branch };
}
