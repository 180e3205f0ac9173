import type { Machine } from '../fly/fly.ts';
import { FlyctlError, graphql, interrupt, machinesApi, print } from './api.ts';
import { create, type Deployment, destroy, groupOf, update, waitForMachine, withLeases } from './machines.ts';

const byId = (a: Machine, b: Machine) => (a.id < b.id ? -1 : 1);

/** Updates one machine after the other, in the order of their ids (updateUsingRollingStrategy). Immediate: without checks in between. */
export const rolling = (deployment: Deployment, machines: readonly Machine[]): Promise<void> =>
  withLeases(deployment.app, machines, async (nonces) => {
    for (const [n, machine] of [...machines].sort(byId).entries()) {
      if (interrupt.signal.aborted) throw new FlyctlError('context canceled');
      await update(deployment, machine, `[${n + 1}/${machines.length}]`, nonces);
    }
  });

/** Creates a machine first, and destroys it when it is healthy (deployCanaryMachines); then as rolling. */
export async function canary(deployment: Deployment, machines: readonly Machine[]): Promise<void> {
  const [first] = machines;
  if (first !== undefined) {
    const { id } = await create(deployment, first, { fly_canary: 'true' });
    await waitForMachine(deployment, id, groupOf(first));
    print(`Machine ${id} was created as a canary, and is healthy`);
    await destroy(deployment.app, id);
  }
  await rolling(deployment, machines);
}

/** Creates all new machines, and destroys the old ones when the new ones are healthy (strategy_bluegreen.go). */
export const bluegreen = (deployment: Deployment, machines: readonly Machine[]): Promise<void> =>
  withLeases(deployment.app, machines, async (nonces) => {
    const { app, waitTimeout, toml } = deployment;
    await graphql('query ($appName: String!) { canPerformBluegreenDeployment(name: $appName) }', {
      appName: app,
    });
    if (toml.http_service?.checks === undefined) {
      process.stderr.write('You need to define at least 1 check in order to use blue-green deployments.\n');
      throw new FlyctlError('app not in valid state for bluegreen deployments');
    }
    const tag = { fly_bluegreen_deployment_tag: String(Math.floor(Date.now() / 1000)) };
    const green: string[] = [];
    try {
      for (const machine of machines) {
        const { id } = await create(deployment, machine, tag);
        green.push(id);
        print(`  Created machine ${id}`);
      }
      for (const id of green)
        await waitForMachine({ ...deployment, wait: 'start', checkedGroups: new Set(['app']) }, id, 'app');
    } catch (error) {
      for (const id of green) await destroy(app, id);
      throw error instanceof FlyctlError && /health checks/.test(error.message)
        ? new FlyctlError(
            `wait timeout of ${waitTimeout / 1000}s: could not get all green machines to be healthy`,
          )
        : error;
    }
    for (const id of green) await machinesApi(`${app}/machines/${id}/uncordon`, 'POST');
    const safe = { value: 'safe_to_destroy' };
    const each = machines.map(({ id }) => ({
      id,
      url: `${app}/machines/${id}`,
      nonce: nonces.get(id) ?? '',
    }));
    for (const { url } of each)
      await machinesApi(`${url}/metadata/fly_bluegreen_deployment_tag`, 'POST', safe);
    for (const { url, nonce } of each) await machinesApi(`${url}/cordon`, 'POST', undefined, nonce);
    for (const { id, url, nonce } of each) {
      await machinesApi(`${url}/stop`, 'POST', { id, timeout: '0s' }, nonce);
      await machinesApi(`${url}/wait?state=stopped&timeout=60`);
      await destroy(app, id, nonce);
      nonces.delete(id);
    }
  });
