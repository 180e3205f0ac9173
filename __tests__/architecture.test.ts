import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { edges, roomOf } from './source-tree.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const page = read('ARCHITECTURE.md');

describe('ARCHITECTURE.md', () => {
  test('shows every folder of src/, and the files at its root', () => {
    const shown = [...page.matchAll(/\b\w+\["([\w.]+)(?:<br\/>|"\])/g)].map(([, name]) => name);
    expect([...shown].sort()).toEqual(readdirSync(join(root, 'src')).sort());
  });

  test('draws an arrow for each import that no other arrow contains', () => {
    const nameOf = new Map(
      [...page.matchAll(/\b(\w+)\["([\w.]+)(?:<br\/>|"\])/g)].map(([, id = '', name = '']) => [id, name]),
    );
    const picture = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const arrows = [...picture.replace(/\["[^"]*"\]/g, '').matchAll(/^ *(.+?) --> (.+)$/gm)].flatMap(
      ([, from = '', to = '']) =>
        from
          .split(' & ')
          .flatMap((one) => to.split(' & ').map((other) => `${nameOf.get(one)} → ${nameOf.get(other)}`)),
    );
    const imports = new Map<string, Set<string>>();
    for (const { from, to } of edges)
      if (roomOf(from) !== roomOf(to))
        imports.set(roomOf(from), (imports.get(roomOf(from)) ?? new Set()).add(roomOf(to)));
    const reached = (room: string): Set<string> =>
      new Set([...(imports.get(room) ?? [])].flatMap((next) => [next, ...reached(next)]));
    const needed = [...imports].flatMap(([room, direct]) =>
      [...direct]
        .filter((to) => ![...direct].some((other) => other !== to && reached(other).has(to)))
        .map((to) => `${room} → ${to}`),
    );
    expect(arrows.sort()).toEqual(needed.sort());
  });

  test.each(
    [...page.matchAll(/^\| `(src\/[\w./-]+)`, `(\w+)` \|/gm)].map(([, file = '', name = '']) => [file, name]),
  )('%s has %s', (file, name) => {
    expect(read(file)).toMatch(new RegExp(`^export (?:async )?(?:function|const|class) ${name}\\b`, 'm'));
  });
});

describe('CONTRIBUTING.md', () => {
  const paths = [...read('CONTRIBUTING.md').matchAll(/`([\w./-]+\/[\w./-]*|[\w-]+\.(?:yml|md|json))`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !path.startsWith('deploy-app'));
  test.each([...new Set(paths)])('names %s, which exists', (path) =>
    expect(existsSync(join(root, path))).toBe(true),
  );
});

test('.node-version is the version that the tests run', () => {
  expect(read('.node-version').trim()).toBe(JSON.parse(read('node_modules/node/package.json')).version);
});

test('Dependabot groups the updates of every lock file and of the actions, and waits a week', () => {
  const { updates } = parse(read('.github/dependabot.yml'));
  const folders = globSync('{,*/}package-lock.json', { cwd: root }).map((file) => `/${dirname(file)}`);
  // `/` twice: for npm and for the actions.
  expect(updates.map(({ directory }: { directory: string }) => directory).sort()).toEqual(
    ['/', '/.ci', ...folders.map((folder) => folder.replace(/^\/\.$/, '/'))].sort(),
  );
  for (const { groups, cooldown } of updates) {
    expect(Object.keys(groups).length).toBeGreaterThan(0);
    expect(cooldown).toEqual({ 'default-days': 7 });
  }
});

describe('the issue forms', () => {
  const folder = '.github/ISSUE_TEMPLATE';
  const forms = readdirSync(join(root, folder)).filter((name) => name !== 'config.yml');

  // GitHub's docs, "Syntax for GitHub's form schema".
  test.each(forms)('%s is one that GitHub accepts', (name) => {
    const form = parse(read(`${folder}/${name}`));
    expect(Object.keys(form).sort()).toEqual(['body', 'description', 'labels', 'name']);
    const asked = form.body.filter(({ type }: { type: string }) => type !== 'markdown');
    const ids = asked.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(form.body.filter(({ id }: { id?: string }) => id !== undefined).length);
    for (const { type, attributes } of asked) {
      expect(['textarea', 'input', 'dropdown', 'checkboxes']).toContain(type);
      expect(attributes.label).toEqual(expect.any(String));
    }
  });

  test('of a fault asks for the report and the doctor', () => {
    const form = parse(read(`${folder}/fault.yml`));
    const required = form.body
      .filter(({ validations }: { validations?: { required: boolean } }) => validations?.required)
      .map(({ id }: { id: string }) => id);
    expect(required).toEqual(expect.arrayContaining(['report', 'doctor', 'version']));
    expect(JSON.stringify(form)).toContain('steps.deploy.outputs.report');
  });
});
