import { describe, expect, test } from '@jest/globals';
import {
  accessLines,
  apiOrigin,
  canonicalHost,
  configKeyOf,
  flyRepository,
  fullPath,
  githubRegistry,
  namesOf,
  passesByItself,
  registryQuirks,
  takesGithubToken,
} from '../src/registry/hosts.ts';

const answer = (status: number, text = '') => ({
  url: 'https://r.example/',
  status,
  headers: new Headers(),
  body: Buffer.from(text),
});

test.each([
  ['docker.io', 'https://registry-1.docker.io'],
  ['ghcr.io', 'https://ghcr.io'],
  ['containers.github.example', 'https://containers.github.example'],
  ['registry.fly.io', 'https://registry.fly.io'],
  ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ['localhost', 'http://localhost'],
])('the API of %s is at %s', (host, origin) => expect(apiOrigin(host)).toBe(origin));

test.each(['index.docker.io', 'registry-1.docker.io', 'Index.Docker.IO', 'docker.io'])(
  '%s is Docker Hub',
  (host) => expect(canonicalHost(host)).toBe('docker.io'),
);

test('any other host has its own name in messages', () => {
  expect(canonicalHost('GHCR.io')).toBe('ghcr.io');
  expect(namesOf('ghcr.io')).toEqual(['ghcr.io']);
  expect(configKeyOf('ghcr.io')).toBe('ghcr.io');
});

test('Docker Hub has a separate key in Docker’s config, and a namespace for names of one part', () => {
  expect(configKeyOf('docker.io')).toBe('https://index.docker.io/v1/');
  expect(namesOf('docker.io')).toEqual([
    'docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    // Fly.io pulls from there and reports that name for what machines run.
    'docker-hub-mirror.fly.io',
  ]);
  expect(fullPath('docker.io', 'alpine')).toBe('library/alpine');
  expect(fullPath('docker.io', 'me/alpine')).toBe('me/alpine');
  expect(fullPath('quay.io', 'alpine')).toBe('alpine');
});

test.each([
  ['ghcr.io', /packages: read/],
  ['containers.github.example', /packages: read/],
  ['quay.io', /registry-username:.*registry-password:/],
  ['registry.gitlab.com', /read_registry/],
  ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', /registry-username: AWS/],
  ['registry.fly.io', /fly-api-token/],
  ['r.example', /registry-username:.*registry-password:/],
])('the setting that lets a job read a package of %s', (host, lines) =>
  expect(accessLines(host).join('\n')).toMatch(lines),
);

test('the registry of a GitHub server, and who receives the job’s token', () => {
  expect(githubRegistry('https://github.com')).toBe('ghcr.io');
  expect(githubRegistry('https://github.example')).toBe('containers.github.example');
  const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: 'https://api.github.com' };
  expect(takesGithubToken('ghcr.io', github)).toBe(true);
  expect(takesGithubToken('ghcr.io', { GITHUB_SERVER_URL: 'https://github.example' })).toBe(false);
  expect(takesGithubToken('quay.io', github)).toBe(false);
  expect(takesGithubToken('ghcr.io.evil.example', github)).toBe(false);
});

test.each(['localhost:5000', '127.0.0.1:5000', 'localhost', '[::1]:5000'])(
  'never sends the job’s GitHub token to %s, whatever a workflow sets',
  (host) => {
    const api = 'https://api.github.com';
    expect(takesGithubToken(host, {})).toBe(false);
    // The runner sets GITHUB_API_URL; no workflow can.
    expect(takesGithubToken(host, { GITHUB_API_URL: api, SANDBOX_GITHUB_REGISTRY: host })).toBe(false);
  },
);

test('of the registries on loopback, only the sandbox’s own receives the token', () => {
  const env = { GITHUB_API_URL: 'http://127.0.0.1:1234', SANDBOX_GITHUB_REGISTRY: '127.0.0.1:5000' };
  expect(takesGithubToken('127.0.0.1:5000', env)).toBe(true);
  expect(takesGithubToken('127.0.0.1:5001', env)).toBe(false);
  expect(takesGithubToken('r.example', { ...env, SANDBOX_GITHUB_REGISTRY: 'r.example' })).toBe(false);
});

test('an app’s images are in the registry where flyctl looks for them', () => {
  expect(flyRepository('app', {})).toEqual({ host: 'registry.fly.io', path: 'app' });
  expect(flyRepository('app', { FLY_REGISTRY_HOST: 'r.example' })).toEqual({
    host: 'r.example',
    path: 'app',
  });
});

describe('GHCR’s rate limit', () => {
  test.each([
    [429, '', true],
    [503, '', true],
    [403, 'You have exceeded a secondary rate limit', true],
    [403, 'denied', false],
    [404, 'rate limit', false],
  ])('%i "%s" is temporary: %s', (status, text, passes) =>
    expect(passesByItself(answer(status, text))).toBe(passes),
  );

  test.each([
    [429, 'retry-after: 880.092µs, allowed: 44000/minute', 1000],
    [429, 'toomanyrequests: retry-after: 2500.5ms, allowed', 2500.5],
    [429, 'retry-after: 3s', 3000],
    [429, 'retry-after: 2m', 120_000],
    [403, 'rate limit, Retry-After: 12s', 12_000],
    [500, 'retry-after: 3s', undefined],
    [429, 'retry-after: soon', undefined],
  ])('%i with "%s" asks to wait %s ms', (status, text, expected) =>
    expect(registryQuirks.retryAfter(answer(status, text))).toBe(expected),
  );
});
