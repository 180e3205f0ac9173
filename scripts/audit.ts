// Checks the bundled packages for known vulnerabilities with `npm audit --omit=dev`. A registry that does not answer, or has
// no advisories, is only reported. With `--required`, as in this repository's workflow on GitHub, it is a failure.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { verdictOf } from './audit/verdict.ts';

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: join(import.meta.dirname, '..'),
  encoding: 'utf8',
  timeout: 120_000,
});
const { status, lines } = verdictOf(error === undefined ? stdout : '', process.argv.includes('--required'));
for (const line of lines) console.log(line);
process.exit(status);
