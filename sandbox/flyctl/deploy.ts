import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../fly/fly.ts';
import { AbortedByUser, ApiError, FlyctlError, graphql, interrupt, machinesApi, print, uiex } from './api.ts';
import { milliseconds, parseDeploy, readToml, type Toml } from './arguments.ts';
import { bluegreen } from './bluegreen.ts';
import { type Deployment, groupOf } from './machines.ts';
import { runReleaseCommand } from './release-command.ts';
import { canary, immediate, rolling } from './strategies.ts';

type Values = ReturnType<typeof parseDeploy>['values'];

/** The version of the flyctl that it replaces. bin/flyctl prints it. */
const pinnedVersion = (): string =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../src/fly/flyctl/pinned.json'), 'utf8')).version;

/** `flyctl deploy` of a built image, with its calls in order (internal/command/deploy). */
export async function deploy(argv: readonly string[]): Promise<void> {
  const { values, off } = parseDeploy(argv);
  const { app, image } = values;
  const version = pinnedVersion();
  const local = await readToml(values.config);
  if (app === undefined)
    throw new FlyctlError(
      'the config for your app is missing an app name, add an app field to the fly.toml file or specify with the -a flag',
    );
  if (image === undefined)
    throw new FlyctlError('this stand-in only deploys images that are already built: --image');

  const toml = local ?? (await remoteConfig(app));
  print('==> Verifying app config');
  const described = await machinesApi<{ organization: { slug: string } }>(app);
  print('--> Verified app config');
  await findImage(app, image, described.organization.slug);
  const all = await machinesApi<Machine[]>(`${app}/machines`);
  const machines = all.filter(
    (machine) =>
      machine.config.metadata['fly_platform_version'] === 'v2' && !/^fly_app_/.test(groupOf(machine)),
  );
  const strategy = (values.strategy ?? toml.deploy?.strategy ?? 'rolling').toUpperCase();
  const { release } = await uiex<{ release: Deployment['release'] }>('releases', 'POST', {
    app_name: app,
    build_id: 1,
    definition: { app, ...toml },
    image,
    strategy,
  });
  const mark = (status: string, error = '') =>
    uiex(
      `releases/${release.id}`,
      'PATCH',
      {
        status,
        metadata: status === 'running' ? null : { post_deployment_info: { flyctl_version: version, error } },
      },
      true,
    ).catch((error) => {
      if (!(error instanceof ApiError)) throw error;
      throw new FlyctlError(`failed to update release (status ${error.status}): ${error.message}`);
    });
  const egress =
    'query ($appName: String!) { app(name: $appName) { egressIpAddresses { nodes { id ip version region updatedAt } } } }';
  await graphql(egress, { appName: app });
  await mark('running').catch((error) => {
    throw new FlyctlError(`failed to set release status to 'running': ${error.message}`);
  });
  try {
    await updateMachines(machines, strategy, values, {
      app,
      image,
      release,
      version,
      toml,
      checkedGroups: new Set(),
      waitTimeout: milliseconds(values['wait-timeout'], 300_000),
      wait: strategy === 'IMMEDIATE' ? 'nothing' : off.has('smoke-checks') ? 'start' : 'smoke',
    });
  } catch (error) {
    const aborted = interrupt.signal.aborted && !(error instanceof AbortedByUser);
    await mark(aborted ? 'interrupted' : 'failed', String(error)).catch(() => undefined);
    throw error;
  }
  await mark('complete').catch((error) => {
    const words = 'failed to set final release status after successful deployment';
    process.stderr.write(`WARN ${words}: ${error.message}\n`);
  });
  print(`\nVisit your newly deployed app at https://${app}.fly.dev/`);
  if (process.env['FLY_EMIT_RELEASE_JSON'] === '1')
    print(JSON.stringify({ id: release.id, version: release.version, image_ref: image }));
}

/** Fly.io's config of the app, which replaces a missing fly.toml (appconfig/remote.go). */
async function remoteConfig(app: string): Promise<Toml> {
  type Config = { data: { app: { currentReleaseUnprocessed: { configDefinition: Toml } | null } | null } };
  const { data } = await graphql<Config>(
    'query FlyctlConfigCurrentRelease ($appName: String!) { app(name: $appName) { currentReleaseUnprocessed { configDefinition } } }',
    { appName: app },
  );
  return data.app?.currentReleaseUnprocessed?.configDefinition ?? {};
}

/** Makes Fly.io find the image (deploy_build.go, imgsrc/remote_image_resolver.go). */
async function findImage(app: string, image: string, organization: string): Promise<void> {
  await uiex(`organizations/${organization}`);
  const strategies_available = ['Local Image Reference', 'Remote Image Reference'];
  await uiex('builds', 'POST', { app_name: app, builder_type: 'depot.dev', strategies_available });
  print('==> Building image');
  print(`Searching for image '${image}' remotely...`);
  type Found = {
    data: { app: { image: { id: string; ref: string; compressedSize: string } | null } | null };
  };
  const resolved = await graphql<Found>(
    'query ($appName: String!, $imageRef: String!) { app(name:$appName) { id image(ref:$imageRef) { id digest ref compressedSize: compressedSizeFull manifest } } }',
    { appName: app, imageRef: image },
  );
  const found = resolved.data.app?.image ?? undefined;
  await uiex('builds/finish', 'POST', {
    app_name: app,
    build_id: 1,
    status: found === undefined ? 'failed' : 'completed',
  });
  if (found === undefined)
    throw new FlyctlError(`failed to fetch an image or build from source: could not find image "${image}"`);
  print(`image found: ${found.id}`);
  print(`image: ${found.ref}`);
  print(`image size: ${found.compressedSize} B`);
}

async function updateMachines(
  machines: readonly Machine[],
  strategy: string,
  values: Values,
  deployment: Deployment,
): Promise<void> {
  const { app, toml } = deployment;
  print(`\nWatch your deployment at https://fly.io/apps/${app}/monitoring\n`);
  const [template] = machines;
  const command = releaseCommandOf(toml, values);
  if (command !== undefined && template !== undefined) await runReleaseCommand(deployment, template, command);
  print(`-------\nUpdating existing machines in '${app}' with ${strategy.toLowerCase()} strategy\n\n-------`);
  const selected = machines.filter(selectedBy(values));
  if (strategy === 'BLUEGREEN') await bluegreen(deployment, selected);
  else if (strategy === 'CANARY') await canary(deployment, selected);
  else if (strategy === 'IMMEDIATE') await immediate(deployment, selected);
  else await rolling(deployment, selected);
  print('-------');
}

const releaseCommandOf = ({ deploy }: Toml, values: Values): string | undefined =>
  values['skip-release-command'] === true ? undefined : deploy?.release_command;

/** The machines that the flags select. */
function selectedBy(values: Values): (machine: Machine) => boolean {
  const named = (list: string[] | undefined) => list?.flatMap((each) => each.split(',')) ?? [];
  const [regions, notRegions] = [named(values.regions), named(values['exclude-regions'])];
  const [only, not] = [named(values['only-machines']), named(values['exclude-machines'])];
  const groups = named(values['process-groups']);
  return (machine) =>
    (regions.length === 0 || regions.includes(machine.region)) &&
    !notRegions.includes(machine.region) &&
    (only.length === 0 || only.includes(machine.id)) &&
    !not.includes(machine.id) &&
    (groups.length === 0 || groups.includes(groupOf(machine)));
}
