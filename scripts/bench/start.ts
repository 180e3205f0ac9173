// The step's overhead before a deploy, as a multiple of `node -e 0` in the same run: a start that ends at its inputs, the fleet
// action, whole dry runs, and for comparison skopeo and other actions. All are run in turn, so that a noisy minute affects all.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { commandFiles, readActionFile, stepEnvironment } from '../../sandbox/runner/environment.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { findProgram } from '../../src/lib/program.ts';
import { type BenchWorld, runCase, startBenchWorld } from './world.ts';

/** What is measured beside `node -e 0`. */
export interface Measured {
  readonly name: string;
  /** Milliseconds of each round. */
  readonly ms: readonly number[];
  /** The highest acceptable ratio of the medians to `node -e 0`. */
  readonly target?: number;
  /** Another program, for comparison. */
  readonly isOther?: boolean;
}

export interface StartResult {
  readonly node: string;
  readonly rounds: number;
  /** Milliseconds of `node -e 0`. */
  readonly bare: readonly number[];
  readonly cases: readonly Measured[];
}

interface Runner extends Omit<Measured, 'ms'> {
  /** @returns milliseconds. */
  readonly run: () => Promise<number>;
}

/** @param peers a folder with other actions, one in each subfolder, as in their repositories. */
export async function measureStart(rounds: number, peers?: string): Promise<StartResult> {
  const world = await startBenchWorld();
  const runners: Runner[] = [
    ...world.cases.map((each) => ({
      ...{ name: each.name, ...(each.target !== undefined && { target: each.target }) },
      run: async () => (await runCase(each, world)).ms,
    })),
    ...skopeo(world),
    ...(peers === undefined ? [] : others(peers)),
  ];
  const bare: number[] = [];
  const times = runners.map(() => [] as number[]);
  // The first round warms the disk's cache and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const [n, { run }] of runners.entries()) {
      const [ms, alone] = [await run(), bareNode()];
      if (round === 0) continue;
      times[n]?.push(rounded(ms));
      bare.push(rounded(alone));
    }
  }
  await world.close();
  const cases = runners.map(({ run: _, ...each }, n) => ({ ...each, ms: times[n] ?? [] }));
  return { node: process.version, rounds, bare, cases };
}

const rounded = (ms: number): number => Number(ms.toFixed(1));

function bareNode(): number {
  const begin = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - begin;
}

/** skopeo, which reads the image that the dry run resolves; nothing where it is not installed. */
function skopeo({ reference }: BenchWorld): Runner[] {
  const program = findProgram('skopeo', process.env, process.platform);
  const argv = ['inspect', '--tls-verify=false', '--no-tags', `docker://${reference}`];
  return program === undefined
    ? []
    : [{ name: 'skopeo inspect', isOther: true, run: () => timeOf(program, argv, process.env, 0) }];
}

/** A start of each action in a folder, without inputs and with GitHub out of reach. */
const others = (folder: string): Runner[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'action.yml')))
    .map((name) => ({
      ...{ name: `${name}, without inputs`, isOther: true },
      run: () =>
        inFolder('peer', (own) => {
          const path = (...names: string[]) => join(own, ...names);
          const action = { ...readActionFile(join(folder, name)), inputs: {} };
          const env = {
            PATH: process.env['PATH'],
            ...stepEnvironment(path, action, { event: workflowDispatch() }),
            // Nothing listens there.
            GITHUB_API_URL: 'http://127.0.0.1:9',
            HTTPS_PROXY: 'http://127.0.0.1:9',
          };
          for (const [variable, file] of Object.entries(commandFiles)) env[variable as 'PATH'] = path(file);
          return timeOf(process.execPath, [join(folder, name, action.runs.main)], env);
        }),
    }));

/** Milliseconds until a program ends. @throws Error if it ends with another status. */
function timeOf(
  program: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  status?: number,
): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      status === undefined || code === status
        ? resolve(performance.now() - begin)
        : reject(new Error(`${program} ended with ${code}: ${text}`)),
    );
  });
}
