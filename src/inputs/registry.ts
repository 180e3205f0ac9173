import { githubApiUrl } from '../github/links.ts';
import { UserError } from '../lib/user-error.ts';
import { takesGithubToken } from '../registry/hosts.ts';
import type { PasswordLogin } from '../registry/session.ts';
import type { InputReader } from './read.ts';

/** As whom registries and GitHub are asked, and what is mirrored. */
export interface RegistryInputs {
  /** The login that the inputs give. */
  readonly registryLogin: PasswordLogin | undefined;
  /** The job's own token as a login, where the image is in GitHub's registry. */
  readonly githubLogin: PasswordLogin | undefined;
  readonly githubToken: string;
  readonly mirror: 'auto' | 'always' | 'never';
}

/** @param imageHost the registry of the input `image`. */
export function readRegistryInputs(reader: InputReader, imageHost: string): RegistryInputs {
  const { env } = reader.source;
  const [username, password] = [reader.text('registry-username'), reader.text('registry-password')];
  if (username !== undefined && password === undefined) {
    reader.problems.push(
      new UserError({
        code: 'input-conflict',
        found: 'The input `registry-username` is set and `registry-password` is not.',
        expected: 'both, or neither: then the job’s actor and `github-token` are used.',
        fix: '`with: registry-password: ${{ secrets.… }}`',
        input: 'registry-username',
      }),
    );
  }
  const actor = env['GITHUB_ACTOR'] || 'x';
  const githubToken = reader.text('github-token') ?? '';
  // Each token has a place to go to, before anything is asked.
  reader.check('github-token', () => githubApiUrl(env), '');
  const shown = githubToken !== '' && takesGithubToken(imageHost, env);
  return {
    registryLogin: password === undefined ? undefined : { username: username ?? actor, password },
    githubLogin: shown ? { username: actor, password: githubToken } : undefined,
    githubToken,
    mirror: reader.choice('mirror', ['auto', 'always', 'never']),
  };
}
