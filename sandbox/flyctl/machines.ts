import { setTimeout } from 'node:timers/promises';
import type { Machine } from '../fly/fly.ts';
import { ApiFailure, Failure, machinesApi, say } from './api.ts';
import type { Toml } from './arguments.ts';

/** What all machines of one deploy have in common. */
export interface Deployment {
  readonly app: string;
  readonly image: string;
  readonly release: { readonly id: string; readonly version: number };
  readonly version: string;
  readonly toml: Toml;
  /** Milliseconds. */
  readonly waitTimeout: number;
  /** What is looked at after a machine started. */
  readonly wait: 'nothing' | 'start' | 'smoke';
  /** Process groups whose listening address was looked at: each is once (warnAboutIncorrectListenAddress). */
  readonly looked: Set<string>;
}

export const groupOf = ({ config }: Machine): string => config.metadata['fly_process_group'] ?? 'app';

/** A machine's config with the image and the release in it (deploy/machines_launchinput.go). */
export function released(config: Machine['config'], deployment: Deployment): Machine['config'] {
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

/** All leases before the first update, none after the last (machine/machine_set.go). The nonces by the machines' ids. */
export async function withLeases(
  app: string,
  machines: readonly Machine[],
  work: (nonces: Map<string, string>) => Promise<void>,
): Promise<void> {
  const nonces = new Map<string, string>();
  try {
    const taken = await Promise.allSettled(
      machines.map(async ({ id }) => {
        type Lease = { data: { nonce: string } };
        // It tries for a minute where somebody else has it (fly-go, flaps/retry.go); the end is the same.
        const { data } = await machinesApi<Lease>(`${app}/machines/${id}/lease?ttl=13`, 'POST').catch(
          (error) => {
            throw new Failure(`failed to get lease on VM ${id}: ${error.message}`);
          },
        );
        nonces.set(id, data.nonce);
      }),
    );
    for (const each of taken) if (each.status === 'rejected') throw each.reason;
    await work(nonces);
  } finally {
    for (const [id, nonce] of nonces)
      await machinesApi(`${app}/machines/${id}/lease`, 'DELETE', undefined, nonce).catch(() => undefined);
  }
}

/** A new machine beside an old one. */
export const create = (
  deployment: Deployment,
  { config, region }: Machine,
  metadata: Record<string, string> = {},
): Promise<Machine> => {
  const made = released(config, deployment);
  return machinesApi<Machine>(`${deployment.app}/machines`, 'POST', {
    config: { ...made, metadata: { ...made.metadata, ...metadata } },
    region,
  });
};

export const destroy = (app: string, id: string, nonce?: string): Promise<unknown> =>
  machinesApi(`${app}/machines/${id}?kill=true`, 'DELETE', undefined, nonce);

/** A machine in its place; on a host without room another one, elsewhere (updateMachineByConfig). */
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
  say(` > ${place} Updating machine ${id} [${groupOf(machine)}]`);
  let now = id;
  try {
    const input = { config: released(config, deployment), region, ...(idle && { skip_launch: true }) };
    await machinesApi(`${app}/machines/${id}`, 'POST', input, nonces.get(id) ?? '');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (!(error instanceof ApiFailure) || !/could not reserve resource for machine/.test(error.message)) {
      say(` ✖ ${label} update failed: ${error.message}`);
      throw new Failure(`failed to update VM ${id}: ${error.message}`);
    }
    await destroy(app, id, nonces.get(id));
    nonces.delete(id);
    now = (await create(deployment, machine)).id;
  }
  if (!idle && deployment.wait !== 'nothing') await seeIt(deployment, now, groupOf(machine));
  say(` ✔ ${label} update succeeded`);
}

/** Waits for a machine: started, not restarting, and well. */
export async function seeIt(
  { app, waitTimeout, wait, toml, looked }: Deployment,
  id: string,
  group: string,
): Promise<void> {
  const url = `${app}/machines/${id}`;
  await machinesApi(`${url}/wait?state=started&timeout=${Math.min(60, Math.ceil(waitTimeout / 1000))}`);
  if (wait === 'smoke') await machinesApi(url);
  const look = async () => {
    if (!looked.has(group)) await machinesApi(`${url}/ps`);
    looked.add(group);
  };
  try {
    if (toml.http_service?.checks !== undefined) await becomeWell(url, id, waitTimeout);
  } finally {
    await look();
  }
}

async function becomeWell(url: string, id: string, waitTimeout: number): Promise<void> {
  const end = Date.now() + waitTimeout;
  for (;;) {
    const { checks } = await machinesApi<{ checks: { status: string }[] }>(url);
    if (checks.every(({ status }) => status === 'passing')) return;
    if (Date.now() >= end)
      throw new Failure(`timeout reached waiting for health checks to pass for machine ${id}`);
    await setTimeout(500);
  }
}
