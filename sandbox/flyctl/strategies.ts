import type { Machine } from '../fly/fly.ts';
import { Failure, graphql, interrupt, machinesApi, say } from './api.ts';
import { create, type Deployment, destroy, groupOf, seeIt, update, withLeases } from './machines.ts';

const byId = (a: Machine, b: Machine) => (a.id < b.id ? -1 : 1);

/** One after the other, in the order of their ids (updateUsingRollingStrategy), or without a look in between (immediate). */
export const rolling = (deployment: Deployment, machines: readonly Machine[]): Promise<void> =>
  withLeases(deployment.app, machines, async (nonces) => {
    for (const [n, machine] of [...machines].sort(byId).entries()) {
      if (interrupt.signal.aborted) throw new Failure('context canceled');
      await update(deployment, machine, `[${n + 1}/${machines.length}]`, nonces);
    }
  });

/** A new machine first, which goes away again when it was well (deployCanaryMachines). */
export async function canary(deployment: Deployment, machines: readonly Machine[]): Promise<void> {
  const [first] = machines;
  if (first !== undefined) {
    const { id } = await create(deployment, first, { fly_canary: 'true' });
    await seeIt(deployment, id, groupOf(first));
    say(`Machine ${id} was created as a canary, and is well`);
    await destroy(deployment.app, id);
  }
  await rolling(deployment, machines);
}

/** All new machines first, then away with the old ones (strategy_bluegreen.go). */
export const bluegreen = (deployment: Deployment, machines: readonly Machine[]): Promise<void> =>
  withLeases(deployment.app, machines, async (nonces) => {
    const { app, waitTimeout, toml } = deployment;
    await graphql('query ($appName: String!) { canPerformBluegreenDeployment(name: $appName) }', {
      appName: app,
    });
    if (toml.http_service?.checks === undefined) {
      process.stderr.write('You need to define at least 1 check in order to use blue-green deployments.\n');
      throw new Failure('app not in valid state for bluegreen deployments');
    }
    const tag = { fly_bluegreen_deployment_tag: String(Math.floor(Date.now() / 1000)) };
    const green: string[] = [];
    try {
      for (const machine of machines) {
        const { id } = await create(deployment, machine, tag);
        green.push(id);
        say(`  Created machine ${id}`);
      }
      for (const id of green)
        await seeIt({ ...deployment, wait: 'start', looked: new Set(['app']) }, id, 'app');
    } catch (error) {
      for (const id of green) await destroy(app, id);
      throw error instanceof Failure && /health checks/.test(error.message)
        ? new Failure(
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
