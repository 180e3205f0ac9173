import { expect } from '@jest/globals';
import { type ErrorText, UserError } from '../src/lib/user-error.ts';
import { recordError } from './recorder.ts';

/** The UserError that the work throws. Anything else fails the test. */
export function thrownBy(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return recorded(error);
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The UserError that the work rejects with. Anything else fails the test. */
export async function rejectedBy(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => new Error('nothing was rejected'),
    (reason: unknown) => reason,
  );
  if (error instanceof UserError) return recorded(error);
  throw error;
}

/** An error's three parts are sentences: each begins with a capital or with code, and what was found and expected ends. */
export function expectSentences({ found, expected, fix }: ErrorText): void {
  const [line = ''] = found.split('\n');
  expect(line).toMatch(/^[\p{Lu}`"[\d][^\n]*[.:]$/u);
  expect(expected).toMatch(/^[\p{Lu}`"[][\s\S]*\.$/u);
  expect(fix).toMatch(/^[\p{Lu}`]/u);
}

function recorded(error: UserError): UserError {
  recordError(error);
  return error;
}

/** A text with these facts in this order, with any words between them. */
export const textWith = (...facts: Fact[]): unknown => expect.stringMatching(inOrder(facts, '[\\s\\S]*'));

/** A text with a line that has these facts in this order. */
export const lineWith = (...facts: Fact[]): unknown => expect.stringMatching(inOrder(facts, '.*'));

type Fact = string | number;

const inOrder = (facts: Fact[], between: string): RegExp =>
  new RegExp(facts.map((fact) => String(fact).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join(between));
