/**
 * Takes what the stages of a run learn, under a name for each result, so that a failure can report everything before it.
 * A stage returns its result as well: nothing is read back from here by the stages themselves.
 */
export interface Recorder<Results> {
  /** Does a stage, keeps its result and takes its time. */
  stage<K extends keyof Results>(
    key: K,
    title: string,
    work: () => Results[K] | Promise<Results[K]>,
  ): Promise<Results[K]>;
  /** Does a stage whose results it keeps itself, and takes its time. */
  timed<T>(title: string, work: () => T | Promise<T>): Promise<T>;
  /** Keeps a result. @throws Error when there is one already. */
  keep<K extends keyof Results>(key: K, result: Results[K]): void;
}
