// Installs a release of flyctl with this action's own installer, including the checksum, and prints the program's path as
// the last line: `npm run --silent install-flyctl -- [version]`. Defaults to the pinned version.

import { installFlyctl } from '../src/fly/flyctl/install.ts';
import { pinnedVersion } from '../src/fly/flyctl/release.ts';
import { systemClock } from '../src/lib/clock.ts';
import { makeHttp } from '../src/lib/http.ts';

const { env, platform, arch } = process;
const version = process.argv[2]?.replace(/^v/, '') || pinnedVersion;
if (!/^\d+\.\d+\.\d+$/.test(version))
  throw new Error(`"${version}" is not a version of flyctl, such as ${pinnedVersion}`);
const http = makeHttp(
  { fetch, clock: systemClock, random: Math.random, log: { debug: () => {} } },
  { tries: 4, timeout: 5 * 60_000, longestWait: 60_000 },
);
console.log(await installFlyctl(version, { env, http, platform, arch, log: { line: console.error } }));
