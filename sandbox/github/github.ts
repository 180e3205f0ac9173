import { type LoopbackServer, sendJson, serve } from '../lib/http.ts';

/** A commit of the branch `main`. */
interface SandboxCommit {
  readonly sha: string;
  readonly message?: string;
  /** undefined: the author's address belongs to no GitHub account. */
  readonly login?: string;
  readonly name?: string;
}

/** GitHub's REST API, as far as the action calls it. */
export interface SandboxGitHub extends LoopbackServer {
  /** Commits of the branch `main`, the oldest first, from which comparisons are answered. */
  history: (string | SandboxCommit)[];
  /** Bundles of attestations, by the digest of their subject. */
  readonly attestations: Map<string, unknown[]>;
  /** The token that it accepts; any other is answered like a missing permission. */
  token: string;
}

/** Starts GitHub's API, with the commits of `main`. */
export async function startGitHub(history: SandboxGitHub['history'] = []): Promise<SandboxGitHub> {
  const api: Pick<SandboxGitHub, 'history' | 'token' | 'attestations'> = {
    history: [...history],
    token: 'ghs_token-of-the-job',
    attestations: new Map(),
  };
  const server = await serve(({ url, headers }, response) => {
    const [, base = '', head = ''] = /\/compare\/([^.]+)\.\.\.([^?]+)$/.exec(url.pathname) ?? [];
    const commits = api.history.map((commit) => (typeof commit === 'string' ? { sha: commit } : commit));
    const [from = -1, to = -1] = [base, head].map((id) => commits.findIndex(({ sha }) => sha.startsWith(id)));
    if (!['token', 'Bearer'].some((scheme) => headers['authorization'] === `${scheme} ${api.token}`))
      return sendJson(response, 403, { message: 'Resource not accessible by integration' });
    const ref = /\/commits\/([^/]+)$/.exec(url.pathname)?.[1];
    if (ref !== undefined) {
      const id = decodeURIComponent(ref) === 'heads/main' ? commits.at(-1)?.sha : undefined;
      if (id === undefined || headers['accept'] !== 'application/vnd.github.sha')
        return sendJson(response, 422, { message: `No commit found for SHA: ${decodeURIComponent(ref)}` });
      response.writeHead(200, { 'content-type': 'application/vnd.github.sha; charset=utf-8' });
      response.end(id);
      return;
    }
    const digest = /\/attestations\/(.+)$/.exec(url.pathname)?.[1];
    if (digest !== undefined) {
      const bundles = api.attestations.get(decodeURIComponent(digest)) ?? [];
      const attestations = bundles.map((bundle) => ({ bundle, repository_id: 1 }));
      return sendJson(response, attestations.length === 0 ? 404 : 200, { attestations });
    }
    // Neither commit is on the branch.
    if (base === '' || (from < 0 && to < 0)) return sendJson(response, 404, { message: 'Not Found' });
    const status =
      from < 0 || to < 0 ? 'diverged' : from === to ? 'identical' : from < to ? 'ahead' : 'behind';
    // REST API, "Compare two commits": the commits of head that base does not have, the oldest first, the last 250 of them.
    const between = status === 'ahead' ? commits.slice(from + 1, to + 1) : [];
    sendJson(response, 200, {
      base_commit: commitJson(commits[from] ?? { sha: base.padEnd(40, '0') }),
      status,
      ahead_by: Math.max(to - from, 0),
      behind_by: Math.max(from - to, 0),
      total_commits: between.length,
      commits: between.slice(-250).map(commitJson),
    });
  });
  return Object.assign(api, server);
}

const commitJson = ({ sha, message = `Commit ${sha.slice(0, 7)}`, login, name }: SandboxCommit) => ({
  sha,
  html_url: `https://github.com/owner/repo/commit/${sha}`,
  commit: { message, author: { name: name ?? login ?? 'Somebody', date: '2026-11-24T07:58:00Z' } },
  author: login === undefined ? null : { login, type: 'User' },
});
