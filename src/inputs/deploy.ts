import { faultOfEnvironment } from './environment.ts';
import { flagTable } from './flag-table.ts';
import { parseFlags } from './flags.ts';
import type { InputReader } from './read.ts';

/** How flyctl deploys, and when a run skips the deploy on purpose. */
export interface DeployInputs {
  /** A version without `v`, e.g. `0.4.80`. */
  readonly flyctlVersion: string | undefined;
  readonly flags: readonly string[];
  readonly noCache: boolean;
  readonly deployTimeout: number;
  /** Whether a failed deploy is rolled back, and whether the rollback also runs the release command. */
  readonly rollback: 'false' | 'true' | 'with-release-command';
  readonly onRefusal: 'fail' | 'skip';
  readonly onOutdated: 'skip' | 'fail' | 'deploy';
  readonly onUnchanged: 'deploy' | 'skip';
  /** The environment whose deployment records are written on GitHub; undefined for none. */
  readonly deploymentRecord: string | undefined;
}

export function readDeployInputs(reader: InputReader): DeployInputs {
  const flyctlVersion = reader.text('flyctl-version')?.replace(/^v/, '');
  if (flyctlVersion !== undefined && !/^\d+\.\d+\.\d+$/.test(flyctlVersion))
    reader.wrong('flyctl-version', {
      expected: 'An exact version, so that every run uses the same flyctl.',
      fix: `\`with: flyctl-version: ${flagTable.flyctl}\``,
    });
  const flags = reader.check('flags', () => parseFlags(reader.text('flags') ?? ''), []);
  return {
    flyctlVersion,
    flags: Object.freeze(flags),
    noCache: reader.flag('no-cache', false),
    deployTimeout: reader.duration('deploy-timeout', '30m', 'not zero'),
    rollback: reader.choice('rollback', ['false', 'true', 'with-release-command']),
    onRefusal: reader.choice('on-refusal', ['fail', 'skip']),
    onOutdated: reader.choice('on-outdated', ['skip', 'fail', 'deploy']),
    onUnchanged: reader.choice('on-unchanged', ['deploy', 'skip']),
    deploymentRecord: readEnvironment(reader),
  };
}

function readEnvironment(reader: InputReader): string | undefined {
  const text = reader.text('deployment-record');
  const fault = text === undefined ? undefined : faultOfEnvironment(text);
  if (fault !== undefined) reader.problems.push(fault);
  return text;
}
