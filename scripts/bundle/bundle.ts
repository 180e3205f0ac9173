// One action's bundle: an index.js, chunks that a run loads when it needs them, and the licenses of their packages.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundled, textOfLicenses } from '../docs/licenses.ts';
import { root } from '../docs/workflows.ts';
import { replaced } from './stage.ts';

/** A module of a bundle, as webpack lists it: `./node_modules/yaml/dist/index.js`, with those that were merged into it. */
export interface Module {
  readonly id?: string | number | null;
  readonly name: string;
  readonly moduleType?: string;
  readonly modules?: readonly Module[];
  readonly size?: number;
  /** The chunks that contain it. */
  readonly chunks?: readonly number[];
}

/** A chunk, as webpack lists it. */
export interface Chunk {
  readonly id: number;
  readonly initial: boolean;
  /** Where the imports are that load it. */
  readonly origins: readonly { readonly request: string }[];
  /** Why it is apart from them, if it is. */
  readonly reason?: string;
}

/** Bundles a module of build/ into a folder. @throws Error if ncc fails, or its bundle cannot run. */
export function bundle(entry: string, folder: string): readonly Module[] {
  const apart = mkdtempSync(join(tmpdir(), 'stats-'));
  try {
    const stats = join(apart, 'stats.json');
    const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');
    const options = ['-o', folder, '--no-cache', '--quiet', '--stats-out', stats];
    execFileSync(process.execPath, [ncc, 'build', join(root, entry), ...options], { cwd: root });
    const { modules, chunks }: { modules: Module[]; chunks: Chunk[] } = JSON.parse(
      readFileSync(stats, 'utf8'),
    );
    nameChunks(folder, namesOf(chunks, modules));
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
function packagesOf(modules: readonly Module[]): string[] {
  const all = (list: readonly Module[]): Module[] =>
    list.flatMap((module) => [module, ...all(module.modules ?? [])]);
  const places = all(modules).flatMap(({ name }) => placeOf(name) || []);
  return [...new Set(places)].sort();
}

/**
 * `node_modules/yaml` of a module's path; '' for one that is not a package's. A staged copy counts as the package itself, but
 * what replaces a package does not.
 */
export const placeOf = (path: string): string =>
  path.startsWith(`./build/node_modules/${replaced}/`)
    ? ''
    : (/^\.\/(?:build\/)?((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? '');

function packaged(place: string): Bundled & { readonly text: string } {
  const folder = join(root, place);
  const { name, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return { name, license, text: texts.join('\n') };
}

/**
 * A name for each chunk by its number, which changes with its content: the name of its largest package, or of the module in
 * src/ that it belongs to.
 */
export function namesOf(chunks: readonly Chunk[], modules: readonly Module[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const { id, origins, reason } of chunks.filter(({ initial }) => !initial)) {
    const sizes = new Map<string, number>();
    for (const module of modules.filter((each) => each.chunks?.includes(id))) {
      const place = placeOf(module.name);
      sizes.set(place, (sizes.get(place) ?? 0) + (module.size ?? 0));
    }
    const [[place = ''] = []] = [...sizes].sort(([, a], [, b]) => b - a);
    const own = reason?.startsWith('split chunk') ? 'shared' : (origins[0]?.request ?? 'shared');
    const path = place === '' ? own : place.slice(place.lastIndexOf('node_modules/') + 13);
    const name = path.replace(/^[./@]+|(?:\/main)?\.js$/g, '').replaceAll('/', '-');
    const isTaken = (text: string) => text === 'index' || [...names.values()].includes(text);
    let free = name;
    for (let n = 2; isTaken(free); n++) free = `${name}-${n}`;
    names.set(id, free);
  }
  return names;
}

/** Gives the chunks names. webpack can do that, but ncc has no option for it. */
function nameChunks(folder: string, names: ReadonlyMap<number, string>): void {
  if (names.size === 0) return;
  const file = join(folder, 'index.js');
  const [before, after, ...more] = readFileSync(file, 'utf8').split('return "" + chunkId + ".index.js";');
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error('index.js does not find its chunks in the known way');
  const list = JSON.stringify(Object.fromEntries([...names].sort(([a], [b]) => a - b)));
  writeFileSync(file, `${before}return ${list}[chunkId] + ".js";${after}`);
  for (const [id, name] of names) renameSync(join(folder, `${id}.index.js`), join(folder, `${name}.js`));
}

/** If a module is not found, ncc 0.44 and later exits 0 with a bundle that cannot run. */
function mustRun(folder: string): void {
  for (const [name, script] of scriptsOf(folder)) {
    for (const broken of ['webpackMissingModule', 'eval("require")']) {
      if (script.includes(broken))
        throw new Error(`${name} contains ${broken}: a module was not found when it was bundled`);
    }
  }
}
