// The time from flyctl's exit to the verdict, simulated on a virtual clock with the code that
// deploys: for fleets of several sizes and each strategy of flyctl, with the settle time of each machine counted from its own
// start, and with a fixed wait after flyctl, which is what Fly.io's answers without a date lead to.

import type { FleetMachine, History } from '../../__tests__/law/history.ts';
import { play } from '../../__tests__/law/world.ts';
import { flyctlWith, type Strategy, strategies } from './strategies.ts';

/** Seconds from flyctl's exit to the verdict of each simulated deploy, ascending. */
export interface Verdicts {
  readonly strategy: string;
  readonly machines: number;
  readonly seconds: readonly number[];
  /** The same with a fixed wait after flyctl. */
  readonly fixed: readonly number[];
}

/** Numbers of machines. */
const allSizes = [1, 3, 30, 300];
const settleSeconds = 30;

const machine = (n: number): FleetMachine => ({
  region: n % 2 === 0 ? 'fra' : 'sin',
  group: 'app',
  state: 'started',
  kind: 'released',
  startsLater: undefined,
  containers: [],
  keepsRootfs: false,
});

/** A deploy in which nothing goes wrong. @param dated whether Fly.io's answers have a date. */
export const historyOf = (size: number, dated: boolean): History => ({
  fleet: Array.from({ length: size }, (_, n) => machine(n)),
  image: 'index',
  reports: 'leaf',
  by: 'digest',
  same: false,
  staleTag: false,
  flyctl: { kind: 'ok', at: 0, takes: 0, prints: true },
  flags: '',
  faults: [],
  skew: 0,
  dated,
  settleSeconds,
  rollback: false,
  unhealthy: undefined,
});

/** Seconds from flyctl's exit to the verdict, one for each round. */
async function timesOf(size: number, strategy: Strategy, dated: boolean, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let seed = 1; seed <= rounds; seed++) {
    const { success, code, watched } = await play(historyOf(size, dated), {
      flyctl: flyctlWith(strategy, seed),
    });
    if (!success) throw new Error(`${strategy} of ${size}: ${code}`);
    times.push(Number((watched / 1000).toFixed(1)));
  }
  return times.sort((a, b) => a - b);
}

/** Simulates every strategy with every size. */
export async function simulateVerdicts(rounds: number, sizes = allSizes): Promise<Verdicts[]> {
  const verdicts: Verdicts[] = [];
  for (const strategy of strategies) {
    for (const machines of sizes) {
      const seconds = await timesOf(machines, strategy, true, rounds);
      verdicts.push({
        strategy,
        machines,
        seconds,
        fixed: await timesOf(machines, strategy, false, rounds),
      });
    }
  }
  return verdicts;
}
