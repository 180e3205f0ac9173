import { type LoopbackServer, sendJson, serve } from '../lib/http.ts';
import { snappyBlock, snappyFrames } from '../lib/snappy.ts';

/** A commit of the branch `main`. */
interface SandboxCommit {
  readonly sha: string;
  readonly message?: string;
  /** undefined: the author's address does not belong to a GitHub account. */
  readonly login?: string;
  readonly name?: string;
}

/** The parts of GitHub's REST API that the action calls. */
export interface SandboxGitHub extends LoopbackServer {
  /** Commits of the branch `main`, oldest first, which comparisons use. */
  history: (string | SandboxCommit)[];
  /** Commits in the repository that are not on any branch. */
  readonly strayed: Set<string>;
  /** Bundles of attestations, by the digest of their subject. */
  readonly attestations: Map<string, unknown[]>;
  /**
   * How a list of attestations contains the bundles: inline, like GitHub's until July 2026, or by the URL of a file on
   * another host, in one of three encodings.
   */
  bundles: 'inline' | 'block' | 'frames' | 'json';
  /** The other host. Its URLs are signed, so it refuses tokens and other signatures. */
  readonly storage: LoopbackServer;
  /** The token that it accepts. Any other is answered like a missing permission. */
  token: string;
  /** The kind of account that owns the repository. Only an organization has deployment records. */
  owner: 'Organization' | 'User';
  /** Whether the token has `artifact-metadata: write`. Without it, GitHub answers 403, or hides artifacts with a 404. */
  recordsPermission: 'write' | 'denied' | 'hidden';
  /** The deployment records, by what identifies them. */
  readonly records: Map<string, SandboxRecord>;
}

/** A deployment record as it was sent, with the id that GitHub gave it. */
type SandboxRecord = Readonly<Record<string, unknown>> & { readonly id: number };

/** Starts GitHub's API, with the commits of `main`. */
export async function startGitHub(history: SandboxGitHub['history'] = []): Promise<SandboxGitHub> {
  const files = new Map<string, Buffer>();
  const storage = await serve(({ url, headers }, response) => {
    const file = files.get(url.pathname);
    const signed = url.searchParams.get('sig') === signature && headers['authorization'] === undefined;
    if (!signed || file === undefined) {
      response.writeHead(signed ? 404 : 403, { 'content-type': 'application/xml' });
      response.end('<Error/>');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-snappy' });
    response.end(file);
  });
  const api: Omit<SandboxGitHub, keyof LoopbackServer> = {
    strayed: new Set(),
    history: [...history],
    token: 'ghs_token-of-the-job',
    attestations: new Map(),
    bundles: 'block',
    storage,
    owner: 'Organization',
    recordsPermission: 'write',
    records: new Map(),
  };
  const server = await serve(({ method, url, headers, body }, response) => {
    const [, base = '', head = ''] =
      /\/compare\/(.+?)\.\.\.([^?]+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    const commits = api.history.map((commit) => (typeof commit === 'string' ? { sha: commit } : commit));
    const [from = -1, to = -1] = [base, head].map((id) => commits.findIndex(({ sha }) => sha.startsWith(id)));
    if (!['token', 'Bearer'].some((scheme) => headers['authorization'] === `${scheme} ${api.token}`))
      return sendJson(response, 403, { message: 'Resource not accessible by integration' });
    if (method === 'POST' && url.pathname === '/orgs/owner/artifacts/metadata/deployment-record') {
      const { status, ...answer } = record(api, JSON.parse(body.toString('utf8')));
      return sendJson(response, status, answer);
    }
    if (url.pathname === '/repos/owner/repo')
      return sendJson(response, 200, { full_name: 'owner/repo', owner: { login: 'owner', type: api.owner } });
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
      const all = api.attestations.get(decodeURIComponent(digest)) ?? [];
      const from = Number(url.searchParams.get('after') ?? 0);
      const size = Number(url.searchParams.get('per_page') ?? 30);
      const attestations = all.slice(from, from + size).map((bundle, n) => {
        if (api.bundles === 'inline') return { bundle, repository_id: 1 };
        const path = `/attestations/${from + n}.json.sn`;
        files.set(path, encoded[api.bundles](Buffer.from(JSON.stringify(bundle))));
        return { bundle: null, bundle_url: `${storage.origin}${path}?sig=${signature}`, repository_id: 1 };
      });
      url.searchParams.set('after', String(from + size));
      const more = from + size < all.length;
      if (more) response.setHeader('link', `<${url.href}>; rel="next"`);
      return sendJson(response, all.length === 0 ? 404 : 200, { attestations });
    }
    // Every branch is at `main`, and contains every commit that has not strayed.
    if (base.startsWith('refs/heads/')) {
      const status = api.strayed.has(head) ? 'diverged' : to === commits.length - 1 ? 'identical' : 'behind';
      return sendJson(response, 200, { status, base_commit: commitJson(commits.at(-1) ?? { sha: head }) });
    }
    // Every name is also a tag, at each commit that has not strayed.
    if (base.startsWith('refs/tags/'))
      return api.strayed.has(head)
        ? sendJson(response, 404, { message: 'Not Found' })
        : sendJson(response, 200, { status: 'identical', base_commit: commitJson({ sha: head }) });
    // Neither commit is on the branch.
    if (base === '' || (from < 0 && to < 0)) return sendJson(response, 404, { message: 'Not Found' });
    const status =
      from < 0 || to < 0 ? 'diverged' : from === to ? 'identical' : from < to ? 'ahead' : 'behind';
    // REST API, "Compare two commits": the last 250 commits of head that base does not have, oldest first.
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
  return Object.assign(api, server, {
    close: async () => {
      await Promise.all([server.close(), storage.close()]);
    },
  });
}

/** The longest texts of a deployment record, and the form of two of them (GitHub's OpenAPI description). */
const longest = {
  name: 256,
  logical_environment: 128,
  physical_environment: 128,
  cluster: 128,
  deployment_name: 256,
  github_repository: 100,
};
const forms = { digest: /^sha256:[0-9a-f]{64}$/, github_repository: /^[A-Za-z0-9._-]+$/ };

/** "Create an artifact deployment record": one with the same environments, cluster and deployment name is replaced. */
function record(
  api: Pick<SandboxGitHub, 'owner' | 'recordsPermission' | 'attestations' | 'records'>,
  sent: Readonly<Record<string, unknown>>,
): { readonly status: number } & Readonly<Record<string, unknown>> {
  if (api.recordsPermission === 'denied')
    return { status: 403, message: 'Resource not accessible by integration' };
  if (api.owner === 'User') return { status: 404, message: 'Not Found' };
  const textOf = (name: string) => String(sent[name] ?? '');
  const wrong = [
    ...Object.entries(longest).filter(([name, most]) => [...textOf(name)].length > most),
    ...Object.entries(forms).filter(([name, form]) => sent[name] !== undefined && !form.test(textOf(name))),
    ...['name', 'digest', 'status', 'logical_environment', 'deployment_name']
      .filter((name) => textOf(name) === '')
      .map((name) => [name]),
  ].map(([name]) => name);
  if (wrong.length > 0)
    return { status: 422, message: `Invalid request.\n\n${wrong.join(', ')} is not valid.` };
  const isKnown = sent['github_repository'] !== undefined || api.attestations.has(textOf('digest'));
  if (api.recordsPermission === 'hidden' || !isKnown) return { status: 404, message: 'no artifacts found' };
  const key = ['logical_environment', 'physical_environment', 'cluster', 'deployment_name']
    .map(textOf)
    .join('\n');
  const id = api.records.get(key)?.id ?? 100 + api.records.size;
  api.records.set(key, { ...sent, id });
  return { status: 200, total_count: 1, deployment_records: [{ ...sent, id, attestation_id: null }] };
}

/** The part of a bundle's URL that makes it a secret. */
export const signature = 'signature-of-the-storage';

const encoded = { block: snappyBlock, frames: snappyFrames, json: (plain: Buffer) => plain };

const commitJson = ({ sha, message = `Commit ${sha.slice(0, 7)}`, login, name }: SandboxCommit) => ({
  sha,
  html_url: `https://github.com/owner/repo/commit/${sha}`,
  commit: { message, author: { name: name ?? login ?? 'Somebody', date: '2026-11-24T07:58:00Z' } },
  author: login === undefined ? null : { login, type: 'User' },
});
