import { describe, expect, test } from '@jest/globals';
import { type LoopbackServer, serve } from '../../sandbox/lib/http.ts';
import { runnerSecrets } from '../../sandbox/runner/environment.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

/** A host that should not be contacted. It issues a token to anyone and records what it receives. */
async function withStranger(play: (stranger: LoopbackServer) => Promise<void>): Promise<void> {
  const stranger = await serve(
    (_request, response) => void response.end('{"token":"a-token-of-a-stranger"}'),
  );
  try {
    await play(stranger);
  } finally {
    await stranger.close();
  }
}

const challengeOf = ({ origin }: LoopbackServer) => ({
  status: 401,
  headers: { 'www-authenticate': `Bearer realm="${origin}/token",service="x"` },
});
const login = { 'registry-username': 'me', 'registry-password': 'registry-password-1' };

/** The image is private, and the login can read it. */
function makePrivate({ registry, push }: TestWorld): void {
  registry.addRepository('owner/repo', 'private');
  registry.addUser('me', 'registry-password-1');
  push(tag);
}

describe('a challenge from the host of a blob', () => {
  test('gets no credentials of the registry: the download fails', () =>
    inWorld((world) =>
      withStranger(async (stranger) => {
        world.push(tag);
        world.cdn.fault(challengeOf(stranger));
        const run = await world.deploy(workflowRun(), login, { clockRate: 20 });
        expect(codesOf(run)).toEqual(['registry-unexpected-answer']);
        expect(errorOf(run)).toContain(`${world.cdn.origin}`);
        expect(stranger.requests).toEqual([]);
      }),
    ));

  test('gets no credentials during a copy, which is retried', () =>
    inWorld((world) =>
      withStranger(async (stranger) => {
        makePrivate(world);
        world.cdn.fault({ ...challengeOf(stranger), after: 1, times: 2 });
        const run = await world.deploy(workflowRun(), login, { clockRate: 20 });
        expect([run.status, run.outputs['mirrored']]).toEqual([0, 'true']);
        expect(stranger.requests).toEqual([]);
      }),
    ));

  test('does not get Fly.io’s token', () =>
    inWorld((world) =>
      withStranger(async (stranger) => {
        makePrivate(world);
        const location = `${stranger.origin}/blob`;
        world.mirror.fault({ method: 'HEAD', path: /\/blobs\//, status: 307, headers: { location } });
        stranger.fault({ ...challengeOf(stranger), path: /blob/ });
        const run = await world.deploy(workflowRun(), login, { clockRate: 20 });
        expect(codesOf(run)).toEqual(['mirror-interrupted']);
        for (const { path, headers } of stranger.requests) {
          expect(path).toBe('/blob');
          expect(headers).not.toHaveProperty('authorization');
        }
      }),
    ));
});

test('does not send the job’s GitHub token to a registry on loopback', () =>
  inWorld(async ({ deploy, push, registry }) => {
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', runnerSecrets.github);
    push(tag);
    const run = await deploy(workflowRun(), {}, { env: { SANDBOX_GITHUB_REGISTRY: undefined } });
    expect(codesOf(run)).toEqual(['registry-denied']);
    for (const { headers } of registry.requests) expect(headers['authorization'] ?? '').not.toMatch(/^Basic/);
  }));

describe('the host of an upload', () => {
  const refused = {
    method: 'POST',
    path: /uploads/,
    status: 202,
    headers: { location: 'http://127.0.0.1:1/upload' },
  };

  test('that refuses the connection is requested again', () =>
    inWorld(async (world) => {
      makePrivate(world);
      world.mirror.fault({ ...refused, times: 1 });
      const run = await world.deploy(workflowRun(), login, { clockRate: 20 });
      expect([run.status, run.outputs['mirrored']]).toEqual([0, 'true']);
    }));

  test('that never accepts the upload is named in the error', () =>
    inWorld(async (world) => {
      makePrivate(world);
      world.mirror.fault(refused);
      const run = await world.deploy(workflowRun(), login, { clockRate: 20 });
      expect(codesOf(run)).toEqual(['mirror-interrupted']);
      expect(errorOf(run)).toContain('ECONNREFUSED');
      expect(errorOf(run)).toContain(app);
    }));
});

describe('the answer of a token service', () => {
  const give = (token: string) => ({ path: /\/token/, status: 200, body: JSON.stringify({ token }) });

  test.each([
    ['a letter', () => 'e'],
    ['the app’s name', () => app],
    ['the digest of the image', ({ digest }: { digest: string }) => digest],
    ['the commit', () => 'abc1234'.padEnd(40, '0')],
    ['the image’s name', ({ image }: { image: string }) => image],
  ])('does not hide other text in the log: %s', (_name, tokenOf) =>
    inWorld(async (world) => {
      makePrivate(world);
      const { digest } = world.push(tag);
      const token = tokenOf({ digest, image: world.image });
      // The first answer is for the anonymous request, the second for the login.
      world.registry.fault(give(token));
      const run = await world.deploy(workflowRun(), login);
      expect(codesOf(run)).toEqual(['registry-denied']);
      const masks = [...run.stdout.matchAll(/^::add-mask::(.*)$/gm)].map(([, mask]) => mask);
      expect(masks).not.toContain(token);
    }),
  );
});
