/** What can be read in a Fly.io token. Nothing of it is verified here: Fly.io does that. */
export interface TokenFacts {
  /**
   * `macaroon`: its caveats can be read; `user`: a person's own login (`fo1_`), which can do all that the person can;
   * `opaque`: nothing can be read.
   */
  readonly kind: 'macaroon' | 'user' | 'opaque';
  /** When it ends, in milliseconds since 1970; undefined where that cannot be read. */
  readonly expires: number | undefined;
  /** Numeric ids of the apps that it is limited to; undefined where it is not, or does not say. */
  readonly apps: readonly number[] | undefined;
}

// superfly/macaroon, caveat.go: the numbers of the caveats that are read here.
const [cavApps, cavValidityWindow, cavIfPresent] = [3, 4, 13];
/** superfly/macaroon, flyio/flyio.go, LocationPermission: the macaroon that grants, not one that discharges. */
const permission = 'https://api.fly.io/v1';

/** What the caveats of one macaroon leave. */
interface Limits {
  /** In seconds since 1970. */
  readonly end: number;
  readonly apps: readonly number[] | undefined;
}

/**
 * Reads a token's caveats, as `fly tokens debug` does: a list of `fm2_` and base64 of msgpack, with commas between
 * (superfly/macaroon, format.go and caveat_set.go; structs are arrays there).
 *
 * @param token without its scheme.
 */
export async function readToken(token: string): Promise<TokenFacts> {
  const unknown = { expires: undefined, apps: undefined };
  const parts = token.split(',').map((part) => part.trim());
  if (parts.some((part) => part.startsWith('fo1_'))) return { kind: 'user', ...unknown };
  const { decode } = await import('@msgpack/msgpack');
  const macaroons = parts.flatMap((part) => {
    try {
      const bytes = Buffer.from(/^fm(?:2|1r|1a)_(.*)$/.exec(part)?.[1] ?? '', 'base64');
      // superfly/macaroon, macaroon.go: nonce, location, caveats, signature.
      const [, location, caveats] = decode(bytes) as [unknown, unknown, unknown];
      return Array.isArray(caveats) ? [{ location, ...limitsIn(caveats) }] : [];
    } catch {
      // A format that is not known, of which nothing can be read.
      return [];
    }
  });
  const parties = Map.groupBy(macaroons, ({ location }) => location);
  const granting = parties.get(permission);
  if (granting === undefined) return { kind: 'opaque', ...unknown };
  // One macaroon of each party is needed, and one that is not limited can do all.
  const end = Math.min(...[...parties.values()].map((some) => Math.max(...some.map((each) => each.end))));
  const limited = granting.every(({ apps }) => apps !== undefined);
  return {
    kind: 'macaroon',
    expires: Number.isFinite(end) ? end * 1000 : undefined,
    apps: limited ? [...new Set(granting.flatMap(({ apps }) => apps ?? []))] : undefined,
  };
}

/** Types and bodies of caveats in turn. Each narrows the macaroon, also for an app alone (IfPresent, as deploy tokens have it). */
function limitsIn(caveats: readonly unknown[]): Limits {
  let [end, apps]: [number, number[] | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (let n = 0; n + 1 < caveats.length; n += 2) {
    const [type, body] = [caveats[n], caveats[n + 1]];
    if (!Array.isArray(body)) continue;
    let inner: Partial<Limits> = {};
    if (type === cavValidityWindow) inner = { end: Number(body[1]) };
    if (type === cavApps) inner = { apps: Object.keys(body[0]).map(Number) };
    if (type === cavIfPresent) inner = limitsIn(body[0]);
    end = Math.min(end, inner.end ?? end);
    // Id 0 means every app (resset, ZeroID).
    if (inner.apps !== undefined && !inner.apps.includes(0))
      apps = inner.apps.filter((id) => apps?.includes(id) ?? true);
  }
  return { end, apps };
}
