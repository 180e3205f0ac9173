import type { UserError } from '../lib/user-error.ts';

/** What an attestation must say. */
export interface Requirement {
  /** Digest of the image's manifest, or of its index: what docker/build-push-action gives, and actions/attest signs. */
  readonly digest: string;
  /** e.g. `https://github.com`. */
  readonly server: string;
  /** e.g. `owner/repo`. */
  readonly repository: string;
  /** The commit that was built; undefined where nobody says which one is meant. It may be short. */
  readonly commit: string | undefined;
  /** The ref that was built, e.g. `refs/heads/main`, or a pattern such as `refs/tags/v*`. */
  readonly ref: string;
  /** The workflow that signed, e.g. `owner/repo/.github/workflows/build.yml`; undefined: any that a run of this repository calls. */
  readonly signerWorkflow: string | undefined;
  /** The ref that this workflow must be of; undefined: of `ref` where it is of this repository, else any. */
  readonly signerRef: string | undefined;
}

/** What was proved. */
export interface Attested {
  readonly kind: 'attested';
  readonly commit: string;
  /** e.g. `refs/heads/main`. */
  readonly ref: string;
  /** URI of the workflow that signed, with the ref that it is of. */
  readonly signer: string;
  /** Whether that is a workflow of another repository, which a run of this one called. */
  readonly called: boolean;
  /** `github-hosted` or `self-hosted`; '' where the certificate does not say. */
  readonly runner: string;
}

/** What was not proved, where that is only to be said. */
export interface NotAttested {
  readonly kind: 'not-attested';
  readonly error: UserError;
}
