import { type HttpDeps, makeHttp, policies } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { parseJsonObject } from '../lib/json.ts';
import { isLoopback } from '../lib/url-policy.ts';
import { UserError } from '../lib/user-error.ts';
import { askGraphql, type FlyApi } from './api.ts';

/**
 * The app's own URL, e.g. `https://test-battle.fly.dev`: no path, no slash at its end.
 *
 * @returns undefined when Fly.io does not say which hostname the app has.
 */
export async function appUrl(api: FlyApi): Promise<string | undefined> {
  const hostname = (await hostnameOf(api))?.replace(/\.+$/, '');
  const url = hostname && `${isLoopback(hostname) ? 'http' : 'https'}://${hostname}`;
  return url && URL.canParse(url) ? new URL(url).origin : undefined;
}

/**
 * The app's own hostname, e.g. `test-battle.fly.dev`, as Fly.io says it (GraphQL, App.hostname; fly-go,
 * resource_apps.go): it is not always made of the app's name.
 *
 * @returns undefined when Fly.io does not say.
 */
async function hostnameOf(api: FlyApi): Promise<string | undefined> {
  const query = 'query ($name: String!) { app(name: $name) { hostname } }';
  try {
    const answer = await askGraphql(api, query, { name: api.app }, 64 * 1024);
    if (answer.status !== 200) return undefined;
    const json = parseJsonObject(answer.body.toString('utf8'), 'Fly.io’s answer');
    const hostname = json.get('data').get('app').get('hostname').maybeText();
    return hostname !== undefined && /^[a-z0-9.-]+(?::\d+)?$/i.test(hostname) ? hostname : undefined;
  } catch (error) {
    if (error instanceof HttpError || error instanceof UserError) return undefined;
    throw error;
  }
}

/** The app's URL, asked beside something else and without much patience: a deploy does not depend on it. */
export const askAppUrl = (deps: HttpDeps, api: FlyApi): Promise<string | undefined> =>
  appUrl({ ...api, http: makeHttp(deps, policies.appUrl) }).catch(() => undefined);
