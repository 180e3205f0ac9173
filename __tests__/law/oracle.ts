import type { Platform } from '../../sandbox/fly/platform.ts';
import type { App, Machine, Release } from '../../sandbox/fly/types.ts';
import type { History } from './history.ts';
import { digestsOf } from './images.ts';

/*
 * The law, as the simulated platform itself knows it.
 *
 * The step must succeed if and only if every machine that the deploy manages runs the image in this release at the end, and
 * keeps running it. The end is the last answer with a list of machines: nothing that the step does comes after it. Of each
 * managed machine that any answer has shown since the step began, the platform's own record must say:
 *
 * - its version was made from the meant image, and carries the last release that this step's flyctl made;
 * - its process has not failed in this version, its checks pass if it is started, and its state is one in which it may stay;
 * - it is the same version that the first list showed in which all this was so;
 * - its version is as old as the settle time asks, on the platform's clock.
 *
 * A machine that no answer has ever shown, from the first list on, cannot be known to exist: it is left out.
 */

/** What the platform recorded of one app while the step ran. */
export class Witness {
  readonly #platform: Platform;
  readonly #history: History;
  readonly #shown = new Set<string>();
  /** The version in which each machine was listed first with nothing amiss. */
  readonly #verified = new Map<string, string>();
  readonly #lists: {
    readonly at: number;
    readonly wrong: string | undefined;
    readonly unsettled: string[];
  }[] = [];

  constructor(platform: Platform, history: History) {
    this.#platform = platform;
    this.#history = history;
  }

  /** The platform has answered the action with a list of these machines. */
  readonly listed = (app: App, ids: readonly string[]): void => {
    for (const id of ids) this.#shown.add(id);
    const [release, at] = [ownRelease(app), this.#platform.clock.now()];
    const known = this.#managed(app).filter(({ id }) => this.#shown.has(id));
    const wrong: string[] = [];
    for (const machine of known) {
      const amiss = this.#amiss(app, machine, release);
      const first = this.#verified.get(machine.id);
      if (amiss !== undefined) wrong.push(`${machine.id} ${amiss}`);
      else if (first !== undefined && first !== machine.instance_id) wrong.push(`${machine.id} has changed`);
      else if (ids.includes(machine.id)) this.#verified.set(machine.id, machine.instance_id);
    }
    if (known.length === 0) wrong.push('there is no machine');
    const { settleSeconds } = this.#history;
    const unsettled = known.filter(
      (machine) => at - this.#platform.vitalsOf(machine).since < settleSeconds * 1000,
    );
    this.#lists.push({ at, wrong: wrong[0], unsettled: unsettled.map(({ id }) => id) });
  };

  /** When the action got its last list. */
  get end(): number | undefined {
    return this.#lists.at(-1)?.at;
  }

  /** Why not every machine ran the image at the end; undefined where each did. */
  get wrong(): string | undefined {
    const last = this.#lists.at(-1);
    return last === undefined ? 'no list was answered' : last.wrong;
  }

  /** Machines that had not settled at the end. */
  get unsettled(): readonly string[] {
    return this.#lists.at(-1)?.unsettled ?? [];
  }

  /** Do all managed machines run an image with this digest now? */
  allRun(app: App, digests: readonly string[]): boolean {
    return this.#managed(app).every(
      ({ id, image_ref }) => !this.#shown.has(id) || digests.includes(image_ref.digest),
    );
  }

  /** The machines that the deploy manages: flyctl's own, without temporary ones, and those that its flags select. */
  #managed({ machines }: App): Machine[] {
    const { flags } = this.#history;
    return machines.filter(({ region, config: { metadata } }) => {
      const group = metadata['fly_process_group'] ?? 'app';
      if (metadata['fly_platform_version'] !== 'v2' || group.startsWith('fly_app_')) return false;
      if (flags === '--exclude-regions sin') return region !== 'sin';
      return flags === '' || group === 'app';
    });
  }

  #amiss(app: App, machine: Machine, release: Release | undefined): string | undefined {
    const { config, image_ref, state } = machine;
    const { broken } = this.#platform.vitalsOf(machine);
    if (!digestsOf(this.#history.image).includes(image_ref.digest)) return `runs ${image_ref.digest}`;
    if (release === undefined || config.metadata['fly_release_id'] !== release.id)
      return 'is of another release';
    if (broken) return 'is broken';
    const place = app.machines.indexOf(machine);
    if (state === 'started' && app.faults.active('critical-check', place, app.machines.length) !== undefined)
      return 'does not pass its check';
    const quiet = ['stopped', 'suspended', ...(startsLater(config) ? ['created'] : [])];
    return state === 'started' || quiet.includes(state) ? undefined : `is ${state}`;
  }
}

const startsLater = (config: Machine['config']): boolean =>
  config['standbys'] !== undefined || config['schedule'] !== undefined || config['skip_launch'] === true;

const ownRelease = ({ releases }: App): Release | undefined =>
  releases.findLast(({ another }) => another === undefined);
