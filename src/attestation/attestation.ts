import { type GitHub, type GitHubDeps, githubOf, type Refusal } from '../github/client.ts';
import { linksOf } from '../github/links.ts';
import type { Log } from '../github/log.ts';
import type { RegistryInputs, TrustInputs } from '../inputs/inputs.ts';
import { retryGitHub } from '../lib/advice.ts';
import { answerOrNone, apiError, type Service } from '../lib/api-error.ts';
import { policies } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { formatError, messageOf, UserError } from '../lib/user-error.ts';
import type { Attested, NotAttested, Requirement } from './types.ts';

export interface AttestationDeps {
  readonly github: Pick<GitHub, 'attestations'>;
  /** Another trusted root than the public one, as JSON. */
  readonly trustedRoot: string | undefined;
}

/**
 * Asks GitHub for the attestations of an image, and verifies them here: that the API has one is not enough, as it says nothing of who signed it.
 *
 * @throws UserError when there is none that proves what is wanted, with the reasons.
 */
export async function requireAttestation(wanted: Requirement, deps: AttestationDeps): Promise<Attested> {
  const bundles = await listBundles(wanted, deps);
  // A few hundred kilobytes, and seldom needed.
  const { verifyBundle } = await import(/* webpackMode: "eager" */ './bundle.ts');
  const reasons: string[] = [];
  for (const bundle of bundles) {
    try {
      return verifyBundle(bundle, wanted, deps.trustedRoot);
    } catch (error) {
      reasons.push(messageOf(error).split('\n')[0]?.slice(0, 300) ?? '');
    }
  }
  const { digest, repository, commit } = wanted;
  throw new UserError({
    code: 'attestation-missing',
    found:
      bundles.length === 0
        ? `${digest} has no attestation of its build at ${repository}.`
        : `${digest} has ${bundles.length === 1 ? 'an attestation' : `${bundles.length} attestations`} at ${repository}, and none that proves where it comes from:${[
            ...new Set(reasons),
          ]
            .slice(0, 5)
            .map((reason) => `\n  ${reason}`)
            .join('')}`,
    expected: `one of the build${commit === undefined ? '' : ` of commit ${commit}`}, signed by a workflow of ${repository}${wanted.signerWorkflow === undefined ? '' : `, ${wanted.signerWorkflow}`}.`,
    fix: 'the build, after docker/build-push-action:\n- uses: actions/attest-build-provenance@v3\n  with:\n    subject-name: ghcr.io/${{ github.repository }}\n    subject-digest: ${{ steps.push.outputs.digest }}\nand `permissions:` with `attestations: write` and `id-token: write`.',
  });
}

async function listBundles(
  { digest, repository }: Requirement,
  { github }: AttestationDeps,
): Promise<readonly object[]> {
  const answer = await answerOrNone(github.attestations(digest));
  if (!(answer instanceof HttpError) && !('status' in answer)) return answer;
  throw apiError({ service: attestationsService, resource: repository, answer });
}

/** GitHub's REST API, asked for the attestations of a repository. */
const attestationsService: Service<string, Refusal> = {
  found: (repository, answer) =>
    answer instanceof HttpError
      ? `GitHub could not be asked for attestations: ${messageOf(answer)}.`
      : `GitHub answered ${answer.status} to the question for attestations of ${repository}.`,
  advice: {
    denied: () => ({
      code: 'attestation-unreadable',
      expected: 'the attestations of the image.',
      fix: 'let the job read them:\n  permissions:\n    attestations: read',
    }),
    unexpected: () => ({
      code: 'attestation-unreadable',
      expected: 'the attestations of the image.',
      fix: retryGitHub,
    }),
  },
};

/**
 * Checks the image's attestation with the job's token.
 *
 * @throws UserError when no attestation shows that this repository built the image from its commit, except with
 *   `attestation: warn`, which says so.
 */
export async function checkAttestation(
  rt: GitHubDeps & { readonly log: Pick<Log, 'line' | 'debug' | 'warning'> },
  inputs: Pick<TrustInputs, 'attestation' | 'trustedRoot'> & Pick<RegistryInputs, 'githubToken'>,
  { digest, commit }: Pick<Requirement, 'digest' | 'commit'>,
): Promise<Attested | NotAttested> {
  const { server, repository } = linksOf(rt);
  const signerWorkflow = inputs.attestation.mode === 'require' ? inputs.attestation.signer : undefined;
  const required = requireAttestation(
    { digest, server, repository, commit, signerWorkflow },
    { github: githubOf(rt, inputs.githubToken, policies.github), trustedRoot: inputs.trustedRoot },
  );
  const attested = await required.catch((error): NotAttested => {
    if (inputs.attestation.mode !== 'warn' || !(error instanceof UserError)) throw error;
    return { kind: 'not-attested', error };
  });
  if (attested.kind === 'not-attested') rt.log.warning(`Not attested. ${formatError(attested.error)}`);
  else rt.log.line(`Attested: built from commit ${attested.commit} by ${attested.signer}`);
  return attested;
}
