import type { Previous } from '../deploy/previous.ts';
import type { Production } from '../deploy/production.ts';
import type { Machine } from '../fly/machine.ts';
import type { Stage } from '../lib/stages.ts';
import { type ErrorText, type Location, messageOf, UserError } from '../lib/user-error.ts';
import type { CheckedMachine } from '../verify/compare.ts';
import type { Facts, Results } from './facts.ts';
import type { Finding } from './finding.ts';
import { missingOf } from './missing.ts';
import {
  errorOf,
  errorTextsOf,
  fleetOf,
  isDeployed,
  isRollbackFailed,
  isUnchanged,
  isVerified,
  type Outcome,
  releaseOf,
  rolledBackTo,
} from './outcome.ts';

/** Why a run failed, in texts without secrets. */
type Failure =
  | {
      readonly kind: 'expected';
      readonly texts: readonly ErrorText[];
      readonly location: Location | undefined;
    }
  /** A fault of this action. */
  | { readonly kind: 'unexpected'; readonly message: string };

/** A run as the summary shows it: facts and outcome side by side, read only. */
export interface View {
  readonly outcome: Outcome;
  readonly known: Readonly<Partial<Results>>;
  readonly stages: readonly Stage[];
  /** How long the run took, in milliseconds. */
  readonly took: number;
  readonly findings: readonly Finding[];
  readonly failure: Failure | undefined;
  /** Why nothing was deployed, on purpose, in texts without secrets. */
  readonly skipped: ErrorText | string | undefined;
  readonly app: string | undefined;
  readonly mode: string | undefined;
  readonly commit: string | undefined;
  /** The machines as they were last seen. */
  readonly machines: readonly CheckedMachine[] | undefined;
  /** What runs was compared with what should run, without a deploy. */
  readonly compared: boolean;
  readonly deployed: boolean;
  readonly verified: boolean;
  readonly releaseVersion: string | undefined;
  readonly rolledBack: readonly Previous[] | undefined;
  /** What flyctl left behind where it failed. */
  readonly production: Production | undefined;
  /** A deploy that began has failed, or was canceled, and every machine is as it was. */
  readonly unchanged: boolean;
  /** A rollback was tried, and failed or could not be verified. */
  readonly rollbackFailed: boolean;
  /** Ids of machines that were there before and that Fly.io no longer lists. They are among `machines`. */
  readonly missing: ReadonlySet<string>;
  /** The machines before the deploy by their ids: of thousands, none is searched for among all others. */
  readonly beforeById: ReadonlyMap<string, Machine>;
}

/**
 * @param hide takes secrets out of a text: an escaped secret would no longer be found.
 * @param given the app and the mode as the step names them, for a run whose inputs are not all valid.
 */
export function viewOf(
  facts: Facts,
  outcome: Outcome,
  hide: (text: string) => string,
  location?: Location,
  given?: { readonly app: string | undefined; readonly mode: string },
): View {
  const { known, stages, elapsed, findings, commit } = facts;
  const missing = missingOf(facts, outcome);
  const fleet = fleetOf(outcome);
  return {
    outcome,
    known,
    stages,
    took: elapsed,
    findings: outcome.kind === 'checked' ? outcome.findings : findings,
    failure: failureOf(facts, outcome, hide, location),
    skipped: skippedOf(outcome, hide),
    app: known.inputs?.app ?? given?.app,
    mode: known.inputs?.mode ?? given?.mode,
    commit,
    machines: fleet && [...fleet, ...missing],
    compared: outcome.kind === 'compared',
    deployed: isDeployed(facts, outcome),
    verified: isVerified(outcome),
    releaseVersion: releaseOf(facts, outcome).version,
    rolledBack: rolledBackTo(outcome),
    production: outcome.kind === 'failed' ? outcome.production : undefined,
    unchanged: isUnchanged(facts, outcome),
    rollbackFailed: isRollbackFailed(outcome),
    missing: new Set(missing.map(({ id }) => id)),
    beforeById: new Map(known.before?.map((machine) => [machine.id, machine])),
  };
}

function skippedOf(outcome: Outcome, hide: (text: string) => string): View['skipped'] {
  if (outcome.kind !== 'skipped') return undefined;
  return outcome.refusal === undefined ? hide(outcome.words) : hidden(outcome.refusal, hide);
}

const hidden = ({ found, expected, fix }: ErrorText, hide: (text: string) => string): ErrorText => ({
  found: hide(found),
  expected: hide(expected),
  fix: hide(fix),
});

function failureOf(
  facts: Facts,
  outcome: Outcome,
  hide: (text: string) => string,
  location: Location | undefined,
): Failure | undefined {
  const error = errorOf(outcome);
  const texts = errorTextsOf(facts, outcome);
  if (error === undefined) return undefined;
  if (!(error instanceof UserError) || texts === undefined)
    return { kind: 'unexpected', message: hide(messageOf(error)) };
  return { kind: 'expected', texts: texts.map((text) => hidden(text, hide)), location };
}
