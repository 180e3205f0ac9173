import { afterCancel, type Cancellable, cancellable, whenCancelled } from './deploy/cancel.ts';
import { isAppName } from './fly/app-name.ts';
import { readInputs } from './inputs/inputs.ts';
import { secretsOf } from './inputs/secrets.ts';
import { Facts } from './report/facts.ts';
import { logInputs } from './report/log-inputs.ts';
import { failureKind, isPlaced, type Outcome } from './report/outcome.ts';
import { publish } from './report/publish.ts';
import type { Runtime } from './runtime.ts';

/** The whole step. It always writes an annotation, outputs and a summary, whatever happens. */
export async function main(outside: Runtime): Promise<Outcome> {
  const facts = new Facts(outside.clock);
  const run = cancellable(facts.noting(outside));
  const over = new AbortController();
  const outcome = await Promise.race([runStep(run.rt, facts, over.signal), whenCancelled(run)])
    .finally(() => over.abort())
    .catch((reason) => failed(reason, run, facts));
  if (isPlaced(outcome)) {
    const { recordDeployment } = await import('./step/record.ts');
    await recordDeployment(outside, facts, outcome);
  }
  await publish(outside, facts, outcome);
  return outcome;
}

/** Reads the inputs, then loads the code of their mode: a step that ends at its inputs does not load it. */
async function runStep(rt: Runtime, facts: Facts, over: AbortSignal): Promise<Outcome> {
  const { log } = rt;
  for (const secret of secretsOf(rt)) log.mask(secret);
  if (isAppName(rt.input('app'))) log.about(rt.input('app'));
  const inputs = await facts.stage('inputs', 'Read the inputs', () => readInputs(rt));
  log.about(inputs.app);
  logInputs(inputs, log);
  if (inputs.mode === 'doctor') {
    const { doctor } = await import('./doctor/main.ts');
    return doctor(rt, inputs, facts);
  }
  if (inputs.mode === 'verify') {
    const { verifyImage } = await import('./step/verify.ts');
    return verifyImage(rt, inputs, facts);
  }
  // This loads everything that a deploy needs, so that nothing is loaded while machines change.
  const { deployFlyImage } = await import('./step/deploy.ts');
  return deployFlyImage(rt, inputs, facts, over);
}

/** Anything thrown, as an outcome. After a cancel, the outcome is the cancel and what the machines run then. */
async function failed(reason: unknown, run: Cancellable, facts: Facts): Promise<Outcome> {
  const at = facts.current;
  if (run.rt.cancelled.aborted)
    return { kind: 'cancelled', at, ...(await afterCancel(reason, run, facts.known)) };
  const error = reason instanceof Error ? reason : new Error(String(reason));
  return { kind: 'failed', as: failureKind(error), at, error };
}
