import type { Exit, Run } from '../lib/child.ts';
import type { Clock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import type { LineLog } from '../lib/line-log.ts';
import type { UserError } from '../lib/user-error.ts';
import { type CommandPlan, commandError, notStartedError } from './command-errors.ts';
import type { CommandRecord } from './journal.ts';

export interface CommandDeps {
  readonly run: Run;
  readonly clock: Clock;
  readonly log: Pick<LineLog, 'line'>;
  /** Called when it has ended by itself. */
  readonly ended: (record: CommandRecord) => void;
}

/** The user's own test. It runs once, while the machines settle. */
export class OwnTest {
  readonly #plan: CommandPlan;
  readonly #deps: CommandDeps;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #begin = 0;
  #end: { readonly error: UserError | undefined } | undefined;

  constructor(plan: CommandPlan, deps: CommandDeps) {
    this.#plan = plan;
    this.#deps = deps;
  }

  /** Starts it. Once: later calls do nothing. */
  start(releaseVersion: string | undefined): void {
    if (this.#running !== undefined) return;
    this.#begin = this.#deps.clock.now();
    this.#running = this.#run(releaseVersion);
  }

  /** Done when it has ended in any way. */
  get ended(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  get isRunning(): boolean {
    return this.#end === undefined;
  }

  /** Why it did not succeed; undefined while it runs, and if it did. */
  get failure(): UserError | undefined {
    return this.#end?.error;
  }

  /** Its state as a part of a sentence; undefined after its end. */
  get words(): string | undefined {
    return this.isRunning
      ? `\`verify-command\` has run for ${formatDuration(this.#deps.clock.now() - this.#begin)}`
      : undefined;
  }

  /** Ends it if it still runs, and everything that it started. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(releaseVersion: string | undefined): Promise<void> {
    const { file, name, argv, env, timeout } = this.#plan;
    const { run, clock, log, ended } = this.#deps;
    log.line(`Running \`verify-command\`: ${name}`);
    let exit: Exit;
    const variables = env(releaseVersion);
    try {
      exit = await run(file, argv, variables, timeout, this.#stop.signal);
    } catch (reason) {
      this.#end = { error: notStartedError(this.#plan, reason) };
      return;
    }
    const ms = clock.now() - this.#begin;
    const error = commandError(this.#plan, exit, variables);
    this.#end = { error };
    const { status, signal, timedOut, stopped } = exit;
    if (stopped) return;
    ended({ name, at: this.#begin, ms, status, signal, timedOut });
    if (error === undefined) log.line(`\`verify-command\` succeeded after ${formatDuration(ms)}`);
  }
}
