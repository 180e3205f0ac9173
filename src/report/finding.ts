import type { ErrorCode } from '../lib/error-codes.ts';
import { HttpError } from '../lib/http-error.ts';
import { joinedLines } from '../lib/text.ts';
import { type ErrorText, type Location, messageOf, UserError } from '../lib/user-error.ts';
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
  /** One or two sentences; what is in backticks is a name. */
  readonly words: string;
  readonly expected?: string;
  /** An imperative sentence, and below it the lines to change; another way comes after an empty line. */
  readonly fix?: string;
  /** Names what is wrong, where several checks can find the same. */
  readonly cause?: string;
  /** Where in the repository; the line counts from 1. */
  readonly at?: Location;
}

/** Adds an item about a line of a file. */
export type AddFinding = (
  mark: Mark,
  code: CheckCode,
  at: { readonly line: number },
  words: string,
  fix?: string,
  cause?: string,
) => void;

/** Makes what adds to a list the findings of one file. */
export const adderOf =
  (area: Area, file: string, findings: Finding[]): AddFinding =>
  (mark, code, { line }, words, fix, cause) =>
    void findings.push({
      area,
      mark,
      code,
      words,
      ...(fix === undefined ? {} : { fix }),
      ...(cause === undefined ? {} : { cause }),
      at: { file, line },
    });

/** A name from outside in a sentence, so that it is shown as code. */
export const named = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

/**
 * One finding for each cause: of several with the same, those that are at a line of a file, else the first; a bad one goes
 * before a warning. Two checks can also find the same without a cause: then the first.
 */
export function onePerCause(findings: readonly Finding[]): Finding[] {
  const causes = Map.groupBy(findings, ({ cause }) => cause);
  return findings.filter((finding, index) => {
    if (finding.cause === undefined) return !findings.slice(0, index).some((other) => isSame(other, finding));
    const same = causes.get(finding.cause) ?? [];
    const bad = same.filter(({ mark }) => mark === 'bad');
    const worst = bad.length > 0 ? bad : same;
    const located = worst.filter(({ at }) => at !== undefined);
    return located.length > 0 ? located.includes(finding) : worst[0] === finding;
  });
}

const isSame = (one: Finding, other: Finding): boolean =>
  one.code === other.code &&
  one.words === other.words &&
  one.at?.file === other.at?.file &&
  one.at?.line === other.at?.line;

/** The findings of one check. One that cannot be made becomes an item of the list, so that the others are made anyway. */
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
    const words = `This part was not checked: ${messageOf(error).split('\n')[0]}.`;
    return [{ area, mark: 'skipped', code: 'check-not-possible', words, fix: 'Run the job again.' }];
  }
}

/** Images are not built for the platform that Fly.io runs: the build shows it, and each of its images. */
export const platformCause = 'platform';

/** A UserError as an item of the list. */
export function findingOf(area: Area, mark: Mark, error: UserError): Finding {
  const { found, expected, fix } = error;
  const words = joinedLines(found);
  const { code, location } = error;
  return {
    area,
    mark,
    code,
    words,
    expected: expected.trim(),
    fix,
    ...(code === 'platform-missing' ? { cause: platformCause } : {}),
    ...(location === undefined ? {} : { at: location }),
  };
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
export const problemOf = (
  { area, code, words, expected, fix }: Finding,
  location: Location | undefined,
): UserError =>
  new UserError({
    code: isCheckCode(code) ? 'setup-bad' : code,
    found: `${area}: ${words}`,
    expected: expected ?? 'A setup that can deploy.',
    fix: fix ?? 'Correct this part of the setup, and run the doctor again.',
    location,
  });

/** Several bad findings as the text of one error, which leaves their fixes to the list, and their lines to warnings. */
export function problemsText(bad: readonly Finding[]): ErrorText {
  const lines = bad.map(
    ({ area, words, at }) => `- ${area}: ${at === undefined ? words : `${at.file}, line ${at.line}`}`,
  );
  return {
    found: `${bad.length} problems would fail a deploy:\n${lines.join('\n')}`,
    expected: 'A setup that can deploy.',
    fix: 'Follow the fix of each problem. The job summary lists them under "Fix these first".',
  };
}
