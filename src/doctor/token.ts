/** What a Fly.io token says of itself. Nothing of it is verified here: that is for Fly.io to do. */
export interface TokenFacts {
  /**
   * `macaroon`: caveats can be read; `user`: a person's own login (`fo1_`), which may all that the person may; `opaque`: it
   * does not say.
   */
  readonly kind: 'macaroon' | 'user' | 'opaque';
  /** When it ends, in milliseconds since 1970; undefined where it does not say. */
  readonly expires: number | undefined;
  /** Numeric ids of the apps that it is limited to; undefined where it is not, or does not say. */
  readonly apps: readonly number[] | undefined;
}

// superfly/macaroon, caveat.go: the numbers of the caveats that are read here.
const [cavApps, cavValidityWindow, cavIfPresent] = [3, 4, 13];
/** superfly/macaroon, flyio/flyio.go, LocationPermission: the macaroon that grants, not one that discharges. */
const permission = 'https://api.fly.io/v1';
/** superfly/macaroon, macaroon.go: nonce, location, caveats, signature. */
type Decoded = readonly [unknown, string, readonly unknown[], unknown];

/**
 * Reads a token's caveats, as `fly tokens debug` does: a list of `fm2_` and base64 of msgpack, with commas between
 * (superfly/macaroon, format.go and caveat_set.go; structs are arrays there). Each caveat narrows what the token may, so the
 * earliest end counts, and any caveat with apps limits it to them, be it for an app alone (IfPresent, as deploy tokens have it).
 *
 * @param token without its scheme.
 */
export async function readToken(token: string): Promise<TokenFacts> {
  const parts = token.split(',').map((part) => part.trim());
  if (parts.some((part) => part.startsWith('fo1_'))) return { kind: 'user', ...nothing };
  const encoded = parts.filter((part) => /^fm(?:2|1r|1a)_/.test(part));
  if (encoded.length === 0) return { kind: 'opaque', ...nothing };
  const { decode } = await import(/* webpackMode: "eager" */ '@msgpack/msgpack');
  const macaroons: Decoded[] = [];
  for (const part of encoded) {
    try {
      const value = decode(Buffer.from(part.slice(part.indexOf('_') + 1), 'base64'));
      if (isMacaroon(value)) macaroons.push(value);
    } catch {
      // Another format than is known: then nothing is said of it.
    }
  }
  const granting = macaroons.filter(([, location]) => location === permission);
  if (granting.length === 0) return { kind: 'opaque', ...nothing };

  const ends = granting.flatMap(([, , caveats]) => endsIn(caveats));
  // Of several discharges by one party the last to end counts: one is enough.
  const discharges = Map.groupBy(
    macaroons.filter(([, location]) => location !== permission),
    ([, location]) => location,
  );
  for (const some of discharges.values()) {
    ends.push(Math.max(...some.map(([, , caveats]) => Math.min(...endsIn(caveats)))));
  }
  const limits = granting.map(([, , caveats]) => appsIn(caveats));
  const earliest = Math.min(...ends);
  return {
    kind: 'macaroon',
    expires: Number.isFinite(earliest) ? earliest * 1000 : undefined,
    // One of them without a limit is enough to do all.
    apps: limits.some((apps) => apps === undefined) ? undefined : limits.flatMap((apps) => apps ?? []),
  };
}

const nothing = { expires: undefined, apps: undefined };

const isMacaroon = (value: unknown): value is Decoded =>
  Array.isArray(value) && value.length === 4 && typeof value[1] === 'string' && Array.isArray(value[2]);

/** Type and body of each caveat, those inside IfPresent too (resset/if_present.go: caveats, else). */
function* caveatsIn(set: readonly unknown[], depth = 0): Generator<[number, unknown]> {
  for (let n = 0; n + 1 < set.length; n += 2) {
    const [type, body] = [Number(set[n]), set[n + 1]];
    yield [type, body];
    const inner = type === cavIfPresent && Array.isArray(body) ? body[0] : undefined;
    if (Array.isArray(inner) && depth < 4) yield* caveatsIn(inner, depth + 1);
  }
}

/** NotAfter of each window, in seconds since 1970. */
function endsIn(set: readonly unknown[]): number[] {
  return [...caveatsIn(set)].flatMap(([type, body]) =>
    type === cavValidityWindow && Array.isArray(body) && body.length === 2 ? [Number(body[1])] : [],
  );
}

/** The apps that all caveats leave; undefined when none limits them. Id 0 stands for every app (resset, ZeroID). */
function appsIn(set: readonly unknown[]): number[] | undefined {
  let left: number[] | undefined;
  for (const [type, body] of caveatsIn(set)) {
    if (type !== cavApps || !Array.isArray(body) || typeof body[0] !== 'object' || body[0] === null) continue;
    const ids = Object.keys(body[0]).map(Number);
    if (ids.includes(0)) continue;
    left = left === undefined ? ids : left.filter((id) => ids.includes(id));
  }
  return left;
}
