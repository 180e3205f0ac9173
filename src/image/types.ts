import type { Attested } from '../attestation/types.ts';
import type { Manifest } from '../registry/manifest.ts';
import type { Reference, Repository } from '../registry/reference.ts';
import type { Revision, RevisionCheck } from './revision.ts';

/**
 * What to look for in the registry. `pin`: deploy by the digest that was found, not by the tag. `commit` is what the image
 * must have been built from; undefined where nothing names it.
 */
export type Plan =
  | {
      readonly source: 'sha-tag';
      readonly repository: Repository;
      readonly tag: string;
      readonly commit: string;
      readonly branch: string;
      readonly pin: boolean;
    }
  | {
      readonly source: 'digest';
      readonly repository: Repository;
      /** A moving tag. */
      readonly tag: string;
      /** Which commit the tag must have got to, where `sha-tag` names no commit. */
      readonly commit: string | undefined;
      readonly pin: boolean;
    }
  | {
      readonly source: 'pattern';
      readonly repository: Repository;
      /** A glob, whose newest tag is meant. */
      readonly pattern: string;
      readonly commit: undefined;
      readonly pin: boolean;
    }
  | {
      readonly source: 'reference';
      readonly repository: Repository;
      readonly reference: Reference;
      /** The tag by which it was published, where a package's event names it and not the input `image`. */
      readonly published?: string;
      readonly commit: string | undefined;
      readonly pin: boolean;
    }
  | {
      readonly source: 'release';
      readonly repository: Repository;
      /** By digest. */
      readonly reference: Reference;
      /** Of the app's release that deployed it. */
      readonly version: number;
      readonly commit: undefined;
      readonly pin: true;
    };

/** An image as its registry has it. */
export interface ResolvedImage {
  /** What flyctl deploys, unless a mirror takes its place. */
  readonly reference: Reference;
  readonly repository: Repository;
  /** The tag that was resolved; undefined when a digest was given. */
  readonly tag: string | undefined;
  /** Digest of the manifest, or of the index where there is one. */
  readonly digest: string;
  /** That manifest or index. */
  readonly root: Manifest;
  /** The linux/amd64 manifest; the same as `root` where there is no index. */
  readonly platform: Manifest;
  /** Digest of the linux/amd64 manifest, which Fly.io reports of an index; the same as `digest` where there is no index. */
  readonly platformDigest: string;
  /** All digests that name this image, from `digest` over those of nested indexes to `platformDigest`. */
  readonly digests: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly revision: Revision | undefined;
  /** When the image was built, ISO 8601 as its config has it. */
  readonly created: string | undefined;
  /** Compressed size of what a machine pulls, in bytes. */
  readonly size: number;
  /** Whether an anonymous pull works, as Fly.io pulls. */
  readonly public: boolean;
}

/** What `findImage` learns, each part as soon as it is known. */
export interface ImageResults {
  readonly plan: Plan;
  readonly image: ResolvedImage;
  readonly revision: RevisionCheck;
  /** Who signed that the image was built from the commit, where an attestation is required. */
  readonly attested: Attested;
}
