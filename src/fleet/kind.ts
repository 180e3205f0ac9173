import type { Ending, Result } from './result.ts';

/** An app of the list, and the result of the matrix of jobs that it is in: success, failure, cancelled, skipped. */
export interface Wanted {
  readonly app: string;
  readonly jobs: string;
}

/** The deploys or the checks that the results must belong to. */
export interface Jobs {
  readonly apps: readonly Wanted[];
  /** The attempt of the run, from 1. */
  readonly attempt: number;
  /** The image's digest; '' if only the app's job resolves it. */
  readonly digest: string;
}

/** What differs between deploys and checks of apps: how their results are read and shown. */
export interface Kind {
  /** @throws UserError for a file that is not a result. */
  readonly read: (text: string, file: string) => Result;
  /** Why a result is not of these jobs, beside what is compared for each kind; '' if it is. */
  readonly objection: (file: string, result: Result, jobs: Jobs) => string;
  /** What the job did, to follow "the job that". */
  readonly did: string;
  /** Who can write which artifacts, to follow "only". */
  readonly writer: string;
  readonly words: Readonly<Record<Ending, string>>;
  /** The columns of the table after the state. */
  readonly columns: readonly string[];
  readonly cells: (result: Result) => readonly string[];
  /** What the output `fleet` has beside what every kind has. */
  readonly fields: (result: Result) => Readonly<Record<string, string>>;
  /** One line about all apps. It claims no more than GitHub's results of the jobs allow. */
  readonly heading: (image: string, wanted: readonly Wanted[], results: readonly Result[]) => string;
}
