import { createHash } from 'node:crypto';
import { behindProxy } from '../../lib/advice.ts';
import { answerOrNone, apiError, type Service } from '../../lib/api-error.ts';
import type { ErrorCode } from '../../lib/error-codes.ts';
import type { Answer, Http } from '../../lib/http.ts';
import { HttpError } from '../../lib/http-error.ts';
import { withoutTrailing } from '../../lib/text.ts';
import { baseUrl } from '../../lib/url-policy.ts';
import { messageOf, UserError } from '../../lib/user-error.ts';
import pinned from './pinned.json' with { type: 'json' };

type Env = Readonly<Record<string, string | undefined>>;

/** The SHA-256 of a version's archives. `npm run pin-flyctl` writes them from the release's list. */
export interface Pins {
  readonly version: string;
  /** By the archive's name. Archives that are missing here are looked up in the release's list. */
  readonly archives: Readonly<Record<string, string>>;
}

export const pins: Pins = pinned;

/** Installed if there is no flyctl on PATH and the inputs do not name a version. */
export const pinnedVersion = pins.version;

const releases = 'https://github.com/superfly/flyctl/releases/download';
const checksumLimit = 256 * 1024;
export const archiveLimit = 256 * 1024 * 1024;

/** Systems and processors that flyctl is released for, by the names in its archives (flyctl, .goreleaser.2.yml). */
const systems: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
};
const processors: Record<string, string> = { x64: 'x86_64', arm64: 'arm64' };

/** The name of a version's archive. @throws UserError if flyctl is not released for this machine. */
export function archiveName(version: string, platform: NodeJS.Platform, arch: string): string {
  const [system, processor] = [systems[platform], processors[arch]];
  if (system !== undefined && processor !== undefined)
    return `flyctl_${version}_${system}_${processor}.${platform === 'win32' ? 'zip' : 'tar.gz'}`;
  throw new UserError({
    code: 'runner-unsupported',
    found: `This runner is ${platform} on ${arch}.`,
    expected: 'Linux, macOS or Windows on x64 or arm64. There is no flyctl for others.',
    fix: 'Run the job on a GitHub-hosted runner (`runs-on: ubuntu-latest`), or install flyctl in an earlier step.',
  });
}

export interface ReleaseDeps {
  readonly env: Env;
  readonly http: Http;
}

/** The SHA-256 that an archive must have: the pinned one, or else that of the release's list. */
export async function expectedSum(
  version: string,
  asset: string,
  deps: ReleaseDeps,
  known: Pins = pins,
): Promise<string> {
  const pin = known.version === version ? known.archives[asset] : undefined;
  const sum = pin ?? checksumOf(await checksumList(version, deps), asset);
  if (sum !== undefined) return sum;
  throw new UserError({
    code: 'flyctl-archive-missing',
    found: `The checksums of flyctl ${version} do not list ${asset}.`,
    expected: 'A release for this runner’s operating system and processor.',
    fix: `Use another version: \`with: flyctl-version: ${pinnedVersion}\`.`,
  });
}

/** The release's list of checksums, in the format of `sha256sum`. */
export const checksumList = async (version: string, deps: ReleaseDeps): Promise<string> =>
  (
    await download(version, `flyctl_${version}_checksums.txt`, checksumLimit, 'flyctl-version-unknown', deps)
  ).toString('utf8');

/** The bytes of an archive. */
export const downloadArchive = (version: string, asset: string, deps: ReleaseDeps): Promise<Buffer> =>
  download(version, asset, archiveLimit, 'flyctl-archive-missing', deps);

export const sumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The SHA-256 of a file in a list in the format of `sha256sum`. */
export function checksumOf(list: string, file: string): string | undefined {
  for (const line of list.split(/\r?\n/)) {
    const [, sum, name] = /^([0-9a-fA-F]{64})\s+\*?(\S+)\s*$/.exec(line) ?? [];
    if (name === file) return sum?.toLowerCase();
  }
  return undefined;
}

/** @param missing the code of the error if there is no such file. */
async function download(
  version: string,
  file: string,
  limit: number,
  missing: ErrorCode,
  { env, http }: ReleaseDeps,
): Promise<Buffer> {
  const base = withoutTrailing(baseUrl(env, 'FLYCTL_RELEASES_URL', releases), '/');
  const url = `${base}/v${version}/${file}`;
  const answer = await answerOrNone(http(url, { limit }));
  if (!(answer instanceof HttpError) && answer.status === 200) return answer.body;
  throw apiError({ service: releasesService, resource: { version, url, missing }, answer });
}

/** A file of flyctl's releases on GitHub. */
const releasesService: Service<
  { readonly version: string; readonly url: string; readonly missing: ErrorCode },
  Answer
> = {
  found: ({ version, url }, answer, kind) => {
    if (answer instanceof HttpError)
      return `flyctl ${version} could not be downloaded from ${answer.url}: ${messageOf(answer)}.`;
    const { host, pathname } = new URL(url);
    const where = `${host} answered ${answer.status} for ${pathname.split('/').slice(-1)}`;
    return `flyctl ${version}: ${where}${kind === 'temporary' ? ' several times' : ''}.`;
  },
  advice: {
    'no-answer': () => ({
      code: 'flyctl-not-downloaded',
      expected: 'flyctl’s release on GitHub.',
      fix: `Run the job again, or install flyctl in an earlier step. ${behindProxy}`,
    }),
    'not-found': ({ missing }) => ({
      code: missing,
      expected: 'The release’s archive and checksums.',
      fix: `Use a version that exists for this runner: \`with: flyctl-version: ${pinnedVersion}\`.`,
    }),
    unexpected: () => ({
      code: 'flyctl-not-downloaded',
      expected: 'The release’s archive and checksums.',
      fix: 'Run the job again, or install flyctl in an earlier step.',
    }),
  },
};
