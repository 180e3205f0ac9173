import { type Incoming, type LoopbackServer, type Outgoing, sendJson, serve } from '../lib/http.ts';
import { type RegistryOptions, type SandboxRegistry, startRegistry } from '../registry/registry.ts';
import { graphqlApi } from './api/graphql.ts';
import { listApps, machinesApi } from './api/machines.ts';
import { uiexApi } from './api/uiex.ts';
import type { PlatformClock } from './clock.ts';
import type { NamedFault } from './faults.ts';
import { findImage } from './find-image.ts';
import { Platform, type PlatformOptions } from './platform.ts';
import type { Behavior, Machine, NewMachine, Release } from './types.ts';

export type { Behavior, Machine, NewMachine } from './types.ts';

/** A Fly.io on loopback: the parts of GraphQL, uiex, and the Machines API that a deploy calls, on one origin. */
export interface SandboxFly extends LoopbackServer {
  /** The only deploy token that it accepts. */
  readonly token: string;
  /** The variables that direct flyctl and this action to this platform. */
  readonly env: Readonly<Record<string, string>>;
  /** The platform's own registry, with the login `x` and the token by Basic, and one repository for each app. */
  readonly registry: SandboxRegistry;
  createApp(name: string, machines: readonly NewMachine[]): Promise<void>;
  /** The machines as the Machines API reports them now. */
  machines(app: string): readonly Machine[];
  /** The releases of the deploys, the oldest first. */
  releases(app: string): readonly Release[];
  /** Calls that are not modeled. */
  readonly unknown: readonly string[];
  /** Replaces the faults of an app; `{}` removes them. */
  behave(app: string, behavior: Behavior): void;
  /** Adds a fault by its name. */
  inject(app: string, fault: NamedFault): void;
  /** The platform itself, for tests that compare the action's report with the actual state. */
  readonly platform: Platform;
  /** Replaces the hostname `<app>.fly.dev`, e.g. with one on loopback. */
  setHostname(app: string, hostname: string): void;
  /** Makes another deploy hold a machine's lease for this number of milliseconds. */
  holdLease(app: string, machine: string, ms: number): void;
}

export interface FlyOptions {
  /** Defaults to a free port. */
  readonly port?: number;
  readonly token?: string;
  /** Deploy tokens of single apps. Each can read only its app, which the platform's token cannot read. */
  readonly appTokens?: Readonly<Record<string, string>>;
  /** The form of an upload's location in the platform's registry. */
  readonly uploadLocation?: NonNullable<RegistryOptions['uploadLocation']>;
  /** Another registry instead of the platform's own, with the same login. */
  readonly registryHost?: string;
  /** Defaults to the machine's. */
  readonly clock?: PlatformClock;
  readonly startedAgo?: number;
  readonly listed?: NonNullable<PlatformOptions['listed']>;
  /** Replaces the registries for finding images. */
  readonly find?: PlatformOptions['find'];
}

/** Answers a request to GraphQL, uiex, or the Machines API. */
export function handleFly(
  platform: Platform,
  token: string,
  request: Incoming,
  response: Outgoing,
  appTokens: Readonly<Record<string, string>> = {},
): Promise<void> | void {
  const { url, headers } = request;
  // uiex accepts only Bearer. The other APIs also accept the scheme of the token's kind.
  const schemes = url.pathname.startsWith('/api/') ? ['Bearer'] : ['Bearer', 'FlyV1'];
  const isToken = (each: string) =>
    schemes.some((scheme) => headers['authorization'] === `${scheme} ${each}`);
  const [, app = ''] = /^\/v1\/apps\/([^/]+)/.exec(url.pathname) ?? [];
  const owner = Object.keys(appTokens).find((name) => isToken(appTokens[name] ?? ''));
  if (owner === undefined && !isToken(token)) return sendJson(response, 401, { error: 'unauthorized' });
  // Fly.io answers 404 for an app that the token cannot access.
  const isForeign = owner === undefined ? Object.hasOwn(appTokens, app) : owner !== app;
  if (app !== '' && isForeign) return sendJson(response, 404, { error: 'app not found' });
  if (url.pathname === '/graphql') return graphqlApi(platform, request, response);
  if (url.pathname.startsWith('/api/v1/')) return uiexApi(platform, request, response);
  if (url.pathname === '/v1/apps') return listApps(platform, request, response);
  if (url.pathname.startsWith('/v1/apps/')) return machinesApi(platform, request, response);
  return platform.answerUnknown(request, response);
}

/** Starts the platform. Images are pulled anonymously, from registries on loopback. */
export async function startFly({
  port,
  token = 'sandbox-deploy-token',
  appTokens = {},
  uploadLocation,
  registryHost,
  clock,
  ...rest
}: FlyOptions = {}): Promise<SandboxFly> {
  const registry = await startRegistry({ auth: 'basic', ...(uploadLocation && { uploadLocation }) });
  for (const each of [token, ...Object.values(appTokens)]) registry.addUser('x', each);
  const authorization = `Basic ${Buffer.from(`x:${token}`).toString('base64')}`;
  const own = { host: registryHost ?? registry.host, authorization };
  const find = (reference: string) => findImage(reference, own);
  const created = ({ name }: { readonly name: string }) => registry.addRepository(name, 'private');
  const platform = new Platform({ find, created, ...(clock && { clock }), ...rest });
  const server = await serve((request, response) => {
    // Events and answers use the same clock.
    if (clock !== undefined) response.setHeader('date', new Date(clock.now()).toUTCString());
    return handleFly(platform, token, request, response, appTokens);
  }, port);

  const appOf = (name: string) => {
    const app = platform.apps.get(name);
    if (app === undefined) throw new Error(`no app ${name}`);
    return app;
  };
  return {
    ...server,
    token,
    env: {
      FLY_API_BASE_URL: server.origin,
      FLY_FLAPS_BASE_URL: server.origin,
      FLY_UIEX_BASE_URL: server.origin,
      FLY_REGISTRY_HOST: registryHost ?? registry.host,
    },
    registry,
    unknown: platform.unknown,
    createApp: async (name, machines) => {
      await platform.createApp(name, machines);
    },
    machines: (app) => appOf(app).machines,
    releases: (app) => appOf(app).releases,
    platform,
    inject: (app, fault) => appOf(app).faults.add(fault),
    behave: (app, behavior) => {
      appOf(app).behavior = { ...behavior };
    },
    setHostname: (app, hostname) => {
      appOf(app).hostname = hostname;
    },
    holdLease: (app, machine, ms) =>
      void appOf(app).leases.set(machine, { nonce: 'somebody-else', until: platform.clock.now() + ms }),
    close: async () => {
      platform.close();
      await Promise.all([server.close(), registry.close()]);
    },
  };
}
