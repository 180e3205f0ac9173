import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { getJsonBlob, getManifest, type Manifest } from './manifest.ts';
import { isDigest } from './reference.ts';
import type { Session } from './session.ts';

/** Max-mode provenance contains the complete build definition with Dockerfiles; buildkit itself reads at most 40 MiB. */
const statementLimit = 40 * 1024 * 1024;

/** A commit, and its repository if the provenance names it. */
interface Built {
  readonly commit: string;
  readonly source: string | undefined;
}

/**
 * The commit in BuildKit's provenance of a manifest, which docker/build-push-action attaches to an index: the commit of
 * the Git context, which BuildKit itself resolved, else the hint `vcs` of the client (buildkit,
 * docs/attestations/attestation-storage.md and slsa-definitions.md, for both versions of the predicate). It is not
 * signed, but bound to the manifest by its digest.
 *
 * @returns undefined if the index has no provenance, or none that can be read. The caller decides whether that is an error.
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
    // A missing or broken attestation counts as no provenance; the image itself is not affected.
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
