import type { Fetch } from '../lib/http.ts';
import { Json } from '../lib/json.ts';
import { messageOf } from '../lib/user-error.ts';
import { isCommit } from '../registry/reference.ts';

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

export interface GitHub {
  /** @returns how `head` stands to `base`, or in words why it cannot be known. */
  readonly compare: (base: string, head: string) => Promise<Comparison | { readonly unknown: string }>;
}

/** A page shows no more of them. */
const mostCommits = 20;

/**
 * GitHub's REST API, "Compare two commits"; needs `contents: read`. Slow to load and seldom needed: so it is loaded
 * when it is asked for something.
 */
export function makeGitHub(token: string, apiUrl: string, repository: string, fetch: Fetch): GitHub {
  const [owner = '', repo = ''] = repository.split('/');
  return {
    compare: async (base, head) => {
      if (token === '') return { unknown: 'there is no `github-token`' };
      try {
        const { getOctokit } = await import(/* webpackMode: "eager" */ '@actions/github');
        const octokit = getOctokit(token, {
          baseUrl: apiUrl,
          request: { fetch, signal: AbortSignal.timeout(15_000) },
        });
        // Without a page's number and size the last of the list, which ends at 250, is the newest of all.
        const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
          owner,
          repo,
          basehead: `${base}...${head}`,
        });
        return readComparison(new Json(data, 'GitHub’s comparison'));
      } catch (error) {
        const status = (error as { status?: unknown }).status;
        // Without the permission a private repository is not there at all.
        if (status === 401 || status === 403 || status === 404) {
          return {
            unknown: `GitHub answered ${status} to the comparison of ${base} and ${head}; the job needs\n  permissions:\n    contents: read\nand both commits must be there`,
          };
        }
        return { unknown: `GitHub could not be asked (${messageOf(error).split('\n')[0]})` };
      }
    },
  };
}

const orders: readonly CompareStatus[] = ['identical', 'ahead', 'behind', 'diverged'];

function readComparison(json: Json): Comparison | { readonly unknown: string } {
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
