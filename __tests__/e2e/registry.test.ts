import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { builtCommit, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { digestOf } from '../factories.ts';
import { changesOf, codesOf, errorOf, inWorld, tag } from './world.ts';

/** Faults that last for the whole run, and the error of each. */
const manifests = /\/manifests\//;
const html = '<html><body><h1>Sign in to the proxy</h1></body></html>';
const digest = digestOf('d');

describe('every fault of the registry has its own code, and nothing is deployed', () => {
  test.each<[string, Fault, code: string, facts: (string | RegExp)[]]>([
    ['401 without a challenge', { path: manifests, status: 401 }, 'registry-denied', ['401', 'owner/repo']],
    [
      '401 from the token service',
      {
        path: /\/token/,
        status: 401,
        body: '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}',
      },
      'registry-denied',
      ['401', 'UNAUTHORIZED: authentication required', 'registry-username:'],
    ],
    [
      '403',
      {
        path: /\/token/,
        status: 403,
        body: '{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}',
      },
      'registry-denied',
      ['403', 'DENIED: requested access to the resource is denied', '`image`'],
    ],
    [
      '429',
      {
        path: manifests,
        status: 429,
        body: '{"errors":[{"code":"TOOMANYREQUESTS","message":"retry-after: 880.092µs, allowed: 44000/minute"}]}',
      },
      'registry-rate-limited',
      ['429', 'TOOMANYREQUESTS'],
    ],
    [
      '403 for a rate limit',
      { path: manifests, status: 403, body: 'You have exceeded a secondary rate limit' },
      'registry-rate-limited',
      ['403', 'You have exceeded a secondary rate limit'],
    ],
    [
      '500',
      { path: manifests, status: 500, body: '{"errors":[{"code":"UNKNOWN","message":"unknown error"}]}' },
      'registry-unavailable',
      ['500', 'UNKNOWN: unknown error'],
    ],
    ['503 from the token service', { path: /\/token/, status: 503 }, 'registry-unavailable', ['503']],
    [
      'a closed connection',
      { path: manifests, close: true },
      'registry-unreachable',
      [/http:\/\/127\.0\.0\.1:\d+\/v2\/owner\/repo\/manifests\/main-abc1234/, 'NODE_USE_ENV_PROXY: 1'],
    ],
    [
      'HTML instead of JSON',
      { path: manifests, status: 200, headers: { 'content-type': 'text/html' }, body: html },
      'manifest-invalid',
      ['200', 'text/html'],
    ],
    [
      'JSON that is not a manifest',
      { path: manifests, status: 200, headers: { 'content-type': 'application/json' }, body: '{"hello":1}' },
      'manifest-invalid',
      ['200', 'application/json'],
    ],
    [
      'HTML as a token',
      { path: /\/token/, status: 200, body: html },
      'registry-token-service',
      [/127\.0\.0\.1:\d+/, 'JSON'],
    ],
    [
      'no token in the answer',
      { path: /\/token/, status: 200, body: '{}' },
      'registry-token-service',
      ['200'],
    ],
    [
      'a wrong digest header',
      { path: manifests, headers: { 'docker-content-digest': digest } },
      'manifest-mismatch',
      ['Docker-Content-Digest', digest, new RegExp(`sha256:(?!${digest.slice(7)})[0-9a-f]{64}`)],
    ],
    [
      'an invalid digest header',
      { path: manifests, headers: { 'docker-content-digest': 'sha256:nonsense' } },
      'manifest-mismatch',
      ['Docker-Content-Digest', 'sha256:nonsense'],
    ],
    [
      'another token service over plain HTTP',
      {
        path: manifests,
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="http://198.51.100.7/token",service="x"' },
      },
      'registry-token-service',
      ['http://198.51.100.7/token'],
    ],
    [
      'a redirect to an unsupported URL',
      { path: manifests, status: 307, headers: { location: 'ftp://x/' } },
      'registry-unexpected-answer',
      [/http:\/\/127\.0\.0\.1:\d+/, 'ftp://x'],
    ],
    [
      '418',
      { path: manifests, status: 418, body: 'teapot' },
      'registry-unexpected-answer',
      ['418', 'teapot'],
    ],
  ])('%s', (_name, fault, code, facts) =>
    inWorld(async ({ deploy, push, registry, fly, asked }) => {
      push(tag);
      registry.fault(fault);
      const run = await deploy(workflowRun(), {}, { clockRate: 20 });
      const error = errorOf(run);
      expect(codesOf(run)).toEqual([code]);
      for (const fact of facts) expect(error).toMatch(fact);
      // Temporary failures are retried.
      if (code === 'registry-rate-limited' || code === 'registry-unavailable') {
        const last = asked().at(-1);
        expect(asked().filter((line) => line === last).length).toBeGreaterThan(2);
      }
      expect(error).toMatch(/\nExpected: [\s\S]*\nFix: /);
      expect(run.flyctl).toEqual([]);
      expect(changesOf(fly)).toEqual([]);
      expect(run.outputs).toMatchObject({
        image: '',
        deployed: 'false',
        verified: 'false',
        commit: builtCommit,
      });
      expect(run.summary).toContain('❌');
      expect(run.summary).toContain('> [!CAUTION]');
    }),
  );

  test('fails without a registry at the address', () =>
    inWorld(async ({ deploy }) => {
      // The system never assigns this port. A port that was just free could belong to another test.
      const run = await deploy(workflowRun(), { image: '127.0.0.1:1/owner/repo' });
      expect(codesOf(run)).toEqual(['registry-unreachable']);
      for (const fact of ['127.0.0.1:1', 'ECONNREFUSED']) expect(errorOf(run)).toContain(fact);
    }));
});

describe('a temporary fault does not fail the deploy', () => {
  test.each<[string, Fault]>([
    ['two answers of 500', { path: manifests, status: 500, times: 2 }],
    ['a 429 that asks to wait', { path: manifests, status: 429, times: 1, headers: { 'retry-after': '1' } }],
    ['a lost connection', { path: manifests, close: true, times: 1 }],
    ['a token service that fails briefly', { path: /\/token/, status: 503, times: 1 }],
    ['an expired token', { path: /\/manifests\/sha256/, status: 401, times: 1, headers: {} }],
    ['a part that the registry does not have yet', { path: /\/manifests\/sha256/, status: 404, times: 1 }],
  ])('%s', (_name, fault) =>
    inWorld(async ({ deploy, push, registry }) => {
      push(tag);
      registry.fault(fault);
      const run = await deploy(workflowRun(), {}, { clockRate: 20 });
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

describe('an image that does not exist', () => {
  test('with a SHA tag: names the tag, the branch’s tags, newest first, and the lines that make it', () =>
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
        const run = await deploy(workflowRun());
        expect(codesOf(run)).toEqual(['image-not-found']);
        const error = errorOf(run);
        for (const fact of [`${image}:${tag}`, '404']) expect(error).toContain(fact);
        const listed = [...error.matchAll(/^ {2}([\w-]+) \(/gm)].map(([, name]) => name);
        expect(listed).toEqual(['main-2222222', 'main-3333333', 'main-1111111', 'main-0000000']);
        expect(error).toContain(builtCommit);
        expect(error).toContain('      type=sha,prefix={{branch}}-');
      },
      // With small pages, tags after the first page also count.
      { registryOptions: { pageSize: 2 } },
    ));

  test('with a SHA tag in a repository with many: calls only the last of the list newest', () =>
    inWorld(async ({ deploy, push }) => {
      // The sandbox lists tags in the order in which they were pushed.
      for (let n = 10; n < 40; n++)
        push(`main-10000${n}`, { seed: String(n), created: `2026-11-21T00:00:${n}Z` });
      const error = errorOf(await deploy(workflowRun()));
      expect(error).toMatch(/5 of the last 24 in the list of 31 tags/);
      expect(error).toMatch(/main-1000039[\s\S]*main-1000035/);
    }));

  test.each([
    ['that has no tags', { status: 200, body: '{"name":"owner/repo","tags":null}' }],
    ['that does not exist', { status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' }],
  ])('with a SHA tag in a repository %s: suggests that the name can be wrong', (_name, answer) =>
    inWorld(async ({ deploy, registry }) => {
      registry.fault({ path: /tags\/list/, ...answer });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['image-not-found']);
      expect(errorOf(run)).toMatch(/Fix: .*`image`/);
      expect(errorOf(run)).toContain('      type=sha,prefix={{branch}}-');
    }),
  );

  test('in a registry whose refusal has no list of errors', () =>
    inWorld(async ({ deploy, registry }) => {
      const body = JSON.stringify({ code: 'UNAUTHORIZED', message: 'authentication required', detail: [] });
      registry.fault({ path: /manifests/, status: 403, body });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['registry-denied']);
      expect(errorOf(run)).toContain('(UNAUTHORIZED: authentication required)');
    }));

  test('with a SHA tag: without tags of its form, and with a refused list', () =>
    inWorld(async ({ deploy, registry }) => {
      registry.untag('owner/repo', 'main-0000000');
      const none = await deploy(workflowRun());
      registry.fault({ path: /tags\/list/, status: 403 });
      const refused = await deploy(workflowRun());
      for (const run of [none, refused]) {
        expect(codesOf(run)).toEqual(['image-not-found']);
        expect(errorOf(run)).toContain(tag);
        expect(errorOf(run)).not.toContain('main-0000000');
      }
      // A refused list is not an empty list.
      expect(errorOf(refused)).toContain('403');
      expect(errorOf(none)).not.toContain('403');
    }));

  test('with a moving tag', () =>
    inWorld(async ({ deploy, image }) => {
      const run = await deploy(workflowDispatch());
      expect(codesOf(run)).toEqual(['image-not-found']);
      for (const fact of [`${image}:main `, '404', 'type=ref,event=branch'])
        expect(errorOf(run)).toContain(fact);
    }));

  test('in a repository that does not exist', () =>
    inWorld(async ({ deploy, image }) => {
      const run = await deploy(workflowRun(), { image: `${image}-typo` });
      expect(codesOf(run)).toEqual(['registry-denied']);
      expect(errorOf(run)).toMatch(/\b40[13]\b/);
      expect(errorOf(run)).toContain(`${image}-typo`);
    }));

  test('fails after the given time', () =>
    inWorld(async ({ deploy }) => {
      const run = await deploy(workflowRun(), { 'wait-for-image': '1s' });
      expect(codesOf(run)).toEqual(['image-not-found']);
      for (const fact of ['1.0 s', 'wait-for-image:']) expect(errorOf(run)).toContain(fact);
      expect(run.ms).toBeGreaterThan(1000);
    }));
});

describe('an image that Fly.io cannot run', () => {
  test('without linux/amd64 is refused, naming its platforms', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag, { platforms: ['linux/arm64', 'linux/arm'] });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['platform-missing']);
      expect(errorOf(run)).toMatch(/linux\/arm64, linux\/arm\b[\s\S]*linux\/amd64/);
      expect(run.flyctl).toEqual([]);
    }));

  test('that is a plain manifest for another platform is refused', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag, { kind: 'manifest', platforms: ['linux/arm64'] });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['platform-missing']);
      expect(errorOf(run)).toContain('linux/arm64');
    }));

  test('is never selected from several platforms', () =>
    inWorld(async ({ deploy, push }) => {
      const { platformDigest } = push(tag, { platforms: ['linux/arm64', 'linux/amd64'] });
      const run = await deploy(workflowRun());
      expect([run.status, run.outputs['platform-digest']]).toEqual([0, platformDigest]);
    }));

  test('because its parts were deleted is refused before the deploy', () =>
    inWorld(async ({ deploy, push, registry }) => {
      const { platformDigest } = push(tag);
      registry.remove('owner/repo', platformDigest);
      const run = await deploy(workflowRun(), {}, { clockRate: 20 });
      expect(codesOf(run)).toEqual(['image-incomplete']);
      for (const fact of ['linux/amd64', platformDigest]) expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }));
});

test('the error names a login that cannot read the image', () =>
  inWorld(async ({ deploy, push, registry }) => {
    registry.addRepository('owner/repo', 'private');
    push(tag);
    const run = await deploy(workflowRun(), {
      'registry-username': 'me',
      'registry-password': 'wrong-password',
    });
    expect(codesOf(run)).toEqual(['registry-denied']);
    expect(errorOf(run)).toMatch(/403.*DENIED: denied.*"me"/);
    expect(run.stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('wrong-password');
  }));

test('the job’s token can read a private package in GitHub’s registry', () =>
  inWorld(async ({ deploy, push, registry }) => {
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', 'ghs_token-of-the-job');
    push(tag);
    const run = await deploy(workflowRun(), { mode: 'dry-run' });
    expect(run.status).toBe(0);
    // The second host, which serves blobs, never gets credentials.
    expect(registry.cdn.requests.length).toBeGreaterThan(0);
    for (const { headers } of registry.cdn.requests) expect(headers).not.toHaveProperty('authorization');
  }));
