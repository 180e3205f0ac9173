// Builds dist/ from src/: tsc to build/, then ncc for each of the two actions, then a check of ncc's output.
// `--check` builds to another folder and reports every byte-for-byte difference from dist/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const out = check ? mkdtempSync(join(tmpdir(), 'dist-')) : join(root, 'dist');

function run(script: string, ...args: string[]): void {
  const child = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (child.status !== 0) fail(`${script} ${args.join(' ')}\n${child.stdout}${child.stderr}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

rmSync(join(root, 'build'), { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
rmSync(out, { recursive: true, force: true });
for (const [entry, folder] of [
  ['build/index.js', '.'],
  ['build/fleet/index.js', 'fleet'],
] as const) {
  const to = join(out, folder);
  run('@vercel/ncc/dist/ncc/cli.js', 'build', entry, '-o', to, '--license', 'licenses.txt', '--no-cache');
  // If a module is not found, ncc 0.44 and later exits 0 with a bundle that cannot run.
  const bundle = readFileSync(join(to, 'index.js'), 'utf8');
  for (const broken of ['webpackMissingModule', 'eval("require")']) {
    if (bundle.includes(broken))
      fail(
        `${join('dist', folder, 'index.js')} contains ${broken}: a module was not found when it was bundled`,
      );
  }
}

/** The files of a folder and its subfolders, by their path in it. */
const files = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(folder, name)).isFile())
        .sort()
    : [];
if (check) {
  const dist = join(root, 'dist');
  const names = [...new Set([...files(out), ...files(dist)])];
  const differ = names.filter((name) => {
    const [ours, theirs] = [join(dist, name), join(out, name)];
    return !existsSync(ours) || !existsSync(theirs) || !readFileSync(ours).equals(readFileSync(theirs));
  });
  rmSync(out, { recursive: true, force: true });
  if (differ.length > 0) fail(`dist/ is not what src/ makes: ${differ.join(', ')}. Run: npm run build`);
  console.log(`dist/ is what src/ makes (${names.join(', ')})`);
} else {
  for (const name of files(out)) console.log(`dist/${name} ${statSync(join(out, name)).size} bytes`);
}
