// Facts that documents and advice state, and that the code or a lock file decides.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { satisfies } from 'semver';
import { parse } from 'yaml';
import { parseDuration } from '../src/lib/duration.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const inputs: Record<string, { default?: string }> = parse(read('action.yml')).inputs;
const defaultOf = (name: string) => parseDuration(inputs[name]?.default ?? '');
const both = (name: string) => [`${name}.md`, `${name}.zh-CN.md`];

describe('the README', () => {
  test.each(both('README'))('%s states the default of settle-time in seconds', (file) => {
    const seconds = [...read(file).matchAll(/(?:for|，|满|about|`settle-time`, ?) ?(\d+) (?:seconds|秒)/g)];
    expect(seconds.map(([, count]) => Number(count) * 1000)).toContain(defaultOf('settle-time'));
    expect(new Set(seconds.map(([, count]) => count)).size).toBe(1);
  });

  test.each(both('README'))('%s suggests a longer time than the default of wait-for-image', (file) => {
    const [, time = ''] = /`wait-for-image: (\w+)`/.exec(read(file)) ?? [];
    expect(parseDuration(time)).toBeGreaterThan(defaultOf('wait-for-image') ?? Number.POSITIVE_INFINITY);
  });

  test.each(both('README'))('%s names the first runner that has the Node version of the action', (file) => {
    // actions/runner, release notes of 2.327.1: "Add support for node24".
    expect(parse(read('action.yml')).runs.using).toBe('node24');
    expect(read(file)).toMatch(/\b2\.327\.1\b.*Node 24/);
  });
});

test('advice to attest an image uses the version that build-image.yml uses', () => {
  const [, pinned] =
    /actions\/attest-build-provenance@[0-9a-f]{40} # (v\d+)\./.exec(
      read('.github/workflows/build-image.yml'),
    ) ?? [];
  const advised = [...read('src/attestation/faults.ts').matchAll(/actions\/attest-build-provenance@(v\d+)/g)];
  expect(advised.map(([, version]) => version)).toEqual([pinned]);
});

test('advice to install another flyctl gives setup-flyctl the pinned version', () => {
  const uses = [
    ...read('src/deploy/deploy.ts').matchAll(/setup-flyctl@([\d.]+)\\n {2}with:\\n {4}version: (\S+)`/g),
  ];
  expect(uses.map(([, tag, version]) => [tag, version])).toEqual([['1.6', '${pinnedVersion}']]);
});

describe('the versions of Node that contributors need', () => {
  const { packages }: { packages: Record<string, { engines?: { node?: string } }> } = JSON.parse(
    read('package-lock.json'),
  );
  const ranges = Object.entries(packages).flatMap(([name, { engines }]) =>
    name === '' || engines?.node === undefined ? [] : [engines.node],
  );

  test.each(both('docs/development'))('%s names those without warnings of npm', (file) => {
    const [, ...versions] = /Node (\d+\.\d+\.\d+)\+?.*?(\d+\.\d+\.\d+)/.exec(read(file)) ?? [];
    expect(versions).toHaveLength(2);
    for (const version of versions)
      expect([version, ranges.filter((range) => !satisfies(version, range))]).toEqual([version, []]);
  });
});
