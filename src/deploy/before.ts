import type { Trigger } from '../event/types.ts';
import type { FlyApi } from '../fly/api.ts';
import { type AppUrl, askAppUrl } from '../fly/app.ts';
import type { Machine } from '../fly/machine.ts';
import { ahead, freshFor } from '../github/ahead.ts';
import { type CommitOrder, orderOfImage } from '../image/age.ts';
import type { Inputs, TargetInputs } from '../inputs/inputs.ts';
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

interface Results {
  readonly before: readonly Machine[];
  readonly url: string;
}

/**
 * Reads the machines and the app's URL before anything is changed.
 *
 * @throws UserError when the machines cannot be read. Not in a dry run: it reports what would be deployed even while Fly.io
 *   is down or the token is missing.
 */
async function readBefore(
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

/** What a deploy depends on besides the image, requested ahead of its turn. */
export interface BeforeAhead {
  readonly read: () => Promise<Before>;
  /** How the image's commit compares with the running one. @param commit undefined if nothing names one. */
  readonly order: (before: Before, commit: string | undefined) => Promise<CommitOrder | undefined>;
}

interface BeforeDeps {
  readonly api: FlyApi;
  readonly recorder: Recorder<Results>;
  /** The commit that the image should be built from, if it is known before the image is. */
  readonly expected: string | undefined;
}

/**
 * Begins to read the machines, and to compare the running commit with the expected one. Before a deploy, machines that were read
 * too long before their turn are read again: during a wait for the image, another deploy can have changed them.
 */
export function beginBefore(rt: Runtime, inputs: Inputs, trigger: Trigger, deps: BeforeDeps): BeforeAhead {
  const { api, recorder, expected } = deps;
  const longest = inputs.mode === 'deploy' ? freshFor : undefined;
  const read = (own: Runtime, record: Recorder<Results>) => readBefore(own, inputs, api, record);
  const reading = ahead(rt, recorder, read, longest);
  const compare = (own: Runtime, before: Before, commit: string | undefined) =>
    orderOfImage(own, inputs, trigger, commit, before.baseline?.list.machines);
  const comparing = ahead(rt, recorder, async (own: Runtime) => {
    const before = await reading.early;
    return { before, order: await compare(own, before, expected) };
  });
  return {
    read: reading.turn,
    order: async (before, commit) => {
      // Machines that could not be read at first fail this too, although they were read again since.
      const early = commit === expected ? await comparing.turn().catch(() => undefined) : undefined;
      return early !== undefined && isSameFleet(early.before.baseline, before.baseline)
        ? early.order
        : compare(rt, before, commit);
    },
  };
}

/**
 * The machines right before flyctl starts: read again if they were read too long ago, such as before the copy of a large image.
 *
 * @throws UserError when Fly.io refuses.
 */
export function rightBefore(
  { clock }: Pick<Runtime, 'clock'>,
  api: FlyApi,
  recorder: Pick<Recorder<object>, 'timed'>,
  baseline: Baseline,
): Baseline | Promise<Baseline> {
  if (clock.now() - baseline.at <= freshFor) return baseline;
  return recorder.timed('Read the machines again', () => readBaseline(api, clock));
}

/** Whether these are the same machines, and run the same images. */
export const isSameFleet = (one: Baseline | undefined, other: Baseline | undefined): boolean =>
  runsOf(one) === runsOf(other);

const runsOf = (baseline: Baseline | undefined): string | undefined =>
  baseline?.list.machines
    .map(({ id, image, digest }) => `${id} ${image} ${digest}`)
    .sort()
    .join('\n');
