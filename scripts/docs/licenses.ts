/** A package in a bundle, and the license in its package.json. */
export interface Bundled {
  readonly name: string;
  readonly license: string;
}

/** Licenses that require only their text, which is shipped beside the bundle. */
export const allowedLicenses: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
];

/** The packages in ncc's licenses.txt: a name, a license, its text. @param names every installed package. */
export function packagesIn(text: string, names: ReadonlySet<string>): Bundled[] {
  const lines = text.split('\n');
  return lines.flatMap((name, n) =>
    names.has(name) && (lines[n - 1] ?? '') === '' ? [{ name, license: lines[n + 1] ?? '' }] : [],
  );
}

/** The names of the packages in a package-lock.json. */
export const installed = (packages: Readonly<Record<string, unknown>>): Set<string> =>
  new Set(Object.keys(packages).flatMap((place) => place.split('node_modules/').at(-1) || []));

/** A licenses.txt, which `packagesIn` reads. Versions of a package are listed once, unless their texts differ. */
export function textOfLicenses(packages: readonly (Bundled & { readonly text: string })[]): string {
  const blocks = packages.map(
    ({ name, license, text }) => `${name}\n${license}\n${text.replaceAll('\r\n', '\n').trim()}\n`,
  );
  return [...new Set(blocks)].sort().join('\n');
}
