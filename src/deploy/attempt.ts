import type { FlyApi } from '../fly/api.ts';
import { type AppUrl, askAppUrl } from '../fly/app.ts';
import type { Release } from '../fly/releases.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { formatDuration } from '../lib/format.ts';
import type { Recorder } from '../lib/stages.ts';
import { UserError } from '../lib/user-error.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import { cautionsOf } from '../verify/cautions.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';
import type { Baseline } from '../verify/observe.ts';
import type { Verifier } from '../verify/verifier.ts';
import type { Watched } from '../verify/watch.ts';
import { type DeployTarget, deploy, FlyctlFailure } from './deploy.ts';
import { staleDigest } from './pin.ts';
import type { NoRollback } from './previous.ts';
import { type Production, productionAfter, productionOf } from './production.ts';
import { deployError, isManifestMissing } from './remedy.ts';
import { type Rollback, rollBack } from './rollback.ts';
import { surplusOf, surplusWords } from './surplus.ts';

/** The facts that a deploy finds out. */
export interface DeployResults {
  /** In milliseconds since 1970. */
  readonly deployStartedAt: number;
  /** The release that flyctl reported, after it succeeded. */
  readonly release: Release;
  /** What was deployed a second time, by digest, because Fly.io resolved the tag to an older image. */
  readonly pinned: { readonly reference: Reference; readonly release: Release | undefined };
  /** The machines, all of them verified. */
  readonly fleet: readonly CheckedMachine[];
  /** Fly.io reported the number of machines neither before nor after the deploy. */
  readonly uncounted: true;
  /** What the app's own answers came to while the machines settled. */
  readonly answers: string;
  /** The app's own URL. */
  readonly url: string;
  readonly rollback: Rollback;
}

/** How a deploy ended. */
export type Attempt =
  | {
      readonly kind: 'deployed';
      readonly release: Release | undefined;
      readonly fleet: readonly CheckedMachine[];
    }
  | {
      readonly kind: 'failed';
      /** The stage that failed. */
      readonly at: 'Deploy' | 'Verify';
      readonly error: UserError;
      /** The machines as they were last seen. */
      readonly fleet: readonly CheckedMachine[] | undefined;
      readonly production: Production;
      readonly rollback: Rollback;
    };

export interface AttemptDeps {
  readonly api: FlyApi;
  readonly verifier: Verifier;
  readonly target: DeployTarget;
  /** The digest to deploy if Fly.io resolves the target's tag to another image. */
  readonly digest: string;
  /** The app's machines before the deploy. */
  readonly baseline: Baseline;
  /** The app's own URL, where it is known already. */
  readonly url: AppUrl | undefined;
  /** Why nothing can be rolled back, if that is known before the deploy. */
  readonly noRollback: NoRollback | undefined;
  readonly recorder: Recorder<DeployResults>;
}

/** The same, and the app's URL, which is requested once, when it is first needed. */
interface Deps extends AttemptDeps {
  readonly urlOnce: () => Promise<AppUrl | undefined>;
}

/**
 * Deploys and verifies. Rolls a failed deploy back if the inputs ask for it.
 *
 * @throws anything but a UserError, and everything after a cancel: nothing is rolled back then.
 */
export async function deployAndVerify(rt: Runtime, inputs: Inputs, given: AttemptDeps): Promise<Attempt> {
  const { log, clock } = rt;
  const { target, recorder } = given;
  let url: Promise<AppUrl | undefined> | undefined;
  const urlOnce = () => {
    url ??= urlOf(rt, given);
    return url;
  };
  const deps: Deps = { ...given, urlOnce };
  recorder.keep('deployStartedAt', clock.now());
  let [at, release]: ['Deploy' | 'Verify', Release | undefined] = ['Deploy', undefined];
  try {
    release = await recorder.timed('Deploy', () => runFlyctl(rt, inputs, target));
    if (release !== undefined) recorder.keep('release', release);
    at = 'Verify';
    const fleet = await recorder.stage('fleet', 'Verify', async () => {
      const { watched, made } = await verifyOrPin(rt, inputs, release, deps);
      release = made;
      if (watched.answers !== undefined) recorder.keep('answers', watched.answers);
      return watched.machines;
    });
    const surplus = surplusOf(managed(fleet), given.baseline.list.machines);
    for (const each of surplus) log.warning(surplusWords(inputs.app, each));
    const uncounted = given.baseline.count === undefined;
    if (uncounted) recorder.keep('uncounted', true);
    for (const caution of cautionsOf(fleet, uncounted)) log.warning(caution);
    return { kind: 'deployed', release, fleet };
  } catch (reason) {
    return failed(rt, inputs, { reason, at, release }, deps);
  }
}

/** Finds out what a failed deploy left behind, and rolls it back if asked. */
async function failed(
  rt: Runtime,
  inputs: Inputs,
  end: { readonly reason: unknown; readonly at: 'Deploy' | 'Verify'; readonly release: Release | undefined },
  deps: Deps,
): Promise<Attempt> {
  const { reason, at, release } = end;
  const { verifier, baseline, target } = deps;
  const facts = { app: inputs.app, isPublic: target.isPublic };
  if (rt.cancelled.aborted) throw reason instanceof FlyctlFailure ? deployError(reason, facts) : reason;
  if (!(reason instanceof UserError || reason instanceof FlyctlFailure)) throw reason;
  const production: Production =
    reason instanceof FlyctlFailure
      ? await productionAfter(reason, verifier, baseline, deps.urlOnce)
      : productionOf(reason, verifier, baseline);
  const error =
    reason instanceof UserError
      ? reason
      : deployError(reason, {
          ...facts,
          fleet: verifier.seen,
          before: baseline.list.machines,
          updated: production.kind === 'updated',
        });
  const deployed = at === 'Verify';
  const rollback = await rollBack(rt, inputs, { error, deployed, release, baseline, production }, deps);
  return { kind: 'failed', at, error, fleet: verifier.seen, production, rollback };
}

/** How long to wait for Fly.io to find an image in its own registry, in milliseconds. */
const flysLag = 20_000;

/** Runs flyctl, and a second time if Fly.io does not find an image that was just pushed to its own registry. */
async function runFlyctl(rt: Runtime, inputs: Inputs, target: DeployTarget): Promise<Release | undefined> {
  const { log, clock, cancelled } = rt;
  const title = `flyctl deploy --app ${inputs.app} --image ${formatReference(target.reference)}`;
  const run = () => log.group(title, () => deploy(rt, inputs, target));
  try {
    return await run();
  } catch (error) {
    const lags = target.isFlys && error instanceof FlyctlFailure && isManifestMissing(error);
    if (!lags || cancelled.aborted) throw error;
    log.line(
      `Fly.io does not find the image that was just pushed to its registry, which can take up to a minute. flyctl runs again in ${formatDuration(flysLag)}.`,
    );
    await clock.sleep(flysLag);
    return run();
  }
}

/**
 * Verifies what flyctl deployed. Fly.io caches which image a tag names. If every machine runs the same other image, the
 * cached tag is the likely cause, so the digest is deployed, once.
 *
 * @returns what was watched, and its release.
 */
async function verifyOrPin(
  rt: Runtime,
  inputs: Inputs,
  release: Release | undefined,
  deps: Deps,
): Promise<{ readonly watched: Watched; readonly made: Release | undefined }> {
  const { verifier, baseline, target, digest, recorder } = deps;
  const { log } = rt;
  const url = await deps.urlOnce();
  const verify = async (before: Baseline, made: Release | undefined) => {
    const title = 'Verify what the machines run';
    const watched = await log.group(title, () => verifier.verify(before, made, url));
    return { watched, made };
  };
  try {
    return await verify(baseline, release);
  } catch (error) {
    const stale = staleDigest(error, target.reference, verifier.seen ?? []);
    if (stale === undefined) throw error;
    const { host, path } = target.reference;
    const reference = { host, path, digest };
    log.warning(
      `Fly.io resolved ${formatReference(target.reference)} to ${stale}, an older image of that tag. The tag now names ${digest}, which is deployed again by its digest.`,
    );
    const before = await verifier.baseline();
    const again = await runFlyctl(rt, inputs, { ...target, reference });
    recorder.keep('pinned', { reference, release: again });
    return await verify(before, again);
  }
}

/** This deploy can have given its URL to an app that had no machine before. */
async function urlOf(rt: Runtime, { api, url, recorder }: AttemptDeps): Promise<AppUrl | undefined> {
  if (url !== undefined && url !== 'none') return url;
  const found = await askAppUrl(rt, api);
  if (found !== undefined && found !== 'none') recorder.keep('url', found);
  return found;
}
