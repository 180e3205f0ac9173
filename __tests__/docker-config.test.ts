import { describe, expect, test } from '@jest/globals';
import { dockerLogin } from '../src/registry/docker-config.ts';
import { rejectedBy } from './errors.ts';

const auth = btoa('me:pa:ss');

/** Reads a config, with a credential helper that gives this answer. */
async function login(host: string, config: unknown, helper?: { status: number; stdout: string }) {
  const asked: string[][] = [];
  const found = await dockerLogin(host, {
    env: { HOME: '/home/runner' },
    platform: 'linux',
    readFile: (path) =>
      path === '/home/runner/.docker/config.json' && config !== undefined
        ? typeof config === 'string'
          ? config
          : JSON.stringify(config)
        : undefined,
    findProgram: (name) => (helper === undefined ? undefined : name),
    ask: async (program, argv, stdin) => {
      asked.push([program, ...argv, stdin]);
      return helper;
    },
    log: { debug: () => {} },
  });
  return { found, asked };
}

describe('what docker/login-action leaves', () => {
  test.each([
    ['ghcr.io', { auths: { 'ghcr.io': { auth } } }],
    ['docker.io', { auths: { 'https://index.docker.io/v1/': { auth } } }],
    ['ghcr.io', { auths: { 'https://ghcr.io': { auth } } }],
    ['ghcr.io', { auths: { 'https://ghcr.io/v2/': { auth } } }],
    ['127.0.0.1:5000', { auths: { '127.0.0.1:5000': { auth } } }],
    ['ghcr.io', { auths: { 'ghcr.io': { username: 'me', password: 'pa:ss' } } }],
  ])('for %s: %j', async (host, config) => {
    expect((await login(host, config)).found).toEqual({ username: 'me', password: 'pa:ss' });
  });

  test.each([
    ['ghcr.io', undefined],
    ['ghcr.io', {}],
    ['ghcr.io', { auths: {} }],
    [
      'ghcr.io',
      { auths: { 'ghcr.io.evil.example': { auth }, 'evil.example/ghcr.io': { auth }, xghcrxio: { auth } } },
    ],
    ['ghcr.io', { auths: { 'ghcr.io': { auth: 'no colon' } } }],
    ['ghcr.io', { auths: { 'ghcr.io': { auth: btoa('me:') } } }],
    ['ghcr.io', { auths: 'odd' }],
    ['docker.io', { auths: { 'ghcr.io': { auth } } }],
  ])('for %s nothing: %j', async (host, config) => {
    expect((await login(host, config)).found).toBeUndefined();
  });

  test('an identity token', async () => {
    const config = { auths: { 'r.example': { auth, identitytoken: 'refresh' } } };
    expect((await login('r.example', config)).found).toEqual({ identityToken: 'refresh' });
  });

  test('reports a file that is not JSON, without quoting it', async () => {
    const error = await rejectedBy(login('ghcr.io', '{"auths":{"ghcr.io":{"auth":"c2VjcmV0"},}'));
    expect(error.code).toBe('json-invalid');
    expect(error.message).toContain('/home/runner/.docker/config.json');
    expect(`${error.message}${error.cause}`).not.toContain('c2VjcmV0');
  });

  test('reads the folder of DOCKER_CONFIG, and nothing without HOME', async () => {
    const paths: string[] = [];
    const world = {
      platform: 'linux' as const,
      readFile: (path: string) => void paths.push(path),
      findProgram: () => undefined,
      ask: async () => undefined,
      log: { debug: () => {} },
    };
    await dockerLogin('ghcr.io', { ...world, env: { DOCKER_CONFIG: '/conf', HOME: '/home' } });
    await dockerLogin('ghcr.io', { ...world, env: {} });
    expect(paths).toEqual(['/conf/config.json']);
  });
});

describe('credential helpers', () => {
  const answer = { status: 0, stdout: JSON.stringify({ ServerURL: 'x', Username: 'me', Secret: 's3' }) };

  test('uses the one for this registry, or else the one for all', async () => {
    const config = { credsStore: 'desktop', credHelpers: { 'gcr.io': 'gcloud' } };
    expect(await login('gcr.io', config, answer)).toEqual({
      found: { username: 'me', password: 's3' },
      asked: [['docker-credential-gcloud', 'get', 'gcr.io']],
    });
    expect((await login('ghcr.io', config, answer)).asked).toEqual([
      ['docker-credential-desktop', 'get', 'ghcr.io'],
    ]);
    expect((await login('docker.io', config, answer)).asked).toEqual([
      ['docker-credential-desktop', 'get', 'https://index.docker.io/v1/'],
    ]);
  });

  test('a helper gets its cloud’s variables, but none of the step’s secrets', async () => {
    const kept = {
      PATH: '/bin',
      HOME: '/home/runner',
      AWS_SECRET_ACCESS_KEY: 'a',
      AWS_WEB_IDENTITY_TOKEN_FILE: 'b',
      CLOUDSDK_AUTH_ACCESS_TOKEN: 'c',
      GOOGLE_APPLICATION_CREDENTIALS: 'd',
      AZURE_CLIENT_SECRET: 'e',
      RUNNER_TRACKING_ID: 'f',
      GITHUB_REPOSITORY: 'owner/repo',
    };
    const secret = Object.fromEntries(
      [
        'INPUT_FLY-API-TOKEN',
        'INPUT_GITHUB-TOKEN',
        'Input_Registry-Password',
        'ACTIONS_RUNTIME_TOKEN',
        'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
        'FLY_API_TOKEN',
        'FLY_ACCESS_TOKEN',
        'FLY_ORG_PAT',
        'GITHUB_TOKEN',
        'GH_TOKEN',
        'GITHUB_ENV',
        'GITHUB_PATH',
        'GITHUB_OUTPUT',
        'GITHUB_STATE',
        'GITHUB_STEP_SUMMARY',
      ].map((name) => [name, 'secret']),
    );
    let given: Record<string, string> | undefined;
    await dockerLogin('ghcr.io', {
      env: { ...kept, ...secret, EMPTY: undefined },
      platform: 'linux',
      readFile: () => JSON.stringify({ credsStore: 'corp' }),
      findProgram: (name) => name,
      ask: async (_program, _argv, _stdin, env) => {
        given = env;
        return answer;
      },
      log: { debug: () => {} },
    });
    expect(given).toEqual(kept);
  });

  test('a secret that is an identity token', async () => {
    const stdout = JSON.stringify({ Username: '<token>', Secret: 'refresh' });
    expect((await login('a.azurecr.io', { credsStore: 'acr' }, { status: 0, stdout })).found).toEqual({
      identityToken: 'refresh',
    });
  });

  test.each([
    ['does not exist', undefined],
    ['knows nothing', { status: 1, stdout: 'credentials not found in native keychain' }],
    ['answers without a secret', { status: 0, stdout: '{"Username":"me"}' }],
  ])('falls back to the file if the helper %s', async (_name, helper) => {
    const config = { credsStore: 'desktop', auths: { 'ghcr.io': { auth } } };
    expect((await login('ghcr.io', config, helper)).found).toEqual({ username: 'me', password: 'pa:ss' });
  });

  test.each(['../../evil', 'a b', '-x', 'a/b', ''])(
    'does not run a helper whose name is not plain: %j',
    async (name) => {
      expect((await login('ghcr.io', { credsStore: name }, answer)).asked).toEqual([]);
    },
  );

  test('reports an answer that is not JSON, without quoting it', async () => {
    const error = await rejectedBy(login('ghcr.io', { credsStore: 'x' }, { status: 0, stdout: 's3cret' }));
    expect(error.code).toBe('json-invalid');
    expect(error.message).toContain('docker-credential-x');
    expect(`${error.message}${error.cause}`).not.toContain('s3cret');
  });
});
