// Disables one check of the verification at a time, in a copy of the project, and runs the law test against it: a mutant that
// survives is a check that no history needs. `npm run mutants`, or `npm run mutants -- 3` for those of one check.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';

interface Mutant {
  /** The number of the check (law.test.ts). */
  readonly check: number;
  /** What is disabled. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

const observe = 'src/verify/observe.ts';
const compare = 'src/verify/compare.ts';
const settling = 'src/verify/settling.ts';
const trouble = 'src/fly/trouble.ts';
const machines = 'src/fly/machines.ts';
const machine = 'src/fly/machine.ts';
const watch = 'src/verify/watch.ts';

const mutants: readonly Mutant[] = [
  {
    check: 1,
    name: 'machines that are not listed any more',
    file: observe,
    text: 'lost.length > 0',
    by: 'lost.length > 99',
  },
  {
    check: 1,
    name: 'the count of machines',
    file: observe,
    text: 'return missing > 0 ?',
    by: 'return missing > 99 ?',
  },
  {
    check: 1,
    name: 'an incomplete list',
    file: watch,
    text: 'incomplete === undefined && managed.length',
    by: 'managed.length',
  },
  {
    check: 1,
    name: 'an answer that is no list',
    file: machines,
    text: '  const paged = typeof value',
    by: '  if (value !== null) return [];\n  const paged = typeof value',
  },
  {
    check: 1,
    name: 'the answer 404 of a machine that is gone',
    file: machines,
    text: "answer.status === 404) return 'missing'",
    by: "answer.status === 999) return 'missing'",
  },
  {
    check: 1,
    name: 'the second count before the deploy',
    file: observe,
    text: 'return count === undefined ||',
    by: 'return true || count === undefined ||',
  },
  {
    check: 1,
    name: 'an app without machines',
    file: watch,
    text: 'incomplete === undefined && managed.length > 0',
    by: 'incomplete === undefined',
  },
  {
    check: 2,
    name: 'the release of a machine',
    file: compare,
    text: "release === 'earlier' ?",
    by: "release === ('never' as string) ?",
  },
  {
    check: 2,
    name: 'a later release',
    file: compare,
    text: "release === 'later' ?",
    by: "release === ('never' as string) ?",
  },
  {
    check: 2,
    name: 'a machine that carries no release',
    file: 'src/verify/release.ts',
    text: "if (made !== undefined && shown === undefined) return 'earlier';",
    by: '',
  },
  {
    check: 2,
    name: 'changes between checks',
    file: settling,
    text: 'if (!isSame(followed, machine))',
    by: 'if (followed === undefined)',
  },
  {
    check: 2,
    name: 'the instance of a machine',
    file: settling,
    text: 'followed.instanceId === machine.instanceId &&',
    by: '',
  },
  {
    check: 2,
    name: 'the release where flyctl prints none',
    file: 'src/verify/release.ts',
    text: 'if (newest === undefined) return undefined;',
    by: 'if (Date.now() > 0) return undefined;',
  },
  { check: 3, name: 'reverts', file: trouble, text: "type === 'revert'", by: "type === 'never'" },
  { check: 3, name: 'the settle time', file: settling, text: 'this.#settleTime - age', by: '-age' },
  {
    check: 3,
    name: 'the time of each machine',
    file: settling,
    text: 'if (since !== undefined && followed.since !== undefined && since > followed.since)',
    by: 'if (followed === undefined)',
  },
  {
    check: 3,
    name: 'the date of an answer: the clock of the runner instead',
    file: settling,
    text: ': date - since',
    by: ': now - since',
  },
  {
    check: 3,
    name: 'the time of the list',
    file: watch,
    text: 'const time = { now: at, date };',
    by: 'const time = { now: clock.now() + 0 * at, date };',
  },
  {
    check: 3,
    name: 'crashes',
    file: trouble,
    text: "if (failed !== undefined) return { kind: 'exited'",
    by: "if (failed === null) return { kind: 'exited'",
  },
  {
    check: 3,
    name: 'machines out of memory and crashes',
    file: trouble,
    text: 'exit.requested ? [] : [exit]',
    by: 'exit.requested ? [] : []',
  },
  {
    check: 3,
    name: 'that only events of this version count',
    file: trouble,
    text: "const started = newEvents(machine, before, 'update', 'launch');",
    by: 'const started = machine.events;',
  },
  {
    check: 4,
    name: 'containers',
    file: machine,
    text: ".get('containers')\n      .items()",
    by: ".get('containers')\n      .items()\n      .slice(99)",
  },
  {
    check: 4,
    name: 'the digest of a container',
    file: compare,
    text: 'verifiedContainers.length > 0',
    by: 'verifiedContainers.length > -1',
  },
  {
    check: 5,
    name: 'the warning',
    file: 'src/verify/cautions.ts',
    text: '...(kept.length === 0',
    by: '...(kept.length >= 0',
  },
  {
    check: 5,
    name: 'the number that means always',
    file: machine,
    text: "value === 'always' || value === 3",
    by: 'value === 3',
  },
  {
    check: 6,
    name: 'deploys that change nothing',
    file: 'src/verify/release.ts',
    text: "return isNewVersion(machine, before) ? 'this' : 'earlier';",
    by: "return isNewVersion(machine, before) ? 'this' : 'this';",
  },
  {
    check: 6,
    name: 'the release from before',
    file: 'src/verify/release.ts',
    text: "return shown > newest ? 'this' : 'earlier';",
    by: "return shown >= newest ? 'this' : 'earlier';",
  },
  {
    check: 7,
    name: 'the deploy by digest',
    file: 'src/deploy/pin.ts',
    text: "error.code !== 'machines-other-image'",
    by: "error.code === 'machines-other-image'",
  },
  {
    check: 8,
    name: 'asking again for a digest',
    file: observe,
    text: 'const [tries, pause] = [3, 1000];',
    by: 'const [tries, pause] = [0, 1000];',
  },
  {
    check: 8,
    name: 'incomplete_config',
    file: machine,
    text: "json.get('incomplete_config') : config",
    by: 'config : config',
  },
  {
    check: 8,
    name: 'machines whose digest is unknown',
    file: compare,
    text: ': machine.digest !== undefined && digests.includes(machine.digest)',
    by: ': machine.digest === undefined || digests.includes(machine.digest)',
  },
  {
    check: 9,
    name: 'machines that are created only',
    file: trouble,
    text: '&& !isCreatedOnly(machine, before)',
    by: '',
  },
  {
    check: 9,
    name: 'stopped and suspended machines',
    file: trouble,
    text: "['started', 'stopped', 'suspended']",
    by: "['started']",
  },
  {
    check: 9,
    name: 'unmanaged machines',
    file: machine,
    text: "=== 'v2' ? 'managed' : 'unmanaged'",
    by: "=== 'v2' ? 'managed' : 'managed'",
  },
  {
    check: 9,
    name: 'temporary machines',
    file: machine,
    text: "return 'temporary';",
    by: "return 'managed';",
  },
  {
    check: 9,
    name: 'machines that the flags leave out',
    file: compare,
    text: 'excluded: !expected.scope(machine)',
    by: 'excluded: false',
  },
  {
    check: 9,
    name: 'exits that were asked for',
    file: trouble,
    text: 'exit === undefined || exit.requested ?',
    by: 'exit === undefined ?',
  },
  {
    check: 9,
    name: 'states that pass',
    file: trouble,
    text: "return { kind: 'state', state };",
    by: 'return undefined;',
  },
  {
    check: 9,
    name: 'machines that were destroyed',
    file: observe,
    text: "if (found === 'destroyed' ||",
    by: "if (found === ('never' as string) ||",
  },
  {
    check: 10,
    name: 'asking again while the API is busy',
    file: watch,
    text: "const passing = ['fly-unreachable', 'fly-unavailable', 'fly-rate-limited'];",
    by: 'const passing: string[] = [];',
  },
  {
    check: 10,
    name: 'answers that pass',
    file: 'src/lib/http.ts',
    text: 'if (passes(last)) throw',
    by: 'if (passes(last) && options.tries > 99) throw',
  },
  {
    check: 10,
    name: 'failing at once where the API refuses',
    file: watch,
    text: 'error instanceof UserError && passing.includes(error.code)',
    by: 'error instanceof UserError',
  },
  {
    check: 10,
    name: 'checks that do not pass',
    file: trouble,
    text: "status !== 'passing'",
    by: "status === 'never'",
  },
  {
    check: 11,
    name: 'the inner index',
    file: 'src/registry/platform.ts',
    text: 'path.map((each) => each.digest)',
    by: '[path[0], path.at(-1)].flatMap((each) => each?.digest ?? [])',
  },
  {
    check: 11,
    name: 'the outer index',
    file: 'src/registry/platform.ts',
    text: 'path.map((each) => each.digest)',
    by: 'path.slice(-1).map((each) => each.digest)',
  },
  {
    check: 11,
    name: 'the image that a machine runs',
    file: compare,
    text: 'digests.includes(machine.digest)',
    by: 'digests !== undefined',
  },
];

const root = join(import.meta.dirname, '..');
const runs = process.env['LAW_RUNS'] ?? '1500';
const only = process.argv.slice(2).map(Number);

/** Copies what the law test needs. */
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

/** Runs the law test on a mutant. @returns why it failed, or undefined where the mutant survived. */
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
