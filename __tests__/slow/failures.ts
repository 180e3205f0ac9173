import type { NewMachine } from '../../sandbox/fly/fly.ts';
import type { RunOptions } from '../../sandbox/runner/runner.ts';
import { app, type TestWorld } from '../e2e/world.ts';

/** A deploy that fails or leaves surplus machines, and the result of following its advice. */
export interface Failure {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: Pick<RunOptions, 'signalAfter'>;
  /** The machines before the deploy. Defaults to two on the old image. */
  readonly machines?: (world: TestWorld) => readonly NewMachine[];
  /** Causes the failure. Its faults are removed before the advice is followed. */
  readonly prepare: (world: TestWorld) => void;
  /** The code of the error; undefined if the step succeeds. */
  readonly code: string | undefined;
  /** Which machines the printed command destroys; undefined if no command is printed. */
  readonly destroys?: 'old' | 'new' | 'marked';
  /** How many machines the deploy leaves. */
  readonly leaves: number;
  /** Newer versions of flyctl finish such a deploy. */
  readonly finishesSince?: string;
  /** Whether flyctl can finish it anyway, because two of its timers end at the same time. */
  readonly mayFinish?: boolean;
}

const path = {
  lease: /\/machines\/\w+\/lease/,
  machine: /\/machines\/\w+$/,
  destroy: /\/machines\/\w+\?kill/,
  release: /\/releases\/\w+$/,
};
const strategy = (name: string, ...more: readonly string[]) => ({
  flags: [`--strategy=${name}`, ...more].join('\n'),
});
const bluegreen = strategy('bluegreen', '--wait-timeout=5s');

const inPlace: readonly Failure[] = [
  {
    name: 'rolling, and one machine is refused',
    inputs: strategy('rolling'),
    prepare: ({ fly }) => fly.behave(app, { failUpdate: { index: 1, status: 422, body: 'no such volume' } }),
    code: 'flyctl-failed',
    leaves: 2,
  },
  {
    name: 'rolling, and the app crashes immediately after its start, with a token that cannot read logs',
    inputs: strategy('rolling'),
    prepare: ({ fly }) => fly.behave(app, { crashing: true }),
    code: 'smoke-checks-failed',
    leaves: 2,
  },
  {
    name: 'rolling, and a check never passes',
    inputs: strategy('rolling', '--wait-timeout=5s'),
    prepare: ({ fly }) => fly.behave(app, { neverHealthy: true }),
    code: 'checks-failed',
    leaves: 2,
  },
  {
    name: 'rolling, with a rate limit on leases',
    inputs: strategy('rolling', '--lease-timeout=13s'),
    prepare: ({ fly }) =>
      fly.fault({ path: path.lease, status: 429, body: '{"error":"rate limit exceeded"}' }),
    code: 'fly-rate-limited',
    leaves: 2,
  },
  {
    name: 'rolling, with a rate limit on an update',
    inputs: strategy('rolling'),
    prepare: ({ fly }) =>
      fly.fault({
        method: 'POST',
        path: path.machine,
        status: 429,
        body: '{"error":"rate limit exceeded"}',
        times: 1,
      }),
    code: 'fly-rate-limited',
    leaves: 2,
  },
  {
    name: 'rolling, and the release cannot be marked as running',
    inputs: strategy('rolling'),
    prepare: ({ fly }) => fly.fault({ method: 'PATCH', path: path.release, status: 504 }),
    code: 'flyctl-failed',
    leaves: 2,
  },
  {
    name: 'rolling, and the release cannot be marked as complete',
    inputs: strategy('rolling'),
    prepare: ({ fly }) => fly.fault({ method: 'PATCH', path: path.release, status: 504, after: 1 }),
    code: undefined,
    leaves: 2,
  },
  {
    name: 'immediate, and one machine is refused',
    inputs: strategy('immediate'),
    prepare: ({ fly }) => fly.behave(app, { failUpdate: { index: 0, status: 422, body: 'no such volume' } }),
    code: 'flyctl-failed',
    leaves: 2,
  },
  {
    name: 'canary, and the canary cannot be destroyed',
    inputs: strategy('canary'),
    prepare: ({ fly }) => fly.fault({ method: 'DELETE', path: path.destroy, status: 500 }),
    code: undefined,
    destroys: 'new',
    leaves: 3,
  },
  {
    name: 'canary, and the canary crashes',
    inputs: strategy('canary'),
    prepare: ({ fly }) => fly.behave(app, { crashing: true }),
    code: 'smoke-checks-failed',
    destroys: 'new',
    leaves: 3,
  },
  {
    name: 'canary, and the canary never passes its check',
    inputs: strategy('canary', '--wait-timeout=5s'),
    prepare: ({ fly }) => fly.behave(app, { neverHealthy: true }),
    code: 'checks-failed',
    destroys: 'new',
    leaves: 3,
  },
];

/** How a bluegreen deploy can end between its colors. Each runs by tag and by digest, which flyctl treats differently. */
const betweenColors: readonly Failure[] = [
  {
    name: 'one old machine cannot be destroyed',
    prepare: ({ fly }) =>
      fly.fault({ method: 'DELETE', path: idPath(fly.machines(app)[0]?.id), status: 500 }),
    code: 'bluegreen-unfinished',
    destroys: 'old',
    leaves: 3,
  },
  {
    name: 'no old machine can be marked',
    prepare: ({ fly }) => fly.fault({ path: /\/metadata\//, method: 'POST', status: 500 }),
    code: 'bluegreen-unfinished',
    destroys: 'old',
    leaves: 4,
    finishesSince: '0.4.87',
  },
  {
    name: 'no old machine can be stopped',
    prepare: ({ fly }) => fly.fault({ path: /\/stop$/, status: 500 }),
    code: 'bluegreen-unfinished',
    destroys: 'old',
    leaves: 4,
    mayFinish: true,
  },
  {
    name: 'it is canceled after its checkpoint',
    // The stand-in does not wait before it cordons.
    prepare: ({ fly }) => fly.fault({ path: /\/cordon$/, delayMs: 5000 }),
    options: { signalAfter: { line: 'before cordoning', signal: 'SIGINT' } },
    code: 'deploy-cancelled',
    destroys: 'old',
    leaves: 4,
  },
  {
    name: 'a new machine never passes its check',
    prepare: ({ fly }) => fly.behave(app, { neverHealthy: true }),
    code: 'checks-failed',
    leaves: 2,
  },
  {
    name: 'a new machine never passes its check, and cannot be destroyed',
    prepare: ({ fly }) => {
      fly.behave(app, { neverHealthy: true });
      fly.fault({ method: 'DELETE', path: path.destroy, status: 500 });
    },
    code: 'bluegreen-unfinished',
    destroys: 'new',
    leaves: 4,
  },
  {
    name: 'no new machine can be uncordoned',
    prepare: ({ fly }) => fly.fault({ path: /\/uncordon$/, status: 500 }),
    code: 'flyctl-failed',
    leaves: 2,
  },
];

/** The machines after an earlier bluegreen deploy that could not destroy the old ones. */
const overLeftovers: Failure = {
  name: 'bluegreen by tag, with both colors of an earlier commit left',
  inputs: { ...bluegreen, 'deploy-by': 'tag' },
  machines: (world) => {
    world.push('main-1111111', { seed: 'earlier' });
    const machine = (name: string, mark: string): NewMachine => ({
      region: 'fra',
      image: `${world.image}:${name}`,
      metadata: {
        fly_platform_version: 'v2',
        fly_process_group: 'app',
        fly_bluegreen_deployment_tag: mark,
      },
    });
    const [old, green] = [machine('main-0000000', 'safe_to_destroy'), machine('main-1111111', '1795600000')];
    return [old, old, green, green];
  },
  prepare: () => undefined,
  code: 'bluegreen-unfinished',
  destroys: 'marked',
  leaves: 4,
};

const idPath = (id = '') => new RegExp(`/machines/${id}\\?kill`);

export const failures: readonly Failure[] = [
  ...inPlace,
  overLeftovers,
  ...betweenColors.flatMap((each) =>
    ['tag', 'digest'].map((by) => ({
      ...each,
      name: `bluegreen by ${by}, and ${each.name}`,
      inputs: { ...bluegreen, 'deploy-by': by },
    })),
  ),
];
