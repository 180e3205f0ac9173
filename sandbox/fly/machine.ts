import { randomBytes } from 'node:crypto';
import type { FoundImage } from './find-image.ts';
import type { Behavior, Machine, NewMachine } from './types.ts';

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
let created = 0;
/** flyctl updates machines in the order of their IDs (machines_deploymachinesapp.go), which is the order of the list here. */
const newMachineId = () => `${(++created).toString(16).padStart(6, '0')}${hex(4)}`;
export const newId = (): string => `01${hex(12)}`.toUpperCase();

export const noImage = 'registry.fly.io/none:none';

/** A machine with the metadata of an earlier deploy. @param number of the machine in its app, from 1. */
export function makeMachine(
  { region, image = noImage, group = 'app', state = 'started', ...rest }: NewMachine,
  number: number,
  image_ref: Machine['image_ref'],
  at: number,
): Machine {
  const now = new Date(at).toISOString();
  return {
    id: rest.id ?? newMachineId(),
    name: `quiet-${group}-${number}`,
    state,
    region,
    instance_id: newId(),
    version: newId(),
    image_ref,
    config: {
      image,
      metadata: rest.metadata ?? {
        fly_platform_version: 'v2',
        fly_process_group: group,
        fly_release_id: 'before',
        fly_release_version: '1',
        fly_flyctl_version: '0.4.0',
      },
      guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
      ...rest.config,
    },
    created_at: now,
    updated_at: now,
    events: [],
    checks: [],
    host_status: rest.hostStatus ?? 'ok',
    cordoned: false,
    private_ip: 'fdaa:0:1::2',
  };
}

export function imageRef(
  found: FoundImage | undefined,
  { reportIndexDigest }: Behavior,
): Machine['image_ref'] {
  if (found === undefined) return { registry: '', repository: '', digest: '', labels: {} };
  const { registry, repository, tag, digest, platformDigest, labels } = found;
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    digest: reportIndexDigest === true ? digest : platformDigest,
    labels,
  };
}

const clocks = new WeakMap<Machine, () => number>();

/** Sets the clock of a machine's host: how far it is ahead of the platform's, in milliseconds. */
export const setHostClock = (machine: Machine, ahead: () => number): void => void clocks.set(machine, ahead);

export function addEvent(
  machine: Machine,
  type: string,
  status: string,
  timestamp: number,
  request?: object,
): void {
  machine.events.unshift({
    id: newId(),
    type,
    status,
    source: type === 'update' ? 'user' : 'flyd',
    timestamp: timestamp + (clocks.get(machine)?.() ?? 0),
    ...(request && { request }),
  });
}

/** The process of a machine ends. */
export function addExit(
  machine: Machine,
  at: number,
  {
    code,
    oom = false,
    requested = false,
    restarts,
  }: { code: number; oom?: boolean; requested?: boolean; restarts?: number },
): void {
  const exit_event = {
    exit_code: code,
    oom_killed: oom,
    requested_stop: requested,
    restarting: restarts !== undefined,
  };
  addEvent(machine, 'exit', 'stopped', at, { exit_event, restart_count: restarts ?? 0 });
}

/** Breaks a started machine. */
export function breakMachine(
  machine: Machine,
  kind: NonNullable<Behavior['trouble']>['kind'],
  at: number,
): void {
  if (kind === 'critical') {
    machine.checks = [criticalCheck];
    return;
  }
  for (let restarts = 0; restarts < (kind === 'loop' ? 3 : 1); restarts++) {
    addExit(machine, at, { code: kind === 'oom' ? 137 : 1, oom: kind === 'oom', restarts });
    addEvent(machine, 'start', 'started', at);
  }
}

export const criticalCheck = {
  name: 'servicecheck-00-http-8080',
  status: 'critical',
  output: 'connection refused',
};

/** A result for each check of a config and its services, by the names that Fly.io gives them. */
export function checksOf(config: Machine['config'], status: 'passing' | 'critical'): object[] {
  const { checks = {}, services = [] } = config as {
    checks?: Record<string, object>;
    services?: { internal_port?: number; checks?: { type?: string }[] }[];
  };
  const output = status === 'passing' ? '200 OK' : 'connection refused';
  const names = services.flatMap(({ internal_port, checks: own = [] }) =>
    own.map(({ type = 'tcp' }, n) => `servicecheck-${String(n).padStart(2, '0')}-${type}-${internal_port}`),
  );
  return [...Object.keys(checks), ...names].map((name) => ({ name, status, output }));
}
