import type { DeployResults } from '../deploy/attempt.ts';
import type { Trigger } from '../event/types.ts';
import type { Machine } from '../fly/machine.ts';
import type { CommitOrder } from '../image/age.ts';
import { commitOf, type ImageResults } from '../image/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Clock } from '../lib/clock.ts';
import { type FirstAndLast, firstAndLast } from '../lib/first-and-last.ts';
import { type Recorder, type Stage, timeStage } from '../lib/stages.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { Placements } from '../record/placements.ts';
import type { Recorded } from '../record/write.ts';
import type { Runtime } from '../runtime.ts';
import type { Journal } from '../verify/journal.ts';
import type { Finding } from './finding.ts';

/** The results of the stages of a run, by name. */
export interface Results extends ImageResults, DeployResults {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  /** Path of flyctl. */
  readonly flyctl: string;
  /** The machines before the deploy. */
  readonly before: readonly Machine[];
  /** Whether the commit is newer than the one that ran before. */
  readonly order: CommitOrder;
  /** The copy in Fly.io's registry, where one was needed. */
  readonly mirror: Mirror;
  /** Every check of the verification, as they are made. */
  readonly journal: Journal;
  /** Which image runs where, after a verified deploy or rollback. */
  readonly placements: Placements;
  /** The deployment records on GitHub, if the inputs ask for them. */
  readonly recorded: Recorded;
}

/**
 * Everything known about a run so far, so that a failure can report what came before it. Each fact is written once, by the stage
 * that finds it, except for what is found again: before the deploy, or by a check that waited for another deploy. A stage of the
 * deploy gets this as a Recorder, which cannot be read; the doctor, whose checks build on each other, gets it whole.
 */
export class Facts implements Recorder<Results> {
  readonly #results: Partial<Results> = {};
  readonly #stages: Stage[] = [];
  readonly #findings: Finding[] = [];
  readonly #warnings = firstAndLast<string>(100);
  readonly #clock: Clock;
  readonly #begin: number;
  #current = 'Start';

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begin = clock.now();
  }

  /** How long the run has taken so far, in milliseconds. Stages overlap, so this is not the sum of their times. */
  get elapsed(): number {
    return this.#clock.now() - this.#begin;
  }

  /** When the run began, in milliseconds since 1970. */
  get begin(): number {
    return this.#begin;
  }

  /** What was learned so far. */
  get known(): Readonly<Partial<Results>> {
    return this.#results;
  }

  /** The stages that ended, in their order. */
  get stages(): readonly Stage[] {
    return this.#stages;
  }

  /** The stage that runs, or ran last. */
  get current(): string {
    return this.#current;
  }

  /** What the doctor found so far. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** The commit that the image was, or should have been, built from. */
  get commit(): string | undefined {
    return commitOf(this.known.plan, this.known.image);
  }

  /** What ran before: one image, or undefined when machines ran several, or nothing is known. */
  get previous(): { readonly image: string; readonly digest: string } | undefined {
    const [first, ...rest] = this.known.before ?? [];
    if (first?.digest === undefined || rest.some(({ digest }) => digest !== first.digest)) return undefined;
    return { image: first.image, digest: first.digest };
  }

  async stage<K extends keyof Results>(
    key: K,
    title: string,
    work: () => Results[K] | Promise<Results[K]>,
  ): Promise<Results[K]> {
    const result = await this.timed(title, work);
    this.keep(key, result);
    return result;
  }

  timed<T>(title: string, work: () => T | Promise<T>): Promise<T> {
    return timeStage(this.#clock, this, title, work);
  }

  began(title: string): void {
    this.#current = title;
  }

  ended(stage: Stage): void {
    this.#stages.push(stage);
  }

  keep<K extends keyof Results>(key: K, result: Results[K]): void {
    if (Object.hasOwn(this.#results, key)) throw new Error(`the fact "${key}" is written twice`);
    this.#results[key] = result;
  }

  /** Replaces a result that was read again, right before the deploy. */
  renew<K extends 'before' | 'order'>(key: K, result: Results[K]): void {
    this.#results[key] = result;
  }

  /** The same without the times of stages. */
  get untimed(): Recorder<Results> {
    const keep: Recorder<Results>['keep'] = (key, result) => this.keep(key, result);
    return {
      keep,
      began: () => {},
      ended: () => {},
      timed: async (_title, work) => work(),
      stage: async (key, _title, work) => {
        const result = await work();
        keep(key, result);
        return result;
      },
    };
  }

  /** The same for what can be found again: each result replaces the earlier one. */
  get renewing(): Recorder<ImageResults> {
    const keep: Recorder<ImageResults>['keep'] = (key, result) => {
      this.#results[key] = result;
    };
    return {
      keep,
      began: (title) => this.began(title),
      ended: (stage) => this.ended(stage),
      timed: (title, work) => this.timed(title, work),
      stage: async (key, title, work) => {
        const result = await this.timed(title, work);
        keep(key, result);
        return result;
      },
    };
  }

  /** The run's warnings so far. */
  get warnings(): FirstAndLast<string> {
    return this.#warnings;
  }

  /** The same runtime, whose log also adds each warning to these facts. */
  noting(rt: Runtime): Runtime {
    const warning: Runtime['log']['warning'] = (text, location) => {
      this.#warnings.add(text);
      rt.log.warning(text, location);
    };
    return { ...rt, log: { ...rt.log, warning } };
  }

  /** Adds what the doctor found. */
  note(findings: readonly Finding[]): void {
    this.#findings.push(...findings);
  }
}
