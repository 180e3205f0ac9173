// The files of a release on GitHub. Only Node's own modules, because the release job installs nothing.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { notesOf } from './changelog.ts';
import { checksums } from './checksums.ts';
import { repositoryUrl, runFiles, runPaths } from './contents.ts';
import { fileIn, type Git } from './git.ts';
import { own } from './references.ts';

const sumsName = 'SHA256SUMS';
const archiveName = (version: string): string => `deploy-fly-image-${version}.tar.gz`;
export const bundleName = (version: string): string => `deploy-fly-image-${version}.sigstore.json`;
export const notesName = 'notes.md';

/** What is in the archive beside the files that GitHub runs. */
const described = ['LICENSE', 'README.md', 'CHANGELOG.md'];

/** The files that GitHub runs, as a tar archive. The same commit always gives the same bytes with the same git and zlib. */
function archiveOf(folder: string, commit: string, version: string): Buffer {
  const tar = execFileSync(
    'git',
    ['archive', '--format=tar', `--prefix=deploy-fly-image-${version}/`, commit, ...runPaths, ...described],
    { cwd: folder, maxBuffer: 2 ** 28 },
  );
  return gzipSync(tar, { level: 9 });
}

/** The entries of a version in the changelog of a commit; undefined if there are none with a date. */
export const entriesIn = (folder: string, commit: string, version: string): string | undefined =>
  notesOf(fileIn(folder, commit, 'CHANGELOG.md')?.toString('utf8') ?? '', version);

/** The text of the release: its part of the changelog, and how to pin and verify it. @throws Error without that part. */
export function notesFor(folder: string, commit: string, version: string): string {
  const notes = entriesIn(folder, commit, version);
  if (notes === undefined) throw new Error(`CHANGELOG.md of ${commit} has no dated entries for ${version}`);
  return `${notes}

### Pin and verify this release

\`\`\`yaml
- uses: ${own}@${commit} # v${version}
\`\`\`

\`\`\`sh
gh release verify v${version} --repo ${own}
\`\`\`

[Releasing](${repositoryUrl}/blob/v${version}/docs/releasing.md#verify-a-release) explains what else can be verified.
`;
}

/** Writes the archive, SHA256SUMS and the notes of a commit into a folder, and returns their names and sizes. */
export function writeAssets(
  folder: string,
  git: Git,
  { commit, version, to }: { commit: string; version: string; to: string },
): Record<string, number> {
  const archive = archiveOf(folder, commit, version);
  const files = {
    [archiveName(version)]: archive,
    [sumsName]: Buffer.from(checksums({ ...runFiles(folder, git, commit), [archiveName(version)]: archive })),
    [notesName]: Buffer.from(notesFor(folder, commit, version)),
  };
  mkdirSync(to, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(to, name), bytes);
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.length]));
}
