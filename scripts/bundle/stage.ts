// build/, the input of ncc: tsc writes it from src/, and this adds copies of some packages that differ from those in
// node_modules by one line, and a module that replaces undici.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/workflows.ts';

/**
 * Packages whose modules have no side effects, although their package.json does not declare that with `sideEffects`. With the
 * declaration, the bundle contains only the modules in use; without it, every start would load undici and an OpenID client.
 * `bundle.test.ts` imports each of their modules and checks that it is true.
 */
export const withoutSideEffects = [
  '@actions/core',
  '@actions/exec',
  '@actions/http-client',
  '@actions/io',
  '@actions/tool-cache',
] as const;

/** The package that a module of ours replaces, `without-undici.js`. */
export const replaced = 'undici';

const folder = join(root, 'build');
const copyOf = (name: string): string => join(folder, 'node_modules', name);

/** Copies a package, so that its modules find the other copies. */
function copy(name: string): void {
  cpSync(join(root, 'node_modules', name), copyOf(name), { recursive: true });
}

/** The line of src/lib/version.ts, with the version in package.json. */
export function versionLine(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `export const version = '${version}';`;
}

/** Writes the version into src/lib/version.ts. */
export function writeVersion(): void {
  const file = join(root, 'src/lib/version.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^export const version = .*$/m, versionLine()));
}

/** Writes build/. Modules in it find the copies first, and everything else in node_modules. */
export function stage(): void {
  rmSync(folder, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  for (const name of withoutSideEffects) {
    copy(name);
    const file = join(copyOf(name), 'package.json');
    const described = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...described, sideEffects: false }, null, 2));
  }
  copy('@actions/github');
  mkdirSync(copyOf(replaced));
  const described = { name: replaced, type: 'module', main: 'index.js', sideEffects: false };
  writeFileSync(join(copyOf(replaced), 'package.json'), JSON.stringify(described));
  cpSync(join(import.meta.dirname, 'without-undici.js'), join(copyOf(replaced), 'index.js'));
}
