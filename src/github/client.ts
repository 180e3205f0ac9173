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
import { type Json, parseJsonObject } from '../lib/json.ts';
import { withoutTrailing } from '../lib/text.ts';
import { baseUrl } from '../lib/url-policy.ts';
import { messageOf } from '../lib/user-error.ts';
import { linksOf } from './links.ts';

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
   * @returns how `head` stands to `base`, or in words why it cannot be known.
   */
  readonly compare: (base: string, head: string) => Promise<Comparison | { readonly unknown: string }>;
  /**
   * "List attestations", as bundles that nobody has verified; needs `attestations: read`.
   *
   * @throws HttpError without an answer, UserError for one that is not JSON.
   */
  readonly attestations: (digest: string) => Promise<readonly object[] | Refusal>;
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

/** @throws UserError when GITHUB_API_URL is not a URL that the token can go to. */
export const githubApiUrl = (env: GitHubDeps['env']): string =>
  baseUrl(env, 'GITHUB_API_URL', 'https://api.github.com');

/** GitHub's API, asked about this run's repository (GitHub's docs, "Rate limits for the REST API"). */
export const githubOf = (deps: GitHubDeps, token: string, policy: HttpPolicy): GitHub =>
  makeGitHub({
    token,
    apiUrl: githubApiUrl(deps.env),
    repository: linksOf(deps).repository,
    http: makeHttp(deps, { ...policy, isTemporary: isRateLimit403 }),
  });

/** A page shows no more of them. */
const mostCommits = 20;

const [mostAttestations, largestAnswer] = [30, 64 * 1024 * 1024];

/** GitHub's REST API by octokit, whose requests go through `http`. It is loaded with the first question. */
export function makeGitHub({ token, apiUrl, repository, http }: GitHubOptions): GitHub {
  const [owner = '', repo = ''] = repository.split('/');

  /** The body of a successful answer. Octokit's own reading of it would hide what is not JSON. */
  const ask = async (
    question: (rest: Octokit['rest']) => Promise<{ readonly status: number; readonly data: unknown }>,
  ): Promise<string | Refusal> => {
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
      const { status, data } = await question(octokit.rest);
      const text = await new Response(data as ReadableStream | null).text();
      return status === 200 ? text : { status, words: `GitHub answered ${status}` };
    } catch (error) {
      const { response, cause, message } = error as Partial<RequestError>;
      if (response !== undefined) return { status: response.status, words: message?.split('\n')[0] ?? '' };
      throw cause instanceof HttpError
        ? cause
        : new HttpError(apiUrl, 'lost', messageOf(error), { cause: error });
    }
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
              unknown: `GitHub answered ${status} to the comparison of ${base} and ${head}; the job needs\n  permissions:\n    contents: read\nand both commits must be there`,
            }
          : notAsked(words);
      } catch (error) {
        return notAsked(messageOf(error).split('\n')[0] ?? '');
      }
    },

    attestations: async (digest) => {
      const answer = await ask((rest) =>
        rest.repos.listAttestations({
          ...{ owner, repo, subject_digest: digest, per_page: mostAttestations },
          // The version whose answer contains the bundles themselves.
          headers: { 'x-github-api-version': '2022-11-28' },
        }),
      );
      if (typeof answer !== 'string') return answer.status === 404 ? [] : answer;
      return parseJsonObject(answer, 'GitHub’s list of attestations')
        .get('attestations')
        .items()
        .slice(0, mostAttestations)
        .map((each) => each.get('bundle').value)
        .filter((bundle) => typeof bundle === 'object' && bundle !== null);
    },

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
type RequestError = Error & { readonly response: { readonly status: number } };

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Loads octokit, which is slow. With it comes a reader of the event's file, which prints or throws where that is odd. */
async function loadOctokit() {
  const { GITHUB_EVENT_PATH: event } = process.env;
  delete process.env['GITHUB_EVENT_PATH'];
  try {
    return await import(/* webpackMode: "eager" */ '@actions/github/lib/utils');
  } finally {
    if (event !== undefined) process.env['GITHUB_EVENT_PATH'] = event;
  }
}

/** fetch for octokit, with our own tries, time limits, redirects and largest body. */
const fetchBy =
  (http: Http) =>
  async (url: string, { headers }: { readonly headers: Record<string, string> }): Promise<Response> => {
    const { status, headers: received, body } = await http(url, { headers, limit: largestAnswer });
    // Those never have a body, and Response takes none.
    return new Response([204, 205, 304].includes(status) ? null : body, { status, headers: received });
  };

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
