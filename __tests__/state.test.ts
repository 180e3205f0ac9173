import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endings, rowsOfStates } from '../scripts/docs/states.ts';
import type { Production } from '../src/deploy/production.ts';
import type { Rollback } from '../src/deploy/rollback.ts';
import { UserError } from '../src/lib/user-error.ts';
import { headlineOf } from '../src/report/headline.ts';
import { exitCodeOf, type FailureKind, type Outcome } from '../src/report/outcome.ts';
import { skippedOf } from '../src/report/outputs.ts';
import { stateOf } from '../src/report/state.ts';
import { type State, states } from '../src/report/states.ts';
import { code, plain, text } from '../src/report/summary/markdown.ts';
import { schema } from './report-schema.ts';

const error = new UserError({ code: 'flyctl-failed', found: 'a', expected: 'b', fix: 'c' });
const failed = (
  as: FailureKind,
  production?: Production['kind'],
  more: { rollback?: Rollback; fleet?: [] } = { fleet: [] },
): Outcome => ({
  ...{ kind: 'failed', as, at: 'Deploy', error, ...more },
  ...(production && { production: { kind: production, machines: 1, flyctl: '' } }),
});
const back: Rollback = { kind: 'rolled-back', to: [], machines: 1, surplus: [] };
const notBack = (code: 'rollback-failed' | 'image-before-gone' | 'not-determined'): Rollback => ({
  kind: 'not-rolled-back',
  code,
  why: '',
});

describe('the state of a run', () => {
  test.each<[string, State, Outcome, boolean]>([
    ['a verified deploy', 'deployed', { kind: 'deployed', release: undefined, fleet: [] }, true],
    ['a skip', 'unchanged', { kind: 'skipped', reason: 'unchanged', words: '' }, false],
    ['the doctor', 'checked', { kind: 'checked', mode: 'doctor', findings: [] }, false],
    ['a cancel', 'cancelled', { kind: 'cancelled', at: 'Deploy', error }, true],
    ['a refused event', 'refused', failed('refused'), false],
    ['an outdated commit', 'outdated', failed('outdated'), false],
    ['a registry that does not answer', 'failed', failed('unreachable', undefined, {}), false],
    ['an unexpected error before flyctl', 'failed', failed('failed', undefined, {}), false],
    ['an unexpected error after flyctl was started', 'inconclusive', failed('failed', undefined, {}), true],
    ['machines that fail', 'failed', failed('failed', 'changed'), true],
    ['machines of another deploy', 'failed', failed('superseded', 'changed'), true],
    ['machines that could not be verified', 'inconclusive', failed('inconclusive', 'changed'), true],
    ['machines that could not be listed', 'inconclusive', failed('failed', 'changed', {}), true],
    ['a host that does not answer', 'inconclusive', failed('unreachable', 'changed'), true],
    ['production that could not be read', 'inconclusive', failed('failed', 'unknown'), true],
    ['a timeout that changed nothing', 'failed', failed('inconclusive', 'unchanged'), true],
    ['a flyctl that failed at its end', 'failed', failed('failed', 'updated'), true],
    ['a rollback', 'rolled-back', failed('failed', 'changed', { rollback: back }), true],
    [
      'a rollback that failed',
      'rollback-failed',
      failed('failed', 'changed', { rollback: notBack('rollback-failed') }),
      true,
    ],
    [
      'a rollback to an image that is gone',
      'rollback-failed',
      failed('failed', 'changed', { rollback: notBack('image-before-gone') }),
      true,
    ],
    [
      'no rollback, because the image may work',
      'inconclusive',
      failed('inconclusive', 'changed', { rollback: notBack('not-determined') }),
      true,
    ],
  ])('of %s is %s', (_name, state, outcome, began) => expect(stateOf(outcome, began)).toBe(state));

  test('is one of the documented ones, each of which can occur', () =>
    expect([...new Set(rowsOfStates().map(({ state }) => state))]).toEqual([...states]));

  test('is in the schema of the report', () =>
    expect(schema.properties?.['verdict']?.properties?.['state']).toMatchObject({ enum: states }));

  test('of a step that succeeds is never one of a failure', () => {
    for (const { outcome, began } of endings) {
      const state = stateOf(outcome, began);
      const never: State[] =
        exitCodeOf(outcome) === 0
          ? ['failed', 'inconclusive', 'rolled-back', 'rollback-failed', 'cancelled']
          : ['deployed', 'unchanged', 'dry-run'];
      expect(never).not.toContain(state);
      if (outcome.kind === 'skipped') expect(skippedOf(outcome, false)).toBe(state);
      expect(skippedOf(outcome, true)).toBe('dry-run');
    }
  });
});

describe('a headline', () => {
  test('is what the heading shows: no markup is left, and no text from outside is lost', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'grapheme' }), (outside) => {
        const shown = plain(`## ✅ ${code('app')}: runs ${code(outside)} in ${text(outside)}`);
        // An invisible joiner keeps GitHub from making links; the headline is not read by it.
        const bare = plain(text(outside)).replaceAll('\u2060', '');
        expect(shown.replaceAll('\u2060', '')).toBe(`app: runs ${bare} in ${bare}`);
      }),
    ));

  const none = (): never => {
    throw new Error('a fault of the renderer');
  };

  test('is there even if the heading cannot be rendered', () => {
    expect(headlineOf(none, 'app-a', 'failed', (all) => all)).toBe('app-a: failed');
    expect(headlineOf(none, undefined, 'failed', (all) => all)).toBe('the app: failed');
  });

  test('is one line that the runner does not read as a command', () =>
    expect(headlineOf(none, '::error::x\n##[error]y', 'failed', (all) => all)).toMatch(
      /^:\u200b:error::x ##\u200b\[error]y: failed$/,
    ));

  test('has no secret', () =>
    expect(headlineOf(none, 'app-a', 'failed', (all) => all.replaceAll('app-a', '***'))).toBe('***: failed'));
});
