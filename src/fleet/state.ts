import { printable } from '../github/log.ts';
import type { State } from '../report/states.ts';
import { plain } from '../report/summary/markdown.ts';
import type { Wanted } from './kind.ts';
import type { Result } from './result.ts';
import { isGood } from './rows.ts';

/** The end of a run that several apps share: the worst of theirs. */
interface End {
  readonly state: State;
  readonly headline: string;
}

/** How the job that finds the image ended, for a run that went no further. */
export interface Resolved {
  readonly state: string;
  readonly headline: string;
}

/** The states from the worst on. Of apps that are fine, one that was deployed stands for all. */
const order: readonly State[] = [
  'rollback-failed',
  'inconclusive',
  'failed',
  'rolled-back',
  'drift',
  'busy',
  'cancelled',
  'refused',
  'outdated',
  'deployed',
  'verified',
  'unchanged',
  'dry-run',
  'checked',
];

/** States in which a step succeeds on purpose without a deploy, and those in which it fails. */
const [fine, bad]: readonly (readonly State[])[] = [
  ['deployed', 'verified', 'unchanged', 'outdated', 'refused', 'dry-run', 'checked'],
  [
    'rollback-failed',
    'inconclusive',
    'failed',
    'rolled-back',
    'drift',
    'busy',
    'cancelled',
    'refused',
    'outdated',
    'checked',
  ],
];

/**
 * The state of one app. What its job wrote counts if it agrees with how the job ended. A job that left no result can have been
 * killed in the middle of a deploy.
 *
 * @returns undefined for a job that did not start.
 */
export function stateOfApp(result: Result, { jobs }: Pick<Wanted, 'jobs'>): State | undefined {
  const known = (isGood(result) ? fine : bad)?.find((state) => state === result.state);
  switch (result.ending) {
    case 'verified':
      // A check has compared.
      return result.drift === undefined ? 'deployed' : 'verified';
    case 'skipped':
      return known ?? fine?.find((state) => state === result.skipped) ?? 'inconclusive';
    case 'not-verified':
      return 'inconclusive';
    case 'rolled-back':
    case 'cancelled':
      return result.ending;
    case 'failed':
      return known ?? 'failed';
    case 'missing':
      if (jobs === 'skipped') return undefined;
      return jobs === 'cancelled' ? 'cancelled' : 'inconclusive';
  }
}

/**
 * The state and the headline of a run for all apps.
 *
 * @param heading of the table, as Markdown.
 */
export function endOf(
  results: readonly Result[],
  wanted: readonly Wanted[],
  resolved: Resolved,
  heading: string,
): End {
  const all = results.map((result, n) => ({
    result,
    state: stateOfApp(result, wanted[n] ?? { jobs: '' }),
  }));
  const started = all.filter(({ state }) => state !== undefined);
  if (started.length === 0) {
    // The job that finds the image ends as a dry run if it finds one.
    const ended = bad?.find((state) => state === resolved.state);
    return {
      state: ended ?? 'failed',
      headline: printable(
        ended === undefined || resolved.headline === '' ? plain(heading) : resolved.headline,
      ),
    };
  }
  const failed = started.filter(({ result }) => !isGood(result));
  const states = (failed.length > 0 ? failed : started).map(({ state }) => state);
  const [only, ...others] = results;
  const own = others.length === 0 ? (only?.headline ?? '') : '';
  return {
    state: order.find((state) => states.includes(state)) ?? 'inconclusive',
    headline: printable(own === '' ? plain(heading) : own),
  };
}
