import type { TickingClock } from '../src/lib/clock.ts';

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
