/** A package in a bundle, and its license as its package.json names it. */
export interface Bundled {
  readonly name: string;
  readonly license: string;
}

/** Licenses that ask for no more than their text, which the bundle has beside it. */
export const allowedLicenses: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
];

/** The packages of a licenses.txt as ncc writes it: a name, a license, its text. @param names every package that is installed. */
export function packagesIn(text: string, names: ReadonlySet<string>): Bundled[] {
  const lines = text.split('\n');
  return lines.flatMap((name, n) =>
    names.has(name) && (lines[n - 1] ?? '') === '' ? [{ name, license: lines[n + 1] ?? '' }] : [],
  );
}

/** The names of the packages of a package-lock.json. */
export const installed = (packages: Readonly<Record<string, unknown>>): Set<string> =>
  new Set(Object.keys(packages).flatMap((place) => place.split('node_modules/').at(-1) || []));

/** A licenses.txt, which `packagesIn` reads. Versions of a package are listed once, unless their texts differ. */
export function textOfLicenses(packages: readonly (Bundled & { readonly text: string })[]): string {
  const blocks = packages.map(
    ({ name, license, text }) => `${name}\n${license}\n${text.replaceAll('\r\n', '\n').trim()}\n`,
  );
  return [...new Set(blocks)].sort().join('\n');
}
