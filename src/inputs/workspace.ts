import { isAbsolute, posix, relative } from 'node:path';
import type { Location } from '../lib/user-error.ts';
import type { InputSource } from './read.ts';

/** A location for an annotation, with the path from the root of the repository; undefined for a file outside it. */
export function locationIn(path: string, line: number, env: InputSource['env']): Location | undefined {
  const fromRoot = isAbsolute(path) ? relative(env['GITHUB_WORKSPACE'] || process.cwd(), path) : path;
  const file = posix.normalize(fromRoot.replaceAll('\\', '/'));
  return file.startsWith('../') || isAbsolute(file) || file === '.' ? undefined : { file, line };
}

/** `.github/workflows/x.yml` of `owner/repo/.github/workflows/x.yml@ref`; undefined for another repository's workflow. */
export function workflowFile(ref: string, repository: string): string | undefined {
  const path = ref.toLowerCase().startsWith(`${repository.toLowerCase()}/`)
    ? ref.slice(repository.length + 1)
    : '';
  return /^(\.github\/workflows\/[^/\\]+?\.ya?ml)@/.exec(path)?.[1];
}
