import type { NamedFault } from '../../sandbox/fly/faults.ts';
import type { NewMachine } from '../../sandbox/fly/fly.ts';
import { type InProcessFly, inProcessFly } from '../../sandbox/fly/in-process.ts';
import { VirtualClock } from '../../sandbox/fly/virtual-clock.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import type { Log } from '../../src/github/log.ts';
import { main } from '../../src/main.ts';
import { errorOf, exitCodeOf } from '../../src/report/outcome.ts';
import type { Runtime } from '../../src/runtime.ts';
import { eventEnvironment, makeRuntime } from '../factories.ts';
import { runFlyctl } from './flyctl.ts';
import type { FleetMachine, FlyctlPlan, History } from './history.ts';
import { flyImages, meant, repository, stored, tags } from './images.ts';
import { Witness } from './oracle.ts';

/** The result of a history. */
export interface Ending {
  readonly success: boolean;
  /** The code of the error. */
  readonly code: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly witness: Witness;
  /** Why not every machine ran the image when the step was over; undefined if each did. */
  readonly wrongAfter: string | undefined;
  /** Machines whose image was neither in the last list nor in a later answer. */
  readonly blank: readonly string[];
  /** flyctl's exit statuses, in their order. */
  readonly exits: readonly (number | undefined)[];
  /** Whether every machine runs what ran before. */
  readonly isBack: boolean;
  /** Milliseconds from the end of the last flyctl to the last list. */
  readonly watched: number;
}

export const app = 'test-battle';
const token = 'token';
const [begin, latency] = [1_764_000_000_000, 30];

export interface PlayOptions {
  readonly flyctl?: typeof runFlyctl;
  /** Inputs besides those of the history. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Comes between a client and all servers. */
  readonly between?: (
    client: 'action' | 'flyctl',
    fetch: InProcessFly['fetch'],
    clock: VirtualClock,
  ) => InProcessFly['fetch'];
}

/** Runs `main` with a history in this process, on a virtual clock. */
export async function play(
  history: History,
  { flyctl = runFlyctl, inputs = {}, between = (_client, fetch) => fetch }: PlayOptions = {},
): Promise<Ending> {
  const clock = new VirtualClock(begin);
  const images = flyImages(history);
  let witness: Witness | undefined;
  let broken: unknown;
  const fly = inProcessFly({
    clock,
    token,
    latency,
    images,
    dated: history.dated,
    listed: (...list) => {
      try {
        witness?.listed(...list);
      } catch (error) {
        // If it were thrown here, it would count as a missing answer.
        broken = error;
      }
    },
  });
  const at = (tag: string) => `ghcr.io/${repository}:${tag}`;
  const before = history.same ? tags.meant : tags.old;
  const state = await fly.platform.createApp(
    app,
    history.fleet.map((each) => newMachine(each, at(before))),
  );
  // The fleet's release.
  Object.assign(fly.platform.createRelease(state, at(before), 'ROLLING'), { id: 'before', version: 1 });
  witness = new Witness(fly.platform, history);
  if (history.staleTag) state.behavior.staleTag = { image: at(tags.meant), as: at(tags.older) };
  for (const fault of history.faults) state.faults.add(withImage(fault, at));

  const exits: (number | undefined)[] = [];
  let ended = begin;
  const flyctlsFly = { ...fly, fetch: between('flyctl', fly.fetch, clock) };
  const run: Runtime['run'] = async (_file, argv) => {
    const plan: FlyctlPlan = exits.length === 0 ? history.flyctl : { ...history.flyctl, kind: 'ok' };
    const exit = await flyctl(flyctlsFly, clock, { app, token }, argv, plan);
    exits.push(exit.status);
    ended = clock.now();
    witness?.deployed();
    return exit;
  };
  const registry = stored[history.image];
  const root = meant[history.image];
  const answer: InProcessFly['fetch'] = async (address, init) => {
    const { pathname, host } = new URL(address);
    if (host === 'fly.test') return fly.fetch(address, init);
    await clock.sleep(latency);
    if (host === 'app.test')
      return new Response('', { status: isHealthy(history, clock.now() - ended) ? 200 : 503 });
    const name = pathname.split('/').at(-1) ?? '';
    const found = name === tags.meant ? root : registry.get(name);
    if (found === undefined) return new Response('{}', { status: 404 });
    return new Response(Buffer.from(found.bytes), {
      headers: { 'content-type': found.mediaType ?? 'application/octet-stream' },
    });
  };
  const fetch = between('action', answer, clock);
  const [errors, warnings]: [string[], string[]] = [[], []];
  let outputs: Readonly<Record<string, string>> = {};
  const given = { ...inputsOf(history), ...inputs };
  const outcome = await main(
    makeRuntime({
      env: {
        ...eventEnvironment(event),
        PATH: '/bin',
        FLY_FLAPS_BASE_URL: 'https://fly.test',
        FLY_API_BASE_URL: 'https://fly.test',
      },
      input: (name) => given[name] ?? '',
      readFile: (path) => (path === '/event.json' ? payload : undefined),
      fetch,
      clock: {
        now: () => clock.now() + history.skew,
        sleep: (ms) => clock.sleep(ms),
        every: () => () => {},
      },
      log: {
        ...silentLog,
        error: (text) => void errors.push(text),
        warning: (text) => void warnings.push(text),
      },
      run,
      writeOutputs: (written) => {
        outputs = written;
      },
    }),
  );
  if (broken !== undefined) throw broken;
  const error = errorOf(outcome);
  const code = (error as { code?: string } | undefined)?.code ?? error?.message;
  const success = exitCodeOf(outcome) === 0;
  clock.close();
  return {
    success,
    code,
    outputs,
    errors,
    warnings,
    witness,
    wrongAfter: witness.wrongNow(state),
    blank: witness.stillBlank(state),
    exits,
    isBack: witness.isBack(state),
    watched: (witness.end ?? begin) - ended,
  };
}

const event = workflowRun();
const payload = JSON.stringify(event.payload);

/** The inputs of the step. */
export const inputsOf = (history: History, healthUrl = 'https://app.test/'): Record<string, string> => ({
  app,
  'fly-api-token': token,
  'on-outdated': 'deploy',
  mirror: 'never',
  'deploy-by': history.by,
  'settle-time': `${history.settleSeconds}s`,
  rollback: String(history.rollback),
  flags: history.flags,
  ...(history.unhealthy !== undefined && { 'health-url': healthUrl }),
});

const silentLog: Log = {
  line: () => {},
  group: (_title, work) => work(),
  notice: () => {},
  warning: () => {},
  error: () => {},
  debug: () => {},
  mask: () => {},
  about: () => {},
  hide: (text) => text,
  fenced: (work) =>
    work(
      () => {},
      () => {},
    ),
};

/** A machine of the fleet, in the form that the platform creates it from. @param image what it runs. */
export function newMachine(machine: FleetMachine, image: string): NewMachine {
  const { region, group, state, kind, startsLater, containers, keepsRootfs } = machine;
  const metadata = {
    released: {
      fly_platform_version: 'v2',
      fly_process_group: group,
      fly_release_id: 'before',
      fly_release_version: '1',
    },
    bare: { fly_platform_version: 'v2', fly_process_group: group },
    unmanaged: {},
  }[kind];
  return {
    region,
    image,
    group,
    state,
    metadata: metadata as Record<string, string>,
    config: {
      ...(startsLater === 'standbys' && { standbys: ['other'] }),
      ...(startsLater === 'schedule' && { schedule: 'hourly' }),
      ...(startsLater === 'skip_launch' && { skip_launch: true }),
      ...(containers.length > 0 && {
        containers: containers.map((name, n) => ({
          name,
          image: n === 0 ? image : 'docker.io/library/nginx:1',
        })),
      }),
      ...(keepsRootfs && { rootfs: { persist: 'always' } }),
    },
  };
}

/** A fault with its image's reference. */
export function withImage(fault: NamedFault, at: (tag: string) => string): NamedFault {
  const tag = fault.image === 'old' ? tags.old : fault.image === 'meant' ? tags.meant : undefined;
  return tag === undefined ? fault : { ...fault, image: at(tag) };
}

/** Whether the app answers as expected, this many milliseconds after flyctl. */
const isHealthy = ({ unhealthy }: History, ms: number): boolean =>
  unhealthy === undefined ||
  unhealthy === 'never' ||
  ms < unhealthy.at ||
  ms >= unhealthy.at + unhealthy.lasts;
