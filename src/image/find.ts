import { checkAttestation } from '../attestation/attestation.ts';
import { buildRefOf, sourceRefOf } from '../event/build-ref.ts';
import type { Trigger } from '../event/types.ts';
import type { FlyApi } from '../fly/api.ts';
import { ahead, freshFor } from '../github/ahead.ts';
import { linksOf } from '../github/links.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { LineLog } from '../lib/line-log.ts';
import type { Recorder } from '../lib/stages.ts';
import { sourceSession } from '../registry/connect.ts';
import { formatReference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { buildsCommitIn } from '../registry/tag-template.ts';
import type { Runtime } from '../runtime.ts';
import { checkBranch, dependsOnImage } from './on-branch.ts';
import { choose, eventCommitOf, makePlan, strictCommit } from './plan.ts';
import { planByRelease } from './release.ts';
import { resolveImage } from './resolve.ts';
import {
  checkRevision,
  compareWithEvent,
  type EventCommit,
  type Revision,
  revisionMode,
} from './revision.ts';
import { planByRunning } from './running.ts';
import { commitOf, type ImageResults, isNamed, type Plan } from './types.ts';

/** The selected image, with everything that was checked about it. */
export interface FoundImage extends Omit<ImageResults, 'attested'> {
  /** The commit that it was built from; undefined if neither the plan nor the image names one. */
  readonly commit: string | undefined;
  /** How a named image compares with the event's commit; undefined if that is not compared. */
  readonly beside: EventCommit | undefined;
  /** The connection to its repository. */
  readonly session: Session;
}

export interface FindImageDeps {
  readonly api: FlyApi;
  /** Receives each result as soon as it is known, so that a failure can report the earlier ones. */
  readonly recorder: Recorder<ImageResults>;
  /** Takes the lines of a long wait at once, even if the rest of the log has to wait for its turn. */
  readonly progress?: Pick<LineLog, 'line'>;
  /** Called after the image is found and its revision is checked, and before its attestation is. */
  readonly resolved?: (image: FoundImage) => void;
}

/**
 * Finds the image that the inputs and the event select: asks Fly.io for the release or the registry for the tag, and checks the
 * image's revision and attestation. The deploy, a dry run and the doctor all use this, so that none of them accepts what
 * another refuses.
 *
 * @throws UserError when there is no such image, or when a check of it fails.
 */
export async function findImage(
  rt: Runtime,
  inputs: Inputs,
  trigger: Trigger,
  { api, recorder, progress = rt.log, resolved }: FindImageDeps,
): Promise<FoundImage> {
  const { repositoryUrl } = linksOf(rt);
  const eventCommit = eventCommitOf(trigger);
  const buildRef = buildRefOf(trigger, rt.env);
  const plan = await planOf(rt, inputs, trigger, api, recorder);
  const compare = (revision: Revision | undefined) => (own: Runtime, record: Recorder<ImageResults>) =>
    record.timed('Compare the commit with its branch', () =>
      checkBranch(own, inputs, trigger, { plan, buildRef, revision }),
    );
  // The branch can be force-pushed during a long wait for the image.
  const compared = dependsOnImage(rt, inputs, trigger, plan)
    ? undefined
    : ahead(rt, recorder, compare(undefined), freshFor);
  // Another app's image can be in that app's repository on Fly.io.
  const credentials = plan.source === 'running' ? { ...inputs, flyLogin: inputs.sourceApp.login } : inputs;
  const session = sourceSession(rt, credentials, plan.repository, inputs.waitForImage);
  const image = await recorder.stage('image', 'Find the image', () =>
    resolveImage(
      plan,
      inputs,
      { repositoryUrl, eventCommit, branch: trigger.branch, buildRef },
      { ...rt, session, progress },
    ),
  );
  const mode = revisionMode(plan, inputs.checkRevision);
  const name = formatReference(image.reference);
  const said = image.revision ?? revisionOfTag(plan, image.tag, inputs.shaTag, trigger.branch);
  const revision = checkRevision(mode, plan.commit, said, name, repositoryUrl, buildRef);
  recorder.keep('revision', revision);
  const commit = commitOf(plan, image);
  const beside =
    isNamed(plan) && plan.commit === undefined && eventCommit !== undefined && mode !== 'off'
      ? compareWithEvent(eventCommit, said, { repositoryUrl, imagePath: plan.repository.path })
      : undefined;
  const found = { plan, image, revision, commit, session, beside };
  resolved?.(found);
  await (compared?.turn() ?? compare(image.revision)(rt, recorder));
  if (inputs.attestation.mode !== 'off') {
    await recorder.stage('attested', 'Verify the attestation', () =>
      checkAttestation(rt, inputs, {
        digest: image.digest,
        commit,
        ref: sourceRefOf(inputs, trigger, buildRef),
      }),
    );
  }
  return found;
}

/** The commit in a tag that was named: the only source if the image itself does not name one. */
function revisionOfTag(
  plan: Plan,
  tag: string | undefined,
  shaTag: string,
  branch: string,
): Revision | undefined {
  const commit = tag === undefined || !isNamed(plan) ? undefined : buildsCommitIn(tag, shaTag, branch);
  return commit ? { commit, from: 'tag' } : undefined;
}

/**
 * What to look up in the registry; undefined if Fly.io has to be asked for it.
 *
 * @throws UserError when a template does not render a valid tag for this branch.
 */
export function knownPlan(trigger: Trigger, inputs: Inputs): Plan | undefined {
  const { by, selection } = choose(trigger, inputs);
  return selection.form === 'release' || selection.form === 'running'
    ? undefined
    : makePlan({ by, selection }, trigger, inputs);
}

async function planOf(
  rt: Runtime,
  inputs: Inputs,
  trigger: Trigger,
  api: FlyApi,
  recorder: Recorder<ImageResults>,
): Promise<Plan> {
  const { by, selection } = choose(trigger, inputs);
  if (selection.form === 'release') {
    const { release } = selection;
    const commit = strictCommit(trigger, inputs);
    return recorder.stage('plan', 'Find the release', () =>
      planByRelease(rt, inputs, { by, release, commit, branch: trigger.branch }, api),
    );
  }
  if (selection.form === 'running') {
    const { app } = selection;
    const commit = strictCommit(trigger, inputs);
    return recorder.stage('plan', `Find the image that ${app} runs`, () =>
      planByRunning(rt, inputs, { by, app, commit }),
    );
  }
  const plan = makePlan({ by, selection }, trigger, inputs);
  recorder.keep('plan', plan);
  return plan;
}
