import type { Run } from '../../lib/child.ts';
import { type FencedRunDeps, fencedRun } from '../../lib/fenced-run.ts';
import type { Ask } from '../../lib/spawn.ts';
import { withoutAgent } from './agent.ts';

/** Runs flyctl with its output fenced in the log and no agent left behind. */
export const flyctlRunner = (deps: FencedRunDeps & { readonly ask: Ask }): Run =>
  withoutAgent(fencedRun('flyctl', deps), deps.ask, deps.cancelled);
