import type { Clock } from './clock.ts';
import type { Turn } from './turn.ts';

/** A stage of a run and how long it took, in milliseconds. Stages can overlap. */
export interface Stage {
  readonly title: string;
  readonly ms: number;
  readonly ok: boolean;
}

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
  /** A stage has begun. */
  began(title: string): void;
  /** A stage has ended. */
  ended(stage: Stage): void;
}

/** Does a stage between its marks, and takes its time. */
export async function timeStage<T>(
  clock: Clock,
  marks: Pick<Recorder<object>, 'began' | 'ended'>,
  title: string,
  work: () => T | Promise<T>,
): Promise<T> {
  const begin = clock.now();
  marks.began(title);
  let ok = false;
  try {
    const result = await work();
    ok = true;
    return result;
  } finally {
    marks.ended({ title, ms: clock.now() - begin, ok });
  }
}

/** The recorder of work that begins before the turn of its stages. They have their own times, whenever they are recorded. */
export function recorderInTurn<Results>(
  recorder: Recorder<Results>,
  { turn, results }: { readonly turn: Turn; readonly results: Turn },
  clock: Clock,
): Recorder<Results> {
  const own: Recorder<Results> = {
    keep: (key, result) => results.do(() => recorder.keep(key, result)),
    began: (title) => turn.do(() => recorder.began(title)),
    ended: (stage) => turn.do(() => recorder.ended(stage)),
    timed: (title, work) => timeStage(clock, own, title, work),
    stage: async (key, title, work) => {
      const result = await own.timed(title, work);
      own.keep(key, result);
      return result;
    },
  };
  return own;
}
