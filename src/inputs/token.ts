import { UserError } from '../lib/user-error.ts';
import type { InputReader, InputSource } from './read.ts';

/** Fly.io's token: the input, else the variable that flyctl reads; '' where there is none. */
export const tokenOf = ({ input, env }: InputSource): string =>
  input('fly-api-token') || (env['FLY_API_TOKEN']?.trim() ?? '');

/** Notes that a token cannot be one, before an error of a request could hold it. */
export function checkToken({ problems }: InputReader, name: string, token: string): void {
  if (!/[^\x21-\x7e ]/.test(token)) return;
  problems.push(
    new UserError({
      code: 'fly-token-invalid',
      found: `The Fly.io token of \`${name}\` has a line break or another character that no token has.`,
      expected: 'the token as one line.',
      fix: `the secret behind \`${name}\`: paste the token again, without what stands around it.`,
      input: name,
    }),
  );
}
