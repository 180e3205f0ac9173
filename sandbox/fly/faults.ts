import type { PlatformClock } from './clock.ts';

/** Faults that last for a while. README.md describes each one and its source. */
export const lastingFaults = [
  'partial-list',
  'empty-list',
  'object-list',
  'paged-list',
  'wrong-count',
  'no-count',
  'missing-digest',
  'unreachable-host',
  'busy',
  'refused',
  'graphql-down',
  'no-releases',
  'critical-check',
  'slow-start',
  'ignored-update',
  'no-room',
  'host-clock',
] as const;

/** Faults that happen once. README.md describes each one and its source. */
export const momentaryFaults = [
  'revert',
  'silent-revert',
  'crash',
  'crash-loop',
  'oom',
  'update',
  'other-deploy',
  'scale-up',
  'destroy',
  'autostop',
  'autostart',
  'suspend',
  'temporary-machine',
] as const;

export type FaultName = (typeof lastingFaults)[number] | (typeof momentaryFaults)[number];

/** A behavior of the platform that a deploy must handle, by its name. */
export interface NamedFault {
  readonly name: FaultName;
  /** The start of `at`: now (default), the next release, or the end of flyctl's deploy of it. */
  readonly since?: 'now' | 'release' | 'end';
  /** When it begins, in milliseconds. Defaults to 0. */
  readonly at?: number;
  /** How long a lasting fault lasts, in milliseconds. Defaults to forever. */
  readonly lasts?: number;
  /** The machines that it affects: indexes into the list, which wrap around at its end. Defaults to the first. */
  readonly machines?: readonly number[];
  /** `busy`, `refused`, `no-count`: the status of the answers. `reset` closes the connection. No default for `no-count`. */
  readonly status?: number | 'reset';
  /** `other-deploy`: the image. `scale-up`: the image, which defaults to that of the first machine. */
  readonly image?: string;
  /** `destroy`: the API no longer knows the ID. `wrong-count`: how many more than there are. Defaults to 1. */
  readonly forgotten?: boolean;
  /** `host-clock`: how many milliseconds ahead. Defaults to an hour. */
  readonly more?: number;
}

interface Window {
  readonly fault: NamedFault;
  readonly from: number;
  readonly to: number;
}

/** The named faults of one app, and when each is due. */
export class FaultSchedule {
  readonly #clock: PlatformClock;
  readonly #act: (fault: NamedFault) => void;
  #windows: Window[] = [];
  #waiting: NamedFault[] = [];

  /** @param act triggers a fault that happens once. */
  constructor(clock: PlatformClock, act: (fault: NamedFault) => void) {
    this.#clock = clock;
    this.#act = act;
  }

  add(fault: NamedFault): void {
    if (fault.since === undefined || fault.since === 'now') this.#start(fault);
    else this.#waiting.push(fault);
  }

  /** Starts the faults that wait for this moment. A fault that happened once is not repeated with the next deploy. */
  reached(moment: 'release' | 'end'): void {
    const due = this.#waiting.filter(({ since }) => since === moment);
    this.#waiting = this.#waiting.filter(({ since }) => since !== moment);
    for (const fault of due) this.#start(fault);
  }

  /** The lasting fault of this name that is active now, and affects this machine if it is about machines. */
  active(name: FaultName, place?: number, length?: number): NamedFault | undefined {
    if (this.#windows.length === 0) return undefined;
    const now = this.#clock.now();
    return this.#windows.find(
      ({ fault, from, to }) =>
        fault.name === name &&
        from <= now &&
        now < to &&
        (place === undefined || placesOf(fault, length ?? 1).includes(place)),
    )?.fault;
  }

  #start(fault: NamedFault): void {
    const { name, at = 0, lasts = Number.POSITIVE_INFINITY } = fault;
    if ((lastingFaults as readonly string[]).includes(name)) {
      const from = this.#clock.now() + at;
      this.#windows.push({ fault, from, to: from + lasts });
    } else this.#clock.after(at, () => this.#act(fault));
  }
}

/** The indexes that a fault affects in a list of this length. */
export const placesOf = ({ machines = [0] }: NamedFault, length: number): number[] =>
  length === 0 ? [] : machines.map((place) => place % length);
