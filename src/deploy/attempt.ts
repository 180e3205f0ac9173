import type { FlyApi } from '../fly/api.ts';
import { appUrl } from '../fly/app.ts';
import type { Machine } from '../fly/machines.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Recorder } from '../lib/stages.ts';
import { UserError } from '../lib/user-error.ts';
import { formatReference } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import type { CheckedMachine } from '../verify/compare.ts';
import type { Verifier } from '../verify/verifier.ts';
import { type DeployTarget, deploy, type Release } from './deploy.ts';
import { type Rollback, rollBack } from './rollback.ts';

/** What a deploy learns on its way. */
export interface DeployResults {
  /** In milliseconds since 1970. */
  readonly deployStartedAt: number;
  readonly release: Release;
  /** The machines, all of them verified. */
  readonly fleet: readonly CheckedMachine[];
  /** The app's own URL. */
  readonly url: string;
  readonly rollback: Rollback;
}

/** How a deploy ended. */
export type Attempt =
  | {
      readonly kind: 'deployed';
      readonly release: Release;
      readonly fleet: readonly CheckedMachine[] | 'not-verified';
    }
  | {
      readonly kind: 'failed';
      /** The stage that failed. */
      readonly at: 'Deploy' | 'Verify';
      readonly error: UserError;
      /** The machines as they were last seen. */
      readonly fleet: readonly CheckedMachine[] | undefined;
      readonly rollback: Rollback;
    };

export interface AttemptDeps {
  readonly api: FlyApi;
  readonly verifier: Verifier;
  readonly target: DeployTarget;
  /** The machines before the deploy. */
  readonly before: readonly Machine[] | undefined;
  /** The app's own URL, where it is known already. */
  readonly url: string | undefined;
  readonly recorder: Recorder<DeployResults>;
}

/**
 * Deploys, verifies, and rolls back what failed, where the inputs ask for it.
 *
 * @throws what is no UserError, and anything after a cancel: nothing is rolled back then.
 */
export async function deployAndVerify(rt: Runtime, inputs: Inputs, deps: AttemptDeps): Promise<Attempt> {
  const { log, clock, cancelled } = rt;
  const { verifier, target, before, recorder } = deps;
  const { app } = inputs;
  const startedAt = clock.now();
  recorder.keep('deployStartedAt', startedAt);
  let release: Release | undefined;
  try {
    release = await recorder.stage('release', 'Deploy', () =>
      log.group(`flyctl deploy --app ${app} --image ${formatReference(target.reference)}`, () =>
        deploy(rt, inputs, target),
      ),
    );
    if (!inputs.verify) {
      log.warning('`verify` is false: no machine was looked at, so this run does not know what runs.');
      return { kind: 'deployed', release, fleet: 'not-verified' };
    }
    const { version } = release;
    const fleet = await recorder.stage('fleet', 'Verify', () =>
      log.group('Verify what the machines run', async () =>
        verifier.verify(startedAt, version, await urlOf(deps)),
      ),
    );
    return { kind: 'deployed', release, fleet };
  } catch (error) {
    if (!(error instanceof UserError) || cancelled.aborted) throw error;
    const rollback = await rollBack(rt, inputs, { error, startedAt, release, before }, deps);
    const at = release === undefined ? 'Deploy' : 'Verify';
    return { kind: 'failed', at, error, fleet: verifier.seen, rollback };
  }
}

/** An app that had no machine before may have got its URL by this deploy. */
async function urlOf({ api, url, recorder }: AttemptDeps): Promise<string | undefined> {
  if (url !== undefined) return url;
  const found = await appUrl(api);
  if (found !== undefined) recorder.keep('url', found);
  return found;
}
