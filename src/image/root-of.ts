import { getManifest } from '../registry/manifest.ts';
import { findPlatform } from '../registry/platform.ts';
import type { Session } from '../registry/session.ts';

/**
 * The digest of the index that contains the image, or of the image itself, found through the image's possible names. The index
 * is preferred because it has the attestations, while a machine reports only the image.
 *
 * @returns undefined when none of the names is of this image.
 * @throws UserError when the registry cannot be read.
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
