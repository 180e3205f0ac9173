/** The clock of a platform: the machine's, a faster one, or one that a test moves. */
export interface PlatformClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls a function after this number of milliseconds. */
  after(ms: number, act: () => void): void;
  /** Drops pending calls. */
  close(): void;
}

/** The machine's clock, or one that runs `rate` times as fast. */
export function machineClock(rate = 1): PlatformClock {
  const begin = Date.now();
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => begin + Math.round((Date.now() - begin) * rate),
    after: (ms, act) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
      }, ms / rate);
      timers.add(timer);
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
