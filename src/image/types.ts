import type { Attested, NotAttested } from '../attestation/types.ts';
import { isCommit } from '../lib/commit.ts';
import type { Manifest } from '../registry/manifest.ts';
import type { Reference, Repository } from '../registry/reference.ts';
import type { Revision, RevisionCheck } from './revision.ts';

/** What says which image is meant: an input, the event, or a commit that either of them names. */
export type ChosenBy = 'select' | 'image' | 'commit' | 'event' | 'manual-select';

interface PlanParts {
  readonly by: ChosenBy;
  readonly repository: Repository;
  /** What the image must have been built from; undefined where nothing names it. */
  readonly commit: string | undefined;
  /** Whether the digest that was found is deployed, and not the tag. */
  readonly pin: boolean;
}

/** What to look for in the registry. */
export type Plan =
  | (PlanParts & {
      readonly source: 'sha-tag';
      readonly tag: string;
      /** What a build calls it that fills the branch into its tags in another way; undefined for most branches. */
      readonly otherTag: string | undefined;
      readonly commit: string;
      readonly branch: string;
    })
  | (PlanParts & {
      /** A moving tag. With a commit, which the tag must have got to. */
      readonly source: 'digest';
      readonly tag: string;
    })
  | (PlanParts & {
      readonly source: 'pattern';
      /** A glob, whose newest tag is meant. */
      readonly pattern: string;
    })
  | (PlanParts & {
      readonly source: 'reference';
      readonly reference: Reference;
      /** The tag by which it was published, where a package's event names it and no input. */
      readonly published?: string;
    })
  | (PlanParts & {
      readonly source: 'release';
      /** By digest. */
      readonly reference: Reference;
      /** Of the app's release that deployed it. */
      readonly version: number;
    })
  | (PlanParts & {
      readonly source: 'running';
      /** By digest. */
      readonly reference: Reference;
      /** The app that runs it. */
      readonly app: string;
    });

/** Was the image named, by its tag, its digest or a pattern? Then it need not be of the event's commit. */
export const isNamed = ({ source }: Plan): boolean =>
  source === 'reference' || source === 'digest' || source === 'pattern';

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
  /** Who signed that the image was built from the commit, where an attestation is asked for. */
  readonly attested: Attested | NotAttested;
}

/** The commit that an image was, or should have been, built from. A label can hold anything: only a commit id counts. */
export function commitOf(plan: Plan | undefined, image: ResolvedImage | undefined): string | undefined {
  const labelled = image?.revision?.commit ?? '';
  // What somebody typed stays as it is; a tag's digits are only the beginning of what the image says.
  const typed = plan?.source === 'reference' && plan.published !== undefined ? undefined : plan?.commit;
  return typed ?? (isCommit(labelled) ? labelled : plan?.commit);
}
