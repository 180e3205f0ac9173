import { parse, valid } from 'semver';
import { type HttpDeps, makeHttp, policies } from '../../lib/http.ts';
import type { LineLog } from '../../lib/line-log.ts';
import type { FindProgram } from '../../lib/program.ts';
import type { Ask } from '../../lib/spawn.ts';
import { UserError } from '../../lib/user-error.ts';
import { flyctlEnvironment } from './environment.ts';
import { installFlyctl } from './install.ts';
import { pinnedVersion } from './release.ts';

/** The oldest flyctl with the features that this action needs: `--image` with `--remote-only` over the Machines API, and release records by uiex. */
const leastVersion = '0.3.0';

export interface FindDeps extends HttpDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly findProgram: FindProgram;
  readonly ask: Ask;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly log: LineLog;
}

/**
 * The flyctl that deploys: the version that the inputs name, or else the one on PATH, or else the pinned one, which is installed.
 *
 * @returns the program's path.
 * @throws UserError when it cannot be installed, or is too old.
 */
export async function findFlyctl(deps: FindDeps, wanted: string | undefined): Promise<string> {
  const { env, log, ask } = deps;
  const found = wanted === undefined ? deps.findProgram('flyctl') : undefined;
  const http = makeHttp(deps, policies.download);
  const path = found ?? (await installFlyctl(wanted ?? pinnedVersion, { ...deps, http }));
  const { FLY_API_TOKEN: _, ...withoutToken } = flyctlEnvironment(env, '');
  const answer = await ask(path, ['version', '--json'], '', withoutToken);
  const version = versionIn(answer?.stdout ?? '');
  log.line(`flyctl ${version ?? 'of an unknown version'} at ${path}`);
  checkVersion(version, path);
  return path;
}

/** The version in the output of `flyctl version --json`; undefined if there is none. */
export function versionIn(stdout: string): string | undefined {
  try {
    const { Version: version } = JSON.parse(stdout) as { Version?: unknown };
    return typeof version === 'string' && valid(version) !== null ? version : undefined;
  } catch {
    return undefined;
  }
}

/** @throws UserError for a flyctl that is too old. An unknown version is accepted: it can be a custom build. */
function checkVersion(version: string | undefined, path: string): void {
  if (version === undefined || !isOlder(version, leastVersion)) return;
  throw new UserError({
    code: 'flyctl-too-old',
    found: `The flyctl at ${path} is version ${version}.`,
    expected: `Version ${leastVersion} or newer.`,
    fix: `Set \`with: flyctl-version: ${pinnedVersion}\`, or update the step that installs flyctl.`,
  });
}

/** A pre-release does what its release does, so only `major.minor.patch` counts. */
export const isOlder = (version: string, than: string): boolean =>
  (parse(version)?.compareMain(than) ?? 0) < 0;
