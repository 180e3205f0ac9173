import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assumptions } from '../scripts/probe/assumptions.ts';
import { statusOf } from '../scripts/probe/table.ts';
import { app, githubToken, inSandbox, privateImage } from './probe-world.ts';

const root = join(import.meta.dirname, '..');

test('all assumptions hold in the sandbox, and nothing is left', () =>
  inSandbox(async (world) => {
    const { status, output, json, flyctl } = await world.probe(privateImage(world));
    expect(json.assumptions.filter(({ holds }) => holds !== 'yes')).toEqual([]);
    expect(json.assumptions.map(({ id }) => id)).toEqual(assumptions.map(({ id }) => id));
    expect([status, json.version, json.left]).toEqual([0, 1, []]);
    for (const { id } of assumptions) expect(output).toContain(`| ${id}: `);
    // The two apps that it created are gone, and so are their machines.
    expect([...world.fly.platform.apps.keys()]).toEqual([]);
    expect(json.removed).toEqual(expect.arrayContaining([`app ${app}`, `app ${app}-mount`]));
    // The token is in flyctl's environment, and nowhere else.
    const deploys = flyctl.filter(({ argv }) => argv[0] === 'deploy');
    expect(deploys.length).toBe(3);
    for (const { argv, env } of deploys) {
      expect(env['FLY_API_TOKEN']).toBe(world.fly.token);
      expect(JSON.stringify(argv)).not.toContain(world.fly.token);
    }
    for (const secret of [world.fly.token, githubToken]) {
      expect(output).not.toContain(secret);
      expect(JSON.stringify(json)).not.toContain(secret);
    }
  }));

describe('the list of assumptions', () => {
  test('has different IDs', () => {
    expect(new Set(assumptions.map(({ id }) => id)).size).toBe(assumptions.length);
  });

  test.each(assumptions.map(({ id, reliesOn }) => [id, reliesOn]))('%s: %s exists', (_, reliesOn) => {
    expect(existsSync(join(root, reliesOn.replace(/ .*$/, '')))).toBe(true);
  });

  test.each(['docs/what-success-means.md', 'docs/what-success-means.zh-CN.md'])('is in %s', (page) => {
    const text = readFileSync(join(root, page), 'utf8').split(/^## /m).at(-1) ?? '';
    const named = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    expect(named).toEqual(assumptions.map(({ id }) => id));
  });
});

test.each([
  [[], 2],
  [['yes'], 0],
  [['yes', 'no', 'unknown'], 1],
  [['yes', 'unknown'], 2],
] as const)('%j ends with %d', (found, status) => {
  expect(statusOf(found.map((holds) => ({ holds })))).toBe(status);
});
