import { isAbsolute, posix, relative } from 'node:path';
import type { Location } from '../lib/user-error.ts';
import type { InputSource } from './read.ts';

/** A file as annotations want it, from the root of the repository; undefined for one that is elsewhere. */
export function locationIn(path: string, line: number, env: InputSource['env']): Location | undefined {
  const fromRoot = isAbsolute(path) ? relative(env['GITHUB_WORKSPACE'] || process.cwd(), path) : path;
  const file = posix.normalize(fromRoot.replaceAll('\\', '/'));
  return file.startsWith('../') || isAbsolute(file) || file === '.' ? undefined : { file, line };
}

/** `.github/workflows/x.yml` of `owner/repo/.github/workflows/x.yml@ref`; undefined where it is another repository's. */
export function workflowFile(ref: string, repository: string): string | undefined {
  const path = ref.toLowerCase().startsWith(`${repository.toLowerCase()}/`)
    ? ref.slice(repository.length + 1)
    : '';
  return /^(\.github\/workflows\/[^/\\]+?\.ya?ml)@/.exec(path)?.[1];
}
