import { createHash } from 'node:crypto';
import { bodyOf, type JsonObject, type LoopbackServer, sendJson, serve } from '../lib/http.ts';

interface Asset {
  readonly id: number;
  readonly name: string;
  state: string;
  digest: string;
}

interface Release {
  readonly id: number;
  tag_name: string;
  target_commitish: string;
  body: string;
  draft: boolean;
  immutable: boolean;
  make_latest?: string;
  assets: Asset[];
}

/** The parts of GitHub's REST API that the release workflow calls. */
export interface SandboxReleasing extends LoopbackServer {
  /** How `main` compares with a commit, by the commit. Others are not found. */
  readonly comparisons: Map<string, 'ahead' | 'behind' | 'diverged' | 'identical'>;
  /** Check runs of each commit. */
  readonly checks: Map<string, JsonObject[]>;
  /** Commits of the tags. */
  readonly tags: Map<string, string>;
  /** Objects of annotated tags, by their SHA: the commit. */
  readonly annotated: Map<string, string>;
  readonly releases: Release[];
  /** Whether the repository makes published releases immutable. */
  immutable: boolean;
  /** Whether the workflows of the commit to tag differ from those of each branch. Only the app's token can tag it then. */
  differs: boolean;
  /** Whether a ruleset lets only maintainers and the app create tags. */
  restricted: boolean;
  /** The token of the run, and that of the GitHub App. */
  readonly token: string;
  readonly appToken: string;
}

export async function startReleasing(): Promise<SandboxReleasing> {
  let nextId = 1;
  const state: Omit<SandboxReleasing, keyof LoopbackServer> = {
    comparisons: new Map(),
    checks: new Map(),
    tags: new Map(),
    annotated: new Map(),
    releases: [],
    immutable: true,
    differs: false,
    restricted: false,
    token: 'ghs_token-of-the-run',
    appToken: 'ghs_token-of-the-app',
  };
  let origin = '';
  const shown = (release: Release): JsonObject => ({
    ...release,
    html_url: `https://github.com/owner/repo/releases/tag/${release.tag_name}`,
    upload_url: `${origin}/uploads/${release.id}/assets{?name,label}`,
  });
  const server = await serve((request, response) => {
    const { method, url, headers } = request;
    const path = url.pathname.replace(/^\/repos\/owner\/repo/, '');
    const isApp = headers['authorization'] === `Bearer ${state.appToken}`;
    const answer = (status: number, body: unknown) => sendJson(response, status, body);
    const missing = () => answer(404, { message: 'Not Found' });
    const forbidden = () => answer(403, { message: 'Resource not accessible by integration' });
    if (!isApp && headers['authorization'] !== `Bearer ${state.token}`)
      return answer(401, { message: 'Bad credentials' });
    const page = <T>(all: readonly T[]): T[] => {
      const size = Number(url.searchParams.get('per_page') ?? 30);
      const from = (Number(url.searchParams.get('page') ?? 1) - 1) * size;
      return all.slice(from, from + size);
    };
    /** Sets a tag. GitHub refuses it for the token of a run if workflows differ. */
    const tag = (name: string, sha: string): boolean => {
      if (state.differs && !isApp) return false;
      state.tags.set(name, sha);
      return true;
    };

    const compared = /^\/compare\/main\.\.\.(\w+)$/.exec(path)?.[1];
    if (compared !== undefined) {
      const status = state.comparisons.get(compared);
      return status === undefined ? missing() : answer(200, { status });
    }
    const checked = /^\/commits\/(\w+)\/check-runs$/.exec(path)?.[1];
    if (checked !== undefined) {
      const all = state.checks.get(checked) ?? [];
      return answer(200, { total_count: all.length, check_runs: page(all) });
    }
    const named = /^\/git\/ref\/tags\/(.+)$/.exec(path)?.[1];
    if (named !== undefined) {
      const sha = state.tags.get(named);
      if (sha === undefined) return missing();
      return answer(200, { object: { sha, type: state.annotated.has(sha) ? 'tag' : 'commit' } });
    }
    const object = /^\/git\/tags\/(\w+)$/.exec(path)?.[1];
    if (object !== undefined) return answer(200, { object: { sha: state.annotated.get(object) } });
    if (method === 'POST' && path === '/git/refs') {
      const { ref, sha } = bodyOf(request);
      const name = String(ref).replace('refs/tags/', '');
      if (state.tags.has(name)) return answer(422, { message: 'Reference already exists' });
      return tag(name, String(sha)) ? answer(201, { ref }) : forbidden();
    }
    const moved = /^\/git\/refs\/tags\/(.+)$/.exec(path)?.[1];
    if (method === 'PATCH' && moved !== undefined)
      return tag(moved, String(bodyOf(request)['sha'])) ? answer(200, {}) : forbidden();

    if (path === '/releases' && method === 'GET') return answer(200, page(state.releases).map(shown));
    if (path === '/releases' && method === 'POST') {
      const { tag_name, target_commitish, body } = bodyOf(request) as unknown as Release;
      const release = {
        id: nextId++,
        tag_name,
        target_commitish,
        body,
        draft: true,
        immutable: false,
        assets: [],
      };
      state.releases.push(release);
      return answer(201, shown(release));
    }
    const byTag = /^\/releases\/tags\/(.+)$/.exec(path)?.[1];
    if (byTag !== undefined) {
      const found = state.releases.find(({ draft, tag_name }) => !draft && tag_name === byTag);
      return found === undefined ? missing() : answer(200, shown(found));
    }
    const release = state.releases.find(({ id }) => path === `/releases/${id}`);
    if (release !== undefined && method === 'PATCH') {
      if (release.immutable) return answer(422, { message: 'Cannot change an immutable release' });
      const changes = bodyOf(request) as Partial<Release>;
      if (changes.draft === false && !state.tags.has(release.tag_name)) {
        // As GitHub answers it: github.com/dequelabs/axe-core-nuget, pull request 272.
        if (state.restricted && !isApp)
          return answer(422, {
            message: 'Validation Failed',
            errors: [
              {
                resource: 'Release',
                code: 'custom',
                field: 'pre_receive',
                message:
                  'pre_receive Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n',
              },
              { resource: 'Release', code: 'custom', message: 'Published releases must have a valid tag' },
            ],
          });
        if (!tag(release.tag_name, release.target_commitish)) return forbidden();
      }
      Object.assign(release, changes, { immutable: changes.draft === false && state.immutable });
      return answer(200, shown(release));
    }
    const uploading = /^\/uploads\/(\d+)\/assets$/.exec(path)?.[1];
    const target = state.releases.find(({ id }) => String(id) === uploading);
    if (target !== undefined && method === 'POST') {
      const assetName = url.searchParams.get('name') ?? '';
      if (target.immutable || target.assets.some(({ name }) => name === assetName))
        return answer(422, { message: 'Validation Failed' });
      const digest = `sha256:${createHash('sha256').update(request.body).digest('hex')}`;
      const asset = { id: nextId++, name: assetName, state: 'uploaded', digest };
      target.assets.push(asset);
      return answer(201, asset);
    }
    const deleted = /^\/releases\/assets\/(\d+)$/.exec(path)?.[1];
    const owner = state.releases.find(({ assets }) => assets.some(({ id }) => String(id) === deleted));
    if (owner !== undefined && method === 'DELETE') {
      if (owner.immutable) return answer(422, { message: 'Cannot change an immutable release' });
      owner.assets = owner.assets.filter(({ id }) => String(id) !== deleted);
      response.writeHead(204);
      response.end();
      return;
    }
    missing();
  });
  origin = server.origin;
  return Object.assign(state, server);
}
