import { bodyOf, type Incoming, isAction, type JsonObject, type Outgoing, sendJson } from '../../lib/http.ts';
import { newId } from '../machine.ts';
import type { Platform } from '../platform.ts';
import { answeredByFault, answeredForCount, countOf, reported, sendList } from '../report.ts';
import type { App, Machine } from '../types.ts';

/** The parts of the Machines API ("flaps") that fly-go calls (flaps/*.go). Errors are `{"error": …}`. */
export async function machinesApi(platform: Platform, request: Incoming, response: Outgoing): Promise<void> {
  const { method, url, headers } = request;
  const [, , , name = '', kind, id, verb] = url.pathname.split('/');
  const app = platform.apps.get(name);
  if (app === undefined) return sendJson(response, 404, { error: `app ${name} not found` });
  if (answeredByFault(app, response)) return;
  if (kind === undefined && method === 'GET')
    return answeredForCount(app, response) ? undefined : sendJson(response, 200, describe(app));
  if (kind === undefined && method === 'DELETE') {
    platform.apps.delete(name);
    return sendJson(response, 202, {});
  }
  if (kind === 'ip_assignments' && method === 'GET') return sendJson(response, 200, { ips: [] });
  if (kind === 'volumes' && method === 'GET') return sendJson(response, 200, []);
  if (kind !== 'machines') return platform.answerUnknown(request, response);
  if (id === undefined && method === 'GET') {
    const ids = sendList(app, response);
    // flyctl also lists the machines, with another user agent.
    if (isAction(request)) platform.listed(app, ids);
    return;
  }
  if (id === undefined && method === 'POST') {
    const { config, region, skip_launch, skip_service_registration } = bodyOf(request) as {
      config: Machine['config'];
      region: string;
      skip_launch?: boolean;
      skip_service_registration?: boolean;
    };
    const made = await platform.create(app, config, region, skip_launch === true);
    if (made === undefined)
      return sendJson(response, 404, { error: `failed to get manifest ${config.image}` });
    // An unregistered machine gets no requests until it is uncordoned.
    made.cordoned = skip_service_registration === true;
    return sendJson(response, 200, made);
  }
  const machine = [...app.machines, ...app.destroyed].find((each) => each.id === id);
  const isGone = machine?.state === 'destroyed' && method === 'POST';
  if (machine === undefined || isGone) return sendJson(response, 404, { error: `machine ${id} not found` });

  switch (`${method} ${verb ?? ''}`.trim()) {
    case 'GET':
      return sendJson(response, 200, reported(app, machine));
    case 'GET lease': {
      const held = isLeased(platform, app, machine, undefined) ? app.leases.get(machine.id) : undefined;
      return held === undefined
        ? sendJson(response, 404, { error: 'lease not found' })
        : sendJson(response, 200, { status: 'success', data: leaseData(machine, held) });
    }
    case 'POST lease':
      return lease(platform, app, machine, url, headers['fly-machine-lease-nonce'], response);
    case 'DELETE lease':
      if (app.leases.get(machine.id)?.nonce === headers['fly-machine-lease-nonce'])
        app.leases.delete(machine.id);
      return sendJson(response, 200, { ok: true });
    case 'DELETE':
      platform.destroy(app, machine);
      return sendJson(response, 200, { ok: true });
    case 'GET wait':
      return wait(platform, machine, url, response);
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
      machine.cordoned = verb === 'cordon';
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
      return platform.answerUnknown(request, response);
  }
}

/** Answers when the machine is in one of the states, or at the end of the client's timeout. */
async function wait({ clock }: Platform, machine: Machine, url: URL, response: Outgoing): Promise<void> {
  const given = url.searchParams.getAll('state');
  const states = given.length === 0 ? ['started'] : given;
  const end = clock.now() + Number(url.searchParams.get('timeout') ?? 60) * 1000;
  while (!states.includes(machine.state)) {
    if (response.destroyed) return;
    if (clock.now() >= end)
      return sendJson(response, 408, { error: 'deadline_exceeded: machine not in desired state' });
    await new Promise<void>((resolve) => clock.after(20, resolve));
  }
  sendJson(response, 200, { ok: true });
}

/** Whether another nonce holds the machine's lease. */
function isLeased({ clock }: Platform, app: App, machine: Machine, nonce: string | undefined): boolean {
  const lease = app.leases.get(machine.id);
  return lease !== undefined && lease.until > clock.now() && lease.nonce !== nonce;
}

function lease(
  platform: Platform,
  app: App,
  machine: Machine,
  url: URL,
  nonce: string | undefined,
  response: Outgoing,
): void {
  if (isLeased(platform, app, machine, nonce)) {
    return sendJson(response, 409, {
      error: `failed to acquire lease: machine ID ${machine.id} lease currently held by somebody else`,
    });
  }
  const ttl = Number(url.searchParams.get('ttl') ?? 13);
  const mine = { nonce: nonce ?? newId().toLowerCase(), until: platform.clock.now() + ttl * 1000 };
  app.leases.set(machine.id, mine);
  sendJson(response, 201, { status: 'success', data: leaseData(machine, mine) });
}

/** A lease as fly-go reads it (machine_types.go, MachineLeaseData). */
const leaseData = ({ version }: Machine, { nonce, until }: { nonce: string; until: number }): JsonObject => ({
  nonce,
  expires_at: Math.floor(until / 1000),
  owner: 'sandbox',
  version,
});

async function update(
  platform: Platform,
  app: App,
  machine: Machine,
  request: Incoming,
  response: Outgoing,
): Promise<void> {
  if (isLeased(platform, app, machine, request.headers['fly-machine-lease-nonce'])) {
    return sendJson(response, 409, { error: 'lease currently held by somebody else' });
  }
  const place = app.machines.indexOf(machine);
  if (app.faults.active('no-room', place, app.machines.length) !== undefined)
    return sendJson(response, 412, { error: 'could not reserve resource for machine: insufficient CPUs' });
  const { failUpdate } = app.behavior;
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

/** Lists the apps of the only organization (fly-go, flaps_apps.go, ListApps). */
export async function listApps(platform: Platform, request: Incoming, response: Outgoing): Promise<void> {
  const { method, url } = request;
  if (method === 'POST') {
    const { name = '' } = bodyOf(request) as { name?: string };
    await platform.createApp(name, []);
    return sendJson(response, 201, { id: name, name, status: 'pending' });
  }
  if (method !== 'GET') return sendJson(response, 404, { error: 'not found' });
  if (url.searchParams.get('org_slug') !== 'sandbox')
    return sendJson(response, 404, { error: 'organization not found' });
  const apps = [...platform.apps.values()].map(describe);
  sendJson(response, 200, { total_apps: apps.length, apps });
}

const describe = (app: App): JsonObject => ({
  id: app.name,
  name: app.name,
  internal_numeric_id: 1,
  status: 'deployed',
  machine_count: countOf(app),
  network: 'default',
  organization: { name: 'Sandbox', slug: 'sandbox', internal_numeric_id: 1 },
  cname_target: '',
  app_role: '',
});
