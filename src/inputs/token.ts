import { UserError } from '../lib/user-error.ts';
import type { InputReader, InputSource } from './read.ts';

/** The Fly.io token: the input, else the variable that flyctl reads; '' if there is none. */
export const tokenOf = ({ input, env }: InputSource): string =>
  input('fly-api-token') || (env['FLY_API_TOKEN']?.trim() ?? '');

/** Records that a token is malformed, before a request's error could contain it. */
export function checkToken({ problems }: InputReader, name: string, token: string): void {
  if (!/[^\x21-\x7e ]/.test(token)) return;
  problems.push(
    new UserError({
      code: 'fly-token-invalid',
      found: `The Fly.io token in \`${name}\` contains a line break or another character that is not allowed in tokens.`,
      expected: 'The token on one line.',
      fix: `Set the secret behind \`${name}\` again, and paste only the token.`,
      input: name,
    }),
  );
}
