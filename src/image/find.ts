import { checkAttestation } from '../attestation/attestation.ts';
import type { Trigger } from '../event/types.ts';
import type { FlyApi } from '../fly/api.ts';
import { linksOf } from '../github/links.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isCommit } from '../lib/commit.ts';
import type { Recorder } from '../lib/stages.ts';
import { sourceSession } from '../registry/connect.ts';
import type { BuildEvent } from '../registry/metadata-lines.ts';
import { formatReference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import type { Runtime } from '../runtime.ts';
import { makePlan } from './plan.ts';
import { planByRelease } from './release.ts';
import { resolveImage } from './resolve.ts';
import { checkRevision, compareWithEvent, type EventCommit, revisionMode } from './revision.ts';
import type { ImageResults, Plan, ResolvedImage } from './types.ts';

/** The image that is meant, with all that a run may rely on. */
export interface FoundImage extends Omit<ImageResults, 'attested'> {
  /** The commit that it was built from, as far as the plan or the image names one. */
  readonly commit: string | undefined;
  /** How an image that was named stands to the event's commit; undefined where that is not compared. */
  readonly beside: EventCommit | undefined;
  /** The connection to its repository. */
  readonly session: Session;
}

export interface FindImageDeps {
  readonly api: FlyApi;
  /** Takes each result as soon as it is known, so that a failure can report those before it. */
  readonly recorder: Recorder<ImageResults>;
  /** Called when the image is known and its revision is checked, before its attestation is. */
  readonly resolved?: (image: FoundImage) => void;
}

/**
 * Finds the image that the inputs and the event mean: plans, asks Fly.io for the release or the registry for the tag,
 * and checks the image's revision and attestation. The deploy, a dry run and the doctor all find it here, so that none of
 * them promises what another refuses.
 *
 * @throws UserError when there is no such image, or when it is not what is meant.
 */
export async function findImage(
  rt: Runtime,
  inputs: Inputs,
  trigger: Trigger,
  { api, recorder, resolved }: FindImageDeps,
): Promise<FoundImage> {
  const { repositoryUrl } = linksOf(rt);
  const eventCommit = trigger.kind === 'automatic' ? trigger.commit : undefined;
  const plan = await planOf(rt, inputs, trigger, api, recorder);
  const session = sourceSession(rt, inputs, plan.repository, inputs.waitForImage);
  const image = await recorder.stage('image', 'Look at the image', () =>
    resolveImage(
      plan,
      inputs,
      { repositoryUrl, eventCommit, branch: trigger.branch, builtFor: builtFor(trigger, rt) },
      { ...rt, session },
    ),
  );
  const mode = revisionMode(plan, inputs.checkRevision);
  const name = formatReference(image.reference);
  const revision = checkRevision(mode, plan.commit, image.revision, name, repositoryUrl);
  recorder.keep('revision', revision);
  const commit = commitOf(plan, image);
  const beside =
    plan.source === 'reference' && plan.commit === undefined && eventCommit !== undefined && mode !== 'off'
      ? compareWithEvent(eventCommit, image.revision, { repositoryUrl, imagePath: plan.repository.path })
      : undefined;
  const found = { plan, image, revision, commit, session, beside };
  resolved?.(found);
  if (inputs.requireAttestation) {
    await recorder.stage('attested', 'Verify the attestation', () =>
      checkAttestation(rt, inputs, { digest: image.digest, commit }),
    );
  }
  return found;
}

/** What the build of the event's commit ran on, where the event tells. */
function builtFor(trigger: Trigger, { env }: Pick<Runtime, 'env'>): BuildEvent {
  const event = (trigger.kind === 'automatic' ? trigger.run?.event : undefined) ?? trigger.event;
  if (event.startsWith('pull_request')) return 'pr';
  const ref = env['GITHUB_REF'] ?? '';
  return trigger.event === 'release' || (trigger.event === 'push' && ref.startsWith('refs/tags/'))
    ? 'tag'
    : 'branch';
}

async function planOf(
  rt: Runtime,
  inputs: Inputs,
  trigger: Trigger,
  api: FlyApi,
  recorder: Recorder<ImageResults>,
): Promise<Plan> {
  if (inputs.release !== undefined)
    return recorder.stage('plan', 'Find the release', () => planByRelease(rt, inputs, api));
  const plan = makePlan(trigger, inputs);
  recorder.keep('plan', plan);
  return plan;
}

/** The commit that an image was, or should have been, built from. A label can hold anything: only a commit id counts. */
export function commitOf(plan: Plan | undefined, image: ResolvedImage | undefined): string | undefined {
  const labelled = image?.revision?.commit ?? '';
  return plan?.commit ?? (isCommit(labelled) ? labelled : undefined);
}
