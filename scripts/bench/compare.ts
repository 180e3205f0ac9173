// Compares this dist/ with that of another commit: both are started in turn. A case fails if its median is a quarter slower in
// three runs of three, so that a noisy minute is not a failure.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
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

/**
 * @param revision what to compare with. Defaults to where this branch left main; on main itself, the commit before.
 * @returns why it fails, if it does.
 */
export async function compareWith(revision?: string): Promise<string | undefined> {
  const other = revision === undefined ? otherCommit() : commitOf(revision);
  if (other === undefined) {
    if (revision !== undefined) return `There is no commit ${revision}.`;
    console.log('Nothing to compare with: this clone has only one commit.');
    return undefined;
  }
  return inFolder('compare', (folder) => {
    const name = other.slice(0, 7);
    if (!extract(other, folder))
      return `Commit ${name} does not have the files to compare with: ${files.join(', ')}.`;
    return compareFolder(folder, name, console.log);
  });
}

/**
 * Compares with the files of another commit, and writes a line for each case.
 *
 * @returns why it fails, if it does.
 */
export async function compareFolder(
  folder: string,
  name: string,
  say: (line: string) => void,
): Promise<string | undefined> {
  const ratios = await measure(folder, say);
  for (const [each, list] of ratios)
    say(`${each.padEnd(24)} ${list.map((ratio) => ratio.toFixed(2)).join(', ')} times ${name}`);
  if (ratios.size === 0) return `No case of the benchmark can be compared with ${name}.`;
  const slower = slowerIn(ratios);
  return slower.length === 0
    ? undefined
    : `More than ${mostRatio} times as slow in ${runs} runs of ${runs}: ${slower.join('; ')}`;
}

/** Up to three runs: the next one measures only what is slower in all so far. */
async function measure(folder: string, say: (line: string) => void): Promise<Ratios> {
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
    else say(`${each.name} cannot be compared: ${fault}`);
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

/** What a run needs of a commit. */
const files = ['dist', 'action.yml', 'fleet'];

/** Writes these files into a folder. @returns whether the commit has all of them. */
function extract(commit: string, folder: string): boolean {
  if (files.some((file) => !succeeds('cat-file', '-e', `${commit}:${file}`))) return false;
  const tar = join(folder, 'commit.tar');
  git('archive', '--output', tar, commit, ...files);
  execFileSync('tar', ['-xf', tar, '-C', folder]);
  const own = join(folder, 'package.json');
  if (!existsSync(own)) cpSync(join(root, 'package.json'), own);
  return true;
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

const succeeds = (...argv: string[]): boolean =>
  spawnSync('git', argv, { cwd: root, stdio: 'ignore' }).status === 0;

const git = (...argv: string[]): string => execFileSync('git', argv, { cwd: root, encoding: 'utf8' }).trim();
