import { UserError } from '../src/lib/user-error.ts';

/** The UserError that some work throws. Anything else fails the test. */
export function thrownBy(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The UserError that some work rejects with. Anything else fails the test. */
export async function rejectedBy(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => new Error('nothing was rejected'),
    (reason: unknown) => reason,
  );
  if (error instanceof UserError) return error;
  throw error;
}
