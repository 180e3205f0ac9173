import { basename } from 'node:path';
import { UserError } from '../lib/user-error.ts';
import type { JsonFile } from './files.ts';
import type { Jobs, Kind, Wanted } from './kind.ts';
import { type Result, without } from './result.ts';

/**
 * The results in the order of the apps: one for each, and none of another app. A run keeps the artifacts of its earlier
 * attempts, and any job of it can add some. So an artifact counts only if it is of this attempt, this image and this app.
 *
 * @param warn called for each file that is of another deploy or cannot be read.
 */
export function resultsOf(
  kind: Kind,
  jobs: Jobs,
  files: readonly JsonFile[],
  warn: (fault: UserError) => void,
): Result[] {
  const found: { file: string; result: Result }[] = [];
  for (const { path, read } of files) {
    const file = basename(path);
    try {
      found.push({ file, result: { ...kind.read(read(), file), file: path } });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      warn(error);
    }
  }
  return jobs.apps.map((wanted) => {
    const own = found.filter(({ result }) => result.app === wanted.app);
    const judged = own.map(({ file, result }) => ({
      file,
      result,
      why: kind.objection(file, result, jobs) || objection(result, wanted, jobs),
    }));
    const now = judged.filter(({ result }) => result.attempt === jobs.attempt);
    const wrong = judged.filter(({ result, why }) => why !== '' && !(result.attempt < jobs.attempt));
    for (const { file, why } of wrong) warn(otherResult(kind, file, wanted.app, why));
    if (wrong[0] !== undefined) return without(wanted.app, 'failed', wrong[0].why);
    if (now.length > 1) return without(wanted.app, 'failed', 'it left two results');
    return (now[0] ?? lastGood(judged, wanted))?.result ?? without(wanted.app, 'missing');
  });
}

/**
 * The result of an earlier attempt. `Re-run failed jobs` does not run again what succeeded; then the result of the matrix
 * is a success only if this app's job succeeded. Otherwise the job can have run again without leaving a result.
 */
function lastGood(
  judged: readonly { readonly result: Result; readonly why: string }[],
  { jobs }: Wanted,
): { readonly result: Result } | undefined {
  if (jobs !== 'success') return undefined;
  const last = judged.toSorted((a, b) => b.result.attempt - a.result.attempt)[0];
  return last?.why === '' && isGood(last.result) ? last : undefined;
}

/** Whether a deploy or a check ended as it should. */
export const isGood = ({ ending }: Result): boolean => ending === 'verified' || ending === 'skipped';

/** Why this is not a result of these jobs; '' if it is. */
function objection(result: Result, { jobs }: Wanted, { attempt }: Jobs): string {
  if (result.attempt > attempt) return 'it is of an attempt that has not started';
  return jobs === 'skipped' && result.attempt === attempt ? 'its job did not run' : '';
}

const otherResult = ({ did, writer }: Kind, file: string, app: string, why: string): UserError =>
  new UserError({
    code: 'fleet-result-other',
    found: `The file ${file} contains a result of ${app}, but ${why}.`,
    expected: `An artifact of the job that ${did} in this attempt.`,
    fix: `Rename other artifacts of this run: only ${writer}.`,
  });
