import type { Links } from '../github/links.ts';
import { cautionsOf } from '../verify/cautions.ts';
import { managed } from '../verify/compare.ts';
import type { Facts } from './facts.ts';
import { type Outcome, releaseOf } from './outcome.ts';

/** Where this action's own facts are in the predicate: SLSA asks for a URI as the name of an added field. */
const deployment = 'https://github.com/deploy-fly-image/deploy-fly-image/deployment/v1';

interface Around {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly links: Links;
}

/**
 * What a verified deploy verified, as a SLSA Verification Summary (https://slsa.dev/spec/v1.0/verification_summary); undefined for
 * any other end. It is a predicate: who signs it adds the image as the subject.
 *
 * It claims no level of SLSA, also with an attestation: who signed a build is checked, but how the builder is isolated is not.
 * Level 0 is what every image has.
 */
export function vsaOf(facts: Facts, outcome: Outcome, { env, links }: Around) {
  const { image, inputs, journal, attested, uncounted } = facts.known;
  const verifiedAt = journal?.checks.kept.at(-1)?.at;
  if (outcome.kind !== 'deployed' || image === undefined || inputs === undefined || verifiedAt === undefined)
    return undefined;
  const { repository, ref } = actionOf(env, links);
  const release = releaseOf(facts, outcome);
  const signed = attested?.kind === 'attested' ? attested : undefined;
  const { host, path } = image.repository;
  return {
    verifier: { id: `https://github.com/${repository}` },
    timeVerified: new Date(verifiedAt).toISOString(),
    resourceUri: `oci://${host}/${path}@${image.digest}`,
    policy: { uri: `https://github.com/${repository}/blob/${ref}/docs/what-success-means.md` },
    verificationResult: 'PASSED',
    verifiedLevels: [
      'SLSA_BUILD_LEVEL_0',
      'FLY_MACHINES_RUN_IMAGE',
      ...(signed === undefined ? [] : ['BUILD_ATTESTATION_VERIFIED']),
    ],
    slsaVersion: '1.0',
    [deployment]: {
      app: inputs.app,
      machines: managed(outcome.fleet).length,
      'platform-digest': image.platformDigest,
      'settle-time-ms': inputs.settleTime,
      'release-version': release.version ?? null,
      commit: facts.commit ?? null,
      'revision-check': facts.known.revision ?? null,
      attestation:
        signed === undefined ? null : { commit: signed.commit, ref: signed.ref, signer: signed.signer },
      cautions: cautionsOf(outcome.fleet, uncounted),
      'run-url': links.runId === undefined ? null : `${links.repositoryUrl}/actions/runs/${links.runId}`,
    },
  };
}

/** The repository and the ref that the action was loaded from. A local one (`uses: ./`) is of this repository. */
function actionOf(env: Around['env'], { repository }: Links): { repository: string; ref: string } {
  const { GITHUB_ACTION_REPOSITORY: own = '', GITHUB_ACTION_REF: ref = '', GITHUB_SHA: sha = '' } = env;
  return own === ''
    ? { repository, ref: encodeURI(sha || 'HEAD') }
    : { repository: encodeURI(own), ref: encodeURI(ref || 'HEAD') };
}
