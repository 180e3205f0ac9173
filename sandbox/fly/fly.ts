import { type LoopbackServer, sendJson, serve } from '../lib/http.ts';
import { type RegistryOptions, type SandboxRegistry, startRegistry } from '../registry/registry.ts';
import { graphqlApi, listApps, machinesApi, uiexApi } from './apis.ts';
import { type Behaviour, type Machine, type NewMachine, Platform, type Release } from './platform.ts';

export type { Behaviour, Machine, NewMachine } from './platform.ts';

/** A Fly.io on loopback: GraphQL, uiex and Machines API behind one origin, as much of them as a deploy asks for. */
export interface SandboxFly extends LoopbackServer {
  /** The one deploy token that it accepts. */
  readonly token: string;
  /** The variables that turn flyctl and this action to this platform. */
  readonly env: Readonly<Record<string, string>>;
  /** The platform's own registry: Basic, user `x`, the token; a repository an app. */
  readonly registry: SandboxRegistry;
  createApp(name: string, machines: readonly NewMachine[]): Promise<void>;
  /** The machines as the Machines API gives them now. */
  machines(app: string): readonly Machine[];
  releases(app: string): readonly Release[];
  /** Calls that it has no answer to. */
  readonly unknown: readonly string[];
  /** Gives an app one of the ways that hurt; `{}` takes them back. */
  behave(app: string, behaviour: Behaviour): void;
  /** Another hostname than `<app>.fly.dev`, e.g. one on loopback. */
  setHostname(app: string, hostname: string): void;
  /** Has somebody else hold a machine's lease. */
  holdLease(app: string, machine: string, ms: number): void;
}

/** Starts the platform. Images are looked up at registries on loopback, as nobody. */
export async function startFly({
  port,
  token = 'sandbox-deploy-token',
  uploadLocation,
  registryHost,
}: {
  port?: number;
  token?: string;
  /** How the platform's registry names the place of an upload. */
  uploadLocation?: RegistryOptions['uploadLocation'];
  /** Another registry in the place of the platform's own, with the same login. */
  registryHost?: string;
} = {}): Promise<SandboxFly> {
  const registry = await startRegistry({ auth: 'basic', ...(uploadLocation && { uploadLocation }) });
  registry.addUser('x', token);
  const authorization = `Basic ${Buffer.from(`x:${token}`).toString('base64')}`;
  const platform = new Platform({ host: registryHost ?? registry.host, authorization });
  const server = await serve((request, response) => {
    const { url, headers } = request;
    // uiex takes Bearer alone; the others take a token by its kind.
    const schemes = url.pathname.startsWith('/api/') ? ['Bearer'] : ['Bearer', 'FlyV1'];
    if (!schemes.some((scheme) => headers['authorization'] === `${scheme} ${token}`)) {
      return sendJson(response, 401, { error: 'unauthorized' });
    }
    if (url.pathname === '/graphql') return graphqlApi(platform, request, response);
    if (url.pathname.startsWith('/api/v1/')) return uiexApi(platform, request, response);
    if (url.pathname === '/v1/apps') return listApps(platform, request, response);
    if (url.pathname.startsWith('/v1/apps/')) return machinesApi(platform, request, response);
    return platform.refuse(request, response);
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
      registry.addRepository(name, 'private');
      await platform.createApp(name, machines);
    },
    machines: (app) => appOf(app).machines,
    releases: (app) => appOf(app).releases,
    behave: (app, behaviour) => {
      appOf(app).behaviour = { ...behaviour };
    },
    setHostname: (app, hostname) => {
      appOf(app).hostname = hostname;
    },
    holdLease: (app, machine, ms) =>
      void appOf(app).leases.set(machine, { nonce: 'somebody-else', until: Date.now() + ms }),
    close: async () => {
      platform.close();
      await Promise.all([server.close(), registry.close()]);
    },
  };
}
