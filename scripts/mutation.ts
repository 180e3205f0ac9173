// Mutation testing: Stryker changes one expression of the source at a time, and runs the tests that reach it. If they pass, the
// mutant survives. `npm run mutation`, or `npm run mutation -- PATH…` for some folders or files; with `--list`, each new survivor
// is added to mutation/survivors.json, for a reason to be written. Only tests that import the source count: a mutant is not
// visible in the processes that end-to-end tests start.
//
// Fails if a folder is below the limit, or if a survivor is not in mutation/survivors.json. Stryker is installed with
// `npm ci --prefix mutation`.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compare,
  groupsOf,
  limit,
  listed,
  type Report,
  type Survivor,
  scoresOf,
  survivorsOf,
} from './mutation/survivors.ts';

const root = join(import.meta.dirname, '..');
const at = (name: string) => join(root, 'mutation', name);
const stryker = at('node_modules/@stryker-mutator/core/bin/stryker.js');
const args = process.argv.slice(2);
const adds = args.includes('--list');
const paths = args.filter((arg) => !arg.startsWith('--'));
const known: Survivor[] = JSON.parse(readFileSync(at('survivors.json'), 'utf8'));
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Runs Stryker on these files with these tests. */
function mutate(files: readonly string[], tests: readonly string[]): Report {
  rmSync(at('report.json'), { force: true });
  const { status } = spawnSync(
    process.execPath,
    [stryker, 'run', 'mutation/stryker.config.js', '--mutate', files.join(',')],
    { cwd: root, stdio: 'inherit', env: { ...process.env, MUTATION_TESTS: tests.join(' ') } },
  );
  if (status !== 0) throw new Error(`Stryker ended with ${status}`);
  return JSON.parse(readFileSync(at('report.json'), 'utf8'));
}

if (!existsSync(stryker)) {
  print('Stryker is not installed. Run `npm ci --prefix mutation`.');
  process.exit(2);
}

const sources = globSync('src/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const tests = globSync('__tests__/*.test.ts', { cwd: root }).map((file) => {
  const name = file.replaceAll('\\', '/').replace('__tests__/', '');
  return { name, text: readFileSync(join(root, file), 'utf8') };
});
let failed = false;
const found: Survivor[] = [];
const measured: string[] = [];
for (const { name, files, tests: names } of groupsOf(sources, tests, paths)) {
  print(`\n== ${name}: ${files.length} files, with ${names.join(', ')}`);
  const report = mutate(files, names);
  const survivors = survivorsOf(report);
  found.push(...survivors);
  measured.push(...files);
  const { each, all } = scoresOf(report);
  for (const score of [...each, { ...all, file: name }])
    print(
      `${score.score.toFixed(1).padStart(5)} %  ${score.file}: ${score.detected} of ${score.valid} mutants are noticed${score.late === 0 ? '' : `, ${score.late} of them because they do not end`}`,
    );
  if (all.score >= limit) continue;
  failed = true;
  print(`${name} is below ${limit} %.`);
}

const { added, gone } = compare(found, known, measured);
for (const { file, text, by } of added) print(`Not in mutation/survivors.json: ${file}: ${text} → ${by}`);
for (const { file, text, by } of gone) print(`No longer survives, remove it: ${file}: ${text} → ${by}`);
if (adds) writeFileSync(at('survivors.json'), listed(known, added, gone));
print(
  `\n${found.length} mutants survive: ${added.length} of them are not in the list. ${gone.length} of the list no longer survive.`,
);
process.exitCode = failed || added.length > 0 || gone.length > 0 ? 1 : 0;
