import type { Refusal } from '../event/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { formatError, UserError } from '../lib/user-error.ts';
import type { Outcome } from '../report/outcome.ts';
import type { Runtime } from '../runtime.ts';

/** An event that must not deploy, and whose image must not run: `on-refusal` decides whether that fails the step. */
export function refused(refusal: Refusal, { onRefusal, mode }: Inputs, { log }: Runtime): Outcome {
  const error = new UserError(refusal);
  if (onRefusal === 'fail') return { kind: 'failed', as: 'refused', at: 'Read the event', error };
  const words = formatError(error);
  log.notice(`Nothing was ${mode === 'verify' ? 'checked' : 'deployed'}. ${words}`);
  return { kind: 'skipped', reason: 'refused', words, refusal: error };
}
