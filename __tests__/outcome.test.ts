import { expect, test } from '@jest/globals';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { UserError } from '../src/lib/user-error.ts';
import { exitCodeOf, type FailureKind, failureKind, type Outcome } from '../src/report/outcome.ts';

const errorOf = (code: ErrorCode) => new UserError({ code, found: 'a', expected: 'b', fix: 'c' });

test.each<[ErrorCode, FailureKind]>([
  ['event-fork', 'refused'],
  ['event-other-branch', 'refused'],
  ['event-file-missing', 'failed'],
  ['commit-outdated', 'outdated'],
  ['machines-superseded', 'superseded'],
  ['machines-leased', 'superseded'],
  ['fly-unreachable', 'unreachable'],
  ['registry-unavailable', 'unreachable'],
  ['fly-unavailable', 'unreachable'],
  ['fly-rate-limited', 'unreachable'],
  ['fly-unexpected-answer', 'inconclusive'],
  ['deploy-timed-out', 'inconclusive'],
  ['machines-reverted', 'failed'],
  ['image-not-found', 'failed'],
])('%s is a failure of the kind %s', (code, kind) => expect(failureKind(errorOf(code))).toBe(kind));

test('an unexpected error is a plain failure', () => expect(failureKind(new Error('x'))).toBe('failed'));

test.each<[string, Outcome, 0 | 1]>([
  ['a skipped refusal', { kind: 'skipped', reason: 'refused', words: '' }, 0],
  ['a checked setup with nothing bad', { kind: 'checked', mode: 'doctor', findings: [] }, 0],
  [
    'a checked setup with something bad',
    {
      kind: 'checked',
      mode: 'doctor',
      findings: [{ area: 'Image', mark: 'bad', code: 'repository-missing', words: 'x' }],
    },
    1,
  ],
  ['a canceled run', { kind: 'cancelled', at: 'Deploy', error: errorOf('deploy-cancelled') }, 1],
])('%s has its exit status', (_name, outcome, status) => expect(exitCodeOf(outcome)).toBe(status));
