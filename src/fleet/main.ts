import { counted } from '../lib/format.ts';
import { plainLine } from '../lib/text.ts';
import { formatError, messageOf, UserError } from '../lib/user-error.ts';
import type { RecordDeps } from '../record/write.ts';
import type { Runtime } from '../runtime.ts';
import { checks } from './checks.ts';
import { deploys } from './deploys.ts';
import type { JsonFile } from './files.ts';
import type { Jobs } from './kind.ts';
import { type Fleet, ownSelection, readFleet } from './list.ts';
import { imageLost } from './lost.ts';
import { type FleetEnd, type FleetRow, fleetReport } from './merged.ts';
import { isReport, reportFor } from './reports.ts';
import { resultsOf } from './rows.ts';
import { endOf } from './state.ts';
import { fleetLines, fleetOutput, fleetSummary, stateIn } from './table.ts';

/** Everything outside, passed in. */
export type FleetRuntime = Pick<Runtime, 'input' | 'log' | 'reports' | 'writeOutputs' | 'writeSummary'> &
  RecordDeps & {
    /** The JSON files below a folder, sorted by their paths; none if the folder does not exist. */
    readonly jsonFiles: (folder: string) => readonly JsonFile[];
  };

/**
 * The whole step: before the deploys it makes the matrices, after them it writes the table.
 *
 * @returns the exit status.
 */
export async function main(rt: FleetRuntime): Promise<0 | 1> {
  const { log, input } = rt;
  try {
    const fleet = readFleet({
      app: input('app'),
      apps: input('apps'),
      first: input('first'),
      defaults: input('defaults') || '{}',
    });
    switch (input('step') || 'plan') {
      case 'plan':
        plan(fleet, rt);
        break;
      case 'report':
        await report(fleet, rt);
        break;
      case 'record': {
        // The only step that sends requests.
        const { record } = await import('./record.ts');
        await record(jobsOf(fleet, rt), rt);
        break;
      }
      default:
        throw new UserError({
          code: 'input-invalid',
          found: `The input \`step\` is ${JSON.stringify(input('step'))}.`,
          expected: '`plan`, `report` or `record`.',
          fix: 'Write `with: step: plan`, `with: step: report` or `with: step: record`.',
        });
    }
    return 0;
  } catch (error) {
    if (error instanceof UserError) log.debug(`Error code: ${error.codes.join(', ')}`);
    log.error(error instanceof UserError ? formatError(error) : `Unexpected error: ${messageOf(error)}`);
    return 1;
  }
}

function plan(fleet: Fleet, { log, input, writeOutputs }: FleetRuntime): void {
  const { first, rest } = fleet;
  const lead = [...first, ...rest][0]?.app ?? '';
  const names = (part: Fleet['first']) => part.map(({ app }) => app).join(', ');
  if (first.length > 0) log.line(`These deploy first and must succeed before the rest: ${names(first)}`);
  if (rest.length > 0) log.line(`${first.length > 0 ? 'The rest' : 'To deploy'}: ${names(rest)}`);
  const select = ownSelection(fleet, input('select'), input('manual-select'));
  writeOutputs({
    lead,
    select: plainLine(select),
    all: JSON.stringify([...first, ...rest]),
    first: JSON.stringify(first),
    rest: JSON.stringify(rest),
  });
}

/** The jobs whose results are read. */
function jobsOf({ first, rest }: Fleet, { input }: Pick<FleetRuntime, 'input'>): Jobs {
  const of = (apps: Fleet['first'], jobs: string) => apps.map(({ app }) => ({ app, jobs }));
  const apps = [...of(first, input('first-result')), ...of(rest, input('rest-result'))];
  return { apps, attempt: attemptOf(input('attempt')), digest: input('digest') };
}

async function report(fleet: Fleet, rt: FleetRuntime): Promise<void> {
  const { log, input, writeOutputs, writeSummary, jsonFiles } = rt;
  const mode = input('mode') || 'deploy';
  const kind = mode === 'verify' ? checks : deploys;
  const jobs = jobsOf(fleet, rt);
  const wanted = jobs.apps;
  const files = jsonFiles(input('results'));
  const warnings: string[] = [];
  const own = files.filter((file) => !isReport(file));
  const results = resultsOf(kind, jobs, own, (error) => {
    log.debug(`Warning code: ${error.code}`);
    log.warning(formatError(error));
    warnings.push(...error.each.map(({ found }) => found));
  });
  for (const line of fleetLines(kind, results)) log.line(line);
  const { json, omitted } = fleetOutput(kind, wanted, results);
  const resolved = { state: input('resolve-state'), headline: input('resolve-headline') };
  const { state, headline } = endOf(results, wanted, resolved, kind.heading(input('image'), wanted, results));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const rows = results.map((result) => ({
    result,
    state: stateIn(wanted, result),
    report: reportFor(result, byPath),
  }));
  const end = { mode, attempt: jobs.attempt, image: input('image'), digest: jobs.digest, state, headline };
  writeOutputs({ fleet: json, state, headline, report: writeReport(end, rows, warnings, rt) });
  if (omitted > 0)
    log.warning(
      `The output \`fleet\` omits ${counted(omitted, 'app')} because of GitHub’s limit of 1 MB. Apps with a problem come first in it.`,
    );
  await writeSummary(fleetSummary(kind, input('image'), wanted, results));
  const lost = imageLost({
    ready: input('ready') === 'true',
    image: input('image'),
    given: input('given'),
    digest: input('digest'),
    select: input('select'),
  });
  if (lost !== undefined) throw lost;
}

/** Writes the merged report. The table does not depend on it. @returns its path; '' if it cannot be written. */
function writeReport(
  end: FleetEnd,
  rows: readonly FleetRow[],
  warnings: readonly string[],
  { log, reports }: FleetRuntime,
): string {
  try {
    const merged = fleetReport(end, rows, warnings);
    for (const [n, report] of merged.reports.entries()) {
      const { file = '', app } = rows[n]?.result ?? {};
      if (report.kind !== 'found' && file !== '')
        log.line(`The report of ${app} is not merged. ${report.words}`);
    }
    return reports.write('fleet.json', merged.text);
  } catch (error) {
    log.warning(
      `The report could not be written: ${messageOf(error)}. This does not change the result of the step.`,
    );
    return '';
  }
}

function attemptOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserError({
    code: 'input-invalid',
    found: `The input \`attempt\` is ${JSON.stringify(text)}.`,
    expected: 'The number of the run’s attempt.',
    fix: 'Write `with: attempt: ${{ github.run_attempt }}`.',
  });
}
