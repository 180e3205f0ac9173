import { isCommit } from '../lib/commit.ts';
import type { ErrorCode } from '../lib/error-codes.ts';
import type { Json } from '../lib/json.ts';
import type { UserErrorParts } from '../lib/user-error.ts';

/** The run that built the image, where another workflow did. */
interface BuildRun {
  readonly name: string;
  readonly number: number | undefined;
  readonly attempt: number | undefined;
  readonly url: string | undefined;
  /** The event that started it, e.g. `push`. */
  readonly event: string;
}

/** What an event asks for. `branch` is the branch whose builds are deployed. */
export type Trigger =
  | {
      readonly kind: 'automatic';
      readonly event: string;
      readonly commit: string;
      readonly branch: string;
      readonly run?: BuildRun;
    }
  | {
      readonly kind: 'manual';
      readonly event: string;
      readonly branch: string;
      /** What a package was published as, where that is the event. */
      readonly published?: { readonly tag: string; readonly digest: string };
      /** Why a deploy would be refused, in a run that deploys nothing. */
      readonly caution?: Refusal;
    };

/** An event that must not deploy, and why. */
export interface Refusal extends UserErrorParts {
  readonly kind: 'refused';
  readonly event: string;
}

/** What the runner says of an event beside its payload (GITHUB_SHA), and what the inputs allow. */
export interface EventRules {
  readonly sha: string | undefined;
  /** The ref that the run was started on, e.g. `refs/heads/main` (GITHUB_REF); undefined outside of GitHub. */
  readonly ref: string | undefined;
  /** What the inputs say of the image of a manual run: nothing, something, or that it is the build of the run's own commit. */
  readonly names: 'nothing' | 'something' | 'own-build';
  /** undefined: the repository's default branch. */
  readonly branch: string | undefined;
  readonly allowEvents: readonly string[];
  /** The repository at the registry whose images are deployed, e.g. `owner/repo`. */
  readonly imagePath: string;
  /** Whether a tag is one whose images are deployed: the moving tag, or one that the build gives a commit. */
  readonly isOurTag: (tag: string, branch: string) => boolean;
}

/** Makes the refusal of the event that is read. */
export type Refuse = (code: ErrorCode, found: string, expected: string, fix: string) => Refusal;

/** @throws UserError unless the value is a full commit id. */
export function commitOf(json: Json): string {
  if (!isCommit(json.text())) throw json.error('a full commit id');
  return json.text();
}
