import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { flyctlEnvironment } from '../src/fly/flyctl/environment.ts';

const set = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'value']));
const reaches = (name: string) => name in flyctlEnvironment({ [name]: 'value' }, 'token');

test.each(['PATH', 'HOME', 'LC_ALL', 'https_proxy', 'SSL_CERT_FILE', 'RUNNER_TRACKING_ID', 'FLY_CONFIG_DIR'])(
  '%s reaches flyctl',
  (name) => expect(reaches(name)).toBe(true),
);

test.each([
  'FLY_ACCESS_TOKEN',
  'FLY_X_TOKEN_FILE',
  'FLY_CLIENT_SECRET',
  'FLY_DB_PASSWORD',
  'FLY_SIGNING_KEY',
  'FLY_GHA_X',
  'GITHUB_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'INPUT_FLY-API-TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'NPM_TOKEN',
  'DATABASE_URL',
  'DEPLOY_TRIGGER',
  'LD_PRELOAD',
  'NODE_OPTIONS',
])('%s does not', (name) => expect(reaches(name)).toBe(false));

test('the token is the one that was given, whatever the step’s environment has', () => {
  const env = flyctlEnvironment({ FLY_API_TOKEN: 'another', FLY_ACCESS_TOKEN: 'third' }, 'token');
  expect(env['FLY_API_TOKEN']).toBe('token');
  expect(Object.values(env)).not.toContain('another');
  expect('FLY_ACCESS_TOKEN' in env).toBe(false);
});

test('no variable whose name tells of a secret passes', () =>
  fc.assert(
    fc.property(
      fc.constantFrom('TOKEN', 'SECRET', 'PASSWORD', 'KEY'),
      fc.stringMatching(/^[A-Z_]{0,8}$/),
      fc.stringMatching(/^[A-Z_]{0,8}$/),
      (word, before, after) => {
        const name = `FLY_${before}${word}${after}`;
        fc.pre(name !== 'FLY_API_TOKEN');
        expect(flyctlEnvironment(set([name]), 'token')).not.toHaveProperty(name);
      },
    ),
  ));
