import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { writeAssets } from '../../scripts/release/assets.ts';
import { type Commits, makeCommits } from '../../scripts/release/commits.ts';
import { type Git, gitIn } from '../../scripts/release/git.ts';

const own = 'deploy-fly-image/deploy-fly-image';

/** A small repository with the parts that a release reads and changes. Its build copies the version into dist/. */
const files: Readonly<Record<string, string>> = {
  'package.json': '{\n  "name": "deploy-fly-image",\n  "version": "0.1.0",\n  "type": "module"\n}\n',
  'package-lock.json': `${JSON.stringify(
    {
      name: 'deploy-fly-image',
      version: '0.1.0',
      packages: {
        '': { version: '0.1.0' },
        'node_modules/a': { version: '0.1.0' },
      },
    },
    null,
    2,
  )}\n`,
  'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Deploys an image.\n',
  LICENSE: 'MIT\n',
  'action.yml': 'name: Deploy\n',
  'fleet/action.yml': 'name: Fleet\n',
  'dist/index.js': "const version = '0.1.0';\nconsole.log(version);\n",
  'dist/fleet/index.js': 'console.log("fleet");\n',
  'scripts/build.ts': `import { readFileSync, writeFileSync } from 'node:fs';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync('dist/index.js', \`const version = '\${version}';\\nconsole.log(version);\\n\`);
`,
  'scripts/docs.ts':
    "import { appendFileSync } from 'node:fs';\nappendFileSync('sizes.md', 'measured\\n');\n",
  '.github/workflows/ci.yml': 'jobs: {}\n',
  '.github/workflows/deploy-app.yml': `jobs:\n  a:\n    steps:\n      - uses: ${own}@v1\n`,
  '.github/workflows/deploy-image.yml': `jobs:
  a:
    steps:
      - uses: ${own}/fleet@v1
      - uses: actions/checkout@v7
  b:
    uses: ${own}/.github/workflows/deploy-app.yml@v1
`,
  'README.md': `To follow \`@v1\`:\n\n   \`\`\`yaml\n   jobs:\n     a:\n       uses: ${own}/.github/workflows/deploy-image.yml@v1\n   \`\`\`\n`,
  'examples/a.yml': `jobs:\n  a:\n    steps:\n      - uses: ${own}@v1\n        with:\n          app: a\n`,
};

export interface Clone {
  readonly folder: string;
  readonly git: Git;
  /** Commits files, and returns the commit. */
  commit(changed: Readonly<Record<string, string>>, subject?: string): string;
}

/** Makes a clone on main whose only commit has the files. */
function begin(folder: string): void {
  const git = gitIn(folder);
  git('init', '--quiet', '--template=', '--initial-branch', 'main');
  git('config', 'user.name', 'Maintainer');
  git('config', 'user.email', 'maintainer@example.invalid');
  git('config', 'commit.gpgsign', 'false');
  commitIn(folder, files, 'Begin');
}

function commitIn(folder: string, changed: Readonly<Record<string, string>>, subject: string): string {
  const git = gitIn(folder);
  for (const [name, text] of Object.entries(changed)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', subject);
  return git('rev-parse', 'HEAD');
}

const cloneIn = (folder: string): Clone => ({
  folder,
  git: gitIn(folder),
  commit: (changed, subject = 'Change files') => commitIn(folder, changed, subject),
});

// Each test gets a copy, which takes less time than the commits.
const made = mkdtempSync(join(tmpdir(), 'releasing-'));
const [plain, released] = [join(made, 'plain'), join(made, 'released')];
/** The files of the release 1.0.0. */
export const releasedAssets = join(made, 'assets');
let commits: Commits;
beforeAll(() => {
  mkdirSync(plain);
  begin(plain);
  cpSync(plain, released, { recursive: true });
  commits = makeCommits(released, gitIn(released), '1.0.0', date);
  writeAssets(released, gitIn(released), { commit: commits.tagged, version: '1.0.0', to: releasedAssets });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A clone on main whose only commit has the files; with changes, it has a second one. */
export const inClone = (
  work: (clone: Clone) => Promise<void> | void,
  changes: Readonly<Record<string, string>> = {},
): Promise<void> =>
  inFolder('releasing', async (folder) => {
    cpSync(plain, folder, { recursive: true });
    const clone = cloneIn(folder);
    if (Object.keys(changes).length > 0) clone.commit(changes);
    await work(clone);
  });

export const date = '2026-11-26';

/** A clone with the commits of the release 1.0.0. */
export const inRelease = (
  work: (clone: Clone & { readonly commits: Commits }) => Promise<void> | void,
): Promise<void> =>
  inFolder('releasing', async (folder) => {
    cpSync(released, folder, { recursive: true });
    await work({ ...cloneIn(folder), commits });
  });
