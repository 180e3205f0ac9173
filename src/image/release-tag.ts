import type { Machine } from '../fly/machine.ts';
import type { AppRelease } from '../fly/releases.ts';
import { UserError } from '../lib/user-error.ts';
import { oneWord } from './revision.ts';

/** An image as it is in its registry now. */
export interface ReleasedImage {
  readonly digest: string;
  /** Each digest that a machine can report for it. */
  readonly digests: readonly string[];
  /** When it was built, in milliseconds since 1970. */
  readonly created: number | undefined;
  /** The commit that it names. */
  readonly commit: string | undefined;
}

export interface ReleaseTag {
  readonly release: AppRelease;
  /** The image that the release's tag names now. */
  readonly image: ReleasedImage;
  /** The digits of a commit in the tag; undefined if it has none. */
  readonly commit: string | undefined;
  readonly machines: () => Promise<readonly Machine[]>;
  /** The fix: what to select instead. */
  readonly instead: string;
}

/**
 * Checks that the tag of a release still names the image that it named then. The build time can only show that the tag has
 * moved, because an older image can get the tag later. Two facts show that it has not: a machine of this release reports the
 * image's digest, or the commit in the tag's name is the one that the image names.
 *
 * @throws UserError when the tag has moved, or when neither can be shown.
 */
export async function checkReleaseTag({
  release,
  image,
  commit,
  machines,
  instead,
}: ReleaseTag): Promise<void> {
  const { version, image: text, created } = release;
  const moved = (how: string) =>
    new UserError({
      code: 'release-tag-moved',
      found: `Release v${version} deployed ${text}, but that tag has since moved to another image: ${how}.`,
      expected: 'A digest, or a tag that never moves, such as a commit’s.',
      fix: instead,
    });
  if (created !== undefined && image.created !== undefined && image.created > created)
    throw moved('its current image was built after the release');
  const says = image.commit;
  if (commit !== undefined && says !== undefined) {
    if (says.startsWith(commit)) return;
    throw moved(`its current image was built from ${oneWord(says)}`);
  }
  const own = (await machines()).filter(({ releaseVersion }) => releaseVersion === String(version));
  if (own.some(({ digest }) => digest !== undefined && image.digests.includes(digest))) return;
  throw new UserError({
    code: 'release-tag-unknown',
    found: `Release v${version} deployed ${text}, but nothing shows that this tag still names the same image: ${commit === undefined ? 'the tag does not contain a commit' : 'the image does not name the commit it was built from'}, and no machine of this release runs it.`,
    expected: 'A digest, or a commit’s tag whose image names the same commit.',
    fix: `${instead}${commit === undefined ? '' : ' To have later images name their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.'}`,
  });
}
