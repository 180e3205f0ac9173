import type { Machine } from '../fly/machine.ts';
import type { AppRelease } from '../fly/releases.ts';
import { UserError } from '../lib/user-error.ts';
import { oneWord } from './revision.ts';

/** An image as its registry has it now. */
export interface ReleasedImage {
  readonly digest: string;
  /** Each digest that a machine may report of it. */
  readonly digests: readonly string[];
  /** When it was built, in milliseconds since 1970. */
  readonly created: number | undefined;
  /** What it says that it was built from. */
  readonly commit: string | undefined;
}

export interface ReleaseTag {
  readonly release: AppRelease;
  /** What is behind the release's tag now. */
  readonly image: ReleasedImage;
  /** The digits of a commit in the tag; undefined where it has none. */
  readonly commit: string | undefined;
  readonly machines: () => Promise<readonly Machine[]>;
  /** What to do instead. */
  readonly instead: string;
}

/**
 * Checks that the tag of a release is still the image that it was then. When that was built says only that the tag has moved:
 * an image that was built earlier can have got the tag later. What says that it has not are the machines of this release, as
 * they report digests, and the commit in the tag's name, where the image says the same.
 *
 * @throws UserError when the tag has moved, or that cannot be known.
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
      found: `Release v${version} deployed ${text}, and that tag has been given to another image since: ${how}.`,
      expected: 'a digest, or a tag that stays with its image, such as a commit’s.',
      fix: instead,
    });
  if (created !== undefined && image.created !== undefined && image.created > created)
    throw moved('the one that is there now was built after the release');
  const says = image.commit;
  if (commit !== undefined && says !== undefined) {
    if (says.startsWith(commit)) return;
    throw moved(`the one that is there now says that it was built from ${oneWord(says)}`);
  }
  const own = (await machines()).filter(({ releaseVersion }) => releaseVersion === String(version));
  if (own.some(({ digest }) => digest !== undefined && image.digests.includes(digest))) return;
  throw new UserError({
    code: 'release-tag-unknown',
    found: `Release v${version} deployed ${text}, and nothing shows that the image which this tag names now is the one that it named then: ${commit === undefined ? 'the tag does not name a commit' : 'the image does not say which commit it was built from'}, and no machine of this release runs it.`,
    expected: 'a digest, or a commit’s tag whose image says the same commit.',
    fix: `${instead}${commit === undefined ? '' : ' So that later images say their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.'}`,
  });
}
