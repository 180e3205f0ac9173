import { messageOf } from './fault.ts';

/** Which way from one commit to another: GitHub's word of the second, seen from the first. */
export type CommitOrder = 'identical' | 'ahead' | 'behind' | 'diverged';

export interface GitHub {
  /**
   * Compares two commits (REST API, "Compare two commits"; needs `contents: read`).
   *
   * @returns how `head` stands to `base`, or in words why it cannot be known.
   */
  readonly compare: (base: string, head: string) => Promise<CommitOrder | { readonly unknown: string }>;
}

/** Slow to load and seldom needed: so it is loaded when it is asked for something. */
export function makeGitHub(token: string, apiUrl: string, repository: string): GitHub {
  const [owner = '', repo = ''] = repository.split('/');
  return {
    compare: async (base, head) => {
      if (token === '') return { unknown: 'there is no `github-token`' };
      try {
        const { getOctokit } = await import(/* webpackMode: "eager" */ '@actions/github');
        const octokit = getOctokit(token, {
          baseUrl: apiUrl,
          request: { signal: AbortSignal.timeout(15_000) },
        });
        const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
          owner,
          repo,
          basehead: `${base}...${head}`,
          per_page: 1,
        });
        return data.status;
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
