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
 * Manual runs, and runs that name a commit or an image, are never too old: an older image may be what is wanted. A digest beside the event's own commit is no such choice: that is what an earlier
 * job found, or built, for this very event.
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
    // Of a run that somebody started again it is not known that another build was faster: it may be meant to go back.
    const why = isRerun
      ? `This run was started again, which does not go back. To go back to this commit: a manual run of this workflow with ${goBack(commit)}, or \`with: on-outdated: deploy\` in the step.`
      : 'Another build was done sooner.';
    const words = `commit ${commit} is outdated. ${order.words} ${why}`;
    return { reason: 'outdated', words };
  }
  throw new UserError({
    code: 'commit-outdated',
    found: `This run is about an outdated commit, ${commit}. ${order.words}`,
    expected: 'a commit that is newer than what runs, because `on-outdated` is "fail".',
    fix: `\`with: on-outdated: skip\` or \`deploy\`; to go back on purpose, a manual run with ${goBack(commit)}.`,
  });
}

/**
 * Does the event come with a build, so that a faster one may have been deployed before? That of a package does where the tag
 * is one commit’s; a moving tag may be set back on purpose.
 */
export const canBeOutdated = (trigger: Trigger): boolean =>
  trigger.kind === 'automatic' || trigger.published?.commit !== undefined;

/** The input that deploys an earlier commit. */
const goBack = (commit: string | undefined): string =>
  commit === undefined ? '`with: select: release:previous`' : `\`with: select: commit:${commit}\``;

/** Nothing is to be deployed where every machine runs the image already and `on-unchanged` asks for that. */
function unchanged({ onUnchanged }: SkipInputs, before: readonly CheckedMachine[]): Skip | undefined {
  const machines = managed(before);
  if (onUnchanged === 'deploy' || machines.length === 0 || !machines.every(({ runsImage }) => runsImage))
    return undefined;
  return {
    reason: 'unchanged',
    words:
      'every machine runs this image already, and `on-unchanged` is "skip". Whether the config, the secrets or the number of machines would change was not looked at.',
  };
}
