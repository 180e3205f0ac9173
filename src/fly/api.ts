import { type Answer, type Http, type HttpDeps, makeHttp, policies } from '../lib/http.ts';
import { baseUrl } from '../lib/url-policy.ts';

/** Fly.io's APIs for one app. */
export interface FlyApi {
  /** Base URL of the Machines API, e.g. `https://api.machines.dev`; flyctl drops a path in it, and so does this. */
  readonly base: string;
  /** Base URL of the GraphQL API, e.g. `https://api.fly.io`, for data that the Machines API does not have. */
  readonly graphqlBase: string;
  readonly app: string;
  readonly token: string;
  readonly http: Http;
}

export interface FlyDeps extends HttpDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
}

const graphqlHost = 'https://api.fly.io';

/**
 * The APIs of one app, on the hosts that flyctl reads from the same variables.
 *
 * @param mode a dry run and the doctor send each request once: they report what would be deployed even while Fly.io is down.
 * @throws UserError when a variable is not a URL that the token can go to.
 */
export function flyApi(
  deps: FlyDeps,
  { app, flyToken, mode }: { readonly app: string; readonly flyToken: string; readonly mode: string },
): FlyApi {
  // flyctl reads more of these variables, and sends the token to those hosts.
  for (const name of Object.keys(deps.env))
    if (/^FLY_(?:\w+_)?BASE_URL$/.test(name)) baseUrl(deps.env, name, graphqlHost);
  return {
    base: baseUrl(deps.env, 'FLY_FLAPS_BASE_URL', 'https://api.machines.dev'),
    graphqlBase: baseUrl(deps.env, 'FLY_API_BASE_URL', graphqlHost),
    app,
    token: flyToken,
    http: makeHttp(deps, mode === 'deploy' || mode === 'verify' ? policies.machines : policies.machinesOnce),
  };
}

/**
 * Sends a GET request to the Machines API.
 *
 * @param limit of the answer, in bytes.
 * @throws HttpError when there is no answer.
 */
export const getJson = ({ base, token, http }: FlyApi, path: string, limit: number): Promise<Answer> =>
  http(new URL(path, base).href, {
    headers: { authorization: authorizationOf(token), accept: 'application/json' },
    limit,
  });

/**
 * Sends a query to Fly.io's GraphQL API (fly-go, client.go). An answer of 200 can contain `errors` instead of data.
 *
 * @param limit of the answer, in bytes.
 * @throws HttpError when there is no answer.
 */
export const askGraphql = (
  { graphqlBase, token, http }: FlyApi,
  query: string,
  variables: Readonly<Record<string, string | number>>,
  limit: number,
): Promise<Answer> =>
  http(new URL('/graphql', graphqlBase).href, {
    method: 'POST',
    headers: { authorization: authorizationOf(token), 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    limit,
  });

/** A token without its scheme. */
export const bareToken = (token: string): string => token.replace(/^(?:FlyV1|Bearer)\s+/i, '').trim();

/** Shorter parts can be ordinary words, which must not be masked. */
const leastPart = 16;

/**
 * The parts of a token that can appear alone: Fly.io's tokens are `FlyV1 fm2_…,fm2_…`, and flyctl splits them (fly-go,
 * tokens/tokens.go).
 */
export function partsOfToken(token: string): string[] {
  const bare = bareToken(token);
  const macaroons = bare.split(',').map((part) => part.trim());
  const bodies = macaroons.map((part) => part.replace(/^fm(?:1r|1a|2)_/, ''));
  return [bare, ...macaroons, ...bodies].filter((part) => part.length >= leastPart);
}

/** The `Authorization` header of a token: `FlyV1` for macaroons (`fm1r_`, `fm1a_`, `fm2_`), else `Bearer` (fly-go, tokens/tokens.go). */
export function authorizationOf(token: string): string {
  const bare = bareToken(token);
  return /(?:^|,)\s*fm(?:1r|1a|2)_/.test(bare) ? `FlyV1 ${bare}` : `Bearer ${bare}`;
}

/** The token as a login for Fly.io's registry, which accepts any user name; flyctl's is `x` (flyctl, internal/command/auth/docker.go). */
export const flyLogin = (token: string): { readonly username: string; readonly password: string } => ({
  username: 'x',
  password: bareToken(token),
});
