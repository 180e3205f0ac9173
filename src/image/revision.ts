import { UserError } from '../lib/user-error.ts';

/** The commit that an image says it was built from, and where it says so. Unsigned: a guard against mistakes, not against attackers. */
export interface Revision {
  readonly commit: string;
  readonly from: 'annotation' | 'label' | 'provenance';
}

const revisionKey = 'org.opencontainers.image.revision';
const sourceKey = 'org.opencontainers.image.source';

/**
 * Reads the revision of an image (OCI image-spec, annotations.md). Annotations come first: labels are inherited
 * from a base image (buildkit, docs/annotations.md), so a revision beside the source of another repository is
 * the base's, and none of this image.
 *
 * @param repositoryUrl e.g. `https://github.com/owner/repo`.
 */
export function findRevision(
  annotations: readonly ReadonlyMap<string, string>[],
  labels: ReadonlyMap<string, string>,
  repositoryUrl: string,
): Revision | undefined {
  const sets = [
    ...annotations.map((set) => ({ set, from: 'annotation' as const })),
    { set: labels, from: 'label' as const },
  ];
  for (const { set, from } of sets) {
    const commit = set.get(revisionKey);
    const source = set.get(sourceKey);
    const inherited = source !== undefined && plainUrl(source) !== plainUrl(repositoryUrl);
    if (commit !== undefined && commit !== '' && !inherited) return { commit, from };
  }
  return undefined;
}

const plainUrl = (url: string): string =>
  url
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');

/** How strictly the revision is checked: a moving tag alone names no commit, so the image itself has to. */
export const revisionMode = (
  { source }: { readonly source: string },
  given: 'auto' | 'require' | 'off',
): 'auto' | 'require' | 'off' => (source === 'digest' && given === 'auto' ? 'require' : given);

/** What the check found; `unknown` where the image does not say. */
export type RevisionCheck = 'matches' | 'unknown' | 'unchecked';

/**
 * Holds an image's revision against the commit that is wanted. A commit that somebody typed may be short.
 *
 * @throws UserError on a mismatch, and, with `require`, when the image does not say.
 */
export function checkRevision(
  mode: 'auto' | 'require' | 'off',
  wanted: string | undefined,
  found: Revision | undefined,
  image: string,
  repositoryUrl: string,
): RevisionCheck {
  if (mode === 'off' || wanted === undefined) return 'unchecked';
  if (found === undefined) {
    if (mode === 'auto') return 'unknown';
    throw new UserError({
      code: 'revision-missing',
      found: `${image} has no label or annotation ${revisionKey} of this repository, and no provenance that names a commit.`,
      expected: `an image that says that it was built from ${wanted}: its tag alone does not tell.`,
      fix: 'the build: give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}` of docker/metadata-action, and leave its provenance on.',
    });
  }
  if (found.commit.startsWith(wanted)) return 'matches';
  const link = (commit: string) =>
    /^[0-9a-f]{7,64}$/.test(commit)
      ? `${commit} (${repositoryUrl}/commit/${commit})`
      : JSON.stringify(commit);
  throw new UserError({
    code: 'revision-mismatch',
    found: `${image} says, in its ${found.from === 'provenance' ? 'provenance' : `${found.from} ${revisionKey}`}, that it was built from ${link(found.commit)}.`,
    expected: `an image built from ${link(wanted)}.`,
    fix: 'build that commit again: the tag was moved, or written by another build. If the label means something else in your build: `with: check-revision: off`.',
  });
}
