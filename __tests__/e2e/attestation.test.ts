import { describe, expect, test } from '@jest/globals';
import { signature } from '../../sandbox/github/github.ts';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { builtCommit, workflowRun } from '../../sandbox/runner/events.ts';
import { lineWith, textWith } from '../errors.ts';
import { inAttestedWorld } from './attested.ts';
import { codesOf, errorOf, tag } from './world.ts';

describe('a bundle that GitHub’s list does not contain', () => {
  test.each(['inline', 'block', 'frames', 'json'] as const)('is found, %s', (form) =>
    inAttestedWorld(async ({ deploy, push, github, attest, required }) => {
      const { digest } = push(tag);
      github.bundles = form;
      await attest(digest);
      const run = await deploy(workflowRun(), ...required);
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toEqual(lineWith('Attested', builtCommit));
      expect(github.storage.requests).toHaveLength(form === 'inline' ? 0 : 1);
      for (const { headers } of github.storage.requests) expect(headers['authorization']).toBeUndefined();
      expect(run.stdout + run.summary).not.toContain(signature);
    }),
  );

  test.each<[string, Fault]>([
    ['that has expired', { status: 403, body: '<Error><Code>AuthenticationFailed</Code></Error>' }],
    ['that is not there', { status: 404 }],
    ['of a host that fails', { status: 503 }],
    ['of a host that is away', { close: true }],
    ['of a damaged file', { status: 200, body: 'damaged' }],
    ['of a file that would be 4 GB', { status: 200, body: '\x7f\x7f\x7f\x7f' }],
    ['of an empty file', { status: 200, body: '' }],
    ['of JSON that is not an object', { status: 200, body: '[]' }],
    ['that redirects elsewhere', { status: 302, headers: { location: 'http://10.0.0.1/x' } }],
  ])('and has a URL %s is not the same as no attestation', (_name, fault) =>
    inAttestedWorld(async ({ deploy, push, github, attest, required }) => {
      const { digest } = push(tag);
      await attest(digest);
      github.storage.fault({ path: /attestations/, ...fault });
      const [inputs, options] = required;
      const run = await deploy(workflowRun(), inputs, { ...options, clockRate: 50 });
      expect(codesOf(run)).toEqual(['attestation-not-fetched']);
      expect(errorOf(run)).toEqual(textWith(digest, github.storage.host));
      expect(errorOf(run)).not.toContain('attest-build-provenance');
      expect(run.stdout + run.summary).not.toContain(signature);
      expect(run.flyctl).toEqual([]);
    }),
  );

  test('and has no URL either is not the same as no attestation', () =>
    inAttestedWorld(async ({ deploy, push, github, required }) => {
      push(tag);
      const body = JSON.stringify({ attestations: [{ bundle: null, repository_id: 1 }] });
      github.fault({ path: /\/attestations\//, status: 200, body });
      expect(codesOf(await deploy(workflowRun(), ...required))).toEqual(['attestation-not-fetched']);
    }));

  test('matters only where no other attestation suffices', () =>
    inAttestedWorld(async ({ deploy, push, github, attest, required }) => {
      const { digest } = push(tag);
      await attest(digest);
      await attest(digest);
      github.storage.fault({ path: /attestations\/0/, status: 403 });
      expect((await deploy(workflowRun(), ...required)).status).toBe(0);
    }));
});

describe('many attestations of one image', () => {
  test('are searched page by page', () =>
    inAttestedWorld(async ({ deploy, push, github, signed, required }) => {
      const { digest } = push(tag);
      github.bundles = 'inline';
      const other = await signed(digest, { repository: 'stranger/repo' });
      github.attestations.set(digest, [...Array(100).fill(other), await signed(digest)]);
      expect((await deploy(workflowRun(), ...required)).status).toBe(0);
      const asked = github.requests.filter(({ path }) => path.includes('/attestations/'));
      expect(asked).toHaveLength(2);
    }));

  test('are too many where the pages do not end', () =>
    inAttestedWorld(async ({ deploy, push, github, required }) => {
      const { digest } = push(tag);
      github.bundles = 'inline';
      github.attestations.set(digest, Array(501).fill({}));
      const run = await deploy(workflowRun(), ...required);
      expect(codesOf(run)).toEqual(['attestation-too-many']);
      expect(errorOf(run)).toEqual(textWith(digest, 500));
    }));
});
