import { createHash } from 'node:crypto';
import type { FoundImage } from '../../sandbox/fly/find-image.ts';
import { type Image, makeImage } from '../../sandbox/registry/images.ts';
import { builtCommit } from '../../sandbox/runner/events.ts';
import { digestOf } from '../factories.ts';
import type { History } from './history.ts';

export const repository = 'owner/repo';
export const tags = { meant: 'main-abc1234', old: 'main-0000000', older: 'main-1111111' } as const;
const oldDigest = digestOf('c');
const olderDigest = digestOf('d');

const options = { revision: builtCommit, source: 'https://github.com/owner/repo' };
const index = makeImage({ kind: 'index', ...options });

/** An index whose entry for linux/amd64 is an index, like those of goauthentik/server. */
function nest(inner: Image): Image {
  const entry = {
    mediaType: inner.mediaType,
    digest: inner.digest,
    size: inner.bytes.length,
    platform: { architecture: 'amd64', os: 'linux' },
  };
  const { mediaType } = inner;
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests: [entry] }));
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { bytes, digest, mediaType, manifests: [inner], blobs: [], platformDigest: inner.platformDigest };
}

export const meant: Record<History['image'], Image> = {
  manifest: makeImage({ kind: 'manifest', ...options }),
  index,
  nested: nest(index),
};

/** The digests of the deployed image, from the outside in. */
export const digestsOf = (kind: History['image']): readonly string[] => {
  const { digest, manifests, platformDigest = '' } = meant[kind];
  return [
    ...new Set([digest, ...(kind === 'nested' ? manifests.map((each) => each.digest) : []), platformDigest]),
  ];
};

/** The manifests and blobs of an image in the registry, by digest. */
export function storedOf(
  image: Image,
  all = new Map<string, Pick<Image, 'bytes'> & { mediaType?: string }>(),
) {
  all.set(image.digest, image);
  for (const blob of image.blobs) all.set(blob.digest, blob);
  for (const each of image.manifests) storedOf(each, all);
  return all;
}

export const stored: Record<History['image'], ReturnType<typeof storedOf>> = {
  manifest: storedOf(meant.manifest),
  index: storedOf(meant.index),
  nested: storedOf(meant.nested),
};

/** The images that Fly.io resolves, by their references. */
export function flyImages({ image, reports }: Pick<History, 'image' | 'reports'>, host = 'ghcr.io') {
  const digests = digestsOf(image);
  const [top = ''] = digests;
  const reported = { top, inner: digests[1] ?? top, leaf: digests.at(-1) ?? top }[reports];
  const found = (tag: string | undefined, digest: string, platformDigest: string): FoundImage => ({
    registry: host,
    repository,
    tag,
    digest,
    platformDigest,
    labels: {},
    size: 1,
  });
  const at = (reference: string) => `${host}/${repository}${reference}`;
  return new Map<string, FoundImage>([
    [at(`:${tags.meant}`), found(tags.meant, top, reported)],
    ...digests.map((digest) => [at(`@${digest}`), found(undefined, digest, reported)] as const),
    [at(`:${tags.old}`), found(tags.old, oldDigest, oldDigest)],
    [at(`@${oldDigest}`), found(undefined, oldDigest, oldDigest)],
    [at(`:${tags.older}`), found(tags.older, olderDigest, olderDigest)],
  ]);
}
