import { parseFlags } from './flags.ts';
import type { InputReader } from './read.ts';

/** How flyctl deploys, and when a run deploys nothing on purpose. */
export interface DeployInputs {
  /** A version without `v`, e.g. `0.4.80`. */
  readonly flyctlVersion: string | undefined;
  readonly flags: readonly string[];
  readonly noCache: boolean;
  readonly deployTimeout: number;
  readonly rollback: boolean;
  readonly rollbackReleaseCommand: boolean;
  readonly onRefusal: 'fail' | 'skip';
  readonly ifOutdated: 'skip' | 'fail' | 'deploy';
  readonly skipIfRunning: boolean;
}

export function readDeployInputs(reader: InputReader): DeployInputs {
  const flyctlVersion = reader.text('flyctl-version')?.replace(/^v/, '');
  if (flyctlVersion !== undefined && !/^\d+\.\d+\.\d+$/.test(flyctlVersion))
    reader.wrong('flyctl-version', 'one version, e.g. 0.4.80: the newest of tomorrow is another program.');
  const flags = reader.check('flags', () => parseFlags(reader.text('flags') ?? ''), []);
  return {
    flyctlVersion,
    flags: Object.freeze(flags),
    noCache: reader.flag('no-cache', false),
    deployTimeout: reader.duration('deploy-timeout', '30m'),
    rollback: reader.flag('rollback', false),
    rollbackReleaseCommand: reader.flag('rollback-release-command', false),
    onRefusal: reader.choice('on-refusal', ['fail', 'skip']),
    ifOutdated: reader.choice('if-outdated', ['skip', 'fail', 'deploy']),
    skipIfRunning: reader.flag('skip-if-running', false),
  };
}
