import type { Release } from '../fly/releases.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { counted } from '../lib/format.ts';
import type { Recorder } from '../lib/stages.ts';
import { formatError, type UserError } from '../lib/user-error.ts';
import { formatReference } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';
import { leftoverOf, notIn } from '../verify/leftover.ts';
import type { Baseline } from '../verify/observe.ts';
import type { Verifier } from '../verify/verifier.ts';
import { type DeployTarget, deploy } from './deploy.ts';
import { type NoRollback, type Previous, previousOf, rollbackFlags, whyFailed } from './previous.ts';
import { isBad, isFailureOfApp, isSuperseded, type Production } from './production.ts';
import { extraWords, type Surplus, surplusOf, surplusWords } from './surplus.ts';

/** The result of a failed deploy's rollback. */
export type Rollback =
  | {
      readonly kind: 'rolled-back';
      readonly to: readonly Previous[];
      readonly machines: number;
      /** Machines that the failed deploy left behind. They run the previous image, too. */
      readonly surplus: readonly Surplus[];
    }
  | ({ readonly kind: 'not-rolled-back' } & NoRollback)
  /** flyctl failed before it changed a machine. */
  | { readonly kind: 'untouched' }
  /** The inputs do not ask for one; `helps`: the new version caused the failure. */
  | { readonly kind: 'not-asked'; readonly helps: boolean };

/** A deploy that failed. */
export interface FailedDeploy {
  readonly error: UserError;
  /** Whether flyctl succeeded. */
  readonly deployed: boolean;
  /** The release, as far as flyctl reported it. */
  readonly release: Release | undefined;
  /** The app's machines before the deploy. */
  readonly baseline: Baseline;
  /** What flyctl left behind where it failed. */
  readonly production: Production;
}

export interface RollbackDeps {
  readonly verifier: Verifier;
  readonly target: DeployTarget;
  /** Why nothing can be rolled back, if that was known before the deploy. */
  readonly noRollback: NoRollback | undefined;
  readonly recorder: Recorder<{ readonly rollback: Rollback }>;
}

/**
 * Deploys the previous image again if `rollback` asks for it, that image is certain, and the new one is known to fail. The
 * deploy has failed in any case. The verifier shows the machines as they are at the end.
 */
export async function rollBack(
  rt: Runtime,
  inputs: Inputs,
  failed: FailedDeploy,
  deps: RollbackDeps,
): Promise<Rollback> {
  const { log, cancelled } = rt;
  const { error, deployed, release, baseline, production } = failed;
  const before = baseline.list.machines;
  const { verifier } = deps;
  if (inputs.rollback === 'false')
    return {
      kind: 'not-asked',
      helps: deployed && error.code !== 'bluegreen-unfinished' && failedByItself(error, verifier.seen),
    };
  if (production.kind === 'unchanged') return { kind: 'untouched' };
  if (production.kind === 'updated') {
    const why = 'every machine runs the new image and passes its checks';
    return { kind: 'not-rolled-back', code: 'already-updated', why };
  }
  if (isSuperseded(error)) {
    const why =
      'another deploy or a `fly machine` command changed the machines, and a rollback would undo that';
    return { kind: 'not-rolled-back', code: 'superseded', why };
  }
  if (production.kind === 'unknown' || !isBad(error)) {
    const why = 'whether the new image works is unknown';
    return { kind: 'not-rolled-back', code: 'not-determined', why };
  }
  const left =
    error.code === 'bluegreen-unfinished' && leftoverOf(managed(verifier.seen ?? []), notIn(before));
  if (left) {
    const why =
      left.color === 'old'
        ? 'the new machines run the image; only the leftover machines have to be destroyed'
        : 'the old machines are unchanged; only the leftover machines have to be destroyed';
    return { kind: 'not-rolled-back', code: 'bluegreen-unfinished', why };
  }
  const previous = previousOf(before, verifier.scope);
  if (!Array.isArray(previous)) return { kind: 'not-rolled-back', ...previous };
  if (deps.noRollback !== undefined) return { kind: 'not-rolled-back', ...deps.noRollback };

  log.line(formatError(error));
  const see = async () => {
    const now = await verifier.list().catch(() => undefined);
    if (now !== undefined) verifier.see(now, before, release);
  };
  try {
    const done = await deps.recorder.stage('rollback', 'Roll back', () =>
      deployPrevious(rt, inputs, previous, baseline, deps),
    );
    // The table and the output `machines` compare with the new image. They show the check that verified the rollback, because
    // a later check could contradict it.
    if (verifier.seen !== undefined) verifier.see(verifier.seen, before, release);
    return done;
  } catch (reason) {
    await see();
    if (cancelled.aborted) throw error;
    return { kind: 'not-rolled-back', ...whyFailed(reason) };
  }
}

async function deployPrevious(
  rt: Runtime,
  inputs: Inputs,
  previous: readonly Previous[],
  baseline: Baseline,
  { verifier, target }: RollbackDeps,
): Promise<Rollback> {
  const { log } = rt;
  const failed = await verifier.baseline();
  const releases = new Map<string | undefined, Release>();
  for (const each of previous) {
    const flags = rollbackFlags(inputs.flags, each, inputs.rollback === 'with-release-command');
    const { reference } = each;
    const release = await log.group(`Roll back: flyctl deploy --image ${formatReference(reference)}`, () =>
      deploy(rt, { ...inputs, flags, noCache: false }, { ...target, reference }),
    );
    if (release !== undefined) releases.set(each.group, release);
  }
  const digests = new Map(previous.map(({ group, digest }) => [group, digest]));
  const { machines } = await log.group('Verify what the machines run again', () =>
    verifier.verifyPrevious(failed, {
      of: ({ group }) => {
        const digest = digests.get(group) ?? digests.get(undefined) ?? '';
        return { digest, digests: [digest] };
      },
      release: ({ group }) => releases.get(group) ?? releases.get(undefined),
    }),
  );
  const meant = managed(machines);
  const surplus = surplusOf(meant, baseline.list.machines);
  for (const each of surplus) log.warning(surplusWords(inputs.app, each));
  return { kind: 'rolled-back', to: previous, machines: meant.length, surplus };
}

/** Whether the new version caused the failure instead of another deploy at the same time. */
const failedByItself = (error: UserError, machines: readonly CheckedMachine[] = []): boolean =>
  (isFailureOfApp(error) ||
    machines.some(({ failure, waitingFor }) => (failure ?? waitingFor) !== undefined)) &&
  machines.every(({ supersededBy }) => supersededBy === undefined);

/** The result of a rollback as a sentence; undefined if none was requested. */
export function rollbackWords(rollback: Rollback): string | undefined {
  switch (rollback.kind) {
    case 'rolled-back': {
      const images = rollback.to.map(({ reference }) => formatReference(reference)).join(', ');
      const { machines, surplus } = rollback;
      const run = `${counted(machines, 'machine')} ${machines === 1 ? 'runs' : 'run'} ${images} again`;
      if (surplus.length === 0) return `Rolled back: ${run}, as before the deploy.`;
      return `Rolled back: ${run}. ${extraWords(surplus)}`;
    }
    case 'not-rolled-back':
      return `Not rolled back: ${rollback.why}.${mayDiffer(rollback) ? ' The machines may run different images.' : ''}`;
    // The sentence about production has said it all.
    case 'untouched':
    case 'not-asked':
      return undefined;
  }
}

const mayDiffer = ({ code }: NoRollback): boolean =>
  !['already-updated', 'bluegreen-unfinished', 'not-determined', 'nothing-before'].includes(code);
