import type { BuildRef } from '../event/build-ref.ts';
import { withoutTrailing } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';

/** The commit that an image names as its source, and where. It is not signed: a guard against mistakes, not against attackers. */
export interface Revision {
  readonly commit: string;
  readonly from: 'annotation' | 'label' | 'provenance' | 'tag';
  /** The commit's repository according to the image, e.g. `https://github.com/owner/repo`; undefined if the image names none. */
  readonly source?: string | undefined;
  /** The label or annotation that provenance overrides: only these can be inherited from a base image. */
  readonly instead?: Revision;
}

/** What a revision is compared with. */
export interface RevisionContext {
  /** This repository, e.g. `https://github.com/owner/repo`. */
  readonly repositoryUrl: string;
  /** The image's path in its registry, e.g. `owner/repo`. */
  readonly imagePath: string;
  /** The expected commit, which can be short; undefined if there is none. */
  readonly wanted: string | undefined;
}

const revisionKey = 'org.opencontainers.image.revision';
const sourceKey = 'org.opencontainers.image.source';

/**
 * Reads the revision of an image (OCI image-spec, annotations.md). Annotations come first: labels are inherited
 * from a base image (buildkit, docs/annotations.md). A revision whose source is neither this repository nor the one that the
 * image is named after belongs to the base image and does not count. The full id of the expected commit always counts.
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

/** Whether a source is this repository, or the one that the image is named after. A name alone can be that of an owner. */
function isOwn(source: string, { repositoryUrl, imagePath }: RevisionContext): boolean {
  if (isOf(source, repositoryUrl)) return true;
  const [, path] = /^[^/]+\/([^/]+\/.+)$/.exec(plainUrl(source)) ?? [];
  return path !== undefined && (imagePath === path || imagePath.startsWith(`${path}/`));
}

/** Whether a source names this repository, or a folder or a branch of it. */
function isOf(source: string, repositoryUrl: string): boolean {
  const [said, own] = [plainUrl(source), plainUrl(repositoryUrl)];
  return said === own || said.startsWith(`${own}/`);
}

/** `host/path` of a repository, from any form that Git accepts: `https://…`, `ssh://git@…`, `git@host:path`, `host/path`. */
function plainUrl(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z+]+:\/\/)?([^?#]*)/.exec(url.toLowerCase()) ?? [];
  const place = rest.replace(/^[^@/]*@/, '');
  const path = scheme === '' ? place.replace(':', '/') : place;
  return withoutTrailing(path, '/').replace(/\.git$/, '');
}

/** How strictly the revision is checked: a moving tag does not name a commit, so the image itself must. */
export const revisionMode = (
  { source, by }: { readonly source: string; readonly by: string },
  given: 'auto' | 'require' | 'off',
): 'auto' | 'require' | 'off' =>
  source === 'digest' && by === 'commit' && given === 'auto' ? 'require' : given;

/** The result of the check; `unknown` if the image does not name a commit. */
export type RevisionCheck = 'matches' | 'unknown' | 'unchecked';

/**
 * Compares an image's revision with the wanted commit, which can be short if somebody typed it.
 *
 * @throws UserError on a mismatch, and, with `require`, when the image does not name a commit, even if none is wanted.
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
  // A tag can show that an image is the wrong one, but not that it is the right one.
  if (found === undefined || (found.from === 'tag' && (mode === 'require' || agree(found.commit, wanted)))) {
    if (mode === 'auto') return 'unknown';
    throw new UserError({
      code: 'revision-missing',
      found: `${image} has no label or annotation ${revisionKey} of this repository, and no provenance that names a commit.`,
      expected: `An image that names ${wanted ?? 'its commit, because `check-revision` is "require"'}. A tag alone is not enough.`,
      fix: 'In the build, give docker/build-push-action the labels of docker/metadata-action (`labels: ${{ steps.meta.outputs.labels }}`), and do not turn its provenance off.',
    });
  }
  if (wanted === undefined) return 'unchecked';
  if (agree(found.commit, wanted)) return 'matches';
  const { source = repositoryUrl } = found;
  const url = /^https:\/\/[\w.-]+\/[\w./-]+$/.test(source) ? source.replace(/\.git$/, '') : repositoryUrl;
  const inherited =
    found.from === 'label'
      ? ' The label can come from the base image, and there is no provenance to check it against.'
      : '';
  throw new UserError({
    code: 'revision-mismatch',
    found: `${image} ${sayingOf(found)} ${link(found.commit, url)}.${inherited}`,
    expected: `An image built from ${link(wanted, repositoryUrl)}.`,
    fix: `${kind === 'pull-request' ? `${headCommit} If it already does, build` : 'Build'} that commit again: the tag was moved, or pushed by another build.${otherwise(found)}`,
  });
}

/** What else can explain a label or an annotation of another commit: provenance can only be that of the build. */
function otherwise({ from }: Revision): string {
  if (from !== 'label' && from !== 'annotation') return '';
  const inherited =
    ' If the label is the base image’s, have the build overwrite it: `labels: ${{ steps.meta.outputs.labels }}` in docker/build-push-action.';
  return `${from === 'label' ? inherited : ''} If the ${from} has another meaning in your build: \`with: check-revision: off\`.`;
}

/** Whether two ids name the same commit. Both can be short: somebody can have typed the wanted one, and a build can have cut the other. */
const agree = (commit: string, wanted: string | undefined): boolean =>
  wanted === undefined || commit.startsWith(wanted) || (commit.length >= 7 && wanted.startsWith(commit));

/** The words between an image's name and its commit. */
export const sayingOf = ({ from }: Revision): string =>
  from === 'tag'
    ? 'does not name the commit it was built from, and its tag names'
    : from === 'provenance'
      ? 'has provenance for a build of'
      : `has ${from === 'label' ? 'a label' : 'an annotation'} ${revisionKey} that names`;

/** The fix for a pull request's build, whose GITHUB_SHA is the merge commit. */
const headCommit =
  'Have docker/metadata-action write the head commit instead of the merge commit: `env: DOCKER_METADATA_PR_HEAD_SHA: true`.';

const link = (commit: string, url: string): string =>
  /^[0-9a-f]{7,64}$/.test(commit) ? `${commit} (${url}/commit/${commit})` : JSON.stringify(commit);

/** How a named image compares with the event's commit, which it need not be of. */
export type EventCommit =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly event: string; readonly image: Revision }
  /** The image is another repository's, so its commits cannot match an event of this one. */
  | { readonly kind: 'other-repository' }
  | { readonly kind: 'unknown' };

/** Compares the revision of a named image with the event's commit. */
export function compareWithEvent(
  commit: string,
  found: Revision | undefined,
  { repositoryUrl, imagePath }: Pick<RevisionContext, 'repositoryUrl' | 'imagePath'>,
): EventCommit {
  if (found !== undefined && found.from !== 'tag' && agree(found.commit, commit)) return { kind: 'same' };
  if (isOtherRepository(found, { repositoryUrl, imagePath })) return { kind: 'other-repository' };
  return found === undefined || agree(found.commit, commit)
    ? { kind: 'unknown' }
    : { kind: 'differs', event: commit, image: found };
}

/** Whether the image is another repository's, by its name and by its source label. */
export function isOtherRepository(
  found: Revision | undefined,
  { repositoryUrl, imagePath }: Pick<RevisionContext, 'repositoryUrl' | 'imagePath'>,
): boolean {
  const own = new URL(repositoryUrl).pathname.slice(1).toLowerCase();
  const isThis = imagePath === own || imagePath.startsWith(`${own}/`);
  return !isThis && (found?.source === undefined || !isOf(found.source, repositoryUrl));
}

/** A revision for a sentence, quoted unless it is a commit id: a label can contain anything. */
export const oneWord = (commit: string): string =>
  /^[0-9a-f]{7,64}$/.test(commit) ? commit : JSON.stringify(commit);
