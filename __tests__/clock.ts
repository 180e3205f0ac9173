import type { TickingClock } from '../src/lib/clock.ts';

/** A clock on which several can sleep at the same time: when nobody has anything to do, it moves to the next end of a sleep. */
export function sharedClock(): TickingClock & { readonly run: <T>(work: Promise<T>) => Promise<T> } {
  let now = 0;
  interface Timer {
    at: number;
    readonly due: () => void;
  }
  const timers = new Set<Timer>();
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise<void>((resolve) => {
        const timer: Timer = {
          at: now + ms,
          due: () => {
            timers.delete(timer);
            resolve();
          },
        };
        timers.add(timer);
      }),
    every: (ms, tick) => {
      const timer: Timer = {
        at: now + ms,
        due: () => {
          timer.at += ms;
          tick();
        },
      };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    run: async (work) => {
      let done = false;
      const end = () => {
        done = true;
      };
      work.then(end, end);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (done) return work;
        const [next] = [...timers].sort((a, b) => a.at - b.at);
        if (next === undefined) throw new Error('everything waits for something that will not happen');
        now = next.at;
        next.due();
      }
    },
  };
}

/** A clock that moves only during `sleep`. Timers that are due meanwhile fire at their time. */
export function fakeClock(begin = 1_000_000): TickingClock {
  let now = begin;
  const timers = new Set<{ at: number; readonly ms: number; readonly tick: () => void }>();
  return {
    now: () => now,
    sleep: async (ms) => {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].sort((a, b) => a.at - b.at);
        if (next === undefined || next.at >= end) break;
        now = next.at;
        next.at += next.ms;
        next.tick();
      }
      now = end;
    },
    every: (ms, tick) => {
      const timer = { at: now + ms, ms, tick };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
}
