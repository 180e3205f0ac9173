import type { Machine } from '../fly/machine.ts';
import { newFlyToken } from '../lib/advice.ts';
import { twice } from '../lib/duration.ts';
import { UserError, type UserErrorParts } from '../lib/user-error.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';
import { leftoverFix, leftoverOf, notIn } from '../verify/leftover.ts';
import { FlyctlFailure } from './deploy.ts';
import { surplusFix, surplusOf } from './surplus.ts';

/** Why flyctl failed, and how to fix it. */
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
  /** Whether every machine runs the new image, verified: then only flyctl failed. */
  readonly updated?: boolean;
}

/** flyctl's failure as an error: its last lines, and how to fix it. */
export function deployError(failure: FlyctlFailure, facts: FailureFacts): UserError {
  return new UserError(
    {
      found: `${failure.message}. Its last output:\n${failure.exit.errorTail || '(no output on stderr)'}`,
      expected: 'Exit status 0.',
      ...withSurplus(failure.exit.timedOut ? timedOut(failure.limit) : remedy(failure, facts), facts),
    },
    { cause: failure },
  );
}

/** Whether Fly.io did not find the image. */
export const isManifestMissing = ({ line }: FlyctlFailure): boolean =>
  /could not find image|failed to get manifest|manifest unknown/i.test(line);

/** The machine on which the release command failed: its logs outlive it. Undefined where flyctl does not name it. */
export function releaseCommandMachine(error: unknown): string | undefined {
  if (!(error instanceof UserError && error.code === 'release-command-failed')) return undefined;
  const { cause } = error;
  return cause instanceof FlyctlFailure ? /\bmachine ([0-9a-z]+)\b/i.exec(cause.line)?.[1] : undefined;
}

const timedOut = (limit: number): Remedy => ({
  code: 'deploy-timed-out',
  fix: `If the deploy needs longer, set twice the time: \`with: deploy-timeout: ${twice(limit)}\`. flyctl waits for each machine to become healthy as long as \`--wait-timeout\` in \`flags\` allows.`,
});

/** A failed canary stays, and every later deploy would update it, so it has to be destroyed first. */
function withSurplus({ code, fix }: Remedy, { app, fleet, before }: FailureFacts): Remedy {
  if (code === 'bluegreen-unfinished') return { code, fix };
  const surplus = surplusFix(app, surplusOf(managed(fleet ?? []), before ?? []));
  return { code, fix: surplus === undefined ? fix : `${fix}\n\nBefore the next deploy, ${surplus}` };
}

/** How to fix it, by flyctl's own error line. Its warnings and the app's log do not count. */
function remedy(failure: FlyctlFailure, { app, isPublic, fleet, before, updated }: FailureFacts): Remedy {
  const { line, exit } = failure;
  const unfinished = bluegreenRemedy(line, app, managed(fleet ?? []), before);
  if (unfinished !== undefined) return unfinished;
  if (/release[_ ]command failed/i.test(line)) {
    return {
      code: 'release-command-failed',
      fix: 'Correct the release command (`[deploy] release_command` in fly.toml): its output is in the log of this step or in `fly logs`. To deploy without it: `flags: --skip-release-command`.',
    };
  }
  const machine = /smoke checks for ([0-9a-z]+) failed/i.exec(line)?.[1];
  if (machine !== undefined) {
    return {
      code: 'smoke-checks-failed',
      fix: `Correct the app, which exits right after it starts. \`fly logs -a ${app} -i ${machine}\` shows why.`,
    };
  }
  if (isManifestMissing(failure)) {
    return isPublic
      ? {
          code: 'image-not-found-by-fly',
          fix: 'Run the job again. The image exists and is public, so Fly.io may lag a few seconds behind the registry, or the registry may limit its requests.',
        }
      : {
          code: 'image-not-public',
          fix: `Remove \`mirror: never\`, so that this action copies the private image to Fly.io’s registry, or make the package public (Package settings → Change visibility). Fly.io pulls anonymously.`,
        };
  }
  if (/rate limit|\b429\b/i.test(line)) {
    return {
      code: 'fly-rate-limited',
      fix: 'Run the job again later: Fly.io limits requests.',
    };
  }
  if (/unauthorized|not authorized|authenticat|\b401\b|\b403\b/i.test(line)) {
    return {
      code: 'fly-unauthorized',
      fix: newFlyToken(app),
    };
  }
  if (/\blease\b/i.test(line)) {
    return {
      code: 'machines-leased',
      fix: `Wait until the other deploy or \`fly machine\` command that holds a machine of this app has finished, then run the job again.`,
    };
  }
  if (/health checks? to pass|to be healthy/i.test(line)) {
    return {
      code: 'checks-failed',
      fix: `Correct the app, or its checks in fly.toml: a machine on the new image does not pass them. \`fly logs -a ${app}\` shows why. If the app only needs longer, raise \`--wait-timeout\` in \`flags\`.`,
    };
  }
  if (exit.status === 127) {
    return {
      code: 'flyctl-interrupted',
      fix: 'No action is needed if you canceled the job. Otherwise, deploy again.',
    };
  }
  return {
    code: 'flyctl-failed',
    fix: updated
      ? 'No action is needed for production. Check the error that flyctl reports before the next deploy.'
      : 'Correct the error that flyctl reports, then deploy again.',
  };
}

/** For a bluegreen deploy that stopped between its colors, now or earlier. */
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
    fix: 'Deploy this image once with another strategy, which updates all machines: `flags: --strategy=rolling`. A bluegreen deploy needs machines that run one image.',
  };
}
