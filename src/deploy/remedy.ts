import type { Machine } from '../fly/machine.ts';
import { tokenCommand } from '../lib/advice.ts';
import { UserError, type UserErrorParts } from '../lib/user-error.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';
import { leftoverFix, leftoverOf, notIn } from '../verify/leftover.ts';
import { FlyctlFailure } from './deploy.ts';
import { surplusFix, surplusOf } from './surplus.ts';

/** Why flyctl failed, and what helps. */
type Remedy = Pick<UserErrorParts, 'code' | 'fix'>;

/** What is known around a failure of flyctl. */
export interface FailureFacts {
  readonly app: string;
  /** Whether an anonymous pull works. */
  readonly isPublic: boolean;
  /** The machines as flyctl left them, compared with the image; undefined where they could not be read. */
  readonly fleet?: readonly CheckedMachine[] | undefined;
  /** The machines before the deploy. */
  readonly before?: readonly Machine[];
  /** Whether every machine is as it was before. */
  readonly unchanged?: boolean;
}

/** flyctl's failure as an error: its last lines, and what helps against them. */
export function deployError(failure: FlyctlFailure, facts: FailureFacts): UserError {
  return new UserError(
    {
      found: `${failure.message}. It said last:\n${failure.exit.errorTail || '(nothing on stderr)'}`,
      expected: 'exit status 0.',
      ...withSurplus(failure.exit.timedOut ? timedOut : remedy(failure, facts), facts),
    },
    { cause: failure },
  );
}

/** Does Fly.io say that it does not find the image? */
export const isManifestMissing = ({ line }: FlyctlFailure): boolean =>
  /could not find image|failed to get manifest|manifest unknown/i.test(line);

/** The machine on which the release command failed: its logs outlive it. Undefined where flyctl does not name it. */
export function releaseCommandMachine(error: unknown): string | undefined {
  if (!(error instanceof UserError && error.code === 'release-command-failed')) return undefined;
  const { cause } = error;
  return cause instanceof FlyctlFailure ? /\bmachine ([0-9a-z]+)\b/i.exec(cause.line)?.[1] : undefined;
}

const timedOut: Remedy = {
  code: 'deploy-timed-out',
  fix: '`with: deploy-timeout:` where the deploy takes longer; a machine that does not become healthy is waited for as long as `--wait-timeout` in `flags` says. The machines may run different images.',
};

/** A canary that failed stays, and every deploy after it would update it: it has to be destroyed first. */
function withSurplus({ code, fix }: Remedy, { app, fleet, before }: FailureFacts): Remedy {
  if (code === 'bluegreen-unfinished') return { code, fix };
  const surplus = surplusFix(app, surplusOf(managed(fleet ?? []), before ?? []));
  return { code, fix: surplus === undefined ? fix : `${fix}\nBefore the next deploy, ${surplus}` };
}

/** What helps, by flyctl's own error line: not by what it warned of, or what the app logged. */
function remedy(failure: FlyctlFailure, { app, isPublic, fleet, before, unchanged }: FailureFacts): Remedy {
  const { line, exit } = failure;
  const mixed = unchanged ? 'No machine was changed.' : 'The machines may run different images.';
  const unfinished = bluegreenRemedy(line, app, managed(fleet ?? []), before);
  if (unfinished !== undefined) return unfinished;
  if (/release[_ ]command failed/i.test(line)) {
    return {
      code: 'release-command-failed',
      fix: 'the release command, `[deploy] release_command` in fly.toml: its output is above or in `fly logs`. No machine was updated. `flags: --skip-release-command` leaves it out.',
    };
  }
  const machine = /smoke checks for ([0-9a-z]+) failed/i.exec(line)?.[1];
  if (machine !== undefined) {
    return {
      code: 'smoke-checks-failed',
      fix: `the app, which stops right after its start: \`fly logs -a ${app} -i ${machine}\` shows why. ${mixed}`,
    };
  }
  if (isManifestMissing(failure)) {
    return isPublic
      ? {
          code: 'image-not-found-by-fly',
          fix: 'The image is at its registry and public, so Fly.io may be behind by seconds, or limited by the registry: run the job again.',
        }
      : {
          code: 'image-not-public',
          fix: 'Fly.io pulls without a login, and this image is private: make the package public (Package settings → Change visibility), or push it to registry.fly.io/<app> and name that in `image`.',
        };
  }
  if (/rate limit|\b429\b/i.test(line)) {
    return {
      code: 'fly-rate-limited',
      fix: `nothing: Fly.io limits requests. Run the job again later. ${mixed}`,
    };
  }
  if (/unauthorized|not authorized|authenticat|\b401\b|\b403\b/i.test(line)) {
    return {
      code: 'fly-unauthorized',
      fix: `the secret behind \`fly-api-token\`: make a new one with ${tokenCommand()}.`,
    };
  }
  if (/\blease\b/i.test(line)) {
    return {
      code: 'machines-leased',
      fix: `another deploy, or a \`fly machine\` command, holds a machine of this app. Let it end, and run the job again. ${mixed}`,
    };
  }
  if (/health checks? to pass|to be healthy/i.test(line)) {
    return {
      code: 'checks-failed',
      fix: `the app, or its checks in fly.toml: a machine on the new image does not pass them, see \`fly logs\`. \`--wait-timeout\` in \`flags\` is how long flyctl waits. ${unchanged ? mixed : 'Machines that come later were not updated.'}`,
    };
  }
  if (exit.status === 127) {
    return {
      code: 'flyctl-interrupted',
      fix: `nothing, if the job was cancelled. ${unchanged ? mixed : `${mixed} Deploy again.`}`,
    };
  }
  return {
    code: 'flyctl-failed',
    fix: unchanged
      ? 'what flyctl says above; then deploy again. No machine was changed.'
      : 'what flyctl says above. A deploy that fails half-way leaves machines on both images: deploy again when it is mended.',
  };
}

/** A bluegreen deploy that stopped between its colors, or that a deploy before left so. */
function bluegreenRemedy(
  line: string,
  app: string,
  fleet: readonly CheckedMachine[],
  before: readonly Machine[] | undefined,
): Remedy | undefined {
  const several = /multiple image versions/i.test(line);
  // flyctl refuses machines of several images before it creates any: both colors are from before then.
  const left = leftoverOf(fleet, several ? () => true : notIn(before));
  if (left !== undefined) return { code: 'bluegreen-unfinished', fix: leftoverFix(app, left, fleet) };
  if (!several) return undefined;
  return {
    code: 'bluegreen-unfinished',
    fix: 'the machines run several images, and bluegreen needs one. Deploy this image once with another strategy (`flags: --strategy=rolling`), which updates them all.',
  };
}
