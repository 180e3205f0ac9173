import type { Answer } from '../lib/http.ts';
import { authorizationOf, type MachinesApi } from './machines.ts';

/**
 * Asks Fly.io's GraphQL API (fly-go, client.go). An answer of 200 may hold `errors` in place of what was asked for.
 *
 * @param limit of the answer, in bytes.
 * @throws HttpError when there is no answer.
 */
export const askGraphql = async (
  { graphqlBase, token, http }: MachinesApi,
  query: string,
  variables: Readonly<Record<string, string | number>>,
  limit: number,
): Promise<Answer> =>
  http(new URL('/graphql', graphqlBase).href, {
    method: 'POST',
    headers: { authorization: authorizationOf(token), 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    limit,
  });
