import type { PlatformClock } from './clock.ts';

interface Timer {
  readonly at: number;
  readonly act: () => void;
  /** Whether a caller waits for it. Time passes only while one does. */
  readonly isSleep: boolean;
}

/**
 * A clock on which time passes only while all code in this process sleeps, so a test of minutes takes milliseconds. All work
 * between two sleeps must run in microtasks.
 */
export class VirtualClock implements PlatformClock {
  #now: number;
  /** Earliest first. */
  #timers: Timer[] = [];
  #sleepers = 0;
  #isRunning = false;

  constructor(begin: number) {
    this.#now = begin;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): void {
    this.#add({ at: this.#now + Math.max(0, ms), act, isSleep: false });
  }

  sleep(ms: number): Promise<void> {
    this.#sleepers++;
    const slept = new Promise<void>((resolve) => {
      this.#add({ at: this.#now + Math.max(0, ms), act: resolve, isSleep: true });
    });
    if (!this.#isRunning) {
      this.#isRunning = true;
      setImmediate(() => this.#run());
    }
    return slept;
  }

  close(): void {
    this.#timers = [];
  }

  #add(timer: Timer): void {
    let place = this.#timers.length;
    while (place > 0 && (this.#timers[place - 1]?.at ?? 0) > timer.at) place--;
    this.#timers.splice(place, 0, timer);
  }

  /** Advances the time to the next sleeper, and continues when that one sleeps again or is done. */
  #run(): void {
    const next = this.#timers.shift();
    if (next === undefined || this.#sleepers === 0) {
      if (next !== undefined) this.#timers.unshift(next);
      this.#isRunning = false;
      return;
    }
    this.#now = Math.max(this.#now, next.at);
    if (next.isSleep) this.#sleepers--;
    next.act();
    setImmediate(() => this.#run());
  }
}
