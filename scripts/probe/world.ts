import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { authorizationOf, type FlyApi, flyApi, flyLogin, getJson } from '../../src/fly/api.ts';
import { deployArguments } from '../../src/fly/flyctl/arguments.ts';
import { flyctlEnvironment } from '../../src/fly/flyctl/environment.ts';
import { type FindDeps, findFlyctl } from '../../src/fly/flyctl/find.ts';
import type { Machine } from '../../src/fly/machine.ts';
import { readOneMachine } from '../../src/fly/machines.ts';
import { type Exit, makeRun } from '../../src/lib/child.ts';
import type { TickingClock } from '../../src/lib/clock.ts';
import { type Answer, beginningOf, makeHttp, policies } from '../../src/lib/http.ts';
import type { Streams } from '../../src/lib/http-stream.ts';
import { parseJsonObject } from '../../src/lib/json.ts';
import { processTrees } from '../../src/lib/process-tree.ts';
import { BlobTarget } from '../../src/mirror/blob-target.ts';
import { copyImage, putManifest } from '../../src/mirror/copy-image.ts';
import { flySession, type RegistryDeps, sourceSession } from '../../src/registry/connect.ts';
import { flyRepository, takesGithubToken } from '../../src/registry/hosts.ts';
import { getManifest, type Manifest } from '../../src/registry/manifest.ts';
import { findPlatform } from '../../src/registry/platform.ts';
import { formatReference, type Reference } from '../../src/registry/reference.ts';
import type { Session } from '../../src/registry/session.ts';
import { Undetermined } from './assumption.ts';
import { attestationOf, brokenImageOf, garbage, indexAround, indexOf, type Part } from './images.ts';

export interface ProbeDeps extends RegistryDeps, FindDeps {
  readonly clock: TickingClock;
  readonly streams: Streams;
  /** Aborted when the probe is interrupted. */
  readonly interrupted: AbortSignal;
}

export interface ProbeOptions {
  readonly app: string;
  readonly org: string;
  readonly region: string | undefined;
  readonly token: string;
  /** A public image for linux/amd64 that contains /bin/sleep. */
  readonly image: Reference;
  readonly privateImage: Reference | undefined;
}

/** How long a machine has for a change of its state, in milliseconds, and the time between two requests for it. */
const [longest, between] = [90_000, 1500];

/** The time before a new app is used, in milliseconds. */
const appLag = 5000;

/** The account, the disposable app, and what the checks share. */
export class World {
  readonly deps: ProbeDeps;
  readonly options: ProbeOptions;
  readonly api: FlyApi;
  /** The app's repository in Fly.io's registry. */
  readonly target: Session;
  /** The apps that the probe created. */
  readonly apps: string[] = [];
  /** The tags that it pushed, with their digests. */
  readonly tags = new Map<string, string>();
  readonly #pending = new Set<Promise<unknown>>();
  readonly #shared = new Map<string, Promise<unknown>>();

  constructor(deps: ProbeDeps, options: ProbeOptions) {
    this.deps = deps;
    this.options = options;
    this.api = flyApi(deps, { app: options.app, flyToken: options.token, mode: 'deploy' });
    this.target = this.session(options.app);
  }

  /** A session that writes to the repository of an app. */
  session(app: string): Session {
    const { deps, options } = this;
    return flySession(deps, flyLogin(options.token), flyRepository(app, deps.env));
  }

  /** A session that reads a repository elsewhere, anonymously or with a login. */
  reader(reference: Reference): Session {
    const { deps, options } = this;
    const token = deps.env['GITHUB_TOKEN'] ?? '';
    const isGithubs = token !== '' && takesGithubToken(reference.host, deps.env);
    const logins = {
      image: reference,
      registryLogin: undefined,
      githubLogin: isGithubs ? { username: 'probe', password: token } : undefined,
      flyLogin: flyLogin(options.token),
    };
    return sourceSession(deps, logins, reference, 0);
  }

  /** The result of an experiment that several checks share, which runs once. */
  shared<T>(name: string, run: () => Promise<T>): Promise<T> {
    const known = this.#shared.get(name) ?? run();
    this.#shared.set(name, known);
    known.catch(() => undefined);
    return known as Promise<T>;
  }

  async sleep(ms: number): Promise<void> {
    await this.deps.clock.sleep(ms);
    this.deps.interrupted.throwIfAborted();
  }

  /** Repeats a question until it has an answer. @returns undefined if it has none in time. */
  async until<T>(limit: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
    const end = this.deps.clock.now() + limit;
    for (;;) {
      const found = await ask();
      if (found !== undefined || this.deps.clock.now() >= end) return found;
      await this.sleep(between);
    }
  }

  /** Sends a change to the Machines API, once: what was lost on the way must not be done twice. */
  write(method: 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
    const { api, deps } = this;
    const http = makeHttp(deps, { ...policies.machinesOnce, timeout: 60_000 });
    const sent = http(new URL(path, api.base).href, {
      method,
      headers: {
        authorization: authorizationOf(api.token),
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      limit: 4 * 1024 * 1024,
    });
    return this.#underWay(sent);
  }

  #underWay<T>(change: Promise<T>): Promise<T> {
    this.#pending.add(change);
    change.finally(() => this.#pending.delete(change)).catch(() => undefined);
    return change;
  }

  /** Waits for changes that are under way. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#pending]);
  }

  async createApp(app: string): Promise<void> {
    // What it creates, it destroys. So the app must not exist, even if the answer to the request is lost.
    const { status } = await getJson(this.api, `/v1/apps/${app}`, 4 * 1024 * 1024);
    if (status !== 404)
      throw new Undetermined(`the app ${app} cannot be created: Fly.io answered ${status} for it`);
    this.#change();
    // The documentation calls the name `app_name`, fly-go calls it `name`.
    const body = { app_name: app, name: app, org_slug: this.options.org };
    this.apps.push(app);
    const answer = await this.write('POST', '/v1/apps', body);
    if (answer.status !== 200 && answer.status !== 201) {
      // After an error of the server, it can exist.
      if (answer.status < 500) this.apps.pop();
      throw new Undetermined(`the app ${app} could not be created: ${words(answer)}`);
    }
    // Its repository can appear a moment later.
    await this.sleep(appLag);
  }

  /** Creates a machine like one that deploys manage. */
  async createMachine(image: string, more: object = {}, around: object = {}): Promise<string> {
    const { app, region } = this.options;
    this.#change();
    const answer = await this.write('POST', `/v1/apps/${app}/machines`, {
      ...(region && { region }),
      ...around,
      config: { ...configOf(image), ...more },
    });
    if (answer.status !== 200 && answer.status !== 201)
      throw new Undetermined(`Fly.io did not create a machine: ${words(answer)}`);
    return parseJsonObject(answer.body.toString('utf8'), 'the new machine').get('id').text();
  }

  /** Creates a machine for one observation, and destroys it. */
  async withMachine<T>(
    image: string,
    observe: (id: string) => Promise<T>,
    more: object = {},
    around: object = {},
  ): Promise<T> {
    const id = await this.createMachine(image, more, around);
    try {
      return await observe(id);
    } finally {
      await this.destroyMachine(id);
    }
  }

  /** Destroys a machine. The clean-up repeats what fails. */
  async destroyMachine(id: string): Promise<void> {
    const path = `/v1/apps/${this.options.app}/machines/${id}?force=true`;
    await this.write('DELETE', path).catch(() => undefined);
  }

  updateMachine(id: string, image: string): Promise<Answer> {
    this.#change();
    return this.write('POST', `/v1/apps/${this.options.app}/machines/${id}`, { config: configOf(image) });
  }

  /** Nothing is created after an interruption, because the clean-up may already be over. */
  #change(): void {
    this.deps.interrupted.throwIfAborted();
  }

  async read(id: string): Promise<Machine> {
    const machine = await readOneMachine(this.api, id);
    if (typeof machine === 'string') throw new Undetermined(`Fly.io reports the machine ${id} as ${machine}`);
    return machine;
  }

  /** The machine, as soon as it runs. */
  async started(id: string): Promise<Machine> {
    const found = await this.until(longest, async () => {
      const machine = await this.read(id);
      return machine.state === 'started' ? machine : undefined;
    });
    if (found !== undefined) return found;
    throw new Undetermined(`the machine ${id} did not start: it is ${(await this.read(id)).state}`);
  }

  /** The image for linux/amd64, copied to Fly.io's registry. */
  image(): Promise<Manifest> {
    return this.shared('image', async () => {
      const { deps, options, target } = this;
      const source = this.reader(options.image);
      const name = options.image.digest ?? options.image.tag ?? 'latest';
      const root = await getManifest(source, name);
      if (root === undefined) throw new Undetermined(`${formatReference(options.image)} does not exist`);
      const { manifest } = await findPlatform(source, root, async () => false);
      this.tags.set('probe-image', manifest.digest);
      await copyImage(manifest, 'probe-image', { ...deps, source, target });
      return manifest;
    });
  }

  /** An index of that image and an attestation. */
  index(): Promise<Manifest> {
    return this.shared('index', async () => {
      const image = await this.image();
      const { manifest, blobs } = attestationOf(image);
      for (const blob of blobs) await this.pushBlob(blob);
      await putManifest(manifest, manifest.digest, this.target);
      const index = indexOf(image, manifest);
      await this.push(index, 'probe-index');
      return index;
    });
  }

  /** An index of that index. */
  nested(): Promise<Manifest> {
    return this.shared('nested', async () => {
      const nested = indexAround(await this.index());
      await this.push(nested, 'probe-nested');
      return nested;
    });
  }

  /** An image that Fly.io can find, but that no machine can run. */
  broken(): Promise<Manifest> {
    return this.shared('broken', async () => {
      const broken = brokenImageOf(await this.image());
      await this.pushBlob(garbage);
      await this.push(broken, 'probe-broken');
      return broken;
    });
  }

  async push(manifest: Manifest, tag: string): Promise<void> {
    this.tags.set(tag, manifest.digest);
    await putManifest(manifest, tag, this.target);
  }

  async pushBlob({ digest, bytes }: Part, session = this.target): Promise<void> {
    const { interrupted, streams } = this.deps;
    const blob = new BlobTarget({ digest, size: bytes.length }, session, streams, interrupted);
    await blob.open(0);
    await blob.upload?.send(Readable.from([bytes]), (chunk) => chunk);
    await blob.finish(true);
  }

  /** The reference of something in the app's repository. */
  reference(name: Pick<Reference, 'tag' | 'digest'>): string {
    return formatReference({ ...this.target.repository, ...name });
  }

  /** The machine that most checks observe: it runs the index, by its digest. */
  machine(): Promise<Machine> {
    return this.shared('machine', async () => {
      const { digest } = await this.index();
      return this.started(await this.createMachine(this.reference({ digest })));
    });
  }

  /** `flyctl deploy` of an image to the app, with the token only in its environment. */
  async deploy(image: string): Promise<Exit> {
    const { deps, options } = this;
    const flyctl = await this.shared('flyctl', () => findFlyctl(deps, undefined));
    const folder = mkdtempSync(join(tmpdir(), 'probe-'));
    try {
      const config = join(folder, 'fly.toml');
      writeFileSync(config, `app = "${options.app}"\n\n[processes]\n  app = "/bin/sleep 3600"\n`);
      const argv = deployArguments({
        app: options.app,
        config,
        image,
        noCache: false,
        flags: ['--ha=false', '--yes', '--dns-checks=false'],
      });
      const run = makeRun(() => undefined, deps.interrupted, processTrees(process.platform, deps.env));
      return await this.#underWay(run(flyctl, argv, flyctlEnvironment(deps.env, options.token), 5 * 60_000));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The IDs of all machines of an app, whatever manages them. */
  async machineIds(app: string): Promise<string[]> {
    const answer = await getJson(this.api, `/v1/apps/${app}/machines`, 4 * 1024 * 1024);
    const list: unknown = answer.status === 200 ? JSON.parse(answer.body.toString('utf8')) : undefined;
    if (!Array.isArray(list)) throw new Undetermined(`the machines of ${app} are unknown: ${words(answer)}`);
    return list
      .filter(({ state }: { state?: unknown }) => state !== 'destroyed')
      .map(({ id }: { id?: unknown }) => String(id));
  }
}

const configOf = (image: string) => ({
  image,
  guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
  init: { exec: ['/bin/sleep', '3600'] },
  restart: { policy: 'no' },
  metadata: { fly_platform_version: 'v2', fly_process_group: 'app' },
});

/** An answer in a few words. */
export const words = ({ status, body }: Answer): string =>
  `${status} ${beginningOf(body).slice(0, 200)}`.trim();
