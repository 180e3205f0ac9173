import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { namesOf } from '../scripts/bundle/bundle.ts';
import { withoutSideEffects } from '../scripts/bundle/stage.ts';
import { root } from '../scripts/docs/workflows.ts';

// The bundle omits modules of these packages that nothing uses. That is only correct for modules without side effects: each
// one is imported in a separate process, and everything that it can reach is compared before and after.

const probe = `
import { syncBuiltinESMExports } from 'node:module';
import fs from 'node:fs';
const look = () => ({
  global: Reflect.ownKeys(globalThis).map(String).sort(),
  process: Reflect.ownKeys(process).map(String).sort(),
  env: { ...process.env },
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  exit: process.exitCode ?? 0,
  cwd: process.cwd(),
  working: process.getActiveResourcesInfo(),
});
const [module, ...needed] = JSON.parse(process.argv[1]);
// Packages that they import. These keep their effects, because the bundle does not omit them.
for (const each of needed) await import(each);
process.stdout; process.stderr;
for (const name of ['Object', 'Function', 'Array', 'String', 'Promise', 'Error', 'RegExp', 'Map', 'Set'])
  Object.freeze(globalThis[name].prototype);
for (const name of ['writeFileSync', 'appendFileSync', 'mkdirSync', 'writeFile', 'appendFile', 'createWriteStream'])
  fs[name] = () => { throw new Error(name + ' was called'); };
syncBuiltinESMExports();
const before = look();
await import(module);
const after = look();
if (JSON.stringify(before) !== JSON.stringify(after))
  throw new Error('something differs: ' + JSON.stringify([before, after]));
`;

const urlOf = (path: string): string => pathToFileURL(path).href;

/** The effects of importing a module: none if the status is 0 and nothing is printed. */
function effectsOf(url: string, needed: readonly string[] = []): { status: number | null; output: string } {
  const argv = ['--input-type=module', '--eval', probe, JSON.stringify([url, ...needed])];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8', cwd: root });
  return { status, output: stdout + stderr };
}

describe.each(withoutSideEffects)('%s', (name) => {
  const folder = join(root, 'node_modules', name);
  const modules = globSync(join(folder, 'lib', '**', '*.js'));
  const needed = ['undici/index.js', 'tunnel/index.js', 'semver/index.js'].map((path) =>
    urlOf(join(root, 'node_modules', path)),
  );

  test.each(modules.map((path) => [path.slice(folder.length + 1), path]))(
    '%s does nothing when it is imported',
    (_module, path) => expect(effectsOf(urlOf(path), needed)).toEqual({ status: 0, output: '' }),
  );
});

test.each([
  ['a variable of all', 'globalThis.x = 1'],
  ['a listener', "process.on('exit', () => {})"],
  ['a variable of the environment', "process.env.X = '1'"],
  ['a line', "console.log('x')"],
  ['a file', "import { writeFileSync } from 'node:fs'; writeFileSync('/dev/null', '')"],
  ['a change to what all objects have', 'Object.prototype.x = 1'],
  ['a timer', 'setTimeout(() => {}, 1)'],
])('%s would be noticed', (_name, code) => {
  const { status, output } = effectsOf(`data:text/javascript,${encodeURIComponent(code)}`);
  expect([status, output === '']).not.toEqual([0, true]);
});

test('a chunk has the name of its largest package, or of the module that it was made for', () => {
  const chunk = (id: number, request: string, reason?: string) => ({
    ...{ id, initial: false, origins: [{ request }] },
    ...(reason !== undefined && { reason }),
  });
  const chunks = [
    { ...chunk(1, './index.js'), initial: true },
    chunk(2, 'yaml'),
    chunk(3, './doctor/main.js'),
    chunk(4, './a.js', 'split chunk (cache group: default)'),
    chunk(5, './b.js', 'split chunk (cache group: default)'),
    chunk(6, '@x/y'),
  ];
  const modules = [
    { name: './build/doctor/main.js', size: 9, chunks: [3] },
    { name: './node_modules/semver/index.js', size: 1, chunks: [3] },
    { name: './node_modules/yaml/dist/index.js', size: 5, chunks: [2] },
    { name: './build/node_modules/@x/y/lib/y.js + 3 modules', size: 5, chunks: [6] },
  ];
  const names = ['yaml', 'doctor', 'shared', 'shared-2', 'x-y'].map((name, n) => [n + 2, name] as const);
  expect(namesOf(chunks, modules)).toEqual(new Map(names));
});
