import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';

/** How the second commit relates to the first, in GitHub's terms. */
export type CompareStatus = 'identical' | 'ahead' | 'behind' | 'diverged';

/** A commit as GitHub lists it. Its author controls its texts. */
export interface Commit {
  readonly sha: string;
  /** The first line of its message. */
  readonly subject: string;
  /** The author's login on GitHub, or without one the name in the commit; '' without either. */
  readonly author: string;
}

/** How `head` compares with `base`. */
export interface Comparison {
  readonly status: CompareStatus;
  /** The full id of `base`, which can have been given short; undefined if GitHub's answer does not contain it. */
  readonly base: string | undefined;
  /** The commits of `head` that are not in `base`: the newest first, at most `mostCommits`. */
  readonly commits: readonly Commit[];
  /** The number of all commits of `head` that are not in `base`. */
  readonly ahead: number;
  /** The number of commits of `base` that are not in `head`. */
  readonly behind: number;
}

/** The most commits that a summary shows. */
const mostCommits = 20;

const orders: readonly CompareStatus[] = ['identical', 'ahead', 'behind', 'diverged'];

/** Why there is no comparison. */
export interface NotCompared {
  /** The reason as a clause. */
  readonly unknown: string;
  /** `denied`: GitHub refused, or did not find a commit; `no-token`: the step has none; `no-answer`: anything else. */
  readonly because: 'denied' | 'no-token' | 'no-answer';
  /** GitHub answered 404. */
  readonly missing?: boolean;
}

/** Reads GitHub's comparison. */
export function readComparison(json: Json): Comparison | NotCompared {
  const order = orders.find((each) => each === json.get('status').value);
  if (order === undefined) return { unknown: 'GitHub’s answer is not a comparison', because: 'no-answer' };
  const base = json.get('base_commit').get('sha').maybeText();
  const commits = json.get('commits').items().reverse().slice(0, mostCommits);
  return {
    status: order,
    base: base !== undefined && isCommit(base) ? base : undefined,
    commits: commits.map(readCommit).filter(({ sha }) => isCommit(sha)),
    ahead: json.get('ahead_by').maybeNumber() ?? json.get('total_commits').maybeNumber() ?? commits.length,
    behind: json.get('behind_by').maybeNumber() ?? 0,
  };
}

function readCommit(json: Json): Commit {
  const commit = json.get('commit');
  return {
    sha: json.get('sha').maybeText() ?? '',
    subject:
      commit
        .get('message')
        .maybeText()
        ?.trimStart()
        .split(/[\r\n]/)[0] ?? '',
    author: json.get('author').get('login').maybeText() ?? commit.get('author').get('name').maybeText() ?? '',
  };
}
