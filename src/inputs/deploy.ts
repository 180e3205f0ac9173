import { parseFlags } from './flags.ts';
import type { InputReader } from './read.ts';

/** How flyctl deploys, and when a run deploys nothing on purpose. */
export interface DeployInputs {
  /** A version without `v`, e.g. `0.4.80`. */
  readonly flyctlVersion: string | undefined;
  readonly flags: readonly string[];
  readonly noCache: boolean;
  readonly deployTimeout: number;
  /** Whether a failed deploy is followed by one of what ran before, and whether that runs the release command too. */
  readonly rollback: 'false' | 'true' | 'with-release-command';
  readonly onRefusal: 'fail' | 'skip';
  readonly onOutdated: 'skip' | 'fail' | 'deploy';
  readonly onUnchanged: 'deploy' | 'skip';
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
    rollback: reader.choice('rollback', ['false', 'true', 'with-release-command']),
    onRefusal: reader.choice('on-refusal', ['fail', 'skip']),
    onOutdated: reader.choice('on-outdated', ['skip', 'fail', 'deploy']),
    onUnchanged: reader.choice('on-unchanged', ['deploy', 'skip']),
  };
}
