import type { InputSource } from './read.ts';

/** Fly.io's token: the input, else the variable that flyctl reads; '' where there is none. */
export const tokenOf = ({ input, env }: InputSource): string =>
  input('fly-api-token') || (env['FLY_API_TOKEN']?.trim() ?? '');
