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

/** The waits are of seconds: the action's clock runs faster, and the time to wait is one that no test reaches. */
const fast = { clockRate: 20 };
const patient = { 'wait-for-image': '5m' };

/** Has something happen when the action asks for a tag again: it looks by GET first, and polls by HEAD. */
const atFirstPoll = ({ registry }: TestWorld, name: string, hook: () => void, fault: Fault = {}) =>
  registry.fault({ method: 'HEAD', path: new RegExp(`/manifests/${name}$`), times: 1, hook, ...fault });

const polls = ({ asked }: TestWorld) => asked().filter((line) => line.startsWith('HEAD'));

describe('a commit’s tag that is not there yet', () => {
  test('is polled by HEAD with one token, each time with a line that says how long', () =>
    inWorld(async (world) => {
      atFirstPoll(world, tag, () => void world.push(tag));
      const run = await world.deploy(workflowRun(), patient, fast);
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toMatch(/not there after \d/);
      expect(polls(world)).toEqual([`HEAD /v2/owner/repo/manifests/${tag}`]);
      expect(world.asked().filter((line) => line === 'GET /token')).toHaveLength(1);
    }));

  test('is polled by GET where the registry refuses HEAD', () =>
    inWorld(
      async (world) => {
        atFirstPoll(world, tag, () => void world.push(tag));
        const run = await world.deploy(workflowRun(), patient, fast);
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      },
      { registryOptions: { withoutHead: true } },
    ));

  test('and a failing HEAD is followed by a GET, for the error’s own words', () =>
    inWorld(async (world) => {
      const body = '{"errors":[{"code":"DENIED","message":"blocked while you waited"}]}';
      const hook = () => world.registry.fault({ path: /manifests/, status: 403, body });
      atFirstPoll(world, tag, hook, { status: 403 });
      const run = await world.deploy(workflowRun(), patient, fast);
      expect(codesOf(run)).toEqual(['registry-denied']);
      expect(errorOf(run)).toContain('DENIED: blocked while you waited');
    }));

  test('survives a token that runs out and a registry that stumbles meanwhile', () =>
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

  test('is waited for until its image is that commit’s, and deployed by digest', () =>
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

  test('that never gets there is not deployed; both commits are said', () =>
    inWorld(async (world) => {
      world.push('main', { revision: defaultHead });
      const run = await world.deploy(workflowRun(), moving);
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(errorOf(run)).toMatch(new RegExp(`${defaultHead}[\\s\\S]*${builtCommit}`));
      expect(errorOf(run)).toContain(`https://github.com/owner/repo/commit/${defaultHead}`);
      expect(run.flyctl).toEqual([]);
    }));

  test('whose image does not say is not deployed either: nothing ties it to the commit', () =>
    inWorld(async (world) => {
      world.registry.untag('owner/repo', 'main');
      world.push('main', { revision: '', attestations: false });
      const run = await world.deploy(workflowRun(), moving);
      expect(codesOf(run)).toEqual(['revision-missing']);
      for (const fact of ['org.opencontainers.image.revision', builtCommit, 'labels:'])
        expect(errorOf(run)).toContain(fact);
      expect(run.flyctl).toEqual([]);
    }));

  test('also given as a whole reference, with the commit', () =>
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
  test('says the commit where no label does', () =>
    inWorld(async (world) => {
      // A base image's label: it names another repository, so it says nothing of this image.
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

  test('that was cleaned away says nothing, and stops nothing', () =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag, {
        source: 'https://github.com/docker/base',
        revision: '9'.repeat(40),
      });
      // Everything by digest but the image itself: its attestation.
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
  ])('%s that finds none says what there is', (pattern, fact) =>
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

describe('a registry that means harm', () => {
  const manifests = /\/manifests\//;
  const big = Buffer.from(
    JSON.stringify({ schemaVersion: 2, padding: 'x'.repeat(10 * 1024 * 1024) }),
  ).toString();

  test.each<[string, Fault, code: string | undefined, fact: RegExp | undefined]>([
    ['sends 10 MiB of JSON', { status: 200, body: big }, 'registry-unexpected-answer', /\b4194304\b/],
    [
      'redirects for ever',
      { status: 307, headers: { location: '?again' } },
      'registry-unexpected-answer',
      /\b5 redirects\b/,
    ],
    ['ends in the body', { closeAfter: 100 }, 'registry-unreachable', /manifests\/main-abc1234/],
    [
      'says that it packed what it did not',
      { headers: { 'content-encoding': 'gzip' } },
      'registry-unreachable',
      /manifests\/main-abc1234/,
    ],
    ['says another type', { headers: { 'content-type': 'text/plain' } }, undefined, undefined],
  ])('%s', (_name, fault, code, fact) =>
    inWorld(async (world) => {
      world.push(tag);
      world.registry.fault({ path: manifests, ...fault });
      const run = await world.deploy(workflowRun(), { mode: 'dry-run' });
      expect([run.status, codesOf(run)]).toEqual(code === undefined ? [0, []] : [1, [code]]);
      if (fact !== undefined) expect(errorOf(run)).toMatch(fact);
    }),
  );

  test('sends a bomb: what is packed small is read no further than its limit', () =>
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

  test('redirects to another host, which sees no credentials', () =>
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

describe('a wait that is long', () => {
  test('moves in the log while flyctl is silent', () =>
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

  test('says how many machines are right while they settle', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(workflowRun(), { 'settle-time': '11s' }, { clockRate: 10 });
      expect(run.status).toBe(0);
      expect(run.log.text).toMatch(
        /Waiting for the machines to settle: 2 of 2 machines run the image and are healthy, \d.* left after 1\d\.\d s\n/,
      );
    }));
});
