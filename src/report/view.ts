import type { Previous } from '../deploy/previous.ts';
import type { Production } from '../deploy/production.ts';
import { type ErrorText, type Location, messageOf, UserError } from '../lib/user-error.ts';
import type { CheckedMachine } from '../verify/compare.ts';
import type { Facts, Results, Stage } from './facts.ts';
import type { Finding } from './finding.ts';
import {
  errorOf,
  errorTextsOf,
  fleetOf,
  isDeployed,
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
  readonly findings: readonly Finding[];
  readonly failure: Failure | undefined;
  readonly app: string | undefined;
  readonly commit: string | undefined;
  /** The machines as they were last seen. */
  readonly machines: readonly CheckedMachine[] | undefined;
  readonly deployed: boolean;
  readonly verified: boolean;
  readonly releaseVersion: string | undefined;
  readonly rolledBack: readonly Previous[] | undefined;
  /** What flyctl left behind where it failed. */
  readonly production: Production | undefined;
}

/** @param hide takes secrets out of a text: an escaped secret would not be found any more. */
export function viewOf(
  facts: Facts,
  outcome: Outcome,
  hide: (text: string) => string,
  location?: Location,
): View {
  const { known, stages, findings, commit } = facts;
  return {
    outcome,
    known,
    stages,
    findings: outcome.kind === 'checked' ? outcome.findings : findings,
    failure: failureOf(outcome, hide, location),
    app: known.inputs?.app,
    commit,
    machines: fleetOf(outcome),
    deployed: isDeployed(facts, outcome),
    verified: isVerified(outcome),
    releaseVersion: releaseOf(facts, outcome).version,
    rolledBack: rolledBackTo(outcome),
    production: outcome.kind === 'failed' ? outcome.production : undefined,
  };
}

function failureOf(
  outcome: Outcome,
  hide: (text: string) => string,
  location: Location | undefined,
): Failure | undefined {
  const error = errorOf(outcome);
  const texts = errorTextsOf(outcome);
  if (error === undefined) return undefined;
  if (!(error instanceof UserError) || texts === undefined)
    return { kind: 'unexpected', message: hide(messageOf(error)) };
  return {
    kind: 'expected',
    texts: texts.map(({ found, expected, fix }) => ({
      found: hide(found),
      expected: hide(expected),
      fix: hide(fix),
    })),
    location,
  };
}
