// Measures the bytes of each dependency in the bundle for docs/dependencies.md, and checks its two tables against
// package.json.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lexer, type Tokens } from 'marked';
import { bundle, type Module, placeOf, scriptsOf } from '../bundle/bundle.ts';
import { stage } from '../bundle/stage.ts';
import { read } from './workflows.ts';

export const dependenciesFile = 'docs/dependencies.md';

type Names = Readonly<Record<string, string>>;
interface PackageJson {
  readonly dependencies: Names;
  readonly devDependencies: Names;
}

/** Rows of the first table that are not dependencies. */
const shared = 'several of them';
const own = '`src/`';
const whole = '`dist/`';

/** The differences between the page's tables and package.json. The first table is about the bundle, the second about the rest. */
export function faultsOfDependencies(text: string, { dependencies, devDependencies }: PackageJson): string[] {
  const tables = lexer(text).filter((token): token is Tokens.Table => token.type === 'table');
  return [dependencies, devDependencies].flatMap((packages, n) => {
    const cells = (tables[n]?.rows ?? []).map(([cell]) => cell?.text ?? '');
    const named = cells
      .filter((cell) => ![shared, own, whole].includes(cell))
      .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
    const kind = n === 0 ? 'dependencies' : 'devDependencies';
    return [
      ...Object.keys(packages)
        .filter((name) => !named.includes(name))
        .map((name) => `${dependenciesFile}: ${name} of the ${kind} has no row`),
      ...named
        .filter((name) => !(name in packages))
        .map((name) => `${dependenciesFile}: ${name} is not one of the ${kind}`),
    ];
  });
}

/** The page with these sizes in the second column of the rows with their names. */
export const withSizes = (text: string, sizes: ReadonlyMap<string, number>): string =>
  text.replace(/^\| ([^|]+) \| [^|]*\|/gm, (row, name: string) => {
    const bytes = sizes.get(name);
    return bytes === undefined ? row : `| ${name} | ${rounded(bytes)} |`;
  });

/** Rounded to 10 kB, so that the page does not change with every build. */
const rounded = (bytes: number): string =>
  bytes < 10_000 ? '< 10 kB' : `${(Math.round(bytes / 10_000) * 10).toLocaleString('en')} kB`;

/** Builds the bundle again to get the names of its modules, and counts its bytes by the rows of the page. */
export function measureBundle(): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'sizes-'));
  try {
    stage();
    const modules = bundle('build/index.js', folder);
    const places = bytesByPlace([...scriptsOf(folder).values()].join(''), modules);
    return byDependency(places, JSON.parse(read('package.json')), JSON.parse(read('package-lock.json')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of scripts by the folder of their modules, e.g. `node_modules/yaml`; '' is everything else. */
export function bytesByPlace(scripts: string, modules: readonly Module[]): Map<string, number> {
  const names = new Map(modules.map(({ id, name }) => [String(id), name]));
  const bytes = new Map<string, number>();
  let place = '';
  for (const line of scripts.match(/.*\n|.+$/g) ?? []) {
    // webpack numbers the modules, and names those that it concatenates.
    const [, id, name] =
      /^(?:\/\*\*\*\/ (\d+):$|;\/\/ CONCATENATED MODULE: (\S+))/.exec(line.trimEnd()) ?? [];
    if (id !== undefined || name !== undefined) place = placeOf(name ?? names.get(id ?? '') ?? '');
    else if (line.startsWith('/***/ })')) place = '';
    bytes.set(place, (bytes.get(place) ?? 0) + Buffer.byteLength(line));
  }
  return bytes;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Names }>>;
}

/** Bytes by dependency. A package that only one dependency needs counts as that one's. A dependency counts as itself. */
export function byDependency(
  places: ReadonlyMap<string, number>,
  { dependencies }: Pick<PackageJson, 'dependencies'>,
  { packages }: Lockfile,
): Map<string, number> {
  const direct = new Map(Object.keys(dependencies).map((name) => [`node_modules/${name}`, `\`${name}\``]));
  const neededBy = new Map<string, Set<string>>();
  const visit = (place: string, by: string) => {
    const all = neededBy.get(place) ?? new Set();
    if (all.has(by) || (place !== by && direct.has(place))) return;
    neededBy.set(place, all.add(by));
    for (const name of Object.keys(packages[place]?.dependencies ?? {})) {
      const found = foldersOf(place)
        .map((folder) => `${folder}node_modules/${name}`)
        .find((each) => each in packages);
      if (found !== undefined) visit(found, by);
    }
  };
  for (const place of direct.keys()) visit(place, place);

  const sizes = new Map([...direct.values(), shared, own, whole].map((name) => [name, 0]));
  for (const [place, bytes] of places) {
    const [only = '', ...more] = neededBy.get(place) ?? [];
    const row = place === '' ? own : more.length > 0 ? shared : (direct.get(only) ?? shared);
    for (const name of [row, whole]) sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  }
  return sizes;
}

/** Where node finds the dependencies of a package: in its folder, then in those above. */
function foldersOf(place: string): string[] {
  const parts = place.split('/node_modules/');
  const above = parts.map((_, n) => `${parts.slice(0, parts.length - n).join('/node_modules/')}/`);
  return [...above, ''];
}
