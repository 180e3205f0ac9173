import { type SandboxSigstore, startSigstore } from '../../sandbox/github/sigstore.ts';
import { builtCommit } from '../../sandbox/runner/events.ts';
import { inWorld, type TestWorld } from './world.ts';

/** The workflow of this repository that builds and signs. */
export const builder = 'owner/repo/.github/workflows/build.yml';

/** A world with a Sigstore instance that `trusted-root` names. */
export interface AttestedWorld extends TestWorld {
  readonly sigstore: SandboxSigstore;
  /** The inputs and options of a run that requires an attestation. */
  readonly required: readonly [Record<string, string>, { readonly files: Record<string, string> }];
  /** An attestation of an image's build on `main`, with changes to the claims. */
  signed(digest: string, claims?: Record<string, string>): Promise<unknown>;
  /** Adds it to what GitHub lists. */
  attest(digest: string, claims?: Record<string, string>): Promise<void>;
}

export const inAttestedWorld = (
  play: (world: AttestedWorld) => Promise<void>,
  options: Parameters<typeof inWorld>[1] = {},
): Promise<void> =>
  inWorld(async (world) => {
    const sigstore = await startSigstore();
    const signed: AttestedWorld['signed'] = (digest, claims = {}) =>
      sigstore.attest(statementOf(digest), { ...claimsOf(), ...claims });
    try {
      await play({
        ...world,
        sigstore,
        required: [
          { attestation: 'require', 'trusted-root': 'root.json' },
          { files: { 'root.json': sigstore.trustedRoot } },
        ],
        signed,
        attest: async (digest, claims) => {
          const { attestations } = world.github;
          attestations.set(digest, [...(attestations.get(digest) ?? []), await signed(digest, claims)]);
        },
      });
    } finally {
      await sigstore.close();
    }
  }, options);

/** Provenance of an image, as actions/attest-build-provenance writes it. */
const statementOf = (digest: string, changes: object = {}): object => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'ghcr.io/owner/repo', digest: { sha256: digest.slice('sha256:'.length) } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {},
  ...changes,
});

/** The claims in GitHub's token for a build on a branch of this repository. */
export const claimsOf = (branch = 'main'): Record<string, string> => ({
  iss: 'https://token.actions.githubusercontent.com',
  repository: 'owner/repo',
  sha: builtCommit,
  ref: `refs/heads/${branch}`,
  job_workflow_ref: `${builder}@refs/heads/${branch}`,
  runner_environment: 'github-hosted',
});
