import type { NamedFault } from '../../sandbox/fly/faults.ts';
import type { NewMachine } from '../../sandbox/fly/fly.ts';
import { workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun, RunOptions } from '../../sandbox/runner/runner.ts';
import { app, type TestWorld } from '../e2e/world.ts';
import { toml, withChecks } from './flyctl-world.ts';

/** A scenario that must have the same result with the stand-in and the real flyctl. */
export interface Scenario {
  readonly name: string;
  /** Default 2. */
  readonly machines?: number;
  /** Defaults to a service without checks. Empty: none. */
  readonly toml?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: RunOptions['event'];
  readonly prepare?: (world: TestWorld) => void;
  /** Changes to its machines. */
  readonly fleet?: Partial<NewMachine>;
  /** Whether they already run the image. */
  readonly same?: true;
  /** The platform's named faults. The image `meant` is the deployed one. */
  readonly faults?: readonly NamedFault[];
  /** For each machine, in the order of the list, whether it runs the new image afterwards. */
  readonly runs: readonly boolean[];
  /** The status of the one release, or of each; undefined if none is made. */
  readonly release?: string | readonly string[];
  /** A part of the action's error. Without it, the step must succeed and verify the deploy. */
  readonly error?: RegExp;
  /** The code of the error. */
  readonly code?: string;
  /** Why nothing was rolled back. */
  readonly notRolledBack?: string;
  /** The single warning. */
  readonly warning?: RegExp;
  readonly outputs?: Partial<ActionRun['outputs']>;
  /** Compares only the result: the real flyctl retries for up to a minute, the stand-in does not. */
  readonly onlyTheEnd?: boolean;
}

const strategy = (name: string) => ({ flags: `--strategy=${name}` });
export const withCommand = `${toml}[deploy]\n  release_command = "bin/migrate"\n`;
const [yes, no] = [true, false];

export const scenarios: readonly Scenario[] = [
  { name: 'rolling over 1', machines: 1, runs: [yes], release: 'complete' },
  { name: 'rolling over 3', machines: 3, runs: [yes, yes, yes], release: 'complete' },
  { name: 'rolling with checks', toml: withChecks, runs: [yes, yes], release: 'complete' },
  {
    name: 'immediate',
    inputs: strategy('immediate'),
    machines: 3,
    runs: [yes, yes, yes],
    release: 'complete',
  },
  { name: 'canary', inputs: strategy('canary'), machines: 3, runs: [yes, yes, yes], release: 'complete' },
  {
    name: 'bluegreen',
    inputs: strategy('bluegreen'),
    toml: withChecks,
    runs: [yes, yes],
    release: 'complete',
  },
  {
    name: 'bluegreen without checks',
    inputs: strategy('bluegreen'),
    runs: [no, no],
    release: 'failed',
    error: /at least 1 check[\s\S]*app not in valid state for bluegreen deployments/,
  },
  {
    name: 'a manual run, by digest',
    event: workflowDispatch(),
    runs: [yes, yes],
    release: 'complete',
    outputs: { source: 'digest' },
  },
  {
    name: 'a copy in Fly.io’s registry',
    inputs: { mirror: 'always' },
    runs: [yes, yes],
    release: 'complete',
    outputs: { mirrored: 'true' },
  },
  { name: 'without a fly.toml', toml: '', runs: [yes, yes], release: 'complete' },
  { name: 'a release command that passes', toml: withCommand, runs: [yes, yes], release: 'complete' },
  {
    name: 'a release command that fails',
    toml: withCommand,
    inputs: { rollback: 'true' },
    prepare: ({ fly }) => fly.behave(app, { releaseCommand: { exitCode: 3 } }),
    runs: [no, no],
    release: 'failed',
    error:
      /Production is unchanged[\s\S]*release command failed - aborting deployment.*exited with non-zero status of 3[\s\S]*Fix: .*release command/,
  },
  {
    name: 'flyctl exits 0, but a machine is reverted',
    prepare: ({ fly }) => fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } }),
    runs: [yes, no],
    // flyctl's last line reports success.
    release: 'complete',
    error: /1 of 2 machines does not run the image[\s\S]*reverted by flyd/,
    outputs: { deployed: 'true', verified: 'false' },
  },
  {
    name: 'an image that Fly.io does not find',
    inputs: { mirror: 'never' },
    prepare: ({ registry }) => {
      registry.addRepository('owner/repo', 'private');
      registry.addUser('octocat', 'ghs_token-of-the-job');
    },
    runs: [no, no],
    error: /exited with status 1[\s\S]*could not find image[\s\S]*mirror: never/,
  },
  {
    name: 'an update that is refused part-way',
    prepare: ({ fly }) => fly.behave(app, { failUpdate: { index: 1, status: 422, body: 'no such volume' } }),
    runs: [yes, no],
    release: 'failed',
    error: /exited with status 1[\s\S]*no such volume[\s\S]*may run different images/,
    outputs: { deployed: 'false' },
  },
  {
    name: 'no room on the host: another machine replaces it',
    prepare: ({ fly }) => {
      const body = 'could not reserve resource for machine: insufficient memory available';
      fly.behave(app, { failUpdate: { index: 1, status: 412, body } });
    },
    runs: [yes, yes],
    release: 'complete',
  },
  {
    name: 'a check that never passes: the other machine stays on the old image',
    toml: withChecks,
    inputs: { flags: '--wait-timeout=5s' },
    prepare: ({ fly }) => fly.behave(app, { neverHealthy: true }),
    runs: [yes, no],
    release: 'failed',
    error: /health checks to pass[\s\S]*Fix: .*app, or its checks in fly\.toml/,
  },
  {
    name: 'a check that never passes in a bluegreen deploy: the new machines are destroyed',
    toml: withChecks,
    inputs: { flags: '--strategy=bluegreen\n--wait-timeout=5s' },
    prepare: ({ fly }) => fly.behave(app, { neverHealthy: true }),
    runs: [no, no],
    release: 'failed',
    error: /exited with status 1/,
  },
  {
    // For a read. A retried update sometimes fails because its body is gone (rehttp).
    name: 'an occasional 503 part-way',
    prepare: ({ fly }) => fly.fault({ path: /\/machines\/\w+$/, method: 'GET', status: 503, times: 2 }),
    runs: [yes, yes],
    release: 'complete',
  },
  {
    name: 'a 500 for every update',
    prepare: ({ fly }) => fly.fault({ path: /\/machines\/\w+$/, method: 'POST', status: 500 }),
    runs: [no, no],
    release: 'failed',
    error: /exited with status 1[\s\S]*500/,
  },
  {
    name: 'the lease of another deploy, reported as a race',
    inputs: { flags: '--lease-timeout=13s' },
    prepare: ({ fly }) => fly.holdLease(app, fly.machines(app)[0]?.id ?? '', 300_000),
    runs: [no, no],
    release: 'failed',
    error: /lease[\s\S]*other deploy or `fly machine` command/,
    onlyTheEnd: true,
  },
  {
    name: 'a wrong token',
    inputs: { 'fly-api-token': 'another-token' },
    runs: [no, no],
    error: /answered 401/,
  },
];

/** Whether fly.toml has a service. */
export const servesRequests = ({ toml: text = toml }: Scenario): boolean => /\[http_service\]/.test(text);

export const eventOf = ({ event = workflowRun() }: Scenario) => event;
