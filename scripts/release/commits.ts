// The commits of a release, which `npm run release` makes in a clone. Nothing is pushed.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasEntriesFor, releasedChangelog } from './changelog.ts';
import { faultsOfRelease, isForUsers, repositoryUrl, runFiles, workflowFolder } from './contents.ts';
import { filesIn, type Git } from './git.ts';
import { pinningRounds, type Reference, withReferences } from './references.ts';
import { objectionToVersion, versionsOf } from './version.ts';

export interface Commits {
  readonly version: string;
  /** Contains dist/, the version and the changelog. */
  readonly release: string;
  /** Pin the reusable workflows, each to commits before it. The last one carries the tag. */
  readonly pins: readonly string[];
  readonly tagged: string;
  /** Pins the examples to the tagged commit. */
  readonly examples: string;
}

/** The version of package.json, and the newest one that has a tag, whichever is greater. */
export function lastVersion(git: Git, packaged: string): string {
  const newest = versionsOf(git('tag', '--list', 'v*').split('\n')).at(-1);
  return newest !== undefined && objectionToVersion(newest, packaged) === undefined ? newest : packaged;
}

/** Why a release cannot be made here: all reasons, not only the first. */
export function objections(folder: string, git: Git, version: string): string[] {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const branch = git('branch', '--show-current');
  const changed = git('status', '--porcelain').split('\n').filter(Boolean);
  const tag = git('tag', '--list', `v${version}`);
  const packaged: string = JSON.parse(read('package.json')).version;
  const first = packaged === version ? firstOf(git, version) : '';
  return [
    (first !== ''
      ? `The commits of ${version} are there already. To start over, if they are not pushed: git reset --hard ${first}~1`
      : objectionToVersion(version, lastVersion(git, packaged))) ?? [],
    branch === 'main' ? [] : `The branch is "${branch}". Expected main: git switch main`,
    changed.length === 0 ? [] : `There are changes that are not committed: ${changed.join(', ').trim()}`,
    hasEntriesFor(read('CHANGELOG.md'), version)
      ? []
      : 'CHANGELOG.md has no entries in "Unreleased". Describe what changed for users.',
    tag === '' ? [] : `There is a tag ${tag} already.`,
  ].flat();
}

/** The first commit of a release; '' if there is none. */
const firstOf = (git: Git, version: string): string =>
  git('log', '-1', '--format=%h', `--grep=^Release ${version.replaceAll('.', '\\.')}$`, '--', 'package.json');

/** How a build differs from the one before it, except for the version; the names of the files. */
export function differences(
  before: Readonly<Record<string, Buffer>>,
  after: Readonly<Record<string, Buffer>>,
  lineOf: readonly [string, string],
): string[] {
  const [old, next] = lineOf;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().filter((name) => {
    const [one, other] = [before[name], after[name]];
    if (one === undefined || other === undefined) return true;
    return !one.equals(other) && one.toString('utf8') !== other.toString('utf8').replace(next, old);
  });
}

/**
 * Makes the commits. If that fails, or is interrupted with Ctrl+C, the clone is as before.
 *
 * @throws Error if dist/ was not built from the source, or the commits do not fulfill their purpose.
 */
export function makeCommits(folder: string, git: Git, version: string, date: string): Commits {
  const before = git('rev-parse', 'HEAD');
  // Ctrl+C also ends the program that runs at that time, whose failure is an error here.
  const survive = () => undefined;
  process.on('SIGINT', survive);
  try {
    return commitsAfter(before, folder, git, version, date);
  } catch (error) {
    git('reset', '--quiet', '--hard', before);
    // Every file that git does not ignore was committed before.
    git('clean', '--quiet', '--force', '-d');
    throw error;
  } finally {
    process.off('SIGINT', survive);
  }
}

function commitsAfter(before: string, folder: string, git: Git, version: string, date: string): Commits {
  const path = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(path(name), 'utf8');
  const change = (name: string, to: (text: string) => string) => {
    const text = read(name);
    const next = to(text);
    if (next !== text) writeFileSync(path(name), next);
  };
  const commit = (subject: string, body: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', subject, '--message', body);
    return git('rev-parse', 'HEAD');
  };
  const node = (script: string) => execFileSync(process.execPath, [path(script)], { cwd: folder });
  const pin = (files: readonly string[], to: (reference: Reference) => ReturnType<typeof target>) => {
    for (const file of files) change(file, (text) => withReferences(text, to));
  };

  const old: string = JSON.parse(read('package.json')).version;
  const lines = ([old, version] as const).map((each) => `const version = '${each}';`);
  for (const name of ['package.json', 'package-lock.json'])
    change(name, (text) => withVersion(text, name === 'package.json' ? 1 : 2, version));
  change('CHANGELOG.md', (text) => releasedChangelog(text, { version, date, repository: repositoryUrl }));
  const users = filesIn(git, before).filter(isForUsers);
  pin(users, () => target(`v${version}`));
  node('scripts/build.ts');
  // The sizes in the documents count the version's digits.
  if (old.length !== version.length) node('scripts/docs.ts');
  const release = commit(
    `Release ${version}`,
    'The version, the changelog, and dist/ with this version. The examples name its tag.',
  );
  const unlike = differences(runFiles(folder, git, before), runFiles(folder, git, release), [
    lines[0] ?? '',
    lines[1] ?? '',
  ]);
  if (unlike.length > 0)
    throw new Error(
      `These files were not built from the source before the release: ${unlike.join(', ')}. Run npm run build, and commit it.`,
    );

  const workflows = Object.fromEntries(
    filesIn(git, release, workflowFolder).map((name) => [name, read(name)]),
  );
  const pinnedIn = new Map<string, string>();
  const pins = pinningRounds(workflows).map((round) => {
    pin(round, ({ path: called }) => target(pinnedIn.get(called) ?? release, pinComment(version)));
    const names = round.map((file) => file.slice(workflowFolder.length + 1)).join(', ');
    const made = commit(
      `Pin ${names} to ${version}`,
      'A commit cannot contain its own SHA, so this one names the commits before it. They have the\nsame action.yml and dist/.',
    );
    for (const file of round) pinnedIn.set(file, made);
    return made;
  });
  const tagged = pins.at(-1) ?? release;
  const faults = faultsOfRelease(folder, git, tagged, version);
  if (faults.length > 0) throw new Error(faults.join('\n'));

  pin(users, () => target(tagged, `v${version}`));
  const examples = commit(
    `Pin the examples to ${version}`,
    `They name the commit that carries the tag v${version}. Merge this after the release.`,
  );
  return { version, release, pins, tagged, examples };
}

/**
 * The comment of a SHA that is not the tag's. It has more than one word, because zizmor compares a comment of one word with the
 * tag of that name (ref-version-mismatch).
 */
const pinComment = (version: string): string => `v${version} (before its tag)`;

const target = (ref: string, comment?: string) => ({ ref, ...(comment !== undefined && { comment }) });

/** The first versions in a file of npm, which are those of the package itself. */
function withVersion(text: string, count: number, version: string): string {
  let left = count;
  return text.replaceAll(/^(\s*"version": )"[^"]*"/gm, (line, before: string) =>
    left-- > 0 ? `${before}"${version}"` : line,
  );
}
