import type { Machine } from '../fly/fly.ts';
import { FlyctlError, machinesApi, print } from './api.ts';
import { type Deployment, releaseConfig } from './machines.ts';

/** Runs the release command on a separate machine, which is destroyed afterwards (machines_releasecommand.go). */
export async function runReleaseCommand(
  deployment: Deployment,
  template: Machine,
  command: string,
): Promise<void> {
  const { app } = deployment;
  print(`Running ${app} release_command: ${command}`);
  const config = releaseConfig(template.config, { ...deployment, toml: {} });
  const group = 'fly_app_release_command';
  const { id } = await machinesApi<Machine>(`${app}/machines`, 'POST', {
    config: {
      ...config,
      init: { cmd: command.split(' ') },
      restart: { policy: 'no' },
      auto_destroy: true,
      metadata: { ...config.metadata, fly_process_group: group },
    },
    region: template.region,
    skip_launch: true,
  });
  const url = `${app}/machines/${id}`;
  await machinesApi(app);
  await machinesApi(`${url}/wait?state=stopped&timeout=60`);
  await machinesApi(`${url}/start`, 'POST');
  await machinesApi(`${url}/wait?state=started&timeout=60`);
  await machinesApi(`${url}/wait?state=destroyed&timeout=60`);
  type Event = { type: string; request?: { exit_event?: { exit_code: number } } };
  const { events } = await machinesApi<{ events: Event[] }>(url);
  const code = events.find(({ type }) => type === 'exit')?.request?.exit_event?.exit_code;
  if (code === 0) return print(`release_command ${id} completed successfully`);
  print(`Error release_command failed running on machine ${id} with exit code ${code}.`);
  throw new FlyctlError(
    `release command failed - aborting deployment. machine ${id} exited with non-zero status of ${code}`,
  );
}
