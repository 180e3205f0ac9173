import { printable } from '../../src/github/log.ts';
import { plainLine } from '../../src/lib/text.ts';
import { prose, table } from '../../src/report/summary/markdown.ts';
import type { Assumption, Finding } from './assumption.ts';

export interface Row extends Finding, Pick<Assumption, 'id' | 'assumes' | 'reliesOn' | 'how'> {
  /** How long the check took, in milliseconds. */
  readonly took: number;
}

const head = ['Assumption', 'Observed', 'Holds?'];
const most = 400;

/** Text of the account in a cell: one line, without markup, and without a workflow command. */
const cell = (text: string): string => {
  const line = plainLine(text).trim();
  return printable(line.length > most ? `${line.slice(0, most)}…` : line).replace(
    /[\\|<>`]/g,
    (character) => `\\${character}`,
  );
};

/** The table for a terminal or a log. */
export const textTable = (rows: readonly Row[]): string =>
  table(
    head,
    rows.map(({ id, assumes, observed, holds }) => [`${id}: ${assumes}`, observed, holds].map(cell)),
  );

/** The table for a job summary. */
export const summaryTable = (rows: readonly Row[]): string =>
  table(
    head,
    rows.map(({ id, assumes, observed, holds }) => [`${id}: ${assumes}`, observed, holds].map(prose)),
  );

/** 0 if all hold, 1 if one does not, 2 if something could not be determined. */
export const statusOf = (rows: readonly Pick<Finding, 'holds'>[]): 0 | 1 | 2 =>
  rows.some(({ holds }) => holds === 'no')
    ? 1
    : rows.every(({ holds }) => holds === 'yes') && rows.length > 0
      ? 0
      : 2;
