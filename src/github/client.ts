import { isCommit } from '../lib/commit.ts';
import {
  type Http,
  type HttpDeps,
  type HttpOptions,
  isRateLimit403,
  makeHttp,
  userAgent,
} from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { parseJsonObject } from '../lib/json.ts';
import { withoutTrailing } from '../lib/text.ts';
import { messageOf } from '../lib/user-error.ts';
import {
  type AttestationPage,
  attestationsOnPage,
  fetchBundle,
  readAttestationPage,
} from './attestations.ts';
import { type Comparison, type NotCompared, readComparison } from './comparison.ts';
import { type DeploymentRecord, readOwnerType, readRecordId, recordsVersion } from './deployment-record.ts';
import { githubApiUrl, linksOf } from './links.ts';
import { fetchBy, loadOctokit } from './octokit.ts';

export type { Commit, CompareStatus, Comparison, NotCompared } from './comparison.ts';

/** An answer of GitHub that is not the requested result. */
export interface Refusal {
  readonly status: number;
  /** The first line of GitHub's message. */
  readonly words: string;
}

/** The requests of this action to GitHub's REST API. */
export interface GitHub {
  /**
   * "Compare two commits"; needs `contents: read`.
   *
   * @returns how `head` compares with `base`, or a clause that explains why that is unknown, and whether one of them might not
   *   exist.
   */
  readonly compare: (base: string, head: string) => Promise<Comparison | NotCompared>;
  /**
   * "List attestations", a page of them; needs `attestations: read`.
   *
   * @param after the cursor that the previous page returned.
   * @throws HttpError without an answer, UserError for one that is not JSON.
   */
  readonly attestations: (digest: string, after?: string) => Promise<AttestationPage | Refusal>;
  /**
   * The bundle of an attestation that the list contains as a URL.
   *
   * @throws Error with the reason.
   */
  readonly bundle: (url: string) => Promise<object>;
  /**
   * "Get a commit": the id of a branch's newest commit; needs `contents: read`.
   *
   * @throws HttpError without an answer.
   */
  readonly branchHead: (branch: string) => Promise<string | Refusal>;
  /**
   * "Create an artifact deployment record", or replace it; needs `artifact-metadata: write`.
   *
   * @returns the record's id, if the answer contains it.
   * @throws HttpError without an answer.
   */
  readonly record: (record: DeploymentRecord) => Promise<{ readonly id: number | undefined } | Refusal>;
  /**
   * "Get a repository": the kind of account that owns it, `User` or `Organization`.
   *
   * @throws HttpError without an answer.
   */
  readonly ownerType: () => Promise<string | undefined>;
}

export interface GitHubOptions {
  /** '' for anonymous requests. */
  readonly token: string;
  readonly apiUrl: string;
  /** e.g. `owner/repo`. */
  readonly repository: string;
  readonly http: Http;
}

/** The dependencies of a request to GitHub. */
export interface GitHubDeps extends HttpDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** GitHub's API for this run's repository (GitHub's docs, "Rate limits for the REST API"). */
export const githubOf = (deps: GitHubDeps, token: string, policy: HttpOptions): GitHub =>
  makeGitHub({
    token,
    apiUrl: githubApiUrl(deps.env),
    repository: linksOf(deps).repository,
    http: makeHttp(deps, { ...policy, isTemporary: isRateLimit403 }),
  });

/** GitHub's REST API through octokit, which sends its requests with `http` and is loaded with the first request. */
export function makeGitHub({ token, apiUrl, repository, http }: GitHubOptions): GitHub {
  const [owner = '', repo = ''] = repository.split('/');

  /** Sends a request and reads the body as text: octokit's own parser would hide a body that is not JSON. */
  const askWhole = async (
    question: (rest: Octokit['rest'], request: Octokit['request']) => Promise<OctokitAnswer>,
  ): Promise<{ readonly text: string; readonly link: string | undefined } | Refusal> => {
    // fetch would quote the token in its error.
    if (/[^\x21-\x7e]/.test(token))
      throw new HttpError(
        apiUrl,
        'not-sent',
        'the token contains characters that are not allowed in an HTTP header',
      );
    try {
      const { GitHub: Octokit } = await loadOctokit();
      const octokit = new Octokit({
        ...(token !== '' && { auth: token }),
        baseUrl: withoutTrailing(apiUrl, '/'),
        userAgent,
        log: silent,
        request: { fetch: fetchBy(http), log: silent, parseSuccessResponseBody: false },
      });
      const { status, data, headers } = await question(octokit.rest, octokit.request);
      return status === 200
        ? { text: String(data), link: headers['link'] }
        : { status, words: `GitHub answered ${status}` };
    } catch (error) {
      const { response, cause, message } = error as Partial<RequestError>;
      if (response !== undefined) return { status: response.status, words: message?.split('\n')[0] ?? '' };
      throw cause instanceof HttpError
        ? cause
        : new HttpError(apiUrl, 'lost', messageOf(error), { cause: error });
    }
  };
  const ask = async (question: Parameters<typeof askWhole>[0]) => {
    const answer = await askWhole(question);
    return 'text' in answer ? answer.text : answer;
  };

  return {
    compare: async (base, head) => {
      if (token === '') return { unknown: 'there is no `github-token`', because: 'no-token' };
      const notAsked = (why: string): NotCompared => ({
        unknown: `the request to GitHub failed (${why})`,
        because: 'no-answer',
      });
      try {
        // Without a page number and size, GitHub lists up to 250 commits, and the last one is the newest.
        const answer = await ask((rest) =>
          rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}` }),
        );
        if (typeof answer === 'string') return readComparison(parseJsonObject(answer, 'GitHub’s comparison'));
        const { status, words } = answer;
        // Without the permission, GitHub answers 404 for a private repository.
        return status === 401 || status === 403 || status === 404
          ? {
              missing: status === 404,
              because: 'denied',
              unknown: `GitHub answered ${status} to the comparison of ${base} and ${head}. The job needs \`permissions: contents: read\`, and both commits must exist on GitHub`,
            }
          : notAsked(words);
      } catch (error) {
        return notAsked(messageOf(error).split('\n')[0] ?? '');
      }
    },

    attestations: async (digest, after) => {
      const answer = await askWhole((rest) =>
        rest.repos.listAttestations({
          ...{ owner, repo, subject_digest: digest, per_page: attestationsOnPage },
          ...(after !== undefined && { after }),
          // This version of the API includes the bundles in its answer, if GitHub stores them that way.
          headers: { 'x-github-api-version': '2022-11-28' },
        }),
      );
      if ('text' in answer) return readAttestationPage(answer.text, answer.link);
      return answer.status === 404 ? { listed: [], next: undefined } : answer;
    },

    bundle: (url) => fetchBundle(http, apiUrl, url),

    branchHead: async (branch) => {
      // With this media type, the answer is only the id.
      const headers = { accept: 'application/vnd.github.sha' };
      const answer = await ask((rest) =>
        rest.repos.getCommit({ owner, repo, ref: `heads/${branch}`, headers }),
      );
      if (typeof answer !== 'string') return answer;
      const commit = answer.trim();
      return isCommit(commit) ? commit : { status: 200, words: 'its answer is not a commit' };
    },

    record: async (record) => {
      const headers = { 'x-github-api-version': recordsVersion };
      const route = 'POST /orgs/{org}/artifacts/metadata/deployment-record';
      const answer = await ask((_, request) => request(route, { org: owner, ...record, headers }));
      if (typeof answer === 'string') return { id: readRecordId(answer) };
      return answer.status < 300 ? { id: undefined } : answer;
    },

    ownerType: async () => {
      const answer = await ask((rest) => rest.repos.get({ owner, repo }));
      return typeof answer === 'string' ? readOwnerType(answer) : undefined;
    },
  };
}

type Octokit = InstanceType<typeof import('@actions/github/lib/utils').GitHub>;
interface OctokitAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: { readonly link?: string };
}
type RequestError = Error & { readonly response: { readonly status: number } };

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
