import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Machine } from '../src/fly/machine.ts';
import { busyWords, changingMachine } from '../src/verify/busy.ts';
import { type CheckedMachine, compare, isFine, managed } from '../src/verify/compare.ts';
import { type Drift, driftOf, drifts, withCrash } from '../src/verify/drift.ts';
import { driftError, stillBusy } from '../src/verify/drift-errors.ts';
import type { Incomplete } from '../src/verify/observe.ts';
import { expectSentences, textWith } from './errors.ts';
import { digestOf, makeEvent, makeExit, makeMachine } from './factories.ts';

const [ours, theirs] = [digestOf('b'), digestOf('c')];
const tag = 'ghcr.io/owner/repo:main';
const meant = {
  app: 'test-battle',
  digest: ours,
  digests: [ours],
  line: 'select: commit:abc1234',
  isCurrent: false,
};

const checked = (machines: readonly Machine[]): CheckedMachine[] =>
  compare(machines, {
    app: 'test-battle',
    of: () => meant,
    release: () => undefined,
    scope: ({ group }) => group !== 'other',
    before: undefined,
  });

const on = (digest: string | undefined, changes: Partial<Machine> = {}): Machine =>
  makeMachine({ digest, configuredImage: 'ghcr.io/owner/repo@sha256:0', ...changes });
const good = on(ours);
const bad = on(theirs);
const moved = on(theirs, { configuredImage: tag });
const blank = on(undefined);
const lost: Incomplete = { kind: 'lost', ids: ['m9'] };

const of = (machines: readonly Machine[], incomplete?: Incomplete) =>
  driftOf({ machines: checked(machines), incomplete, tags: [tag] });

describe('the drift', () => {
  test.each<[string, Drift, readonly Machine[], Incomplete?]>([
    ['every machine on the image', 'none', [good, good]],
    ['machines on the image, uncounted', 'none', [good], { kind: 'uncounted' }],
    ['one on another image', 'mixed', [good, bad]],
    ['one on another image, whose tag has moved', 'mixed', [good, moved]],
    ['one on another image, and one unknown', 'mixed', [good, bad, blank]],
    ['all on another image', 'other-image', [bad, bad]],
    ['all on another image, and more that are missing', 'other-image', [bad], lost],
    ['all on what the tag named before', 'moved-tag', [moved, moved]],
    ['some on what the tag named before', 'other-image', [moved, bad]],
    [
      'a tag that was pinned',
      'moved-tag',
      [on(theirs, { configuredImage: `${tag}@sha256:${'1'.repeat(64)}` })],
    ],
    ['no machine', 'missing-machines', []],
    ['only machines that flags exclude', 'missing-machines', [on(ours, { group: 'other' })]],
    ['a machine that is lost', 'missing-machines', [good], lost],
    ['fewer than the app counts', 'missing-machines', [good], { kind: 'fewer', missing: 1 }],
    ['an unknown digest', 'unreachable', [good, blank]],
    ['an unreachable host', 'unreachable', [on(undefined, { host: 'unreachable' })]],
    [
      'containers with other images',
      'unreachable',
      [on(ours, { containers: [{ name: 'app', image: 'ghcr.io/owner/other:1' }] })],
    ],
    ['another image that flags exclude', 'none', [good, on(theirs, { group: 'other' })]],
    // Jest would pass `done` in place of an element that a row does not have.
  ])('of %s is %s', (...[, drift, machines, incomplete]) => expect(of(machines, incomplete)).toBe(drift));

  const anyMachine = fc.constantFrom(good, bad, moved, blank, on(ours, { group: 'other' }));
  const anyFleet = fc.array(anyMachine, { maxLength: 6 });

  test('is none only if every machine runs the image, and its order does not matter', () =>
    fc.assert(
      fc.property(anyFleet, fc.constantFrom(undefined, lost), (machines, incomplete) => {
        const drift = of(machines, incomplete);
        expect(drifts).toContain(drift);
        expect(of([...machines].reverse(), incomplete)).toBe(drift);
        const ours = managed(checked(machines));
        const all = ours.length > 0 && ours.every(({ runsImage }) => runsImage) && incomplete === undefined;
        expect(drift === 'none').toBe(all);
      }),
    ));

  test('has an error exactly if something is wrong, in sentences and with the line that deploys again', () =>
    fc.assert(
      fc.property(anyFleet, fc.constantFrom(undefined, lost), (machines, incomplete) => {
        const fleet = { machines: checked(machines), incomplete, tags: [tag] };
        const drift = driftOf(fleet);
        const error = driftError(drift, fleet, meant);
        expect(error === undefined).toBe(drift === 'none' && managed(fleet.machines).every(isFine));
        if (error === undefined) return;
        expectSentences(error);
        if (['mixed', 'other-image', 'moved-tag'].includes(drift)) expect(error.fix).toContain(meant.line);
      }),
    ));

  test('of the current release does not advise to check for the current release', () => {
    const fleet = { machines: checked([bad]), incomplete: undefined, tags: [] };
    expect(driftError('other-image', fleet, meant)?.fix).toContain('release:current');
    expect(driftError('other-image', fleet, { ...meant, isCurrent: true })?.fix).not.toContain('current');
  });

  test('names the machines that are lost', () => {
    const fleet = { machines: checked([good]), incomplete: lost, tags: [] };
    expect(driftError('missing-machines', fleet, meant)).toMatchObject({
      code: 'drift-missing-machines',
      found: textWith('1 machine', 'm9'),
    });
  });
});

describe('a process that ended', () => {
  const [start, crash] = [makeEvent('start', 1), makeExit(2, 1)];
  test.each<[string, Partial<Machine>, string | undefined]>([
    ['and was not started again', { state: 'stopped', events: [crash, start] }, 'exited'],
    ['before its last start', { state: 'stopped', events: [makeEvent('start', 3), crash, start] }, undefined],
    ['of a machine that runs again', { events: [crash, start] }, undefined],
    ['on request', { state: 'stopped', events: [makeExit(2, 1, { requested: true }), start] }, undefined],
    ['well', { state: 'stopped', events: [makeExit(2, 0), start] }, undefined],
    ['of a machine without a start', { state: 'stopped', events: [crash] }, undefined],
  ])('%s', (_name, changes, kind) => {
    const [machine] = checked([on(ours, changes)]).map(withCrash);
    expect(machine?.failure?.kind).toBe(kind);
  });
});

describe('a deploy in progress', () => {
  const now = 10 * 3_600_000;
  const recently = [makeEvent('update', now - 1000)];
  const state = (state: string, changes: Partial<Machine> = {}) =>
    on(ours, { state, events: recently, ...changes });
  test.each<[string, readonly Machine[], string | undefined]>([
    ['a machine that is replaced', [good, state('replacing')], 'replacing'],
    ['a machine that was created', [state('created')], 'created'],
    ['a standby', [state('created', { startsLater: true })], undefined],
    ['a machine that starts on the image', [state('starting')], undefined],
    ['a machine that starts beside another image', [bad, state('starting')], 'starting'],
    ['a machine that got stuck', [state('replacing', { events: [makeEvent('update', 1)] })], undefined],
    ['a machine that flags exclude', [state('replacing', { group: 'other' })], undefined],
  ])('is shown by %s', (_name, machines, expected) => {
    const busy = changingMachine(checked(machines), now);
    expect(busy?.kind === 'machine' ? busy.state : undefined).toBe(expected);
    if (busy !== undefined) expectSentences(stillBusy(busy, 2000, 0));
  });

  test('is described by what shows it', () => {
    expect(busyWords({ kind: 'release', version: 5, status: 'running' })).toBe('Release v5 is running');
    expect(busyWords({ kind: 'lease', id: 'm1', region: 'fra' })).toContain('m1');
  });
});
