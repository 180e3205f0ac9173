import { UserError } from '../lib/user-error.ts';
import type { Report } from '../report/report.ts';
import type { World } from '../runtime.ts';
import { compare, concurrencyLines } from '../verify/compare.ts';

/** GitHub's runner kills 7.5 s after it asked; the last look must leave time for the report. */
const lastLook = 1500;

/**
 * Rejects when the job is cancelled, as soon as flyctl has ended where it runs. Whatever else is under way is left as
 * it is: nothing of it changes anything at Fly.io.
 */
export function whenCancelled({ cancelled }: World, report: Report): Promise<never> {
  return new Promise((_resolve, reject) => {
    // A moment later: what flyctl said last is in the error that its own end brings.
    const stop = () => void report.flyctl.then(() => setTimeout(() => reject(new Error('cancelled')), 50));
    if (cancelled.aborted) stop();
    else cancelled.addEventListener('abort', stop);
  });
}

/** What to report of a run that was cancelled: how far it came, and what the machines run now. Never rolls back. */
export async function afterCancel(
  reason: unknown,
  { cancelled, clock }: World,
  report: Report,
): Promise<UserError> {
  await report.flyctl;
  const signal = typeof cancelled.reason === 'string' ? cancelled.reason : 'a signal';
  const began = report.deployStartedAt;
  if (began === undefined) {
    return new UserError({
      found: `The run was cancelled (${signal}) before anything was deployed.`,
      expected: 'a run that is let end.',
      fix: 'nothing, if it was cancelled on purpose: the machines run what they ran.',
    });
  }
  const image = report.image;
  const machines = await Promise.race([
    report.look?.().catch(() => undefined),
    clock.sleep(lastLook).then(() => undefined),
  ]);
  if (machines !== undefined && image !== undefined) {
    report.machines = compare(machines, { of: () => image, scope: () => true, since: began });
  }
  const tail = reason instanceof UserError ? ` ${reason.found}` : '';
  return new UserError({
    found: `The run was cancelled (${signal}) while the image was being deployed: machines may be mixed.${tail}`,
    expected: 'a deploy that is let end.',
    fix: `look at the machines, and deploy again. In the workflow, let one deploy end before the next begins:\n${concurrencyLines}`,
  });
}
