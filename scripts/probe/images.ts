import { createHash } from 'node:crypto';
import { Json } from '../../src/lib/json.ts';
import type { Manifest } from '../../src/registry/manifest.ts';

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  statement: 'application/vnd.in-toto+json',
} as const;

export const digestOf = (bytes: Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Bytes to push, and what refers to them. */
export interface Part {
  readonly digest: string;
  readonly bytes: Buffer;
}

const part = (bytes: Buffer): Part => ({ bytes, digest: digestOf(bytes) });
const jsonPart = (value: unknown): Part => part(Buffer.from(JSON.stringify(value)));
const descriptor = (mediaType: string, { digest, bytes }: Part) => ({
  mediaType,
  digest,
  size: bytes.length,
});

function manifestOf(mediaType: string, fields: object): Manifest {
  const value = { schemaVersion: 2, mediaType, ...fields };
  return { ...jsonPart(value), mediaType, json: new Json(value, 'a manifest of the probe') };
}

const amd64 = { architecture: 'amd64', os: 'linux' };

/** An attestation of an image, as buildx adds one to every index, with the blobs that it refers to. */
export function attestationOf(image: Manifest): {
  readonly manifest: Manifest;
  readonly blobs: readonly Part[];
} {
  const statement = jsonPart({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://slsa.dev/provenance/v1',
    subject: [{ name: '_', digest: { sha256: image.digest.slice('sha256:'.length) } }],
    predicate: { buildDefinition: { buildType: 'probe' }, runDetails: { builder: { id: '' } } },
  });
  const config = jsonPart({
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: [statement.digest] },
  });
  const manifest = manifestOf(types.manifest, {
    config: descriptor(types.config, config),
    layers: [
      {
        ...descriptor(types.statement, statement),
        annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' },
      },
    ],
  });
  return { manifest, blobs: [statement, config] };
}

/** An index of an image and its attestation, the form that buildx pushes for one platform. */
export const indexOf = (image: Manifest, attestation: Manifest): Manifest =>
  manifestOf(types.index, {
    manifests: [
      { ...descriptor(image.mediaType, image), platform: amd64 },
      {
        ...descriptor(attestation.mediaType, attestation),
        annotations: {
          'vnd.docker.reference.digest': image.digest,
          'vnd.docker.reference.type': 'attestation-manifest',
        },
        platform: { architecture: 'unknown', os: 'unknown' },
      },
    ],
  });

/** An index whose only entry is another index. */
export const indexAround = (index: Manifest): Manifest =>
  manifestOf(types.index, { manifests: [{ ...descriptor(index.mediaType, index), platform: amd64 }] });

/** A layer that is not an archive. */
export const garbage: Part = part(
  Buffer.from('This is not an archive. It belongs to an image that cannot be unpacked.'),
);

/** The image with one more layer, which its config does not list and which cannot be unpacked: no machine can run it. */
export const brokenImageOf = ({ json, mediaType }: Manifest): Manifest =>
  manifestOf(mediaType, {
    config: json.get('config').value,
    layers: [
      ...json
        .get('layers')
        .items()
        .map(({ value }) => value),
      descriptor(types.layer, garbage),
    ],
  });
