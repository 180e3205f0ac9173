import { counted } from '../lib/format.ts';
import type { Wanted } from './kind.ts';
import type { Result } from './result.ts';

/** The first line about apps of which none has a problem. It claims no more than GitHub's results of the jobs allow. */
export function goodHeading(
  wanted: readonly Wanted[],
  results: readonly Result[],
  { done, what, others }: { readonly done: string; readonly what: string; readonly others: string },
): string {
  const all = counted(results.length, 'app');
  const verified = results.filter(({ ending }) => ending === 'verified').length;
  const jobs = wanted.filter((each) => each.jobs !== 'success').length;
  if (jobs > 0) return `## ❌ The jobs of ${jobs} of ${all} failed`;
  if (verified === 0) return `## ⏭️ Nothing was ${done} ${all}`;
  return verified === results.length
    ? `## ✅ ${results.length === 1 ? 'The app runs' : `All ${all} run`} ${what}`
    : `## ✅ ${verified} of ${all} run ${what}; the others were ${others}`;
}
