import { fitting } from '../lib/fitting.ts';
import { counted } from '../lib/format.ts';
import type { State } from '../report/states.ts';
import { code, link, table, tableRow } from '../report/summary/markdown.ts';
import type { Kind, Wanted } from './kind.ts';
import type { Result } from './result.ts';
import { isGood } from './rows.ts';
import { stateOfApp } from './state.ts';

/** The most bytes of rows: GitHub refuses a step's summary of more than 1 MiB as a whole (docs, "Step isolation and limits"). */
const mostOfRows = 1_000_000;

/** The summary of a fleet as GitHub's Markdown: one line about all, and a row for each app. Pure. */
export function fleetSummary(
  kind: Kind,
  image: string,
  wanted: readonly Wanted[],
  results: readonly Result[],
): string {
  const rows = fitting(
    results,
    isGood,
    (result) => tableRow(cellsOf(kind, result, stateIn(wanted, result))),
    (row) => Buffer.byteLength(row) + '\n'.length,
    mostOfRows,
  );
  return [
    kind.heading(image, wanted, results),
    ...(image === '' ? [] : [`Image: ${code(image)}`]),
    [table(['App', 'Result', 'State', ...kind.columns], []), ...rows.texts].join('\n'),
    ...(rows.omitted === 0
      ? []
      : [
          `…and ${counted(rows.omitted, 'more app')}, because GitHub shows 1 MiB at most. Apps with a problem come first; the log lists all of them.`,
        ]),
    '',
  ].join('\n\n');
}

/** '' for an app whose job did not start. */
export const stateIn = (wanted: readonly Wanted[], result: Result): State | '' =>
  stateOfApp(result, wanted.find(({ app }) => app === result.app) ?? { jobs: '' }) ?? '';

const cellsOf = (kind: Kind, result: Result, state: string): string[] => [
  /^https?:\/\//.test(result.url) ? link(code(result.app), result.url) : code(result.app),
  result.skipped === '' ? wordsOf(kind, result) : `${kind.words[result.ending]}: ${code(result.skipped)}`,
  code(state),
  ...kind.cells(result),
];

/** The most characters of the output `fleet`: GitHub takes 1 MB of outputs, measured as UTF-16 (docs, "Passing information between jobs"). */
const mostOfOutput = 400_000;

/** The output `fleet`: a JSON array with an object for each app, and how many apps it omits. */
export function fleetOutput(
  kind: Kind,
  wanted: readonly Wanted[],
  results: readonly Result[],
): { readonly json: string; readonly omitted: number } {
  const asJson = (result: Result) => {
    const { app, ending, digest, releaseVersion, url } = result;
    return JSON.stringify({
      ...{ app, result: ending, state: stateIn(wanted, result), digest },
      ...{ 'release-version': releaseVersion, url },
      ...kind.fields(result),
    });
  };
  const sizeOf = ({ length }: string) => length + ','.length;
  const { texts, omitted } = fitting(results, isGood, asJson, sizeOf, mostOfOutput - '[]'.length);
  return { json: `[${texts.join(',')}]`, omitted };
}

/** How it ended; what it left that is not a result of these jobs is named. */
const wordsOf = ({ words }: Kind, { ending, why }: Result): string =>
  `${words[ending]}${why === '' ? '' : `: ${why}`}`;

/** The same for the log: a line for each app. */
export const fleetLines = (kind: Kind, results: readonly Result[]): string[] =>
  results.map(
    (result) =>
      `${result.app}: ${wordsOf(kind, result)}${result.skipped === '' ? '' : `: ${result.skipped}`}${result.digest === '' ? '' : `, ${result.digest}`}`,
  );
