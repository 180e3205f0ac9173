import { fitting } from '../lib/fitting.ts';
import { shortened } from '../lib/text.ts';
import type { State } from '../report/states.ts';
import type { AppReport, NoReport, Unread } from './reports.ts';
import type { Result } from './result.ts';
import { isGood } from './rows.ts';

/** The end of a run, as the outputs and the table have it. */
export interface FleetEnd {
  readonly mode: string;
  readonly attempt: number;
  readonly image: string;
  readonly digest: string;
  readonly state: State;
  readonly headline: string;
}

/** One app, in the order of the list. */
export interface FleetRow {
  readonly result: Result;
  /** '' for an app whose job did not start. */
  readonly state: State | '';
  readonly report: NoReport | Unread;
}

/** The most bytes of all reports together. */
export const mostOfReports = 16 * 1024 ** 2;

/** The most characters of another text. */
const mostOfText = 500;

/** The most warnings. */
const mostWarnings = 100;

/**
 * All apps with their reports, as docs/fleet-report.schema.json describes it: a line for each app. Reports of apps with a problem
 * come first if there is no room for all. `version` changes when a reader could no longer read it.
 *
 * @param warnings why files were ignored.
 * @returns the text, and what is in it of each app.
 */
export function fleetReport(
  end: FleetEnd,
  rows: readonly FleetRow[],
  warnings: readonly string[],
  room = mostOfReports,
): { readonly text: string; readonly reports: readonly AppReport[] } {
  const read = new Map<FleetRow, AppReport>();
  const { items } = fitting(
    rows,
    ({ result }) => isGood(result),
    (row) => {
      if (row.report.kind !== 'unread') return '';
      const report = row.report.read();
      read.set(row, report);
      return report.kind === 'found' ? report.text : '';
    },
    (text) => Buffer.byteLength(text),
    room,
  );
  const kept = new Set(items);
  const head = JSON.stringify({
    version: 1,
    mode: textOf(end.mode),
    attempt: end.attempt,
    state: end.state,
    headline: textOf(end.headline),
    image: textOf(end.image),
    digest: textOf(end.digest),
    warnings: {
      texts: warnings.slice(0, mostWarnings).map(textOf),
      omitted: Math.max(0, warnings.length - mostWarnings),
    },
  });
  const reports = rows.map((row): AppReport => {
    if (row.report.kind !== 'unread') return row.report;
    return (kept.has(row) ? read.get(row) : undefined) ?? omitted;
  });
  const apps = rows.map((row, n) => appOf(row, reports[n] ?? omitted));
  return { text: `${head.slice(0, -1)},"apps":[\n${apps.join(',\n')}\n]}\n`, reports };
}

const omitted: NoReport = {
  kind: 'omitted',
  words: 'The reports of all apps together are too large.',
};

function appOf({ result, state }: FleetRow, report: AppReport): string {
  const { machines } = result;
  const facts = JSON.stringify({
    app: result.app,
    result: result.ending,
    why: textOf(result.why),
    state: state === '' ? null : state,
    headline: textOf(result.headline),
    skipped: textOf(result.skipped),
    drift: result.drift ?? null,
    attempt: result.file === '' ? null : result.attempt,
    image: textOf(result.image),
    digest: textOf(result.digest),
    'previous-digest': textOf(result.previousDigest),
    'release-version': textOf(result.releaseVersion),
    url: textOf(result.url),
    machines:
      machines === undefined
        ? null
        : { managed: machines.all, 'runs-image': machines.right, omitted: machines.omitted },
    'report-missing': report.kind === 'found' ? null : { kind: report.kind, words: textOf(report.words) },
  });
  return `${facts.slice(0, -1)},"report":${report.kind === 'found' ? report.text : 'null'}}`;
}

/** null for what is unknown. */
function textOf(text: string): string | null {
  if (text === '') return null;
  return shortened(text, mostOfText).toWellFormed();
}
