import { describe, expect, test } from '@jest/globals';
import type { Log } from '../src/github/log.ts';
import { UserError } from '../src/lib/user-error.ts';
import { Facts, type Results } from '../src/report/facts.ts';
import { exitCodeOf, type Outcome } from '../src/report/outcome.ts';
import { publish } from '../src/report/publish.ts';
import type { Runtime } from '../src/runtime.ts';
import { textWith } from './errors.ts';
import { makeMachine, makeRuntime, stoppedClock } from './factories.ts';
import { faultsOfReport } from './report-schema.ts';

const clock = { ...stoppedClock(), every: () => () => {} };
const fine = { runsImage: true, verifiedContainers: [], excluded: false };
const checks = { failure: undefined, waitingFor: undefined, supersededBy: undefined, unknown: undefined };
const verified: Outcome = {
  kind: 'deployed',
  release: { id: 'r7', version: '7' },
  fleet: [{ ...makeMachine(), ...fine, ...checks }],
};
const failed: Outcome = {
  kind: 'failed',
  as: 'failed',
  at: 'Deploy',
  error: new UserError({ code: 'flyctl-failed', found: 'a', expected: 'b', fix: 'c' }),
};

const quiet = { warning: () => {}, error: () => {}, debug: () => {} };

/** Reports a run while parts of the runtime fail, and returns what was reported anyway. */
async function report(outcome: Outcome, broken: Partial<Runtime>, facts = new Facts(clock)) {
  const shown: string[] = [];
  const show = (level: string) => (text: string) => void shown.push(`${level}: ${text.split('\n')[0]}`);
  const log = {
    warning: show('warning'),
    error: show('error'),
    debug: () => {},
    hide: (text: string) => text,
  } as Partial<Log> as Log;
  let outputs: Readonly<Record<string, string>> = {};
  let summary = '';
  const runtime = makeRuntime({
    env: { GITHUB_REPOSITORY: 'owner/repo' },
    input: () => '',
    readFile: () => undefined,
    fetch: () => Promise.reject(new Error('nobody is asked')),
    run: () => Promise.reject(new Error('nothing is run')),
    clock,
    log,
    writeOutputs: (written) => {
      outputs = written;
    },
    writeSummary: async (markdown) => {
      summary = markdown;
    },
    ...broken,
  });
  await publish(runtime, facts, outcome);
  return { shown, outputs, summary };
}

const refuse = () => {
  throw new Error('read-only file system');
};

test('an unexpected error has a state, a headline and a valid report', async () => {
  let written = '';
  const write = (name: string, text: string) => {
    written = text;
    return `/temp/${name}`;
  };
  const outcome: Outcome = { kind: 'failed', as: 'failed', at: 'Deploy', error: new Error('a bug') };
  const facts = new Facts(clock);
  facts.keep('deployStartedAt', 0);
  const { outputs } = await report(outcome, { reports: { write, remove: () => {} } }, facts);
  expect(outputs).toMatchObject({ state: 'inconclusive', report: '/temp/unknown_app.json' });
  expect(outputs['headline']).toMatch(/^the app: /);
  const parsed = JSON.parse(written);
  expect(faultsOfReport(parsed)).toEqual([]);
  expect(parsed.verdict.errors).toEqual([expect.objectContaining({ code: null, found: textWith('a bug') })]);
});

test('if the other outputs cannot be made, those of a notification are written anyway', async () => {
  const facts = new Facts(clock);
  facts.keep('url', 7 as unknown as string);
  const hide = (text: string) => text.replace('', '');
  const log = { ...quiet, hide } as Partial<Log> as Log;
  const { outputs } = await report(verified, { log }, facts);
  expect(Object.keys(outputs).sort()).toEqual(['headline', 'report', 'report-vsa', 'state']);
});

describe.each([
  ['a verified deploy', verified, 0, []],
  ['a failed one', failed, 1, ['error: a']],
] as const)('%s', (_name, outcome, status, annotations) => {
  test('whose summary cannot be written keeps its result', async () => {
    const { shown, outputs } = await report(outcome, { writeSummary: async () => refuse() });
    expect(shown).toEqual([...annotations, textWith('warning: ', 'summary', 'read-only file system')]);
    expect(outputs['verified']).toBe(String(status === 0));
    expect(exitCodeOf(outcome)).toBe(status);
  });

  test('whose outputs cannot be written keeps its result and its summary', async () => {
    const { shown, summary } = await report(outcome, { writeOutputs: refuse });
    expect(shown).toEqual([...annotations, textWith('warning: ', 'outputs', 'read-only file system')]);
    expect(summary).toMatch(/^## /);
    expect(exitCodeOf(outcome)).toBe(status);
  });

  test('whose summary cannot be rendered keeps its result and its outputs', async () => {
    const facts = new Facts(clock);
    const image = {
      get repository(): never {
        throw new Error('a fault of the renderer');
      },
      reference: { host: 'ghcr.io', path: 'owner/repo', tag: 'main-abc1234' },
      digest: 'sha256:abc',
      digests: ['sha256:abc'],
      size: 1,
    };
    facts.keep('image', image as unknown as Results['image']);
    const { shown, outputs, summary } = await report(outcome, {}, facts);
    expect(shown).toEqual([...annotations, textWith('warning: ', 'summary', 'a fault of the renderer')]);
    expect([outputs['digest'], summary]).toEqual(['sha256:abc', '']);
    expect(exitCodeOf(outcome)).toBe(status);
  });
});
