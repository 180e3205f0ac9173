import { deployAndVerify } from './deploy/attempt.ts';
import { readBefore } from './deploy/before.ts';
import { attestPrevious } from './deploy/previous-attested.ts';
import { canBeOutdated, reasonToSkip } from './deploy/skip.ts';
import { readTrigger } from './event/read.ts';
import type { Refusal } from './event/types.ts';
import { flyApi } from './fly/api.ts';
import { orderOfImage } from './image/age.ts';
import { findImage } from './image/find.ts';
import type { Inputs } from './inputs/inputs.ts';
import { formatError, UserError } from './lib/user-error.ts';
import { mirrorFor } from './mirror/mirror.ts';
import { flyRepository } from './registry/hosts.ts';
import type { Facts } from './report/facts.ts';
import {
  logBefore,
  logImage,
  logOrder,
  logPrivate,
  logSkip,
  logTrigger,
  logVerified,
} from './report/log-lines.ts';
import { failureKind, type Outcome } from './report/outcome.ts';
import type { Runtime } from './runtime.ts';
import { emptyBaseline, isWhole } from './verify/observe.ts';
import { Verifier } from './verify/verifier.ts';

/** The deploy in its order: event, flyctl, image, machines before, mirror, deploy, verification, rollback. */
export async function deployFlyImage(rt: Runtime, inputs: Inputs, facts: Facts): Promise<Outcome> {
  const { log } = rt;
  const trigger = await facts.timed('Read the event', () => readTrigger(rt, inputs));
  if (trigger.kind === 'refused') return refused(trigger, inputs, rt);
  facts.keep('trigger', trigger);
  logTrigger(trigger, log);
  const dryRun = inputs.mode === 'dry-run';
  const api = flyApi(rt, inputs);
  const flyctl = dryRun ? '' : await facts.stage('flyctl', 'Get flyctl', () => getFlyctl(rt, inputs));
  const found = await findImage(rt, inputs, trigger, {
    api,
    recorder: facts,
    resolved: (image) => logImage(image, rt.clock.now(), log),
  });
  const { image, commit } = found;
  const mirror = mirrorFor(rt, inputs, found);
  if (mirror === undefined) logPrivate(image, inputs.app, rt);
  const verifier = new Verifier(rt, inputs, api, { ...image, commit });

  const { baseline, url } = await readBefore(rt, inputs, api, facts);
  const before = baseline?.list.machines;
  if (baseline !== undefined) logBefore(baseline.list, log);
  const order = await orderOfImage(rt, inputs, trigger, commit, before);
  if (order !== undefined) {
    facts.keep('order', order);
    if (!dryRun) logOrder(order, canBeOutdated(trigger) && inputs.onOutdated !== 'deploy', log);
  }
  const fleet = verifier.compare(before ?? [], undefined);
  const isRerun = Number(rt.env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1;
  // An incomplete list does not show whether all machines run the image already.
  const whole = baseline === undefined || isWhole(baseline);
  const skip = reasonToSkip(inputs, trigger, found, order, whole ? fleet : [], isRerun);
  if (skip !== undefined) {
    logSkip(skip, image, order, mirror?.repository, log);
    return { kind: 'skipped', ...skip, fleet };
  }

  const noRollback = await attestPrevious(rt, inputs, trigger, {
    image,
    scope: verifier.scope,
    before: before ?? [],
    recorder: facts,
  });
  const copy = mirror && (await facts.stage('mirror', 'Copy the image', mirror.copy));
  const { reference, digest } = copy ?? image;
  const isFlys = reference.host === flyRepository(inputs.app, rt.env).host;
  const target = { flyctl, reference, isPublic: image.public || copy !== undefined, isFlys };
  const attempt = await deployAndVerify(rt, inputs, {
    api,
    verifier,
    target,
    digest,
    // Only a dry run has none, and it has returned by now.
    baseline: baseline ?? emptyBaseline,
    url,
    noRollback,
    recorder: facts,
  });
  if (attempt.kind === 'deployed') logVerified(inputs.app, image, attempt.fleet, log);
  return attempt.kind === 'failed' ? { ...attempt, as: failureKind(attempt.error) } : attempt;
}

async function getFlyctl(rt: Runtime, { flyctlVersion }: Inputs): Promise<string> {
  const { findFlyctl } = await import('./fly/flyctl/find.ts');
  return findFlyctl(rt, flyctlVersion);
}

/** An event that must not deploy: `on-refusal` decides whether that fails the step. */
function refused(refusal: Refusal, { onRefusal }: Inputs, { log }: Runtime): Outcome {
  const error = new UserError(refusal);
  if (onRefusal === 'fail') return { kind: 'failed', as: 'refused', at: 'Read the event', error };
  const words = formatError(error);
  log.notice(`Nothing was deployed. ${words}`);
  return { kind: 'skipped', reason: 'refused', words, refusal: error };
}
