import { type Incoming, type Outgoing, sendJson } from '../lib/http.ts';
import { AfterDeploy } from './after-deploy.ts';
import { machineClock, type PlatformClock } from './clock.ts';
import { FaultSchedule } from './faults.ts';
import type { FoundImage } from './find-image.ts';
import { happen } from './happen.ts';
import {
  addEvent,
  addExit,
  breakMachine,
  checksOf,
  imageRef,
  makeMachine,
  newId,
  noImage,
  setHostClock,
} from './machine.ts';
import type { App, Machine, MachineConfig, NewMachine, Release, Vitals } from './types.ts';

export interface PlatformOptions {
  /** Defaults to the machine's. */
  readonly clock?: PlatformClock;
  /** Finds an image by its reference. @returns undefined if it cannot be pulled. */
  readonly find: (reference: string) => Promise<FoundImage | undefined>;
  /** How far in the past a machine's start is recorded, in milliseconds. Defaults to 11 s. */
  readonly startedAgo?: number;
  /** Called with each new app. */
  readonly created?: (app: App) => void;
  /** Called when the action has received a list of machines. */
  readonly listed?: (app: App, ids: readonly string[]) => void;
}

/** All apps with their machines and faults. */
export class Platform {
  readonly apps = new Map<string, App>();
  /** Calls that this platform does not model. If flyctl makes one, it differs from the modeled version. */
  readonly unknown: string[] = [];
  readonly clock: PlatformClock;
  readonly #options: PlatformOptions;
  readonly #found = new Map<string, { at: number; image: Promise<FoundImage | undefined> }>();
  readonly #vitals = new WeakMap<Machine, Vitals>();
  /** The state of a machine before its last update. */
  readonly #old = new WeakMap<Machine, Pick<Machine, 'image_ref' | 'config'>>();

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.clock = options.clock ?? machineClock();
  }

  /** Finds an image, if the platform can pull it. */
  find(reference: string): Promise<FoundImage | undefined> {
    const known = this.#found.get(reference);
    // Hundreds of machines request the same image at the same time.
    if (known !== undefined && this.clock.now() - known.at < 200) return known.image;
    const image = this.#options.find(reference);
    this.#found.set(reference, { at: this.clock.now(), image });
    return image;
  }

  /** Finds the image that a machine of the app gets. */
  #pull({ behavior: { staleTag } }: App, image: string): Promise<FoundImage | undefined> {
    const isStale = staleTag !== undefined && [staleTag.image].flat().includes(image);
    return this.find(isStale ? staleTag.as : image);
  }

  async createApp(name: string, machines: readonly NewMachine[]): Promise<App> {
    const app: App = {
      name,
      hostname: `${name}.fly.dev`,
      machines: [],
      destroyed: [],
      releases: [],
      leases: new Map(),
      behavior: {},
      afterDeploy: new AfterDeploy(),
      faults: new FaultSchedule(this.clock, (fault) => void happen(this, app, fault)),
    };
    this.apps.set(name, app);
    this.#options.created?.(app);
    for (const machine of machines) app.machines.push(await this.newMachine(machine, app));
    return app;
  }

  async newMachine(machine: NewMachine, app: App): Promise<Machine> {
    const { image = noImage } = machine;
    const found = image === noImage ? undefined : await this.#pull(app, image);
    if (image !== noImage && found === undefined) throw new Error(`no image ${image}`);
    const ref = imageRef(found, app.behavior);
    const made = makeMachine(machine, app.machines.length + app.destroyed.length + 1, ref, this.clock.now());
    setHostClock(made, () => {
      const fault = app.faults.active('host-clock', app.machines.indexOf(made), app.machines.length);
      return fault === undefined ? 0 : (fault.more ?? 3_600_000);
    });
    this.#vitals.set(made, { since: this.clock.now(), started: made.state === 'started', broken: false });
    return made;
  }

  /** The platform's own record of a machine's current version. */
  vitalsOf(machine: Machine): Vitals {
    const found = this.#vitals.get(machine);
    if (found === undefined) throw new Error(`no machine ${machine.id}`);
    return found;
  }

  /**
   * Gives a machine a new version, starts it, and prepares the faults of its app.
   *
   * @returns undefined if the image does not exist.
   */
  async update(
    app: App,
    machine: Machine,
    config: MachineConfig,
    skipLaunch: boolean,
  ): Promise<Machine | undefined> {
    const found = await this.#pull(app, config.image);
    if (found === undefined) return undefined;
    const index = app.machines.indexOf(machine);
    if (app.faults.active('ignored-update', index, app.machines.length) !== undefined) return machine;
    this.#old.set(machine, { image_ref: machine.image_ref, config: machine.config });
    this.#newVersion(machine);
    if (app.behavior.keepOldImage !== index) {
      machine.image_ref = imageRef(found, app.behavior);
      machine.config = config;
    }
    if (machine.state === 'started') addExit(machine, this.clock.now(), { code: 0, requested: true });
    addEvent(machine, 'update', 'replacing', this.clock.now());
    if (!skipLaunch) {
      addEvent(machine, 'launch', 'created', this.clock.now());
      const { lasts } = app.faults.active('slow-start', index, app.machines.length) ?? {};
      if (lasts === undefined) this.start(app, machine);
      else {
        machine.state = 'starting';
        const { instance_id } = machine;
        this.clock.after(lasts, () => {
          if (machine.instance_id === instance_id && machine.state === 'starting') this.start(app, machine);
        });
      }
    } else if (machine.state === 'suspended') machine.state = 'stopped';
    const { revertMachine } = app.behavior;
    if (revertMachine?.index === index) {
      delete app.behavior.revertMachine;
      app.afterDeploy.add(revertMachine.afterLists, () => this.revert(machine));
    }
    this.#prepareTrouble(app, machine);
    if (found.broken) this.#cannotRun(app, machine);
    return machine;
  }

  /** Reverts a machine whose image cannot be unpacked. */
  #cannotRun(app: App, machine: Machine): void {
    const { after = 300, silent = false, kept = false } = app.behavior.brokenImage ?? {};
    if (!kept) this.clock.after(after, () => this.revert(machine, silent));
  }

  #prepareTrouble(app: App, machine: Machine): void {
    const { trouble } = app.behavior;
    if (trouble?.index !== app.machines.indexOf(machine)) return;
    delete app.behavior.trouble;
    app.afterDeploy.add(trouble.afterLists, () => this.break(machine, trouble.kind));
  }

  /** Reverts the last update of a machine. @param silent without an event. */
  revert(machine: Machine, silent = false): void {
    const old = this.#old.get(machine);
    if (old === undefined) return;
    this.#old.delete(machine);
    this.#newVersion(machine);
    Object.assign(machine, old);
    if (machine.state === 'starting') machine.state = 'started';
    if (!silent) addEvent(machine, 'revert', 'failed to launch the new version', this.clock.now());
  }

  /** Breaks the process of a machine. */
  break(machine: Machine, kind: Parameters<typeof breakMachine>[1]): void {
    breakMachine(machine, kind, this.clock.now());
    this.vitalsOf(machine).broken = true;
  }

  #newVersion(machine: Machine): void {
    machine.instance_id = newId();
    machine.version = machine.instance_id;
    machine.updated_at = new Date(this.clock.now()).toISOString();
    this.#vitals.set(machine, { since: this.clock.now(), started: false, broken: false });
  }

  /**
   * Creates a machine from a config, like bluegreen and canary deploys and release commands.
   *
   * @returns undefined if the image does not exist.
   */
  async create(
    app: App,
    config: MachineConfig,
    region: string,
    skipLaunch: boolean,
  ): Promise<Machine | undefined> {
    if ((await this.find(config.image)) === undefined) return undefined;
    const { image, metadata } = config;
    const machine = await this.newMachine({ region, image, metadata, state: 'stopped' }, app);
    machine.config = config;
    addEvent(machine, 'launch', 'created', this.clock.now());
    app.machines.push(machine);
    if (!skipLaunch) this.start(app, machine);
    this.#prepareTrouble(app, machine);
    return machine;
  }

  /** Creates a release. flyctl does this before it updates the first machine. */
  createRelease(app: App, image: string, strategy: string): Release {
    const release: Release = {
      id: newId(),
      version: app.releases.length + 2,
      status: 'pending',
      image_ref: image,
      strategy,
      created_at: new Date(this.clock.now()).toISOString(),
    };
    app.releases.push(release);
    app.afterDeploy.deployStarted();
    const { laterRelease } = app.behavior;
    if (laterRelease !== undefined) {
      delete app.behavior.laterRelease;
      app.afterDeploy.add(laterRelease.afterLists, () => {
        for (const { config } of app.machines) {
          const version = Number(config.metadata['fly_release_version'] ?? 0) + 1;
          config.metadata['fly_release_version'] = String(version);
        }
      });
    }
    return release;
  }

  /** Starts a machine. One with `auto_destroy`, such as that of a release command, runs to its end. */
  start(app: App, machine: Machine): void {
    const now = this.clock.now();
    // flyctl's smoke check waits until the start is more than 10 s old (leasable_machine.go).
    addEvent(machine, 'start', 'started', now - (this.#options.startedAgo ?? 11_000));
    machine.state = 'started';
    const vitals = this.vitalsOf(machine);
    if (!vitals.started) [vitals.started, vitals.since] = [true, now];
    machine.checks = checksOf(machine.config, app.behavior.neverHealthy ? 'critical' : 'passing');
    if (machine.config['auto_destroy'] !== true) {
      if (app.behavior.crashing) addExit(machine, now, { code: 1, restarts: 3 });
      return;
    }
    this.clock.after(300, () => {
      addExit(machine, this.clock.now(), { code: app.behavior.releaseCommand?.exitCode ?? 0 });
      this.destroy(app, machine);
    });
  }

  destroy(app: App, machine: Machine): void {
    const index = app.machines.indexOf(machine);
    if (index < 0) return;
    app.machines.splice(index, 1);
    app.destroyed.push(machine);
    machine.state = 'destroyed';
    addEvent(machine, 'destroy', 'destroyed', this.clock.now());
  }

  /** The action has received a list of machines. */
  listed(app: App, ids: readonly string[]): void {
    app.afterDeploy.listed();
    this.#options.listed?.(app, ids);
  }

  /** Answers 404 to a call that is not modeled, and records it. */
  answerUnknown({ method, url, body }: Incoming, response: Outgoing): void {
    this.unknown.push(`${method} ${url.pathname} ${body.toString('utf8').slice(0, 300)}`.trim());
    sendJson(response, 404, { error: 'not found' });
  }

  close(): void {
    this.clock.close();
  }
}
