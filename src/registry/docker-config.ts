import { posix, win32 } from 'node:path';
import { variable } from '../lib/environment.ts';
import { type Json, parseJsonObject } from '../lib/json.ts';
import type { LineLog } from '../lib/line-log.ts';
import type { FindProgram } from '../lib/program.ts';
import type { Ask } from '../lib/spawn.ts';
import { configKeyOf, namesOf } from './hosts.ts';
import type { Login } from './session.ts';

export interface DockerDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file as text; undefined if it does not exist. */
  readonly readFile: (path: string) => string | undefined;
  readonly findProgram: FindProgram;
  readonly platform: NodeJS.Platform;
  readonly ask: Ask;
  readonly log: Pick<LineLog, 'debug'>;
}

/**
 * The login for a registry that an earlier step such as docker/login-action stored in Docker's config: from the
 * credential helper that the file names for this registry or for all, else from the file's `auths` (docker/cli,
 * cli/config/configfile and docs "docker login").
 *
 * @throws UserError when the file is not JSON.
 */
export async function dockerLogin(host: string, deps: DockerDeps): Promise<Login | undefined> {
  const { readFile, log } = deps;
  const path = configPath(deps);
  const text = path === undefined ? undefined : readFile(path);
  if (path === undefined || text === undefined) return undefined;
  const config = parseJsonObject(text, `Docker’s config ${path}`, 'secret');
  const key = configKeyOf(host);

  const helper = config.get('credHelpers').get(key).maybeText() ?? config.get('credsStore').maybeText();
  if (helper !== undefined) {
    const login = await askHelper(helper, key, deps);
    if (login !== undefined) return login;
  }
  const auth = entryOf(config.get('auths'), host);
  if (auth === undefined) return undefined;
  const identityToken = auth.get('identitytoken').maybeText();
  if (identityToken !== undefined) return { identityToken };
  const pair = Buffer.from(auth.get('auth').maybeText() ?? '', 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  const [username, password] =
    colon > 0
      ? [pair.slice(0, colon), pair.slice(colon + 1).replace(/\0+$/, '')]
      : [auth.get('username').maybeText(), auth.get('password').maybeText()];
  if (username === undefined || password === undefined || password === '') return undefined;
  log.debug(`Using the login for ${host} from ${path}`);
  return { username, password };
}

/** Docker's config. The home of a user is `USERPROFILE` on Windows, also where Git's shell sets `HOME` (Go, os.UserHomeDir). */
function configPath({ env, platform }: Pick<DockerDeps, 'env' | 'platform'>): string | undefined {
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  const folder = variable(env, 'DOCKER_CONFIG', platform);
  if (folder) return join(folder, 'config.json');
  const home = variable(env, platform === 'win32' ? 'USERPROFILE' : 'HOME', platform) ?? '';
  return isAbsolute(home) ? join(home, '.docker', 'config.json') : undefined;
}

/** Keys of `auths` are hosts, or URLs in the old form: `https://ghcr.io`, `https://index.docker.io/v1/`. */
function entryOf(auths: Json, host: string): Json | undefined {
  const names = namesOf(host);
  const found = Object.keys((auths.value as object | undefined) ?? {}).find((key) =>
    names.includes(
      key
        .replace(/^https?:\/\//, '')
        .replace(/\/.*$/, '')
        .toLowerCase(),
    ),
  );
  return found === undefined ? undefined : auths.get(found);
}

/**
 * The variables that a credential helper does not get: inputs, the runner's tokens and files, and Fly.io's and GitHub's tokens.
 * It is a program that any step could have put on PATH. The variables that its own cloud needs are kept.
 */
const withheld = [
  /^(?:INPUT|ACTIONS|FLY)_/,
  /^(?:GITHUB|GH)_TOKEN$/,
  /^GITHUB_(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$/,
];

const helperEnvironment = (env: DockerDeps['env']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !withheld.some((pattern) => pattern.test(entry[0].toUpperCase())),
    ),
  );

/** The protocol of docker-credential-helpers: `get` with the key on stdin prints JSON; a helper without a login fails. */
async function askHelper(
  helper: string,
  key: string,
  { env, ask, findProgram, log }: DockerDeps,
): Promise<Login | undefined> {
  // The name comes from a file and becomes part of a program's name, so only a plain name is accepted.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(helper)) return undefined;
  const program = `docker-credential-${helper}`;
  const file = findProgram(program, { batch: true });
  const answer = file === undefined ? undefined : await ask(file, ['get'], key, helperEnvironment(env));
  if (answer?.status !== 0) {
    log.debug(`${program} has no login for ${key}${file === undefined ? ': it is not on PATH' : ''}`);
    return undefined;
  }
  const json = parseJsonObject(answer.stdout, `the answer of ${program}`, 'secret');
  const [username, password] = [json.get('Username').maybeText(), json.get('Secret').maybeText()];
  if (username === undefined || password === undefined) return undefined;
  // This user name marks the secret as an identity token (docker-credential-helpers, README).
  return username === '<token>' ? { identityToken: password } : { username, password };
}
