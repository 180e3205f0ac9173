import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type CheckRun, faultsOfChecks, requiredChecks } from '../../scripts/release/ci.ts';
import { read } from '../workflows.ts';

/** The names that GitHub gives the check runs of ci.yml: a job's name, with the values of its matrix. */
function namesOf(
  jobs: Record<string, { name: string; strategy?: { matrix: Record<string, unknown[]> } }>,
): string[] {
  return Object.values(jobs).flatMap(({ name, strategy }) => {
    const parts = Object.values(strategy?.matrix ?? {}).reduce<unknown[][]>(
      (all, values) => all.flatMap((each) => values.map((value) => [...each, value])),
      [[]],
    );
    return parts.map((values) => (values.length === 0 ? name : `${name} (${values.join(', ')})`));
  });
}

test('every job of ci.yml is required', () => {
  expect([...requiredChecks].sort()).toEqual(namesOf(parse(read('.github/workflows/ci.yml')).jobs).sort());
});

const run = (name: string, changes: Partial<CheckRun> = {}): CheckRun => ({
  name,
  status: 'completed',
  conclusion: 'success',
  started_at: '2026-11-26T08:00:00Z',
  app: { slug: 'github-actions' },
  ...changes,
});

test('CI has passed if every required run has succeeded, whatever the others did', () => {
  expect(
    faultsOfChecks([...requiredChecks.map((name) => run(name)), run('Other', { conclusion: 'failure' })]),
  ).toEqual([]);
});

describe('CI has not passed if a required run', () => {
  test.each<[string, CheckRun[], string]>([
    ['is absent', [], '"a" has not run'],
    ['is another app’s', [run('a', { app: { slug: 'somebody' } })], '"a" has not run'],
    ['is nobody’s', [run('a', { app: null })], '"a" has not run'],
    ['waits', [run('a', { status: 'queued', conclusion: null })], '"a" is queued'],
    ['is running', [run('a', { status: 'in_progress', conclusion: null })], '"a" is in progress'],
    ['failed', [run('a', { conclusion: 'failure' })], '"a" ended with failure'],
    ['was skipped', [run('a', { conclusion: 'skipped' })], '"a" ended with skipped'],
    [
      'failed when it was run again',
      [run('a'), run('a', { conclusion: 'failure', started_at: '2026-11-26T09:00:00Z' })],
      '"a" ended with failure',
    ],
  ])('%s', (_, runs, fault) => expect(faultsOfChecks(runs, ['a'])).toEqual([fault]));

  test('but it succeeded when it was run again', () => {
    const again = run('a', { started_at: '2026-11-26T09:00:00Z' });
    expect(faultsOfChecks([again, run('a', { conclusion: 'failure' })], ['a'])).toEqual([]);
  });
});
