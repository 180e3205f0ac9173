import type { Machine, MachineEvent, MachineExit } from '../src/fly/machine.ts';
import type { Clock } from '../src/lib/clock.ts';
import type { Runtime } from '../src/runtime.ts';

/** A digest that is one letter, repeated. */
export const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** A healthy machine that runs the digest of `b`. */
export const makeMachine = (changes: Partial<Machine> = {}): Machine => ({
  id: 'm1',
  name: 'one',
  region: 'fra',
  state: 'started',
  group: 'app',
  digest: digestOf('b'),
  image: 'ghcr.io/owner/repo:main-abc1234',
  configuredImage: 'ghcr.io/owner/repo:main-abc1234',
  labels: new Map(),
  host: 'ok',
  containers: [],
  instanceId: undefined,
  bluegreenTag: undefined,
  cordoned: false,
  startsLater: false,
  keepsRootfs: false,
  releaseId: undefined,
  releaseVersion: undefined,
  events: [],
  checks: [],
  ...changes,
});

/** An event of a machine, sent by Fly.io's daemon. */
export const makeEvent = (
  type: string,
  timestamp: number,
  changes: Partial<MachineEvent> = {},
): MachineEvent => ({
  type,
  status: '',
  source: 'flyd',
  timestamp,
  exit: undefined,
  ...changes,
});

/** The event of a process that ended without a request to stop. */
export const makeExit = (timestamp: number, code: number, changes: Partial<MachineExit> = {}): MachineEvent =>
  makeEvent('exit', timestamp, { exit: { code, outOfMemory: false, requested: false, ...changes } });

/** A machine as the Machines API reports it. */
export const makeMachineJson = (id: string, digest: string, changes: object = {}): object => ({
  id,
  name: id,
  region: 'fra',
  state: 'started',
  host_status: 'ok',
  image_ref: { registry: 'ghcr.io', repository: 'owner/repo', digest },
  config: { image: 'ghcr.io/owner/repo:old', metadata: { fly_platform_version: 'v2' } },
  events: [],
  checks: [],
  ...changes,
});

/** A clock that does not move. Sleeping takes no time. */
export const stoppedClock = (now = 0): Clock => ({ now: () => now, sleep: async () => {} });

type Required = 'env' | 'input' | 'readFile' | 'fetch' | 'clock' | 'log' | 'run';

/** A runner on which no program is installed. */
export const nothingThere: Runtime['lookUpProgram'] = () => ({ kind: 'missing' });

/** Everything outside a whole step that runs in this process. It does not copy images, and is not canceled. */
export const makeRuntime = (given: Pick<Runtime, Required> & Partial<Runtime>): Runtime => ({
  listFolder: () => [],
  streams: {
    get: () => Promise.reject(new Error('nothing is copied here')),
    upload: () => Promise.reject(new Error('nothing is copied here')),
  },
  random: () => 0.5,
  ask: async () => undefined,
  findProgram: () => '/bin/flyctl',
  lookUpProgram: nothingThere,
  runTest: () => Promise.reject(new Error('nothing is tested here')),
  cancelled: new AbortController().signal,
  platform: 'linux',
  arch: 'x64',
  writeOutputs: () => {},
  writeSummary: async () => {},
  reports: { write: (name) => `/temp/${name}`, remove: () => {} },
  ...given,
});

/** The runner's variables for a run that an event started. Its payload is in `/event.json`. */
export const eventEnvironment = (event: {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
}): Record<string, string> => ({
  ...event.env,
  GITHUB_EVENT_NAME: event.name,
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_REPOSITORY: 'owner/repo',
});
