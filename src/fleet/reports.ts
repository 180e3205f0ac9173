import { basename } from 'node:path';
import type { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { type JsonFile, parseFile } from './files.ts';
import type { Result } from './result.ts';

/** Why there is no report of an app, as sentences. */
export interface NoReport {
  readonly kind: 'missing' | 'broken' | 'other' | 'omitted';
  readonly words: string;
}

/** The report of an app as compact JSON. */
export type AppReport = { readonly kind: 'found'; readonly text: string } | NoReport;

/** A report that is read when there is room for it. All of them need not fit into memory. */
export interface Unread {
  readonly kind: 'unread';
  readonly read: () => AppReport;
}

/** How the name of a report ends that is beside a result. No app's name contains a dot. */
const beside = '.report.json';

export const isReport = ({ path }: JsonFile): boolean => path.endsWith(beside);

/**
 * Reads a report (docs/report.schema.json).
 *
 * @throws UserError if it is not an object of a known version.
 */
export function readReport(text: string, file: string): Json {
  const report = parseFile(text, 'the report', file);
  const version = report.get('version');
  if (version.value !== 1) throw version.error('Version 1, the only one that is known');
  return report;
}

/** The attempt of the run that wrote the report; undefined if it does not name one. */
export function attemptOfReport(report: Json): number | undefined {
  const text = report.get('trigger').get('run-attempt').maybeText() ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/**
 * The report that belongs to a result: of the same app, attempt and image, and with the same state. Any job of the run can add
 * artifacts, so one that differs is not merged.
 *
 * @param files all that were found, by their paths.
 */
export function reportFor(result: Result, files: ReadonlyMap<string, JsonFile>): NoReport | Unread {
  const { file: path, why } = result;
  if (path === '')
    return {
      kind: 'missing',
      words: why === '' ? 'The job left no result.' : `The job’s result is not used: ${why}.`,
    };
  const file = files.get(result.isReport ? path : path.replace(/\.json$/, beside));
  if (file === undefined) return { kind: 'missing', words: 'The job left no report.' };
  return { kind: 'unread', read: () => readFor(result, file) };
}

function readFor(result: Result, file: JsonFile): AppReport {
  try {
    const report = readReport(file.read(), basename(file.path));
    const other = differenceOf(report, result);
    if (other === undefined) return { kind: 'found', text: JSON.stringify(report.value) };
    return {
      kind: 'other',
      words: `The file ${basename(file.path)} is of another ${other}.`,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'broken', words: error.each[0]?.found ?? '' };
  }
}

function differenceOf(report: Json, result: Result): string | undefined {
  if (report.get('app').value !== result.app) return 'app';
  if (attemptOfReport(report) !== result.attempt) return 'attempt';
  if ((report.get('image').get('digest').value ?? '') !== result.digest) return 'image';
  if ((report.get('verdict').get('state').value ?? '') !== result.state) return 'state';
  return undefined;
}
