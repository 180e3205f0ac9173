import { UserError } from '../lib/user-error.ts';
import { type Result, readResult, without } from './result.ts';

/** An app of the list, and the result of the matrix of jobs that it is in: success, failure, cancelled, skipped. */
export interface Wanted {
  readonly app: string;
  readonly jobs: string;
}

/** The deploy that the results must belong to. */
export interface Deploy {
  readonly apps: readonly Wanted[];
  /** The attempt of the run, from 1. */
  readonly attempt: number;
  /** The image's digest; '' if only the app's job resolves it. */
  readonly digest: string;
}

/** The name of a result's artifact and file. A lone artifact is unpacked without its folder, so the file has it too. */
const fileName = /^deploy-image-([1-9]\d*)-([a-z0-9-]+)-([0-9a-f]{64}|none)\.json$/;

/**
 * The results in the order of the apps: one for each, and none of another app. A run keeps the artifacts of its earlier
 * attempts, and any job of it can add some. So an artifact counts only if it is of this attempt, this image and this app.
 *
 * @param files by their paths.
 * @param warn called for each file that is of another deploy or cannot be read.
 */
export function resultsOf(
  deploy: Deploy,
  files: ReadonlyMap<string, string>,
  warn: (fault: UserError) => void,
): Result[] {
  const found: { file: string; result: Result }[] = [];
  for (const [path, text] of files) {
    const file = path.split(/[\\/]/).at(-1) ?? '';
    try {
      found.push({ file, result: readResult(text, file) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      warn(error);
    }
  }
  return deploy.apps.map((wanted) => {
    const own = found.filter(({ result }) => result.app === wanted.app);
    const judged = own.map(({ file, result }) => ({
      file,
      result,
      why: objection(file, result, wanted, deploy),
    }));
    const now = judged.filter(({ result }) => result.attempt === deploy.attempt);
    const wrong = judged.filter(({ result, why }) => why !== '' && !(result.attempt < deploy.attempt));
    for (const { file, why } of wrong) warn(otherResult(file, wanted.app, why));
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

/** Whether a deploy ended as it should. */
export const isGood = ({ ending }: Result): boolean => ending === 'verified' || ending === 'skipped';

/** Why this is not a result of this deploy; '' if it is. */
function objection(file: string, result: Result, { jobs }: Wanted, { attempt, digest }: Deploy): string {
  const [, ofAttempt, ofApp, ofDigest] = fileName.exec(file) ?? [];
  const hex = /^sha256:([0-9a-f]{64})$/.exec(result.digest)?.[1] ?? 'none';
  if (ofApp !== result.app) return 'it is in a file of another app';
  if (Number(ofAttempt) !== result.attempt || ofDigest !== hex) return 'it is in a file of another deploy';
  if (result.attempt > attempt) return 'it is of an attempt that has not started';
  // A deploy that failed early, or was refused, has no image.
  const claims = ['verified', 'not-verified'].includes(result.ending) || result.digest !== '';
  if (digest !== '' && claims && result.digest !== digest) return 'it is of another image';
  if (jobs === 'skipped' && result.attempt === attempt) return 'its job did not run';
  return '';
}

const otherResult = (file: string, app: string, why: string): UserError =>
  new UserError({
    code: 'fleet-result-other',
    found: `The file ${file} contains a result of ${app}, but ${why}.`,
    expected: 'An artifact of the job that deployed this image to this app in this attempt.',
    fix: 'Rename other artifacts of this run: only `deploy-app.yml` can write artifacts named `deploy-image-*`.',
  });
