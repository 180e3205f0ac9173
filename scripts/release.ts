// `npm run release -- X.Y.Z` makes the commits of a release in this clone, and prints what to do next. It never pushes.
// `npm run release -- --dry-run [X.Y.Z]` does it in a temporary clone of HEAD, with the tags and the files of the release, and
// leaves the clone.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeAssets } from './release/assets.ts';
import { hasEntriesFor } from './release/changelog.ts';
import { type Commits, lastVersion, makeCommits, objections } from './release/commits.ts';
import { faultsOfRelease, isForUsers, releaseCommit } from './release/contents.ts';
import { filesIn, gitIn } from './release/git.ts';
import { referencesOf } from './release/references.ts';
import { majorTag, nextVersion } from './release/version.ts';

const root = join(import.meta.dirname, '..');
const say = (text: string) => process.stdout.write(`${text}\n`);

function fail(problems: readonly string[]): never {
  for (const problem of problems) console.error(problem);
  process.exit(1);
}

const args = process.argv.slice(2);
const versions = args.filter((each) => !each.startsWith('-'));
const flags = args.filter((each) => each.startsWith('-'));
const isDryRun = flags.includes('--dry-run');
// `npm run release --dry-run X.Y.Z`: npm takes the flag for its own, and sets this variable.
if (process.env['npm_config_dry_run'] === 'true' && !isDryRun)
  fail(['Expected two dashes before the flag: npm run release -- --dry-run [X.Y.Z]']);
if (flags.some((flag) => flag !== '--dry-run') || versions.length > 1 || (versions.length < 1 && !isDryRun))
  fail(['Expected: npm run release -- X.Y.Z, or npm run release -- --dry-run [X.Y.Z]']);

/** A clone of HEAD on main, with the packages that are installed here. Changes that are not committed are not in it. */
function cloneOf(): string {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'release-'))), 'deploy-fly-image');
  const head = gitIn(root)('rev-parse', 'HEAD');
  gitIn(root)('clone', '--quiet', '--no-checkout', root, folder);
  const git = gitIn(folder);
  git('checkout', '--quiet', '-B', 'main', head);
  // A commit needs an author.
  git('config', 'user.name', 'Dry run');
  git('config', 'user.email', 'dry-run@example.invalid');
  // Nothing is signed, which could ask for a passphrase or open an editor.
  for (const name of ['commit.gpgsign', 'tag.gpgsign']) git('config', name, 'false');
  const modules = join(folder, 'node_modules');
  linkOrCopy(join(root, 'node_modules'), modules);
  return folder;
}

/**
 * Makes links to the same files, because ncc would read the real paths behind a link to the folder. Copies them where that is
 * not possible, for example if temporary files are on another file system.
 */
function linkOrCopy(from: string, to: string): void {
  if (process.platform === 'linux' && statSync(from).dev === statSync(dirname(to)).dev)
    execFileSync('cp', ['--archive', '--link', from, to]);
  else cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

function dryRun(version: string | undefined): void {
  const folder = cloneOf();
  const git = gitIn(folder);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const next = version ?? nextVersion(lastVersion(git, JSON.parse(read('package.json')).version));
  // Without a version, this checks the process, also just after a release.
  if (
    version === undefined &&
    existsSync(join(folder, 'CHANGELOG.md')) &&
    !hasEntriesFor(read('CHANGELOG.md'), next)
  ) {
    const text = read('CHANGELOG.md').replace(/^## \[Unreleased\]$/m, '$&\n\n### Changed\n\n- Nothing yet.');
    writeFileSync(join(folder, 'CHANGELOG.md'), text);
    git('commit', '--quiet', '--all', '--message', 'Add an entry for the dry run');
    say('CHANGELOG.md has nothing to release: the dry run adds an entry.');
  }
  const problems = objections(folder, git, next);
  if (problems.length > 0) fail(problems);
  if (gitIn(root)('status', '--porcelain') !== '') say('What is not committed is not in the dry run.');
  const commits = makeCommits(folder, git, next, today());
  // What the workflow does.
  const found = releaseCommit(folder, git, 'HEAD', next);
  if (found !== commits.tagged) fail([`The workflow would tag ${found}, not ${commits.tagged}`]);
  const faults = faultsOfRelease(folder, git, commits.tagged, next);
  if (faults.length > 0) fail(faults);
  git('tag', `v${next}`, commits.tagged);
  git('tag', '--force', majorTag(next), commits.tagged);
  const to = join(folder, '..', 'assets');
  const assets = writeAssets(folder, git, { commit: commits.tagged, version: next, to });
  say('');
  table(commits, folder, assets);
  say(`\nThe clone is left for you: ${folder}\nThe files of the release: ${to}`);
}

/** What is in the clone. */
function table(commits: Commits, folder: string, assets: Readonly<Record<string, number>>): void {
  const git = gitIn(folder);
  const { version, release, pins, tagged, examples } = commits;
  const subject = (commit: string) => git('log', '-1', '--format=%s', commit);
  const pinned = filesIn(git, examples)
    .filter(isForUsers)
    .flatMap((path) => referencesOf(readFileSync(join(folder, path), 'utf8')));
  const rows = [
    ...[release, ...pins, examples].map((commit) => [
      commit.slice(0, 12),
      `${subject(commit)}${commit === tagged ? ` (v${version}, ${majorTag(version)})` : ''}`,
    ]),
    ['examples', `${pinned.length} lines with @${tagged.slice(0, 12)}… # v${version}`],
    ...Object.entries(assets).map(([name, bytes]) => [name, `${bytes} bytes`]),
  ];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  for (const [name = '', text = ''] of rows) say(`${name.padEnd(width)}  ${text}`);
}

function release(version: string): void {
  const git = gitIn(root);
  const problems = objections(root, git, version);
  if (problems.length > 0) fail(problems);
  const { tagged, release: first, pins, examples } = makeCommits(root, git, version, today());
  const count = pins.length + 1;
  say(`Made ${count} commits of the release, ${first.slice(0, 12)} to ${tagged.slice(0, 12)}, and ${examples.slice(0, 12)} for the examples.

Next, with review and CI:
1. git push origin ${tagged}:refs/heads/release-v${version}
2. Open a pull request from release-v${version}. Merge it with a merge commit, without squashing or rebasing: the commits name each other.
     gh pr create --base main --head release-v${version} --title "Release ${version}" --body "Merge without squashing or rebasing."
     gh pr merge release-v${version} --merge
3. Start the workflow, and approve it. It makes the draft:
     gh workflow run release.yml --field version=${version}
   Open the draft, select "Publish this Action to the GitHub Marketplace", and publish it. The tag starts a second run, with another
   approval, which moves ${majorTag(version)}.
4. Then merge the examples in the same way:
     git push origin ${examples}:refs/heads/examples-v${version}

To start over instead: git reset --hard ${first}~1`);
}

const today = () => new Date().toISOString().slice(0, 10);

try {
  if (isDryRun) dryRun(versions[0]);
  else release(versions[0] ?? '');
} catch (error) {
  fail([error instanceof Error ? error.message : String(error)]);
}
