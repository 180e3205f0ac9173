import type { PlatformClock } from './clock.ts';

/** Faults that last for a while. README.md says what each does and where it was seen. */
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

/** What happens once. README.md says what each does and where it was seen. */
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

/** A behavior of the platform that a deploy must get right, by its name. */
export interface NamedFault {
  readonly name: FaultName;
  /** From when `at` counts: from now (default), from the next release, or from the end of flyctl's deploy of it. */
  readonly since?: 'now' | 'release' | 'end';
  /** When it begins, in milliseconds; default 0. */
  readonly at?: number;
  /** How long a fault lasts that lasts, in milliseconds; default: forever. */
  readonly lasts?: number;
  /** Which machines it is about: their places in the list, counted from 0, beyond its end from its begin again. Default: the first. */
  readonly machines?: readonly number[];
  /** `busy`, `refused`, `no-count`: the status of the answers; `reset` closes the connection. `no-count` has none by default. */
  readonly status?: number | 'reset';
  /** `other-deploy`: the image. `scale-up`: the image, default that of the first machine. */
  readonly image?: string;
  /** `destroy`: the API does not know the id any more. `wrong-count`: so many more than there are, default 1. */
  readonly forgotten?: boolean;
  /** `host-clock`: so many milliseconds ahead, default an hour. */
  readonly more?: number;
}

interface Window {
  readonly fault: NamedFault;
  readonly from: number;
  readonly to: number;
}

/** The named faults of one app, and when each of them is due. */
export class FaultSchedule {
  readonly #clock: PlatformClock;
  readonly #act: (fault: NamedFault) => void;
  #windows: Window[] = [];
  #waiting: NamedFault[] = [];

  /** @param act does what happens once. */
  constructor(clock: PlatformClock, act: (fault: NamedFault) => void) {
    this.#clock = clock;
    this.#act = act;
  }

  add(fault: NamedFault): void {
    if (fault.since === undefined || fault.since === 'now') this.#start(fault);
    else this.#waiting.push(fault);
  }

  /** Starts what waits for a moment. What happened once does not happen again with the next deploy. */
  reached(moment: 'release' | 'end'): void {
    const due = this.#waiting.filter(({ since }) => since === moment);
    this.#waiting = this.#waiting.filter(({ since }) => since !== moment);
    for (const fault of due) this.#start(fault);
  }

  /** The fault of this name that lasts now, for this machine where it is about machines. */
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

/** The places that a fault is about in a list of this length. */
export const placesOf = ({ machines = [0] }: NamedFault, length: number): number[] =>
  length === 0 ? [] : machines.map((place) => place % length);
