import { retryGitHub } from '../lib/advice.ts';
import { counted } from '../lib/format.ts';
import { messageOf, UserError, type UserErrorParts } from '../lib/user-error.ts';
import type { Requirement } from './types.ts';

/** Why an attestation does not meet the requirement, and the remedy if it is not to attest the image in the build. */
export class Fault extends Error {
  readonly remedy: Omit<UserErrorParts, 'found'> | undefined;

  constructor(message: string, remedy?: Omit<UserErrorParts, 'found'>) {
    super(message);
    this.name = 'Fault';
    this.remedy = remedy;
  }
}

/** Reasons as lines, each once, shortened and limited in number, because others control what they sign. */
const linesOf = (reasons: readonly unknown[]): string =>
  [...new Set(reasons.map((reason) => messageOf(reason).split('\n')[0]?.slice(0, 300) ?? ''))]
    .slice(0, 5)
    .map((reason) => `\n  ${reason}`)
    .join('');

/** The error when no attestation meets the requirement. */
export function whyNot(
  wanted: Requirement,
  faults: readonly unknown[],
  unfetched: readonly unknown[],
): UserError {
  const { digest, repository, commit, ref, signerWorkflow, signerRef } = wanted;
  const all = unfetched.length;
  if (all > 0)
    return new UserError({
      code: 'attestation-not-fetched',
      found: `${digest} has ${counted(all, 'attestation')} on GitHub that could not be fetched:${linesOf(unfetched)}${faults.length === 0 ? '' : `\nThe others do not show where the image comes from:${linesOf(faults)}`}`,
      expected: `The bundle of each attestation. GitHub stores ${all === 1 ? 'it' : 'them'} on another host, and returns a URL that is valid for a short time.`,
      fix: `${retryGitHub} On a self-hosted runner, let the job reach this host.`,
    });
  const found =
    faults.length === 0
      ? `${digest} has no attestation of its build in ${repository}.`
      : `${digest} has ${faults.length === 1 ? 'an attestation' : `${faults.length} attestations`} in ${repository}, but ${faults.length === 1 ? 'it does not show' : 'none shows'} where the image comes from:${linesOf(faults)}`;
  const remedy = faults
    .map((fault) => (fault instanceof Fault ? fault.remedy : undefined))
    .find((each) => each);
  if (remedy !== undefined) return new UserError({ found, ...remedy });
  const signer =
    signerWorkflow === undefined
      ? ''
      : ` by ${signerWorkflow}${signerRef === undefined ? '' : `@${signerRef}`}`;
  return new UserError({
    code: 'attestation-missing',
    found,
    expected: `An attestation of the build${commit === undefined ? '' : ` of commit ${commit}`} on ${ref}, signed in a run of ${repository}${signer}.`,
    fix: 'Attest the image in the build, after docker/build-push-action (with `id: push`):\n- uses: actions/attest-build-provenance@v4\n  with:\n    subject-name: ghcr.io/${{ github.repository }}\n    subject-digest: ${{ steps.push.outputs.digest }}\n\nGive that job `permissions:` with `attestations: write` and `id-token: write`.',
  });
}

/** The error when none of the attestations that were checked is valid, and there are more. */
export function tooMany(
  { digest, repository }: Requirement,
  searched: number,
  faults: readonly unknown[],
): UserError {
  return new UserError({
    code: 'attestation-too-many',
    found: `${digest} has more than ${searched} attestations in ${repository}, but none of these is valid:${linesOf(faults)}`,
    expected: `A valid attestation among the newest ${searched}. Older ones are not checked.`,
    fix: 'Build the image again, to get a new digest, and find the workflow that attests the same digest repeatedly.',
  });
}
