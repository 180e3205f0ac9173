import { partsOfToken } from '../fly/api.ts';
import type { InputSource } from './read.ts';

/** The secrets as given and in their parts, to mask them before anything else is read. Empty ones are omitted. */
export function secretsOf({ input, env }: Pick<InputSource, 'input' | 'env'>): string[] {
  const flyTokens = [
    input('fly-api-token'),
    env['FLY_API_TOKEN'],
    env['FLY_ACCESS_TOKEN'],
    input('source-app-token'),
  ];
  const given = [
    ...flyTokens.flatMap((token) => (token === undefined ? [] : [token, ...partsOfToken(token)])),
    input('registry-password'),
    input('github-token'),
  ];
  return given.filter((secret) => secret !== '');
}
