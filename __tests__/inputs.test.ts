import { describe, expect, test } from '@jest/globals';
import { readInputs, secretsOf } from '../src/inputs/inputs.ts';
import { UserError } from '../src/lib/user-error.ts';

/** A source whose inputs are good; each test changes what it is about. */
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
});

const faultOf = (...args: Parameters<typeof source>): UserError => {
  try {
    readInputs(source(...args));
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no fault');
};

test('defaults are those of the contract', () => {
  expect(readInputs(source())).toEqual({
    app: 'test-battle',
    config: undefined,
    flyToken: 'test-token',
    flyLogin: { username: 'x', password: 'test-token' },
    image: { host: 'ghcr.io', path: 'owner/repo' },
    loweredFrom: undefined,
    branch: undefined,
    shaTag: '{branch}-{sha}',
    shortShaLength: 7,
    commit: undefined,
    tag: '{branch}',
    tagPattern: undefined,
    deployBy: 'auto',
    allowEvents: ['push'],
    onRefusal: 'fail',
    waitForImage: 120_000,
    checkRevision: 'auto',
    release: undefined,
    requireAttestation: false,
    attestationWorkflow: undefined,
    trustedRoot: undefined,
    registryLogin: undefined,
    githubLogin: undefined,
    mirror: 'auto',
    mirrorPlatforms: 'amd64',
    flyctlVersion: undefined,
    flags: [],
    noCache: false,
    verify: true,
    settleTime: 20_000,
    healthUrl: undefined,
    healthStatus: undefined,
    healthBody: undefined,
    healthTimeout: 120_000,
    rollback: false,
    rollbackReleaseCommand: false,
    ifOutdated: 'skip',
    skipIfRunning: false,
    deployTimeout: 1_800_000,
    githubToken: '',
    dryRun: false,
    doctor: false,
  });
  expect(Object.isFrozen(readInputs(source()))).toBe(true);
});

describe('app and config', () => {
  const toml = { 'fly.toml': 'app = "from-toml"\n[build]\n' };
  test('app comes from fly.toml where there is one', () => {
    expect(readInputs(source({ app: '' }, {}, toml))).toMatchObject({ app: 'from-toml', config: 'fly.toml' });
  });
  test('the input wins, and the config is still passed on', () => {
    expect(readInputs(source({}, {}, toml))).toMatchObject({ app: 'test-battle', config: 'fly.toml' });
  });
  test('a config of another name', () => {
    const files = { 'apps/b.toml': 'app = "b"' };
    expect(readInputs(source({ app: '', config: 'apps/b.toml' }, {}, files))).toMatchObject({
      app: 'b',
      config: 'apps/b.toml',
    });
  });
  test.each([
    [{ app: '' }, {}, /`app` is empty and there is no fly\.toml/],
    [{ app: '' }, { 'fly.toml': '[build]' }, /fly\.toml names no app/],
    [{ app: '' }, { 'fly.toml': 'app = [1' }, /fly\.toml is no valid TOML/],
    [{ app: '' }, { 'fly.toml': 'app = "Bad Name"' }, /app's name is "Bad Name"[\s\S]*`app` in fly\.toml/],
    [{ app: '--help' }, {}, /app's name is "--help"/],
    [{ app: 'a\n::error::x' }, {}, /lower-case letters, digits and hyphens/],
    [{ config: 'none.toml' }, {}, /"none\.toml" does not exist/],
  ])('%j with %j', (inputs, files, message) => expect(faultOf(inputs, {}, files).message).toMatch(message));
});

describe('tokens', () => {
  test('FLY_API_TOKEN stands in for the input', () => {
    expect(readInputs(source({ 'fly-api-token': '' }, { FLY_API_TOKEN: 'from-env' })).flyToken).toBe(
      'from-env',
    );
  });
  test('none is a fault', () =>
    expect(faultOf({ 'fly-api-token': '' }).message).toMatch(
      /no Fly\.io token[\s\S]*secrets\.FLY_API_TOKEN/,
    ));
  test('none will do for a dry run', () =>
    expect(readInputs(source({ 'fly-api-token': '', 'dry-run': 'true' }))).toMatchObject({
      flyToken: '',
      dryRun: true,
    }));
  test('one with a line break is a fault that does not show it', () => {
    const { message } = faultOf({ 'fly-api-token': 'secret\nmore' });
    expect(message).toMatch(/line break/);
    expect(message).not.toContain('secret\n');
  });
  test('each secret is known before anything is checked', () => {
    const given = { 'fly-api-token': 'a', 'registry-password': 'b', 'github-token': 'c' };
    expect(secretsOf(source(given, { FLY_API_TOKEN: 'd' })).sort()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('registry login', () => {
  const github = { 'github-token': 'ghs_x' };
  test.each([
    ['ghcr.io/o/r', 'https://github.com', 'ghs_x'],
    ['127.0.0.1:5000/o/r', 'https://github.com', 'ghs_x'],
    ['docker.io/o/r', 'https://github.com', undefined],
    ['evil.example/o/r', 'https://github.com', undefined],
    ['containers.acme.ghe.com/o/r', 'https://acme.ghe.com', 'ghs_x'],
    ['ghcr.io/o/r', 'https://acme.ghe.com', undefined],
  ])('the job’s token at %s, of %s: %s', (image, GITHUB_SERVER_URL, password) => {
    const { githubLogin } = readInputs(source({ image, ...github }, { GITHUB_SERVER_URL }));
    expect(githubLogin).toEqual(password && { username: 'octocat', password });
  });
  test('a password goes anywhere', () => {
    const login = { 'registry-username': 'me', 'registry-password': 'p' };
    expect(readInputs(source({ image: 'evil.example/o/r', ...login, ...github })).registryLogin).toEqual({
      username: 'me',
      password: 'p',
    });
  });
  test('a name without a password is a fault', () => {
    expect(faultOf({ 'registry-username': 'me' }).message).toMatch(/`registry-password` is not/);
  });
});

describe('image', () => {
  test('upper-case letters are lowered, and that is said', () => {
    expect(readInputs(source({}, { GITHUB_REPOSITORY: 'Owner/Repo' }))).toMatchObject({
      image: { host: 'ghcr.io', path: 'owner/repo' },
      loweredFrom: 'ghcr.io/Owner/Repo',
    });
  });
  test('without image and repository there is nothing to deploy', () => {
    expect(faultOf({}, { GITHUB_REPOSITORY: '' }).message).toMatch(
      /`image` is empty and GITHUB_REPOSITORY is ""/,
    );
  });
});

test.each([
  ['short-sha-length', 'seven', /`short-sha-length` is "seven"/],
  ['short-sha-length', '3', /from 4 to 64/],
  ['short-sha-length', '7.5', /whole number/],
  ['settle-time', '20', /`settle-time` is "20"[\s\S]*20s, 2m/],
  ['wait-for-image', '-1s', /`wait-for-image`/],
  ['verify', 'yes', /`verify` is "yes"[\s\S]*true or false/],
  ['dry-run', '1', /`dry-run`/],
  ['doctor', '1', /`doctor`/],
  ['doctor', 'true', /`doctor` is "true" and `dry-run` is not[\s\S]*`with: dry-run: true`/],
  ['no-cache', 'TrUe', /`no-cache`/],
  ['deploy-by', 'sha', /one of auto, digest, tag/],
  ['check-revision', 'on', /one of auto, require, off/],
  ['allow-events', 'push;rm -rf', /`allow-events`/],
  ['commit', 'xyz', /`commit` is "xyz"/],
  ['commit', 'abc12', /7 or more hexadecimal digits/],
  ['tag', '-main', /`tag` is "-main"/],
  ['tag', '{sha}', /`tag` is "\{sha\}"/],
  ['tag-pattern', 'main', /`tag-pattern` is "main"/],
  ['tag-pattern', 'ma in*', /a tag in which \* stands/],
  ['tag-pattern', '-*', /`tag-pattern`/],
  ['health-url', 'healthz', /a path that begins with one "\/"/],
  ['health-url', '//evil.example/x', /a path that begins/],
  ['health-url', 'ftp://x/', /a path that begins/],
  ['health-url', 'https://u:p@x/', /a path that begins/],
  ['health-status', '200-399', /one status/],
  ['health-body', 'ok', /`health-url` beside it/],
  ['if-outdated', 'ignore', /one of skip, fail, deploy/],
  ['deploy-timeout', '30', /a duration with units/],
  ['flyctl-version', 'latest', /one version/],
  ['attestation-workflow', 'build.yml', /a workflow file/],
  ['trusted-root', 'none.json', /a file that is there/],
  ['mirror', 'yes', /one of auto, always, never/],
  ['mirror-platforms', 'arm64', /one of amd64, all/],
  ['sha-tag', '{tag}-{sha}', /\{tag\} is no placeholder/],
  ['sha-tag', '-{sha}', /renders "-0123456": no valid tag/],
  ['sha-tag', '{branch}/{sha}', /no valid tag/],
  ['sha-tag', `${'x'.repeat(128)}{sha}`, /no valid tag/],
  ['image', 'ghcr.io/owner/repo@null', /"null" is no sha256 digest/],
  ['image', '@@', /The image reference "@@" is invalid/],
])('%s: %j is a fault', (name, value, message) =>
  expect(faultOf({ [name]: value }).message).toMatch(message),
);

test('a branch that no tag can begin with is found with the template', () => {
  expect(faultOf({ branch: 'é' }).message).toMatch(/renders "--0123456"/);
});

test('a whole commit is needed where the template asks for it', () => {
  expect(faultOf({ commit: 'abc1234', 'sha-tag': 'sha-{full-sha}' }).message).toMatch(/40 or more/);
  expect(readInputs(source({ commit: 'ABC1234' })).commit).toBe('abc1234');
});

test('all faults come at once, each with what to change', () => {
  const { message } = faultOf({
    app: '',
    'fly-api-token': '',
    'settle-time': 'x',
    verify: 'x',
    image: ':',
    flags: 'x',
  });
  for (const part of [
    '6 faults',
    '`app`',
    'no Fly.io token',
    '`settle-time`',
    '`verify`',
    'image reference',
    '`flags`',
  ]) {
    expect(message).toContain(part);
  }
});

describe('flags', () => {
  const flags = (text: string) => readInputs(source({ flags: text })).flags;
  test.each([
    ['--strategy=rolling\n--ha=false', ['--strategy=rolling', '--ha=false']],
    ['--strategy rolling', ['--strategy', 'rolling']],
    ['--strategy\nrolling', ['--strategy', 'rolling']],
    ['--env\nGREETING=hello world', ['--env', 'GREETING=hello world']],
    ['-e A=b c', ['-e', 'A=b c']],
    ['\n  # a comment\n  --detach\n\n', ['--detach']],
    ['--env=A=$(id);`x`', ['--env=A=$(id);`x`']],
  ])('%j', (text, expected) => expect(flags(text)).toEqual(expected));
  test.each([
    ['--image=other', 'the input `image`'],
    ['--image other', 'the input `image`'],
    ['-i other', 'the input `image`'],
    ['-iother', 'the input `image`'],
    ['--app=x', 'the input `app`'],
    ['-c=x', 'the input `config`'],
    ['--access-token=x', 'the input `fly-api-token`'],
    ['-t x', 'the input `fly-api-token`'],
    ['--local-only', 'not the one that was looked at'],
    ['--build-only', 'dry-run'],
    ['rolling', 'is no flag'],
    ['--ha=false\nsome/dir', 'is no flag'],
    ['--', 'is no flag'],
    ['--x\u0007', 'control character'],
  ])('%j is refused', (text, message) => expect(faultOf({ flags: text }).message).toContain(message));
});
