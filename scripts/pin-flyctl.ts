// Copies the SHA-256 of each archive of a flyctl release from the release's list of checksums into this source:
// `npm run pin-flyctl -- [version] [file]`. An archive is then compared with a commit of this repository instead of with a list
// in the same release. It needs access to the release, on GitHub or below FLYCTL_RELEASES_URL.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveName, checksumList, checksumOf, type Pins } from '../src/fly/flyctl/release.ts';
import { systemClock } from '../src/lib/clock.ts';
import { makeHttp } from '../src/lib/http.ts';

const [given, file = join(import.meta.dirname, '../src/fly/flyctl/pinned.json')] = process.argv.slice(2);
const version = given?.replace(/^v/, '') || (JSON.parse(readFileSync(file, 'utf8')) as Pins).version;
if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`"${version}" is not a version of flyctl`);
const http = makeHttp(
  { fetch, clock: systemClock, random: Math.random, log: { debug: () => {} } },
  { tries: 4, timeout: 60_000, longestWait: 60_000 },
);
const list = await checksumList(version, { env: process.env, http });
const names = (['linux', 'darwin', 'win32'] as const).flatMap((platform) =>
  ['x64', 'arm64'].map((arch) => archiveName(version, platform, arch)),
);
const archives = Object.fromEntries(
  names.flatMap((name): [string, string][] => {
    const sum = checksumOf(list, name);
    if (sum === undefined) console.error(`${version} has no ${name}`);
    return sum === undefined ? [] : [[name, sum]];
  }),
);
if (Object.keys(archives).length === 0) throw new Error(`The checksums of ${version} list no known archive`);
writeFileSync(file, `${JSON.stringify({ version, archives } satisfies Pins, undefined, 2)}\n`);
console.log(`${Object.keys(archives).length} of ${names.length} archives of flyctl ${version} in ${file}`);
