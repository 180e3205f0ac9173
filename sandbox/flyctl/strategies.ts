import type { Machine } from '../fly/fly.ts';
import { FlyctlError, interrupt, print } from './api.ts';
import { create, type Deployment, destroy, groupOf, update, waitForMachine, withLeases } from './machines.ts';

const byId = (a: Machine, b: Machine) => (a.id < b.id ? -1 : 1);

/** Updates one machine after the other, in the order of their ids (updateUsingRollingStrategy). */
export const rolling = (deployment: Deployment, machines: readonly Machine[]): Promise<void> =>
  withLeases(deployment.app, machines, async (nonces) => {
    for (const [n, machine] of [...machines].sort(byId).entries()) {
      if (interrupt.signal.aborted) throw new FlyctlError('context canceled');
      await update(deployment, machine, `[${n + 1}/${machines.length}]`, nonces);
    }
  });

/** Updates all machines at once, even if one fails, without checks (updateUsingImmediateStrategy). */
export const immediate = (deployment: Deployment, machines: readonly Machine[]): Promise<void> =>
  withLeases(deployment.app, machines, async (nonces) => {
    const ends = await Promise.allSettled(
      machines.map((machine, n) => update(deployment, machine, `[${n + 1}/${machines.length}]`, nonces)),
    );
    const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    if (reasons.length > 0) throw new FlyctlError(reasons.map(({ message }) => message).join('\n'));
  });

/**
 * Creates a machine first and destroys it when it is healthy, then continues as rolling (deployCanaryMachines). A canary that
 * is unhealthy or cannot be destroyed remains. flyctl does not report the latter.
 */
export async function canary(deployment: Deployment, machines: readonly Machine[]): Promise<void> {
  const [first] = machines;
  if (first !== undefined) {
    const { id } = await create(deployment, first, { metadata: { fly_canary: 'true' } });
    await waitForMachine(deployment, id, groupOf(first));
    print(`Machine ${id} was created as a canary, and is healthy`);
    await destroy(deployment.app, id).catch(() => undefined);
  }
  await rolling(deployment, machines);
}
