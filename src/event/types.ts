import { isCommit } from '../lib/commit.ts';
import type { ErrorCode } from '../lib/error-codes.ts';
import type { Json } from '../lib/json.ts';
import type { UserErrorParts } from '../lib/user-error.ts';
import type { Repository } from '../registry/reference.ts';

/** The run that built the image, if it is another workflow's. */
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
      /** The environment of a deployment, which can differ from the job's. */
      readonly environment?: string;
    }
  | {
      readonly kind: 'manual';
      readonly event: string;
      readonly branch: string;
      /** The published image, if the event is about a package. */
      readonly published?: {
        readonly tag: string;
        readonly digest: string;
        /** The digits of a commit in the tag, if the tag matches `sha-tag`. */
        readonly commit: string | undefined;
      };
      /** Fields of the event that no input reads. */
      readonly unread?: Unread;
      /** Why a deploy would be refused, in a run that deploys nothing. */
      readonly caution?: Refusal;
    };

/** A field that names a commit, an image or a ref, and that no input of the step reads. */
export interface UnreadField {
  /** Its name, e.g. `image.tag`. */
  readonly name: string;
  readonly value: string;
  /** The line of the step that reads it; undefined if no input can. */
  readonly line: string | undefined;
}

export interface Unread {
  /** Where the fields are: in `client_payload`, or in the form of a manual run. */
  readonly from: 'client_payload' | 'inputs';
  readonly fields: readonly UnreadField[];
  /** How many more there are. */
  readonly more: number;
  /** The reference that is looked up instead; its tag can be a pattern, which names the newest match. */
  readonly instead: string;
}

/** An event that must not deploy, and why. */
export interface Refusal extends UserErrorParts {
  readonly kind: 'refused';
  readonly event: string;
}

/** What decides about an event besides its payload: the runner's variables, and what the inputs allow. */
export interface EventRules {
  readonly sha: string | undefined;
  /** The ref that the run was started on, e.g. `refs/heads/main` (GITHUB_REF); undefined outside GitHub. */
  readonly ref: string | undefined;
  /** What the inputs name for a manual run: nothing, some image, or the build of the run's own commit. */
  readonly names: 'nothing' | 'something' | 'own-build';
  /** Undefined for the repository's default branch. */
  readonly branch: string | undefined;
  /** The input `commit`. */
  readonly commit: string | undefined;
  /** The file of this workflow, e.g. `deploy.yml`; undefined if the runner does not name it. */
  readonly workflow: string | undefined;
  readonly allowEvents: readonly string[];
  /** The repository whose images are deployed. */
  readonly image: Repository;
  /** Whether a run without a commit would deploy this tag. */
  readonly isSelected: (tag: string, branch: string) => boolean;
  /** The moving tag of a branch. */
  readonly movingTag: (branch: string) => string;
  /** The tag or the pattern that a manual run looks up; undefined if an input names a commit, a digest or a release, which cannot move. */
  readonly looksUp: (branch: string) => string | undefined;
  /** The commit's digits in a tag that matches `sha-tag`; '' if its digits are not a commit's (such as a date) or it has none; undefined for any other tag. */
  readonly commitIn: (tag: string, branch: string) => string | undefined;
}

/** Creates the refusal of the current event, with one of the codes that `events` lists for it. */
export type Refuse<Code extends ErrorCode = ErrorCode> = (
  code: Code,
  found: string,
  expected: string,
  fix: string,
) => Refusal;

/** @throws UserError unless the value is a full commit id. */
export function commitOf(json: Json): string {
  if (!isCommit(json.text())) throw json.error('A full commit id');
  return json.text();
}
