import type { ServerResponse } from 'node:http';
import { type Incoming, sendJson } from '../lib/http.ts';
import { AfterDeploy } from './after-deploy.ts';
import { type FoundImage, findImage, type OwnRegistry } from './find-image.ts';
import {
  addEvent,
  addExit,
  breakMachine,
  checksOf,
  imageRef,
  makeMachine,
  newId,
  noImage,
} from './machine.ts';
import type { App, Machine, NewMachine, Release } from './types.ts';

/** All apps and their machines, and the faults that they were given. */
export class Platform {
  readonly apps = new Map<string, App>();
  /** Calls that this platform does not model: a flyctl that makes one is not the one that it was written for. */
  readonly unknown: string[] = [];
  readonly #own: OwnRegistry | undefined;
  readonly #found = new Map<string, { at: number; image: Promise<FoundImage | undefined> }>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(own?: OwnRegistry) {
    this.#own = own;
  }

  /** Finds an image, if the platform can pull it. */
  find(reference: string): Promise<FoundImage | undefined> {
    const known = this.#found.get(reference);
    // Hundreds of machines ask for one image within a moment.
    if (known !== undefined && Date.now() - known.at < 200) return known.image;
    const image = findImage(reference, this.#own);
    this.#found.set(reference, { at: Date.now(), image });
    return image;
  }

  async createApp(name: string, machines: readonly NewMachine[]): Promise<void> {
    const app: App = {
      name,
      hostname: `${name}.fly.dev`,
      machines: [],
      destroyed: [],
      releases: [],
      leases: new Map(),
      behavior: {},
      afterDeploy: new AfterDeploy(),
    };
    this.apps.set(name, app);
    for (const machine of machines) app.machines.push(await this.#newMachine(machine, app));
  }

  async #newMachine(machine: NewMachine, app: App): Promise<Machine> {
    const { image = noImage } = machine;
    const found = image === noImage ? undefined : await this.find(image);
    if (image !== noImage && found === undefined) throw new Error(`no image ${image}`);
    return makeMachine(machine, app.machines.length + 1, imageRef(found, app.behavior));
  }

  /**
   * Gives a machine a new version, starts it, and prepares the faults of its app.
   *
   * @returns undefined when there is no such image.
   */
  async update(
    app: App,
    machine: Machine,
    config: Machine['config'],
    skipLaunch: boolean,
  ): Promise<Machine | undefined> {
    const { staleTag } = app.behavior;
    const isStale = staleTag !== undefined && [staleTag.image].flat().includes(config.image);
    const found = await this.find(isStale ? staleTag.as : config.image);
    if (found === undefined) return undefined;
    const old = { image_ref: machine.image_ref, config: machine.config };
    const index = app.machines.indexOf(machine);
    machine.instance_id = newId();
    machine.version = machine.instance_id;
    machine.updated_at = new Date().toISOString();
    if (app.behavior.keepOldImage !== index) {
      machine.image_ref = imageRef(found, app.behavior);
      machine.config = config;
    }
    if (machine.state === 'started') addExit(machine, { code: 0, requested: true });
    addEvent(machine, 'update', 'replacing');
    if (!skipLaunch) {
      addEvent(machine, 'launch', 'created');
      this.start(app, machine);
    }
    const { revertMachine } = app.behavior;
    if (revertMachine?.index === index) {
      delete app.behavior.revertMachine;
      app.afterDeploy.add(revertMachine.afterLists, () => {
        Object.assign(machine, { ...old, instance_id: newId(), updated_at: new Date().toISOString() });
        addEvent(machine, 'revert', 'failed to launch the new version');
      });
    }
    this.#prepareTrouble(app, machine);
    return machine;
  }

  #prepareTrouble(app: App, machine: Machine): void {
    const { trouble } = app.behavior;
    if (trouble?.index !== app.machines.indexOf(machine)) return;
    delete app.behavior.trouble;
    app.afterDeploy.add(trouble.afterLists, () => breakMachine(machine, trouble.kind));
  }

  /**
   * Creates a machine from a config, as bluegreen and canary deploys and release commands do.
   *
   * @returns undefined when there is no such image.
   */
  async create(
    app: App,
    config: Machine['config'],
    region: string,
    skipLaunch: boolean,
  ): Promise<Machine | undefined> {
    if ((await this.find(config.image)) === undefined) return undefined;
    const { image, metadata } = config;
    const machine = await this.#newMachine({ region, image, metadata, state: 'stopped' }, app);
    machine.config = config;
    addEvent(machine, 'launch', 'created');
    app.machines.push(machine);
    if (!skipLaunch) this.start(app, machine);
    this.#prepareTrouble(app, machine);
    return machine;
  }

  /** Creates a release, as flyctl does before it updates the first machine. */
  createRelease(app: App, image: string, strategy: string): Release {
    const release: Release = {
      id: newId(),
      version: app.releases.length + 2,
      status: 'pending',
      image_ref: image,
      strategy,
      created_at: new Date().toISOString(),
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
    // flyctl's smoke check waits unless the start is more than 10 s old (leasable_machine.go).
    addEvent(machine, 'start', 'started', Date.now() - 11_000);
    machine.state = 'started';
    machine.checks = checksOf(machine.config, app.behavior.neverHealthy ? 'critical' : 'passing');
    if (machine.config['auto_destroy'] !== true) {
      if (app.behavior.crashing) addExit(machine, { code: 1, restarts: 3 });
      return;
    }
    this.#later(300, () => {
      addExit(machine, { code: app.behavior.releaseCommand?.exitCode ?? 0 });
      this.destroy(app, machine);
    });
  }

  destroy(app: App, machine: Machine): void {
    const index = app.machines.indexOf(machine);
    if (index < 0) return;
    app.machines.splice(index, 1);
    app.destroyed.push(machine);
    machine.state = 'destroyed';
    addEvent(machine, 'destroy', 'destroyed');
  }

  /** Answers 404 to a call that is not modeled, and records it. */
  answerUnknown({ method, url, body }: Incoming, response: ServerResponse): void {
    this.unknown.push(`${method} ${url.pathname} ${body.toString('utf8').slice(0, 300)}`.trim());
    sendJson(response, 404, { error: 'not found' });
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
