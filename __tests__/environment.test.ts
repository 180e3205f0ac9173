import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { flyctlEnvironment } from '../src/fly/flyctl/environment.ts';

const set = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'value']));
const reaches = (name: string) => name in flyctlEnvironment({ [name]: 'value' }, 'token');

test.each([
  'PATH',
  'HOME',
  'LC_ALL',
  'https_proxy',
  'SSL_CERT_FILE',
  'RUNNER_TRACKING_ID',
  'FLY_CONFIG_DIR',
  'FLY_API_BASE_URL',
  'FLY_FLAPS_BASE_URL',
  'FLY_UIEX_BASE_URL',
  'FLY_REGISTRY_HOST',
  'FLY_NO_INCIDENTS_CHECK',
])('%s reaches flyctl', (name) => expect(reaches(name)).toBe(true));

test.each([
  'FLY_ACCESS_TOKEN',
  'FLY_X_TOKEN_FILE',
  'FLY_CLIENT_SECRET',
  'FLY_DB_PASSWORD',
  'FLY_SIGNING_KEY',
  'FLY_GHA_ERROR_ANNOTATION',
  'FLY_ORG_PAT',
  'FLY_AUTH',
  'FLY_DATABASE_URL',
  'FLY_METRICS_TOKEN',
  'FLY_MCP_USER',
  'FLY_JSON',
  'FLY_LOCAL_ONLY',
  'fly_org_pat',
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

test('flyctl gets the given token, whatever the step’s environment contains', () => {
  const env = flyctlEnvironment({ FLY_API_TOKEN: 'another', FLY_ACCESS_TOKEN: 'third' }, 'token');
  expect(env['FLY_API_TOKEN']).toBe('token');
  expect(Object.values(env)).not.toContain('another');
  expect('FLY_ACCESS_TOKEN' in env).toBe(false);
});

test('does not pass a variable that only begins like one of flyctl’s', () =>
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z_]{1,12}$/), (rest) => {
      const name = `FLY_${rest}`;
      fc.pre(!(name in flyctlEnvironment({}, 'token')) && !/^FLY_VERBOSE$/.test(name));
      expect(flyctlEnvironment(set([name]), 'token')).not.toHaveProperty(name);
    }),
  ));
