import type { AnswerHeaders } from '../lib/answer-headers.ts';
import { isCommit } from '../lib/commit.ts';
import {
  type Http,
  type HttpDeps,
  type HttpPolicy,
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
import { type Comparison, readComparison } from './comparison.ts';
import { githubApiUrl, linksOf } from './links.ts';
import { loadOctokit } from './octokit.ts';

export type { Commit, CompareStatus, Comparison } from './comparison.ts';

/** GitHub answered, but not with what it was asked for. */
export interface Refusal {
  readonly status: number;
  /** The first line of what it says about that. */
  readonly words: string;
}

/** What this action asks GitHub's REST API. */
export interface GitHub {
  /**
   * "Compare two commits"; needs `contents: read`.
   *
   * @returns how `head` stands to `base`, or in words why it cannot be known, and whether one of them may not be there.
   */
  readonly compare: (
    base: string,
    head: string,
  ) => Promise<Comparison | { readonly unknown: string; readonly missing?: boolean }>;
  /**
   * "List attestations", a page of them; needs `attestations: read`.
   *
   * @param after the page before.
   * @throws HttpError without an answer, UserError for one that is not JSON.
   */
  readonly attestations: (digest: string, after?: string) => Promise<AttestationPage | Refusal>;
  /**
   * The bundle of an attestation that the list has by its URL.
   *
   * @throws Error with the reason.
   */
  readonly bundle: (url: string) => Promise<object>;
  /**
   * "Get a commit": the id of a branch's newest one; needs `contents: read`.
   *
   * @throws HttpError without an answer.
   */
  readonly branchHead: (branch: string) => Promise<string | Refusal>;
}

export interface GitHubOptions {
  /** '' asks anonymously. */
  readonly token: string;
  readonly apiUrl: string;
  /** e.g. `owner/repo`. */
  readonly repository: string;
  readonly http: Http;
}

/** What a question to GitHub needs from outside. */
export interface GitHubDeps extends HttpDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** GitHub's API, asked about this run's repository (GitHub's docs, "Rate limits for the REST API"). */
export const githubOf = (deps: GitHubDeps, token: string, policy: HttpPolicy): GitHub =>
  makeGitHub({
    token,
    apiUrl: githubApiUrl(deps.env),
    repository: linksOf(deps).repository,
    http: makeHttp(deps, { ...policy, isTemporary: isRateLimit403 }),
  });

const largestAnswer = 64 * 1024 * 1024;

/** GitHub's REST API by octokit, whose requests go through `http`. It is loaded with the first question. */
export function makeGitHub({ token, apiUrl, repository, http }: GitHubOptions): GitHub {
  const [owner = '', repo = ''] = repository.split('/');

  /** A successful answer. Octokit's own reading of its body would hide what is not JSON. */
  const askWhole = async (
    question: (rest: Octokit['rest']) => Promise<OctokitAnswer>,
  ): Promise<{ readonly text: string; readonly link: string | undefined } | Refusal> => {
    // fetch would quote it in its error.
    if (/[^\x21-\x7e]/.test(token))
      throw new HttpError(apiUrl, 'not-sent', 'the token contains characters that no HTTP header can');
    try {
      const { GitHub: Octokit } = await loadOctokit();
      const octokit = new Octokit({
        ...(token !== '' && { auth: token }),
        baseUrl: withoutTrailing(apiUrl, '/'),
        userAgent,
        log: silent,
        request: { fetch: fetchBy(http), log: silent, parseSuccessResponseBody: false },
      });
      const { status, data, headers } = await question(octokit.rest);
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
  const ask = async (question: (rest: Octokit['rest']) => Promise<OctokitAnswer>) => {
    const answer = await askWhole(question);
    return 'text' in answer ? answer.text : answer;
  };

  return {
    compare: async (base, head) => {
      if (token === '') return { unknown: 'there is no `github-token`' };
      const notAsked = (why: string) => ({ unknown: `GitHub could not be asked (${why})` });
      try {
        // Without a page's number and size the last of the list, which ends at 250, is the newest of all.
        const answer = await ask((rest) =>
          rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}` }),
        );
        if (typeof answer === 'string') return readComparison(parseJsonObject(answer, 'GitHub’s comparison'));
        const { status, words } = answer;
        // Without the permission a private repository is not there at all.
        return status === 401 || status === 403 || status === 404
          ? {
              missing: status === 404,
              unknown: `GitHub answered ${status} to the comparison of ${base} and ${head}; the job needs\n  permissions:\n    contents: read\nand both commits must be there`,
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
          // The version whose answer contains the bundles themselves, where they are stored so.
          headers: { 'x-github-api-version': '2022-11-28' },
        }),
      );
      if ('text' in answer) return readAttestationPage(answer.text, answer.link);
      return answer.status === 404 ? { listed: [], next: undefined } : answer;
    },

    bundle: (url) => fetchBundle(http, apiUrl, url),

    branchHead: async (branch) => {
      // The media type whose answer is the id alone.
      const headers = { accept: 'application/vnd.github.sha' };
      const answer = await ask((rest) =>
        rest.repos.getCommit({ owner, repo, ref: `heads/${branch}`, headers }),
      );
      if (typeof answer !== 'string') return answer;
      const commit = answer.trim();
      return isCommit(commit) ? commit : { status: 200, words: 'its answer is not a commit' };
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

/** What octokit reads of a Response. Its `body` is the text, which octokit passes on as it is. */
interface OctokitResponse {
  readonly status: number;
  readonly url: string;
  readonly headers: AnswerHeaders;
  readonly body: string;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** fetch for octokit, with our own tries, time limits, redirects and largest body. */
const fetchBy =
  (http: Http) =>
  async (
    url: string,
    { headers }: { readonly headers: Record<string, string> },
  ): Promise<OctokitResponse> => {
    const { body, ...answer } = await http(url, { headers, limit: largestAnswer });
    const text = new TextDecoder().decode(body);
    return {
      ...{ status: answer.status, url: answer.url, headers: answer.headers, body: text },
      text: async () => text,
      arrayBuffer: async () => Uint8Array.from(body).buffer,
    };
  };
