import type { Assumption } from './assumption.ts';
import { deployChecks } from './deploy-checks.ts';
import { machineChecks } from './machine-checks.ts';
import { registryChecks } from './registry-checks.ts';
import { revertChecks } from './revert-checks.ts';

/** All assumptions, in the order of their checks. */
export const assumptions: readonly Assumption[] = [
  ...registryChecks,
  ...machineChecks,
  ...revertChecks,
  ...deployChecks,
];
