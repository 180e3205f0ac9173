// One action's bundle: an index.js, chunks that a run loads when it needs them, and the licenses of what is in both.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundled, textOfLicenses } from '../docs/licenses.ts';
import { root } from '../docs/workflows.ts';

/** A module of a bundle, as webpack lists it: `./node_modules/yaml/dist/index.js`, with those that were merged into it. */
export interface Module {
  readonly id?: string | number | null;
  readonly name: string;
  readonly moduleType?: string;
  readonly modules?: readonly Module[];
}

/** Bundles a module of build/ into a folder. @throws Error if ncc fails, or writes what cannot run. */
export function bundle(entry: string, folder: string): readonly Module[] {
  const apart = mkdtempSync(join(tmpdir(), 'stats-'));
  try {
    const stats = join(apart, 'stats.json');
    const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');
    const options = ['-o', folder, '--no-cache', '--quiet', '--stats-out', stats];
    execFileSync(process.execPath, [ncc, 'build', join(root, entry), ...options], { cwd: root });
    const { modules } = JSON.parse(readFileSync(stats, 'utf8')) as { modules: Module[] };
    // ncc can write them too, but leaves out the packages of modules that it has merged into others.
    writeFileSync(join(folder, 'licenses.txt'), textOfLicenses(packagesOf(modules).map(packaged)));
    mustRun(folder);
    return modules;
  } finally {
    rmSync(apart, { recursive: true, force: true });
  }
}

/** The scripts of a bundle, by name. */
export const scriptsOf = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

/** Where the packages of modules are installed, e.g. `node_modules/a/node_modules/b`, in the order of their names. */
export function packagesOf(modules: readonly Module[]): string[] {
  const all = (list: readonly Module[]): Module[] =>
    list.flatMap((module) => [module, ...all(module.modules ?? [])]);
  const places = all(modules).flatMap(({ name }) => placeOf(name) || []);
  return [...new Set(places)].sort();
}

/** `node_modules/yaml` of a module's path; '' for one that is not a package's. A staged copy counts as the package itself. */
export const placeOf = (path: string): string =>
  /^\.\/(?:build\/)?((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? '';

function packaged(place: string): Bundled & { readonly text: string } {
  const folder = join(root, place);
  const { name, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return { name, license, text: texts.join('\n') };
}

/** ncc exits 0 with a bundle that cannot run when a module was not found (seen with ncc 0.44 and later). */
function mustRun(folder: string): void {
  for (const [name, script] of scriptsOf(folder)) {
    for (const broken of ['webpackMissingModule', 'eval("require")']) {
      if (script.includes(broken))
        throw new Error(`${name} contains ${broken}: a module was not found when it was bundled`);
    }
    // Every chunk that it names lies beside it.
    for (const [, id] of script.matchAll(/_require__\.e\(\/\* import\(\) \*\/ (\d+)\)/g)) {
      const chunk = `${id}.index.js`;
      if (!existsSync(join(folder, chunk))) throw new Error(`${name} loads ${chunk}, which is not there`);
    }
  }
}
