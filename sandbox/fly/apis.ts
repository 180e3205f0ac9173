import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type Incoming, sendJson } from '../lib/http.ts';
import { type App, type Machine, newId, type Platform, type Release } from './platform.ts';

type Json = Record<string, unknown>;
const bodyOf = (request: Incoming): Json =>
  request.body.length === 0 ? {} : (JSON.parse(request.body.toString('utf8')) as Json);

/** The Machines API ("flaps"): what fly-go, flaps/*.go, calls. Errors are `{"error": …}`. */
export async function machinesApi(
  platform: Platform,
  request: Incoming,
  response: ServerResponse,
): Promise<void> {
  const { method, url, headers } = request;
  const [, , , name = '', kind, id, verb] = url.pathname.split('/');
  const app = platform.apps.get(name);
  if (app === undefined) return sendJson(response, 404, { error: `app ${name} not found` });
  if (kind === undefined && method === 'GET') return sendJson(response, 200, describe(app));
  if (kind === 'ip_assignments' && method === 'GET') return sendJson(response, 200, { ips: [] });
  if (kind === 'volumes' && method === 'GET') return sendJson(response, 200, []);
  if (kind !== 'machines') return platform.refuse(request, response);
  if (id === undefined && method === 'GET') {
    sendJson(response, 200, app.machines);
    // flyctl lists them too.
    if (headers['user-agent'] === 'deploy-fly-image') app.afterDeploy.listed();
    return;
  }
  if (id === undefined && method === 'POST') {
    const { config, region, skip_launch } = bodyOf(request) as {
      config: Machine['config'];
      region: string;
      skip_launch?: boolean;
    };
    const made = await platform.create(app, config, region, skip_launch === true);
    return made === undefined
      ? sendJson(response, 404, { error: `failed to get manifest ${config.image}` })
      : sendJson(response, 200, made);
  }
  const machine = [...app.machines, ...app.gone].find((each) => each.id === id);
  if (machine === undefined) return sendJson(response, 404, { error: `machine ${id} not found` });

  switch (`${method} ${verb ?? ''}`.trim()) {
    case 'GET':
      return sendJson(response, 200, machine);
    case 'POST lease':
      return lease(app, machine, url, headers['fly-machine-lease-nonce'], response);
    case 'DELETE lease':
      if (app.leases.get(machine.id)?.nonce === headers['fly-machine-lease-nonce'])
        app.leases.delete(machine.id);
      return sendJson(response, 200, { ok: true });
    case 'DELETE':
      platform.destroy(app, machine);
      return sendJson(response, 200, { ok: true });
    case 'GET wait':
      return wait(machine, url, response);
    case 'POST start': {
      const previous_state = machine.state;
      platform.start(app, machine);
      return sendJson(response, 200, { previous_state, status: 'ok' });
    }
    case 'POST stop':
      machine.state = 'stopped';
      return sendJson(response, 200, { ok: true });
    case 'POST cordon':
    case 'POST uncordon':
      return sendJson(response, 200, { ok: true });
    case 'GET metadata':
      return sendJson(response, 200, machine.config.metadata);
    case 'POST metadata':
      machine.config.metadata[url.pathname.split('/')[7] ?? ''] = String(bodyOf(request)['value']);
      return sendJson(response, 204, {});
    case 'GET ps':
      return sendJson(response, 200, [
        { pid: 1, command: '/app', listen_sockets: [{ proto: 'tcp', address: '0.0.0.0:8080' }] },
      ]);
    case 'POST':
      return update(platform, app, machine, request, response);
    default:
      return platform.refuse(request, response);
  }
}

/** Answers when the machine is in one of the states, or after as many seconds as the client waits. */
async function wait(machine: Machine, url: URL, response: ServerResponse): Promise<void> {
  const given = url.searchParams.getAll('state');
  const states = given.length === 0 ? ['started'] : given;
  const end = Date.now() + Number(url.searchParams.get('timeout') ?? 60) * 1000;
  while (!states.includes(machine.state)) {
    if (response.destroyed) return;
    if (Date.now() >= end)
      return sendJson(response, 408, { error: 'deadline_exceeded: machine not in desired state' });
    await setTimeout(20);
  }
  sendJson(response, 200, { ok: true });
}

function lease(
  app: App,
  machine: Machine,
  url: URL,
  nonce: string | undefined,
  response: ServerResponse,
): void {
  const held = app.leases.get(machine.id);
  if (held !== undefined && held.until > Date.now() && held.nonce !== nonce) {
    return sendJson(response, 409, {
      error: `failed to acquire lease: machine ID ${machine.id} lease currently held by somebody else`,
    });
  }
  const ttl = Number(url.searchParams.get('ttl') ?? 13);
  const mine = { nonce: nonce ?? newId().toLowerCase(), until: Date.now() + ttl * 1000 };
  app.leases.set(machine.id, mine);
  const data = {
    nonce: mine.nonce,
    expires_at: Math.floor(mine.until / 1000),
    owner: 'sandbox',
    version: machine.version,
  };
  sendJson(response, 201, { status: 'success', data });
}

async function update(
  platform: Platform,
  app: App,
  machine: Machine,
  request: Incoming,
  response: ServerResponse,
): Promise<void> {
  const held = app.leases.get(machine.id);
  if (
    held !== undefined &&
    held.until > Date.now() &&
    held.nonce !== request.headers['fly-machine-lease-nonce']
  ) {
    return sendJson(response, 409, { error: 'lease currently held by somebody else' });
  }
  const { failUpdate } = app.behaviour;
  if (failUpdate !== undefined && app.machines[failUpdate.index] === machine) {
    return sendJson(response, failUpdate.status, {
      error: failUpdate.body ?? 'unable to update machine: insufficient memory available',
    });
  }
  const { config, skip_launch } = bodyOf(request) as { config?: Machine['config']; skip_launch?: boolean };
  if (config?.image === undefined) return sendJson(response, 400, { error: 'config.image is required' });
  const updated = await platform.update(app, machine, config, skip_launch === true);
  if (updated === undefined)
    return sendJson(response, 404, { error: `failed to get manifest ${config.image}` });
  sendJson(response, 200, updated);
}

/** Apps of an organization (fly-go, flaps_apps.go, ListApps): those that the token may see. Here all are of one. */
export function listApps(platform: Platform, { method, url }: Incoming, response: ServerResponse): void {
  if (method !== 'GET') return sendJson(response, 404, { error: 'not found' });
  if (url.searchParams.get('org_slug') !== 'sandbox')
    return sendJson(response, 404, { error: 'organization not found' });
  const apps = [...platform.apps.values()].map(describe);
  sendJson(response, 200, { total_apps: apps.length, apps });
}

const describe = (app: App): Json => ({
  id: app.name,
  name: app.name,
  internal_numeric_id: 1,
  status: 'deployed',
  machine_count: app.machines.length,
  network: 'default',
  organization: { name: 'Sandbox', slug: 'sandbox', internal_numeric_id: 1 },
  cname_target: '',
  app_role: '',
});

/** uiex, `/api/v1/…`: organizations, builds and releases (flyctl, internal/uiex). */
export async function uiexApi(
  platform: Platform,
  request: Incoming,
  response: ServerResponse,
): Promise<void> {
  const { method, url } = request;
  const path = url.pathname.replace('/api/v1/', '');
  const body = bodyOf(request);
  if (method === 'GET' && path.startsWith('organizations/')) {
    return sendJson(response, 200, {
      organization: { id: 'org', internal_numeric_id: 1, slug: path.split('/')[1], name: 'Sandbox' },
    });
  }
  if (method === 'POST' && (path === 'builds' || path === 'builds/finish')) {
    return sendJson(response, 200, {
      id: 1,
      status: path === 'builds' ? 'started' : 'completed',
      wallclock_time_ms: 1,
    });
  }
  if (method === 'POST' && path === 'releases') {
    const app = platform.apps.get(String(body['app_name']));
    if (app === undefined) return sendJson(response, 404, { error: 'Could not find App' });
    if ((await platform.find(String(body['image']))) === undefined)
      return sendJson(response, 404, { error: `Could not find image ${body['image']}` });
    const strategy = String(body['strategy'] ?? 'ROLLING');
    const release = platform.release(app, String(body['image']), strategy);
    return sendJson(response, 201, { release });
  }
  if (method === 'PATCH' && path.startsWith('releases/')) {
    const [app, release] = releaseOf(platform, path.split('/')[1]);
    if (release === undefined) return sendJson(response, 404, { error: 'Could not find release' });
    release.status = String(body['status']);
    if (release.status !== 'running') app.afterDeploy.deployFinished();
    return sendJson(response, 200, { release });
  }
  // A deploy token may not read logs: flyctl goes on without them (machines_releasecommand.go, waitForLogs).
  if (method === 'GET' && /^apps\/[^/]+\/logs$/.test(path))
    return sendJson(response, 401, { error: 'unauthorized' });
  const listed = /^apps\/([^/]+)\/releases(\/current)?$/.exec(path);
  const app = listed === null ? undefined : platform.apps.get(listed[1] ?? '');
  if (method !== 'GET' || app === undefined) return platform.refuse(request, response);
  if (listed?.[2] === undefined) return sendJson(response, 200, { releases: app.releases.toReversed() });
  const current = app.releases.at(-1);
  return current === undefined
    ? sendJson(response, 404, { error: 'no release' })
    : sendJson(response, 200, { release: current });
}

function releaseOf(platform: Platform, id: string | undefined): [App, Release] | [undefined, undefined] {
  for (const app of platform.apps.values()) {
    const release = app.releases.find((each) => each.id === id);
    if (release !== undefined) return [app, release];
  }
  return [undefined, undefined];
}

/** GraphQL: the few queries of a deploy, told apart by the fields they ask for. */
export async function graphqlApi(
  platform: Platform,
  request: Incoming,
  response: ServerResponse,
): Promise<void> {
  const { query = '', variables = {} } = bodyOf(request) as {
    query?: string;
    variables?: Record<string, string>;
  };
  const app = platform.apps.get(String(variables['appName'] ?? variables['name'] ?? ''));
  const errors = [{ message: 'Could not find App', extensions: { code: 'NOT_FOUND' } }];
  if (query.includes('validateWireGuardPeers'))
    return sendJson(response, 200, { data: { validateWireGuardPeers: { invalidPeerIps: [] } } });
  if (query.includes('canPerformBluegreenDeployment'))
    return sendJson(response, 200, { data: { canPerformBluegreenDeployment: true } });
  if (app === undefined) return sendJson(response, 200, { data: { app: null }, errors });
  if (query.includes('hostname'))
    return sendJson(response, 200, { data: { app: { hostname: app.hostname } } });
  if (query.includes('image(ref')) {
    const image = await platform.find(String(variables['imageRef']));
    const found = image && {
      id: `img_${image.platformDigest.slice(7, 23)}`,
      digest: image.platformDigest,
      ref: variables['imageRef'],
      compressedSize: String(image.size),
      manifest: null,
    };
    return sendJson(response, 200, { data: { app: { id: app.name, image: found ?? null } } });
  }
  if (query.includes('releasesUnprocessed')) {
    const nodes = app.releases
      .map(({ version, status, image_ref, created_at }) => ({
        version,
        status,
        imageRef: image_ref,
        createdAt: created_at,
      }))
      .reverse();
    return sendJson(response, 200, { data: { app: { releases: { nodes } } } });
  }
  if (query.includes('currentReleaseUnprocessed')) {
    return sendJson(response, 200, {
      data: { app: { id: app.name, currentReleaseUnprocessed: { configDefinition: { app: app.name } } } },
    });
  }
  if (query.includes('egressIpAddresses'))
    return sendJson(response, 200, { data: { app: { id: app.name, egressIpAddresses: { nodes: [] } } } });
  platform.refuse(request, response);
}
