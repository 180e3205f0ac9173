import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { signature } from '../../sandbox/github/github.ts';
import type { Fault } from '../../sandbox/lib/faults.ts';
import {
  builtCommit,
  deployment,
  push as pushEvent,
  registryPackage,
  release,
  repositoryDispatch,
  type SandboxEvent,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { lineWith, textWith } from '../errors.ts';
import { builder, claimsOf, inAttestedWorld } from './attested.ts';
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
    ['that does not exist', { status: 404 }],
    ['of a host that fails', { status: 503 }],
    ['of a host that is down', { close: true }],
    ['of a damaged file', { status: 200, body: 'damaged' }],
    ['of a file that would be 4 GB', { status: 200, body: '\x7f\x7f\x7f\x7f' }],
    ['of an empty file', { status: 200, body: '' }],
    ['of JSON that is not an object', { status: 200, body: '[]' }],
    ['that redirects elsewhere', { status: 302, headers: { location: 'http://10.0.0.1/x' } }],
  ])('with a URL %s is not reported as a missing attestation', (_name, fault) =>
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

  test('without a URL is not reported as a missing attestation', () =>
    inAttestedWorld(async ({ deploy, push, github, required }) => {
      push(tag);
      const body = JSON.stringify({ attestations: [{ bundle: null, repository_id: 1 }] });
      github.fault({ path: /\/attestations\//, status: 200, body });
      expect(codesOf(await deploy(workflowRun(), ...required))).toEqual(['attestation-not-fetched']);
    }));

  test('matters only if no other attestation is accepted', () =>
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

  test('are too many if the pages do not end', () =>
    inAttestedWorld(async ({ deploy, push, github, required }) => {
      const { digest } = push(tag);
      github.bundles = 'inline';
      github.attestations.set(digest, Array(501).fill({}));
      const run = await deploy(workflowRun(), ...required);
      expect(codesOf(run)).toEqual(['attestation-too-many']);
      expect(errorOf(run)).toEqual(textWith(digest, 500));
    }));
});

const main = 'refs/heads/main';
const evil = 'refs/heads/evil-feature';

describe('the ref that was built', () => {
  test.each<[string, (digest: string, image: string) => [SandboxEvent, Record<string, string>]]>([
    ['workflow_run', () => [workflowRun(), {}]],
    ['push', () => [pushEvent(), {}]],
    ['deployment', () => [deployment(), {}]],
    ['workflow_dispatch', () => [workflowDispatch(), {}]],
    ['schedule', () => [schedule(), {}]],
    ['repository_dispatch', () => [repositoryDispatch(), {}]],
    ['registry_package', (digest) => [registryPackage('main', digest), {}]],
    ['a bare image', (_digest, image) => [workflowDispatch(), { image: `${image}:main` }]],
    ['a digest', (digest) => [workflowDispatch(), { select: `digest:${digest}` }]],
  ])('is compared with the branch for %s', (_name, make) =>
    inAttestedWorld(async ({ deploy, push, image, attest, required }) => {
      push(tag);
      const { digest } = push('main');
      const [event, inputs] = make(digest, image);
      const [strict, options] = required;
      const given = { ...strict, 'check-revision': 'require', ...inputs };
      await attest(digest, claimsOf('evil-feature'));
      const refused = await deploy(event, { ...given, attestation: builder }, options);
      expect(codesOf(refused)).toEqual(['attestation-other-ref']);
      expect(errorOf(refused)).toEqual(textWith(evil, main, `with: attestation-ref: ${evil}`));
      expect(refused.flyctl).toEqual([]);
      const named = await deploy(event, { ...given, 'attestation-ref': evil }, options);
      expect(named.status).toBe(0);
      await attest(digest);
      expect((await deploy(event, given, options)).status).toBe(0);
    }),
  );

  test.each<[string, SandboxEvent]>([
    ['a push of a tag', pushEvent({}, 'refs/tags/v1.2.0')],
    ['a release', release()],
  ])('is compared with the tag for %s', (_name, event) =>
    inAttestedWorld(async ({ deploy, push, attest, required }) => {
      const { digest } = push(tag);
      await attest(digest);
      const refused = await deploy(event, ...required);
      expect(codesOf(refused)).toEqual(['attestation-other-ref']);
      expect(errorOf(refused)).toEqual(textWith(main, 'refs/tags/v1.2.0', `with: attestation-ref: ${main}`));
      const ref = 'refs/tags/v1.2.0';
      await attest(digest, { ref, job_workflow_ref: `${builder}@${ref}` });
      expect((await deploy(event, ...required)).status).toBe(0);
      const [inputs, options] = required;
      const pattern = await deploy(event, { ...inputs, 'attestation-ref': 'refs/tags/v*' }, options);
      expect(pattern.status).toBe(0);
    }),
  );

  test('is compared as a whole with the branch in `branch`', () =>
    inAttestedWorld(async ({ deploy, push, attest, required }) => {
      const { digest } = push('release-abc1234');
      await attest(digest, claimsOf('release-2'));
      const [inputs, options] = required;
      const event = workflowDispatch();
      const given = { ...inputs, branch: 'release', commit: builtCommit };
      expect(codesOf(await deploy(event, given, options))).toEqual(['attestation-other-ref']);
      await attest(digest, claimsOf('release'));
      expect((await deploy(event, given, options)).status).toBe(0);
    }));

  test('is also that of a signer in this repository, unless `attestation` names another', () =>
    inAttestedWorld(async ({ deploy, push, attest, required }) => {
      const { digest } = push(tag);
      const [inputs, options] = required;
      await attest(digest, { job_workflow_ref: `${builder}@${evil}` });
      const refused = await deploy(workflowRun(), inputs, options);
      expect(codesOf(refused)).toEqual(['attestation-other-ref']);
      expect(errorOf(refused)).toEqual(
        textWith(`${builder}@${evil}`, main, 'with: attestation:', `${builder}@${evil}`),
      );
      const by = (attestation: string) => deploy(workflowRun(), { ...inputs, attestation }, options);
      expect(codesOf(await by(builder))).toEqual(['attestation-other-ref']);
      expect((await by(`${builder}@${evil}`)).status).toBe(0);
      expect(codesOf(await by(`${builder}@${main}`))).toEqual(['attestation-missing']);
    }));

  test('is not suggested if a line of a workflow cannot contain it', () =>
    inAttestedWorld(async ({ deploy, push, attest, required }) => {
      const { digest } = push(tag);
      const ref = 'refs/heads/${{secrets.X}}\n::error::forged';
      await attest(digest, { ref });
      const refused = await deploy(workflowRun(), ...required);
      expect(codesOf(refused)).toEqual(['attestation-other-ref']);
      expect(errorOf(refused)).not.toContain('with: attestation-ref: refs/heads/$');
      expect(refused.log.annotations).toHaveLength(1);
    }));
});

describe('the signer', () => {
  const called = 'acme/builds/.github/workflows/build.yml@refs/tags/v2';

  test('can be a workflow of another repository that a run of this one called, and is in the log', () =>
    inAttestedWorld(async ({ deploy, push, attest, required }) => {
      const { digest } = push(tag);
      await attest(digest, { job_workflow_ref: called, runner_environment: 'self-hosted' });
      const [inputs, options] = required;
      const run = await deploy(workflowRun(), inputs, options);
      expect(run.status).toBe(0);
      expect(run.log.text).toEqual(
        textWith(`https://github.com/${called}`, main, 'self-hosted', 'with: attestation:', called),
      );
      expect(run.summary).toEqual(lineWith('Attested', called, main, 'self-hosted'));
      const by = (attestation: string) => deploy(workflowRun(), { ...inputs, attestation }, options);
      expect((await by(called)).status).toBe(0);
      expect((await by(called.replace(/@.*/, ''))).status).toBe(0);
      expect(codesOf(await by(called.replace('v2', 'v3')))).toEqual(['attestation-missing']);
      expect(codesOf(await by(builder))).toEqual(['attestation-missing']);
    }));

  test('is in the log with the kind of its runner', () =>
    inAttestedWorld(async ({ deploy, push, attest, required }) => {
      const { digest } = push(tag);
      await attest(digest);
      const run = await deploy(workflowRun(), ...required);
      expect(run.log.text).toEqual(textWith(`https://github.com/${builder}@${main}`, main, 'GitHub-hosted'));
      expect(run.log.text).not.toContain(`with: attestation:`);
    }));
});

test('a short commit is compared by its digits', () =>
  inAttestedWorld(async ({ deploy, push, attest, required }) => {
    const { digest } = push(tag);
    await attest(digest, { sha: builtCommit.replace(/.$/, 'f') });
    const [inputs, options] = required;
    const of = (commit: string) => deploy(workflowDispatch(), { ...inputs, commit }, options);
    expect((await of('abc1234')).status).toBe(0);
    expect((await of(builtCommit.slice(0, 39))).status).toBe(0);
    expect(codesOf(await of(builtCommit))).toEqual(['attestation-missing']);
  }));

test('`warn` reports what `require` refuses, with the same code', () =>
  inAttestedWorld(async ({ deploy, push, attest, required, github }) => {
    const { digest } = push(tag);
    const [inputs, options] = required;
    const warned = async () => {
      const run = await deploy(workflowRun(), { ...inputs, attestation: 'warn' }, options);
      expect([run.status, run.log.annotations.map(({ level }) => level)]).toEqual([0, ['warning']]);
      expect(run.summary).toContain('Not attested');
      return [/^::debug::Not attested: (.*)$/m.exec(run.stdout)?.[1], run.log.annotations[0]?.message];
    };
    expect(await warned()).toEqual(['attestation-missing', textWith('actions/attest-build-provenance')]);
    await attest(digest, claimsOf('evil-feature'));
    expect(await warned()).toEqual(['attestation-other-ref', textWith(evil, 'attestation-ref')]);
    await attest(digest);
    github.storage.fault({ path: /attestations/, status: 403 });
    expect(await warned()).toEqual(['attestation-not-fetched', textWith(github.storage.host)]);
    github.fault({ path: /\/attestations\//, status: 403 });
    expect(await warned()).toEqual(['attestation-unreadable', textWith('attestations: read')]);
  }));

describe('trusted-root', () => {
  const fixture = (name: string) =>
    readFileSync(join(import.meta.dirname, '../fixtures/attestations', name), 'utf8');
  const both = fixture('trusted-root.jsonl');

  test('can contain several roots, one per line, of which one must verify the attestation', () =>
    inAttestedWorld(async ({ deploy, push, attest, required, sigstore }) => {
      const { digest } = push(tag);
      await attest(digest);
      const [inputs] = required;
      for (const root of [`${both}${sigstore.trustedRoot}\n`, `\n${sigstore.trustedRoot}\r\n\n${both}`])
        expect((await deploy(workflowRun(), inputs, { files: { 'root.json': root } })).status).toBe(0);
      const other = await deploy(workflowRun(), inputs, { files: { 'root.json': both } });
      expect(codesOf(other)).toEqual(['attestation-missing']);
    }));

  test('is required for a private repository, and the error shows how to create it', () =>
    inAttestedWorld(async ({ deploy, push, github, required }) => {
      const { digest } = push(tag);
      github.attestations.set(digest, [JSON.parse(fixture('private.json'))]);
      const run = await deploy(workflowRun(), { attestation: 'require' });
      expect(codesOf(run)).toEqual(['attestation-root-missing']);
      expect(errorOf(run)).toEqual(
        textWith(
          'GitHub',
          'trusted-root',
          'gh attestation trusted-root > trusted-root.jsonl',
          'with: trusted-root: trusted-root.jsonl',
        ),
      );
      const [inputs] = required;
      const old = await deploy(workflowRun(), inputs, { files: { 'root.json': both.split('\n')[0] ?? '' } });
      expect(codesOf(old)).toEqual(['attestation-root-missing']);
      // The root is correct here, so the error is that the attestation is about another image.
      const right = await deploy(workflowRun(), inputs, { files: { 'root.json': both } });
      expect(codesOf(right)).toEqual(['attestation-missing']);
      expect(errorOf(right)).toEqual(textWith('sha256:ae57936def59'));
    }));

  test.each([
    ['is empty', ' \n'],
    ['is not JSON', 'trust me'],
    ['has a line that is not JSON', `${both}trust me`],
    ['is something else', '{"a":1}'],
    [
      'has no certificate authority',
      '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}',
    ],
    ['has a damaged certificate', both.replace(/"certificates":\[\{"rawBytes":"/, '$&AAAA')],
    ['is a list', `[${both.split('\n')[0]}]`],
  ])('that %s is an error of the inputs', (_name, root) =>
    inAttestedWorld(async ({ deploy, push, required }) => {
      push(tag);
      const run = await deploy(workflowRun(), required[0], { files: { 'root.json': root } });
      expect(codesOf(run)).toEqual(['input-invalid']);
      expect(errorOf(run)).toEqual(textWith('trusted-root', 'gh attestation trusted-root'));
    }),
  );
});

test('names an enterprise’s own issuer', () =>
  inAttestedWorld(async ({ deploy, push, attest, required }) => {
    const { digest } = push(tag);
    await attest(digest, { iss: 'https://token.actions.githubusercontent.com/acme' });
    const run = await deploy(workflowRun(), ...required);
    expect(codesOf(run)).toEqual(['attestation-enterprise-issuer']);
    expect(errorOf(run)).toEqual(textWith('https://token.actions.githubusercontent.com/acme', 'enterprise'));
  }));

test('names a subject that has only a SHA-512', () =>
  inAttestedWorld(async ({ deploy, push, github }) => {
    const { digest } = push(tag);
    const path = join(import.meta.dirname, '../fixtures/attestations/npm-sha512.json');
    github.attestations.set(digest, [JSON.parse(readFileSync(path, 'utf8'))]);
    const run = await deploy(workflowRun(), { attestation: 'require' });
    expect(codesOf(run)).toEqual(['attestation-missing']);
    expect(errorOf(run)).toEqual(textWith('sha512', '90f223f9'));
    expect(errorOf(run)).not.toContain('undefined');
  }));
