import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LineLog } from '../../lib/line-log.ts';
import { messageOf, UserError } from '../../lib/user-error.ts';
import {
  archiveLimit,
  archiveName,
  downloadArchive,
  expectedSum,
  type Pins,
  pinnedVersion,
  type ReleaseDeps,
  sumOf,
} from './release.ts';

export interface InstallDeps extends ReleaseDeps {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly log: Pick<LineLog, 'line'>;
  /** The checksums in this source; a test has others. */
  readonly pins?: Pins;
}

/** Its folder in the tool cache. Programs that other actions keep there, as `flyctl`, are not taken. */
const tool = 'flyctl-archive';

/**
 * Installs one version of flyctl: its archive, compared with its SHA-256 before anything of it is unpacked. The tool cache
 * of a self-hosted runner can be written by every job on it. So it keeps the archive and not the program, and what comes
 * from it is compared in the same way as a download, each time.
 *
 * @returns the program's path.
 * @throws UserError when there is no such release for this machine, it cannot be had, or its bytes are others.
 */
export async function installFlyctl(version: string, deps: InstallDeps): Promise<string> {
  const { env, platform, arch, log } = deps;
  const program = platform === 'win32' ? 'flyctl.exe' : 'flyctl';
  const asset = archiveName(version, platform, arch);
  // Slow to load and seldom needed: so it is loaded when it is.
  const cache = await import(/* webpackMode: "eager" */ '@actions/tool-cache');
  const hasCache = Boolean(env['RUNNER_TOOL_CACHE']);
  const kept = hasCache ? join(cache.find(tool, version, arch), asset) : '';
  const cached = isFile(kept);
  const expected = await expectedSum(version, asset, deps, deps.pins);
  const archive = cached ? readKept(kept) : await downloadArchive(version, asset, deps);
  const found = sumOf(archive);
  if (found !== expected)
    throw cached ? otherInCache(kept, found, expected) : otherDownload(asset, found, expected);
  const folder = join(env['RUNNER_TEMP'] || env['TMPDIR'] || '/tmp', `flyctl-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  // The bytes that were compared, and not the file in the cache: it could have been replaced meanwhile.
  const file = join(folder, asset);
  writeFileSync(file, archive);
  let unpacked: string;
  try {
    const unpack = platform === 'win32' ? cache.extractZip : cache.extractTar;
    unpacked = await unpack(file, join(folder, version));
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
  log.line(`flyctl ${version} ${cached ? 'from the tool cache' : 'installed'}, its SHA-256 is ${found}`);
  if (hasCache && !cached) await cache.cacheFile(file, asset, tool, version, arch);
  return join(unpacked, program);
}

/** An archive in the tool cache; what is too large to be one is another. */
const readKept = (file: string): Buffer =>
  statSync(file).size > archiveLimit ? Buffer.alloc(0) : readFileSync(file);

const otherDownload = (asset: string, found: string, expected: string): UserError =>
  new UserError({
    code: 'flyctl-checksum-mismatch',
    found: `${asset} has the SHA-256 ${found}.`,
    expected: `${expected}, the release’s own. Nothing of it was unpacked.`,
    fix: 'run the job again; if it stays, a proxy between this runner and GitHub changes what it downloads, or the release was changed.',
  });

const otherInCache = (file: string, found: string, expected: string): UserError =>
  new UserError({
    code: 'flyctl-cache-mismatch',
    found: `${file} in this runner’s tool cache has the SHA-256 ${found}.`,
    expected: `${expected}, the release’s own. Nothing of it was unpacked. Another job on this runner, or a fault of its disk, has changed it.`,
    fix: `find out who wrote it, then remove it: \`rm ${file}\`.`,
  });

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
