/** The time of a platform: the machine's, one that passes faster, or one that a test moves. */
export interface PlatformClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Does something after so many milliseconds. */
  after(ms: number, act: () => void): void;
  /** Drops what is still to be done. */
  close(): void;
}

/** The machine's clock, or one that goes `rate` times as fast. */
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
