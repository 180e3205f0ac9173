import type { Machine } from '../fly/fly.ts';
import { AbortedByUser, ApiError, FlyctlError, graphql, interrupt, machinesApi, print } from './api.ts';
import { create, type Deployment, destroy, waitForMachine, withLeases } from './machines.ts';

const tagName = 'fly_bluegreen_deployment_tag';
const safeToDestroy = 'safe_to_destroy';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Creates all new machines, and destroys the old ones when the new ones are healthy (strategy_bluegreen.go). */
export const bluegreen = (deployment: Deployment, blue: readonly Machine[]): Promise<void> =>
  withLeases(
    deployment.app,
    blue,
    async (nonces) => {
      const { app, toml } = deployment;
      await graphql('query ($appName: String!) { canPerformBluegreenDeployment(name: $appName) }', {
        appName: app,
      });
      refuseSeveralImages(app, blue);
      if (toml.http_service?.checks === undefined) {
        say('You need to define at least 1 check in order to use blue-green deployments.');
        throw new FlyctlError('app not in valid state for bluegreen deployments');
      }
      const green: string[] = [];
      try {
        await createGreen(deployment, blue, green);
      } catch (error) {
        say('Rolling back failed deployment');
        for (const id of green)
          await machinesApi(`${app}/machines/${id}?kill=true`, 'DELETE', undefined, undefined, true);
        throw error;
      }
      await retireBlue(deployment, blue, nonces);
    },
    true,
  );

/** Requires all machines to have one image, compared by tag instead of digest (DetectMultipleImageVersions). */
function refuseSeveralImages(app: string, machines: readonly Machine[]): void {
  const images = Map.groupBy(machines, ({ image_ref }) => `${image_ref.repository}:${image_ref.tag ?? ''}`);
  if (images.size < 2) return;
  say(`  Found ${images.size} different images in your app`);
  for (const [image, those] of images) {
    say(`    [x] ${image} - ${those.length} machine(s) (${those.map(({ id }) => id).join(',')})`);
    if (those.some(({ config }) => config.metadata[tagName] === safeToDestroy))
      say(`        'fly machines destroy --force --image=${image} --app=${app}'`);
  }
  throw new FlyctlError('found multiple image versions');
}

/** Creates a new machine beside each old one, and uncordons them when all are healthy. @param green collects their IDs. */
async function createGreen(deployment: Deployment, blue: readonly Machine[], green: string[]): Promise<void> {
  const { app } = deployment;
  const metadata = { [tagName]: String(Math.floor(Date.now() / 1000)) };
  await stage('failed to create green machines', async () => {
    for (const machine of blue) {
      const { id } = await create(deployment, machine, { metadata, cordoned: true });
      green.push(id);
      say(`  Created machine ${id}`);
    }
  });
  await stage('could not get all green machines to be healthy', async () => {
    for (const id of green) {
      const waiting = { ...deployment, wait: 'start', checkedGroups: new Set(['app']) } as const;
      await waitForMachine(waiting, id, 'app').catch((error) => {
        throw /health checks/.test(error.message) ? new FlyctlError('wait timeout') : error;
      });
    }
  });
  await stage('failed to mark green machines as ready', async () => {
    for (const id of green) await machinesApi(`${app}/machines/${id}/uncordon`, 'POST');
  });
}

/** Marks, cordons, stops and destroys the old machines. From here on, no failure is rolled back. */
async function retireBlue(
  { app, waitTimeout }: Deployment,
  blue: readonly Machine[],
  nonces: Map<string, string>,
): Promise<void> {
  const each = blue.map(({ id }) => ({
    id,
    url: `${app}/machines/${id}`,
    nonce: nonces.get(id) ?? '',
  }));
  say('Checkpointing deployment, this may take a few seconds...');
  await stage('failed to mark as safe for deletion', async () => {
    for (const { url } of each)
      await machinesApi(`${url}/metadata/${tagName}`, 'POST', { value: safeToDestroy });
  });
  say('Waiting before cordoning all blue machines');
  for (const { id, url, nonce } of each)
    await machinesApi(`${url}/cordon`, 'POST', undefined, nonce).catch(
      goOn(`  Failed to cordon machine ${id}`),
    );
  for (const { id, url, nonce } of each) {
    const stop = machinesApi(`${url}/stop`, 'POST', { id, timeout: '0s' }, nonce);
    await stop.catch(goOn(`  Failed to stop machine ${id}`));
  }
  await stage('could not get all blue machines into stopped state', async () => {
    const seconds = Math.min(60, Math.ceil(waitTimeout / 1000));
    for (const { url } of each) {
      await machinesApi(`${url}/wait?state=stopped&timeout=${seconds}`).catch((error) => {
        throw error instanceof ApiError && error.status === 408 ? new FlyctlError('wait timeout') : error;
      });
    }
  });
  // flyctl 0.4.80 ignores machines that it cannot destroy, and exits with 0.
  for (const { id, nonce } of each) {
    await destroy(app, id, nonce).then(
      () => nonces.delete(id),
      () => undefined,
    );
  }
  print('Deployment Complete');
}

/** A step of the deploy. Its error precedes the name of the step (errors.Join). After a signal, there is only one error. */
async function stage(failure: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (interrupt.signal.aborted) throw new AbortedByUser();
    throw new FlyctlError(`${error instanceof Error ? error.message : error}\n${failure}`);
  }
}

/** Prints a failure and continues the deploy, unless it was interrupted. */
const goOn = (words: string) => (error: Error) => {
  if (interrupt.signal.aborted) throw new AbortedByUser();
  say(`${words}: ${error.message}`);
};
