import { deployArguments } from '../fly/flyctl/arguments.ts';
import { flyctlEnvironment } from '../fly/flyctl/environment.ts';
import { pinnedVersion } from '../fly/flyctl/release.ts';
import type { Release } from '../fly/releases.ts';
import type { DeployInputs, TargetInputs } from '../inputs/inputs.ts';
import type { Exit } from '../lib/child.ts';
import { formatDuration } from '../lib/format.ts';
import { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';

/** What is deployed, and with what. */
export interface DeployTarget {
  /** Path of flyctl. */
  readonly flyctl: string;
  readonly reference: Reference;
  /** Whether an anonymous pull works. If it does not, that is the most likely reason for a failure. */
  readonly isPublic: boolean;
  /** Whether it is in Fly.io's own registry, where a new image can be missing for some time after its push. */
  readonly isFlys: boolean;
}

type DeployNeeds = Pick<TargetInputs, 'app' | 'config' | 'flyToken'> &
  Pick<DeployInputs, 'flags' | 'noCache' | 'deployTimeout'>;

/** flyctl did not succeed. `deployError` makes a UserError of it, with what it left behind. */
export class FlyctlFailure extends Error {
  readonly exit: Exit;
  /** The time limit, in milliseconds. */
  readonly limit: number;

  /** @param how it ended: `exited with status 1`. */
  constructor(exit: Exit, how: string, limit: number) {
    super(`flyctl deploy ${how}`);
    this.name = 'FlyctlFailure';
    this.exit = exit;
    this.limit = limit;
  }

  /**
   * flyctl's own `Error:` line, or its last line if it has none. Log lines of the app can come before and after it. A
   * bluegreen deploy names the failed step on the next line (flyctl, strategy_bluegreen.go), which is joined to it.
   */
  get line(): string {
    const lines = this.exit.errorTail.split('\n');
    const at = lines.findLastIndex((line) => line.startsWith('Error: '));
    if (at < 0) return lines.at(-1) ?? '';
    const [line = '', next = ''] = lines.slice(at);
    return /^(?:could not get all|failed to \w+) (?:green|blue) machines\b|^failed to mark as safe\b/.test(
      next,
    )
      ? `${line}: ${next}`
      : line;
  }
}

/**
 * Deploys with flyctl. Only its exit status decides whether it failed. Whether the machines run the image is for the
 * verification to find out.
 *
 * @returns the release; undefined if flyctl reports none.
 * @throws FlyctlFailure when flyctl fails; UserError when it cannot be started.
 */
export async function deploy(
  { run, env }: Pick<Runtime, 'run' | 'env'>,
  inputs: DeployNeeds,
  { flyctl, reference }: DeployTarget,
): Promise<Release | undefined> {
  const argv = deployArguments({ ...inputs, image: formatReference(reference) });
  let exit: Exit;
  try {
    exit = await run(flyctl, argv, flyctlEnvironment(env, inputs.flyToken), inputs.deployTimeout);
  } catch (error) {
    throw new UserError(
      {
        code: 'flyctl-not-started',
        found: `flyctl at ${flyctl} could not be started: ${error instanceof Error ? error.message : error}.`,
        expected: 'A flyctl for this runner’s operating system and processor.',
        fix: `Remove the step that installs this flyctl, so that this action installs one. Or install another:\n- uses: superfly/flyctl-actions/setup-flyctl@1.6\n  with:\n    version: ${pinnedVersion}`,
      },
      { cause: error },
    );
  }
  if (exit.status === 0 && !exit.timedOut) return releaseOf(exit.stdout);
  const ended =
    exit.status === undefined ? `was ended by ${exit.signal}` : `exited with status ${exit.status}`;
  const how = exit.timedOut
    ? `did not end within ${formatDuration(inputs.deployTimeout)}, and was interrupted (it ${ended})`
    : ended;
  throw new FlyctlFailure(exit, how, inputs.deployTimeout);
}

/** FLY_EMIT_RELEASE_JSON's line, the last that has its form (flyctl, machines_deploymachinesapp.go). */
export function releaseOf(stdout: string): Release | undefined {
  for (const line of stdout.split(/\r?\n/).reverse()) {
    if (!line.startsWith('{')) continue;
    try {
      const json = new Json(JSON.parse(line), 'flyctl’s release line');
      const [id, version, image] = [
        json.get('id').maybeText(),
        json.get('version').maybeNumber(),
        json.get('image_ref').maybeText(),
      ];
      if (image !== undefined && (id !== undefined || version !== undefined))
        return { id, version: version?.toString() };
    } catch {
      // Some other line that begins with a brace.
    }
  }
  return undefined;
}
