// Runs the tests and reports which lines of src/ they reach, in jest's processes and in the actions that the end-to-end
// tests start. Fails below the minimum share. Arguments are passed to jest.
import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CoverageReport, type V8CoverageEntry } from 'monocart-coverage-reports';

const leastPercentOfLines = 95;

const root = join(import.meta.dirname, '..');
const folder = join(root, 'coverage');
const raw = join(folder, 'v8');
rmSync(folder, { recursive: true, force: true });
// Node passes this variable on to all children, even to those with a separate environment.
const jest = spawnSync('npm', ['run', '--silent', 'jest', '--', ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, NODE_V8_COVERAGE: raw },
  stdio: 'inherit',
});
if (jest.status !== 0) process.exit(jest.status ?? 1);

/** The files of src/ by URL, in the form that Node and jest run: with blanks instead of types. */
const sources = new Map(
  globSync('src/**/*.ts', { cwd: root }).map((name) => {
    const file = join(root, name);
    return [pathToFileURL(file).href, stripTypeScriptTypes(readFileSync(file, 'utf8'))];
  }),
);

const report = new CoverageReport({
  name: 'src',
  baseDir: root,
  outputDir: join(folder, 'report'),
  reports: [['text', { skipFull: true }], 'html', 'json-summary'],
  logging: 'error',
});
const neverLoaded = new Map(sources);
for (const name of readdirSync(raw)) {
  const { result } = JSON.parse(readFileSync(join(raw, name), 'utf8')) as { result: V8CoverageEntry[] };
  const entries = result.flatMap((entry) => {
    neverLoaded.delete(entry.url);
    const source = sources.get(entry.url);
    return source === undefined ? [] : [{ ...entry, source }];
  });
  if (entries.length > 0) await report.add(entries);
}
const empty = [...neverLoaded].map(([url, source]) => ({ url, source, empty: true }));
if (empty.length > 0) await report.add(empty);
await report.generate();

const { total } = JSON.parse(readFileSync(join(folder, 'report', 'coverage-summary.json'), 'utf8'));
const percent: number = total.lines.pct;
console.log(
  `The tests reach ${percent} % of the lines of src/. Expected: at least ${leastPercentOfLines} %.`,
);
if (percent < leastPercentOfLines) process.exitCode = 1;
