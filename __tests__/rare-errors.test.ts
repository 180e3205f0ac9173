import { expect, test } from '@jest/globals';
import { requireAttestation } from '../src/attestation/attestation.ts';
import { installFlyctl } from '../src/fly/flyctl/install.ts';
import type { FoundImage } from '../src/image/find.ts';
import { HttpError } from '../src/lib/http-error.ts';
import { Json } from '../src/lib/json.ts';
import { mirrorFor } from '../src/mirror/mirror.ts';
import { problemOf } from '../src/report/finding.ts';
import type { Runtime } from '../src/runtime.ts';
import { fakeClock } from './clock.ts';
import { digestOf, makeRuntime } from './factories.ts';

// A whole run would need a long time, or another machine, to reach these errors.

const wanted = {
  digest: digestOf('a'),
  server: 'https://github.com',
  repository: 'owner/repo',
  commit: undefined,
  ref: 'refs/heads/main',
  signerWorkflow: undefined,
  signerRef: undefined,
};

test.each([
  [
    'no answer',
    () => Promise.reject(new HttpError('https://api.github.com', 'lost', 'ECONNRESET')),
    'githubstatus',
  ],
  ['a server error', async () => ({ status: 500, words: '' }), 'githubstatus'],
  ['no permission', async () => ({ status: 403, words: '' }), 'attestations: read'],
])('attestations that cannot be read, by %s', async (_name, attestations, fix) => {
  await expect(
    requireAttestation(wanted, {
      github: { attestations, bundle: async () => ({}) },
      trustedRoots: undefined,
    }),
  ).rejects.toMatchObject({ code: 'attestation-unreadable', fix: expect.stringContaining(fix) });
});

test.each([
  ['sunos', 'x64'],
  ['linux', 'riscv64'],
] as const)('flyctl is not released for %s on %s', async (platform, arch) => {
  const http = () => Promise.reject(new Error('nothing is downloaded'));
  await expect(
    installFlyctl('0.4.80', { env: {}, http, platform, arch, log: { line: () => {} } }),
  ).rejects.toMatchObject({ code: 'runner-unsupported', found: expect.stringContaining(arch) });
});

test('a bad finding is an error with its own code, or with the code of a bad setup', () => {
  const finding = {
    area: 'Image',
    mark: 'bad',
    code: 'repository-missing',
    words: 'it is not there',
  } as const;
  expect(problemOf(finding, undefined)).toMatchObject({
    code: 'setup-bad',
    found: expect.stringContaining(finding.words),
  });
  expect(problemOf({ ...finding, code: 'image-not-found' }, undefined).code).toBe('image-not-found');
});

/** Copies an image without layers to a registry whose tag then names a digest, or nothing. */
async function copy(tagged: string | undefined) {
  const clock = fakeClock(0);
  const bytes = Buffer.from('{"layers":[]}');
  const manifest = {
    digest: digestOf('b'),
    mediaType: 'application/json',
    json: new Json({ layers: [] }, 'm'),
    bytes,
  };
  const fetch: Runtime['fetch'] = async (_url, { method }) => {
    if (method === 'PUT') return new Response('', { status: 201 });
    return tagged === undefined
      ? new Response('', { status: 404 })
      : new Response('', { headers: { 'docker-content-digest': tagged } });
  };
  const log = {
    line: () => {},
    debug: () => {},
    mask: () => {},
    group: (_: string, work: () => unknown) => work(),
  };
  const rt = makeRuntime({
    env: { FLY_REGISTRY_HOST: 'registry.example' },
    input: () => '',
    readFile: () => undefined,
    run: () => Promise.reject(new Error('nothing is run')),
    log: log as unknown as Runtime['log'],
    clock,
    fetch,
  });
  const image = { repository: { host: 'ghcr.io', path: 'owner/repo' }, public: false, platform: manifest };
  const plan = { source: 'sha-tag', tag: 'main-abc1234', pin: false };
  const mirror = mirrorFor(
    rt,
    {
      app: 'app',
      mirror: 'auto',
      flyLogin: { username: 'x', password: 'y' },
    } as never,
    { plan, image, session: { repository: image.repository } } as unknown as FoundImage,
  );
  const result = await mirror?.copy().catch((error: unknown) => error);
  return { result, waited: clock.now() };
}

test('a copy is done when its registry serves it', async () => {
  const { result } = await copy(digestOf('b'));
  expect(result).toMatchObject({ tag: 'main-abc1234', digest: digestOf('b') });
});

test.each([
  ['does not show', undefined],
  ['shows as another image', digestOf('c')],
])('waits for a copy that its registry %s, and then fails', async (_name, tagged) => {
  const { result, waited } = await copy(tagged);
  expect(result).toMatchObject({
    code: 'mirror-not-there',
    expected: expect.stringContaining(digestOf('b')),
  });
  expect(waited).toBeGreaterThanOrEqual(45_000);
});
