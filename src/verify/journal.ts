import { type FirstAndLast, firstAndLast } from '../lib/first-and-last.ts';

/** One check of the machines. */
export interface MachineCheckRecord {
  /** In milliseconds since 1970, on this runner's clock. */
  readonly at: number;
  /** What the machines should run: the image of this run, after a deploy or without one, or what ran before. */
  readonly of: 'deploy' | 'rollback' | 'verify';
  /** The machines that the deploy manages, and how many of them run the image and are healthy. */
  readonly machines: number;
  readonly healthy: number;
  /** The same as a part of a sentence, with what is still missing. */
  readonly words: string;
  /** Why the list was incomplete; undefined if it appeared complete. */
  readonly incomplete: 'lost' | 'fewer' | 'uncounted' | undefined;
}

/** One answer of the app to `health-url`. */
export interface AnswerRecord {
  /** When it was requested, in milliseconds since 1970, on this runner's clock. */
  readonly at: number;
  readonly ms: number;
  readonly kind: 'right' | 'wrong' | 'unreachable';
  /** What is wrong with it. */
  readonly words: string | undefined;
}

/** The end of the user's own test. */
export interface CommandRecord {
  /** The program as it was given. */
  readonly name: string;
  /** When it was started, in milliseconds since 1970, on this runner's clock. */
  readonly at: number;
  readonly ms: number;
  /** Exit status; undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
}

/** How many records of a kind are kept: an hour of settling makes some 1,200 checks. */
const most = 1000;

/** Everything that a verification saw, in its order, for the report. */
export class Journal {
  readonly checks: FirstAndLast<MachineCheckRecord> = firstAndLast(most);
  readonly answers: FirstAndLast<AnswerRecord> = firstAndLast(most);
  #command: CommandRecord | undefined;

  /** The user's own test, if it has ended by itself. */
  get command(): CommandRecord | undefined {
    return this.#command;
  }

  tested(record: CommandRecord): void {
    this.#command = record;
  }
}
