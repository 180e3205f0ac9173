import type { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { getJsonBlob, getManifest, isIndex, type Manifest } from './manifest.ts';
import { formatReference, isDigest } from './reference.ts';
import type { Session } from './session.ts';

/** The linux/amd64 image behind a manifest or index: what a machine at Fly.io runs. */
export interface PlatformImage {
  readonly manifest: Manifest;
  readonly config: Json;
  /** The index that lists the manifest; undefined where there is none. */
  readonly index: Manifest | undefined;
  /** Annotations of the index and descriptors on the way down, the outermost first, and of the manifest. */
  readonly annotations: readonly ReadonlyMap<string, string>[];
}

const deepest = 3;

/**
 * Finds the linux/amd64 image, the only platform that Fly.io runs (flyctl, imgsrc/dockerfile_builder.go).
 * Of an index the first matching entry (image-spec, image-index.md), one without a CPU variant before `v2`
 * and up; attestation manifests are no images; nested indexes are followed.
 *
 * @param patience called before another look at something that the index lists and the registry does not
 *   have: a registry may lag behind a push. Answers false when waiting is over.
 * @throws UserError when there is none, listing the platforms there are, and when a part of it is gone.
 */
export async function findPlatform(
  session: Session,
  root: Manifest,
  patience: () => Promise<boolean>,
): Promise<PlatformImage> {
  const again = async <T>(get: () => Promise<T | undefined>, what: string): Promise<T> => {
    for (;;) {
      const found = await get();
      if (found !== undefined) return found;
      if (await patience()) continue;
      throw new UserError({
        code: 'image-incomplete',
        found: `${formatReference({ ...session.repository, digest: root.digest })} is there, and its ${what} is not.`,
        expected: 'a whole image: index, manifest and config.',
        fix: 'build and push the image again; if a clean-up job deletes untagged packages, let it keep the parts of tagged indexes.',
      });
    }
  };

  const others: string[] = [];
  const visit = async (
    manifest: Manifest,
    annotations: ReadonlyMap<string, string>[],
    depth: number,
    index?: Manifest,
  ): Promise<PlatformImage | undefined> => {
    const noted = [...annotations, manifest.json.get('annotations').strings()];
    if (!isIndex(manifest)) {
      const digest = manifest.json.get('config').get('digest').text();
      if (!isDigest(digest)) throw manifest.json.get('config').get('digest').error('a sha256 digest');
      const config = await again(() => getJsonBlob(session, digest), `config ${digest}`);
      const platform = platformOf(config);
      if (platform === 'linux/amd64') return { manifest, config, index, annotations: noted };
      others.push(platform);
      return undefined;
    }
    if (depth > deepest) return undefined;
    for (const entry of candidates(manifest, others)) {
      const digest = entry.get('digest').text();
      if (!isDigest(digest)) throw entry.get('digest').error('a sha256 digest');
      const child = await again(() => getManifest(session, digest), `linux/amd64 manifest ${digest}`);
      const found = await visit(child, [...noted, entry.get('annotations').strings()], depth + 1, manifest);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const found = await visit(root, [], 1);
  if (found !== undefined) return found;
  const list = [...new Set(others)].slice(0, 20).join(', ') || 'no platform';
  throw new UserError({
    code: 'platform-missing',
    found: `${formatReference({ ...session.repository, digest: root.digest })} is an image for ${list}.`,
    expected: 'an image for linux/amd64, the only platform that Fly.io runs.',
    fix: 'the build: `docker/build-push-action` with `platforms: linux/amd64`.',
  });
}

/** Entries of an index that may hold linux/amd64, the best first; the platforms of the rest go to `others`. */
function candidates(index: Manifest, others: string[]): Json[] {
  const plain: Json[] = [];
  const variants: Json[] = [];
  for (const entry of index.json.get('manifests').items()) {
    if (entry.get('annotations').get('vnd.docker.reference.type').value === 'attestation-manifest') continue;
    const platform = entry.get('platform');
    // Without a platform only the config, or a nested index, can tell.
    if (platform.value === undefined) plain.push(entry);
    else if (platformOf(platform) !== 'linux/amd64')
      others.push(...(platformOf(platform) === 'unknown/unknown' ? [] : [platformOf(platform)]));
    else (platform.get('variant').maybeText() === undefined ? plain : variants).push(entry);
  }
  return [...plain, ...variants];
}

const platformOf = (json: Json): string =>
  `${json.get('os').maybeText() ?? 'unknown'}/${json.get('architecture').maybeText() ?? 'unknown'}`;
