import type { InProcessFly } from '../../sandbox/fly/in-process.ts';
import type { MachineConfig } from '../../sandbox/fly/types.ts';
import type { VirtualClock } from '../../sandbox/fly/virtual-clock.ts';
import type { Runtime } from '../../src/runtime.ts';
import type { FlyctlPlan } from './history.ts';

type Exit = Awaited<ReturnType<Runtime['run']>>;

interface Listed {
  readonly id: string;
  readonly region: string;
  readonly state: string;
  readonly config: MachineConfig | null;
  readonly incomplete_config?: MachineConfig;
}

class Failed extends Error {}

/** flyctl in this process, with the calls of sandbox/flyctl in the same order, on the virtual clock. */
export async function runFlyctl(
  { fetch }: InProcessFly,
  clock: VirtualClock,
  { app, token }: { readonly app: string; readonly token: string },
  argv: readonly string[],
  plan: FlyctlPlan,
): Promise<Exit> {
  const exit = (status: number | undefined, stdout = '', errorTail = ''): Exit => ({
    status,
    signal: status === undefined ? 'SIGKILL' : undefined,
    stdout,
    errorTail,
    timedOut: false,
    stopped: false,
  });
  const origin = 'https://fly.test';
  const call = async (path: string, method = 'GET', body?: object): Promise<unknown> => {
    for (let rest = 3; ; rest--) {
      const answer = await fetch(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'user-agent': 'flyctl' },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (answer.ok) return answer.status === 204 ? undefined : await answer.json();
      if (![502, 503].includes(answer.status) || rest === 0)
        throw new Failed(`${answer.status} ${await answer.text()}`);
      await clock.sleep(500);
    }
  };
  if (plan.kind === 'nothing') {
    await clock.sleep(plan.takes);
    return exit(0);
  }
  const image = argv[argv.indexOf('--image') + 1] ?? '';
  const machinesPath = `/v1/apps/${app}/machines`;
  let release: { id: string; version: number } | undefined;
  const mark = (status: string) => call(`/api/v1/releases/${release?.id}`, 'PATCH', { status });
  try {
    await call('/graphql', 'POST', { query: 'egressIpAddresses', variables: { appName: app } });
    const all = await call(machinesPath);
    if (!Array.isArray(all))
      throw new Failed('json: cannot unmarshal object into Go value of type []*fly.Machine');
    const machines = (all as Listed[])
      .filter((machine) => isManaged(machine) && isSelected(machine, argv))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const made = (await call('/api/v1/releases', 'POST', { app_name: app, image })) as {
      release: { id: string; version: number };
    };
    release = made.release;
    await mark('running');
    for (const [n, machine] of machines.entries()) {
      await clock.sleep(plan.takes);
      if (n === plan.at && plan.kind === 'fails')
        throw new Failed('failed to update VM: insufficient memory');
      if (n === plan.at && plan.kind === 'killed') return exit(undefined);
      await update(machine, image, release);
    }
    await mark('complete');
  } catch (error) {
    if (release !== undefined) await mark('failed').catch(() => undefined);
    return exit(1, '', `Error: ${error instanceof Error ? error.message : error}`);
  }
  return exit(0, plan.prints ? `${JSON.stringify({ ...release, image_ref: image })}\n` : '');

  async function update(machine: Listed, image: string, { id, version }: { id: string; version: number }) {
    const old = configOf(machine);
    const { containers } = old as { containers?: { name: string; image: string }[] };
    const config = {
      ...old,
      image,
      ...(containers && {
        containers: containers.map((each) => (each.name === 'app' ? { ...each, image } : each)),
      }),
      metadata: { ...old.metadata, fly_release_id: id, fly_release_version: String(version) },
    };
    const { region, state } = machine;
    const skip_launch = !['started', 'starting', 'failed'].includes(state);
    try {
      await call(`${machinesPath}/${machine.id}`, 'POST', { config, region, skip_launch });
    } catch (error) {
      if (!(error instanceof Failed) || !error.message.includes('could not reserve resource')) throw error;
      await call(`${machinesPath}/${machine.id}?kill=true`, 'DELETE');
      await call(machinesPath, 'POST', { config, region, skip_launch });
    }
  }
}

const configOf = ({ config, incomplete_config }: Listed): MachineConfig => {
  const known = config ?? incomplete_config;
  if (known === undefined) throw new Failed('machine without a config');
  return known;
};

const isManaged = (machine: Listed): boolean => {
  const { metadata } = configOf(machine);
  return metadata['fly_platform_version'] === 'v2' && !/^fly_app_/.test(metadata['fly_process_group'] ?? '');
};

/** The machines that the flags of histories and rollbacks select. */
function isSelected(machine: Listed, argv: readonly string[]): boolean {
  const named = (name: string) =>
    argv.flatMap((flag, n) =>
      flag === name ? [argv[n + 1]] : flag.startsWith(`${name}=`) ? [flag.slice(name.length + 1)] : [],
    );
  const groups = named('--process-groups');
  const group = configOf(machine).metadata['fly_process_group'];
  if (groups.length > 0 && !groups.includes(group)) return false;
  return !named('--exclude-regions').includes(machine.region);
}
