import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { behindProxy } from '../../lib/advice.ts';
import { answerOrNone, apiError, type Service } from '../../lib/api-error.ts';
import type { ErrorCode } from '../../lib/error-codes.ts';
import type { Answer, Http } from '../../lib/http.ts';
import { HttpError } from '../../lib/http-error.ts';
import type { LineLog } from '../../lib/line-log.ts';
import { withoutTrailing } from '../../lib/text.ts';
import { isLoopback } from '../../lib/url-policy.ts';
import { messageOf, UserError } from '../../lib/user-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Installed where there is no flyctl on PATH and the inputs name no version. */
export const pinnedVersion = '0.4.80';

const releases = 'https://github.com/superfly/flyctl/releases/download';
const [checksumLimit, archiveLimit] = [256 * 1024, 256 * 1024 * 1024];

/** Systems and processors that flyctl is released for, as its archives spell them (flyctl, .goreleaser.2.yml). */
const systems: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
};
const processors: Record<string, string> = { x64: 'x86_64', arm64: 'arm64' };

export interface InstallDeps {
  readonly env: Env;
  readonly http: Http;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly log: Pick<LineLog, 'line'>;
}

/**
 * Installs one version of flyctl: its archive, held against the SHA-256 of the release's own list of checksums before
 * anything of it is unpacked, and kept in the runner's tool cache for the next time.
 *
 * @returns the program's path.
 * @throws UserError when there is no such release for this machine, it cannot be had, or its bytes are others.
 */
export async function installFlyctl(version: string, deps: InstallDeps): Promise<string> {
  const { env, platform, arch, log } = deps;
  const program = platform === 'win32' ? 'flyctl.exe' : 'flyctl';
  const [system, processor] = [systems[platform], processors[arch]];
  if (system === undefined || processor === undefined) {
    throw new UserError({
      code: 'runner-unsupported',
      found: `This runner is ${platform} on ${arch}.`,
      expected: 'Linux, macOS or Windows on x64 or arm64, for which flyctl is released.',
      fix: 'the `runs-on:` of the job, or install flyctl in a step before this one.',
    });
  }
  // Slow to load and seldom needed: so it is loaded when it is.
  const cache = await import(/* webpackMode: "eager" */ '@actions/tool-cache');
  const known = env['RUNNER_TOOL_CACHE'] ? cache.find('flyctl', version, arch) : '';
  if (known !== '' && isFile(join(known, program))) {
    log.line(`flyctl ${version} from the tool cache`);
    return join(known, program);
  }

  const asset = `flyctl_${version}_${system}_${processor}.${platform === 'win32' ? 'zip' : 'tar.gz'}`;
  const base = `${releasesUrl(env)}/v${version}`;
  const sums = await download(`${base}/flyctl_${version}_checksums.txt`, checksumLimit, version, deps, {
    missing: 'flyctl-version-unknown',
  });
  const expected = checksumOf(sums.toString('utf8'), asset);
  if (expected === undefined) {
    throw new UserError({
      code: 'flyctl-archive-missing',
      found: `The checksums of flyctl ${version} list no ${asset}.`,
      expected: 'a release for this runner’s system and processor.',
      fix: `another version: \`with: flyctl-version: ${pinnedVersion}\`.`,
    });
  }
  const archive = await download(`${base}/${asset}`, archiveLimit, version, deps, {
    missing: 'flyctl-archive-missing',
  });
  const found = createHash('sha256').update(archive).digest('hex');
  if (found !== expected) {
    throw new UserError({
      code: 'flyctl-checksum-mismatch',
      found: `${asset} has the SHA-256 ${found}.`,
      expected: `${expected}, as the release’s checksums say. Nothing of it was unpacked.`,
      fix: 'run the job again; if it stays, a proxy between this runner and GitHub changes what it downloads, or the release was changed.',
    });
  }
  const folder = join(env['RUNNER_TEMP'] || env['TMPDIR'] || '/tmp', `flyctl-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, asset);
  writeFileSync(file, archive);
  let unpacked: string;
  try {
    const unpack = platform === 'win32' ? cache.extractZip : cache.extractTar;
    unpacked = await unpack(file, join(folder, 'out'));
  } catch (error) {
    throw new UserError(
      {
        code: 'flyctl-not-unpacked',
        found: `${asset} could not be unpacked: ${messageOf(error)}`,
        expected: 'a runner with tar (or PowerShell on Windows), and room on its disk.',
        fix: 'the runner, or install flyctl in a step before this one.',
      },
      { cause: error },
    );
  }
  if (!isFile(join(unpacked, program))) {
    throw new UserError({
      code: 'flyctl-archive-missing',
      found: `There is no ${program} in ${asset}.`,
      expected: 'the archive of a flyctl release.',
      fix: `another version: \`with: flyctl-version: ${pinnedVersion}\`.`,
    });
  }
  log.line(`flyctl ${version} installed, its SHA-256 is ${found}`);
  if (!env['RUNNER_TOOL_CACHE']) return join(unpacked, program);
  return join(await cache.cacheDir(unpacked, 'flyctl', version, arch), program);
}

/** Where releases are: another host for a mirror, by https; by http on this machine alone. */
function releasesUrl(env: Env): string {
  const given = withoutTrailing(env['FLYCTL_RELEASES_URL'] || releases, '/');
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.host))) return given;
  throw new UserError({
    code: 'variable-invalid',
    found: `FLYCTL_RELEASES_URL is "${given}".`,
    expected: 'an https:// URL below which releases are as at GitHub, or nothing.',
    fix: 'the `env:` of the workflow.',
  });
}

/** The SHA-256 of a file in a list as `sha256sum` writes it. */
export function checksumOf(list: string, file: string): string | undefined {
  for (const line of list.split(/\r?\n/)) {
    const [, sum, name] = /^([0-9a-fA-F]{64})\s+\*?(\S+)\s*$/.exec(line) ?? [];
    if (name === file) return sum?.toLowerCase();
  }
  return undefined;
}

/** @param means.missing the error where there is no such file. */
async function download(
  url: string,
  limit: number,
  version: string,
  { http }: InstallDeps,
  { missing }: { readonly missing: ErrorCode },
): Promise<Buffer> {
  const answer = await answerOrNone(http(url, { limit }));
  if (!(answer instanceof HttpError) && answer.status === 200) return answer.body;
  throw apiError({ service: releasesService, resource: { version, url, missing }, answer });
}

/** GitHub's releases of flyctl, asked for one of their files. */
const releasesService: Service<
  { readonly version: string; readonly url: string; readonly missing: ErrorCode },
  Answer
> = {
  found: ({ version, url }, answer, kind) => {
    if (answer instanceof HttpError)
      return `flyctl ${version} could not be downloaded from ${answer.url}: ${messageOf(answer)}.`;
    const { host, pathname } = new URL(url);
    const where = `${host} answered ${answer.status} for ${pathname.split('/').slice(-1)}`;
    return `flyctl ${version}: ${where}${kind === 'temporary' ? ', also after several tries' : ''}.`;
  },
  advice: {
    'no-answer': () => ({
      code: 'flyctl-not-downloaded',
      expected: 'the release at GitHub, reachable.',
      fix: `run the job again, or install flyctl in a step before this one; ${behindProxy}.`,
    }),
    'not-found': ({ missing }) => ({
      code: missing,
      expected: 'the release’s archive and checksums.',
      fix: `the input \`flyctl-version\`: there is no such release, or it has no archive for this runner. ${pinnedVersion} has.`,
    }),
    unexpected: () => ({
      code: 'flyctl-not-downloaded',
      expected: 'the release’s archive and checksums.',
      fix: 'run the job again, or install flyctl in a step before this one.',
    }),
  },
};

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
