// The rate limits of Fly.io's Machines API on the virtual clock (docs, machines/api/working-with-machines-api, "Rate limits"): for
// each action, and each machine that is named or else the app, one request per second with bursts of three. Reading one machine
// has five per second and bursts of ten.
import type { InProcessFly } from '../../sandbox/fly/in-process.ts';
import type { VirtualClock } from '../../sandbox/fly/virtual-clock.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** A fetch that answers 429 above the limits. @param limited called for each refused request. */
export function withLimits(
  fetch: InProcessFly['fetch'],
  clock: Pick<VirtualClock, 'now' | 'sleep'>,
  limited: () => void,
): InProcessFly['fetch'] {
  const buckets = new Map<string, Bucket>();
  return async (url, init) => {
    const { pathname } = new URL(url);
    const method = init?.method ?? 'GET';
    if (!pathname.startsWith('/v1/')) return fetch(url, init);
    const isMachine = method === 'GET' && /\/machines\/[^/]+$/.test(pathname);
    const [rate, burst] = isMachine ? [5, 10] : [1, 3];
    const now = clock.now();
    const key = `${method} ${pathname}`;
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now };
    const there = Math.min(burst, tokens + ((now - at) / 1000) * rate);
    buckets.set(key, { tokens: there < 1 ? there : there - 1, at: now });
    if (there >= 1) return fetch(url, init);
    limited();
    await clock.sleep(30);
    return Response.json({ error: 'rate limit exceeded' }, { status: 429 });
  };
}
