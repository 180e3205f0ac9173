import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { builtCommit, workflowDispatch, workflowRun } from '../../sandbox/events.ts';
import type { UserError } from '../../sandbox/http.ts';
import { digestOf } from '../factories.ts';
import { errorOf, inWorld, tag } from './world.ts';

/** Faults that stay for the whole run: what the action says when the registry never mends. */
const manifests = /\/manifests\//;
const html = '<html><body><h1>Sign in to the proxy</h1></body></html>';
const digest = digestOf('d');

describe('each fault of the registry has its own words, and nothing is deployed', () => {
  test.each<[string, UserError, RegExp]>([
    ['401 without a challenge', { path: manifests, status: 401 }, /answered 401 for .*owner\/repo/],
    [
      '401 of the token service',
      {
        path: /\/token/,
        status: 401,
        body: '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}',
      },
      /answered 401 .*UNAUTHORIZED: authentication required[\s\S]*packages?/,
    ],
    [
      '403',
      {
        path: /\/token/,
        status: 403,
        body: '{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}',
      },
      /answered 403 .*DENIED: requested access.*does not exist/,
    ],
    [
      '429',
      {
        path: manifests,
        status: 429,
        body: '{"errors":[{"code":"TOOMANYREQUESTS","message":"retry-after: 880.092µs, allowed: 44000/minute"}]}',
      },
      /answered 429 .*TOOMANYREQUESTS.*a rate limit, also after several tries/,
    ],
    [
      '403 for a rate limit',
      { path: manifests, status: 403, body: 'You have exceeded a secondary rate limit' },
      /answered 403 .*a rate limit/,
    ],
    [
      '500',
      { path: manifests, status: 500, body: '{"errors":[{"code":"UNKNOWN","message":"unknown error"}]}' },
      /answered 500 .*UNKNOWN: unknown error.*also after several tries[\s\S]*outage/,
    ],
    ['503 of the token service', { path: /\/token/, status: 503 }, /answered 503 .*also after several tries/],
    [
      'a closed connection',
      { path: manifests, close: true },
      /No answer from http:\/\/127\.0\.0\.1:\d+\/v2\/owner\/repo\/manifests\/main-abc1234[\s\S]*can be reached/,
    ],
    [
      'HTML instead of JSON',
      { path: manifests, status: 200, headers: { 'content-type': 'text/html' }, body: html },
      /answered 200 with text\/html, which is no JSON object/,
    ],
    [
      'JSON that is no manifest',
      { path: manifests, status: 200, headers: { 'content-type': 'application/json' }, body: '{"hello":1}' },
      /media type "application\/json"/,
    ],
    ['HTML as a token', { path: /\/token/, status: 200, body: html }, /asked for a token[\s\S]*no JSON/],
    ['no token in the answer', { path: /\/token/, status: 200, body: '{}' }, /answered 200 without one/],
    [
      'a wrong digest header',
      { path: manifests, headers: { 'docker-content-digest': digest } },
      new RegExp(`Docker-Content-Digest "${digest}", and sent bytes whose digest is sha256:`),
    ],
    [
      'a digest header that is none',
      { path: manifests, headers: { 'docker-content-digest': 'sha256:nonsense' } },
      /Docker-Content-Digest "sha256:nonsense"/,
    ],
    [
      'another token service over plain HTTP',
      {
        path: manifests,
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="http://198.51.100.7/token",service="x"' },
      },
      /names "http:\/\/198\.51\.100\.7\/token" as its token service/,
    ],
    [
      'a redirect to nowhere',
      { path: manifests, status: 307, headers: { location: 'ftp://x/' } },
      /redirect from http:.* to ftp:\/\/x is not followed/,
    ],
    ['418', { path: manifests, status: 418, body: 'teapot' }, /answered 418 .*teapot/],
  ])('%s', (_name, fault, message) =>
    inWorld(async ({ deploy, push, registry, fly }) => {
      push(tag);
      registry.fault(fault);
      const run = await deploy(workflowRun());
      const error = errorOf(run);
      expect(error).toMatch(message);
      expect(error).toMatch(/\nExpected: [\s\S]*\nTo fix: /);
      expect(run.flyctl).toEqual([]);
      expect(fly.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(run.outputs).toMatchObject({
        image: '',
        deployed: 'false',
        verified: 'false',
        commit: builtCommit,
      });
      expect(run.summary).toContain('❌');
      expect(run.summary).toContain('**What to do next**');
    }),
  );

  test('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    await inWorld(async ({ deploy }) => {
      expect(errorOf(await deploy(workflowRun(), { image: `127.0.0.1:${port}/owner/repo` }))).toMatch(
        /No answer from .*ECONNREFUSED/,
      );
    });
  });
});

describe('what passes by itself does not fail the deploy', () => {
  test.each<[string, UserError]>([
    ['a 500 or two', { path: manifests, status: 500, times: 2 }],
    ['a 429 that asks to wait', { path: manifests, status: 429, times: 1, headers: { 'retry-after': '1' } }],
    ['a lost connection', { path: manifests, close: true, times: 1 }],
    ['a token service that stumbles', { path: /\/token/, status: 503, times: 1 }],
    ['a token that ran out', { path: /\/manifests\/sha256/, status: 401, times: 1, headers: {} }],
    ['a part that the registry does not have yet', { path: /\/manifests\/sha256/, status: 404, times: 1 }],
  ])('%s', (_name, fault) =>
    inWorld(async ({ deploy, push, registry }) => {
      push(tag);
      registry.fault(fault);
      const run = await deploy(workflowRun());
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
    }),
  );

  test.each([
    ['without Docker-Content-Digest', { withoutDigest: true }],
    ['that refuses HEAD', { withoutHead: true }],
    ['without a login', { auth: 'none' }],
  ] as const)('a registry %s', (_name, registryOptions) =>
    inWorld(
      async ({ deploy, push }) => {
        const { digest } = push(tag);
        const run = await deploy(workflowRun());
        expect([run.status, run.outputs['digest']]).toEqual([0, digest]);
      },
      { registryOptions },
    ),
  );
});

describe('an image that is not there', () => {
  test('a SHA tag: what was looked for, the tags of that branch, newest first, and the lines that make it', () =>
    inWorld(
      async ({ deploy, push, image }) => {
        for (const [name, created] of [
          ['main-1111111', '2026-11-21'],
          ['main-2222222', '2026-11-23'],
          ['main-3333333', '2026-11-22'],
        ] as const) {
          push(name, { created: `${created}T00:00:00Z`, seed: name });
        }
        push('dev-4444444');
        push('latest');
        const error = errorOf(await deploy(workflowRun()));
        expect(error).toContain(`There is no image ${image}:${tag} (404).`);
        const listed = [...error.matchAll(/^ {2}([\w-]+) \(/gm)].map(([, name]) => name);
        expect(listed).toEqual(['main-2222222', 'main-3333333', 'main-1111111', 'main-0000000']);
        expect(error).toContain(`made by the build of commit ${builtCommit}`);
        expect(error).toContain('      type=sha,prefix={{branch}}-');
      },
      // Small pages: tags past the first one count too.
      { registryOptions: { pageSize: 2 } },
    ));

  test('a SHA tag where no tag has its form, and where the list is refused', () =>
    inWorld(async ({ deploy, registry }) => {
      registry.untag('owner/repo', 'main-0000000');
      expect(errorOf(await deploy(workflowRun()))).toContain('The repository has no tags.');
      registry.fault({ path: /tags\/list/, status: 403 });
      expect(errorOf(await deploy(workflowRun()))).toContain('Its tags could not be listed');
    }));

  test('a moving tag', () =>
    inWorld(async ({ deploy, image }) => {
      expect(errorOf(await deploy(workflowDispatch()))).toMatch(
        new RegExp(`no image ${image}:main \\(404\\)[\\s\\S]*type=ref,event=branch`),
      );
    }));

  test('a repository', () =>
    inWorld(async ({ deploy, image }) => {
      const error = errorOf(await deploy(workflowRun(), { image: `${image}-typo` }));
      expect(error).toMatch(/answered 40[13][\s\S]*package/);
    }));

  test('is waited for as long as it says, and no longer', () =>
    inWorld(async ({ deploy }) => {
      const run = await deploy(workflowRun(), { 'wait-for-image': '1s' });
      expect(errorOf(run)).toContain('after 1.0 s of waiting');
      expect(run.ms).toBeGreaterThan(1000);
    }));
});

describe('an image that Fly.io cannot run', () => {
  test('without linux/amd64 is refused with what there is', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag, { platforms: ['linux/arm64', 'linux/arm'] });
      const run = await deploy(workflowRun());
      expect(errorOf(run)).toMatch(/is an image for linux\/arm64, linux\/arm\.[\s\S]*linux\/amd64/);
      expect(run.flyctl).toEqual([]);
    }));

  test('a plain manifest for another platform too', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag, { kind: 'manifest', platforms: ['linux/arm64'] });
      expect(errorOf(await deploy(workflowRun()))).toContain('is an image for linux/arm64.');
    }));

  test('of several platforms linux/amd64 is taken', () =>
    inWorld(async ({ deploy, push }) => {
      const { platformDigest } = push(tag, { platforms: ['linux/arm64', 'linux/amd64'] });
      const run = await deploy(workflowRun());
      expect([run.status, run.outputs['platform-digest']]).toEqual([0, platformDigest]);
    }));

  test('whose parts were cleaned away is refused before the deploy', () =>
    inWorld(async ({ deploy, push, registry }) => {
      const { platformDigest } = push(tag);
      registry.remove('owner/repo', platformDigest);
      const run = await deploy(workflowRun());
      expect(errorOf(run)).toMatch(
        /is there, and its linux\/amd64 manifest sha256:\w+ is not[\s\S]*clean-up/,
      );
      expect(run.flyctl).toEqual([]);
    }));
});

test('a login that may not read is told so', () =>
  inWorld(async ({ deploy, push, registry }) => {
    registry.addRepository('owner/repo', 'private');
    push(tag);
    const run = await deploy(workflowRun(), {
      'registry-username': 'me',
      'registry-password': 'wrong-password',
    });
    expect(errorOf(run)).toMatch(/answered 403 .*DENIED: denied.*also to the login "me"/);
    expect(run.stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('wrong-password');
  }));

test('the job’s own token reads a private package at a registry of GitHub’s', () =>
  inWorld(async ({ deploy, push, registry }) => {
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', 'ghs_token-of-the-job');
    push(tag);
    const run = await deploy(workflowRun(), { 'dry-run': 'true' });
    expect(run.status).toBe(0);
    // The second host, where blobs live, never sees who is asking.
    expect(registry.cdn.requests.length).toBeGreaterThan(0);
    for (const { headers } of registry.cdn.requests) expect(headers).not.toHaveProperty('authorization');
  }));
