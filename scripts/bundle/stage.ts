// build/, the input of ncc: tsc writes it from src/, and this adds copies of some packages that differ from those in
// node_modules by one line.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const folder = join(root, 'build');

/** Writes build/. Modules in it find the copies first, and everything else in node_modules. */
export function stage(): void {
  rmSync(folder, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  for (const name of withoutSideEffects) {
    const [from, to] = [join(root, 'node_modules', name), join(folder, 'node_modules', name)];
    cpSync(from, to, { recursive: true });
    const file = join(to, 'package.json');
    const described = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...described, sideEffects: false }, null, 2));
  }
}
