import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { lastingFaults, momentaryFaults } from '../sandbox/fly/faults.ts';

// Compares sandbox/README.md with the code that it describes.

const file = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const readme = file('sandbox/README.md');

/** The fields of an interface, sorted. */
const fields = (path: string, name: string): string[] => {
  const [, body = ''] =
    new RegExp(`\\ninterface ${name} \\{\\n(.*?)\\n\\}\\n`, 's').exec(
      file(path).replaceAll('\nexport ', '\n'),
    ) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field = '']) => field).sort();
};
/** The names in the first column of the table below a heading, sorted. */
const rows = (heading: string): string[] => {
  const [, section = ''] = readme.split(`\n### ${heading}\n`);
  const cells = [...(section.split(/\n##/)[0] ?? '').matchAll(/^\| (`.*?) \|/gm)];
  return cells.flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)/g)].map(([, name = '']) => name)).sort();
};

test.each([
  ['Of an app', 'sandbox/fly/types.ts', 'Behavior'],
  ['Of a server', 'sandbox/lib/faults.ts', 'Fault'],
  ['Of a registry', 'sandbox/registry/registry.ts', 'RegistryOptions'],
])('lists every fault: %s', (heading, path, name) => {
  expect(fields(path, name).length).toBeGreaterThan(5);
  expect(rows(heading)).toEqual(fields(path, name));
});

test('lists every named fault with its source', () => {
  const [, section = ''] = readme.split('\n### Of an app, by name\n');
  const lines = [...(section.split('\n### ')[0] ?? '').matchAll(/^\| (`.*?) \|.+\| (.+) \|$/gm)];
  const names = lines.flatMap(([, cell = '']) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  expect(names.sort()).toEqual([...lastingFaults, ...momentaryFaults].sort());
});

test('shows the example that runs', () => {
  expect(readme).toContain(`\`\`\`ts\n${file('__tests__/e2e/sandbox-example.test.ts')}\`\`\`\n`);
});

test('names every folder, and links to files that exist', () => {
  const folder = join(import.meta.dirname, '..', 'sandbox');
  const folders = new Set(globSync('*/*.ts', { cwd: folder }).map((path) => dirname(path)));
  expect(folders.size).toBeGreaterThan(5);
  for (const name of folders) expect(readme).toContain(`| [\`${name}/\`](${name}/`);
  for (const [, path = ''] of readme.matchAll(/\]\((?!http)([^)]+)\)/g))
    expect([path, existsSync(join(folder, path))]).toEqual([path, true]);
});
