import { isUntouched } from '../deploy/previous.ts';
import { type Production, productionWords } from '../deploy/production.ts';
import { type Rollback, rollbackWords } from '../deploy/rollback.ts';
import type { Release } from '../fly/releases.ts';
import type { ErrorCode } from '../lib/error-codes.ts';
import { allOf, type ErrorText, UserError } from '../lib/user-error.ts';
import { shortSha } from '../registry/tag-template.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';
import type { Drift } from '../verify/drift.ts';
import { correctImage } from '../verify/errors.ts';
import { isNewVersion } from '../verify/release.ts';
import type { Facts } from './facts.ts';
import { type Finding, problemOf, problemsText } from './finding.ts';

/** Machines as they were last seen. */
export type Seen = readonly CheckedMachine[];

/** Nothing was deployed, on purpose. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly reason: 'dry-run' | 'unchanged' | 'outdated' | 'refused';
  readonly words: string;
  /** Why an event was refused. */
  readonly refusal?: UserError;
  readonly fleet?: Seen;
}

/** What kind of failure a run ended with: each asks for another reaction. */
export type FailureKind = 'failed' | 'refused' | 'outdated' | 'inconclusive' | 'unreachable' | 'superseded';

/** The failures that are more than `failed`, by the codes of their errors. */
const kinds: Partial<Record<ErrorCode, FailureKind>> = {
  'commit-not-on-branch': 'refused',
  'commit-outdated': 'outdated',
  'machines-superseded': 'superseded',
  'machines-leased': 'superseded',
  'fly-unreachable': 'unreachable',
  'fly-unavailable': 'unreachable',
  'fly-rate-limited': 'unreachable',
  'registry-unreachable': 'unreachable',
  'registry-unavailable': 'unreachable',
  'fly-unexpected-answer': 'inconclusive',
  'containers-unverifiable': 'inconclusive',
  'deploy-release-unknown': 'inconclusive',
  'deploy-timed-out': 'inconclusive',
  'health-unreachable': 'inconclusive',
  'machines-count-unknown': 'inconclusive',
  'machines-digest-unknown': 'inconclusive',
  'machines-list-incomplete': 'inconclusive',
  'machines-list-invalid': 'inconclusive',
  'machines-list-paged': 'inconclusive',
  'machines-lost': 'inconclusive',
  'machines-unreachable': 'unreachable',
  'machines-unsettled': 'inconclusive',
  'flyctl-interrupted': 'inconclusive',
  'verify-command-killed': 'inconclusive',
  'verify-command-not-started': 'inconclusive',
  'verify-command-unclear': 'inconclusive',
};

/** The kind of a failure; every refusal of an event has a code that begins with `event-`. */
export function failureKind(error: UserError | Error): FailureKind {
  if (!(error instanceof UserError)) return 'failed';
  const { code } = error;
  return kinds[code] ?? (code.startsWith('event-') && code !== 'event-file-missing' ? 'refused' : 'failed');
}

/** How a run ended. */
export type Outcome =
  | Skipped
  | {
      readonly kind: 'deployed';
      readonly release: Release | undefined;
      readonly fleet: Seen;
    }
  /** The setup was checked; what is bad in it fails the step. */
  | { readonly kind: 'checked'; readonly mode: 'doctor'; readonly findings: readonly Finding[] }
  /** What runs was compared with what should run; any difference fails the step. */
  | {
      readonly kind: 'compared';
      readonly drift: Drift;
      readonly error: UserError | undefined;
      readonly fleet: Seen | undefined;
    }
  | {
      readonly kind: 'cancelled';
      readonly at: string;
      readonly error: UserError;
      readonly fleet?: Seen | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly as: FailureKind;
      readonly at: string;
      /** An Error that is not a UserError is a bug of this action. */
      readonly error: UserError | Error;
      readonly fleet?: Seen | undefined;
      readonly production?: Production;
      readonly rollback?: Rollback;
    };

/** 0 for a deploy that was verified, or skipped on purpose, a setup with nothing bad in it, or no difference; else 1. */
export const exitCodeOf = (outcome: Outcome): 0 | 1 => (errorOf(outcome) === undefined ? 0 : 1);

/** Why the step fails; undefined where it succeeds. */
export function errorOf(outcome: Outcome): UserError | Error | undefined {
  switch (outcome.kind) {
    case 'skipped':
    case 'deployed':
      return undefined;
    case 'checked': {
      const bad = badOf(outcome.findings);
      // The one problem is at its line; several have a warning each.
      const problems = bad.map((each) => problemOf(each, bad.length === 1 ? each.at : undefined));
      return problems.length === 0 ? undefined : allOf(problems);
    }
    case 'compared':
    case 'cancelled':
    case 'failed':
      return outcome.error;
  }
}

const badOf = (findings: readonly Finding[]): Finding[] => findings.filter(({ mark }) => mark === 'bad');

/**
 * The sentences of a failure, those of each problem apart: first what production runs, last what became of the rollback.
 * Undefined where there is none. Where the image itself failed they do not advise to deploy it again.
 */
export function errorTextsOf(facts: Facts, outcome: Outcome): readonly ErrorText[] | undefined {
  const error = errorOf(outcome);
  if (!(error instanceof UserError)) return undefined;
  // The list has the lines to change.
  if (outcome.kind === 'checked' && error.each.length > 1) return [problemsText(badOf(outcome.findings))];
  const [text, ...more] = error.each;
  if (text === undefined || more.length > 0 || outcome.kind !== 'failed') return error.each;
  const { rollback, production, at } = outcome;
  const { expected } = text;
  const words = rollback && rollbackWords(rollback);
  // flyctl stopped part-way, and nothing has been done about it yet.
  const mixed =
    at === 'Deploy' && words === undefined && ['changed', 'unknown'].includes(production?.kind ?? '');
  const found = [
    production && productionWords(production),
    text.found,
    words,
    ...(mixed ? ['The machines may run different images.'] : []),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
  const fix = fixOf(error, facts.commit, rollback?.kind === 'rolled-back');
  const offered = words === undefined && rollback?.kind === 'not-asked' && rollback.helps;
  return [{ found, expected, fix: offered ? withRollback(fix) : fix }];
}

/** The advice about an image that failed: to correct its commit instead of deploying it again. */
function fixOf({ code, fix }: UserError, commit: string | undefined, rolledBack: boolean): string {
  const image = commit === undefined ? correctImage : `Correct commit ${shortSha(commit)}, then push.`;
  return rolledBack && imageFailures.includes(code) ? image : fix.replace(correctImage, image);
}

/** Errors that show that the new image fails, so that it would fail again. */
const imageFailures: readonly ErrorCode[] = [
  'checks-failed',
  'health-failed',
  'machines-reverted',
  'machines-unhealthy',
  'smoke-checks-failed',
];

export const isImageFailure = (error: UserError | Error | undefined): boolean =>
  error instanceof UserError && imageFailures.includes(error.code);

/** Whether the same run could succeed another time without undoing anything. */
export function canTryAgain(outcome: Outcome): boolean {
  const error = errorOf(outcome);
  if (rolledBackTo(outcome) !== undefined || !(error instanceof UserError)) return false;
  return !isImageFailure(error) && error.code !== 'machines-superseded';
}

const withRollback = (fix: string): string =>
  `${fix}${fix.includes('\n') ? '\n\n' : ' '}With \`rollback: true\`, a failed deploy is rolled back automatically.`;

/** The machines as they were last seen, compared with the image of this run; undefined where none were. */
export function fleetOf(outcome: Outcome): Seen | undefined {
  switch (outcome.kind) {
    case 'deployed':
      return outcome.fleet;
    case 'checked':
      return undefined;
    default:
      return outcome.fleet;
  }
}

/** Whether every machine was seen to run the image at the end. */
export const isVerified = (outcome: Outcome): boolean =>
  outcome.kind === 'deployed' || (outcome.kind === 'compared' && outcome.error === undefined);

/** What runs again, where the deploy was rolled back. */
export const rolledBackTo = (outcome: Outcome) =>
  outcome.kind === 'failed' && outcome.rollback?.kind === 'rolled-back' ? outcome.rollback.to : undefined;

/** Whether what runs was verified after this run deployed it, or rolled its deploy back. */
export const isPlaced = (outcome: Outcome): boolean =>
  outcome.kind === 'deployed' || rolledBackTo(outcome) !== undefined;

/** Whether a rollback was tried, and failed or could not be verified. */
export const isRollbackFailed = (outcome: Outcome): boolean =>
  outcome.kind === 'failed' &&
  outcome.rollback?.kind === 'not-rolled-back' &&
  (outcome.rollback.code === 'rollback-failed' || outcome.rollback.code === 'image-before-gone');

/** Whether a deploy began, did not end well, and left every machine as it was. */
export function isUnchanged({ known: { before } }: Facts, outcome: Outcome): boolean {
  if (outcome.kind === 'failed') return outcome.production?.kind === 'unchanged';
  if (outcome.kind !== 'cancelled' || before === undefined || outcome.fleet === undefined) return false;
  return isUntouched(outcome.fleet, before, () => true);
}

/**
 * Whether this run deployed: flyctl reported a release, or succeeded and changed a machine. That it succeeded says nothing by
 * itself.
 */
export function isDeployed({ known }: Facts, outcome: Outcome): boolean {
  if (known.release !== undefined || outcome.kind === 'deployed') return true;
  if (outcome.kind !== 'failed' || outcome.at !== 'Verify') return false;
  const before = new Map(known.before?.map((machine) => [machine.id, machine]));
  return managed(outcome.fleet ?? []).some((machine) => isNewVersion(machine, before.get(machine.id)));
}

/** The release that this run made: flyctl's own report, or what the machines carry. */
export function releaseOf(facts: Facts, outcome: Outcome): Release {
  const { pinned } = facts.known;
  const release = pinned === undefined ? facts.known.release : pinned.release;
  const fleet = isDeployed(facts, outcome) ? managed(fleetOf(outcome) ?? []) : [];
  return {
    id: release?.id ?? only(fleet.map(({ releaseId }) => releaseId)),
    version: release?.version ?? only(fleet.map(({ releaseVersion }) => releaseVersion)),
  };
}

/** The one value that all of them are; undefined when they differ. */
function only(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...rest] = values;
  return rest.every((value) => value === first) ? first : undefined;
}
