import type { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { getJsonBlob, getManifest, isIndex, type Manifest } from './manifest.ts';
import { formatReference, isDigest } from './reference.ts';
import type { Session } from './session.ts';

/** The linux/amd64 image of a manifest or index, which is what a machine on Fly.io runs. */
export interface PlatformImage {
  readonly manifest: Manifest;
  readonly config: Json;
  /** The index that lists the manifest; undefined if there is none. */
  readonly index: Manifest | undefined;
  /** Digests from the root down to the manifest: each of them names this image. */
  readonly digests: readonly string[];
  /** Annotations of the indexes and descriptors, from the outermost inward, and of the manifest. */
  readonly annotations: readonly ReadonlyMap<string, string>[];
}

const deepest = 3;

/**
 * Finds the linux/amd64 image, the only platform that Fly.io runs (flyctl, imgsrc/dockerfile_builder.go).
 * Follows nested indexes and skips attestation manifests. Among several entries for linux/amd64, it uses the one without a CPU
 * variant. If more than one is left, it is unknown which of them a machine would pull.
 *
 * @param patience called before a retry of something that the index lists but the registry does not have yet, because a
 *   registry can lag behind a push. Returns false when waiting is over.
 * @throws UserError when there is no such image, listing the platforms there are; when several entries match; and when a part
 *   of the image does not exist.
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
        found: `${formatReference({ ...session.repository, digest: root.digest })} exists, but its ${what} does not.`,
        expected: 'A complete image: index, manifest and config.',
        fix: 'Build and push the image again. If a clean-up job deletes untagged packages, have it keep the parts of tagged indexes.',
      });
    }
  };

  const others: string[] = [];
  const visit = async (
    manifest: Manifest,
    annotations: ReadonlyMap<string, string>[],
    above: readonly Manifest[],
  ): Promise<PlatformImage | undefined> => {
    const noted = [...annotations, manifest.json.get('annotations').strings()];
    const path = [...above, manifest];
    if (!isIndex(manifest)) {
      const digest = manifest.json.get('config').get('digest').text();
      if (!isDigest(digest)) throw manifest.json.get('config').get('digest').error('A sha256 digest');
      const config = await again(() => getJsonBlob(session, digest), `config ${digest}`);
      const platform = platformOf(config);
      if (platform === 'linux/amd64') {
        const digests = path.map((each) => each.digest);
        return { manifest, config, index: above.at(-1), digests, annotations: noted };
      }
      others.push(platform);
      return undefined;
    }
    if (path.length > deepest) return undefined;
    const { certain, possible } = candidatesOf(manifest, others);
    if (certain.size > 1) throw ambiguous(session, root, [...certain]);
    const finds: { readonly image: PlatformImage; readonly entry: [string, Json] }[] = [];
    for (const [digest, entry] of [...certain, ...possible]) {
      const child = await again(() => getManifest(session, digest), `linux/amd64 manifest ${digest}`);
      const found = await visit(child, [...noted, entry.get('annotations').strings()], path);
      if (found === undefined) continue;
      if (certain.has(digest)) return found;
      finds.push({ image: found, entry: [digest, entry] });
    }
    if (finds.length > 1) {
      const entries = finds.map(({ entry }) => entry);
      throw ambiguous(session, root, entries);
    }
    return finds[0]?.image;
  };

  const found = await visit(root, [], []);
  if (found !== undefined) return found;
  const list = [...new Set(others)].slice(0, 20).join(', ') || 'no platform';
  throw new UserError({
    code: 'platform-missing',
    found: `${formatReference({ ...session.repository, digest: root.digest })} is an image for ${list}.`,
    expected: 'An image for linux/amd64, the only platform that Fly.io runs.',
    fix: 'Build it for that platform: `docker/build-push-action` with `platforms: linux/amd64`.',
  });
}

/** Entries of an index by their digest. */
type Entries = ReadonlyMap<string, Json>;

/**
 * `certain`: the entries of an index that name linux/amd64, only those without a CPU variant if there are any. `possible`: the
 * entries without a platform, for which only the config or a nested index decides. The platforms of the rest go to `others`.
 *
 * @throws UserError for an invalid digest.
 */
function candidatesOf(index: Manifest, others: string[]): { certain: Entries; possible: Entries } {
  const [plain, variants, possible] = [
    new Map<string, Json>(),
    new Map<string, Json>(),
    new Map<string, Json>(),
  ];
  for (const entry of index.json.get('manifests').items()) {
    if (entry.get('annotations').get('vnd.docker.reference.type').value === 'attestation-manifest') continue;
    const platform = entry.get('platform');
    const name = platformOf(platform);
    if (platform.value !== undefined && name !== 'linux/amd64') {
      if (name !== 'unknown/unknown') others.push(name);
      continue;
    }
    const digest = entry.get('digest').text();
    if (!isDigest(digest)) throw entry.get('digest').error('A sha256 digest');
    const hasVariant = platform.get('variant').maybeText() !== undefined;
    (platform.value === undefined ? possible : hasVariant ? variants : plain).set(digest, entry);
  }
  return { certain: plain.size > 0 ? plain : variants, possible };
}

const ambiguous = (
  { repository }: Session,
  { digest }: Manifest,
  entries: readonly [string, Json][],
): UserError => {
  const list = entries.map(([each, entry]) => {
    const variant = entry.get('platform').get('variant').maybeText();
    return `${each}${variant === undefined ? '' : ` (variant ${variant})`}`;
  });
  return new UserError({
    code: 'platform-ambiguous',
    found: `${formatReference({ ...repository, digest })} lists ${list.length} images for linux/amd64: ${list.slice(0, 5).join(', ')}. It is unknown which of them a machine would run.`,
    expected: 'One image for linux/amd64, or exactly one without a CPU variant.',
    fix: 'Build only one: `docker/build-push-action` with `platforms: linux/amd64`.',
  });
};

const platformOf = (json: Json): string =>
  `${json.get('os').maybeText() ?? 'unknown'}/${json.get('architecture').maybeText() ?? 'unknown'}`;
