import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from './images.ts';

/** Writes an image as an OCI layout (image-spec, image-layout.md). skopeo reads it as `oci:FOLDER:TAG`. */
export function writeLayout(folder: string, tag: string, image: Image): void {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const write = (part: Image): void => {
    for (const { digest, bytes } of [part, ...part.blobs])
      writeFileSync(join(blobs, digest.slice('sha256:'.length)), bytes);
    for (const child of part.manifests) write(child);
  };
  write(image);
  const { digest, mediaType, bytes } = image;
  const entry = {
    mediaType,
    digest,
    size: bytes.length,
    annotations: { 'org.opencontainers.image.ref.name': tag },
  };
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }));
}
