import { setTimeout } from 'node:timers/promises';
import type { Machine } from '../fly/fly.ts';
import { ApiError, FlyctlError, machinesApi, print, uiex } from './api.ts';
import type { Toml } from './arguments.ts';

/** Settings for all machines of one deploy. */
export interface Deployment {
  readonly app: string;
  readonly image: string;
  readonly release: { readonly id: string; readonly version: number };
  readonly version: string;
  readonly toml: Toml;
  /** Milliseconds. */
  readonly waitTimeout: number;
  /** The check after a machine has started: none, that it started, or also that it does not restart. */
  readonly wait: 'nothing' | 'start' | 'smoke';
  /** Process groups whose listening address was checked, which happens once for each (warnAboutIncorrectListenAddress). */
  readonly checkedGroups: Set<string>;
}

export const groupOf = ({ config }: Machine): string => config.metadata['fly_process_group'] ?? 'app';

/** A machine's config with the image and the release of the deploy (deploy/machines_launchinput.go). */
export function releaseConfig(config: Machine['config'], deployment: Deployment): Machine['config'] {
  const { image, release, version, toml } = deployment;
  const { internal_port = 8080, checks } = toml.http_service ?? {};
  return {
    ...config,
    image,
    ...(toml.http_service && {
      services: [
        { internal_port, ...(checks && { checks: checks.map((check) => ({ type: 'http', ...check })) }) },
      ],
    }),
    metadata: {
      ...config.metadata,
      fly_release_id: release.id,
      fly_release_version: String(release.version),
      fly_flyctl_version: version,
    },
  };
}

/** Acquires all leases before the first update, and releases them after the last (machine/machine_set.go). `nonces`: by the machines' IDs. @param always whether to release them even after a signal. */
export async function withLeases(
  app: string,
  machines: readonly Machine[],
  work: (nonces: Map<string, string>) => Promise<void>,
  always = false,
): Promise<void> {
  const nonces = new Map<string, string>();
  try {
    const taken = await Promise.allSettled(
      machines.map(async ({ id }) => {
        type Lease = { data: { nonce: string } };
        // flyctl retries for a minute if another deploy holds it (fly-go, flaps/retry.go). The stand-in fails immediately.
        const { data } = await machinesApi<Lease>(`${app}/machines/${id}/lease?ttl=13`, 'POST').catch(
          (error) => {
            throw new FlyctlError(`failed to get lease on VM ${id}: ${error.message}`);
          },
        );
        nonces.set(id, data.nonce);
      }),
    );
    for (const each of taken) if (each.status === 'rejected') throw each.reason;
    await work(nonces);
  } finally {
    for (const [id, nonce] of nonces)
      await machinesApi(`${app}/machines/${id}/lease`, 'DELETE', undefined, nonce, always).catch(
        () => undefined,
      );
  }
}

/** Creates a machine like another one. @param cordoned whether it gets no requests until it is uncordoned. */
export const create = (
  deployment: Deployment,
  { config, region }: Machine,
  { metadata = {}, cordoned = false }: { metadata?: Record<string, string>; cordoned?: boolean } = {},
): Promise<Machine> => {
  const made = releaseConfig(config, deployment);
  return machinesApi<Machine>(`${deployment.app}/machines`, 'POST', {
    config: { ...made, metadata: { ...made.metadata, ...metadata } },
    region,
    ...(cordoned && { skip_service_registration: true }),
  });
};

export const destroy = (app: string, id: string, nonce?: string): Promise<unknown> =>
  machinesApi(`${app}/machines/${id}?kill=true`, 'DELETE', undefined, nonce);

/** Updates a machine in place. If its host has no room, replaces it with a new one (updateMachineByConfig). */
export async function update(
  deployment: Deployment,
  machine: Machine,
  place: string,
  nonces: Map<string, string>,
): Promise<void> {
  const { app } = deployment;
  const { config, region, state, id } = machine;
  const idle = state !== 'started';
  const label = `${place} Machine ${id} [${groupOf(machine)}]`;
  print(` > ${place} Updating machine ${id} [${groupOf(machine)}]`);
  let currentId = id;
  try {
    const input = { config: releaseConfig(config, deployment), region, ...(idle && { skip_launch: true }) };
    await machinesApi(`${app}/machines/${id}`, 'POST', input, nonces.get(id) ?? '');
  } catch (error) {
    if (!(error instanceof FlyctlError)) throw error;
    if (!(error instanceof ApiError) || !/could not reserve resource for machine/.test(error.message)) {
      print(` ✖ ${label} update failed: ${error.message}`);
      throw new FlyctlError(`failed to update VM ${id}: ${error.message}`);
    }
    await destroy(app, id, nonces.get(id));
    nonces.delete(id);
    currentId = (await create(deployment, machine)).id;
  }
  if (!idle && deployment.wait !== 'nothing') await waitForMachine(deployment, currentId, groupOf(machine));
  print(` ✔ ${label} update succeeded`);
}

/** Waits until a machine has started, does not restart, and passes its checks. */
export async function waitForMachine(
  { app, waitTimeout, wait, toml, checkedGroups }: Deployment,
  id: string,
  group: string,
): Promise<void> {
  const url = `${app}/machines/${id}`;
  await machinesApi(`${url}/wait?state=started&timeout=${Math.min(60, Math.ceil(waitTimeout / 1000))}`);
  if (wait === 'smoke') await smokeCheck(app, id);
  const checkListenAddress = async () => {
    if (!checkedGroups.has(group)) await machinesApi(`${url}/ps`);
    checkedGroups.add(group);
  };
  try {
    if (toml.http_service?.checks !== undefined) await waitForChecks(url, id, waitTimeout);
  } finally {
    await checkListenAddress();
  }
}

/** Fails with the machine's logs if it restarts repeatedly (doSmokeChecks). */
async function smokeCheck(app: string, id: string): Promise<void> {
  const { events } = await machinesApi<Pick<Machine, 'events'>>(`${app}/machines/${id}`);
  const { exit_event: exit, restart_count: restarts = 0 } = (events.find(({ type }) => type === 'exit')
    ?.request ?? {}) as { exit_event?: { exit_code: number; restarting?: boolean }; restart_count?: number };
  if (exit?.restarting !== true || exit.exit_code === 0 || restarts < 2) return;
  // A deploy token cannot read logs.
  const logs = await uiex<string>(`apps/${app}/logs`).catch(() => '<not authorized to retrieve logs>');
  throw new FlyctlError(
    `smoke checks for ${id} failed: the app appears to be crashing\nCheck its logs: here's the last lines below, or run 'fly logs -i ${id}':\n${logs}`,
  );
}

async function waitForChecks(url: string, id: string, waitTimeout: number): Promise<void> {
  const end = Date.now() + waitTimeout;
  for (;;) {
    const { checks } = await machinesApi<{ checks: { status: string }[] }>(url);
    if (checks.every(({ status }) => status === 'passing')) return;
    if (Date.now() >= end)
      throw new FlyctlError(`timeout reached waiting for health checks to pass for machine ${id}`);
    await setTimeout(500);
  }
}
