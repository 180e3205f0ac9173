import { deployAndVerify } from './deploy/attempt.ts';
import { readBefore } from './deploy/before.ts';
import { afterCancel, type Cancellable, cancellable, whenCancelled } from './deploy/cancel.ts';
import { attestPrevious } from './deploy/previous-attested.ts';
import { canBeOutdated, reasonToSkip } from './deploy/skip.ts';
import { doctor } from './doctor/main.ts';
import { readTrigger } from './event/read.ts';
import type { Refusal } from './event/types.ts';
import { flyApi } from './fly/api.ts';
import { isAppName } from './fly/app-name.ts';
import { findFlyctl } from './fly/flyctl/find.ts';
import { orderOfImage } from './image/age.ts';
import { findImage } from './image/find.ts';
import { type Inputs, readInputs, secretsOf } from './inputs/inputs.ts';
import { formatError, UserError } from './lib/user-error.ts';
import { mirrorFor } from './mirror/mirror.ts';
import { flyRepository } from './registry/hosts.ts';
import { Facts } from './report/facts.ts';
import {
  logBefore,
  logImage,
  logInputs,
  logOrder,
  logPrivate,
  logSkip,
  logTrigger,
  logVerified,
} from './report/log-lines.ts';
import { failureKind, type Outcome } from './report/outcome.ts';
import { publish } from './report/publish.ts';
import type { Runtime } from './runtime.ts';
import { emptyBaseline, isWhole } from './verify/observe.ts';
import { Verifier } from './verify/verifier.ts';

/** The whole step. It always writes an annotation, outputs and a summary, whatever happens. */
export async function main(outside: Runtime): Promise<Outcome> {
  const run = cancellable(outside);
  const facts = new Facts(outside.clock);
  const outcome = await Promise.race([deployFlyImage(run.rt, facts), whenCancelled(run)]).catch((reason) =>
    failed(reason, run, facts),
  );
  await publish(outside, facts, outcome);
  return outcome;
}

/** The deploy in its order: inputs, event, flyctl, image, machines before, mirror, deploy, verification, rollback. */
async function deployFlyImage(rt: Runtime, facts: Facts): Promise<Outcome> {
  const { log } = rt;
  for (const secret of secretsOf(rt)) log.mask(secret);
  if (isAppName(rt.input('app'))) log.about(rt.input('app'));
  const inputs = await facts.stage('inputs', 'Read the inputs', () => readInputs(rt));
  log.about(inputs.app);
  logInputs(inputs, log);
  if (inputs.mode === 'doctor') return doctor(rt, inputs, facts);

  const trigger = await facts.timed('Read the event', () => readTrigger(rt, inputs));
  if (trigger.kind === 'refused') return refused(trigger, inputs, rt);
  facts.keep('trigger', trigger);
  logTrigger(trigger, log);
  const dryRun = inputs.mode === 'dry-run';
  const api = flyApi(rt, inputs);
  const flyctl = dryRun
    ? ''
    : await facts.stage('flyctl', 'Get flyctl', () => findFlyctl(rt, inputs.flyctlVersion));
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

/** An event that must not deploy: `on-refusal` decides whether that fails the step. */
function refused(refusal: Refusal, { onRefusal }: Inputs, { log }: Runtime): Outcome {
  const error = new UserError(refusal);
  if (onRefusal === 'fail') return { kind: 'failed', as: 'refused', at: 'Read the event', error };
  const words = formatError(error);
  log.notice(`Nothing was deployed. ${words}`);
  return { kind: 'skipped', reason: 'refused', words };
}

/** Anything thrown, as an outcome. After a cancel, the outcome is the cancel and what the machines run then. */
async function failed(reason: unknown, run: Cancellable, facts: Facts): Promise<Outcome> {
  const at = facts.current;
  if (run.rt.cancelled.aborted)
    return { kind: 'cancelled', at, ...(await afterCancel(reason, run, facts.known)) };
  const error = reason instanceof Error ? reason : new Error(String(reason));
  return { kind: 'failed', as: failureKind(error), at, error };
}
