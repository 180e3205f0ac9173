import type { CheckedMachine } from '../verify/compare.ts';
import { MachinesLost } from '../verify/machines-lost.ts';
import type { Facts } from './facts.ts';
import { errorOf, type Outcome } from './outcome.ts';

/** The machines that the error of a run misses, as they were before the deploy. */
export function missingOf({ known: { before = [] } }: Facts, outcome: Outcome): CheckedMachine[] {
  const cause = errorOf(outcome)?.cause;
  if (!(cause instanceof MachinesLost)) return [];
  const ids = new Set(cause.ids);
  const lost = before.filter(({ id }) => ids.has(id));
  return lost.map((machine) => ({
    ...machine,
    state: 'not listed',
    runsImage: false,
    verifiedContainers: [],
    excluded: false,
    failure: undefined,
    waitingFor: undefined,
    supersededBy: undefined,
    unknown: undefined,
  }));
}
