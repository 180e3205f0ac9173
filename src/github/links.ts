import { withoutTrailing } from '../lib/text.ts';
import { baseUrl } from '../lib/url-policy.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The GitHub server, repository and run that a step belongs to. */
export interface Links {
  /** e.g. `https://github.com`. */
  readonly server: string;
  /** e.g. `owner/repo`. */
  readonly repository: string;
  /** e.g. `https://github.com/owner/repo`. */
  readonly repositoryUrl: string;
  /** The number of this workflow run; undefined if the runner does not set it. */
  readonly runId?: string | undefined;
}

/** Reads the runner's variables (GitHub's docs, "Default environment variables"). */
export function linksOf({ env }: { readonly env: Env }): Links {
  const server = withoutTrailing(env['GITHUB_SERVER_URL'] || 'https://github.com', '/');
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  return { server, repository, repositoryUrl: `${server}/${repository}`, runId: env['GITHUB_RUN_ID'] };
}

/** @throws UserError when GITHUB_API_URL is not a URL that the token can go to. */
export const githubApiUrl = (env: Env): string => baseUrl(env, 'GITHUB_API_URL', 'https://api.github.com');
