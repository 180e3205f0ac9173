import { execFileSync } from 'node:child_process';
import { beforeAll } from '@jest/globals';
import type { NewMachine } from '../../sandbox/fly/fly.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun, RunOptions } from '../../sandbox/runner/runner.ts';
import { app, type TestWorld } from '../e2e/world.ts';

/** The pinned flyctl, with which the others are compared. */
export const realFlyctl = process.env['REAL_FLYCTL'] ?? '';
beforeAll(() => {
  if (realFlyctl === '') throw new Error('REAL_FLYCTL is not set: .ci/build-flyctl builds a flyctl for it');
});

/** Every available real flyctl: REAL_FLYCTL, and REAL_FLYCTL_NEWEST if that is another version. */
export const flyctls: readonly { readonly path: string; readonly version: string }[] = [
  ...new Map(
    [realFlyctl, process.env['REAL_FLYCTL_NEWEST'] ?? '']
      .filter((path) => path !== '')
      .map((path) => [versionOf(path), path] as const)
      .toReversed(),
  ),
]
  .map(([version, path]) => ({ version, path }))
  .toReversed();

/** The version that a flyctl reports. */
function versionOf(flyctl: string): string {
  return JSON.parse(execFileSync(flyctl, ['version', '--json'], { encoding: 'utf8' })).Version;
}

export const toml = `app = "${app}"\nprimary_region = "fra"\n`;
export const withChecks = `${toml}[http_service]\n  internal_port = 8080\n  [[http_service.checks]]\n    path = "/"\n    interval = "5s"\n`;

/** Keeps the real flyctl off the internet: feature flags with a dead proxy, DNS with a flag. */
export const offline = {
  flags: '--dns-checks=false',
  env: { HTTPS_PROXY: 'http://127.0.0.1:9' },
} as const;

/** Deploys with the real flyctl. */
export const deployReally = (
  world: TestWorld,
  inputs: Record<string, string> = {},
  options: Omit<RunOptions, 'event'> = {},
  event: RunOptions['event'] = workflowRun(),
): Promise<ActionRun> =>
  world.deploy(
    event,
    {
      'settle-time': '500ms',
      'deploy-timeout': '3m',
      ...inputs,
      flags: `${offline.flags}\n${inputs['flags'] ?? ''}`,
    },
    {
      ...(options.flyctl === undefined && { realFlyctl }),
      files: { 'fly.toml': toml },
      ...options,
      env: { ...offline.env, ...options.env },
    },
  );

export const fleet = (world: TestWorld, count: number, changes: Partial<NewMachine> = {}) =>
  world.fly.createApp(
    app,
    Array.from({ length: count }, () => ({
      region: 'fra',
      image: `${world.image}:main-0000000`,
      ...changes,
    })),
  );
export const digests = (world: TestWorld) => world.fly.machines(app).map(({ image_ref }) => image_ref.digest);
