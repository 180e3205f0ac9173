import type { Exit } from '../fly/flyctl/child.ts';
import { concurrencyLines, tokenCommand } from '../lib/advice.ts';
import type { UserErrorParts } from '../lib/user-error.ts';

/** Why flyctl failed, and what helps. */
export type Remedy = Pick<UserErrorParts, 'code' | 'fix'>;

/** What helps, by flyctl's own words: those of its error, not of what it warned of or quoted before. */
export function remedy({ errorTail, status }: Exit, isPublic: boolean): Remedy {
  const error = errorTail.slice(Math.max(0, errorTail.lastIndexOf('\nError: ')));
  if (/release[_ ]command failed/i.test(error)) {
    return {
      code: 'release-command-failed',
      fix: 'the release command, `[deploy] release_command` in fly.toml: its output is above or in `fly logs`. No machine was updated. `flags: --skip-release-command` leaves it out.',
    };
  }
  if (/could not find image|failed to get manifest|manifest unknown/i.test(error)) {
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
  if (/unauthorized|not authorized|authenticat|\b401\b|\b403\b/i.test(error)) {
    return {
      code: 'fly-unauthorized',
      fix: `the secret behind \`fly-api-token\`: make a new one with ${tokenCommand()}.`,
    };
  }
  if (/\blease\b/i.test(error)) {
    return {
      code: 'machines-leased',
      fix: `two deploys ran at once, and the other one holds the machines. Let one end before the next begins:\n${concurrencyLines}`,
    };
  }
  if (/health checks? to pass|to be healthy/i.test(error)) {
    return {
      code: 'checks-failed',
      fix: 'the app, or its checks in fly.toml: a machine on the new image does not pass them, see `fly logs`. `--wait-timeout` in `flags` is how long flyctl waits. Machines that come later were not updated.',
    };
  }
  if (status === 127)
    return {
      code: 'flyctl-interrupted',
      fix: 'nothing, if the job was cancelled. The machines may run different images: deploy again.',
    };
  return {
    code: 'flyctl-failed',
    fix: 'what flyctl says above. A deploy that fails half-way leaves machines on both images: deploy again when it is mended.',
  };
}
