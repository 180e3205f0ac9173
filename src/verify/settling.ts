import type { Machine } from '../fly/machine.ts';
import { versionedAt } from '../fly/trouble.ts';
import { type CheckedMachine, isHealthy } from './compare.ts';

/** A machine since the check that found it healthy first. */
interface Followed {
  readonly instanceId: string | undefined;
  readonly releaseVersion: string | undefined;
  readonly releaseId: string | undefined;
  /** The number of that check. */
  readonly check: number;
  /** Time of that check, or of its first start since: milliseconds since 1970 on this runner's clock. */
  at: number;
  /** When it got its version, in milliseconds since 1970 on Fly.io's clock; undefined if its events do not show it. */
  since: number | undefined;
  /** The machine at the last check. */
  last: CheckedMachine;
}

/** A machine that settles. */
export interface Settling {
  readonly machine: CheckedMachine;
  /** Milliseconds that are left. */
  readonly left: number;
  /** How long it has run its version, in milliseconds, as far as that is known. */
  readonly age: number;
}

/** The time of a check, in milliseconds since 1970. */
export interface CheckTime {
  /** On this runner's clock. */
  readonly now: number;
  /** On Fly.io's; undefined if its answer has no date. */
  readonly date: number | undefined;
}

/**
 * Follows each machine from the first check that finds it healthy until it has settled. flyd reverts a machine some 3 to 10
 * seconds after it looked fine (superfly/flyctl#4921), so the settle time counts from when the machine got its version, on
 * Fly.io's clock: in a rolling deploy most machines have settled before flyctl ends. What this runner has watched itself
 * counts in any case, so that no clock makes the wait longer than the settle time; and no version is older than the deploy.
 */
export class Settlement {
  readonly #settleTime: number;
  readonly #before: ReadonlyMap<string, Machine>;
  readonly #beforeAt: number;
  readonly #followed = new Map<string, Followed>();
  #checks = 0;

  /** @param before the machines before the deploy; @param beforeAt when they were read, on this runner's clock. */
  constructor(settleTime: number, before: readonly Machine[], beforeAt = Number.NEGATIVE_INFINITY) {
    this.#settleTime = settleTime;
    this.#before = new Map(before.map((machine) => [machine.id, machine]));
    this.#beforeAt = beforeAt;
  }

  /** Takes a check of the machines. @returns them; those that got another version since they were healthy have failed. */
  take(machines: readonly CheckedMachine[], { now }: CheckTime): CheckedMachine[] {
    this.#checks++;
    return machines.map((machine) => {
      const followed = this.#followed.get(machine.id);
      if (followed?.last === machine) return machine;
      const since = versionedAt(machine, this.#before.get(machine.id));
      if (followed === undefined) {
        const { instanceId, releaseVersion, releaseId } = machine;
        if (!machine.excluded && isHealthy(machine))
          this.#followed.set(machine.id, {
            instanceId,
            releaseVersion,
            releaseId,
            check: this.#checks,
            at: now,
            since,
            last: machine,
          });
        return machine;
      }
      if (machine.failure !== undefined || machine.supersededBy !== undefined) return machine;
      if (!isSame(followed, machine))
        return { ...machine, failure: { kind: 'changed', from: nameOf(followed), to: nameOf(machine) } };
      // Its first start came after the first check, so its process has run only since now.
      if (since !== undefined && followed.since !== undefined && since !== followed.since)
        [followed.at, followed.since] = [now, since];
      followed.last = machine;
      return machine;
    });
  }

  /** The machine that needs the longest, of those that were healthy once; undefined if there are none. */
  longest(machines: readonly CheckedMachine[], { now, date }: CheckTime): Settling | undefined {
    let most: Settling | undefined;
    for (const machine of machines) {
      const followed = this.#followed.get(machine.id);
      if (followed === undefined) continue;
      const { at, since } = followed;
      const reported = since === undefined || date === undefined ? 0 : date - since;
      // A wrong date, or an event of a slow clock, does not make a version older than the deploy.
      const age = Math.max(now - at, Math.min(reported, now - this.#beforeAt));
      const left = Math.max(0, this.#settleTime - age);
      if (most === undefined || left > most.left) most = { machine, left, age };
    }
    return most;
  }

  /** Whether each machine has settled, by a check after the one that first found it healthy. */
  isOver(machines: readonly CheckedMachine[], time: CheckTime): boolean {
    const again = machines.every(({ id }) => (this.#followed.get(id)?.check ?? this.#checks) < this.#checks);
    return again && (this.longest(machines, time)?.left ?? 0) === 0;
  }
}

const isSame = (followed: Followed, machine: Machine): boolean =>
  followed.instanceId === machine.instanceId &&
  followed.releaseVersion === machine.releaseVersion &&
  followed.releaseId === machine.releaseId;

const nameOf = ({ releaseVersion, instanceId }: Pick<Machine, 'releaseVersion' | 'instanceId'>): string =>
  [
    ...(releaseVersion === undefined ? [] : [`release v${releaseVersion}`]),
    ...(instanceId === undefined ? [] : [`version ${instanceId}`]),
  ].join(', ') || 'no known version';
