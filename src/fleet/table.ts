import { fitting } from '../lib/fitting.ts';
import { counted } from '../lib/format.ts';
import { shortDigest } from '../registry/reference.ts';
import { code, link, table, tableRow } from '../report/summary/markdown.ts';
import type { Ending, Result } from './result.ts';
import { isGood, type Wanted } from './rows.ts';
import { stateOfApp } from './state.ts';

const words: Record<Ending, string> = {
  verified: '✅ deployed, verified',
  'not-verified': '🚀 deployed, not verified',
  skipped: '⏭️ skipped',
  'rolled-back': '⏪ rolled back',
  failed: '❌ failed',
  cancelled: '🛑 canceled; machines may run different images',
  missing: '⚪ no result',
};

/** The most bytes of rows: GitHub refuses a step's summary of more than 1 MiB as a whole (docs, "Step isolation and limits"). */
const mostOfRows = 1_000_000;

/** The summary of a fleet's deploy as GitHub's Markdown: one line about all, and a row for each app. Pure. */
export function fleetSummary(image: string, wanted: readonly Wanted[], results: readonly Result[]): string {
  const rows = fitting(
    results,
    isGood,
    (result) => tableRow(cellsOf(result, stateIn(wanted, result))),
    (row) => Buffer.byteLength(row) + '\n'.length,
    mostOfRows,
  );
  return [
    heading(image, wanted, results),
    ...(image === '' ? [] : [`Image: ${code(image)}`]),
    [
      table(['App', 'Result', 'State', 'Digest', 'Before', 'Release', 'Machines on this image'], []),
      ...rows.texts,
    ].join('\n'),
    ...(rows.omitted === 0
      ? []
      : [
          `…and ${counted(rows.omitted, 'more app')}, because GitHub shows 1 MiB at most. Apps with a problem come first; the log lists all of them.`,
        ]),
    '',
  ].join('\n\n');
}

/** '' for an app whose job did not start. */
const stateIn = (wanted: readonly Wanted[], result: Result): string =>
  stateOfApp(result, wanted.find(({ app }) => app === result.app) ?? { jobs: '' }) ?? '';

const cellsOf = (result: Result, state: string): string[] => [
  /^https?:\/\//.test(result.url) ? link(code(result.app), result.url) : code(result.app),
  result.skipped === '' ? wordsOf(result) : `${words[result.ending]}: ${code(result.skipped)}`,
  code(state),
  code(shortDigest(result.digest)),
  code(result.previousDigest === '' ? '' : shortDigest(result.previousDigest)),
  result.releaseVersion === '' ? '' : code(`v${result.releaseVersion}`),
  machinesOf(result),
];

function machinesOf({ machines }: Result): string {
  if (machines === undefined) return '';
  const { right, all, omitted } = machines;
  return `${right} of ${all}${omitted === 0 ? '' : `; ${omitted} more not listed`}`;
}

/** The most characters of the output `fleet`: GitHub takes 1 MB of outputs, measured as UTF-16 (docs, "Passing information between jobs"). */
const mostOfOutput = 400_000;

/** The output `fleet`: a JSON array with an object for each app, and how many apps it omits. */
export function fleetOutput(
  wanted: readonly Wanted[],
  results: readonly Result[],
): { readonly json: string; readonly omitted: number } {
  const asJson = (result: Result) => {
    const { app, ending, digest, releaseVersion, url } = result;
    const state = stateIn(wanted, result);
    return JSON.stringify({ app, result: ending, state, digest, 'release-version': releaseVersion, url });
  };
  const sizeOf = ({ length }: string) => length + ','.length;
  const { texts, omitted } = fitting(results, isGood, asJson, sizeOf, mostOfOutput - '[]'.length);
  return { json: `[${texts.join(',')}]`, omitted };
}

/** How it ended; what it left that is not a result of this deploy is named. */
const wordsOf = ({ ending, why }: Result): string => `${words[ending]}${why === '' ? '' : `: ${why}`}`;

/** One line about all apps. It claims no more than GitHub's results of the jobs allow. */
export function heading(image: string, wanted: readonly Wanted[], results: readonly Result[]): string {
  const all = counted(results.length, 'app');
  if (image === '' && results.every(({ ending }) => ending === 'missing'))
    return `## ❌ Nothing was deployed to ${all}: no image was found, or the event was refused`;
  const verified = results.filter(({ ending }) => ending === 'verified').length;
  const bad = results.filter((result) => !isGood(result)).length;
  if (bad > 0) return `## ❌ ${bad} of ${all} failed`;
  const jobs = wanted.filter((each) => each.jobs !== 'success').length;
  if (jobs > 0) return `## ❌ The jobs of ${jobs} of ${all} failed`;
  if (verified === 0) return `## ⏭️ Nothing was deployed to ${all}`;
  return verified === results.length
    ? `## ✅ ${results.length === 1 ? 'The app runs' : `All ${all} run`} the image`
    : `## ✅ ${verified} of ${all} run the image; the others were skipped`;
}

/** The same for the log: a line for each app. */
export const fleetLines = (results: readonly Result[]): string[] =>
  results.map(
    (result) =>
      `${result.app}: ${wordsOf(result)}${result.skipped === '' ? '' : `: ${result.skipped}`}${result.digest === '' ? '' : `, ${result.digest}`}`,
  );
