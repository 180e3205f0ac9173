import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { compileCache } from '../../sandbox/lib/compile-cache.ts';
import { sha256 } from '../../scripts/release/checksums.ts';
import { referencesOf } from '../../scripts/release/references.ts';
import { type Clone, inClone } from '../releasing/world.ts';
import { root } from '../workflows.ts';

// `npm run release` as a process, in a clone of a small repository that contains the script.

interface World extends Clone {
  /** Runs the script with arguments. */
  readonly run: (...args: string[]) => { status: number | null; stdout: string; stderr: string };
  /** Where the temporary clones are. */
  readonly temporary: string;
}

const inWorld = (work: (world: World) => void): Promise<void> =>
  inClone((clone) => {
    const { folder, commit } = clone;
    cpSync(join(root, 'scripts/release.ts'), join(folder, 'scripts/release.ts'));
    cpSync(join(root, 'scripts/release'), join(folder, 'scripts/release'), { recursive: true });
    mkdirSync(join(folder, 'node_modules/a'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/a/index.js'), '');
    commit({ '.gitignore': 'node_modules/\n' });
    const temporary = join(folder, '.git', 'temporary');
    mkdirSync(temporary);
    work({
      ...clone,
      temporary,
      run: (...args) =>
        spawnSync(process.execPath, [join(folder, 'scripts/release.ts'), ...args], {
          cwd: folder,
          encoding: 'utf8',
          env: {
            ...{ PATH: process.env['PATH'], HOME: temporary, TMPDIR: temporary },
            NODE_COMPILE_CACHE: compileCache,
          },
        }),
    });
  });

test('makes the commits, pushes nothing, and prints the next commands with their values', () =>
  inWorld(({ run, git, folder }) => {
    // A push would reach it.
    const remote = join(folder, '.git', 'remote.git');
    git('init', '--quiet', '--bare', remote);
    git('remote', 'add', 'origin', remote);
    const { status, stdout, stderr } = run('1.0.0');
    expect([status, stderr]).toEqual([0, '']);
    const [examples = '', tagged = '', , release = ''] = git('log', '--format=%H').split('\n');
    expect(stdout).toContain(`git push origin ${tagged}:refs/heads/release-v1.0.0\n`);
    expect(stdout).toMatch(/merge commit, without squashing or rebasing/);
    expect(stdout).toContain('gh workflow run release.yml --field version=1.0.0\n');
    expect(stdout).toContain(`git push origin ${examples}:refs/heads/examples-v1.0.0\n`);
    expect(stdout).toContain(`git reset --hard ${release}~1\n`);
    expect([git('tag'), git('ls-remote', 'origin'), git('status', '--porcelain')]).toEqual(['', '', '']);
  }));

test('says how to start over if the commits are there already', () =>
  inWorld(({ run, git, folder }) => {
    const before = git('rev-parse', 'HEAD');
    run('1.0.0');
    const [, line = ''] = /(git reset --hard \S+)\n$/.exec(run('1.0.0').stderr) ?? [];
    execFileSync('sh', ['-c', line], { cwd: folder, stdio: 'ignore' });
    expect(git('rev-parse', 'HEAD')).toBe(before);
    expect(run('1.0.0')).toMatchObject({ status: 0 });
  }));

test('a dry run reports that it leaves out what is not committed', () =>
  inWorld(({ run, folder }) => {
    expect(run('--dry-run', '1.0.0').stdout).not.toContain('not committed');
    writeFileSync(join(folder, 'new.txt'), '');
    expect(run('--dry-run', '1.0.0')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('not committed'),
    });
  }));

test('a dry run leaves a clone with the commits and the tags, and the files, and changes nothing here', () =>
  inWorld(({ run, git, folder, temporary }) => {
    const before = git('rev-parse', 'HEAD');
    const { status, stdout, stderr } = run('--dry-run', '1.0.0');
    expect([status, stderr]).toEqual([0, '']);
    expect([git('rev-parse', 'HEAD'), git('tag'), git('status', '--porcelain')]).toEqual([before, '', '']);
    const [name = ''] = readdirSync(temporary);
    const [clone, assets] = [join(temporary, name, 'deploy-fly-image'), join(temporary, name, 'assets')];
    expect(stdout).toContain(clone);
    expect(stdout).toContain(assets);
    const tagged = git('-C', clone, 'rev-parse', 'v1.0.0');
    expect(git('-C', clone, 'rev-parse', 'v1')).toBe(tagged);
    for (const words of [
      tagged.slice(0, 12),
      'v1.0.0, v1',
      'Release 1.0.0',
      '2 lines with',
      'SHA256SUMS',
      'notes.md',
    ])
      expect(stdout).toContain(words);
    const example = referencesOf(readFileSync(join(clone, 'examples/a.yml'), 'utf8'));
    expect(example).toEqual([{ path: '', ref: tagged, comment: 'v1.0.0' }]);
    const sums = readFileSync(join(assets, 'SHA256SUMS'), 'utf8');
    for (const file of ['action.yml', 'dist/index.js', 'dist/fleet/index.js', 'fleet/action.yml'])
      expect(sums).toContain(`${sha256(readFileSync(join(clone, file)))}  ${file}\n`);
    // The files that are the same before and after.
    expect(readFileSync(join(clone, 'LICENSE'))).toEqual(readFileSync(join(folder, 'LICENSE')));
  }));

test('a dry run without a version works just after a release, and on a detached HEAD', () =>
  inWorld(({ run, git }) => {
    expect(run('1.0.0').status).toBe(0);
    git('checkout', '--quiet', '--detach', 'HEAD');
    const { status, stdout, stderr } = run('--dry-run');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Release 1.1.0');
  }));

describe('is refused', () => {
  test.each<[string, string[], RegExp]>([
    ['without a version', [], /^Expected: npm run release -- X\.Y\.Z/],
    ['with two versions', ['1.0.0', '1.1.0'], /^Expected:/],
    ['with an unknown option', ['1.0.0', '--push'], /^Expected:/],
    ['for a version that is too low', ['0.0.1'], /0\.0\.1 is not greater than 0\.1\.0/],
    ['in a dry run for the same reason', ['--dry-run', '0.0.1'], /0\.0\.1 is not greater than 0\.1\.0/],
  ])('%s', (_, args, words) =>
    inWorld(({ run, git }) => {
      const before = git('rev-parse', 'HEAD');
      expect(run(...args)).toMatchObject({ status: 1, stderr: expect.stringMatching(words) });
      expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual([before, '']);
    }),
  );
});
