import { flyApi } from '../fly/api.ts';
import type { Machine } from '../fly/machine.ts';
import { listMachines } from '../fly/machines.ts';
import type { Release } from '../fly/releases.ts';
import type { TargetInputs } from '../inputs/inputs.ts';
import { concurrencyLines } from '../lib/advice.ts';
import type { Run } from '../lib/child.ts';
import { UserError } from '../lib/user-error.ts';
import type { Runtime } from '../runtime.ts';
import { type CheckedMachine, compare, type ExpectedDigests } from '../verify/compare.ts';
import { leftoverFix, leftoverOf, notIn } from '../verify/leftover.ts';
import { surplusFix, surplusOf } from './surplus.ts';

/** A canceled run ends within 5 s. A program has half of that; the last check has this long, in milliseconds. */
const lastCheck = 1200;

/** A runtime that notices when flyctl or the user's own test runs. */
export interface Cancellable {
  readonly rt: Runtime;
  /** Done when neither of them runs. */
  readonly programsEnded: () => Promise<unknown>;
}

export function cancellable(outside: Runtime): Cancellable {
  let running: Promise<unknown> = Promise.resolve();
  const noting =
    (run: Run): Run =>
    (...call) => {
      // Work that continues in the background after a cancel must not start another deploy.
      if (outside.cancelled.aborted) return Promise.reject(new Error('the run was canceled'));
      const exit = run(...call);
      running = exit.catch(() => undefined);
      return exit;
    };
  const rt = { ...outside, run: noting(outside.run), runTest: noting(outside.runTest) };
  return { rt, programsEnded: () => running };
}

/**
 * Rejects when the job is canceled, after flyctl or the user's own test has ended if it runs. Everything else that is under way continues: none of
 * it changes anything on Fly.io.
 */
export function whenCancelled({ rt: { cancelled }, programsEnded }: Cancellable): Promise<never> {
  return new Promise((_resolve, reject) => {
    // A moment later, because the error of a program's end contains what it printed last.
    const stop = () => void programsEnded().then(() => setTimeout(() => reject(new Error('cancelled')), 50));
    if (cancelled.aborted) stop();
    else cancelled.addEventListener('abort', stop);
  });
}

/** How far a run came before it was canceled. */
export interface CancelledRun {
  readonly inputs?: Pick<TargetInputs, 'app' | 'flyToken' | 'mode'>;
  readonly image?: ExpectedDigests;
  /** In milliseconds since 1970; undefined where flyctl was not started. */
  readonly deployStartedAt?: number;
  /** The machines before the deploy. */
  readonly before?: readonly Machine[];
  /** The release, after flyctl succeeded. */
  readonly release?: Release;
}

/** Reports how far a canceled run came and what the machines run now. Never rolls back. */
export async function afterCancel(
  reason: unknown,
  { rt, programsEnded }: Cancellable,
  { inputs, image, deployStartedAt, before, release }: CancelledRun,
): Promise<{ readonly error: UserError; readonly fleet: readonly CheckedMachine[] | undefined }> {
  await programsEnded();
  const signal = typeof rt.cancelled.reason === 'string' ? rt.cancelled.reason : 'a signal';
  if (deployStartedAt === undefined || inputs === undefined || image === undefined) {
    const error = new UserError({
      code: 'run-cancelled',
      found: `The run was canceled (${signal}) before anything was deployed.`,
      expected: 'A run that finishes.',
      fix: 'No action is needed if you canceled it on purpose: the machines are unchanged. Otherwise, run the job again.',
    });
    return { error, fleet: undefined };
  }
  const machines = await Promise.race([
    listMachines(flyApi(rt, inputs)).catch(() => undefined),
    rt.clock.sleep(lastCheck).then(() => undefined),
  ]);
  const { app } = inputs;
  const fleet =
    machines &&
    compare(machines, { app, of: () => image, release: () => release, scope: () => true, before });
  const last = reason instanceof UserError ? ` ${reason.found}` : '';
  return {
    error: new UserError({
      code: 'deploy-cancelled',
      found: `The run was canceled (${signal}) ${release === undefined ? 'during the deploy: machines may run different images' : 'after flyctl had deployed the image and before every machine was verified'}.${last}`,
      expected: 'A deploy that finishes.',
      fix: fixOf(app, fleet ?? [], before),
    }),
    fleet,
  };
}

function fixOf(
  app: string,
  fleet: readonly CheckedMachine[],
  before: readonly Machine[] | undefined,
): string {
  const left = leftoverOf(fleet, notIn(before));
  if (left !== undefined) return leftoverFix(app, left, fleet);
  const surplus = surplusFix(app, surplusOf(fleet, before ?? []));
  if (surplus !== undefined) return `Before you deploy again, ${surplus}`;
  return fleet.some(({ supersededBy }) => supersededBy !== undefined)
    ? `Keep deploys of this app from overlapping, then deploy again:\n${concurrencyLines(app)}`
    : `Check the machines with \`fly machine list -a ${app}\`, then deploy again.`;
}
