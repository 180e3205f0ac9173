import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';

/** Which way from one commit to another: GitHub's word of the second, seen from the first. */
export type CompareStatus = 'identical' | 'ahead' | 'behind' | 'diverged';

/** A commit as GitHub lists it. Its texts are whoever wrote it's. */
export interface Commit {
  readonly sha: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Login at GitHub, or where it has none the name that stands in the commit; '' without either. */
  readonly author: string;
}

/** How `head` stands to `base`. */
export interface Comparison {
  readonly status: CompareStatus;
  /** The whole id of `base`, which may have been given short; undefined where GitHub does not say it. */
  readonly base: string | undefined;
  /** What `head` has and `base` has not: the newest first, and no more than `mostCommits`. */
  readonly commits: readonly Commit[];
  /** How many there are of those. */
  readonly ahead: number;
  /** How many `base` has and `head` has not. */
  readonly behind: number;
}

/** A page shows no more of them. */
const mostCommits = 20;

const orders: readonly CompareStatus[] = ['identical', 'ahead', 'behind', 'diverged'];

/** GitHub's answer, or in words why it is not one. */
export function readComparison(json: Json): Comparison | { readonly unknown: string } {
  const order = orders.find((each) => each === json.get('status').value);
  if (order === undefined) return { unknown: 'GitHub’s answer is no comparison' };
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
