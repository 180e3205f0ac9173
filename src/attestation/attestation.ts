import { withInput } from '../event/advice.ts';
import { type AttestationPage, attestationsOnPage, type ListedAttestation } from '../github/attestations.ts';
import { type GitHub, type GitHubDeps, githubOf, type Refusal } from '../github/client.ts';
import { linksOf } from '../github/links.ts';
import type { Log } from '../github/log.ts';
import type { RegistryInputs, TrustInputs } from '../inputs/inputs.ts';
import { retryGitHub } from '../lib/advice.ts';
import { answerOrNone, apiError, type Service } from '../lib/api-error.ts';
import { policies } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { formatError, messageOf, UserError } from '../lib/user-error.ts';
import { tooMany, whyNot } from './faults.ts';
import type { Attested, NotAttested, Requirement } from './types.ts';
import { runnerWords } from './words.ts';

export interface AttestationDeps {
  readonly github: Pick<GitHub, 'attestations' | 'bundle'>;
  /** Trusted roots to use instead of the public one. */
  readonly trustedRoots: readonly object[] | undefined;
}

/**
 * Gets the attestations of an image from GitHub, and verifies them here: that the API lists one is not enough, because it does
 * not show who signed it.
 *
 * @throws UserError when none meets the requirement, with the reasons.
 */
export async function requireAttestation(wanted: Requirement, deps: AttestationDeps): Promise<Attested> {
  const faults: unknown[] = [];
  const unfetched: unknown[] = [];
  let after: string | undefined;
  // Imported here because it is a few hundred kilobytes, and seldom needed.
  const { verifyBundle } = await import('./bundle.ts');
  for (let page = 1; page <= mostPages; page++) {
    const { listed, next } = await listPage(wanted, after, deps);
    for (const each of listed) {
      const bundle = await bundleOf(each, deps).catch((error: unknown) => {
        unfetched.push(error);
        return undefined;
      });
      if (bundle === undefined) continue;
      try {
        return verifyBundle(bundle, wanted, deps.trustedRoots);
      } catch (error) {
        faults.push(error);
      }
    }
    if (next === undefined) throw whyNot(wanted, faults, unfetched);
    after = next;
  }
  throw tooMany(wanted, mostPages * attestationsOnPage, faults);
}

/** More than any image needs: anyone who can write attestations could otherwise keep a deploy busy forever. */
const mostPages = 5;

async function bundleOf(listed: ListedAttestation, { github }: AttestationDeps): Promise<object> {
  if ('bundle' in listed) return listed.bundle;
  if (listed.url === undefined) throw new Error('GitHub lists it without a bundle and without a URL');
  return github.bundle(listed.url);
}

async function listPage(
  { digest, repository }: Requirement,
  after: string | undefined,
  { github }: AttestationDeps,
): Promise<AttestationPage> {
  const answer = await answerOrNone(github.attestations(digest, after));
  if (!(answer instanceof HttpError) && !('status' in answer)) return answer;
  throw apiError({ service: attestationsService, resource: repository, answer });
}

/** GitHub's answers about the attestations of a repository. */
const attestationsService: Service<string, Refusal> = {
  found: (repository, answer) =>
    answer instanceof HttpError
      ? `GitHub did not answer the request for attestations: ${messageOf(answer)}.`
      : `GitHub answered ${answer.status} to the request for attestations of ${repository}.`,
  advice: {
    denied: () => ({
      code: 'attestation-unreadable',
      expected: 'The attestations of the image.',
      fix: 'Let the job read them:\n  permissions:\n    attestations: read',
    }),
    unexpected: () => ({
      code: 'attestation-unreadable',
      expected: 'The attestations of the image.',
      fix: retryGitHub,
    }),
  },
};

export type AttestationInputs = Pick<TrustInputs, 'attestation' | 'trustedRoots'> &
  Pick<RegistryInputs, 'githubToken'>;

/**
 * Finds, with the job's token, the attestation that the inputs require.
 *
 * @throws UserError when no attestation shows that this repository built the image from its commit and ref.
 */
export async function attestationOf(
  rt: GitHubDeps,
  inputs: AttestationInputs,
  { digest, commit, ref }: Pick<Requirement, 'digest' | 'commit' | 'ref'>,
): Promise<Attested> {
  const { server, repository } = linksOf(rt);
  const { signer, signerRef } =
    inputs.attestation.mode === 'require' ? inputs.attestation : { signer: undefined, signerRef: undefined };
  return requireAttestation(
    { digest, server, repository, commit, ref, signerWorkflow: signer, signerRef },
    { github: githubOf(rt, inputs.githubToken, policies.github), trustedRoots: inputs.trustedRoots },
  );
}

/**
 * Checks the image's attestation, and logs who signed it.
 *
 * @throws UserError as `attestationOf` does, except with `attestation: warn`, which logs a warning.
 */
export async function checkAttestation(
  rt: GitHubDeps & { readonly log: Pick<Log, 'line' | 'debug' | 'warning'> },
  inputs: AttestationInputs,
  wanted: Pick<Requirement, 'digest' | 'commit' | 'ref'>,
): Promise<Attested | NotAttested> {
  const attested = await attestationOf(rt, inputs, wanted).catch((error): NotAttested => {
    if (inputs.attestation.mode !== 'warn' || !(error instanceof UserError)) throw error;
    return { kind: 'not-attested', error };
  });
  if (attested.kind === 'attested') logAttested(attested, rt.log);
  else {
    rt.log.debug(`Not attested: ${attested.error.code}`);
    rt.log.warning(`Not attested. ${formatError(attested.error)}`);
  }
  return attested;
}

function logAttested({ commit, ref, signer, called, runner }: Attested, log: Pick<Log, 'line'>): void {
  log.line(`Attested: built from commit ${commit} by ${signer}`);
  log.line(`It was built for ${ref}${runnerWords(runner, ', on ')}`);
  if (!called) return;
  const workflow = signer.replace(/^https:\/\/[^/]*\//, '');
  log.line(
    `The signer is a workflow of another repository that a run of this repository called. To accept only this one: ${withInput('attestation', workflow)}`,
  );
}
