import type { Facts } from './facts.ts';
import { failureKind, isRollbackFailed, type Outcome, rolledBackTo } from './outcome.ts';
import type { State } from './states.ts';

/** @param began whether flyctl was started: before that, production is as it was. */
export function stateOf(outcome: Outcome, began: boolean): State {
  switch (outcome.kind) {
    case 'deployed':
    case 'checked':
    case 'cancelled':
      return outcome.kind;
    case 'skipped':
      return outcome.reason;
    case 'compared':
      return stateOfComparison(outcome);
    case 'failed':
      if (rolledBackTo(outcome) !== undefined) return 'rolled-back';
      if (isRollbackFailed(outcome)) return 'rollback-failed';
      if (outcome.as === 'refused' || outcome.as === 'outdated') return outcome.as;
      return began && !isDetermined(outcome) ? 'inconclusive' : 'failed';
  }
}

/** A check that could not be made is not a difference. */
function stateOfComparison({ drift, error }: Extract<Outcome, { kind: 'compared' }>): State {
  if (error === undefined) return 'verified';
  if (drift === 'busy') return 'busy';
  const kind = failureKind(error);
  if (drift === 'unreachable' || kind === 'inconclusive' || kind === 'unreachable') return 'inconclusive';
  return drift === 'none' ? 'failed' : 'drift';
}

/** Whether it is known what production runs after a deploy that began and failed. */
function isDetermined({ as, fleet, production }: Extract<Outcome, { kind: 'failed' }>): boolean {
  switch (production?.kind) {
    case 'unchanged':
    case 'updated':
      return true;
    case 'changed':
      return fleet !== undefined && as !== 'inconclusive' && as !== 'unreachable';
    // An unexpected error ends a deploy without a last check.
    case 'unknown':
    case undefined:
      return false;
  }
}

/** Whether this run started flyctl. */
export const hasBegun = ({ known }: Facts): boolean => known.deployStartedAt !== undefined;
