import { type Answer, type Http, HttpError } from '../lib/http.ts';
import { type Json, parseJsonObject } from '../lib/json.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { verifyBundle } from './bundle.ts';

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

export interface AttestationWorld {
  readonly http: Http;
  readonly apiUrl: string;
  readonly token: string;
  /** Another trusted root than the public one, as JSON. */
  readonly trustedRoot: string | undefined;
}

/** What was proved. */
export interface Attested {
  readonly commit: string;
  /** URI of the workflow that signed. */
  readonly signer: string;
}

const [listLimit, mostLooked] = [64 * 1024 * 1024, 30];

/**
 * Asks GitHub for the attestations of an image (REST API, "List attestations"; needs `attestations: read`), and verifies
 * them here: that the API has one is not enough, as it says nothing of who signed it.
 *
 * @throws UserError when there is none that proves what is wanted, with the reasons.
 */
export async function requireAttestation(wanted: Requirement, world: AttestationWorld): Promise<Attested> {
  const bundles = await listBundles(wanted, world);
  const reasons: string[] = [];
  for (const bundle of bundles) {
    try {
      return await verifyBundle(bundle, wanted, world.trustedRoot);
    } catch (error) {
      reasons.push(messageOf(error).split('\n')[0]?.slice(0, 300) ?? '');
    }
  }
  const { digest, repository, commit } = wanted;
  throw new UserError({
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
  { http, apiUrl, token }: AttestationWorld,
): Promise<unknown[]> {
  const path = `repos/${repository.split('/').map(encodeURIComponent).join('/')}/attestations/${digest}`;
  let answer: Answer;
  try {
    answer = await http(`${apiUrl.replace(/\/+$/, '')}/${path}?per_page=${mostLooked}`, {
      headers: {
        accept: 'application/vnd.github+json',
        // The version whose answer holds the bundles themselves.
        'x-github-api-version': '2022-11-28',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      limit: listLimit,
    });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new UserError(
      {
        found: `GitHub could not be asked for attestations: ${messageOf(error)}.`,
        expected: 'the attestations of the image.',
        fix: 'run the job again; https://www.githubstatus.com tells of outages.',
      },
      { cause: error },
    );
  }
  if (answer.status === 404) return [];
  if (answer.status !== 200) {
    throw new UserError({
      found: `GitHub answered ${answer.status} to the question for attestations of ${repository}.`,
      expected: 'the attestations of the image.',
      fix:
        answer.status === 401 || answer.status === 403
          ? 'let the job read them:\n  permissions:\n    attestations: read'
          : 'run the job again; https://www.githubstatus.com tells of outages.',
    });
  }
  const list: Json = parseJsonObject(answer.body.toString('utf8'), 'GitHub’s list of attestations');
  return list
    .get('attestations')
    .items()
    .slice(0, mostLooked)
    .map((each) => each.get('bundle').value)
    .filter((bundle) => typeof bundle === 'object' && bundle !== null);
}
