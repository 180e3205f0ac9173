import type { UserError } from '../lib/user-error.ts';

/** What an attestation must show. */
export interface Requirement {
  /** Digest of the image's manifest, or of its index: the output of docker/build-push-action, which actions/attest signs. */
  readonly digest: string;
  /** e.g. `https://github.com`. */
  readonly server: string;
  /** e.g. `owner/repo`. */
  readonly repository: string;
  /** The commit that was built, which can be short; undefined if any commit is accepted. */
  readonly commit: string | undefined;
  /** The ref that was built, e.g. `refs/heads/main`, or a pattern such as `refs/tags/v*`. */
  readonly ref: string;
  /** The workflow that signed, e.g. `owner/repo/.github/workflows/build.yml`; undefined for any that a run of this repository calls. */
  readonly signerWorkflow: string | undefined;
  /** The ref of that workflow; undefined for `ref` if the workflow is of this repository, else for any. */
  readonly signerRef: string | undefined;
}

/** The facts in a verified attestation. */
export interface Attested {
  readonly kind: 'attested';
  readonly commit: string;
  /** e.g. `refs/heads/main`. */
  readonly ref: string;
  /** URI of the workflow that signed, with its ref. */
  readonly signer: string;
  /** Whether that is a workflow of another repository, which a run of this one called. */
  readonly called: boolean;
  /** `github-hosted` or `self-hosted`; '' if the certificate does not name it. */
  readonly runner: string;
}

/** Why there is no verified attestation, if that is only a warning. */
export interface NotAttested {
  readonly kind: 'not-attested';
  readonly error: UserError;
}
