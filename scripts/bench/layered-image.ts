// An image with layers of any size as an OCI layout, which skopeo reads.
import { createCipheriv, createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLayout } from '../../sandbox/registry/layout.ts';

const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};
const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const descriptor = (mediaType: string, bytes: Buffer) => ({
  mediaType,
  digest: sha256(bytes),
  size: bytes.length,
});

/** Writes the layout of a manifest with layers of these sizes, in bytes, whose content does not compress. */
export function writeLayeredImage(folder: string, tag: string, sizes: readonly number[]): void {
  const layers = sizes.map((size, n) => writeLayer(folder, `${n} ${size}`, size));
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: {},
      rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    }),
  );
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: types.manifest,
      config: descriptor(types.config, config),
      layers,
    }),
  );
  writeLayout(folder, tag, {
    bytes,
    digest: sha256(bytes),
    mediaType: types.manifest,
    manifests: [],
    blobs: [{ bytes: config, digest: sha256(config) }],
    platformDigest: undefined,
  });
}

/** Writes a layer piece by piece, because it can be larger than the largest buffer. */
function writeLayer(folder: string, seed: string, size: number) {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const part = join(blobs, 'part');
  writeFileSync(part, '');
  const key = createHash('sha256').update(`layer ${seed}`).digest();
  const noise = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const hash = createHash('sha256');
  const zeros = Buffer.alloc(Math.min(size, 16 * 1024 ** 2));
  for (let left = size; left > 0; left -= zeros.length) {
    const piece = noise.update(zeros.subarray(0, left));
    hash.update(piece);
    appendFileSync(part, piece);
  }
  const hex = hash.digest('hex');
  renameSync(part, join(blobs, hex));
  return { mediaType: types.layer, digest: `sha256:${hex}`, size };
}
