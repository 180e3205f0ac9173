import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/lib/faults.ts';
import {
  builtCommit,
  defaultHead,
  repositoryDispatch,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { textWith } from '../errors.ts';
import { codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

/** The waits take seconds, so the action's clock runs faster. No test reaches the time limit. */
const fast = { clockRate: 20 };
const patient = { 'wait-for-image': '5m' };

/** Calls a function when the action requests a tag again. It uses GET first, and polls with HEAD. */
const atFirstPoll = ({ registry }: TestWorld, name: string, hook: () => void, fault: Fault = {}) =>
  registry.fault({ method: 'HEAD', path: new RegExp(`/manifests/${name}$`), times: 1, hook, ...fault });

const polls = ({ asked }: TestWorld) => asked().filter((line) => line.startsWith('HEAD'));

describe('a commit’s tag that does not exist yet', () => {
  test('is polled by HEAD with one token, and a line with the time for each request', () =>
    inWorld(async (world) => {
      atFirstPoll(world, tag, () => void world.push(tag));
      const run = await world.deploy(workflowRun(), patient, fast);
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toMatch(/not found after \d/);
      expect(polls(world)).toEqual([`HEAD /v2/owner/repo/manifests/${tag}`]);
      expect(world.asked().filter((line) => line === 'GET /token')).toHaveLength(1);
    }));

  test('is polled by GET if the registry refuses HEAD', () =>
    inWorld(
      async (world) => {
        atFirstPoll(world, tag, () => void world.push(tag));
        const run = await world.deploy(workflowRun(), patient, fast);
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      },
      { registryOptions: { withoutHead: true } },
    ));

  test('is requested by GET after HEAD fails, to quote the error', () =>
    inWorld(async (world) => {
      const body = '{"errors":[{"code":"DENIED","message":"blocked while you waited"}]}';
      const hook = () => world.registry.fault({ path: /manifests/, status: 403, body });
      atFirstPoll(world, tag, hook, { status: 403 });
      const run = await world.deploy(workflowRun(), patient, fast);
      expect(codesOf(run)).toEqual(['registry-denied']);
      expect(errorOf(run)).toContain('DENIED: blocked while you waited');
    }));

  test('is found despite an expired token and temporary faults', () =>
    inWorld(async (world) => {
      const hook = () => {
        world.registry.expireTokens();
        world.push(tag);
      };
      atFirstPoll(world, tag, hook, { status: 503 });
      const run = await world.deploy(workflowRun(), patient, fast);
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(world.asked().filter((line) => line === 'GET /token')).toHaveLength(2);
    }));
});

describe('a moving tag with an expected commit', () => {
  const moving = { 'sha-tag': '{branch}' };

  test('is polled until its image is that commit’s, and deployed by digest', () =>
    inWorld(async (world) => {
      world.push('main', { revision: defaultHead });
      let digest = '';
      atFirstPoll(world, 'main', () => {
        ({ digest } = world.push('main'));
      });
      const run = await world.deploy(workflowRun(), { ...moving, ...patient }, fast);
      expect(run.status).toBe(0);
      expect(run.log.text).toContain(`built from ${defaultHead} instead of ${builtCommit} after`);
      expect(run.outputs).toMatchObject({
        image: `${world.image}@${digest}`,
        digest,
        tag: 'main',
        source: 'digest',
        commit: builtCommit,
        verified: 'true',
      });
      expect(run.log.text).toContain(`Using digest: ${world.image}@${digest}`);
    }));

  test('that never becomes that commit’s is not deployed, and the error names both commits', () =>
    inWorld(async (world) => {
      world.push('main', { revision: defaultHead });
      const run = await world.deploy(workflowRun(), moving);
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toMatch(new RegExp(`${defaultHead}[\\s\\S]*${builtCommit}`));
      expect(errorOf(run)).toContain(`https://github.com/owner/repo/commit/${defaultHead}`);
      expect(run.flyctl).toEqual([]);
    }));

  test('whose image does not name a commit is not deployed, because nothing links it to the commit', () =>
    inWorld(async (world) => {
      world.registry.untag('owner/repo', 'main');
      world.push('main', { revision: '', attestations: false });
      const run = await world.deploy(workflowRun(), moving);
      expect(codesOf(run)).toEqual(['revision-missing']);
      for (const fact of ['org.opencontainers.image.revision', builtCommit, 'labels:'])
        expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }));

  test('is polled if given as a full reference with the commit', () =>
    inWorld(async (world) => {
      world.push('main', { revision: defaultHead });
      atFirstPoll(world, 'main', () => void world.push('main'));
      const inputs = { image: `${world.image}:main`, commit: builtCommit, ...patient };
      const run = await world.deploy(workflowDispatch(), inputs, fast);
      expect(run.log.text).toContain(`built from ${defaultHead} instead of`);
      expect([run.status, run.outputs['source']]).toEqual([0, 'reference']);
    }));
});

describe('provenance', () => {
  test('names the commit if no label does', () =>
    inWorld(async (world) => {
      // The base image's label names another repository, so it is not about this image.
      world.push(tag, {
        source: 'https://github.com/docker/base',
        revision: '9'.repeat(40),
        provenance: builtCommit,
      });
      const run = await world.deploy(workflowRun(), { 'check-revision': 'require' });
      expect(run.status).toBe(0);
      expect(run.log.text).toContain(`revision ${builtCommit} (provenance)`);
    }));

  test('of another commit stops the deploy', () =>
    inWorld(async (world) => {
      world.push(tag, { source: 'https://github.com/docker/base', revision: defaultHead });
      const run = await world.deploy(workflowRun());
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toMatch(new RegExp(`provenance.*${defaultHead}[\\s\\S]*${builtCommit}`));
    }));

  test('that was deleted is ignored', () =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag, {
        source: 'https://github.com/docker/base',
        revision: '9'.repeat(40),
      });
      // Every manifest by digest except the image itself, so its attestation.
      world.registry.fault({
        path: new RegExp(`manifests/sha256:(?!${platformDigest.slice('sha256:'.length)})`),
        status: 404,
      });
      const run = await world.deploy(workflowRun());
      expect(run.status).toBe(0);
      expect(run.log.annotations).toContainEqual(
        expect.objectContaining({
          level: 'warning',
          message: textWith(`:${tag} `, 'labels: ${{ steps.meta.outputs.labels }}'),
        }),
      );
    }));
});

describe('newest:', () => {
  test('deploys the digest of the newest tag, found on the last page', () =>
    inWorld(
      async (world) => {
        for (const name of [
          'main',
          'main-abc1234',
          'main-20261123-180000',
          'main-20261101-000000',
          'v1.0.0',
        ]) {
          world.push(name, { seed: name });
        }
        const { digest } = world.push('main-20261124-093000', { seed: 'newest' });
        const run = await world.deploy(workflowDispatch(), { 'manual-select': 'newest:{branch}-*' });
        expect(run.status).toBe(0);
        expect(run.outputs).toMatchObject({
          image: `${world.image}@${digest}`,
          tag: 'main-20261124-093000',
          source: 'pattern',
          commit: builtCommit,
          verified: 'true',
        });
        expect(run.log.text).toContain(
          'Newest of 3 tags that match main-* (7 tags in all): main-20261124-093000',
        );
        expect(run.log.text).toContain(`Using digest: ${world.image}@${digest}`);
      },
      { registryOptions: { pageSize: 2 } },
    ));

  test('leaves automatic runs to their commit', () =>
    inWorld(async (world) => {
      world.push('v1.0.0', { seed: 'other' });
      world.push(tag);
      const run = await world.deploy(repositoryDispatch({ sha: builtCommit }), {
        'manual-select': 'newest:v*',
      });
      expect([run.status, run.outputs['source'], run.outputs['tag']]).toEqual([0, 'sha-tag', tag]);
    }));

  test.each([
    ['v*', /\b2\b.*"v\*"/],
    ['main-*', /"main-\*".*main-0000000, main-abc1234/],
  ])('%s that finds none lists the tags that exist', (pattern, fact) =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(workflowDispatch(), { 'manual-select': `newest:${pattern}` });
      expect(codesOf(run)).toEqual(['newest-tag-unknown']);
      expect(errorOf(run)).toMatch(fact);
      for (const line of ['manual-select: newest:', 'YYYYMMDD-HHmmss']) expect(errorOf(run)).toContain(line);
      expect(run.flyctl).toEqual([]);
    }),
  );
});

describe('a malicious registry', () => {
  const manifests = /\/manifests\//;
  const big = Buffer.from(
    JSON.stringify({ schemaVersion: 2, padding: 'x'.repeat(10 * 1024 * 1024) }),
  ).toString();

  test.each<[string, Fault, code: string | undefined, fact: RegExp | undefined]>([
    ['sends 10 MiB of JSON', { status: 200, body: big }, 'registry-unexpected-answer', /\b4194304\b/],
    [
      'redirects forever',
      { status: 307, headers: { location: '?again' } },
      'registry-unexpected-answer',
      /\b5 redirects\b/,
    ],
    [
      'closes the connection in the body',
      { closeAfter: 100 },
      'registry-unreachable',
      /manifests\/main-abc1234/,
    ],
    [
      'declares a compression that it does not use',
      { headers: { 'content-encoding': 'gzip' } },
      'registry-unreachable',
      /manifests\/main-abc1234/,
    ],
    ['declares another type', { headers: { 'content-type': 'text/plain' } }, undefined, undefined],
  ])('%s', (_name, fault, code, fact) =>
    inWorld(async (world) => {
      world.push(tag);
      world.registry.fault({ path: manifests, ...fault });
      const run = await world.deploy(workflowRun(), { mode: 'dry-run' });
      expect([run.status, codesOf(run)]).toEqual(code === undefined ? [0, []] : [1, [code]]);
      if (fact !== undefined) expect(errorOf(run)).toMatch(fact);
    }),
  );

  test('sends a compression bomb, which is read only up to its limit', () =>
    inWorld(async (world) => {
      const { gzipSync } = await import('node:zlib');
      world.push(tag);
      world.registry.fault({
        path: manifests,
        status: 200,
        headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
        body: gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')),
      });
      const run = await world.deploy(workflowRun());
      expect(codesOf(run)).toEqual(['registry-unexpected-answer']);
      expect(errorOf(run)).toContain('4194304');
    }));

  test('redirects to another host, which gets no credentials', () =>
    inWorld(async (world) => {
      world.registry.addRepository('owner/repo', 'private');
      world.registry.addUser('me', 'reader');
      world.push(tag);
      world.registry.fault({
        path: /\/blobs\//,
        times: 1,
        status: 307,
        headers: { location: `${world.cdn.origin}/elsewhere` },
      });
      const login = { 'registry-username': 'me', 'registry-password': 'reader' };
      await world.deploy(workflowRun(), login);
      expect(world.cdn.requests.some(({ path }) => path === '/elsewhere')).toBe(true);
      for (const { headers } of world.cdn.requests) expect(headers).not.toHaveProperty('authorization');
    }));
});

describe('a long wait', () => {
  test('has progress lines while flyctl is silent', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const flyctl = `process.stdout.write('half a line'); setTimeout(() => process.exit(1), 2200);`;
      const run = await deploy(workflowRun(), { 'deploy-timeout': '5m' }, { flyctl, clockRate: 10 });
      expect(codesOf(run)).toEqual(['flyctl-failed']);
      expect(errorOf(run)).toContain('status 1');
      const { lines } = run.log;
      const half = lines.findIndex(({ text }) => text === 'half a line');
      expect(lines[half + 1]?.text).toMatch(
        /^Waiting for flyctl: no output for (?:[5-9]|1\d)\.\d s after [12]\d\.\d s of 5 m 00 s$/,
      );
    }));

  test('reports how many machines run the image while they settle', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(workflowRun(), { 'settle-time': '11s' }, { clockRate: 10 });
      expect(run.status).toBe(0);
      expect(run.log.text).toMatch(
        /Waiting for the machines to settle: 2 of 2 machines run the image and are healthy, \d.* left after 1\d\.\d s\n/,
      );
    }));
});
