import {
  type DeployRequest,
  deployArguments,
  type Exit,
  flyctlEnvironment,
  type Run,
} from '../fly/flyctl/run.ts';
import { formatDuration } from '../lib/duration.ts';
import { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { concurrencyLines } from '../verify/compare.ts';

/** The release that a deploy made, as far as flyctl says it. */
export interface Release {
  readonly id: string | undefined;
  readonly version: string | undefined;
}

/** By what a deploy is done. */
export interface DeployBy {
  /** Path of flyctl. */
  readonly flyctl: string;
  readonly token: string;
  /** Whether an anonymous pull works: if it does not, that is the likeliest reason for a failure. */
  readonly public: boolean;
}

export interface DeployWorld extends DeployBy {
  readonly run: Run;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Deploys with flyctl. Its exit status alone says whether it failed; what its success is worth is for the
 * verification to say.
 *
 * @throws UserError with the last lines of flyctl's stderr.
 */
export async function deploy(
  request: DeployRequest & { readonly deployTimeout: number },
  world: DeployWorld,
): Promise<Release> {
  let exit: Exit;
  try {
    exit = await world.run(
      world.flyctl,
      deployArguments(request),
      flyctlEnvironment(world.env, world.token),
      request.deployTimeout,
    );
  } catch (error) {
    throw new UserError(
      {
        found: `flyctl at ${world.flyctl} could not be started: ${error instanceof Error ? error.message : error}.`,
        expected: 'a program for this runner’s system and processor.',
        fix: 'the step that installs flyctl: `- uses: superfly/flyctl-actions/setup-flyctl@1.5`.',
      },
      { cause: error },
    );
  }
  if (exit.status === 0 && !exit.timedOut) return releaseOf(exit.stdout);
  const ended =
    exit.status === undefined ? `was ended by ${exit.signal}` : `exited with status ${exit.status}`;
  const how = exit.timedOut
    ? `did not end within ${formatDuration(request.deployTimeout)}, and was told to (it ${ended})`
    : ended;
  throw new UserError({
    found: `flyctl deploy ${how}. It said last:\n${exit.errorTail || '(nothing on stderr)'}`,
    expected: 'exit status 0.',
    fix: exit.timedOut
      ? '`with: deploy-timeout:` where the deploy takes longer; a machine that does not become healthy is waited for as long as `--wait-timeout` in `flags` says. The machines may run different images.'
      : remedy(exit, world.public),
  });
}

/** FLY_EMIT_RELEASE_JSON's line, the last that has its form (flyctl, machines_deploymachinesapp.go). */
function releaseOf(stdout: string): Release {
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
  return { id: undefined, version: undefined };
}

/** What helps, by flyctl's own words: those of its error, not of what it warned of or quoted before. */
function remedy({ errorTail, status }: Exit, isPublic: boolean): string {
  const error = errorTail.slice(Math.max(0, errorTail.lastIndexOf('\nError: ')));
  if (/release[_ ]command failed/i.test(error)) {
    return 'the release command, `[deploy] release_command` in fly.toml: its output is above or in `fly logs`. No machine was updated. `flags: --skip-release-command` leaves it out.';
  }
  if (/could not find image|failed to get manifest|manifest unknown/i.test(error)) {
    return isPublic
      ? 'The image is at its registry and public, so Fly.io may be behind by seconds, or limited by the registry: run the job again.'
      : 'Fly.io pulls without a login, and this image is private: make the package public (Package settings → Change visibility), or push it to registry.fly.io/<app> and name that in `image`.';
  }
  if (/unauthorized|not authorized|authenticat|\b401\b|\b403\b/i.test(error)) {
    return 'the secret behind `fly-api-token`: make a new one with `fly tokens create deploy`.';
  }
  if (/\blease\b/i.test(error)) {
    return `two deploys ran at once, and the other one holds the machines. Let one end before the next begins:\n${concurrencyLines}`;
  }
  if (/health checks? to pass|to be healthy/i.test(error)) {
    return 'the app, or its checks in fly.toml: a machine on the new image does not pass them, see `fly logs`. `--wait-timeout` in `flags` is how long flyctl waits. Machines that come later were not updated.';
  }
  if (status === 127)
    return 'nothing, if the job was cancelled. The machines may run different images: deploy again.';
  return 'what flyctl says above. A deploy that fails half-way leaves machines on both images: deploy again when it is mended.';
}
