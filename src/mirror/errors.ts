import { newFlyToken, retryFly } from '../lib/advice.ts';
import { apiError, type Service } from '../lib/api-error.ts';
import type { Answer } from '../lib/http.ts';
import type { UserError } from '../lib/user-error.ts';
import { registryWords } from '../registry/errors.ts';
import { formatReference, type Repository } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';

/** What is written to Fly.io's registry, and where. */
interface Push {
  readonly what: 'a push' | 'the login for a push';
  readonly repository: Repository;
}

const appOf = ({ repository }: Push): string => repository.path.split('/').at(-1) ?? '';

/** The registry of an app's images, as it is written to. */
const pushService: Service<Push, Answer> = {
  found: ({ what, repository }, answer) =>
    'status' in answer
      ? `${new URL(answer.url).host} answered ${answer.status} to ${what} to ${formatReference(repository)} (${registryWords(answer)}).`
      : `No answer from ${answer.url} to ${what} to ${formatReference(repository)}.`,
  advice: {
    denied: (push) => ({
      code: 'mirror-unauthorized',
      expected: `a token that may push to the registry of app "${appOf(push)}".`,
      fix: newFlyToken(appOf(push)),
    }),
    'not-found': (push) => ({
      code: 'fly-app-not-found',
      expected: `an app "${appOf(push)}", whose images live there.`,
      fix: `the input \`app\`, or create the app first: \`fly apps create ${appOf(push)}\`.`,
    }),
    unexpected: () => ({
      code: 'mirror-refused',
      expected: 'a registry that takes the image.',
      fix: `${retryFly} Or make the package public and set \`mirror: never\`.`,
    }),
  },
};

/** What a refusal of the registry that is written to means, in words that a user can act on. */
export const pushError = (
  answer: Answer,
  { repository }: Session,
  what: Push['what'] = 'a push',
): UserError => apiError({ service: pushService, resource: { what, repository }, answer });
