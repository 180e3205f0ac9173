import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { placeOf } from '../scripts/bundle/bundle.ts';
import { allowedLicenses, installed, packagesIn, textOfLicenses } from '../scripts/docs/licenses.ts';
import { read, root } from '../scripts/docs/workflows.ts';

// The bundle contains other people's code, so their licenses must allow that, and their texts must be shipped.

const names = installed(JSON.parse(read('package-lock.json')).packages);
const dependencies = Object.keys(JSON.parse(read('package.json')).dependencies);

describe.each(['dist/licenses.txt', 'dist/fleet/licenses.txt'])('%s', (file) => {
  const bundled = packagesIn(read(file), names);

  test('lists packages under licenses that allow it, as their package.json names them', () => {
    expect(bundled.length).toBeGreaterThan(0);
    for (const { name, license } of bundled) {
      expect([name, allowedLicenses]).toEqual([name, expect.arrayContaining([license])]);
      const own = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
      expect([name, own.license]).toEqual([name, license]);
    }
  });
});

test('lists every dependency of the action', () => {
  const bundled = packagesIn(read('dist/licenses.txt'), names).map(({ name }) => name);
  expect(bundled).toEqual(expect.arrayContaining(dependencies));
});

// `npm run check` writes these files again from webpack's own list of modules, and compares every byte.
describe.each(['dist/licenses.txt', 'dist/fleet/licenses.txt'])('%s', (file) => {
  const listed = packagesIn(read(file), names).map(({ name }) => name);

  test('lists those that the scripts name', () => {
    const scripts = globSync(join(root, dirname(file), '*.js')).map((path) => readFileSync(path, 'utf8'));
    const named = scripts.join('').matchAll(/^;\/\/ CONCATENATED MODULE: (\S+)/gm);
    const places = [...named].map(([, path = '']) => placeOf(path)).filter((place) => place !== '');
    expect(places).toContain('node_modules/@actions/core');
    expect(places).not.toContain('node_modules/undici');
    for (const place of places) expect(listed).toContain(place.replace(/^.*node_modules\//, ''));
  });
});

test('a version of a package is listed where its text differs from another’s', () => {
  const one = { name: 'a', license: 'MIT', text: 'One\r\n' };
  const text = textOfLicenses([one, { ...one, text: 'One' }, { ...one, text: 'Two' }]);
  expect(text).toBe('a\nMIT\nOne\n\na\nMIT\nTwo\n');
});

test('the list is read by its packages, not by the text of a license', () => {
  const text = 'a\nMIT\nThe text names\nb\nGPL-3.0\n\n@c/d\nGPL-3.0-only\nText\n\n';
  expect(packagesIn(text, new Set(['a', 'b', '@c/d']))).toEqual([
    { name: 'a', license: 'MIT' },
    { name: '@c/d', license: 'GPL-3.0-only' },
  ]);
  expect(installed({ '': {}, 'node_modules/a': {}, 'node_modules/a/node_modules/@c/d': {} })).toEqual(
    new Set(['a', '@c/d']),
  );
});
