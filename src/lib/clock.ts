/** Time, passed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** A clock that can also do something again and again meanwhile. */
export interface TickingClock extends Clock {
  /** Calls at this distance, in milliseconds, until the function that it gives is called. */
  every(ms: number, tick: () => void): () => void;
}

export const systemClock: TickingClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
};
