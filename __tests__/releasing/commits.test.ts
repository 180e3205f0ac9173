import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { differences, makeCommits, objections } from '../../scripts/release/commits.ts';
import { faultsOfRelease, releaseCommit, runFiles } from '../../scripts/release/contents.ts';
import { fileIn } from '../../scripts/release/git.ts';
import { own, referencesOf } from '../../scripts/release/references.ts';
import { root } from '../workflows.ts';
import { date, inClone, inRelease } from './world.ts';

const text = (folder: string, commit: string, path: string) =>
  fileIn(folder, commit, path)?.toString('utf8') ?? '';
const deployApp = '.github/workflows/deploy-app.yml';
const deployImage = '.github/workflows/deploy-image.yml';

describe('a release', () => {
  test('has the same action.yml and dist/ in each of its commits, byte for byte', () =>
    inRelease(({ folder, git, commits }) => {
      const { release, pins, examples, tagged } = commits;
      expect(pins).toHaveLength(2);
      expect(pins.at(-1)).toBe(tagged);
      const expected = runFiles(folder, git, release);
      expect(Object.keys(expected)).toEqual([
        'action.yml',
        'dist/fleet/index.js',
        'dist/index.js',
        'fleet/action.yml',
      ]);
      for (const commit of [...pins, examples]) expect(runFiles(folder, git, commit)).toEqual(expected);
    }));

  test('begins with the version, the changelog and dist/', () =>
    inRelease(({ folder, git, commits: { release } }) => {
      expect(text(folder, release, 'dist/index.js')).toContain("'1.0.0'");
      expect(text(folder, release, 'CHANGELOG.md')).toContain(
        `## [1.0.0] - ${date}\n\n### Added\n\n- Deploys`,
      );
      expect(JSON.parse(text(folder, release, 'package.json')).version).toBe('1.0.0');
      const lock = JSON.parse(text(folder, release, 'package-lock.json'));
      expect([lock.version, lock.packages[''].version, lock.packages['node_modules/a'].version]).toEqual([
        '1.0.0',
        '1.0.0',
        '0.1.0',
      ]);
      // The workflows are still those of the release before.
      expect(git('diff', '--name-only', `${release}~1`, release, '--', '.github')).toBe('');
    }));

  test('pins every reference of the tagged workflows to a commit before it, also those of called workflows', () =>
    inRelease(({ folder, git, commits: { release, pins, tagged } }) => {
      const [first = ''] = pins;
      expect(referencesOf(text(folder, tagged, deployImage)).map(({ path, ref }) => [path, ref])).toEqual([
        ['fleet', release],
        [deployApp, first],
      ]);
      expect(referencesOf(text(folder, first, deployApp)).map(({ path, ref }) => [path, ref])).toEqual([
        ['', release],
      ]);
      expect(text(folder, tagged, deployImage)).toContain('- uses: actions/checkout@v7\n');
      expect(faultsOfRelease(folder, git, tagged, '1.0.0')).toEqual([]);
    }));

  test('says in the comment of a pin that this is not the tag’s commit', () =>
    inRelease(({ folder, commits: { tagged } }) => {
      // zizmor reads a comment of one word as the name of a tag (ref-version-mismatch).
      for (const { comment } of referencesOf(text(folder, tagged, deployImage)))
        expect(comment).toMatch(/^v1\.0\.0 \S/);
    }));

  test('names its tag in the examples, and its commit in those of the next commit', () =>
    inRelease(({ folder, git, commits: { tagged, examples } }) => {
      for (const path of ['README.md', 'examples/a.yml']) {
        expect(referencesOf(text(folder, tagged, path))).toMatchObject([{ ref: 'v1.0.0', comment: '' }]);
        expect(referencesOf(text(folder, examples, path))).toMatchObject([
          { ref: tagged, comment: 'v1.0.0' },
        ]);
      }
      expect(text(folder, examples, 'README.md')).toContain('To follow `@v1`:');
      expect(git('diff', '--name-only', tagged, examples).split('\n')).toEqual([
        'README.md',
        'examples/a.yml',
      ]);
    }));

  test('measures the sizes in the documents again if the version has another length', () =>
    inClone(({ folder, git }) => {
      makeCommits(folder, git, '1.10.0', date);
      expect(existsSync(join(folder, 'sizes.md'))).toBe(true);
    }));

  test('leaves the clone as it was if dist/ was not built from the source', () =>
    inClone(
      ({ folder, git }) => {
        const before = git('rev-parse', 'HEAD');
        expect(() => makeCommits(folder, git, '1.0.0', date)).toThrow(/dist\/index\.js/);
        expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual([before, '']);
      },
      { 'dist/index.js': "const version = '0.1.0';\nconsole.log('edited');\n" },
    ));

  test('can follow another one', () =>
    inRelease(({ folder, git, commit }) => {
      const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
      commit({ 'CHANGELOG.md': changelog.replace('## [Unreleased]\n', '## [Unreleased]\n\n- More.\n') });
      git('tag', 'v1.0.0');
      expect(objections(folder, git, '1.1.0')).toEqual([]);
      const next = makeCommits(folder, git, '1.1.0', date);
      expect(faultsOfRelease(folder, git, next.tagged, '1.1.0')).toEqual([]);
      expect(referencesOf(text(folder, next.examples, 'README.md'))).toMatchObject([{ ref: next.tagged }]);
    }));
});

describe('a release is refused', () => {
  test.each<[string, Parameters<typeof inClone>[0] | undefined, string, RegExp]>([
    [
      'on another branch',
      ({ git }) => void git('switch', '--quiet', '--create', 'topic'),
      '1.0.0',
      /"topic"/,
    ],
    [
      'with changes that are not committed',
      ({ git }) => void git('rm', '--quiet', '--cached', 'LICENSE'),
      '1.0.0',
      /not committed: .*LICENSE/,
    ],
    ['for a version that is not greater', undefined, '0.1.0', /0\.1\.0 is not greater/],
    [
      'for a version that is not greater than a tag’s',
      ({ git }) => void git('tag', 'v2.0.0'),
      '1.0.0',
      /2\.0\.0/,
    ],
    [
      'without entries in the changelog',
      ({ commit }) => void commit({ 'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n' }),
      '1.0.0',
      /no entries/,
    ],
  ])('%s', (_, change, version, words) =>
    inClone(async (clone) => {
      await change?.(clone);
      const found = objections(clone.folder, clone.git, version);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(words);
    }),
  );

  test('with a file that git add would add, whatever git status is configured to show', () =>
    inClone(({ folder, git }) => {
      git('config', 'status.showUntrackedFiles', 'no');
      writeFileSync(join(folder, '.env.local'), 'SECRET=1\n');
      expect(objections(folder, git, '1.0.0').join('\n')).toContain('.env.local');
    }));

  test('for a version that is not greater than a tag’s, however git is configured to list tags', () =>
    inClone(({ folder, git }) => {
      git('config', 'column.ui', 'always');
      git('tag', 'v1.5.0');
      git('tag', 'v2.0.0');
      expect(objections(folder, git, '1.0.0').join('\n')).toContain('2.0.0');
    }));

  test('with every reason at once', () =>
    inClone(({ folder, git }) => {
      git('switch', '--quiet', '--create', 'topic');
      expect(objections(folder, git, 'next')).toHaveLength(2);
    }));
});

describe('the commit that carries the tag', () => {
  test('is found from the head of main, however the commits were merged', () =>
    inRelease(({ folder, git, commit, commits: { tagged, release } }) => {
      expect(releaseCommit(folder, git, 'HEAD', '1.0.0')).toBe(tagged);
      // main moved on before a pull request was merged.
      git('switch', '--quiet', '--create', 'moved', `${release}~1`);
      commit({ [`${deployImage.replace('image', 'else')}`]: 'jobs: {}\n' });
      git('merge', '--quiet', '--no-ff', '--message', 'Merge', tagged);
      expect(releaseCommit(folder, git, 'HEAD', '1.0.0')).toBe(tagged);
    }));

  test.each<
    [string, (clone: { git: (...args: string[]) => string; tagged: string; release: string }) => string]
  >([
    ['before the release', ({ release }) => `${release}~1`],
    ['before the workflows are pinned', ({ release }) => release],
    ['before all of them are', ({ tagged }) => `${tagged}~1`],
  ])('is not found %s', (_, head) =>
    inRelease(({ folder, git, commits: { tagged, release } }) => {
      const commit = head({ git: (...args) => git(...args), tagged, release });
      expect(releaseCommit(folder, git, commit, '1.0.0')).toBeUndefined();
      expect(faultsOfRelease(folder, git, commit, '1.0.0')).not.toEqual([]);
    }),
  );

  test('is not found if the commits were squashed or rebased', () =>
    inRelease(({ folder, git, commits: { tagged, release } }) => {
      git('switch', '--quiet', '--create', 'squashed', `${release}~1`);
      git('merge', '--quiet', '--squash', tagged);
      git('commit', '--quiet', '--message', 'Release 1.0.0');
      expect(releaseCommit(folder, git, 'HEAD', '1.0.0')).toBeUndefined();
    }));

  test.each<[string, string, RegExp]>([
    ['a tag', 'v1', /@v1, which is not a commit/],
    ['a branch', 'main', /@main, which is not a commit/],
    ['a tag of another form', 'v1-beta', /@v1-beta, which is not a commit/],
    ['a commit of another release', 'before', /of another release/],
    ['a commit that is not before it', 'a'.repeat(40), /not a commit before it/],
  ])('cannot use %s', (_, ref, words) =>
    inRelease(({ folder, git, commit, commits: { release } }) => {
      const named = ref === 'before' ? git('rev-parse', `${release}~1`) : ref;
      const changed = commit({ [deployImage]: `steps:\n  - uses: ${own}@${named}\n` });
      expect(faultsOfRelease(folder, git, changed, '1.0.0')).toEqual([expect.stringMatching(words)]);
    }),
  );

  test('must have the version', () =>
    inRelease(({ folder, git, commits: { tagged } }) => {
      expect(faultsOfRelease(folder, git, tagged, '1.0.1')).toEqual([expect.stringContaining('1.0.0')]);
    }));
});

describe('a build is another one', () => {
  const before = { a: Buffer.from('x 1 y') };
  test.each<[string, Record<string, Buffer>, string[]]>([
    ['never because of the version', { a: Buffer.from('x 2 y') }, []],
    ['if a file changed', { a: Buffer.from('x 2 z') }, ['a']],
    ['if a file is gone', {}, ['a']],
    ['if a file is new', { ...before, b: Buffer.from('') }, ['b']],
  ])('%s', (_, after, expected) => expect(differences(before, after, ['1', '2'])).toEqual(expected));
});

test('npm’s own --dry-run is not ignored: npm run release --dry-run X.Y.Z, without the two dashes', () => {
  // npm keeps the flag for itself and sets this variable. The version is one that is refused anyway.
  const { stderr } = spawnSync(process.execPath, ['scripts/release.ts', '0.0.1'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_config_dry_run: 'true' },
  });
  expect(stderr).toContain('npm run release -- --dry-run');
});

test('a release that is interrupted with Ctrl+C leaves the clone as it was', () =>
  inClone(
    async ({ folder, git }) => {
      const code = `
        const { makeCommits } = await import(${JSON.stringify(join(root, 'scripts/release/commits.ts'))});
        const { gitIn } = await import(${JSON.stringify(join(root, 'scripts/release/git.ts'))});
        makeCommits(${JSON.stringify(folder)}, gitIn(${JSON.stringify(folder)}), '1.0.0', '${date}');`;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
        detached: true,
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      while (!existsSync(join(folder, '.git/building')))
        await new Promise((resolve) => setTimeout(resolve, 50));
      process.kill(-(child.pid ?? 0), 'SIGINT');
      await ended;
      expect(git('status', '--porcelain')).toBe('');
    },
    {
      'scripts/build.ts':
        "import { writeFileSync } from 'node:fs';\nwriteFileSync('.git/building', '');\nsetTimeout(() => undefined, 20_000);\n",
    },
  ));
