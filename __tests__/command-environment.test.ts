import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commandEnvironment } from '../src/verify/command-environment.ts';

const told = {
  url: 'https://test-battle.fly.dev',
  commit: 'abc1234',
  digest: 'sha256:d',
  releaseVersion: '7',
};
const env = (given: Record<string, string | undefined>, changes: Partial<typeof told> = {}) =>
  commandEnvironment(given, { ...told, ...changes });

test('contains what is known about the deploy, and empty values for what is not', () => {
  expect(env({})).toEqual({
    APP_URL: 'https://test-battle.fly.dev',
    COMMIT: 'abc1234',
    DIGEST: 'sha256:d',
    RELEASE_VERSION: '7',
  });
  expect(
    commandEnvironment({}, { ...told, url: 'none', commit: undefined, releaseVersion: undefined }),
  ).toEqual({ APP_URL: '', COMMIT: '', DIGEST: 'sha256:d', RELEASE_VERSION: '' });
});

test.each(['PATH', 'HOME', 'HTTPS_PROXY', 'GITHUB_SHA', 'GITHUB_WORKSPACE', 'RUNNER_OS', 'VERIFY_TOKEN'])(
  '%s reaches the test',
  (name) => expect(env({ [name]: 'value' })).toHaveProperty(name, 'value'),
);

test.each([
  'FLY_API_TOKEN',
  'FLY_ACCESS_TOKEN',
  'FLY_FLAPS_BASE_URL',
  'GITHUB_TOKEN',
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_PATH',
  'GITHUB_EVENT_PATH',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'INPUT_FLY-API-TOKEN',
  'NODE_OPTIONS',
  'LD_PRELOAD',
  'verify_token',
  'MY_VERIFY_TOKEN',
  'MY_GITHUB_SHA',
  'GITHUB_SHA_TOKEN',
  'MY_RUNNER_OS',
  'RUNNER_OS_TOKEN',
])('%s does not', (name) => expect(env({ [name]: 'value' })).not.toHaveProperty([name]));

test('a variable without a value does not', () =>
  expect(env({ VERIFY_USER: undefined })).not.toHaveProperty('VERIFY_USER'));

test('no other variable reaches the test, and none changes what it gets to know about the deploy', () =>
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[A-Za-z_]{1,20}$/), fc.string()),
      fc.constantFrom('APP_URL', 'COMMIT', 'DIGEST', 'RELEASE_VERSION'),
      fc.string(),
      (given, name, value) => {
        const known = /^(?:VERIFY_|GITHUB_|RUNNER_|LC_|XDG_|SSL_CERT_|PROGRAM)|^[A-Z]+(?:_PROXY)?$/i;
        const result = env({ ...given, [name]: value });
        expect(result).toMatchObject(env({}));
        for (const each of Object.keys(result).filter((each) => !(each in env({}))))
          expect(each).toMatch(known);
      },
    ),
  ));
