import { type HttpDeps, makeHttp, policies } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { parseJsonObject } from '../lib/json.ts';
import { withoutTrailing } from '../lib/text.ts';
import { isLoopback } from '../lib/url-policy.ts';
import { UserError } from '../lib/user-error.ts';
import { askGraphql, type FlyApi } from './api.ts';

/** The app's own URL, e.g. `https://test-battle.fly.dev`: no path, no slash at its end. `none`: Fly.io reports that it has none. */
export type AppUrl = string | 'none';

/**
 * Requests the app's URL with a short timeout: no deploy depends on it, and GraphQL can be down while the machines can be read.
 *
 * @returns undefined when Fly.io does not answer.
 */
export async function askAppUrl(deps: HttpDeps, api: FlyApi): Promise<AppUrl | undefined> {
  const hostname = await hostnameOf({ ...api, http: makeHttp(deps, policies.appUrl) }).catch(() => undefined);
  return hostname === undefined ? undefined : urlOf(hostname);
}

/** The default URL of an app: a guess, for when Fly.io does not answer. */
export const usualUrl = (app: string): string => `https://${app}.fly.dev`;

function urlOf(hostname: string): AppUrl {
  const bare = withoutTrailing(hostname, '.');
  const url = `${isLoopback(bare) ? 'http' : 'https'}://${bare}`;
  return bare !== '' && URL.canParse(url) ? new URL(url).origin : 'none';
}

/**
 * The app's own hostname, e.g. `test-battle.fly.dev`, from GraphQL (App.hostname; fly-go, resource_apps.go). It does not
 * always contain the app's name. '' if the app has none.
 *
 * @returns undefined when Fly.io does not answer, or its answer is not about the app.
 */
async function hostnameOf(api: FlyApi): Promise<string | undefined> {
  const query = 'query ($name: String!) { app(name: $name) { hostname } }';
  try {
    const answer = await askGraphql(api, query, { name: api.app }, 64 * 1024);
    if (answer.status !== 200) return undefined;
    const app = parseJsonObject(answer.body.toString('utf8'), 'Fly.io’s answer').get('data').get('app');
    if (typeof app.value !== 'object' || app.value === null) return undefined;
    const hostname = app.get('hostname').maybeText() ?? '';
    return /^[a-z0-9.-]*(?::\d+)?$/i.test(hostname) ? hostname : '';
  } catch (error) {
    if (error instanceof HttpError || error instanceof UserError) return undefined;
    throw error;
  }
}
