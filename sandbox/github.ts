import { type LoopbackServer, sendJson, serve } from './http.ts';

/** GitHub's REST API, as much of it as is asked for. */
export interface SandboxGitHub extends LoopbackServer {
  /** Commits of the branch `main`, the oldest first: what comparing two of them is answered from. */
  history: string[];
  /** Bundles of attestations by the digest that they are about. */
  readonly attestations: Map<string, unknown[]>;
  /** The token that it accepts; any other gets what a missing permission gets. */
  token: string;
}

/** Starts it with one branch of commits. */
export async function startGitHub(history: readonly string[] = []): Promise<SandboxGitHub> {
  const api: Pick<SandboxGitHub, 'history' | 'token' | 'attestations'> = {
    history: [...history],
    token: 'ghs_token-of-the-job',
    attestations: new Map(),
  };
  const server = await serve(({ url, headers }, response) => {
    const [, base = '', head = ''] = /\/compare\/([^.]+)\.\.\.([^?]+)$/.exec(url.pathname) ?? [];
    const [from, to] = [base, head].map((id) => api.history.findIndex((commit) => commit.startsWith(id)));
    if (!['token', 'Bearer'].some((scheme) => headers['authorization'] === `${scheme} ${api.token}`))
      return sendJson(response, 403, { message: 'Resource not accessible by integration' });
    const ref = /\/commits\/([^/]+)$/.exec(url.pathname)?.[1];
    if (ref !== undefined) {
      const id = decodeURIComponent(ref) === 'heads/main' ? api.history.at(-1) : undefined;
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
    // A commit that the branch does not have came from elsewhere, or is gone.
    if (from === undefined || to === undefined || base === '')
      return sendJson(response, 404, { message: 'Not Found' });
    if (from < 0 && to < 0) return sendJson(response, 404, { message: 'Not Found' });
    const status =
      from < 0 || to < 0 ? 'diverged' : from === to ? 'identical' : from < to ? 'ahead' : 'behind';
    sendJson(response, 200, {
      status,
      ahead_by: Math.max(to - from, 0),
      behind_by: Math.max(from - to, 0),
      commits: [],
    });
  });
  return Object.assign(api, server);
}
