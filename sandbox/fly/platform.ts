import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Incoming, sendJson } from '../lib/http.ts';
import { AfterDeploy } from './after-deploy.ts';
import { type FoundImage, findImage, type OwnRegistry } from './find-image.ts';

/** A machine as the Machines API gives it (fly-go, machine_types.go). */
export interface Machine {
  readonly id: string;
  readonly name: string;
  state: string;
  readonly region: string;
  /** New with each version of the machine. */
  instance_id: string;
  version: string;
  image_ref: {
    registry: string;
    repository: string;
    tag?: string;
    digest: string;
    labels: Record<string, string>;
  };
  config: { image: string; metadata: Record<string, string>; guest: object; [key: string]: unknown };
  readonly created_at: string;
  updated_at: string;
  events: MachineEvent[];
  checks: object[];
  host_status: string;
  readonly private_ip: string;
}

interface MachineEvent {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly request?: object;
}

/** A release as uiex gives it (flyctl, internal/uiex/releases.go). */
export interface Release {
  readonly id: string;
  readonly version: number;
  status: string;
  readonly image_ref: string;
  readonly strategy: string;
  readonly created_at: string;
}

/**
 * The ways of the platform that hurt. Machines are counted in the order of the list, from 0; `afterLists` is how often
 * the action has listed the machines since flyctl finished. What has an `afterLists` happens once: a second deploy,
 * such as a rollback, is spared.
 */
export interface Behaviour {
  /** Put a machine back to its old image after flyctl has exited with status 0. */
  readonly revertMachine?: { readonly index: number; readonly afterLists: number };
  /** Answer 200 to a machine's update and leave it on its old image. */
  readonly keepOldImage?: number;
  /** Refuse a machine's update: the machines before it have the new image, the others the old one. */
  readonly failUpdate?: { readonly index: number; readonly status: number; readonly body?: string };
  /** Have something happen to a machine after its update. */
  readonly trouble?: {
    readonly index: number;
    readonly afterLists: number;
    /** Its process fails once, or again and again, runs out of memory, or its check turns critical. */
    readonly kind: 'exit' | 'loop' | 'oom' | 'critical';
  };
  /** Let somebody else's release, of the same image, come to all machines after the deploy. */
  readonly laterRelease?: { readonly afterLists: number };
  /** Let no health check of a machine pass that gets a new version. */
  readonly neverHealthy?: boolean;
  /** How the release command ends; 0 unless this says otherwise. */
  readonly releaseCommand?: { readonly exitCode: number };
  /** Report an index's own digest. Fly.io reports its linux/amd64 child's. */
  readonly reportIndexDigest?: boolean;
}

export interface NewMachine {
  /** Left out, one of its own. */
  readonly id?: string;
  readonly region: string;
  /** A reference, resolved at its registry as a deploy's is. */
  readonly image?: string;
  readonly group?: string;
  readonly state?: string;
  /** In place of the metadata that a deploy writes. */
  readonly metadata?: Record<string, string>;
  readonly hostStatus?: string;
}

export interface App {
  readonly name: string;
  hostname: string;
  readonly machines: Machine[];
  /** Machines that were destroyed: they can still be asked for by their id. */
  readonly gone: Machine[];
  readonly releases: Release[];
  /** Machine → nonce and end of its lease, in milliseconds since 1970. */
  readonly leases: Map<string, { nonce: string; until: number }>;
  behaviour: { -readonly [Name in keyof Behaviour]: Behaviour[Name] };
  readonly afterDeploy: AfterDeploy;
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
let made = 0;
/** flyctl goes by the order of ids (machines_deploymachinesapp.go): later ones are greater, as in the list. */
const newMachineId = () => `${(++made).toString(16).padStart(6, '0')}${hex(4)}`;
export const newId = (): string => `01${hex(12)}`.toUpperCase();

/** All apps, and what happens to their machines. */
export class Platform {
  readonly apps = new Map<string, App>();
  /** Calls that this platform has no answer to: a flyctl that makes one is not the one that it stands for. */
  readonly unknown: string[] = [];
  readonly #own: OwnRegistry | undefined;
  readonly #found = new Map<string, { at: number; image: Promise<FoundImage | undefined> }>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(own?: OwnRegistry) {
    this.#own = own;
  }

  /** An image as this platform can pull it. */
  find(reference: string): Promise<FoundImage | undefined> {
    const known = this.#found.get(reference);
    if (known !== undefined && Date.now() - known.at < 200) return known.image;
    // A fleet of hundreds asks for one image within a moment.
    const image = findImage(reference, this.#own);
    this.#found.set(reference, { at: Date.now(), image });
    return image;
  }

  async createApp(name: string, machines: readonly NewMachine[]): Promise<void> {
    const app: App = {
      name,
      hostname: `${name}.fly.dev`,
      machines: [],
      gone: [],
      releases: [],
      leases: new Map(),
      behaviour: {},
      afterDeploy: new AfterDeploy(),
    };
    this.apps.set(name, app);
    for (const machine of machines) app.machines.push(await this.#newMachine(machine, app));
  }

  async #newMachine(
    { region, image = 'registry.fly.io/none:none', group = 'app', state = 'started', ...rest }: NewMachine,
    app: App,
  ): Promise<Machine> {
    const now = new Date().toISOString();
    const found = image === 'registry.fly.io/none:none' ? undefined : await this.find(image);
    if (image !== 'registry.fly.io/none:none' && found === undefined) throw new Error(`no image ${image}`);
    return {
      id: rest.id ?? newMachineId(),
      name: `quiet-${group}-${app.machines.length + 1}`,
      state,
      region,
      instance_id: newId(),
      version: newId(),
      image_ref:
        found === undefined
          ? { registry: '', repository: '', digest: '', labels: {} }
          : imageRef(found, app.behaviour),
      config: {
        image,
        metadata: rest.metadata ?? {
          fly_platform_version: 'v2',
          fly_process_group: group,
          fly_release_id: 'before',
          fly_release_version: '1',
          fly_flyctl_version: '0.4.0',
        },
        guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
      },
      created_at: now,
      updated_at: now,
      events: [],
      checks: [],
      host_status: rest.hostStatus ?? 'ok',
      private_ip: 'fdaa:0:1::2',
    };
  }

  /**
   * Gives a machine a new version. It starts at once; what the app's behaviour says happens to it then.
   *
   * @returns undefined when there is no such image.
   */
  async update(
    app: App,
    machine: Machine,
    config: Machine['config'],
    skipLaunch: boolean,
  ): Promise<Machine | undefined> {
    const found = await this.find(config.image);
    if (found === undefined) return undefined;
    const old = { image_ref: machine.image_ref, config: machine.config };
    const index = app.machines.indexOf(machine);
    const now = Date.now();
    machine.instance_id = newId();
    machine.version = machine.instance_id;
    machine.updated_at = new Date(now).toISOString();
    if (app.behaviour.keepOldImage !== index) {
      machine.image_ref = imageRef(found, app.behaviour);
      machine.config = config;
    }
    addEvent(machine, 'update', 'replacing', now);
    if (!skipLaunch) {
      addEvent(machine, 'launch', 'created', now);
      this.start(app, machine);
    }
    const { revertMachine, trouble } = app.behaviour;
    if (revertMachine?.index === index) {
      delete app.behaviour.revertMachine;
      app.afterDeploy.add(revertMachine.afterLists, () => {
        Object.assign(machine, { ...old, instance_id: newId(), updated_at: new Date().toISOString() });
        addEvent(machine, 'revert', 'failed to launch the new version', Date.now());
      });
    }
    if (trouble?.index === index) {
      delete app.behaviour.trouble;
      app.afterDeploy.add(trouble.afterLists, () => happen(machine, trouble.kind));
    }
    return machine;
  }

  /**
   * Makes a machine of a config, as bluegreen and canary deploys and release commands do.
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
    addEvent(machine, 'launch', 'created', Date.now());
    app.machines.push(machine);
    if (!skipLaunch) this.start(app, machine);
    return machine;
  }

  /** Makes a release, as flyctl does before it updates the first machine. */
  release(app: App, image: string, strategy: string): Release {
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
    const { laterRelease } = app.behaviour;
    if (laterRelease !== undefined) {
      delete app.behaviour.laterRelease;
      app.afterDeploy.add(laterRelease.afterLists, () => {
        for (const { config } of app.machines) {
          const version = Number(config.metadata['fly_release_version'] ?? 0) + 1;
          config.metadata['fly_release_version'] = String(version);
        }
      });
    }
    return release;
  }

  /** Starts a machine. One that destroys itself, as a release command's, runs to its end. */
  start(app: App, machine: Machine): void {
    // flyctl's smoke check passes at once when the start is some seconds old (leasable_machine.go).
    addEvent(machine, 'start', 'started', Date.now() - 11_000);
    machine.state = 'started';
    machine.checks = checksOf(machine.config, app.behaviour.neverHealthy ? 'critical' : 'passing');
    if (machine.config['auto_destroy'] !== true) return;
    this.#later(300, () => {
      const exit_code = app.behaviour.releaseCommand?.exitCode ?? 0;
      const exit_event = { exit_code, oom_killed: false, requested_stop: false };
      addEvent(machine, 'exit', 'stopped', Date.now(), { exit_event, restart_count: 0 });
      this.destroy(app, machine);
    });
  }

  destroy(app: App, machine: Machine): void {
    const place = app.machines.indexOf(machine);
    if (place < 0) return;
    app.machines.splice(place, 1);
    app.gone.push(machine);
    machine.state = 'destroyed';
    addEvent(machine, 'destroy', 'destroyed', Date.now());
  }

  refuse({ method, url, body }: Incoming, response: ServerResponse): void {
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

/** A result for each check of a config, top-level ones and those of services, by the names that Fly.io gives them. */
function checksOf(config: Machine['config'], status: 'passing' | 'critical'): object[] {
  const { checks = {}, services = [] } = config as {
    checks?: Record<string, object>;
    services?: { internal_port?: number; checks?: { type?: string }[] }[];
  };
  const output = status === 'passing' ? '200 OK' : 'connection refused';
  const names = services.flatMap(({ internal_port, checks: own = [] }) =>
    own.map(({ type = 'tcp' }, n) => `servicecheck-${String(n).padStart(2, '0')}-${type}-${internal_port}`),
  );
  return [...Object.keys(checks), ...names].map((name) => ({ name, status, output }));
}

/** What an app does that starts and does not stay well. */
function happen(machine: Machine, kind: NonNullable<Behaviour['trouble']>['kind']): void {
  if (kind === 'critical') {
    machine.checks = [
      { name: 'servicecheck-00-http-8080', status: 'critical', output: 'connection refused' },
    ];
    return;
  }
  for (let n = 0; n < (kind === 'loop' ? 3 : 1); n++) {
    const exit_event = {
      exit_code: kind === 'oom' ? 137 : 1,
      oom_killed: kind === 'oom',
      requested_stop: false,
    };
    addEvent(machine, 'exit', 'stopped', Date.now(), { exit_event, restart_count: n });
    addEvent(machine, 'start', 'started', Date.now());
  }
}

function addEvent(machine: Machine, type: string, status: string, timestamp: number, request?: object): void {
  machine.events.unshift({
    id: newId(),
    type,
    status,
    source: type === 'update' ? 'user' : 'flyd',
    timestamp,
    ...(request && { request }),
  });
}

function imageRef(
  { registry, repository, tag, digest, platformDigest, labels }: FoundImage,
  { reportIndexDigest }: Behaviour,
): Machine['image_ref'] {
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    digest: reportIndexDigest === true ? digest : platformDigest,
    labels,
  };
}
