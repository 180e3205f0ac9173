/** How a run ended, in one word: the output `state`. Every run ends in exactly one of these. */
export const states = [
  'deployed',
  'unchanged',
  'outdated',
  'refused',
  'dry-run',
  'checked',
  'verified',
  'drift',
  'busy',
  'failed',
  'inconclusive',
  'rolled-back',
  'rollback-failed',
  'cancelled',
] as const;

export type State = (typeof states)[number];
