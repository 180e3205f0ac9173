import { linksOf } from '../github/links.ts';
import { shortened } from '../lib/text.ts';
import type { Runtime } from '../runtime.ts';
import type { Facts } from './facts.ts';
import type { Outcome } from './outcome.ts';
import { type Ended, reportOf } from './report.ts';
import { vsaOf } from './vsa.ts';

/** A run without a valid app: no app's name contains an underscore. */
const withoutApp = 'unknown_app';

/**
 * Writes what is known about a run as JSON, for later steps of the job.
 *
 * @returns its path. @throws Error if it cannot be written.
 */
export function writeReport(rt: Runtime, facts: Facts, outcome: Outcome, ended: Ended): string {
  const report = reportOf(facts, outcome, ended, { env: rt.env, links: linksOf(rt), now: rt.clock.now() });
  return rt.reports.write(`${ended.app ?? withoutApp}.json`, jsonOf(report, rt));
}

/**
 * Writes the verification summary of a verified deploy. An earlier one is removed first, so that nobody signs it for this run.
 *
 * @returns its path; '' if there is none. @throws Error if it cannot be written.
 */
export function writeVsa(rt: Runtime, facts: Facts, outcome: Outcome, { app }: Ended): string {
  if (app === undefined) return '';
  // No app's name contains a dot, so no report has this name.
  const name = `${app}.vsa.json`;
  rt.reports.remove(name);
  const vsa = vsaOf(facts, outcome, { env: rt.env, links: linksOf(rt) });
  return vsa === undefined ? '' : rt.reports.write(name, jsonOf(vsa, rt));
}

const jsonOf = (value: object, { log }: Runtime): string =>
  `${JSON.stringify(made(value, log.hide), undefined, 2)}\n`;

/** The most characters of a text. The log has all of it. */
const mostOfText = 4096;

/** The same value with each text without secrets and cut to what there is room for. Keys are the report’s own. */
function made(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') {
    const text = hide(value);
    return shortened(text, mostOfText).toWellFormed();
  }
  if (Array.isArray(value)) return value.map((each) => made(each, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, made(each, hide)]));
}
