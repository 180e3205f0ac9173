// Builds dist/ from src/: tsc to build/, then ncc for each of the two actions. The version in package.json is written into the
// source first.
// `--check` builds to another folder and reports every byte-for-byte difference from dist/.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle/bundle.ts';
import { stage, versionLine, writeVersion } from './bundle/stage.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const out = check ? mkdtempSync(join(tmpdir(), 'dist-')) : join(root, 'dist');

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

if (!check) writeVersion();
else if (!readFileSync(join(root, 'src/lib/version.ts'), 'utf8').includes(`\n${versionLine()}\n`))
  fail('src/lib/version.ts has another version than package.json. Run: npm run build');
rmSync(out, { recursive: true, force: true });
stage();
bundle('build/index.js', out);
bundle('build/fleet/index.js', join(out, 'fleet'));

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
