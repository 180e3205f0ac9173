import { expect, test } from '@jest/globals';
import { cancellable } from '../src/deploy/cancel.ts';
import { surplusWords } from '../src/deploy/surplus.ts';
import { Facts } from '../src/report/facts.ts';
import { outputsOf } from '../src/report/outputs.ts';
import { compare } from '../src/verify/compare.ts';
import { digestOf, makeMachine, makeRuntime, stoppedClock } from './factories.ts';

test('names surplus machines with the command that destroys them', () => {
  const words = surplusWords('a', { group: 'app', before: 2, now: 3, ids: ['m3'] });
  expect(words).toContain('fly machine destroy --force -a a m3');
});

test('does not print that command if the new machines could have replaced the earlier ones', () => {
  // bluegreen has replaced both, and the app was scaled.
  const words = surplusWords('a', { group: 'app', before: 2, now: 3, ids: ['m3', 'm4', 'm5'] });
  expect(words).toContain('m3, m4, m5');
  expect(words).not.toContain('destroy');
});

test('reports the release of the machines that the deploy is for', () => {
  const digest = digestOf('a');
  const [mine, other] = [
    makeMachine({ id: 'm1', digest, releaseVersion: '7' }),
    makeMachine({ id: 'm2', digest, region: 'sin', releaseVersion: '6' }),
  ];
  const fleet = compare([mine, other], {
    app: 'a',
    of: () => ({ digest, digests: [digest] }),
    release: () => undefined,
    scope: ({ region }) => region === 'fra',
    before: [],
  });
  const facts = new Facts(stoppedClock());
  const { deployed, 'release-version': version } = outputsOf(
    facts,
    {
      kind: 'deployed',
      release: undefined,
      fleet,
    },
    (text) => text,
  );
  expect([deployed, version]).toEqual(['true', '7']);
});

test('does not start flyctl after a cancel', async () => {
  const cancel = new AbortController();
  let started = 0;
  const exit = { status: 0, signal: undefined, stdout: '', errorTail: '', timedOut: false, stopped: false };
  const { rt } = cancellable(
    makeRuntime({
      env: {},
      input: () => '',
      readFile: () => undefined,
      fetch: () => Promise.reject(new Error('no network')),
      clock: { ...stoppedClock(), every: () => () => {} },
      log: undefined as never,
      cancelled: cancel.signal,
      run: async () => {
        started++;
        return exit;
      },
    }),
  );
  await rt.run('flyctl', [], {}, 1);
  cancel.abort('SIGINT');
  await expect(rt.run('flyctl', [], {}, 1)).rejects.toThrow();
  expect(started).toBe(1);
});
