// What a release consists of. Only Node's own modules, because the release job installs nothing.
import { fileIn, filesIn, type Git } from './git.ts';
import { own, referencesOf } from './references.ts';

export const repositoryUrl = `https://github.com/${own}`;

/** What GitHub runs, and what is the same in all commits of a release. */
export const runPaths = ['action.yml', 'dist', 'fleet/action.yml'] as const;

/** The workflows that name this repository's actions. */
export const workflowFolder = '.github/workflows';

/** Whether a file has examples for users, which name a version. */
export const isForUsers = (path: string): boolean =>
  /^(?:README(?:\.zh-CN)?\.md|docs\/[^/]+\.md|examples\/[^/]+\.(?:md|ya?ml))$/.test(path);

/** The files that a user runs, by path, as they are in a commit. */
export const runFiles = (folder: string, git: Git, commit: string): Record<string, Buffer> =>
  Object.fromEntries(
    filesIn(git, commit, ...runPaths).map((path) => [path, fileIn(folder, commit, path) ?? Buffer.alloc(0)]),
  );

/** The version that package.json has in a commit. */
export const versionIn = (folder: string, commit: string): string | undefined =>
  JSON.parse(fileIn(folder, commit, 'package.json')?.toString('utf8') ?? '{}').version;

const isCommit = (ref: string): boolean => /^[0-9a-f]{40}$/.test(ref);

/**
 * Why a commit is not one of this version that can carry the tag: every reference in its workflows is the SHA of an earlier
 * commit that has the same files to run, and so is every reference in the workflows that those commits contain.
 */
export function faultsOfRelease(folder: string, git: Git, commit: string, version: string): string[] {
  const faults: string[] = [];
  const found = versionIn(folder, commit);
  if (found !== version) return [`package.json of ${commit} has the version ${found}, not ${version}`];
  const treesOf = (each: string) => runPaths.map((path) => git('rev-parse', `${each}:${path}`)).join(' ');
  const trees = treesOf(commit);
  const visited = new Set<string>();
  /** Follows the references of a workflow, from the commit that calls it. */
  const follow = (from: string, path: string): void => {
    const place = `${from}:${path}`;
    if (visited.has(place)) return;
    visited.add(place);
    const text = fileIn(folder, from, path)?.toString('utf8');
    if (text === undefined) {
      faults.push(`${from} has no ${path}`);
      return;
    }
    for (const reference of referencesOf(text)) {
      const words = `${path} of ${from.slice(0, 7)} uses ${reference.path || 'the action'}@${reference.ref}`;
      if (!isCommit(reference.ref)) faults.push(`${words}, which is not a commit`);
      else if (!isAncestor(git, reference.ref, from))
        faults.push(`${words}, which is not a commit before it`);
      else if (treesOf(reference.ref) !== trees) faults.push(`${words}, which is of another release`);
      else if (/\.ya?ml$/.test(reference.path)) follow(reference.ref, reference.path);
    }
  };
  for (const path of filesIn(git, commit, workflowFolder)) follow(commit, path);
  return faults;
}

function isAncestor(git: Git, commit: string, of: string): boolean {
  try {
    git('merge-base', '--is-ancestor', commit, of);
    return commit !== of;
  } catch {
    return false;
  }
}

/**
 * The commit that carries the tag of the version in package.json: the first one after the release's commit in which every
 * workflow is pinned. undefined if there is none among the ancestors of `head`.
 */
export function releaseCommit(folder: string, git: Git, head: string, version: string): string | undefined {
  // Only the commits that change a workflow or the version can be it.
  const candidates = git('rev-list', '--reverse', head, '--', workflowFolder, 'package.json')
    .split('\n')
    .filter((commit) => commit !== '' && versionIn(folder, commit) === version);
  return candidates.find((commit) => faultsOfRelease(folder, git, commit, version).length === 0);
}
