import { deployAndVerify } from '../deploy/attempt.ts';
import { type Before, type BeforeAhead, beginBefore, isSameFleet, rightBefore } from '../deploy/before.ts';
import type { NoRollback } from '../deploy/previous.ts';
import { attestPrevious } from '../deploy/previous-attested.ts';
import { canBeOutdated, reasonToSkip } from '../deploy/skip.ts';
import { readTrigger } from '../event/read.ts';
import type { Trigger } from '../event/types.ts';
import { flyApi } from '../fly/api.ts';
import { ahead } from '../github/ahead.ts';
import { type FoundImage, findImage, knownPlan } from '../image/find.ts';
import { commitOf } from '../image/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Recorder } from '../lib/stages.ts';
import { mirrorFor, type PlannedMirror } from '../mirror/mirror.ts';
import { flyRepository } from '../registry/hosts.ts';
import type { Facts, Results } from '../report/facts.ts';
import {
  logBefore,
  logImage,
  logOrder,
  logPrivate,
  logSkip,
  logTrigger,
  logVerified,
} from '../report/log-lines.ts';
import { failureKind, type Outcome } from '../report/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { emptyBaseline, isWhole } from '../verify/observe.ts';
import { Verifier } from '../verify/verifier.ts';
import { refused } from './refused.ts';

/**
 * The deploy in its order: event, flyctl, image, machines before, mirror, deploy, verification, rollback.
 *
 * @param over aborted at the end of the run. Work that was begun ahead may still continue then.
 */
export async function deployFlyImage(
  rt: Runtime,
  inputs: Inputs,
  facts: Facts,
  over: AbortSignal,
): Promise<Outcome> {
  const { log, clock } = rt;
  const trigger = await facts.timed('Read the event', () => readTrigger(rt, inputs));
  if (trigger.kind === 'refused') return refused(trigger, inputs, rt);
  facts.keep('trigger', trigger);
  logTrigger(trigger, log);
  const dryRun = inputs.mode === 'dry-run';
  const api = flyApi(rt, inputs);
  // Another bad input is an error before the first request.
  const plan = knownPlan(trigger, inputs);

  // What does not depend on other answers begins now, at the same time. Each piece of work has its turn below.
  const gettingFlyctl = dryRun
    ? undefined
    : ahead(rt, facts, (own: Runtime, recorder: Recorder<Results>) =>
        recorder.stage('flyctl', 'Get flyctl', () => getFlyctl(own, inputs)),
      );
  const findingImage = ahead(rt, facts, (own: Runtime, recorder: Recorder<Results>) =>
    findImage(own, inputs, trigger, {
      api,
      recorder,
      progress: {
        line: (text) => {
          if (!over.aborted) log.line(text);
        },
      },
      resolved: (image) => logImage(image, clock.now(), own.log),
    }),
  );
  const expected = commitOf(plan, undefined);
  const asking = beginBefore(rt, inputs, trigger, { api, recorder: facts, expected });

  const flyctl = (await gettingFlyctl?.turn()) ?? '';
  const found = await findingImage.turn();
  const { image, commit } = found;
  const mirror = mirrorFor(rt, inputs, found);
  if (mirror === undefined) logPrivate(image, inputs.app, rt);
  const verifier = new Verifier(rt, inputs, api, { ...image, commit });
  facts.keep('journal', verifier.journal);

  const before = await asking.read();
  const choosing = { inputs, trigger, found, mirror, verifier, asking, facts };
  let decision = await decide(rt, choosing, before);
  if (decision.skipped) return decision.skipped;
  const copy = mirror && (await facts.stage('mirror', 'Copy the image', mirror.copy));
  // Only a dry run has none, and it has returned by now.
  const early = before.baseline ?? emptyBaseline;
  const baseline = await rightBefore(rt, api, facts, early);
  facts.renew('before', baseline.list.machines);
  if (!isSameFleet(baseline, early)) {
    log.line(
      'The machines have changed since they were first read, probably by another deploy of this app. They are compared again.',
    );
    decision = await decide(rt, choosing, { ...before, baseline });
    if (decision.skipped) return decision.skipped;
  }

  const { reference, digest } = copy ?? image;
  const isFlys = reference.host === flyRepository(inputs.app, rt.env).host;
  const target = { flyctl, reference, isPublic: image.public || copy !== undefined, isFlys };
  const attempt = await deployAndVerify(rt, inputs, {
    api,
    verifier,
    target,
    digest,
    baseline,
    url: before.url,
    noRollback: decision.noRollback,
    recorder: facts,
  });
  if (attempt.kind === 'deployed') logVerified(inputs.app, image, attempt.fleet, log);
  return attempt.kind === 'failed' ? { ...attempt, as: failureKind(attempt.error) } : attempt;
}

interface Choosing {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly found: FoundImage;
  readonly mirror: PlannedMirror | undefined;
  readonly verifier: Verifier;
  readonly asking: BeforeAhead;
  readonly facts: Facts;
}

/** Decides whether the image is deployed over these machines, and whether a rollback could follow. */
async function decide(
  rt: Runtime,
  { inputs, trigger, found, mirror, verifier, asking, facts }: Choosing,
  before: Before,
): Promise<{ readonly skipped?: Outcome; readonly noRollback?: NoRollback | undefined }> {
  const { log } = rt;
  const { baseline } = before;
  const { image, commit } = found;
  if (baseline !== undefined) logBefore(baseline.list, log);
  const order = await asking.order(before, commit);
  if (order !== undefined) {
    facts.renew('order', order);
    if (inputs.mode !== 'dry-run')
      logOrder(order, canBeOutdated(trigger) && inputs.onOutdated !== 'deploy', log);
  }
  const machines = baseline?.list.machines ?? [];
  const fleet = verifier.compare(machines, undefined);
  const isRerun = Number(rt.env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1;
  // An incomplete list does not show whether all machines run the image already.
  const whole = baseline === undefined || isWhole(baseline);
  const skip = reasonToSkip(inputs, trigger, found, order, whole ? fleet : [], isRerun);
  if (skip !== undefined) {
    logSkip(skip, image, order, mirror?.repository, log);
    return { skipped: { kind: 'skipped', ...skip, fleet } };
  }
  const { scope } = verifier;
  const previous = { image, scope, before: machines, recorder: facts };
  return { noRollback: await attestPrevious(rt, inputs, trigger, previous) };
}

async function getFlyctl(rt: Runtime, { flyctlVersion }: Inputs): Promise<string> {
  const { findFlyctl } = await import('../fly/flyctl/find.ts');
  return findFlyctl(rt, flyctlVersion);
}
