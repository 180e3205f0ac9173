import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import type { CodeOf } from './events.ts';
import type { EventRules, Refusal, Refuse, Trigger } from './types.ts';

/**
 * A release that was published. The commit is that of its tag, which is GITHUB_SHA: `target_commitish` may be a branch.
 *
 * @throws UserError when the payload names no tag, or the runner no commit.
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
      'a release that is published: a draft may still change, and its tag may not exist.',
      '`on: release: types: [published]`',
    );
  }
  if (!isCommit(sha)) throw payload.get('GITHUB_SHA').error('a commit id in GITHUB_SHA');
  return { kind: 'automatic', event: 'release', commit: sha, branch };
}
