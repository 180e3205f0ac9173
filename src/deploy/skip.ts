import type { Trigger } from '../event/types.ts';
import type { CommitOrder } from '../image/age.ts';
import type { Plan } from '../image/types.ts';
import type { DeployInputs, ImageInputs, TargetInputs } from '../inputs/inputs.ts';
import { UserError } from '../lib/user-error.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';

/** Why nothing is deployed, on purpose. */
export interface Skip {
  readonly reason: 'dry-run' | 'unchanged' | 'outdated';
  /** Why; of a dry run, why a deploy would do nothing either, or ''. */
  readonly words: string;
}

type SkipInputs = Pick<ImageInputs, 'commit'> & Pick<DeployInputs, 'onOutdated' | 'onUnchanged'>;

/**
 * A reason to deploy nothing; undefined where there is none.
 *
 * @param before the machines before the deploy, compared with the image.
 * @param isRerun whether a person started this run again (GITHUB_RUN_ATTEMPT).
 * @throws UserError for an outdated run with `on-outdated: fail`.
 */
export function reasonToSkip(
  inputs: SkipInputs & Pick<TargetInputs, 'mode'>,
  trigger: Trigger,
  image: { readonly plan: Plan; readonly commit: string | undefined },
  order: CommitOrder | undefined,
  before: readonly CheckedMachine[],
  isRerun: boolean,
): Skip | undefined {
  const skip = outdated(inputs, trigger, image, order, isRerun) ?? unchanged(inputs, before);
  return inputs.mode === 'dry-run' ? { reason: 'dry-run', words: skip?.words ?? '' } : skip;
}

/**
 * Manual runs, and runs that name a commit or an image, are never outdated: the user may want an older image. A digest beside
 * the event's own commit is not such a choice: an earlier job found or built that image for this event.
 */
function outdated(
  inputs: SkipInputs,
  trigger: Trigger,
  { plan, commit }: { readonly plan: Plan; readonly commit: string | undefined },
  order: CommitOrder | undefined,
  isRerun: boolean,
): Skip | undefined {
  if (order?.relation !== 'older' || !canBeOutdated(trigger) || inputs.onOutdated === 'deploy')
    return undefined;
  const digest = plan.source === 'reference' ? plan.reference.digest : undefined;
  const eventCommit = trigger.kind === 'automatic' ? trigger.commit : undefined;
  const found = digest !== undefined && eventCommit !== undefined && inputs.commit === eventCommit;
  const named = plan.by === 'select' || plan.by === 'image';
  if (!found && (inputs.commit !== undefined || named)) return undefined;
  if (inputs.onOutdated === 'skip') {
    // A run that a person started again may be an attempt to roll back, so another build need not have been faster.
    const why = isRerun
      ? `Re-running a job does not roll back. To deploy this commit anyway, run this workflow manually with ${earlier(commit)}, or set \`with: on-outdated: deploy\`.`
      : 'A newer build finished first.';
    const words = `Commit ${commit} is outdated. ${order.words} ${why}`;
    return { reason: 'outdated', words };
  }
  throw new UserError({
    code: 'commit-outdated',
    found: `Commit ${commit} is outdated. ${order.words}`,
    expected: 'A commit that is newer than the running one, because `on-outdated` is "fail".',
    fix: `Set \`with: on-outdated: skip\` to let such runs succeed without a deploy. To deploy this commit anyway, run this workflow manually with ${earlier(commit)}.`,
  });
}

/**
 * Whether a build caused the event, so that a faster build can have been deployed before. A published package counts if its tag
 * names one commit; a moving tag can point to an older image on purpose.
 */
export const canBeOutdated = (trigger: Trigger): boolean =>
  trigger.kind === 'automatic' || trigger.published?.commit !== undefined;

/** The input that deploys an earlier commit. */
const earlier = (commit: string | undefined): string =>
  commit === undefined ? '`with: select: release:previous`' : `\`with: select: commit:${commit}\``;

/** Skips a deploy if every machine runs the image already and `on-unchanged` asks for that. */
function unchanged({ onUnchanged }: SkipInputs, before: readonly CheckedMachine[]): Skip | undefined {
  const machines = managed(before);
  if (onUnchanged === 'deploy' || machines.length === 0 || !machines.every(({ runsImage }) => runsImage))
    return undefined;
  return {
    reason: 'unchanged',
    words:
      'Every machine already runs this image, and `on-unchanged` is "skip". Changes of the config, secrets or number of machines were not checked.',
  };
}
