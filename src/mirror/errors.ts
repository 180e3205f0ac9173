import type { Answer } from '../lib/http.ts';
import { UserError } from '../lib/user-error.ts';
import { registryWords } from '../registry/errors.ts';
import { formatReference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';

/**
 * What a refusal of the registry that is written to means, in words that a user can act on.
 *
 * @param what was refused: a push, or the login for one.
 */
export function pushError(
  answer: Answer,
  target: Session,
  what: 'a push' | 'the login for a push' = 'a push',
): UserError {
  const name = formatReference(target.repository);
  const [app = ''] = target.repository.path.split('/').slice(-1);
  const found = `${new URL(answer.url).host} answered ${answer.status} to ${what} to ${name} (${registryWords(answer)}).`;
  switch (answer.status) {
    case 401:
    case 403:
      return new UserError({
        code: 'mirror-unauthorized',
        found,
        expected: `a token that may push to the registry of app "${app}".`,
        fix: `make one with \`fly tokens create deploy --app ${app}\`, and store it as the secret behind \`fly-api-token\`.`,
      });
    case 404:
      return new UserError({
        code: 'fly-app-not-found',
        found,
        expected: `an app "${app}", whose images live there.`,
        fix: `the input \`app\`, or create the app first: \`fly apps create ${app}\`.`,
      });
    default:
      return new UserError({
        code: 'mirror-refused',
        found,
        expected: 'a registry that takes the image.',
        fix: 'run the job again; https://status.flyio.net tells of outages. Or make the package public and set `mirror: never`.',
      });
  }
}
