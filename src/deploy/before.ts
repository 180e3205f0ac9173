import type { FlyApi } from '../fly/api.ts';
import { type AppUrl, askAppUrl } from '../fly/app.ts';
import type { Machine } from '../fly/machine.ts';
import type { TargetInputs } from '../inputs/inputs.ts';
import type { Recorder } from '../lib/stages.ts';
import { formatError, UserError } from '../lib/user-error.ts';
import type { Runtime } from '../runtime.ts';
import { type Baseline, readBaseline } from '../verify/observe.ts';

/** What is known of the app before the deploy. */
export interface Before {
  /** The app's machines; undefined where a dry run could not read them. */
  readonly baseline: Baseline | undefined;
  /** The app's own URL; undefined where Fly.io did not answer. */
  readonly url: AppUrl | undefined;
}

type Results = { readonly before: readonly Machine[]; readonly url: string };

/**
 * Reads the machines and the app's URL before anything is changed.
 *
 * @throws UserError when the machines cannot be read. Not in a dry run: it reports what would be deployed even while Fly.io
 *   is down or the token is missing.
 */
export async function readBefore(
  rt: Pick<Runtime, 'log' | 'fetch' | 'clock' | 'random'>,
  { mode, flyToken }: Pick<TargetInputs, 'mode' | 'flyToken'>,
  api: FlyApi,
  recorder: Recorder<Results>,
): Promise<Before> {
  const { log } = rt;
  if (flyToken === '') {
    log.notice(
      'The running machines were not checked: this dry run has no Fly.io token. To check them: `with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`.',
    );
    return { baseline: undefined, url: undefined };
  }
  return recorder.timed('Read the machines', async () => {
    const asked = askAppUrl(rt, api);
    let baseline: Baseline | undefined;
    try {
      baseline = await readBaseline(api, rt.clock);
      recorder.keep('before', baseline.list.machines);
    } catch (error) {
      if (mode === 'deploy' || !(error instanceof UserError)) throw error;
      log.warning(`The running machines could not be read.\n${formatError(error)}`);
    }
    const url = await asked;
    if (url !== undefined && url !== 'none') recorder.keep('url', url);
    return { baseline, url };
  });
}
