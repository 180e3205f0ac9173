import { retryGitHub } from '../lib/advice.ts';
import { counted } from '../lib/format.ts';
import { UserError } from '../lib/user-error.ts';
import type { Requirement } from './types.ts';

/** Several reasons as lines: each once, as what others signed can be anything, and in any number. */
const linesOf = (reasons: readonly string[]): string =>
  [...new Set(reasons.map((reason) => reason.split('\n')[0]?.slice(0, 300) ?? ''))]
    .slice(0, 5)
    .map((reason) => `\n  ${reason}`)
    .join('');

/** Why no attestation shows what is wanted. */
export function whyNot(
  wanted: Requirement,
  faults: readonly string[],
  unfetched: readonly string[],
): UserError {
  const { digest, repository, commit, signerWorkflow } = wanted;
  const [some, verb] = [counted(unfetched.length, 'attestation'), unfetched.length === 1 ? 'it' : 'them'];
  if (unfetched.length > 0)
    return new UserError({
      code: 'attestation-not-fetched',
      found: `${digest} has ${some} on GitHub that could not be fetched:${linesOf(unfetched)}${faults.length === 0 ? '' : `\nWhat could be fetched does not show where the image comes from:${linesOf(faults)}`}`,
      expected: `the bundle of each attestation. GitHub stores ${verb} on another host, and gives a URL that is valid for a short time.`,
      fix: `${retryGitHub} On a self-hosted runner, let the job reach this host.`,
    });
  return new UserError({
    code: 'attestation-missing',
    found:
      faults.length === 0
        ? `${digest} has no attestation of its build at ${repository}.`
        : `${digest} has ${faults.length === 1 ? 'an attestation' : `${faults.length} attestations`} at ${repository}, and none that proves where it comes from:${linesOf(faults)}`,
    expected: `one of the build${commit === undefined ? '' : ` of commit ${commit}`}, signed by a workflow of ${repository}${signerWorkflow === undefined ? '' : `, ${signerWorkflow}`}.`,
    fix: 'the build, after docker/build-push-action:\n- uses: actions/attest-build-provenance@v3\n  with:\n    subject-name: ghcr.io/${{ github.repository }}\n    subject-digest: ${{ steps.push.outputs.digest }}\nand `permissions:` with `attestations: write` and `id-token: write`.',
  });
}

/** None of so many suffices, and there are more. */
export function tooMany(
  { digest, repository }: Requirement,
  searched: number,
  faults: readonly string[],
): UserError {
  return new UserError({
    code: 'attestation-too-many',
    found: `${digest} has more than ${searched} attestations at ${repository}, and none of these suffices:${linesOf(faults)}`,
    expected: `a valid attestation among the newest ${searched}, which are all that are searched.`,
    fix: 'build the image again, so that its digest is new, and find out which workflow attests the same digest over and over.',
  });
}
