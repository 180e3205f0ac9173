import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { getJsonBlob, getManifest, type Manifest } from './manifest.ts';
import { isDigest } from './reference.ts';
import type { Session } from './session.ts';

/** Max-mode provenance holds the whole build definition, Dockerfiles too; buildkit itself reads 40 MiB at most. */
const statementLimit = 40 * 1024 * 1024;

/** A commit, and the repository that it is of, as far as the provenance names it. */
interface Built {
  readonly commit: string;
  readonly source: string | undefined;
}

/**
 * The commit that BuildKit's provenance of a manifest names, as docker/build-push-action attaches it to an index:
 * the Git context's own commit, which BuildKit has seen, else the hint `vcs` of the client (buildkit,
 * docs/attestations/attestation-storage.md and slsa-definitions.md, for both versions of the predicate). It is
 * unsigned, and bound to the manifest by its digest.
 *
 * @returns undefined where the index carries none, or none that can be read: what is missing is for the caller to judge.
 */
export async function builtFrom(
  session: Session,
  index: Manifest,
  platformDigest: string,
): Promise<Built | undefined> {
  const entry = index.json
    .get('manifests')
    .items()
    .find(
      (each) =>
        each.get('annotations').get('vnd.docker.reference.type').value === 'attestation-manifest' &&
        each.get('annotations').get('vnd.docker.reference.digest').value === platformDigest,
    );
  const digest = entry?.get('digest').maybeText() ?? '';
  if (!isDigest(digest)) return undefined;
  try {
    const attestation = await getManifest(session, digest);
    const layer = attestation?.json
      .get('layers')
      .items()
      .find((each) =>
        each
          .get('annotations')
          .get('in-toto.io/predicate-type')
          .maybeText()
          ?.startsWith('https://slsa.dev/provenance/'),
      );
    const blob = layer?.get('digest').maybeText() ?? '';
    const statement = isDigest(blob) ? await getJsonBlob(session, blob, statementLimit) : undefined;
    return statement && builtIn(statement.get('predicate'));
  } catch (error) {
    // An attestation that is gone or broken says nothing, and the image is as it is.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function builtIn(predicate: Json): Built | undefined {
  const contexts = [
    predicate.get('buildDefinition').get('externalParameters'),
    predicate.get('invocation'),
  ].map((each) => each.get('configSource'));
  const hints = [
    predicate.get('runDetails').get('metadata').get('buildkit_metadata'),
    predicate.get('metadata').get('https://mobyproject.org/buildkit@v1#metadata'),
  ].map((each) => each.get('vcs'));
  return [
    ...contexts.map((each) => [each.get('digest').get('sha1'), each.get('uri')] as const),
    ...hints.map((each) => [each.get('revision'), each.get('source')] as const),
  ]
    .map(([commit, source]) => ({ commit: commit.maybeText() ?? '', source: source.maybeText() }))
    .find(({ commit }) => isCommit(commit));
}
