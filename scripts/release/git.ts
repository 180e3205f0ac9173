// git in a folder. Only Node's own modules, because the release job installs nothing.
import { execFileSync } from 'node:child_process';

/** Runs git with arguments, and returns its output without the line break at the end. */
export type Git = (...args: readonly string[]) => string;

/** Settings of a maintainer that would change what git prints here, or hide files from it. */
const settings = [
  'column.ui=never',
  'log.showSignature=false',
  'status.showUntrackedFiles=all',
  'status.relativePaths=false',
].flatMap((each) => ['-c', each]);

/** @throws Error with git's own message if it fails. */
export const gitIn =
  (folder: string): Git =>
  (...args) =>
    execFileSync('git', [...settings, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    }).replace(/\n$/, '');

/** The bytes of a file in a commit; undefined if there is none. */
export function fileIn(folder: string, commit: string, path: string): Buffer | undefined {
  try {
    return execFileSync('git', ['cat-file', 'blob', `${commit}:${path}`], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
  } catch {
    return undefined;
  }
}

/** The paths of the files in a commit, all or those below some paths. */
export const filesIn = (git: Git, commit: string, ...paths: readonly string[]): string[] =>
  git('ls-tree', '-r', '--name-only', '-z', commit, '--', ...paths)
    .split('\0')
    .filter((path) => path !== '');
