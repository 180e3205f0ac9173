// A stand-in for flyctl: reads the arguments and the environment as the real one does, and deploys over the
// same calls in the same order (flyctl, internal/command/deploy), one machine after the other.
import { appendFileSync, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Machine } from './fly.ts';

const { env } = process;
const record = env['FLY_SANDBOX_CALLS'];
if (record !== undefined) {
  const write = (line: object) => appendFileSync(record, `${JSON.stringify(line)}\n`);
  write({ argv: process.argv.slice(2), env, cwd: process.cwd() });
  process.on('exit', (status) => write({ status }));
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const many = { type: 'string', multiple: true } as const;
/** `flyctl deploy --help`, as far as it matters to an image that is built already. */
const deployFlags = {
  app: { ...text, short: 'a' },
  config: { ...text, short: 'c' },
  image: { ...text, short: 'i' },
  env: { ...many, short: 'e' },
  yes: { ...flag, short: 'y' },
  ...{
    strategy: text,
    'wait-timeout': text,
    'release-command-timeout': text,
    'lease-timeout': text,
    'deploy-retries': text,
  },
  ...{
    'max-unavailable': text,
    'max-concurrent': text,
    'image-label': text,
    signal: text,
    'vm-size': text,
    'vm-memory': text,
  },
  ...{
    regions: many,
    'exclude-regions': many,
    'only-machines': many,
    'exclude-machines': many,
    'process-groups': many,
  },
  ...{
    'remote-only': flag,
    'local-only': flag,
    'no-cache': flag,
    'skip-release-command': flag,
    detach: flag,
    now: flag,
  },
  ...{ ha: flag, 'smoke-checks': flag, 'dns-checks': flag, 'update-only': flag, depot: flag, verbose: flag },
} as const;

class Failure extends Error {}

const say = (line: string) => process.stdout.write(`${line}\n`);
/** As flyctl takes it: the first variable that is set, be it empty (internal/env/env.go). */
const token = (env['FLY_ACCESS_TOKEN'] ?? env['FLY_API_TOKEN'] ?? '').replace(/^(FlyV1|Bearer)\s+/i, '');
const base = {
  graphql: env['FLY_API_BASE_URL'] ?? 'https://api.fly.io',
  machines: env['FLY_FLAPS_BASE_URL'] ?? 'https://api.machines.dev',
  uiex: env['FLY_UIEX_BASE_URL'] ?? 'https://api.fly.io',
};

let release: { id: string; version: number } | undefined;
let interrupted = false;
/** Process groups whose listening address was looked at. */
const looked = new Set<string>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
  });
}

async function call<T>(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  if (response.status === 401)
    throw new Failure(
      'You must be authenticated to view this.\nRun `flyctl auth login` or set FLY_API_TOKEN.',
    );
  if (!response.ok) throw new Failure(`${method} ${new URL(url).pathname}: ${response.status} ${answer}`);
  return JSON.parse(answer) as T;
}

const patchRelease = (status: string) =>
  release === undefined
    ? undefined
    : call(`${base.uiex}/api/v1/releases/${release.id}`, 'PATCH', { status, metadata: null });

function parseDeploy(argv: string[]) {
  // pflag writes booleans as --ha=false too; parseArgs only knows --no-ha.
  const off = new Set<string>();
  const plain = argv.filter((argument) => {
    const [, name = '', value] = /^--([\w-]+)=(true|false)$/.exec(argument) ?? [];
    if (value === undefined || !(name in deployFlags)) return true;
    if (value === 'false') off.add(name);
    return value === 'true';
  });
  try {
    const { values, positionals } = parseArgs({
      args: plain,
      options: deployFlags,
      strict: true,
      allowPositionals: true,
    });
    return { values, off, directory: positionals[0] };
  } catch (error) {
    const name = /'(-[^' ]+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? '?';
    throw new Failure(`unknown flag: ${name}`);
  }
}

async function deploy(argv: string[]): Promise<void> {
  const { values, off } = parseDeploy(argv);
  const { app, image, config } = values;
  if (config !== undefined && !existsSync(config))
    throw new Failure(`stat ${config}: no such file or directory`);
  if (app === undefined)
    throw new Failure(
      'the config for your app is missing an app name, add an app field to the fly.toml file or specify with the -a flag',
    );
  if (image === undefined) throw new Failure('this stand-in deploys images that are built already: --image');

  say('==> Verifying app config');
  const described = await call<{ organization: { slug: string } }>(`${base.machines}/v1/apps/${app}`);
  say('--> Verified app config');
  await call(`${base.uiex}/api/v1/organizations/${described.organization.slug}`);
  await call(`${base.uiex}/api/v1/builds`, 'POST', {
    app_name: app,
    builder_type: 'remote',
    strategies_available: ['Local Image Reference', 'Remote Image Reference'],
  });
  say('==> Building image');
  say(`Searching for image '${image}' remotely...`);
  const query =
    'query ($appName: String!, $imageRef: String!) { app(name:$appName) { id image(ref:$imageRef) { id digest ref compressedSize: compressedSizeFull manifest } } }';
  const resolved = await call<{
    data: { app: { image: { id: string; ref: string; compressedSize: string } | null } | null };
  }>(`${base.graphql}/graphql`, 'POST', {
    query,
    variables: { appName: app, imageRef: image },
  });
  const found = resolved.data.app?.image;
  if (found === null || found === undefined)
    throw new Failure(`failed to fetch an image or build from source: could not find image "${image}"`);
  say(`image found: ${found.id}`);
  await call(`${base.uiex}/api/v1/builds/finish`, 'POST', {
    app_name: app,
    build_id: 1,
    status: 'completed',
  });
  say(`image: ${found.ref}`);
  say(`image size: ${found.compressedSize} B`);

  const all = await call<Machine[]>(`${base.machines}/v1/apps/${app}/machines`);
  const machines = all.filter(
    ({ config: { metadata } }) =>
      metadata['fly_platform_version'] === 'v2' && !/^fly_app_/.test(metadata['fly_process_group'] ?? ''),
  );
  const strategy = (values.strategy ?? 'rolling').toUpperCase();
  ({ release } = await call<{ release: { id: string; version: number } }>(
    `${base.uiex}/api/v1/releases`,
    'POST',
    { app_name: app, build_id: 1, definition: {}, image, strategy },
  ));
  await patchRelease('running');
  say(`\nWatch your deployment at https://fly.io/apps/${app}/monitoring\n`);
  say(`-------\nUpdating existing machines in '${app}' with ${strategy.toLowerCase()} strategy\n\n-------`);
  const named = (list: string[] | undefined) => list?.flatMap((each) => each.split(',')) ?? [];
  const [regions, notRegions] = [named(values.regions), named(values['exclude-regions'])];
  const [only, not] = [named(values['only-machines']), named(values['exclude-machines'])];
  const groups = named(values['process-groups']);
  const meant = machines.filter(
    ({ id, region, config: { metadata } }) =>
      (regions.length === 0 || regions.includes(region)) &&
      !notRegions.includes(region) &&
      (only.length === 0 || only.includes(id)) &&
      !not.includes(id) &&
      (groups.length === 0 || groups.includes(metadata['fly_process_group'] ?? 'app')),
  );
  if (strategy === 'CANARY' && meant[0] !== undefined) {
    const { id } = await createMachine(app, image, meant[0]);
    say(`Machine ${id} was created as a canary, and is well`);
    await call(`${base.machines}/v1/apps/${app}/machines/${id}?kill=true`, 'DELETE');
  }
  await withLeases(app, meant, async (nonces) => {
    if (strategy === 'BLUEGREEN') return bluegreen(app, image, meant, nonces);
    // Its order is that of the ids (updateUsingRollingStrategy).
    for (const [n, machine] of [...meant].sort((a, b) => (a.id < b.id ? -1 : 1)).entries()) {
      if (interrupted) throw new Failure('context canceled');
      const place = `[${n + 1}/${meant.length}]`;
      const wait = strategy === 'IMMEDIATE' ? 'none' : off.has('smoke-checks') ? 'start' : 'smoke';
      await updateMachine(app, image, machine, place, nonces.get(machine.id) ?? '', wait);
    }
  });
  say('-------');
  await patchRelease('complete');
  say(`\nVisit your newly deployed app at https://${app}.fly.dev/`);
  if (env['FLY_EMIT_RELEASE_JSON'] === '1')
    say(JSON.stringify({ id: release.id, version: release.version, image_ref: image }));
}

const released = (config: Machine['config'], image: string): Machine['config'] => ({
  ...config,
  image,
  metadata: {
    ...config.metadata,
    fly_release_id: release?.id ?? '',
    fly_release_version: String(release?.version),
    fly_flyctl_version: '0.4.80',
  },
});

const machinesOf = (app: string) => `${base.machines}/v1/apps/${app}/machines`;
const leased = (nonce: string | undefined) => ({ 'fly-machine-lease-nonce': nonce ?? '' });

/** All leases before the first update, none after the last (machine_set.go). */
async function withLeases(
  app: string,
  machines: readonly Machine[],
  work: (nonces: ReadonlyMap<string, string>) => Promise<void>,
): Promise<void> {
  const nonces = new Map<string, string>();
  const url = machinesOf(app);
  try {
    const taken = await Promise.allSettled(
      machines.map(async ({ id }) => {
        const { data } = await call<{ data: { nonce: string } }>(`${url}/${id}/lease?ttl=13`, 'POST');
        nonces.set(id, data.nonce);
      }),
    );
    for (const each of taken) if (each.status === 'rejected') throw each.reason;
    await work(nonces);
  } finally {
    for (const [id, nonce] of nonces)
      await call(`${url}/${id}/lease`, 'DELETE', undefined, leased(nonce)).catch(() => undefined);
  }
}

/** A new machine beside an old one, seen started. */
async function createMachine(app: string, image: string, { config, region }: Machine): Promise<Machine> {
  const url = machinesOf(app);
  const made = await call<Machine>(url, 'POST', { config: released(config, image), region });
  await call(`${url}/${made.id}/wait?state=started&timeout=60`);
  return made;
}

/** All new machines first, then away with the old ones (strategy_bluegreen.go). */
async function bluegreen(
  app: string,
  image: string,
  machines: readonly Machine[],
  nonces: ReadonlyMap<string, string>,
): Promise<void> {
  const url = machinesOf(app);
  const made: string[] = [];
  for (const machine of machines) {
    if (interrupted) throw new Failure('context canceled');
    const { id } = await createMachine(app, image, machine);
    made.push(id);
    say(`  Created machine ${id}`);
  }
  for (const id of made) await call(`${url}/${id}/uncordon`, 'POST');
  for (const { id } of machines) await call(`${url}/${id}/cordon`, 'POST', undefined, leased(nonces.get(id)));
  for (const { id } of machines) {
    await call(`${url}/${id}/stop`, 'POST', { id }, leased(nonces.get(id)));
    await call(`${url}/${id}/wait?state=stopped&timeout=60`);
    await call(`${url}/${id}?kill=true`, 'DELETE', undefined, leased(nonces.get(id)));
  }
}

async function updateMachine(
  app: string,
  image: string,
  { id, config, region, state }: Machine,
  place: string,
  nonce: string,
  wait: 'none' | 'start' | 'smoke',
): Promise<void> {
  const url = `${machinesOf(app)}/${id}`;
  const group = config.metadata['fly_process_group'] ?? 'app';
  const idle = state !== 'started';
  say(` > ${place} Updating machine ${id} [${group}]`);
  await call(
    url,
    'POST',
    { config: released(config, image), region, skip_launch: idle, skip_secrets: false },
    leased(nonce),
  );
  if (!idle && wait !== 'none') {
    await call(`${url}/wait?state=started&timeout=60`);
    if (wait === 'smoke') await call(url);
    // Once for a process group (warnAboutIncorrectListenAddress).
    if (!looked.has(group)) await call(`${url}/ps`);
    looked.add(group);
  }
  say(` ✔ ${place} Machine ${id} [${group}] update succeeded`);
}

try {
  const [command, ...argv] = process.argv.slice(2);
  if (command === 'version')
    say(
      argv.includes('--json')
        ? JSON.stringify({ Name: 'flyctl', Version: '0.4.80', Environment: 'sandbox' })
        : 'flyctl v0.4.80 sandbox',
    );
  else if (command === 'deploy') await deploy(argv);
  else throw new Failure(`unknown command "${command ?? ''}" for "flyctl"`);
} catch (error) {
  await Promise.resolve(patchRelease(interrupted ? 'interrupted' : 'failed')).catch(() => undefined);
  process.stderr.write(`Error: ${error instanceof Error ? error.message : error}\n`);
  // flyctl, main.go and internal/cli/cli.go: 127 when it was interrupted.
  process.exitCode = interrupted ? 127 : 1;
}
