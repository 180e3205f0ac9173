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
