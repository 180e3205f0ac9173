import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxSigstore, startSigstore } from '../sandbox/github/sigstore.ts';
import { builtCommit } from '../sandbox/runner/events.ts';
import { requireAttestation } from '../src/attestation/attestation.ts';
import { utf8String } from '../src/attestation/certificate.ts';
import publicGood from '../src/attestation/public-good.json' with { type: 'json' };
import type { Requirement } from '../src/attestation/types.ts';
import { makeGitHub } from '../src/github/client.ts';
import { makeHttp } from '../src/lib/http.ts';
import { UserError } from '../src/lib/user-error.ts';
import { digestOf, stoppedClock } from './factories.ts';

const digest = digestOf('a');
const wanted: Requirement = {
  digest,
  server: 'https://github.com',
  repository: 'Owner/Repo',
  commit: builtCommit,
  ref: 'refs/heads/main',
  signerWorkflow: undefined,
  signerRef: undefined,
};
const statement = (changes: object = {}) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'ghcr.io/owner/repo', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { buildDefinition: {}, runDetails: {} },
  ...changes,
});
const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  repository: 'owner/repo',
  sha: builtCommit,
  ref: 'refs/heads/main',
  job_workflow_ref: 'owner/repo/.github/workflows/build.yml@refs/heads/main',
};

let sigstore: SandboxSigstore;
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());

/** Asks a GitHub that answers with these bundles, or with that status. */
async function ask(
  bundles: unknown[],
  changes: Partial<Requirement> = {},
  status = 200,
  trustedRoots: readonly object[] | undefined = [JSON.parse(sigstore.trustedRoot)],
) {
  const asked: { url: string; headers: Record<string, string> }[] = [];
  const http = makeHttp(
    {
      fetch: async (url, init) => {
        asked.push({ url, headers: init.headers as Record<string, string> });
        return Response.json(
          { attestations: bundles.map((bundle) => ({ bundle, repository_id: 1 })) },
          { status },
        );
      },
      clock: stoppedClock(),
      random: () => 0,
      log: { debug: () => {} },
    },
    { tries: 1, timeout: 1000, longestWait: 0 },
  );
  const github = makeGitHub({
    token: 'ghs_x',
    apiUrl: 'https://api.github.com',
    repository: wanted.repository,
    http,
  });
  const result = await requireAttestation({ ...wanted, ...changes }, { github, trustedRoots }).then(
    (attested) => ({ attested, code: undefined, text: '' }),
    (error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      return { attested: undefined, code: error.code, text: error.message };
    },
  );
  return { ...result, asked };
}

test('accepts an attestation of this digest, repository and commit', async () => {
  const { attested, code, asked } = await ask([await sigstore.attest(statement(), claims)]);
  expect(code).toBeUndefined();
  expect(attested).toEqual({
    kind: 'attested',
    commit: builtCommit,
    ref: 'refs/heads/main',
    runner: '',
    called: false,
    signer: 'https://github.com/owner/repo/.github/workflows/build.yml@refs/heads/main',
  });
  expect(asked[0]?.url).toBe(
    `https://api.github.com/repos/Owner/Repo/attestations/${encodeURIComponent(digest)}?per_page=100`,
  );
  expect(asked[0]?.headers).toMatchObject({
    authorization: 'token ghs_x',
    'x-github-api-version': '2022-11-28',
  });
});

test('one valid attestation of several is enough', async () => {
  const foreign = await sigstore.attest(statement(), { ...claims, repository: 'stranger/repo' });
  const own = await sigstore.attest(statement(), claims);
  expect((await ask([foreign, { odd: true }, own])).attested?.commit).toBe(builtCommit);
});

test('compares the signer workflow if one is named', async () => {
  const bundle = await sigstore.attest(statement(), claims);
  const signerWorkflow = 'owner/repo/.github/workflows/build.yml';
  expect((await ask([bundle], { signerWorkflow })).attested).toBeDefined();
  const other = await ask([bundle], { signerWorkflow: 'owner/repo/.github/workflows/other.yml' });
  expect(other.code).toBe('attestation-missing');
  expect(other.text).toMatch(/https:\S*build\.yml.*https:\S*other\.yml/);
  // The name is compared whole; it is not a regular expression or a prefix.
  expect(
    (await ask([bundle], { signerWorkflow: 'owner/repo/.github/workflows/b.ild.yml' })).attested,
  ).toBeUndefined();
});

describe('does not accept', () => {
  test.each<[string, object, Record<string, string>, string[]]>([
    [
      'another repository',
      {},
      { repository: 'stranger/repo' },
      ['https://github.com/stranger/repo', 'https://github.com/Owner/Repo'],
    ],
    [
      'a repository whose name begins the same',
      {},
      { repository: 'owner/repo-evil' },
      ['https://github.com/owner/repo-evil'],
    ],
    ['another commit', {}, { sha: 'f'.repeat(40) }, ['f'.repeat(40), builtCommit]],
    [
      'another issuer',
      {},
      { iss: 'https://token.actions.evil.example' },
      ['https://token.actions.evil.example', 'https://token.actions.githubusercontent.com'],
    ],
    ['another digest', { subject: [{ name: 'x', digest: { sha256: 'b'.repeat(64) } }] }, {}, [digestOf('b')]],
    ['no subject', { subject: [] }, {}, []],
    ['another kind of hash', { subject: [{ name: 'x', digest: { sha512: 'a'.repeat(64) } }] }, {}, []],
    ['another predicate', { predicateType: 'https://spdx.dev/Document' }, {}, ['https://spdx.dev/Document']],
  ])('%s', async (_name, said, as, facts) => {
    const { attested, code, text } = await ask([
      await sigstore.attest(statement(said), { ...claims, ...as }),
    ]);
    expect(attested).toBeUndefined();
    expect(code).toBe('attestation-missing');
    for (const fact of [digest, ...facts, builtCommit, 'attest-build-provenance'])
      expect(text).toContain(fact);
  });

  test('what the predicate claims about itself', async () => {
    const boast = {
      predicate: { buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: builtCommit } }] } },
    };
    const bundle = await sigstore.attest(statement(boast), { ...claims, sha: 'f'.repeat(40) });
    expect((await ask([bundle])).attested).toBeUndefined();
  });

  test('a statement that was changed after signing', async () => {
    const bundle = structuredClone(await sigstore.attest(statement(), claims)) as {
      dsseEnvelope: { payload: string };
    };
    const other = statement({ subject: [{ name: 'x', digest: { sha256: 'b'.repeat(64) } }] });
    bundle.dsseEnvelope.payload = Buffer.from(JSON.stringify(other)).toString('base64');
    const changed = await ask([bundle], { digest: digestOf('b') });
    expect(changed.attested).toBeUndefined();
    expect(changed.code).toBe('attestation-missing');
  });

  test('one that another Sigstore instance signed', async () => {
    const other = await startSigstore();
    try {
      const bundle = await other.attest(statement(), claims);
      expect((await ask([bundle])).attested).toBeUndefined();
      // Without `trusted-root`, only the public root is trusted.
      const own = await sigstore.attest(statement(), claims);
      const http = await ask([own], {}, 200, [publicGood]);
      expect([http.attested, http.code]).toEqual([undefined, 'attestation-missing']);
    } finally {
      await other.close();
    }
  });

  test.each([[{}], [{ mediaType: 'x' }], ['text'], [null], [[]]])('an invalid bundle: %j', async (bundle) => {
    expect((await ask([bundle])).attested).toBeUndefined();
  });

  test('an empty list, or a 404', async () => {
    for (const status of [200, 404]) {
      const { code, text } = await ask([], {}, status);
      expect(code).toBe('attestation-missing');
      for (const fact of [digest, 'Owner/Repo']) expect(text).toContain(fact);
    }
  });

  test('a refusal, and names the permission to add', async () => {
    const [refused, broken] = [await ask([], {}, 403), await ask([], {}, 500)];
    expect([refused.code, broken.code]).toEqual(['attestation-unreadable', 'attestation-unreadable']);
    expect(refused.text).toMatch(/\b403\b[\s\S]*attestations: read/);
    expect(broken.text).toContain('500');
  });
});

test('without a commit to compare, the certificate’s commit does not matter', async () => {
  const bundle = await sigstore.attest(statement(), { ...claims, sha: 'f'.repeat(40) });
  expect((await ask([bundle], { commit: undefined })).attested?.commit).toBe('f'.repeat(40));
});

describe('an attestation that GitHub’s own client made', () => {
  const fixture = (name: string) =>
    readFileSync(join(import.meta.dirname, 'fixtures/attestations', name), 'utf8');
  const [publicRoot, githubRoot] = fixture('trusted-root.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const both = [publicRoot, githubRoot];
  const bundle = (name: string) => JSON.parse(fixture(name));
  const demo = {
    digest: 'sha256:49a3aa6075e0f49f82843e74b5baa614ad2a588e6675612bf108a0a008c5ac25',
    repository: 'malancas/attest-demo',
    commit: undefined,
  };
  const hidden = {
    digest: 'sha256:ae57936def59bc4c75edd3a837d89bcefc6d3a5e31d55a6fa7a71624f92c3c3b',
    repository: 'actions/attest-demo',
    commit: undefined,
  };
  const enterprise = {
    digest: 'sha256:afa27b44d43b02a9fea41d13cedc2e4016cfcf87c5dbf990e593669aa8ce286d',
    repository: 'too-legit/attest',
    commit: undefined,
  };

  test.each<[string, Partial<Requirement>, readonly object[] | undefined]>([
    ['called-workflow.json', demo, undefined],
    ['called-workflow.json', demo, both],
    ['private.json', hidden, both],
    ['private.json', hidden, [githubRoot]],
  ])('is valid: %s', async (name, changes, roots) => {
    const { attested, text } = await ask([bundle(name)], changes, 200, roots ?? [publicGood]);
    expect(text).toBe('');
    expect(attested).toMatchObject({
      ref: 'refs/heads/main',
      called: name === 'called-workflow.json',
      runner: 'github-hosted',
    });
  });

  test.each<[string, string, Partial<Requirement>, readonly object[] | undefined, string, string]>([
    [
      'without the root of private repositories',
      'private.json',
      hidden,
      [publicRoot],
      'attestation-root-missing',
      'private repositories',
    ],
    [
      'with only the root of private repositories',
      'called-workflow.json',
      demo,
      [githubRoot],
      'attestation-root-missing',
      'public repositories',
    ],
    [
      'with both roots in one',
      'private.json',
      hidden,
      [{ ...githubRoot, tlogs: publicRoot.tlogs }],
      'attestation-missing',
      '',
    ],
    [
      'of an enterprise’s own issuer',
      'enterprise.json',
      enterprise,
      both,
      'attestation-enterprise-issuer',
      'https://token.actions.githubusercontent.com/',
    ],
    ['with only a SHA-512', 'npm-sha512.json', demo, both, 'attestation-missing', 'sha512:90f223'],
    [
      'of another ref',
      'private.json',
      { ...hidden, ref: 'refs/heads/other' },
      both,
      'attestation-other-ref',
      'refs/heads/main',
    ],
    [
      'of a prefix of the ref',
      'private.json',
      { ...hidden, ref: 'refs/heads/mai' },
      both,
      'attestation-other-ref',
      'refs/heads/main',
    ],
  ])('is refused %s', async (_name, file, changes, roots, code, fact) => {
    const refused = await ask([bundle(file)], changes, 200, roots);
    expect([refused.attested, refused.code]).toEqual([undefined, code]);
    expect(refused.text).toContain(fact);
  });
});

describe('an extension of the certificate', () => {
  const der = (...bytes: number[]) => Buffer.from(bytes);
  const letters = (count: number) => Buffer.alloc(count, 'a');

  test.each<[string, Buffer<ArrayBuffer>, string]>([
    ['is read', Buffer.concat([der(0x0c, 3), letters(3)]), 'aaa'],
    ['is read if it is empty', der(0x0c, 0), ''],
    [
      'is read if its length takes two bytes',
      Buffer.concat([der(0x0c, 0x81, 200), letters(200)]),
      'a'.repeat(200),
    ],
    [
      'is read if its length takes three bytes',
      Buffer.concat([der(0x0c, 0x82, 1, 0), letters(256)]),
      'a'.repeat(256),
    ],
    ['is read as UTF-8', Buffer.concat([der(0x0c, 2), Buffer.from('é')]), 'é'],
  ])('%s', (_name, bytes, text) => expect(utf8String(bytes)).toBe(text));

  test.each<[string, Buffer<ArrayBuffer>]>([
    ['nothing', der()],
    ['only a tag', der(0x0c)],
    ['another type', Buffer.concat([der(0x13, 3), letters(3)])],
    ['a string made of strings', Buffer.concat([der(0x2c, 5, 0x0c, 3), letters(3)])],
    ['the number of another class', Buffer.concat([der(0x8c, 3), letters(3)])],
    ['the old form without DER', Buffer.from('https://github.com/owner/repo')],
    ['less than its length', Buffer.concat([der(0x0c, 4), letters(3)])],
    ['more than its length', Buffer.concat([der(0x0c, 2), letters(3)])],
    ['half a length', der(0x0c, 0x82, 1)],
    ['a length without an end', Buffer.concat([der(0x0c, 0x80), letters(3), der(0, 0)])],
    ['a length with unnecessary bytes', Buffer.concat([der(0x0c, 0x81, 3), letters(3)])],
    ['a length with more bytes than a number', der(0x0c, 0x87, 1, 1, 1, 1, 1, 1, 1)],
  ])('counts as missing if it is %s', (_name, bytes) => expect(utf8String(bytes)).toBeUndefined());
});
