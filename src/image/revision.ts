import type { BuildRef } from '../event/build-ref.ts';
import { withoutTrailing } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';

/** The commit that an image says it was built from, and where it says so. Unsigned: a guard against mistakes, not against attackers. */
export interface Revision {
  readonly commit: string;
  readonly from: 'annotation' | 'label' | 'provenance' | 'tag';
  /** The repository that it is a commit of, e.g. `https://github.com/owner/repo`, as the image says it; undefined where it does not. */
  readonly source?: string | undefined;
  /** What a label or annotation says, where provenance was believed: only they can be inherited from a base image. */
  readonly instead?: Revision;
}

/** What a revision is read for. */
export interface RevisionContext {
  /** This repository, e.g. `https://github.com/owner/repo`. */
  readonly repositoryUrl: string;
  /** The image's path in its registry, e.g. `owner/repo`. */
  readonly imagePath: string;
  /** The commit that is expected; undefined where none is. It may be short. */
  readonly wanted: string | undefined;
}

const revisionKey = 'org.opencontainers.image.revision';
const sourceKey = 'org.opencontainers.image.source';

/**
 * Reads the revision of an image (OCI image-spec, annotations.md). Annotations come first: labels are inherited
 * from a base image (buildkit, docs/annotations.md), so a revision beside the source of a repository that is neither this one
 * nor the image's own is the base's, and none of this image. The whole id of the expected commit is no accident, whatever
 * stands beside it.
 */
export function findRevision(
  annotations: readonly ReadonlyMap<string, string>[],
  labels: ReadonlyMap<string, string>,
  context: RevisionContext,
): Revision | undefined {
  const sets = [
    ...annotations.map((set) => ({ set, from: 'annotation' as const })),
    { set: labels, from: 'label' as const },
  ];
  const said = sets.flatMap(({ set, from }): Revision[] => {
    const commit = set.get(revisionKey) ?? '';
    return commit === '' ? [] : [{ commit, from, source: set.get(sourceKey) }];
  });
  return (
    said.find(({ commit }) => commit.length >= 40 && commit === context.wanted) ??
    said.find(({ source }) => source === undefined || isOwn(source, context))
  );
}

/** Is it this repository, or the one that the image is named after? */
function isOwn(source: string, { repositoryUrl, imagePath }: RevisionContext): boolean {
  if (isOf(source, repositoryUrl)) return true;
  const [, path = ''] = /^[^/]+\/(.+)$/.exec(plainUrl(source)) ?? [];
  return path !== '' && (imagePath === path || imagePath.startsWith(`${path}/`));
}

/** Does a source name this repository, or a folder or a branch of it? */
function isOf(source: string, repositoryUrl: string): boolean {
  const [said, own] = [plainUrl(source), plainUrl(repositoryUrl)];
  return said === own || said.startsWith(`${own}/`);
}

/** `host/path` of a repository, of whatever form that Git takes: `https://…`, `ssh://git@…`, `git@host:path`, `host/path`. */
function plainUrl(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z+]+:\/\/)?([^?#]*)/.exec(url.toLowerCase()) ?? [];
  const place = rest.replace(/^[^@/]*@/, '');
  const path = scheme === '' ? place.replace(':', '/') : place;
  return withoutTrailing(path, '/').replace(/\.git$/, '');
}

/** How strictly the revision is checked: a moving tag alone names no commit, so the image itself has to. */
export const revisionMode = (
  { source, by }: { readonly source: string; readonly by: string },
  given: 'auto' | 'require' | 'off',
): 'auto' | 'require' | 'off' =>
  source === 'digest' && by === 'commit' && given === 'auto' ? 'require' : given;

/** What the check found; `unknown` where the image does not say. */
export type RevisionCheck = 'matches' | 'unknown' | 'unchecked';

/**
 * Compares an image's revision with the commit that is wanted. A commit that somebody typed may be short.
 *
 * @throws UserError on a mismatch, and, with `require`, when the image does not say, also where no commit is wanted.
 */
export function checkRevision(
  mode: 'auto' | 'require' | 'off',
  wanted: string | undefined,
  found: Revision | undefined,
  image: string,
  repositoryUrl: string,
  { kind }: BuildRef,
): RevisionCheck {
  if (mode === 'off' || (wanted === undefined && mode === 'auto')) return 'unchecked';
  // A tag can speak against an image, and not for it.
  if (found === undefined || (found.from === 'tag' && (mode === 'require' || agree(found.commit, wanted)))) {
    if (mode === 'auto') return 'unknown';
    throw new UserError({
      code: 'revision-missing',
      found: `${image} has no label or annotation ${revisionKey} of this repository, and no provenance that names a commit.`,
      expected: `an image that says that it was built from ${wanted ?? 'a commit, because `check-revision` is "require"'}: its tag alone does not tell.`,
      fix: 'the build: give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}` of docker/metadata-action, and leave its provenance on.',
    });
  }
  if (wanted === undefined) return 'unchecked';
  if (agree(found.commit, wanted)) return 'matches';
  const { source = repositoryUrl } = found;
  const url = /^https:\/\/[\w.-]+\/[\w./-]+$/.test(source) ? source.replace(/\.git$/, '') : repositoryUrl;
  const inherited =
    found.from === 'label'
      ? ' A label may come from the base image: there is no provenance that would tell.'
      : '';
  throw new UserError({
    code: 'revision-mismatch',
    found: `${image} ${sayingOf(found)} ${link(found.commit, url)}.${inherited}`,
    expected: `an image built from ${link(wanted, repositoryUrl)}.`,
    fix: `${kind === 'pull-request' ? headCommit : ''}build that commit again: the tag was moved, or written by another build. Where the label is the base image’s, have the build write it: \`labels: \${{ steps.meta.outputs.labels }}\` in docker/build-push-action. If it means something else in your build: \`with: check-revision: off\`.`,
  });
}

/** Do two commits name the same one? Somebody may have typed the wanted one short, and a build may have written the other one so. */
const agree = (commit: string, wanted: string | undefined): boolean =>
  wanted === undefined ||
  commit.startsWith(wanted) ||
  (/^[0-9a-f]{7,64}$/.test(commit) && wanted.startsWith(commit));

/** The words between an image's name and its commit. */
export const sayingOf = ({ from }: Revision): string =>
  from === 'tag'
    ? 'does not say which commit it was built from, and its tag names'
    : `says, in its ${from === 'provenance' ? from : `${from} ${revisionKey}`}, that it was built from`;

/** What a pull request's build needs, whose GITHUB_SHA is the merge commit. */
const headCommit =
  'let docker/metadata-action write the head’s commit in place of the merge’s, with `env: DOCKER_METADATA_PR_HEAD_SHA: true`. If it does: ';

const link = (commit: string, url: string): string =>
  /^[0-9a-f]{7,64}$/.test(commit) ? `${commit} (${url}/commit/${commit})` : JSON.stringify(commit);

/** How an image that somebody named stands to the event's own commit, which it need not be of. */
export type EventCommit =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly event: string; readonly image: Revision }
  /** It is another repository's image, whose commits are no event's of this one. */
  | { readonly kind: 'other-repository' }
  | { readonly kind: 'unknown' };

/** Compares the revision of an image that was named with the commit of the event. */
export function compareWithEvent(
  commit: string,
  found: Revision | undefined,
  { repositoryUrl, imagePath }: Pick<RevisionContext, 'repositoryUrl' | 'imagePath'>,
): EventCommit {
  if (found !== undefined && found.from !== 'tag' && agree(found.commit, commit)) return { kind: 'same' };
  if (isOtherRepository(found, { repositoryUrl, imagePath })) return { kind: 'other-repository' };
  return found === undefined || (found.from === 'tag' && agree(found.commit, commit))
    ? { kind: 'unknown' }
    : { kind: 'differs', event: commit, image: found };
}

/** Is the image one of another repository, by its name and by what it says of itself? */
export function isOtherRepository(
  found: Revision | undefined,
  { repositoryUrl, imagePath }: Pick<RevisionContext, 'repositoryUrl' | 'imagePath'>,
): boolean {
  const own = new URL(repositoryUrl).pathname.slice(1).toLowerCase();
  const isThis = imagePath === own || imagePath.startsWith(`${own}/`);
  return !isThis && (found?.source === undefined || !isOf(found.source, repositoryUrl));
}

/** A revision as it can stand in a sentence: a label can hold anything. */
export const oneWord = (commit: string): string =>
  /^[0-9a-f]{7,64}$/.test(commit) ? commit : JSON.stringify(commit);
