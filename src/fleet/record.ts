import { linksOf } from '../github/links.ts';
import { policies } from '../lib/http.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { readPlacements } from '../record/placements.ts';
import { type Placed, type RecordDeps, writeRecords } from '../record/write.ts';
import { logRecorded, recordsLine } from '../report/records.ts';
import type { Runtime } from '../runtime.ts';
import { deploys } from './deploys.ts';
import type { JsonFile } from './files.ts';
import type { Jobs } from './kind.ts';
import { isReport } from './reports.ts';
import type { Result } from './result.ts';
import { resultsOf } from './rows.ts';

type Deps = RecordDeps &
  Pick<Runtime, 'input' | 'log' | 'writeSummary'> & {
    readonly jsonFiles: (folder: string) => readonly JsonFile[];
  };

/** Only this job waits for the records, and there can be hundreds of apps, for which GitHub limits the rate. */
const patience = { patience: policies.github, allTime: 10 * 60_000 };

/** Writes a deployment record for each app, process group and region that this attempt of the run deployed or rolled back. */
export async function record(jobs: Jobs, rt: Deps): Promise<void> {
  const { input, log, jsonFiles, writeSummary } = rt;
  const [environment, token] = [input('deployment-record'), input('github-token')];
  if (token !== '') log.mask(token);
  // The job that writes the table reports the results that are not valid.
  const files = jsonFiles(input('results')).filter((file) => !isReport(file));
  const results = resultsOf(deploys, jobs, files, () => {});
  const placed: Placed[] = [];
  for (const result of results) {
    try {
      placed.push(...placedOf(result, jobs.attempt));
    } catch (error) {
      log.debug('Not recorded: record-failed');
      log.notice(`No deployment record of ${result.app} was written: ${messageOf(error)}`);
    }
  }
  if (placed.length === 0)
    log.line('This attempt verified no deploy or rollback, so there is nothing to record.');
  const job = 'the job that calls deploy-image.yml';
  const recorded = await writeRecords(rt, placed, { environment, token, job, ...patience });
  logRecorded(recorded, rt);
  const line = recordsLine(recorded, linksOf(rt));
  if (line !== '') await writeSummary(`${line}\n`);
}

/**
 * What to record of an app. A result of an earlier attempt was recorded by that attempt, and another deploy can have followed since.
 *
 * @throws UserError if the result contradicts itself.
 */
function placedOf({ app, ending, attempt, digest, placements }: Result, now: number): Placed[] {
  if (attempt !== now || !['verified', 'rolled-back'].includes(ending)) return [];
  const list = readPlacements(placements, app);
  if (ending === 'verified' && list.some((each) => each.digest !== digest))
    throw new UserError({
      code: 'fleet-result-other',
      found: `The placements of ${app} name another image than its digest, ${digest}.`,
      expected: 'The digest that the job deployed.',
      fix: 'Rename other artifacts of this run: only `deploy-app.yml` can write artifacts named `deploy-image-*`.',
    });
  return list.map((each) => ({ ...each, app }));
}
