import type { UserError } from '../lib/user-error.ts';

/** What an attestation must say. */
export interface Requirement {
  /** Digest of the image's manifest, or of its index: what docker/build-push-action gives, and actions/attest signs. */
  readonly digest: string;
  /** e.g. `https://github.com`. */
  readonly server: string;
  /** e.g. `owner/repo`. */
  readonly repository: string;
  /** The commit that was built; undefined where nobody says which one is meant. */
  readonly commit: string | undefined;
  /** The workflow that signed, e.g. `owner/repo/.github/workflows/build.yml`; undefined: any of this repository. */
  readonly signerWorkflow: string | undefined;
}

/** What was proved. */
export interface Attested {
  readonly kind: 'attested';
  readonly commit: string;
  /** URI of the workflow that signed. */
  readonly signer: string;
}

/** What was not proved, where that is only to be said. */
export interface NotAttested {
  readonly kind: 'not-attested';
  readonly error: UserError;
}
