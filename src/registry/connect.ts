import { type HttpDeps, makeHttp, policies } from '../lib/http.ts';
import type { LineLog } from '../lib/line-log.ts';
import { type DockerDeps, dockerLogin } from './docker-config.ts';
import { flyRepository, registryQuirks } from './hosts.ts';
import { formatReference, type Repository } from './reference.ts';
import { type Login, type PasswordLogin, Session } from './session.ts';
import { saidOf, tokenMask } from './token-mask.ts';

/** What a connection to a registry needs from outside. */
export interface RegistryDeps extends HttpDeps, DockerDeps {
  readonly log: LineLog;
}

/** As whom a repository may be read. */
export interface Credentials {
  /** The repository that the inputs' logins are for. */
  readonly image: Pick<Repository, 'host'>;
  readonly registryLogin: PasswordLogin | undefined;
  /** The job's own token, where the image is in GitHub's registry. */
  readonly githubLogin: PasswordLogin | undefined;
  readonly flyLogin: PasswordLogin;
}

/** A session gives up this long after the time that an image is waited for, in milliseconds. */
const spare = 3 * 60_000;
/** A copy of a large image may take so long, in milliseconds. */
const longestCopy = 60 * 60_000;

/** Reads a repository: anonymously, then with the inputs' login, else Docker's, else the job's own token. */
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
      // The inputs' logins are for the input `image`. What is in Fly.io's registry, such as an earlier copy, is read
      // with the token that wrote it.
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

/** Writes to Fly.io's registry. */
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
