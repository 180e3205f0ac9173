import { createCipheriv, createHash } from 'node:crypto';

/** Bytes in a registry, and their digest. */
interface Blob {
  readonly digest: string;
  readonly bytes: Buffer;
}

/** A manifest or an index with everything that it refers to. */
export interface Image extends Blob {
  readonly mediaType: string;
  /** The manifests of an index, including those of attestations. */
  readonly manifests: readonly Image[];
  readonly blobs: readonly Blob[];
  /** Digest of the linux/amd64 manifest, or of the manifest itself; undefined if it is for other platforms. */
  readonly platformDigest: string | undefined;
}

export interface ImageOptions {
  /** The commit, for the label `org.opencontainers.image.revision` and the provenance. */
  readonly revision?: string;
  /** The commit in the provenance. Defaults to `revision`. */
  readonly provenance?: string;
  /** URL of the repository, for the label `org.opencontainers.image.source` and the provenance. */
  readonly source?: string;
  /** ISO 8601. */
  readonly created?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** `os/architecture`. Defaults to `linux/amd64`. */
  readonly platforms?: readonly string[];
  /** Defaults to `index`: an OCI index, which buildx pushes even for one platform. */
  readonly kind?: 'index' | 'manifest' | 'docker-list' | 'docker-manifest';
  /** Defaults to true for an OCI index, because build-push-action adds provenance. */
  readonly attestations?: boolean;
  /** Annotations of the index, or of the manifest if there is no index. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Images with different seeds have different layers. */
  readonly seed?: string;
  readonly layerBytes?: number;
}

const types = {
  oci: {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
} as const;

const blobOf = (bytes: Buffer): Blob => ({
  bytes,
  digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
});
const jsonBlob = (value: unknown): Blob => blobOf(Buffer.from(JSON.stringify(value, undefined, 2)));
const descriptor = (mediaType: string, { digest, bytes }: Blob) => ({
  mediaType,
  digest,
  size: bytes.length,
});

/** Creates an image like those that buildx pushes. The same options give the same bytes. */
export function makeImage(options: ImageOptions = {}): Image {
  const { platforms = ['linux/amd64'], kind = 'index', annotations } = options;
  const family = kind.startsWith('docker') ? types.docker : types.oci;
  const single = kind === 'manifest' || kind === 'docker-manifest';
  const images = platforms.map((platform) =>
    makePlatform(platform, options, family, single ? annotations : undefined),
  );
  const [first] = images;
  if (single) {
    if (first === undefined || images.length !== 1) throw new Error('one manifest is for one platform');
    return first.image;
  }

  const attested = options.attestations ?? kind === 'index';
  const attestations = attested ? images.map(({ image }) => makeAttestation(image, options)) : [];
  const manifests = [
    ...images.map(({ image, os, architecture }) => ({
      ...descriptor(family.manifest, image),
      platform: { architecture, os },
    })),
    ...attestations.map((attestation, n) => ({
      ...descriptor(types.oci.manifest, attestation),
      annotations: {
        'vnd.docker.reference.digest': images[n]?.image.digest,
        'vnd.docker.reference.type': 'attestation-manifest',
      },
      platform: { architecture: 'unknown', os: 'unknown' },
    })),
  ];
  const index = jsonBlob({
    schemaVersion: 2,
    mediaType: family.index,
    manifests,
    ...(annotations && { annotations }),
  });
  return {
    ...index,
    mediaType: family.index,
    manifests: [...images.map(({ image }) => image), ...attestations],
    blobs: [],
    platformDigest: images.find(({ platform }) => platform === 'linux/amd64')?.image.digest,
  };
}

function makePlatform(
  platform: string,
  { revision, source, created = '2026-11-24T08:00:00Z', labels, seed = '', layerBytes = 1024 }: ImageOptions,
  family: (typeof types)['oci' | 'docker'],
  annotations: Readonly<Record<string, string>> | undefined,
) {
  const [os = 'linux', architecture = 'amd64'] = platform.split('/');
  const layer = blobOf(noise(`${seed}${revision ?? ''}${platform}`, layerBytes));
  const config = jsonBlob({
    created,
    architecture,
    os,
    config: {
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin'],
      Cmd: ['/app'],
      Labels: {
        ...(revision === undefined ? {} : { 'org.opencontainers.image.revision': revision }),
        ...(source === undefined ? {} : { 'org.opencontainers.image.source': source }),
        ...labels,
      },
    },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const manifest = jsonBlob({
    schemaVersion: 2,
    mediaType: family.manifest,
    config: descriptor(family.config, config),
    layers: [descriptor(family.layer, layer)],
    ...(annotations && { annotations }),
  });
  const image: Image = {
    ...manifest,
    mediaType: family.manifest,
    manifests: [],
    blobs: [config, layer],
    platformDigest: platform === 'linux/amd64' ? manifest.digest : undefined,
  };
  return { platform, os, architecture, image };
}

/** BuildKit's provenance of one manifest (buildkit, docs/attestations/slsa-definitions.md). */
function makeAttestation(
  subject: Image,
  { revision: own, provenance: revision = own, source }: ImageOptions,
): Image {
  const statement = jsonBlob({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://slsa.dev/provenance/v1',
    subject: [{ name: '_', digest: { sha256: subject.digest.slice('sha256:'.length) } }],
    predicate: {
      buildDefinition: {
        buildType: 'https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md',
        externalParameters: {},
      },
      runDetails: {
        builder: { id: '' },
        metadata: {
          buildkit_metadata: { vcs: { ...(revision && { revision }), ...(source && { source }) } },
        },
      },
    },
  });
  const config = jsonBlob({
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: [statement.digest] },
  });
  const manifest = jsonBlob({
    schemaVersion: 2,
    mediaType: types.oci.manifest,
    config: descriptor(types.oci.config, config),
    layers: [
      {
        ...descriptor('application/vnd.in-toto+json', statement),
        annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' },
      },
    ],
  });
  return {
    ...manifest,
    mediaType: types.oci.manifest,
    manifests: [],
    blobs: [config, statement],
    platformDigest: undefined,
  };
}

/** Bytes of a layer, the same for the same seed. A key stream is fast to create and, like a layer, does not compress. */
function noise(seed: string, length: number): Buffer {
  const key = createHash('sha256').update(`layer ${seed}`).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}
