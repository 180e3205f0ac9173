import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { edges, importsOf, modules, roomOf, src } from './source-tree.ts';

// Checks the rules of the source tree against its imports.

/** Folders from the bottom up. A module imports from lower rows, and in its own row from its own folder. */
const order: readonly (readonly string[])[] = [
  ['lib'],
  // Clients of different services do not import each other.
  ['registry', 'fly', 'github'],
  ['runtime.ts'],
  ['inputs'],
  ['event'],
  ['attestation'],
  ['image'],
  ['mirror', 'verify'],
  ['deploy'],
  ['record'],
  ['report'],
  ['doctor', 'fleet'],
  ['step'],
  ['main.ts'],
  ['index.ts'],
];

const rowOf = (module: string): number => order.findIndex((row) => row.includes(roomOf(module)));

/** Why this import breaks the order; undefined if it does not. */
function objection(from: string, to: string): string | undefined {
  if (roomOf(from) === roomOf(to)) return undefined;
  const ruled = `${from} imports ${to}`;
  if (rowOf(to) < 0 || rowOf(from) < 0) return `${ruled}: a folder that is not in the order`;
  if (roomOf(to) === 'report' && !['step', 'main.ts', 'index.ts', 'doctor', 'fleet'].includes(roomOf(from)))
    return `${ruled}: only main, step, doctor and fleet report`;
  return rowOf(to) < rowOf(from) ? undefined : `${ruled}, against the order`;
}

test('every import is found', () => {
  expect(edges.length).toBeGreaterThan(300);
  for (const { to } of edges) expect(modules).toContain(to);
  expect(
    importsOf('main.ts', "await import(/* x */ './lib/yaml.ts'); import type { A } from './b/c.ts';"),
  ).toEqual(['lib/yaml.ts', 'b/c.ts']);
});

test('imports run one way', () => {
  expect(edges.flatMap(({ from, to }) => objection(from, to) ?? [])).toEqual([]);
});

test.each([
  ['lib/http.ts', 'registry/hosts.ts'],
  ['registry/hosts.ts', 'fly/api.ts'],
  ['runtime.ts', 'inputs/inputs.ts'],
  ['verify/compare.ts', 'mirror/mirror.ts'],
  ['verify/compare.ts', 'report/outcome.ts'],
  ['fleet/main.ts', 'doctor/main.ts'],
  ['deploy/deploy.ts', 'main.ts'],
  ['lib/http.ts', 'elsewhere/x.ts'],
])('%s must not import %s', (from, to) => expect(objection(from, to)).toMatch(`${from} imports ${to}`));

test('no module imports itself, even indirectly', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (module: string, path: readonly string[]): void => {
    if (path.includes(module)) circles.push([...path.slice(path.indexOf(module)), module].join(' → '));
    if (done.has(module) || path.includes(module)) return;
    for (const { to } of edges.filter(({ from }) => from === module)) visit(to, [...path, module]);
    done.add(module);
  };
  for (const module of modules) visit(module, []);
  expect(circles).toEqual([]);
});

describe('the source tree', () => {
  test('has three files at its root', () =>
    expect(modules.filter((module) => !module.includes('/')).sort()).toEqual([
      'index.ts',
      'main.ts',
      'runtime.ts',
    ]));

  test.each(modules)('%s is short enough to read in one sitting', (module) =>
    expect(readFileSync(join(src, module), 'utf8').split('\n').length).toBeLessThanOrEqual(251),
  );
});
