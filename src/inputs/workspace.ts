import native, { type PlatformPath, posix } from 'node:path';
import type { Location } from '../lib/user-error.ts';
import type { InputSource } from './read.ts';

/**
 * A location for an annotation, with the path from the root of the repository; undefined for a file outside it. GitHub expects
 * slashes, also from Windows.
 */
export function locationIn(
  path: string,
  line: number,
  env: InputSource['env'],
  paths: PlatformPath = native,
): Location | undefined {
  const root = env['GITHUB_WORKSPACE'] || process.cwd();
  // A path such as `D:fly.toml`, and one such as `\\fly.toml`, depends on the current drive.
  const fromRoot = paths.relative(root, paths.resolve(root, path));
  if (fromRoot === '' || paths.isAbsolute(fromRoot)) return undefined;
  const file = posix.normalize(fromRoot.replaceAll('\\', '/'));
  // No name on Windows contains a colon.
  const isOutside = file === '..' || file.startsWith('../') || (paths.sep === '\\' && file.includes(':'));
  return isOutside ? undefined : { file, line };
}

/** `.github/workflows/x.yml` of `owner/repo/.github/workflows/x.yml@ref`; undefined for another repository's workflow. */
export function workflowFile(ref: string, repository: string): string | undefined {
  const path = ref.toLowerCase().startsWith(`${repository.toLowerCase()}/`)
    ? ref.slice(repository.length + 1)
    : '';
  return /^(\.github\/workflows\/[^/\\]+?\.ya?ml)@/.exec(path)?.[1];
}
