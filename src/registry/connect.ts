import { type HttpDeps, makeHttp, policies } from '../lib/http.ts';
import type { LineLog } from '../lib/line-log.ts';
import { type DockerDeps, dockerLogin } from './docker-config.ts';
import { flyRepository, registryQuirks } from './hosts.ts';
import { formatReference, type Repository } from './reference.ts';
import { type Login, type PasswordLogin, Session } from './session.ts';
import { saidOf, tokenMask } from './token-mask.ts';

/** The dependencies of a connection to a registry. */
export interface RegistryDeps extends HttpDeps, DockerDeps {
  readonly log: LineLog;
}

/** The logins with which a repository can be read. */
export interface Credentials {
  /** The repository that the inputs' logins are for. */
  readonly image: Pick<Repository, 'host'>;
  readonly registryLogin: PasswordLogin | undefined;
  /** The job's token, if the image is in GitHub's registry. */
  readonly githubLogin: PasswordLogin | undefined;
  readonly flyLogin: PasswordLogin;
}

/** How long a session continues after the time to wait for an image is over, in milliseconds. */
const spare = 3 * 60_000;
/** The time limit for the copy of a large image, in milliseconds. */
const longestCopy = 60 * 60_000;

/** A session that reads a repository: first anonymously, then with the inputs' login, else Docker's, else the job's token. */
export function sourceSession(
  deps: RegistryDeps,
  credentials: Credentials,
  repository: Repository,
  waitForImage: number,
): Session {
  const { image, registryLogin, githubLogin, flyLogin } = credentials;
  const own = flyRepository('', deps.env);
  return new Session({
    repository,
    login: async () => {
      // The inputs' logins are for the registry of `image`. Images in Fly.io's registry, such as an earlier copy, are read
      // with the Fly.io token.
      const isInputs = repository.host === image.host;
      const login =
        (isInputs ? registryLogin : undefined) ??
        (repository.host === own.host ? flyLogin : await dockerLogin(repository.host, deps));
      if (login !== undefined) deps.log.mask(secretIn(login));
      return login ?? (isInputs ? githubLogin : undefined);
    },
    http: registryHttp(deps, waitForImage + spare),
    ...masksOf(deps, repository),
  });
}

/** A session that writes to Fly.io's registry. */
export const flySession = (deps: RegistryDeps, login: PasswordLogin, repository: Repository): Session =>
  new Session({
    repository,
    login: async () => login,
    http: registryHttp(deps, longestCopy),
    ...masksOf(deps, repository),
    actions: 'pull,push',
    as: ['login'],
  });

const masksOf = ({ env, log }: RegistryDeps, repository: Repository) => ({
  mask: log.mask,
  maskToken: tokenMask({ mask: log.mask, said: [formatReference(repository), ...saidOf(env)] }),
});

const secretIn = (login: Login): string => ('identityToken' in login ? login.identityToken : login.password);

const registryHttp = (deps: RegistryDeps, allTime: number) =>
  makeHttp(deps, { ...policies.registry, ...registryQuirks, allTime });
