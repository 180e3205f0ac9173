import type { ErrorCode } from '../lib/error-codes.ts';
import { HttpError } from '../lib/http-error.ts';
import { joinedLines } from '../lib/text.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { RealmError } from '../registry/realm-error.ts';
import { type CheckCode, isCheckCode } from './check-codes.ts';

/**
 * The state of one part of a setup: `ok`; `warning`, a deploy works but something should change; `bad`, a deploy would
 * fail; `skipped`, it could not be checked, which never counts as ok.
 */
export type Mark = 'ok' | 'warning' | 'bad' | 'skipped';

/** The parts of a setup, in the order in which the list shows them. */
export type Area = 'Fly.io token' | 'Fly.io app' | 'Image' | 'Event' | 'GitHub token' | 'Workflow' | 'Build';

/** Names a finding: the error that a deploy would fail with, where it is one, or else the fact that was checked. */
export type FindingCode = ErrorCode | CheckCode;

/** One item of the list. Its texts may hold text from outside: who prints them escapes them. */
export interface Finding {
  readonly area: Area;
  readonly mark: Mark;
  readonly code: FindingCode;
  /** One sentence. */
  readonly words: string;
  readonly expected?: string;
  /** The YAML or setting to change; may have several lines. */
  readonly fix?: string;
  /** Where in the repository; the line counts from 1. */
  readonly at?: { readonly file: string; readonly line: number };
}

/** Adds an item about a line of a file. */
export type AddFinding = (
  mark: Mark,
  code: CheckCode,
  at: { readonly line: number },
  words: string,
  change?: string,
) => void;

/** Makes what adds to a list the findings of one file. */
export const adderOf =
  (area: Area, file: string, findings: Finding[]): AddFinding =>
  (mark, code, { line }, words, fix) =>
    void findings.push({
      area,
      mark,
      code,
      words,
      ...(fix === undefined ? {} : { fix }),
      at: { file, line },
    });

/** The findings of one check. One that cannot be made becomes an item of the list, so that the others are made all the same. */
export async function findingsOf(
  area: Area,
  check: () => Promise<Finding[]> | Finding[],
): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof UserError) return error.each.map((problem) => findingOf(area, 'bad', problem));
    // Anything else is a fault of this action, and must not look like one of the setup.
    if (!(error instanceof HttpError || error instanceof RealmError)) throw error;
    const words = `Not looked at: ${messageOf(error).split('\n')[0]}.`;
    return [{ area, mark: 'skipped', code: 'check-not-possible', words }];
  }
}

/** A UserError as an item of the list. */
export function findingOf(area: Area, mark: Mark, error: UserError): Finding {
  const { found, expected, fix } = error;
  const words = joinedLines(found);
  return { area, mark, code: error.code, words, expected: expected.trim(), fix };
}

/** The same with each of its texts put through a function. */
export function mapTexts({ words, expected, fix, ...rest }: Finding, by: (text: string) => string): Finding {
  return {
    ...rest,
    words: by(words),
    ...(expected === undefined ? {} : { expected: by(expected) }),
    ...(fix === undefined ? {} : { fix: by(fix) }),
  };
}

/** What is to be done about it, line by line; '' where there is nothing to say. */
export const adviceOf = ({ expected, fix }: Finding): string =>
  [
    expected === undefined ? undefined : `Expected: ${expected}`,
    fix === undefined ? undefined : `Fix: ${fix}`,
  ]
    .filter((part) => part !== undefined)
    .join('\n');

/** A bad finding as an error. */
export const problemOf = ({ area, code, words, expected, fix, at }: Finding): UserError =>
  new UserError({
    code: isCheckCode(code) ? 'setup-bad' : code,
    found: `${area}: ${words}${at === undefined ? '' : ` (${at.file}, line ${at.line})`}`,
    expected: expected ?? 'a setup that can deploy.',
    fix: fix ?? 'what is said above.',
  });
