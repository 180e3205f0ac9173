import { expect, test } from '@jest/globals';
import { userAgent, version } from '../src/lib/version.ts';
import { read } from './workflows.ts';

// package.json is the only source of the version: everything else is generated from it, or is compared with it here.

const packaged: string = JSON.parse(read('package.json')).version;

test('the action knows the version of package.json', () => {
  expect(version).toBe(packaged);
});

test('package-lock.json has the same version', () => {
  const lock = JSON.parse(read('package-lock.json'));
  expect([lock.version, lock.packages[''].version]).toEqual([packaged, packaged]);
});

test('every request names it, in the form of RFC 9110', () => {
  expect(userAgent).toBe(`deploy-fly-image/${packaged}`);
  expect(userAgent).toMatch(/^[\w-]+\/\d+\.\d+\.\d+$/);
});

test('dist/ contains it, so that it does not read package.json', () => {
  expect(/^const version = '(.*)';$/m.exec(read('dist/index.js'))?.[1]).toBe(packaged);
});
