import { getManifest } from '../registry/manifest.ts';
import { findPlatform } from '../registry/platform.ts';
import type { Session } from '../registry/session.ts';

/**
 * The digest of the image, or of the index that contains it, among the names that it may have: an index carries the
 * attestations of its images, and a machine reports only the image.
 *
 * @throws UserError when the registry cannot be read; undefined when none of the names is of this image.
 */
export async function rootOf(
  session: Session,
  digest: string,
  names: readonly (string | undefined)[],
): Promise<string | undefined> {
  for (const name of new Set(names)) {
    const root = name === undefined ? undefined : await getManifest(session, name);
    if (root === undefined) continue;
    if (root.digest === digest) return digest;
    const { digests } = await findPlatform(session, root, async () => false);
    if (digests.includes(digest)) return root.digest;
  }
  return undefined;
}
