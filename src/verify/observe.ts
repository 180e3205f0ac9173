import pMap from 'p-map';
import type { FlyApi } from '../fly/api.ts';
import type { Machine } from '../fly/machine.ts';
import {
  type MachineList,
  MachineLister,
  readApp,
  readMachineList,
  readOneMachine,
} from '../fly/machines.ts';
import { listReleases } from '../fly/releases.ts';
import type { Clock } from '../lib/clock.ts';

/** The app's machines at one moment, as far as Fly.io shows them. */
export interface Baseline {
  readonly list: MachineList;
  /** `machine_count` of the app; undefined if unknown. */
  readonly count: number | undefined;
  /** When the list was read, in milliseconds since 1970, on this runner's clock. */
  readonly at: number;
  /** The newest release of the app, 0 if it has none. Requested only if the list can be incomplete. */
  readonly newestRelease?: number | undefined;
}

/** An app about which nothing is known. */
export const emptyBaseline: Baseline = {
  list: { machines: [], unmanaged: [], length: 0, alive: 0, date: undefined },
  count: undefined,
  at: Number.NEGATIVE_INFINITY,
};

/** Whether the app does not count more machines than the list has. If it does, some are missing. */
export const isWhole = ({ list, count }: Baseline): boolean => count === undefined || count <= list.length;

/** Whether the newest release before a deploy is known, from the machines or from the app's releases. */
export const knowsReleases = ({ list, count, newestRelease }: Baseline): boolean =>
  newestRelease !== undefined || (count !== undefined && count <= list.length);

/** One check of the app's machines. */
export interface Observation {
  readonly machines: readonly Machine[];
  /** Why the list is incomplete; undefined if it appears complete. */
  readonly incomplete: Incomplete | undefined;
  /** When the list was read, in milliseconds since 1970 on this runner's clock. */
  readonly at: number;
  /** Fly.io's own time of the list, in milliseconds since 1970. */
  readonly date: number | undefined;
}

/** Why a list of machines is incomplete. */
export type Incomplete =
  /** Known machines that are missing in the list and were not destroyed. */
  | { readonly kind: 'lost'; readonly ids: readonly string[] }
  /** The app has more machines than the list, and had not before. */
  | { readonly kind: 'fewer'; readonly missing: number }
  /** Fly.io reported the number of machines before, and does not report it now. */
  | { readonly kind: 'uncounted' };

/** How often a machine without a digest is requested by its id, and the pause between, in milliseconds (superfly/flyctl#5049). */
const [tries, pause] = [3, 1000];

/** Reads the machines and how many the app has, right before something is changed. @throws UserError when Fly.io refuses. */
export async function readBaseline(api: FlyApi, clock: Clock): Promise<Baseline> {
  const read = async (): Promise<Baseline> => {
    const at = clock.now();
    const list = await readMachineList(api);
    return { list, count: (await readApp(api))?.machineCount, at };
  };
  const first = await read();
  const { count, list } = first;
  // A machine that was destroyed between the two answers would be missing in every later list.
  const known = count === undefined || count === list.length || count === list.alive;
  const baseline = known ? first : await read();
  if (knowsReleases(baseline)) return baseline;
  const releases = await listReleases(api).catch(() => undefined);
  return { ...baseline, newestRelease: releases && (releases[0]?.version ?? 0) };
}

/**
 * Checks the machines of an app repeatedly. A list alone is not trusted: Fly.io has answered 200 with none of them or with those
 * of one region (fly.io/infra-log, 2026-04-28, "machines-api-duplicates").
 */
export class Observer {
  readonly #api: FlyApi;
  readonly #clock: Clock;
  readonly #before: Baseline;
  readonly #concerns: (machine: Machine) => boolean;
  readonly #lister: MachineLister;
  /** Machines that were listed once and have not been destroyed since. */
  readonly #known = new Set<string>();

  /** @param concerns which machines the deploy is for: only their missing digests are requested again. */
  constructor(
    { api, clock }: { readonly api: FlyApi; readonly clock: Clock },
    before: Baseline,
    concerns: (machine: Machine) => boolean,
  ) {
    this.#api = api;
    this.#clock = clock;
    this.#before = before;
    this.#concerns = concerns;
    this.#lister = new MachineLister(api);
    for (const { id } of before.list.machines) this.#known.add(id);
  }

  /** @throws UserError when Fly.io refuses, or its answer is not a list. */
  async observe(): Promise<Observation> {
    const list = await this.#lister.list();
    // Requests by id follow: the list is not newer than this.
    const at = this.#clock.now();
    const listed = new Set(list.machines.map(({ id }) => id));
    const lost = await this.#lost([...this.#known].filter((id) => !listed.has(id)));
    for (const id of listed) this.#known.add(id);
    const incomplete: Incomplete | undefined =
      lost.length > 0 ? { kind: 'lost', ids: lost } : await this.#fewer(list);
    return { machines: await this.#withDigests(list.machines), incomplete, at, date: list.date };
  }

  /** Those of the ids that still exist, or may exist. */
  async #lost(ids: readonly string[]): Promise<string[]> {
    const lost: string[] = [];
    let app: Promise<unknown> | undefined;
    // A bluegreen deploy replaces all machines.
    const answers = await pMap(ids, (id) => readOneMachine(this.#api, id), { concurrency: 8 });
    for (const [n, id] of ids.entries()) {
      const found = answers[n];
      // An id that is unknown to Fly.io counts as destroyed if the app is known.
      if (found === 'missing') app ??= readApp(this.#api);
      const gone = found === 'destroyed' || (found === 'missing' && (await app) !== undefined);
      if (gone) this.#known.delete(id);
      else lost.push(id);
    }
    return lost;
  }

  /**
   * Whether the app counts more machines beyond the list than before the deploy. If it counted before and does not now, that is
   * possible: only the count reveals a machine that was added since and is not listed.
   */
  async #fewer(list: MachineList): Promise<Incomplete | undefined> {
    const { list: old, count: before } = this.#before;
    if (before === undefined) return undefined;
    const count = (await readApp(this.#api))?.machineCount;
    if (count === undefined) return { kind: 'uncounted' };
    // Whether destroyed machines are counted is not documented, so both readings must agree.
    const missing = Math.min(
      count - list.length - (before - old.length),
      count - list.alive - (before - old.alive),
    );
    return missing > 0 ? { kind: 'fewer', missing } : undefined;
  }

  /** The same machines, those without an image requested by their ids. */
  #withDigests(machines: readonly Machine[]): Promise<readonly Machine[]> {
    return pMap(machines, (machine) => this.#withDigest(machine), { concurrency: 8 });
  }

  /** A machine on an unreachable host is listed without its image, and sometimes one on a healthy host is, too. */
  async #withDigest(machine: Machine): Promise<Machine> {
    let last = machine;
    for (let n = 0; n < tries && this.#isBlank(last); n++) {
      if (n > 0) await this.#clock.sleep(pause);
      const found = await readOneMachine(this.#api, machine.id);
      if (typeof found !== 'string') last = found;
    }
    return last;
  }

  #isBlank(machine: Machine): boolean {
    return machine.digest === undefined && machine.containers.length === 0 && this.#concerns(machine);
  }
}
