import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
  /** The pinned checksums; tests pass others. */
  readonly pins?: Pins;
}

/** Its folder in the tool cache. Programs that other actions keep there, such as `flyctl`, are not used. */
const tool = 'flyctl-archive';

/**
 * Installs one version of flyctl: compares its archive with its SHA-256 before unpacking it. Every job on a self-hosted runner
 * can write to the tool cache. So the cache keeps the archive instead of the program, and each use compares it like a download.
 *
 * @returns the program's path.
 * @throws UserError when there is no such release for this machine, its download fails, or its checksum differs.
 */
export async function installFlyctl(version: string, deps: InstallDeps): Promise<string> {
  const { env, platform, arch, log } = deps;
  const program = platform === 'win32' ? 'flyctl.exe' : 'flyctl';
  const asset = archiveName(version, platform, arch);
  // Slow to load and seldom needed.
  const cache = await import('@actions/tool-cache');
  const hasCache = Boolean(env['RUNNER_TOOL_CACHE']);
  const kept = hasCache ? join(cache.find(tool, version, arch), asset) : '';
  const cached = isFile(kept);
  const expected = await expectedSum(version, asset, deps, deps.pins);
  const archive = cached ? readKept(kept) : await downloadArchive(version, asset, deps);
  const found = sumOf(archive);
  if (found !== expected)
    throw cached ? otherInCache(kept, found, expected) : otherDownload(asset, found, expected);
  const folder = join(env['RUNNER_TEMP'] || tmpdir(), `flyctl-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  // The bytes that were compared: the file in the cache could have been replaced meanwhile.
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
        expected: 'A runner with tar (on Windows, PowerShell) and free disk space.',
        fix: 'Install tar or free disk space on the runner, or install flyctl in an earlier step.',
      },
      { cause: error },
    );
  }
  if (!isFile(join(unpacked, program))) {
    throw new UserError({
      code: 'flyctl-archive-missing',
      found: `There is no ${program} in ${asset}.`,
      expected: 'The archive of a flyctl release.',
      fix: `Use another version: \`with: flyctl-version: ${pinnedVersion}\`.`,
    });
  }
  log.line(
    `flyctl ${version} ${cached ? 'found in the tool cache' : 'installed'}, verified by SHA-256 ${found}`,
  );
  if (hasCache && !cached) await cache.cacheFile(file, asset, tool, version, arch);
  return join(unpacked, program);
}

/** An archive in the tool cache. A file that is too large reads as empty, so that its checksum differs. */
const readKept = (file: string): Buffer =>
  statSync(file).size > archiveLimit ? Buffer.alloc(0) : readFileSync(file);

const otherDownload = (asset: string, found: string, expected: string): UserError =>
  new UserError({
    code: 'flyctl-checksum-mismatch',
    found: `${asset} has the SHA-256 ${found}.`,
    expected: `${expected}, as in the release’s list. Nothing was unpacked.`,
    fix: 'Run the job again. If the checksum still differs, check for a proxy between this runner and GitHub that changes downloads, and whether the release was changed.',
  });

const otherInCache = (file: string, found: string, expected: string): UserError =>
  new UserError({
    code: 'flyctl-cache-mismatch',
    found: `${file} in this runner’s tool cache has the SHA-256 ${found}.`,
    expected: `${expected}, as in the release’s list. Nothing was unpacked. Another job on this runner, or a disk error, changed the file.`,
    fix: `Find out which job wrote the file, then remove it: \`rm ${file}\`.`,
  });

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
