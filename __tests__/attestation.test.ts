import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { builtCommit } from '../sandbox/events.ts';
import { type SandboxSigstore, startSigstore } from '../sandbox/sigstore.ts';
import { type Requirement, requireAttestation } from '../src/attestation/attestation.ts';
import { makeHttp } from '../src/lib/http.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const wanted: Requirement = {
  ...{ digest, server: 'https://github.com', repository: 'Owner/Repo', commit: builtCommit },
  signerWorkflow: undefined,
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
  job_workflow_ref: 'owner/repo/.github/workflows/build.yml@refs/heads/main',
};

let sigstore: SandboxSigstore;
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());

/** Asks with GitHub answering these bundles, or that status. */
async function ask(
  bundles: unknown[],
  changes: Partial<Requirement> = {},
  status = 200,
  trustedRoot: string | undefined = sigstore.trustedRoot,
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
      clock: { now: () => 0, sleep: async () => {} },
      random: () => 0,
      debug: () => {},
    },
    { tries: 1, timeout: 1000, longestWait: 0 },
  );
  const world = { http, apiUrl: 'https://api.github.com', token: 'ghs_x', trustedRoot };
  const result = await requireAttestation({ ...wanted, ...changes }, world).then(
    (attested) => ({ attested, error: '' }),
    (error: Error) => ({ attested: undefined, error: error.message }),
  );
  return { ...result, asked };
}

test('an attestation of this digest, repository and commit is proof', async () => {
  const { attested, error, asked } = await ask([await sigstore.attest(statement(), claims)]);
  expect(error).toBe('');
  expect(attested).toEqual({
    commit: builtCommit,
    signer: 'https://github.com/owner/repo/.github/workflows/build.yml@refs/heads/main',
  });
  expect(asked[0]?.url).toBe(`https://api.github.com/repos/Owner/Repo/attestations/${digest}?per_page=30`);
  expect(asked[0]?.headers['authorization']).toBe('Bearer ghs_x');
});

test('of several one is enough', async () => {
  const foreign = await sigstore.attest(statement(), { ...claims, repository: 'stranger/repo' });
  const own = await sigstore.attest(statement(), claims);
  expect((await ask([foreign, { odd: true }, own])).attested?.commit).toBe(builtCommit);
});

test('the signer workflow, where it is named', async () => {
  const bundle = await sigstore.attest(statement(), claims);
  const signerWorkflow = 'owner/repo/.github/workflows/build.yml';
  expect((await ask([bundle], { signerWorkflow })).attested).toBeDefined();
  expect((await ask([bundle], { signerWorkflow: 'owner/repo/.github/workflows/other.yml' })).error).toMatch(
    /certificate says signer https:.*build\.yml, and not https:.*other\.yml/,
  );
  // Not a regular expression, and not a beginning.
  expect(
    (await ask([bundle], { signerWorkflow: 'owner/repo/.github/workflows/b.ild.yml' })).attested,
  ).toBeUndefined();
});

describe('is no proof', () => {
  test.each<[string, object, Record<string, string>, RegExp]>([
    [
      'another repository',
      {},
      { repository: 'stranger/repo' },
      /says repository https:\/\/github\.com\/stranger\/repo, and not/,
    ],
    ['a repository whose name begins so', {}, { repository: 'owner/repo-evil' }, /says repository/],
    ['another commit', {}, { sha: 'f'.repeat(40) }, /says commit f{40}, and not abc1234/],
    [
      'another issuer',
      {},
      { iss: 'https://token.actions.evil.example' },
      /says issuer https:\/\/token\.actions\.evil/,
    ],
    [
      'another digest',
      { subject: [{ name: 'x', digest: { sha256: 'b'.repeat(64) } }] },
      {},
      /it is about sha256:b{64}/,
    ],
    ['no subject', { subject: [] }, {}, /it is about nothing/],
    [
      'another kind of hash',
      { subject: [{ name: 'x', digest: { sha512: 'a'.repeat(64) } }] },
      {},
      /it is about sha256:undefined/,
    ],
    [
      'another predicate',
      { predicateType: 'https://spdx.dev/Document' },
      {},
      /it is a https:\/\/spdx\.dev\/Document, and no SLSA provenance/,
    ],
  ])('%s', async (_name, said, as, words) => {
    const { attested, error } = await ask([await sigstore.attest(statement(said), { ...claims, ...as })]);
    expect(attested).toBeUndefined();
    expect(error).toMatch(words);
    expect(error).toMatch(
      /Expected: one of the build of commit abc1234[\s\S]*To fix: [\s\S]*attest-build-provenance/,
    );
  });

  test('what the predicate says of itself', async () => {
    const boast = {
      predicate: { buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: builtCommit } }] } },
    };
    const bundle = await sigstore.attest(statement(boast), { ...claims, sha: 'f'.repeat(40) });
    expect((await ask([bundle])).attested).toBeUndefined();
  });

  test('a statement that was changed after it was signed', async () => {
    const bundle = structuredClone(await sigstore.attest(statement(), claims)) as {
      dsseEnvelope: { payload: string };
    };
    const other = statement({ subject: [{ name: 'x', digest: { sha256: 'b'.repeat(64) } }] });
    bundle.dsseEnvelope.payload = Buffer.from(JSON.stringify(other)).toString('base64');
    const changed = await ask([bundle], { digest: `sha256:${'b'.repeat(64)}` });
    expect(changed.attested).toBeUndefined();
    expect(changed.error).toMatch(/none that proves where it comes from:\n/);
  });

  test('one that somebody else’s Sigstore signed', async () => {
    const other = await startSigstore();
    try {
      const bundle = await other.attest(statement(), claims);
      expect((await ask([bundle])).attested).toBeUndefined();
      // And without a root of one's own, only the public one is trusted.
      expect((await ask([await sigstore.attest(statement(), claims)], {}, 200, '')).attested).toBeUndefined();
    } finally {
      await other.close();
    }
  });

  test.each([[{}], [{ mediaType: 'x' }], ['text'], [null], [[]]])(
    'a bundle that is none: %j',
    async (bundle) => {
      expect((await ask([bundle])).attested).toBeUndefined();
    },
  );

  test('none at all, in an empty list or a 404', async () => {
    for (const status of [200, 404]) {
      expect((await ask([], {}, status)).error).toContain(
        `${digest} has no attestation of its build at Owner/Repo`,
      );
    }
  });

  test('a refusal, with the permission to add', async () => {
    expect((await ask([], {}, 403)).error).toMatch(/answered 403[\s\S]*attestations: read/);
    expect((await ask([], {}, 500)).error).toMatch(/answered 500/);
  });
});

test('a commit that nobody names need not be that of the certificate', async () => {
  const bundle = await sigstore.attest(statement(), { ...claims, sha: 'f'.repeat(40) });
  expect((await ask([bundle], { commit: undefined })).attested?.commit).toBe('f'.repeat(40));
});
