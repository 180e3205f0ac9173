import { type NamedFault, placesOf } from './faults.ts';
import { addEvent, addExit } from './machine.ts';
import type { Platform } from './platform.ts';
import type { App, Machine, MachineConfig } from './types.ts';

/** Milliseconds between two machines that another deploy updates. */
const betweenUpdates = 1000;
/** Default lifetime of a console's or release command's machine, in milliseconds. */
const temporaryFor = 5000;

/** Applies a fault that happens once to an app. */
export async function happen(platform: Platform, app: App, fault: NamedFault): Promise<void> {
  const { clock } = platform;
  const at = clock.now();
  const places = placesOf(fault, app.machines.length);
  const machines = places.flatMap((place) => app.machines[place] ?? []);
  switch (fault.name) {
    case 'revert':
    case 'silent-revert':
      for (const machine of machines) platform.revert(machine, fault.name === 'silent-revert');
      return;
    case 'crash':
      for (const machine of machines) platform.break(machine, 'exit');
      return;
    case 'crash-loop':
      for (const machine of machines) platform.break(machine, 'loop');
      return;
    case 'oom':
      for (const machine of machines) platform.break(machine, 'oom');
      return;
    case 'update':
      for (const machine of machines) {
        await platform.update(app, machine, structuredClone(machine.config), machine.state !== 'started');
      }
      return;
    case 'other-deploy':
      return otherDeploy(platform, app, fault, machines);
    case 'scale-up':
      return scaleUp(platform, app, fault);
    case 'destroy':
      for (const machine of machines) {
        platform.destroy(app, machine);
        if (fault.forgotten) app.destroyed.splice(app.destroyed.indexOf(machine), 1);
      }
      return;
    case 'autostop':
    case 'suspend':
      for (const machine of machines.filter(({ state }) => state === 'started')) {
        machine.state = fault.name === 'suspend' ? 'suspended' : 'stopped';
        addEvent(machine, fault.name === 'suspend' ? 'suspend' : 'stop', 'stopping', at);
        if (fault.name === 'autostop') addExit(machine, at, { code: 0, requested: true });
      }
      return;
    case 'autostart':
      for (const machine of machines.filter(({ state }) => state === 'stopped' || state === 'suspended'))
        platform.start(app, machine);
      return;
    case 'temporary-machine': {
      const [{ region, config } = { region: 'fra', config: undefined }] = app.machines;
      if (config === undefined) return;
      const metadata = { ...config.metadata, fly_process_group: 'fly_app_console' };
      const made = await platform.create(app, { ...config, metadata }, region, false);
      if (made !== undefined) clock.after(fault.lasts ?? temporaryFor, () => platform.destroy(app, made));
    }
  }
}

async function otherDeploy(
  platform: Platform,
  app: App,
  { image }: NamedFault,
  machines: readonly Machine[],
): Promise<void> {
  const release = platform.createRelease(app, image ?? '', 'ROLLING');
  Object.assign(release, { another: true, status: 'complete' });
  for (const [n, machine] of machines.entries()) {
    platform.clock.after(n * betweenUpdates, () => {
      if (machine.state === 'destroyed') return;
      const { config } = machine;
      const metadata = {
        ...config.metadata,
        fly_release_id: release.id,
        fly_release_version: String(release.version),
      };
      const next = { ...withImage(config, image), metadata };
      void platform.update(app, machine, next, machine.state !== 'started');
    });
  }
}

/** An autoscaler adds a machine like the first one that deploys manage. */
async function scaleUp(platform: Platform, app: App, { image }: NamedFault): Promise<void> {
  const template = app.machines.find(
    ({ config: { metadata } }) =>
      metadata['fly_platform_version'] === 'v2' && !/^fly_app_/.test(metadata['fly_process_group'] ?? ''),
  );
  if (template === undefined) return;
  const config = withImage(template.config, image);
  await platform.create(app, config, template.region, false);
}

/** The config with another image, which its container `app` runs if there is one. */
function withImage(config: MachineConfig, image = config.image): MachineConfig {
  const { containers } = config as { containers?: { name: string; image: string }[] };
  return {
    ...structuredClone(config),
    image,
    ...(containers && {
      containers: containers.map((each) => (each.name === 'app' ? { ...each, image } : each)),
    }),
  };
}
