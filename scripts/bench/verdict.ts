// `npm run bench -- verdict`: the time from flyctl's exit to the verdict, simulated on a virtual clock with the code that
// deploys: for fleets of several sizes and each strategy of flyctl, with the settle time of each machine counted from its own
// start, and with a fixed wait after flyctl, which is what Fly.io's answers without a date lead to.

import type { FleetMachine, History } from '../../__tests__/law/history.ts';
import { play } from '../../__tests__/law/world.ts';
import { flyctlWith, type Strategy, strategies } from './strategies.ts';

const rounds = Number(process.argv[2] ?? 15);
const sizes = [1, 3, 30, 300];
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

const history = (size: number, dated: boolean): History => ({
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
async function timesOf(size: number, strategy: Strategy, dated: boolean): Promise<number[]> {
  const times: number[] = [];
  for (let seed = 1; seed <= rounds; seed++) {
    const { success, code, watched } = await play(history(size, dated), flyctlWith(strategy, seed));
    if (!success) throw new Error(`${strategy} of ${size}: ${code}`);
    times.push(watched / 1000);
  }
  return times.sort((a, b) => a - b);
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
const shown = (seconds: number) => seconds.toFixed(1).padStart(5);

console.log(
  `Seconds from flyctl's exit to the verdict, settle-time ${settleSeconds}s, ${rounds} deploys each.`,
);
console.log('strategy   machines   median  worst   fixed wait: median  worst');
for (const strategy of strategies) {
  for (const size of sizes) {
    const [own, fixed] = [await timesOf(size, strategy, true), await timesOf(size, strategy, false)];
    console.log(
      `${strategy.padEnd(10)} ${String(size).padStart(8)}    ${shown(median(own))}  ${shown(own.at(-1) ?? 0)}               ${shown(median(fixed))}  ${shown(fixed.at(-1) ?? 0)}`,
    );
  }
}
