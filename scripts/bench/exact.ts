// What does not depend on the machine: the files of dist/ that a case reads, and the requests that it sends.
import { type Load, traced } from '../../sandbox/runner/loads.ts';
import { runCase, startBenchWorld } from './world.ts';

export interface Exact {
  readonly name: string;
  readonly files: readonly Load[];
  /** Sums of the above, in bytes. */
  readonly bytes: number;
  readonly requests: { readonly registry: number; readonly fly: number; readonly github: number };
}

export async function measureExact(): Promise<Exact[]> {
  const world = await startBenchWorld();
  const { registry, fly, github } = world;
  const counted: Exact[] = [];
  for (const each of world.cases) {
    const servers = { registry, fly, github };
    const before = Object.values(servers).map(({ requests }) => requests.length);
    const { loads } = await traced((more) => runCase(each, world, more));
    const [ofRegistry = 0, ofFly = 0, ofGitHub = 0] = Object.values(servers).map(
      ({ requests }, n) => requests.length - (before[n] ?? 0),
    );
    counted.push({
      name: each.name,
      files: loads,
      bytes: loads.reduce((sum, { bytes }) => sum + bytes, 0),
      requests: { registry: ofRegistry, fly: ofFly, github: ofGitHub },
    });
  }
  await world.close();
  return counted;
}
