// Compares this dist/ with that of another commit: both are started in turn. A case fails if its median is a quarter slower in
// three runs of three, so that a noisy minute is not a failure.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { root } from '../docs/workflows.ts';
import { median } from './median.ts';
import { type Case, runCase, startBenchWorld } from './world.ts';

const [runs, rounds, mostRatio] = [3, 7, 1.25];

/** The ratio of the medians, this commit to the other, of each case in each run. */
export type Ratios = ReadonlyMap<string, readonly number[]>;

/** The cases that are slower in every run. */
export const slowerIn = (ratios: Ratios): string[] =>
  [...ratios]
    .filter(([, list]) => list.length >= runs && list.every((ratio) => ratio > mostRatio))
    .map(([name]) => name);

/** @param revision what to compare with. Defaults to where this branch left main; on main itself, the commit before. */
export async function compareWith(revision?: string): Promise<void> {
  const other = revision === undefined ? otherCommit() : commitOf(revision);
  if (other === undefined) {
    if (revision !== undefined) throw new Error(`There is no commit ${revision}`);
    console.log('Nothing to compare with: this clone has only one commit.');
    return;
  }
  await inFolder('compare', async (folder) => {
    extract(other, folder);
    const ratios = await measure(folder);
    for (const [name, list] of ratios)
      console.log(
        `${name.padEnd(24)} ${list.map((ratio) => ratio.toFixed(2)).join(', ')} times ${other.slice(0, 7)}`,
      );
    const slower = slowerIn(ratios);
    if (slower.length === 0) return;
    console.error(`More than ${mostRatio} times as slow in ${runs} runs of ${runs}: ${slower.join('; ')}`);
    process.exitCode = 1;
  });
}

/** Up to three runs: the next one measures only what is slower in all so far. */
async function measure(folder: string): Promise<Ratios> {
  const world = await startBenchWorld();
  const ratios = new Map<string, number[]>();
  const at = (folder: string, { options }: Case) => join(folder, options.action ?? '.');
  let rest: Case[] = [];
  for (const each of world.cases) {
    // An input can have another name there.
    const fault = await runCase(each, world, { action: at(folder, each) }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (fault === undefined) rest.push(each);
    else console.log(`${each.name} cannot be compared: ${fault}`);
  }
  for (let run = 0; run < runs && rest.length > 0; run++) {
    const times = rest.map((each) => ({ each, ours: [] as number[], theirs: [] as number[] }));
    for (let round = 0; round <= rounds; round++) {
      for (const { each, ours, theirs } of times) {
        const action = at(folder, each);
        const [own, other] = [await runCase(each, world), await runCase(each, world, { action })];
        if (round === 0) continue;
        ours.push(own.ms);
        theirs.push(other.ms);
      }
    }
    for (const { each, ours, theirs } of times)
      ratios.set(each.name, [...(ratios.get(each.name) ?? []), median(ours) / median(theirs)]);
    rest = rest.filter(({ name }) => (ratios.get(name)?.at(-1) ?? 0) > mostRatio);
  }
  await world.close();
  return ratios;
}

/** Writes what a run needs of a commit into a folder. */
function extract(commit: string, folder: string): void {
  const tar = join(folder, 'commit.tar');
  git('archive', '--output', tar, commit, 'dist', 'action.yml', 'fleet');
  execFileSync('tar', ['-xf', tar, '-C', folder]);
  const files = join(folder, 'package.json');
  if (!existsSync(files)) cpSync(join(root, 'package.json'), files);
  mkdirSync(join(folder, 'fleet'), { recursive: true });
}

function otherCommit(): string | undefined {
  const head = commitOf('HEAD');
  const main = commitOf('origin/main') ?? commitOf('main');
  const base = main && git('merge-base', 'HEAD', main);
  return base === undefined || base === head ? commitOf('HEAD~1') : base;
}

/** undefined if this clone does not have it. */
function commitOf(revision: string): string | undefined {
  try {
    return git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
  } catch {
    return undefined;
  }
}

const git = (...argv: string[]): string => execFileSync('git', argv, { cwd: root, encoding: 'utf8' }).trim();
