import { newFlyToken, retryFly } from '../lib/advice.ts';
import { apiError, type Service } from '../lib/api-error.ts';
import type { Answer } from '../lib/http.ts';
import type { UserError } from '../lib/user-error.ts';
import { registryWords } from '../registry/errors.ts';
import { formatReference, type Repository } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';

/** A write to Fly.io's registry. */
interface Push {
  readonly what: 'a push' | 'the login for a push';
  readonly repository: Repository;
}

const appOf = ({ repository }: Push): string => repository.path.split('/').at(-1) ?? '';

/** The answers of Fly.io's registry to writes. */
const pushService: Service<Push, Answer> = {
  found: ({ what, repository }, answer) =>
    'status' in answer
      ? `${new URL(answer.url).host} answered ${answer.status} to ${what} to ${formatReference(repository)} (${registryWords(answer)}).`
      : `There is no answer from ${answer.url} to ${what} to ${formatReference(repository)}.`,
  advice: {
    denied: (push) => ({
      code: 'mirror-unauthorized',
      expected: `A token that can push to the registry of app "${appOf(push)}".`,
      fix: newFlyToken(appOf(push)),
    }),
    'not-found': (push) => ({
      code: 'fly-app-not-found',
      expected: `An app "${appOf(push)}", to which that repository belongs.`,
      fix: `Correct the input \`app\`. Or create the app: \`fly apps create ${appOf(push)}\`.`,
    }),
    unexpected: () => ({
      code: 'mirror-refused',
      expected: 'A registry that accepts the image.',
      fix: `${retryFly} Or make the package public, and set \`with: mirror: never\`.`,
    }),
  },
};

/** The error for a refusal of a write, with a fix. */
export const pushError = (
  answer: Answer,
  { repository }: Session,
  what: Push['what'] = 'a push',
): UserError => apiError({ service: pushService, resource: { what, repository }, answer });
