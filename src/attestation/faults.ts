import { retryGitHub } from '../lib/advice.ts';
import { counted } from '../lib/format.ts';
import { messageOf, UserError, type UserErrorParts } from '../lib/user-error.ts';
import type { Requirement } from './types.ts';

/** Why an attestation does not show what is wanted, and what to do where that is not to attest the image in the build. */
export class Fault extends Error {
  readonly remedy: Omit<UserErrorParts, 'found'> | undefined;

  constructor(message: string, remedy?: Omit<UserErrorParts, 'found'>) {
    super(message);
    this.name = 'Fault';
    this.remedy = remedy;
  }
}

/** Several reasons as lines: each once, as what others signed can be anything, and in any number. */
const linesOf = (reasons: readonly unknown[]): string =>
  [...new Set(reasons.map((reason) => messageOf(reason).split('\n')[0]?.slice(0, 300) ?? ''))]
    .slice(0, 5)
    .map((reason) => `\n  ${reason}`)
    .join('');

/** Why no attestation shows what is wanted. */
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
      found: `${digest} has ${counted(all, 'attestation')} on GitHub that could not be fetched:${linesOf(unfetched)}${faults.length === 0 ? '' : `\nWhat could be fetched does not show where the image comes from:${linesOf(faults)}`}`,
      expected: `the bundle of each attestation. GitHub stores ${all === 1 ? 'it' : 'them'} on another host, and gives a URL that is valid for a short time.`,
      fix: `${retryGitHub} On a self-hosted runner, let the job reach this host.`,
    });
  const found =
    faults.length === 0
      ? `${digest} has no attestation of its build at ${repository}.`
      : `${digest} has ${faults.length === 1 ? 'an attestation' : `${faults.length} attestations`} at ${repository}, and none that proves where it comes from:${linesOf(faults)}`;
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
    expected: `one of the build${commit === undefined ? '' : ` of commit ${commit}`} on ${ref}, signed in a run of ${repository}${signer}.`,
    fix: 'the build, after docker/build-push-action:\n- uses: actions/attest-build-provenance@v3\n  with:\n    subject-name: ghcr.io/${{ github.repository }}\n    subject-digest: ${{ steps.push.outputs.digest }}\nand `permissions:` with `attestations: write` and `id-token: write`.',
  });
}

/** None of so many suffices, and there are more. */
export function tooMany(
  { digest, repository }: Requirement,
  searched: number,
  faults: readonly unknown[],
): UserError {
  return new UserError({
    code: 'attestation-too-many',
    found: `${digest} has more than ${searched} attestations at ${repository}, and none of these suffices:${linesOf(faults)}`,
    expected: `a valid attestation among the newest ${searched}, which are all that are searched.`,
    fix: 'build the image again, so that its digest is new, and find out which workflow attests the same digest over and over.',
  });
}
