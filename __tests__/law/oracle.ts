import type { FaultName } from '../../sandbox/fly/faults.ts';
import type { Platform } from '../../sandbox/fly/platform.ts';
import type { App, Machine } from '../../sandbox/fly/types.ts';
import type { History } from './history.ts';
import { digestsOf, tags } from './images.ts';

/*
 * The law, from the records of the simulated platform.
 *
 * The step must succeed if and only if every machine that the deploy manages runs the image in this release at the end, and
 * keeps running it. The end is the last answer with a list of machines, which is the last act of the step. For each managed
 * machine in any answer since the step began, the platform's own record must show:
 *
 * - Its version was made from the deployed image (in a machine with containers, one of them), and has the last release that
 *   this step's flyctl made.
 * - Its process has not failed in this version, its checks pass if it is started, and it can stay in its state.
 * - Its version is the one in the first list in which all of this was true.
 * - Its version is as old as the settle time, on the platform's clock.
 *
 * The step cannot know of a machine that no answer has contained since the first list. Such a machine is ignored, unless it
 * was added later and the app's count of machines was always correct. If flyctl does not print its release, it is unknown
 * which of two releases it made, so the first one of another deploy also counts.
 */

/** The platform's records about one app during the step. */
export class Witness {
  readonly #platform: Platform;
  readonly #history: History;
  readonly #shown = new Set<string>();
  /** The digests of the machines that existed at the first list, by the machines' IDs. */
  readonly #first = new Map<string, string>();
  readonly #isCounted: boolean;
  /** The version of each machine when it was first listed without a fault. */
  readonly #verified = new Map<string, string>();
  readonly #lists: {
    readonly at: number;
    readonly wrong: string | undefined;
    readonly blank: readonly string[];
    readonly unsettled: readonly string[];
  }[] = [];

  constructor(platform: Platform, history: History) {
    this.#platform = platform;
    this.#history = history;
    // Without a count before the deploy, there is nothing to compare after it.
    const first: readonly FaultName[] = [
      ...(['partial-list', 'empty-list', 'object-list', 'paged-list'] as const),
      ...(['busy', 'refused', 'no-count'] as const),
    ];
    this.#isCounted = history.faults.every(
      ({ name, since }) => name !== 'wrong-count' && !(since === 'now' && first.includes(name)),
    );
  }

  /** flyctl has exited. Earlier lists were about another deploy. */
  deployed(): void {
    this.#verified.clear();
  }

  /** The platform has sent the action a list of these machines. */
  readonly listed = (app: App, ids: readonly string[]): void => {
    for (const id of ids) this.#shown.add(id);
    if (this.#lists.length === 0)
      for (const { id, image_ref } of app.machines) this.#first.set(id, image_ref.digest);
    const at = this.#platform.clock.now();
    const { settleSeconds } = this.#history;
    const unsettled = this.#known(app).filter(
      (machine) => at - this.#platform.vitalsOf(machine).since < settleSeconds * 1000,
    );
    const wrong = this.wrongNow(app);
    this.#lists.push({ at, wrong, blank: this.blank(app), unsettled: unsettled.map(({ id }) => id) });
    const releases = this.#releases(app);
    for (const machine of this.#known(app)) {
      if (!ids.includes(machine.id) || this.#verified.has(machine.id)) continue;
      if (this.#amiss(app, machine, releases) === undefined)
        this.#verified.set(machine.id, machine.instance_id);
    }
  };

  /** Why not every machine runs the image at this moment; undefined if each does. */
  wrongNow(app: App): string | undefined {
    const releases = this.#releases(app);
    const known = this.#known(app);
    for (const machine of known) {
      const amiss = this.#amiss(app, machine, releases);
      if (amiss !== undefined) return `${machine.id} ${amiss}`;
      const first = this.#verified.get(machine.id);
      if (first !== undefined && first !== machine.instance_id) return `${machine.id} has changed`;
    }
    return known.length === 0 ? 'there is no machine' : undefined;
  }

  /** The managed machines whose image the API does not report now. */
  blank(app: App): string[] {
    const { faults, machines } = app;
    const isBlank = (machine: Machine) =>
      (['missing-digest', 'unreachable-host'] as const).some(
        (name) => faults.active(name, machines.indexOf(machine), machines.length) !== undefined,
      );
    return this.#known(app)
      .filter((machine) => isBlank(machine) && machine.config['containers'] === undefined)
      .map(({ id }) => id);
  }

  /** Machines without a reported image, at the end and still. */
  stillBlank(app: App): string[] {
    const now = this.blank(app);
    return (this.#lists.at(-1)?.blank ?? []).filter((id) => now.includes(id));
  }

  /** The managed machines in any answer, and those added since the first one if the count is reliable. */
  #known(app: App): Machine[] {
    return this.#managed(app).filter(
      ({ id }) => this.#shown.has(id) || (this.#isCounted && !this.#first.has(id)),
    );
  }

  /** The time of the action's last list. */
  get end(): number | undefined {
    return this.#lists.at(-1)?.at;
  }

  /** Why not every machine ran the image at the end; undefined if each did. */
  get wrong(): string | undefined {
    const last = this.#lists.at(-1);
    return last === undefined ? 'no list was answered' : last.wrong;
  }

  /** Machines that had not settled at the end. */
  get unsettled(): readonly string[] {
    return this.#lists.at(-1)?.unsettled ?? [];
  }

  /** Whether every managed machine runs an image that ran before the deploy. */
  isBack(app: App): boolean {
    const before = new Set(this.#first.values());
    return this.#managed(app).every(
      ({ id, image_ref }) => !this.#shown.has(id) || before.has(image_ref.digest),
    );
  }

  /** The machines that the deploy manages: flyctl's permanent machines that its flags select. */
  #managed({ machines }: App): Machine[] {
    const { flags } = this.#history;
    return machines.filter(({ region, config: { metadata } }) => {
      const group = metadata['fly_process_group'] ?? 'app';
      if (metadata['fly_platform_version'] !== 'v2' || group.startsWith('fly_app_')) return false;
      if (flags === '--exclude-regions sin') return region !== 'sin';
      return flags === '' || group === 'app';
    });
  }

  /** IDs of the releases that can be this step's. */
  #releases({ releases }: App): string[] {
    const { kind, prints } = this.#history.flyctl;
    const own = releases.findLast(({ id, another }) => another === undefined && id !== 'before');
    const other = releases.find(({ another }) => another === true);
    const open = !prints || kind === 'nothing';
    return [own, open ? other : undefined].flatMap((each) => each?.id ?? []);
  }

  #amiss(app: App, machine: Machine, releases: readonly string[]): string | undefined {
    const { config, image_ref, state } = machine;
    const { broken } = this.#platform.vitalsOf(machine);
    const digests = digestsOf(this.#history.image);
    const containers = (config['containers'] ?? []) as { image: string }[];
    if (containers.length === 0 && !digests.includes(image_ref.digest)) return `runs ${image_ref.digest}`;
    const names = [
      ...digests.map((digest) => `@${digest}`),
      ...(this.#history.staleTag ? [] : [`:${tags.meant}`]),
    ];
    const runs = containers.some(({ image }) => names.some((name) => image.endsWith(name)));
    if (containers.length > 0 && !runs) return `runs ${containers[0]?.image}`;
    if (!releases.includes(config.metadata['fly_release_id'] ?? '')) return 'is of another release';
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
