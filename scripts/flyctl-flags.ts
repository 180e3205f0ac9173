// Generates the table of flags for the input `flags`: `npm run flyctl-flags -- PATH`, with the path of the pinned flyctl. The
// possible names come from its help, and those of hidden flags from its source in the Go module cache. For each name, the
// program itself reports whether the flag exists and its kind. `--check` compares without writing.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';
import { pinnedVersion } from '../src/fly/flyctl/release.ts';
import type { FlagTable } from '../src/inputs/flag-table.ts';
import { aliasesIn, candidatesIn, constantsIn, kindOf, listedFlags } from './flyctl/flag-table.ts';

const file = join(import.meta.dirname, '../src/fly/flyctl/deploy-flags.json');
const flyctl = process.argv.slice(2).find((argument) => !argument.startsWith('-'));
if (flyctl === undefined) throw new Error('Usage: npm run flyctl-flags -- PATH-OF-FLYCTL [--check]');
const version: string = JSON.parse(execFileSync(flyctl, ['version', '--json'], { encoding: 'utf8' })).Version;
if (version !== pinnedVersion)
  throw new Error(`${flyctl} is ${version}; expected ${pinnedVersion}, the pinned one`);

/** The folder of flyctl's source. Go compares it with the module proxy's checksum. */
function sourceFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'module-'));
  try {
    const argv = ['mod', 'download', '-json', `github.com/superfly/flyctl@v${version}`];
    return JSON.parse(execFileSync('go', argv, { cwd: folder, encoding: 'utf8' })).Dir;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const folders = ['internal/flag', 'internal/command/deploy', 'internal/command/root'];
const cwd = sourceFolder();
const source = globSync(
  folders.map((folder) => `${folder}/**/*.go`),
  { cwd },
)
  .filter((name) => !name.endsWith('_test.go'))
  .sort()
  .map((name) => readFileSync(join(cwd, name), 'utf8'))
  .join('\n');

const listed = await listedFlags(flyctl);
const aliases = aliasesIn(source, constantsIn(source));
const names = [...new Set([...listed.keys(), ...candidatesIn(source)])].sort();
const found = await pMap(names, async (name) => ({ name, kind: await kindOf(flyctl, name) }), {
  concurrency: 4,
});
const flags: Record<string, FlagTable['flags'][string]> = {};
for (const { name, kind } of found) {
  if (kind === undefined) continue;
  const short = listed.get(name);
  const meant = aliases.get(name);
  flags[name] = {
    kind,
    ...(short !== undefined && { short }),
    ...(!listed.has(name) && { hidden: true }),
    ...(!listed.has(name) && meant !== undefined && { aliasOf: meant }),
  };
}
const text = `${JSON.stringify({ flyctl: version, flags } satisfies FlagTable, undefined, 2)}\n`
  // One line per flag, like Biome's format.
  .replaceAll(
    /\{\n\s+("kind"[^{}]*?)\n\s+\}/g,
    (_, inner: string) => `{ ${inner.replaceAll(/\n\s+/g, ' ')} }`,
  );
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is not what flyctl ${version} has. Run: npm run flyctl-flags -- ${flyctl}`);
  process.exit(1);
}
console.log(`${Object.keys(flags).length} flags of flyctl ${version}, ${names.length} names asked`);
