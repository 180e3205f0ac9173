import { describe, expect, test } from '@jest/globals';
import { readActionFile, root } from '../sandbox/runner/environment.ts';
import { choose, makePlan } from '../src/image/plan.ts';
import { readInputs } from '../src/inputs/inputs.ts';
import { secretsOf } from '../src/inputs/secrets.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import type { UserError } from '../src/lib/user-error.ts';
import { expectSentences, rejectedBy, thrownBy } from './errors.ts';
import { nothingThere } from './factories.ts';

/** A source with valid inputs. Each test changes what it is about. */
const source = (
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
  files: Record<string, string> = {},
) => ({
  input: (name: string) => ({ app: 'test-battle', 'fly-api-token': 'test-token', ...inputs })[name] ?? '',
  env: {
    GITHUB_REPOSITORY: 'owner/repo',
    GITHUB_ACTOR: 'octocat',
    GITHUB_SERVER_URL: 'https://github.com',
    ...env,
  },
  readFile: (path: string) => files[path],
  lookUpProgram: nothingThere,
});

const faultOf = (...args: Parameters<typeof source>): Promise<UserError> =>
  rejectedBy(readInputs(source(...args)));

/** Expects an error with this code and these facts: names, values, lines to change. */
function expectFault(
  fault: Pick<UserError, 'code' | 'message' | 'each'>,
  expected: ErrorCode,
  facts: readonly string[],
): void {
  expect(fault.code).toBe(expected);
  for (const fact of facts) expect(fault.message).toContain(fact);
  for (const each of fault.each) expectSentences(each);
}

test('defaults are the documented ones', async () => {
  expect(await readInputs(source())).toEqual({
    app: 'test-battle',
    config: undefined,
    flyToken: 'test-token',
    flyLogin: { username: 'x', password: 'test-token' },
    image: { host: 'ghcr.io', path: 'owner/repo' },
    loweredFrom: undefined,
    imageIsEmpty: true,
    branch: undefined,
    shaTag: '{branch}-{sha}',
    commit: undefined,
    select: undefined,
    manualSelect: { form: 'tag', tag: '{branch}' },
    manualSelectGiven: false,
    soakTime: 0,
    sourceApp: { token: 'test-token', login: { username: 'x', password: 'test-token' } },
    deployBy: 'auto',
    allowEvents: ['push'],
    onRefusal: 'fail',
    waitForImage: 120_000,
    checkRevision: 'auto',
    attestation: { mode: 'off' },
    attestationRef: undefined,
    trustedRoots: undefined,
    registryLogin: undefined,
    githubLogin: undefined,
    mirror: 'auto',
    flyctlVersion: undefined,
    flags: [],
    noCache: false,
    settleTime: 30_000,
    healthUrl: undefined,
    healthStatus: undefined,
    healthBody: undefined,
    healthTimeout: 120_000,
    rollback: 'false',
    onOutdated: 'skip',
    onUnchanged: 'deploy',
    deployTimeout: 1_800_000,
    githubToken: '',
    mode: 'deploy',
    unknown: [],
  });
  expect(Object.isFrozen(await readInputs(source()))).toBe(true);
});

test('defaults are those of action.yml', async () => {
  const { inputs } = readActionFile(root);
  const defaults = Object.fromEntries(
    Object.entries(inputs).map(([name, { default: text = '' }]) => [
      name,
      String(text).replace('${{ github.repository }}', 'owner/repo').replace('${{ github.token }}', ''),
    ]),
  );
  expect(Object.values(defaults).join()).not.toContain('${{');
  const { app: _app, 'fly-api-token': _token, ...others } = defaults;
  expect(await readInputs(source(others))).toEqual({ ...(await readInputs(source())), imageIsEmpty: false });
});

describe('app and config', () => {
  const toml = { 'fly.toml': 'app = "from-toml"\n[build]\n' };
  test('reads the app from fly.toml if there is one', async () => {
    expect(await readInputs(source({ app: '' }, {}, toml))).toMatchObject({
      app: 'from-toml',
      config: 'fly.toml',
    });
  });
  test('the input overrides the config, which is still passed on', async () => {
    expect(await readInputs(source({}, {}, toml))).toMatchObject({ app: 'test-battle', config: 'fly.toml' });
  });
  test.each<[string, Record<string, string>, string]>([
    ['fly.json if there is no fly.toml', { 'fly.json': '{"app":"a"}', 'fly.yaml': 'app: b' }, 'fly.json'],
    [
      'fly.yaml if there is no other',
      { 'fly.yaml': 'app: a\nhttp_service:\n  internal_port: 8080\n' },
      'fly.yaml',
    ],
    ['fly.toml before all others', { 'fly.yaml': 'app: b', 'fly.toml': 'app = "a"' }, 'fly.toml'],
    [
      'a TOML with an integer beyond 53 bits',
      { 'fly.toml': 'app = "a"\n[env]\nID = 1219706687980568769' },
      'fly.toml',
    ],
  ])('without `config`, searches like flyctl and finds %s', async (_name, files, config) =>
    expect(await readInputs(source({ app: '' }, {}, files))).toMatchObject({ app: 'a', config }),
  );
  test.each<[string, Record<string, string>, string]>([
    ['deploy', { 'deploy/fly.toml': 'app = "a"' }, 'deploy/fly.toml'],
    ['deploy/', { 'deploy/fly.toml': 'app = "a"' }, 'deploy/fly.toml'],
    ['fly.prod.json', { 'fly.prod.json': '{"app":"a"}' }, 'fly.prod.json'],
    ['deploy/fly.yaml', { 'deploy/fly.yaml': '# the app\n"app": \'a\'\n' }, 'deploy/fly.yaml'],
    // flyctl reads `.yml` as TOML.
    ['fly.yml', { 'fly.yml': 'app = "a"' }, 'fly.yml'],
  ])('reads `config: %s` as flyctl does', async (config, files, path) =>
    expect(await readInputs(source({ app: '', config }, {}, files))).toMatchObject({
      app: 'a',
      config: path,
    }),
  );
  test.each([
    ['fly.json', '{\n  "app": "a",\n}', 3],
    ['fly.yaml', 'app: a\nbuild: [\n', 2],
    ['fly.yml', 'app: a', 1],
  ])('the error about %s has its line', async (config, text, line) => {
    const { code, location, fix } = await faultOf({ app: '', config }, {}, { [config]: text });
    expect([code, location?.file]).toEqual(['config-invalid', config]);
    expect(Math.abs((location?.line ?? 0) - line)).toBeLessThanOrEqual(1);
    expect(fix).toContain(`fly config validate --config ${config}`);
  });
  test.each([
    ['fly.json', '{"app":7}'],
    ['fly.json', '[]'],
    ['fly.json', 'null'],
    ['fly.yaml', 'app: [a]'],
    ['fly.yaml', ''],
  ])('%s with %j does not name an app', async (config, text) =>
    expectFault(await faultOf({ app: '', config }, {}, { [config]: text }), 'app-missing', [config]),
  );
  test('without a config, names all the files that it looked for', async () =>
    expectFault(await faultOf({ app: '' }), 'app-missing', ['fly.toml', 'fly.json', 'fly.yaml']));
  test('a config with another name', async () => {
    const files = { 'apps/b.toml': 'app = "b"' };
    expect(await readInputs(source({ app: '', config: 'apps/b.toml' }, {}, files))).toMatchObject({
      app: 'b',
      config: 'apps/b.toml',
    });
  });
  test.each<[Record<string, string>, Record<string, string>, ErrorCode, string[]]>([
    [{ app: '' }, {}, 'app-missing', ['`app`', 'fly.toml', 'with: app: your-app']],
    [{ app: '' }, { 'fly.toml': '[build]' }, 'app-missing', ['`app`', 'fly.toml', 'app = "your-app"']],
    [{ app: '' }, { 'fly.toml': 'app = [1' }, 'config-invalid', ['fly.toml', 'fly config validate']],
    [{ app: '' }, { 'fly.toml': 'app = "Bad Name"' }, 'app-invalid', ['"Bad Name"', '`app` in fly.toml']],
    [{ app: '--help' }, {}, 'app-invalid', ['"--help"', '63', '`app`']],
    [{ app: 'a\n::error::x' }, {}, 'app-invalid', [String.raw`"a\n::error::x"`]],
    [
      { config: 'none.toml' },
      {},
      'config-missing',
      ['"none.toml"', '"none.toml/fly.toml"', '`config`', '- uses: actions/checkout@v7'],
    ],
  ])('%j with %j: %s', async (inputs, files, code, facts) =>
    expectFault(await faultOf(inputs, {}, files), code, facts),
  );
  test('an error in fly.toml has its line', async () => {
    const { code, location } = await faultOf({ app: '' }, {}, { 'fly.toml': '# my app\n\napp = [1' });
    expect([code, location?.file]).toEqual(['config-invalid', 'fly.toml']);
    expect(location?.line).toBeGreaterThanOrEqual(3);
  });
});

describe('tokens', () => {
  test('FLY_API_TOKEN replaces the input', async () => {
    expect((await readInputs(source({ 'fly-api-token': '' }, { FLY_API_TOKEN: 'from-env' }))).flyToken).toBe(
      'from-env',
    );
  });
  test('a deploy fails without one', async () =>
    expectFault(await faultOf({ 'fly-api-token': '' }), 'fly-token-missing', [
      'FLY_API_TOKEN',
      'fly tokens create deploy',
      'with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}',
      'environment:',
    ]));
  test('a dry run does not need one', async () =>
    expect(await readInputs(source({ 'fly-api-token': '', mode: 'dry-run' }))).toMatchObject({
      flyToken: '',
      mode: 'dry-run',
    }));
  test.each(['fly-api-token', 'source-app-token'])(
    'a line break in %s is an error that does not show the token',
    async (name) => {
      const fault = await faultOf({ [name]: 'secret\nmore' });
      expectFault(fault, 'fly-token-invalid', [`\`${name}\``]);
      expect(fault.input).toBe(name);
      expect(fault.message).not.toMatch(/secret\n|more/);
    },
  );
  test('every secret is masked before anything is checked', async () => {
    const given = { 'fly-api-token': 'a', 'registry-password': 'b', 'github-token': 'c' };
    expect(secretsOf(source(given, { FLY_API_TOKEN: 'd' })).sort()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('registry login', () => {
  const github = { 'github-token': 'ghs_x' };
  test.each([
    ['ghcr.io/o/r', 'https://github.com', 'ghs_x'],
    ['127.0.0.1:5000/o/r', 'https://github.com', undefined],
    ['docker.io/o/r', 'https://github.com', undefined],
    ['evil.example/o/r', 'https://github.com', undefined],
    ['containers.acme.ghe.com/o/r', 'https://acme.ghe.com', 'ghs_x'],
    ['ghcr.io/o/r', 'https://acme.ghe.com', undefined],
  ])('the job’s token for %s, on %s: %s', async (image, GITHUB_SERVER_URL, password) => {
    const { githubLogin } = await readInputs(source({ image, ...github }, { GITHUB_SERVER_URL }));
    expect(githubLogin).toEqual(password && { username: 'octocat', password });
  });
  test('a password is sent to any registry', async () => {
    const login = { 'registry-username': 'me', 'registry-password': 'p' };
    expect(
      (await readInputs(source({ image: 'evil.example/o/r', ...login, ...github }))).registryLogin,
    ).toEqual({
      username: 'me',
      password: 'p',
    });
  });
  test('a user name without a password is an error', async () => {
    const fault = await faultOf({ 'registry-username': 'me' });
    expectFault(fault, 'input-conflict', ['`registry-username`', 'with: registry-password: ${{ secrets.']);
    expect(fault.input).toBe('registry-username');
  });
});

describe('image', () => {
  test('makes upper-case letters lower-case, with a notice', async () => {
    expect(await readInputs(source({}, { GITHUB_REPOSITORY: 'Owner/Repo' }))).toMatchObject({
      image: { host: 'ghcr.io', path: 'owner/repo' },
      loweredFrom: 'ghcr.io/Owner/Repo',
    });
  });
  test('fails without an image and a repository', async () => {
    expectFault(await faultOf({}, { GITHUB_REPOSITORY: '' }), 'image-missing', [
      '`image`',
      'GITHUB_REPOSITORY',
      'with: image: ghcr.io/owner/repo',
    ]);
  });
});

test.each([
  ['settle-time', '20', ['20s, 2m, 1m30s', '24h']],
  ['wait-for-image', '-1s', ['20s, 2m, 1m30s']],
  ['mode', 'plan', ['deploy, dry-run, verify, doctor']],
  ['rollback', 'yes', ['false, true, with-release-command']],
  ['on-unchanged', 'true', ['deploy, skip']],
  ['no-cache', 'TrUe', ['true', 'false']],
  ['deploy-by', 'sha', ['auto, digest, tag']],
  ['check-revision', 'on', ['auto, require, off']],
  ['allow-events', 'push;rm', ['push, workflow_dispatch']],
  ['allow-events', 'push,-rf', ['push, workflow_dispatch']],
  ['allow-events', 'push;rm -rf', ['push, workflow_dispatch']],
  ['commit', 'xyz', ['7']],
  ['commit', 'abc12', ['7']],
  ['manual-select', 'main', ['`manual-select: tag:v1.2.3`', '`manual-select: release:41`']],
  ['select', 'latest:v1', ['`select: commit:', '`select: newest:v*`', '`select: digest:sha256:']],
  ['select', 'tag:-main', ['"tag:"', '{branch}', '128', 'with: select: tag:v1.2.3']],
  ['manual-select', 'tag:{sha}', ['{branch}', '128', 'with: manual-select: tag:v1.2.3']],
  ['select', 'tag:', ['"tag:"', 'with: select: tag:v1.2.3']],
  ['select', 'newest:main', ['*', '?', '{branch}', 'with: select: newest:v*']],
  ['select', 'newest:ma in*', ['{branch}']],
  ['manual-select', 'newest:-*', ['{branch}']],
  ['select', 'release:newest', ['"previous"', '"current"', 'with: select: release:41']],
  ['select', 'release:0', ['"previous"']],
  ['select', 'running:My_App', ['"running:"', 'with: select: running:my-app-staging']],
  ['soak-time', '1 hour', ['20s, 2m, 1m30s']],
  ['select', 'digest:sha256:abc', ['64', 'with: select: digest:sha256:0123']],
  ['select', 'digest:null', ['"digest:"', '64']],
  ['select', 'commit:main', ['hexadecimal', 'with: select: commit:0123']],
  ['select', 'commit:abc12', ['hexadecimal']],
  ['health-url', 'healthz', ['"/"', 'http(s)']],
  ['health-url', '//evil.example/x', ['"/"']],
  ['health-url', 'ftp://x/', ['http(s)']],
  ['health-url', 'https://u:p@x/', ['http(s)']],
  ['on-outdated', 'ignore', ['skip, fail, deploy']],
  ['on-refusal', 'ignore', ['fail, skip']],
  ['deploy-timeout', '30', ['20s, 2m, 1m30s']],
  ['deploy-timeout', '0', ['longer than 0', 'with: deploy-timeout: 30m']],
  ['deploy-timeout', '0m0s', ['longer than 0']],
  ['flyctl-version', 'latest', ['0.4.80']],
  ['attestation', 'build.yml', ['off, warn, require', 'owner/repo/.github/workflows/build.yml']],
  ['attestation', 'true', ['off, warn, require']],
  ['attestation', 'o/r/.github/workflows/b.yml@main', ['@refs/heads/main', 'commit']],
  ['attestation-ref', 'main', ['refs/heads/main', 'refs/tags/v*']],
  ['attestation-ref', 'refs/heads/a b', ['refs/heads/main']],
  ['trusted-root', 'none.json', ['gh attestation trusted-root']],
  ['mirror', 'yes', ['auto, always, never']],
])('refuses %s: %j', async (name, value, facts) => {
  const fault = await faultOf({ [name]: value });
  expectFault(fault, 'input-invalid', [`\`${name}\``, `"${value}"`, `with: ${name}: `, ...facts]);
  expect(fault.input).toBe(name);
});

test('0 is valid for what can take no time, and a zero deploy-timeout has its error beside the others', async () => {
  const zero = { 'settle-time': '0', 'health-timeout': '0', 'wait-for-image': '0', 'soak-time': '0' };
  expect(await readInputs(source(zero))).toMatchObject({
    ...{ settleTime: 0, healthTimeout: 0, waitForImage: 0, soakTime: 0 },
  });
  const fault = await faultOf({ ...zero, 'deploy-timeout': '0', mirror: 'yes' });
  expectFault(fault, 'several-problems', ['`deploy-timeout`', '`mirror`']);
  expect(fault.codes).toEqual(['input-invalid', 'input-invalid']);
});

test('health-status is a single status', async () => {
  const fault = await faultOf({ 'health-status': '200-399', 'health-url': '/' });
  expectFault(fault, 'input-invalid', ['`health-status`', '"200-399"', '100', '599']);
  expect(fault.input).toBe('health-status');
});

test.each<[Record<string, string>, string, string[]]>([
  [{ 'health-body': 'ok' }, 'health-body', ['"ok"', '`health-url`']],
  [{ 'health-status': '200' }, 'health-status', ['`health-url`']],
  [{ select: 'commit:def5678', commit: 'abc1234' }, 'commit', ['"abc1234"', '`select`']],
  [{ select: 'release:v41', image: 'ghcr.io/o/r:main' }, 'image', ['"ghcr.io/o/r:main"', '`select`']],
  [{ 'soak-time': '1h' }, 'soak-time', ['"1h"', '`select: running:']],
  [{ select: 'running:test-battle' }, 'select', ['"test-battle"', 'with: select: release:current']],
  [
    { 'attestation-ref': 'refs/heads/x' },
    'attestation-ref',
    ['"refs/heads/x"', 'with: attestation: require'],
  ],
  [{ 'deploy-by': 'tag', attestation: 'warn' }, 'deploy-by', ['"tag"', '`attestation`']],
])('%j: the inputs exclude each other', async (inputs, name, facts) => {
  const fault = await faultOf(inputs);
  expectFault(fault, 'input-conflict', [`\`${name}\``, ...facts]);
  expect(fault.input).toBe(name);
});

test.each<[Record<string, string>, string[], string[]]>([
  [{ select: 'tag:', image: 'ghcr.io/o/r:main' }, ['select', 'image'], []],
  [{ select: 'running:UP', 'soak-time': '1h' }, ['select'], ['soak-time']],
])('%j: an invalid selection still excludes the other input', async (inputs, faulty, right) => {
  const fault = await faultOf(inputs);
  for (const name of faulty) expect(fault.message).toContain(`The input \`${name}\` is`);
  for (const name of right) expect(fault.message).not.toContain(`The input \`${name}\` is`);
});

test.each<[string, string, ErrorCode, string[]]>([
  ['sha-tag', '{tag}-{sha}', 'tag-invalid', ['"{tag}-{sha}"', '{branch}', 'with: sha-tag:']],
  ['sha-tag', '{branch}-{sha:3}', 'tag-invalid', ['{sha:3}', '{sha:12}', '4 to 64']],
  ['sha-tag', '{sha:65}', 'tag-invalid', ['{sha:65}', '4 to 64']],
  ['sha-tag', '{sha:}', 'tag-invalid', ['{sha:}', '4 to 64']],
  ['sha-tag', '-{sha}', 'tag-invalid', ['"-{sha}"', '"-0123456"', 'with: sha-tag:']],
  ['sha-tag', '{branch}/{sha}', 'tag-invalid', ['"main/0123456"']],
  ['sha-tag', `${'x'.repeat(128)}{sha}`, 'tag-invalid', [`"${'x'.repeat(128)}0123456"`, '128']],
  ['image', 'ghcr.io/owner/repo@null', 'reference-invalid', ['"null"', 'sha256']],
  ['image', '@@', 'reference-invalid', ['"@@"']],
])('%s: %j is an error', async (name, value, code, facts) => {
  const fault = await faultOf({ [name]: value });
  expectFault(fault, code, facts);
  expect(fault.input).toBe(name);
});

test('refuses a branch that no tag can begin with, together with the template', async () => {
  const fault = await faultOf({ branch: 'é' });
  expectFault(fault, 'several-problems', ['"{branch}-{sha}"', '"--0123456"', '`manual-select`']);
  expect([...fault.codes].sort()).toEqual(['input-invalid', 'tag-invalid']);
});

test.each<[string, Record<string, string>]>([
  ['sha-tag', { commit: 'abc1234' }],
  ['manual-select', {}],
])('checks the branch that the event names with `%s`', async (name, inputs) => {
  const trigger = { kind: 'manual', event: 'workflow_dispatch', branch: 'é' } as const;
  const read = await readInputs(source(inputs));
  const fault = thrownBy(() => {
    const { by, selection } = choose(trigger, read);
    if (selection.form !== 'release' && selection.form !== 'running')
      makePlan({ by, selection }, trigger, read);
  });
  expectFault(fault, 'tag-invalid', [`\`${name}\``, '"é"', `with: ${name}:`]);
  expect(fault.input).toBe(name);
});

test.each([
  ['sha-{full-sha}', 'abc1234', '40'],
  ['{sha:12}', 'abc12345678', '12'],
  ['{sha}-{sha:9}', 'abc12345', '9'],
])('`sha-tag` %s needs more digits of a commit than %s', async (shaTag, commit, digits) => {
  const fault = await faultOf({ commit, 'sha-tag': shaTag });
  expectFault(fault, 'input-invalid', ['`commit`', `"${commit}"`, digits]);
});

test('accepts a commit with as many digits as the template needs', async () => {
  expect((await readInputs(source({ commit: 'ABC123456', 'sha-tag': '{sha:9}' }))).commit).toBe('abc123456');
  expect((await readInputs(source({ commit: 'ABC1234' }))).commit).toBe('abc1234');
});

test('reports all errors at once, each with its fix', async () => {
  const fault = await faultOf({
    app: '',
    'fly-api-token': '',
    'settle-time': 'x',
    mode: 'x',
    image: ':',
    flags: 'x',
  });
  expect(fault.code).toBe('several-problems');
  expect([...fault.codes].sort()).toEqual([
    'app-missing',
    'flag-refused',
    'fly-token-missing',
    'input-invalid',
    'input-invalid',
    'reference-invalid',
  ]);
  for (const name of ['app', 'fly-api-token', 'settle-time', 'mode', 'image', 'flags'])
    expect(fault.message).toContain(`\`${name}\``);
  for (const { found, expected, fix } of fault.problems)
    for (const part of [found, expected, fix]) expect(fault.message).toContain(part);
});

describe('mode: verify', () => {
  test('accepts the defaults of action.yml, and what it does anyway', async () => {
    const { inputs } = readActionFile(root);
    const defaults = Object.fromEntries(
      ['deploy-by', 'mirror', 'no-cache', 'deploy-timeout', 'settle-time', 'on-outdated', 'on-unchanged'].map(
        (name) => [name, String(inputs?.[name]?.default)],
      ),
    );
    for (const more of [{}, defaults, { ...defaults, 'settle-time': '0s', 'no-cache': 'False' }])
      expect(await readInputs(source({ mode: 'verify', ...more }))).toMatchObject({
        mode: 'verify',
        settleTime: 0,
      });
  });

  test.each([
    ['deploy-by', 'tag'],
    ['mirror', 'always'],
    ['flyctl-version', '0.4.80'],
    ['no-cache', 'true'],
    ['deploy-timeout', '31m'],
    ['settle-time', '5s'],
    ['on-outdated', 'fail'],
    ['on-unchanged', 'skip'],
    ['rollback', 'with-release-command'],
  ])('refuses %s: %s, and only what is valid', async (name, value) => {
    const fault = await faultOf({ mode: 'verify', [name]: value });
    expectFault(fault, 'input-conflict', ['`mode: verify`', `Remove the line \`${name}: ${value}\``]);
    expect(fault.input).toBe(name);
    const invalid = await faultOf({ mode: 'verify', [name]: '?' });
    expect(invalid.codes).toEqual(['input-invalid']);
  });

  test.each([
    ['--regions=fra\n--exclude-regions=sin\n--process-groups=web', []],
    ['--only-machines=1\n--exclude-machines=2', []],
    ['--regions=fra\n--strategy=rolling\n--ha=false', ['--strategy=rolling', '--ha=false']],
  ])('accepts only flags that select machines: %j', async (flags, refused) => {
    const read = readInputs(source({ mode: 'verify', flags }));
    if (refused.length === 0) return expect((await read).flags).toHaveLength(flags.split('\n').length);
    const fault = await rejectedBy(read);
    expectFault(fault, 'input-conflict', refused);
    expect(fault.fix).not.toContain('--regions');
  });
});
