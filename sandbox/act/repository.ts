import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A git repository with two commits on `main`. */
export interface Repository {
  readonly folder: string;
  /** The commit that was built. */
  readonly built: string;
  /** The default branch's head, a later commit. */
  readonly head: string;
  /** Commits more files on `main`. @returns the commit. */
  commit(message: string, changed: Readonly<Record<string, string>>): string;
  remove(): void;
}

export interface RepositoryOptions {
  /** Files that the head adds or changes. */
  readonly later?: Readonly<Record<string, string>>;
  /** Copy this action into its root, for `uses: ./`. Defaults to false. */
  readonly action?: boolean;
}

/** Copies what other repositories use: the actions, the bundles, and the workflows that can be called. */
export function copyAction(folder: string): void {
  const names = ['action.yml', 'dist', '.github/workflows', ...globSync('*/action.yml', { cwd: root })];
  for (const name of names) cpSync(join(root, name), join(folder, name), { recursive: true });
}

/** Creates a repository with files by their path. The same files make the same commits. */
export function makeRepository(
  files: Readonly<Record<string, string>>,
  { later = { 'later.txt': 'later\n' }, action = false }: RepositoryOptions = {},
): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'repository-'));
  const git = (...argv: string[]): string =>
    execFileSync('git', argv, {
      cwd: folder,
      encoding: 'utf8',
      // Without the settings, hooks, and signing of this machine.
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        ...Object.fromEntries(
          ['AUTHOR', 'COMMITTER'].flatMap((who) => [
            [`GIT_${who}_NAME`, 'Octo Cat'],
            [`GIT_${who}_EMAIL`, 'o@example.com'],
            [`GIT_${who}_DATE`, '2026-11-24T07:58:00Z'],
          ]),
        ),
      },
    }).trim();
  const commit = (message: string, changed: Readonly<Record<string, string>>): string => {
    for (const [path, text] of Object.entries(changed)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      // A script can be executed.
      writeFileSync(join(folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
    }
    git('add', '--all', '--force');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  git('-c', 'init.defaultBranch=main', 'init', '--quiet');
  if (action) copyAction(folder);
  const built = commit('Say hello', files);
  const head = commit('Say more', later);
  return { folder, built, head, commit, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
