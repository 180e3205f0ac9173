import { spawnSync } from 'node:child_process';

const programs = [
  ['REAL_FLYCTL', 'flyctl', 'version'],
  ['REAL_FLYCTL_NEWEST', 'flyctl, a newer one', 'version'],
  ['REAL_REGISTRY', 'registry instead of docker-registry', '--version'],
  ['REAL_ACT', 'act', '--version'],
  ['REAL_ACTIONLINT', 'actionlint', '-version'],
];

/** Says which real programs the tests use. */
export default function setup() {
  console.log('\n');
  for (const [variable, name, argument] of programs) {
    const path = process.env[variable] ?? '';
    const [line = ''] =
      path === '' ? [] : spawnSync(path, [argument], { encoding: 'utf8' }).stdout.split('\n');
    console.log(`${name}: ${path === '' ? `none (${variable} is not set)` : line}`);
  }
}
