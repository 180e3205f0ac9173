import { githubApiUrl } from '../github/links.ts';
import { UserError } from '../lib/user-error.ts';
import { takesGithubToken } from '../registry/hosts.ts';
import type { PasswordLogin } from '../registry/session.ts';
import type { InputReader } from './read.ts';

/** The credentials for registries and GitHub, and whether to mirror the image. */
export interface RegistryInputs {
  /** The login from the inputs. */
  readonly registryLogin: PasswordLogin | undefined;
  /** The job's token as a login, if the image is in GitHub's registry. */
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
        found: 'The input `registry-username` is set, but `registry-password` is empty.',
        expected: 'Both inputs, or neither to use the job’s actor and `github-token`.',
        fix: 'Add `with: registry-password: ${{ secrets.REGISTRY_PASSWORD }}`, with the name of your secret.',
        input: 'registry-username',
      }),
    );
  }
  const actor = env['GITHUB_ACTOR'] || 'x';
  const githubToken = reader.text('github-token') ?? '';
  // Checks the URL that the token is sent to, before any request.
  reader.check('github-token', () => githubApiUrl(env), '');
  const shown = githubToken !== '' && takesGithubToken(imageHost, env);
  return {
    registryLogin: password === undefined ? undefined : { username: username ?? actor, password },
    githubLogin: shown ? { username: actor, password: githubToken } : undefined,
    githubToken,
    mirror: reader.choice('mirror', ['auto', 'always', 'never']),
  };
}
