import { expect, test } from '@jest/globals';
import { saidOf, tokenMask } from '../src/registry/token-mask.ts';
import { digestOf } from './factories.ts';

const said = ['ghcr.io/Owner-2/Some-Repository-1', 'Feature-Branch-12-of-Somebody'];
const masked = (token: string): boolean => {
  const masks: string[] = [];
  tokenMask({ mask: (secret) => void masks.push(secret), said })(token);
  return masks.includes(token);
};

test.each([
  ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
  ['base64', 'djE6b3duZXIvcmVwbzoxNzM5NTU1NTU1NTU1NTU1NTU1'],
  ['base64 of the other alphabet, padded', 'A_b-3A_b-3A_b-3A_b-3=='],
  ['one of GitHub’s', 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['a UUID', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
])('%s is masked', (_name, token) => expect(masked(token)).toBe(true));

test.each([
  ['a letter', 'e'],
  ['what has 15 characters', 'Abcdefghijklm15'],
  ['a digest', digestOf('a')],
  ['the digits of a digest', digestOf('a').slice(7)],
  ['a commit', 'abc1234'.padEnd(40, '0')],
  ['a URL', 'https://github.com/Owner-2/repository'],
  ['a word', 'owner-and-repository-2'],
  ['a part of the run’s variables', 'Some-Repository-1'],
  ['the branch', 'Feature-Branch-12-of-Somebody'],
])('%s is not masked', (_name, token) => expect(masked(token)).toBe(false));

test('limits the tokens that a registry can have masked', () => {
  const masks: string[] = [];
  const mask = tokenMask({ mask: (secret) => void masks.push(secret), said: [] });
  for (let n = 0; n < 1000; n++) mask(`Token-Number-${n}-of-many`);
  expect(masks).toHaveLength(64);
});

test('values of the run’s variables are never masked, except secrets', () => {
  const secret = { 'INPUT_FLY-API-TOKEN': 'a', 'INPUT_REGISTRY-PASSWORD': 'b', ACTIONS_RUNTIME_TOKEN: 'c' };
  expect(saidOf({ GITHUB_REPOSITORY: 'owner/repo', INPUT_APP: 'app', PATH: '/bin', ...secret })).toEqual([
    'owner/repo',
    'app',
  ]);
});
