import type { Machine } from '../fly/machines.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { counted } from '../lib/format.ts';
import type { Recorder } from '../lib/stages.ts';
import { formatError, type UserError } from '../lib/user-error.ts';
import { formatReference } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import type { CheckedMachine } from '../verify/compare.ts';
import type { Verifier } from '../verify/verifier.ts';
import { type DeployTarget, deploy, type Release } from './deploy.ts';
import {
  isUntouched,
  type NoRollback,
  type Previous,
  previousOf,
  rollbackFlags,
  whyFailed,
} from './previous.ts';

/** What became of a failed deploy's rollback. */
export type Rollback =
  | { readonly kind: 'rolled-back'; readonly to: readonly Previous[]; readonly machines: number }
  | ({ readonly kind: 'not-rolled-back' } & NoRollback)
  /** flyctl failed before it changed a machine. */
  | { readonly kind: 'untouched' }
  /** The inputs do not ask for one; `helps`: the new version failed by itself. */
  | { readonly kind: 'not-asked'; readonly helps: boolean };

/** A deploy that failed. */
export interface FailedDeploy {
  readonly error: UserError;
  /** When flyctl was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The release, where flyctl succeeded. */
  readonly release: Release | undefined;
  /** The machines before the deploy. */
  readonly before: readonly Machine[] | undefined;
}

export interface RollbackDeps {
  readonly verifier: Verifier;
  readonly target: DeployTarget;
  readonly recorder: Recorder<{ readonly rollback: Rollback }>;
}

/**
 * Deploys again what ran before, where `rollback` is true and it is known without a guess. The deploy has failed in any
 * case; the machines as they are at the end are the verifier's to show.
 */
export async function rollBack(
  rt: Runtime,
  inputs: Inputs,
  failed: FailedDeploy,
  deps: RollbackDeps,
): Promise<Rollback> {
  const { log, cancelled } = rt;
  const { error, startedAt, release, before } = failed;
  const { verifier } = deps;
  const list = () => verifier.list().catch(() => undefined);
  const now = await list();
  // flyctl stops at the first error: what it left behind is worth seeing.
  if (release === undefined && now !== undefined) verifier.see(now, startedAt);
  if (!inputs.rollback)
    return { kind: 'not-asked', helps: release !== undefined && failedByItself(verifier.seen) };
  if (release === undefined && now !== undefined && isUntouched(now, before, verifier.scope))
    return { kind: 'untouched' };
  const previous = previousOf(before, verifier.scope);
  if (!Array.isArray(previous)) return { kind: 'not-rolled-back', ...previous };

  log.line(formatError(error));
  let last: readonly Machine[] | undefined;
  try {
    const done = await deps.recorder.stage('rollback', 'Roll back', () =>
      deployPrevious(rt, inputs, previous, deps),
    );
    last = verifier.seen;
    return done;
  } catch (reason) {
    last = (await list()) ?? verifier.seen;
    if (cancelled.aborted) throw error;
    return { kind: 'not-rolled-back', ...whyFailed(reason) };
  } finally {
    // The table is about the image that was to be deployed, and so is the output `machines`. After a rollback that was
    // verified it is made of that very check: a later one could contradict it.
    if (last !== undefined) verifier.see(last, startedAt, release?.version);
  }
}

async function deployPrevious(
  rt: Runtime,
  inputs: Inputs,
  previous: readonly Previous[],
  { verifier, target }: RollbackDeps,
): Promise<Rollback> {
  const { log, clock } = rt;
  const since = clock.now();
  for (const each of previous) {
    const flags = rollbackFlags(inputs.flags, each, inputs.rollbackReleaseCommand);
    const { reference } = each;
    await log.group(`Roll back: flyctl deploy --image ${formatReference(reference)}`, () =>
      deploy(rt, { ...inputs, flags, noCache: false }, { ...target, reference }),
    );
  }
  const digests = new Map(previous.map(({ group, digest }) => [group, digest]));
  const machines = await log.group('Verify what the machines run again', () =>
    verifier.verifyPrevious(({ group }) => {
      const digest = digests.get(group) ?? digests.get(undefined) ?? '';
      return { digest, digests: [digest] };
    }, since),
  );
  return { kind: 'rolled-back', to: previous, machines: machines.length };
}

/** Did the new version fail by itself, and not by another deploy at the same time? */
const failedByItself = (machines: readonly CheckedMachine[] = []): boolean =>
  machines.some(({ failure, waitingFor }) => (failure ?? waitingFor) !== undefined) &&
  machines.every(({ supersededBy }) => supersededBy === undefined);

/** What became of a rollback, as a sentence; undefined where none was asked for. */
export function rollbackWords(rollback: Rollback): string | undefined {
  switch (rollback.kind) {
    case 'rolled-back': {
      const images = rollback.to.map(({ reference }) => formatReference(reference)).join(', ');
      const { machines } = rollback;
      return `Rolled back: ${counted(machines, 'machine')} ${machines === 1 ? 'runs' : 'run'} ${images} again, as before the deploy.`;
    }
    case 'not-rolled-back':
      return `Not rolled back: ${rollback.why}. The machines may run different images.`;
    case 'untouched':
      return 'Nothing to roll back: every machine runs what it ran before.';
    case 'not-asked':
      return undefined;
  }
}
