// Disables one check of the verification at a time, in a copy of the project, and runs the law test. If a mutant survives, no
// history needs the check. `npm run mutants`, or `npm run mutants -- 3` for those of one check.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';
import { type Mutant, mutants } from './mutant-list.ts';

const root = join(import.meta.dirname, '..');
const runs = process.env['LAW_RUNS'] ?? '1500';
const only = process.argv.slice(2).map(Number);

/** Copies the files that the law test needs. */
function copyTo(folder: string): void {
  for (const name of [
    'src',
    'sandbox',
    '__tests__/law',
    '__tests__/law.test.ts',
    '__tests__/factories.ts',
    'scripts/jest',
    'package.json',
    'jest.config.js',
  ])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** Runs the law test on a mutant. @returns why it failed, or undefined if the mutant survived. */
async function kill({ file, text, by }: Mutant): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    copyTo(folder);
    const path = join(folder, file);
    const source = readFileSync(path, 'utf8');
    if (!source.includes(text)) throw new Error(`${file} has no "${text}"`);
    writeFileSync(
      path,
      source.replace(text, () => by),
    );
    const argv = [
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      '--no-cache',
      '-i',
      'law.test',
    ];
    const env = { ...process.env, LAW_RUNS: runs, LAW_SHRINK: 'off' };
    const output = await new Promise<string | undefined>((resolve) => {
      execFile(
        process.execPath,
        argv,
        { cwd: folder, env, maxBuffer: 1e8, timeout: 300_000 },
        (error, stdout, stderr) => resolve(error === null ? undefined : `${stdout}${stderr}`),
      );
    });
    if (output === undefined) return undefined;
    const failed = [...output.matchAll(/✕ (check \d+|succeeds if)/g)].map(([, name = '']) => name);
    const [, tests = ''] = /Property failed after (\d+) tests/.exec(output) ?? [];
    const [, cause = 'another code'] =
      /(it (?:succeeded|failed)[^\n]*|(?:no|some)thing warns[^\n]*)/.exec(output) ?? [];
    return `${failed.filter((name) => name.startsWith('check')).length} examples${tests === '' ? '' : `, history ${tests}`}: ${cause.replace(/sha256:([0-9a-f]{7})[0-9a-f]+/g, '$1')}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const chosen = mutants.filter(({ check }) => only.length === 0 || only.includes(check));
let survivors = 0;
await pMap(
  chosen,
  async (mutant) => {
    const why = await kill(mutant);
    if (why === undefined) survivors++;
    process.stdout.write(`check ${mutant.check} without ${mutant.name}: ${why ?? 'SURVIVES'}\n`);
  },
  { concurrency: 2 },
);
process.stdout.write(`${chosen.length} mutants, ${survivors} of them survive\n`);
process.exitCode = survivors === 0 ? 0 : 1;
