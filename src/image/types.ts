import type { Attested, NotAttested } from '../attestation/types.ts';
import { isCommit } from '../lib/commit.ts';
import type { Manifest } from '../registry/manifest.ts';
import type { Reference, Repository } from '../registry/reference.ts';
import type { Revision, RevisionCheck } from './revision.ts';

/** What selects the image: an input, the event, or a commit that one of these names. */
export type ChosenBy = 'select' | 'image' | 'commit' | 'event' | 'manual-select';

interface PlanParts {
  readonly by: ChosenBy;
  readonly repository: Repository;
  /** The commit that the image must have been built from; undefined if there is none. */
  readonly commit: string | undefined;
  /** Whether to deploy the digest that was found, instead of the tag. */
  readonly pin: boolean;
}

/** What to look for in the registry. */
export type Plan =
  | (PlanParts & {
      readonly source: 'sha-tag';
      readonly tag: string;
      /** The tag of a build that writes the branch into its tags in another way; undefined for most branches. */
      readonly otherTag: string | undefined;
      readonly commit: string;
      readonly branch: string;
    })
  | (PlanParts & {
      /** A moving tag. With a commit, the tag's image must name that commit. */
      readonly source: 'digest';
      readonly tag: string;
    })
  | (PlanParts & {
      readonly source: 'pattern';
      /** A glob, which selects the newest tag that matches. */
      readonly pattern: string;
    })
  | (PlanParts & {
      readonly source: 'reference';
      readonly reference: Reference;
      /** The tag that it was published with, if a package's event selects it instead of an input. */
      readonly published?: string;
    })
  | (PlanParts & {
      readonly source: 'release';
      /** By digest. */
      readonly reference: Reference;
      /** The version of the app's release that deployed it. */
      readonly version: number;
    })
  | (PlanParts & {
      readonly source: 'running';
      /** By digest. */
      readonly reference: Reference;
      /** The app that runs it. */
      readonly app: string;
    });

/** Whether the image was named by tag, digest or pattern: then it need not be of the event's commit. */
export const isNamed = ({ source }: Plan): boolean =>
  source === 'reference' || source === 'digest' || source === 'pattern';

/** An image as it is in its registry. */
export interface ResolvedImage {
  /** What flyctl deploys, unless a mirrored copy replaces it. */
  readonly reference: Reference;
  readonly repository: Repository;
  /** The tag that was resolved; undefined when a digest was given. */
  readonly tag: string | undefined;
  /** Digest of the manifest, or of the index if there is one. */
  readonly digest: string;
  /** That manifest or index. */
  readonly root: Manifest;
  /** The linux/amd64 manifest; the same as `root` without an index. */
  readonly platform: Manifest;
  /** Digest of the linux/amd64 manifest, which Fly.io reports for an index; the same as `digest` without an index. */
  readonly platformDigest: string;
  /** All digests that name this image: `digest`, those of nested indexes, and `platformDigest`. */
  readonly digests: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly revision: Revision | undefined;
  /** When the image was built, in ISO 8601, as in its config. */
  readonly created: string | undefined;
  /** Compressed size of what a machine pulls, in bytes. */
  readonly size: number;
  /** Whether the image can be pulled anonymously, as Fly.io does. */
  readonly public: boolean;
}

/** The results of `findImage`, each recorded as soon as it is known. */
export interface ImageResults {
  readonly plan: Plan;
  readonly image: ResolvedImage;
  readonly revision: RevisionCheck;
  /** Who signed that the image was built from the commit, if an attestation is checked. */
  readonly attested: Attested | NotAttested;
}

/** The commit that an image was, or should have been, built from. A label can contain anything: only a full commit id counts. */
export function commitOf(plan: Plan | undefined, image: ResolvedImage | undefined): string | undefined {
  const labelled = image?.revision?.commit ?? '';
  // A commit that was typed is kept as it is; a tag's digits are only the beginning of the commit in the image.
  const typed = plan?.source === 'reference' && plan.published !== undefined ? undefined : plan?.commit;
  return typed ?? (isCommit(labelled) ? labelled : plan?.commit);
}
