import { counted } from '../lib/format.ts';
import type { Json } from '../lib/json.ts';
import { mostOfLabel } from '../lib/text.ts';
import { shortDigest } from '../registry/reference.ts';
import { code } from '../report/summary/markdown.ts';
import { drifts } from '../verify/drift.ts';
import { machinesOnImage } from './deploys.ts';
import { goodHeading } from './heading.ts';
import type { Kind, Wanted } from './kind.ts';
import { attemptOfReport, readReport } from './reports.ts';
import { type Ending, machinesOf, type Result, without } from './result.ts';
import { isGood } from './rows.ts';
import { stateOfApp } from './state.ts';

/** Checks (`mode: verify`), whose jobs leave their report. */
export const checks: Kind = {
  read: readCheck,
  // The report has the app and the attempt in it.
  objection: () => '',
  did: 'checked this app',
  writer: '`deploy-image.yml` can write artifacts named `check-image-*`',
  words: {
    verified: '✅ runs the image',
    'not-verified': '❌ not verified',
    skipped: '⏭️ not checked',
    'rolled-back': '❌ failed',
    failed: '❌ not verified',
    cancelled: '🛑 canceled',
    missing: '⚪ no result',
  },
  columns: ['Drift', 'Should run', 'Machines on it', 'Others run'],
  cells: (result) => [
    code(result.drift ?? ''),
    [result.tag, result.digest === '' ? '' : shortDigest(result.digest)]
      .filter((name) => name !== '')
      .map((name) => code(name))
      .join(' '),
    machinesOnImage(result),
    othersOf(result),
  ],
  fields: ({ drift }) => ({ drift: drift ?? '' }),
  heading,
};

/**
 * Reads the report that a check of an app (`mode: verify`) left.
 *
 * @throws UserError when it is no such file.
 */
function readCheck(text: string, file: string): Result {
  const report = readReport(text, file);
  const mode = report.get('mode');
  // Null if an input was not valid.
  if (mode.value !== 'verify' && mode.value !== null) throw mode.error('`verify`');
  const attempt = attemptOfReport(report);
  if (attempt === undefined) throw report.get('trigger').get('run-attempt').error('The number of an attempt');
  const [verdict, image, machines] = [report.get('verdict'), report.get('image'), report.get('machines')];
  const drift = drifts.find((each) => each === verdict.get('drift').value);
  const ending = endingOf(verdict, drift);
  return {
    ...without(report.get('app').text(), ending),
    attempt,
    isReport: true,
    state: said(verdict.get('state')),
    headline: said(verdict.get('headline')),
    skipped: said(verdict.get('skipped')),
    image: said(image.get('reference')),
    tag: said(image.get('tag')),
    digest: said(image.get('digest')),
    releaseVersion: said(report.get('release').get('version')),
    url: said(report.get('url')),
    drift,
    machines: machinesOf(machines.get('list').items(), machines.get('omitted').maybeNumber()),
  };
}

const said = (json: Json): string => (json.maybeText() ?? '').slice(0, mostOfLabel);

function endingOf(verdict: Json, drift: Result['drift']): Ending {
  if (verdict.get('exit-status').value !== 0)
    return verdict.get('state').value === 'cancelled' ? 'cancelled' : 'failed';
  if (said(verdict.get('skipped')) !== '') return 'skipped';
  return verdict.get('verified').value === true && drift === 'none' ? 'verified' : 'not-verified';
}

/** What the machines that do not run the image run: the three most frequent. */
function othersOf({ machines }: Result): string {
  const sorted = [...(machines?.others ?? [])].sort(([, a], [, b]) => b - a);
  const shown = sorted
    .slice(0, 3)
    .map(([digest, count]) => `${digest === '' ? 'unknown' : code(shortDigest(digest))} on ${count}`);
  return [...shown, ...(sorted.length > 3 ? [`${sorted.length - 3} more`] : [])].join(', ');
}

function heading(_image: string, wanted: readonly Wanted[], results: readonly Result[]): string {
  const all = counted(results.length, 'app');
  const counts = new Map<string, number>();
  for (const [n, result] of results.entries()) {
    if (isGood(result)) continue;
    const state = stateOfApp(result, wanted[n] ?? { jobs: '' });
    const name = state === undefined ? 'not started' : code(state);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const bad = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (bad > 0) {
    const parts = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
    return `## ❌ ${bad} of ${all} ${bad === 1 ? 'is' : 'are'} not verified: ${parts}`;
  }
  return goodHeading(wanted, results, {
    done: 'checked in',
    what: 'what should run',
    others: 'not checked',
  });
}
