import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Machine } from '../src/fly/machine.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { shortDigest } from '../src/registry/reference.ts';
import { busyWords, changingMachine } from '../src/verify/busy.ts';
import { type CheckedMachine, compare, isFine, managed } from '../src/verify/compare.ts';
import { type Drift, driftOf, drifts, withCrash } from '../src/verify/drift.ts';
import { driftError, type Meant, stillBusy } from '../src/verify/drift-errors.ts';
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
    expect(driftError('other-image', fleet, { ...meant, isCurrent: true })?.fix).toMatch(/`mode: verify`\.$/);
  });

  test('names the machines that are lost', () => {
    const fleet = { machines: checked([good]), incomplete: lost, tags: [] };
    expect(driftError('missing-machines', fleet, meant)).toMatchObject({
      code: 'drift-missing-machines',
      found: textWith('1 machine', 'm9'),
    });
  });
});

describe('the error of a drift', () => {
  const many = (count: number, of: Machine) =>
    Array.from({ length: count }, (_, n) => ({ ...of, id: `x${n}` }));
  const [m1, m2, m3] = ['m1', 'm2', 'm3'].map((id) => ({ id }));
  const errorOf = (machines: readonly Machine[], incomplete?: Incomplete, changes: Partial<Meant> = {}) => {
    const fleet = { machines: checked(machines), incomplete, tags: [tag, 'registry.fly.io/test-battle:x'] };
    const error = driftError(driftOf(fleet), fleet, { ...meant, ...changes });
    if (error === undefined) throw new Error('there is no error');
    expectSentences(error);
    return error;
  };
  const list = 'fly machine list -a test-battle';

  test.each<[string, Machine[], Incomplete | undefined, ErrorCode, string[]]>([
    [
      'of one machine of two',
      [
        { ...good, ...m1 },
        { ...bad, ...m2 },
      ],
      undefined,
      'drift-mixed',
      ['1 of 2 machines', 'does', 'machine m2 in fra'],
    ],
    [
      'of two machines of three',
      [{ ...bad, ...m1 }, good, { ...moved, ...m3 }],
      undefined,
      'drift-mixed',
      ['2 of 3 machines', 'do not', 'machine m1', 'machine m3'],
    ],
    [
      'of all machines',
      [
        { ...bad, ...m1 },
        { ...moved, ...m2 },
        { ...blank, ...m3 },
      ],
      undefined,
      'drift-other-image',
      ['No machine', 'machine m1', 'machine m2'],
    ],
    [
      'of all machines, by their tag',
      [
        { ...moved, ...m1 },
        { ...blank, ...m2 },
      ],
      undefined,
      'drift-moved-tag',
      [tag, 'machine m1'],
    ],
    ['without a machine', [], undefined, 'drift-missing-machines', ['no machine']],
    [
      'with only machines that flags exclude',
      [on(theirs, { group: 'other' }), on(theirs, { group: 'other' })],
      undefined,
      'drift-missing-machines',
      ['`flags` excludes all 2 machines of app "test-battle".'],
    ],
    [
      'with a lost machine',
      [good, good],
      { kind: 'lost', ids: ['x1'] },
      'drift-missing-machines',
      ['lists 2 machines', 'no longer x1,', 'destroyed it'],
    ],
    [
      'with lost machines',
      [good],
      { kind: 'lost', ids: ['x1', 'x2'] },
      'drift-missing-machines',
      ['lists 1 machine ', 'no longer x1, x2,', 'destroyed them'],
    ],
    [
      'with fewer machines',
      [good],
      { kind: 'fewer', missing: 3 },
      'drift-missing-machines',
      ['lists 1 machine ', 'counts 3 more'],
    ],
    [
      'of what is not known',
      [good, { ...blank, ...m2 }],
      undefined,
      'machines-digest-unknown',
      ['What 1 of 2 machines', 'runs', 'machine m2'],
    ],
    [
      'of what is not known of several',
      [
        { ...blank, ...m1 },
        { ...blank, ...m2, host: 'unreachable' },
      ],
      undefined,
      'machines-unreachable',
      ['What 2 of 2 machines', ' run ', 'machine m1', 'machine m2'],
    ],
    [
      'of a machine that is unhealthy',
      [good, { ...good, ...m2, state: 'starting' }],
      undefined,
      'machines-unhealthy',
      ['1 of 2 machines', 'runs the image and is', 'machine m2'],
    ],
    [
      'of machines that are unhealthy',
      ['m1', 'm2'].map((id) => on(ours, { id, state: 'starting' })),
      undefined,
      'machines-unhealthy',
      ['2 of 2 machines', 'run the image and are', 'machine m1', 'machine m2'],
    ],
  ])('%s', (_name, machines, incomplete, code, facts) => {
    const error = errorOf(machines, incomplete);
    expect([error.code, error.found]).toEqual([code, textWith(...facts)]);
    if (!error.found.includes('no machine that'))
      expect(error.found).toMatch(/machines? (?:of|is)|app "test-battle"/);
  });

  test('names the tag that the machines were given, in the registry that they have it from', () => {
    const copy = 'registry.fly.io/test-battle:x';
    const copied = { ...moved, configuredImage: `${copy}@sha256:1` };
    const given = (...machines: Machine[]) => errorOf(machines).found.split(',')[0];
    expect(given(moved)).toMatch(new RegExp(`were given ${tag}$`));
    expect(given(copied)).toMatch(new RegExp(`were given ${copy}$`));
    expect(given(copied, moved)).toMatch(new RegExp(`were given ${tag} or ${copy}$`));
  });

  test('lists only the machines that the error is about', () => {
    expect(
      errorOf([
        { ...good, ...m1 },
        { ...bad, ...m2 },
        { ...blank, ...m3 },
      ]).found,
    ).not.toMatch(/m1|m3/);
    expect(
      errorOf([
        { ...bad, ...m2 },
        { ...blank, ...m3 },
      ]).found,
    ).not.toContain('m3');
    expect(
      errorOf([
        { ...moved, ...m2 },
        { ...blank, ...m3 },
      ]).found,
    ).not.toContain('m3');
    expect(
      errorOf([
        { ...good, ...m1 },
        { ...blank, ...m3 },
      ]).found,
    ).not.toContain('m1');
    expect(
      errorOf([
        { ...good, ...m1 },
        { ...good, ...m2, state: 'starting' },
      ]).found,
    ).not.toContain('m1');
    const ids = Array.from({ length: 25 }, (_, n) => `x${n}`);
    const { found } = errorOf([good], { kind: 'lost', ids });
    expect(found).toContain('x19,');
    expect(found).not.toContain('x20');
    expect(errorOf(many(25, bad)).found).toContain('and 5 more');
  });

  test.each<[string, Machine[], Incomplete | undefined, string[]]>([
    ['of one machine', [good, bad], undefined, [meant.line, 'fly releases -a test-battle']],
    ['of all machines', [bad], undefined, [meant.line, 'release:current']],
    ['of all machines, by their tag', [moved], undefined, [meant.line, 'release:current']],
    ['without a machine', [], undefined, [list, meant.line]],
    [
      'without one that flags leave',
      [on(theirs, { group: 'other' })],
      undefined,
      ['`--regions`', 'or `--process-groups`', list],
    ],
    ['with a lost machine', [good], lost, [list]],
    [
      'of what is not known',
      [{ ...blank, ...m2, host: 'unreachable' }],
      undefined,
      ['status m2 -a test-battle'],
    ],
    [
      'of a machine that is unhealthy',
      [good, { ...good, ...m2, state: 'starting' }],
      undefined,
      ['-a test-battle -i m2'],
    ],
  ])('%s has a remedy', (_name, machines, incomplete, facts) =>
    expect(errorOf(machines, incomplete).fix).toEqual(textWith(...facts)),
  );

  test('of flags that exclude every machine advises to correct them instead of a deploy', () => {
    const { found, fix } = errorOf([on(theirs, { group: 'other' })]);
    expect(found).toBe('`flags` excludes the only machine of app "test-battle".');
    expect(fix).not.toContain(meant.line);
  });

  test('says what was expected', () => {
    const digest = shortDigest(ours);
    const one = { ...good, state: 'starting' };
    for (const machines of [[good, bad], [bad], [moved], [blank], [one]])
      expect(errorOf(machines).expected).toEqual(textWith('very machine', digest));
    expect(errorOf([]).expected).toEqual(textWith('At least one machine'));
    expect(errorOf([good], lost).expected).toEqual(textWith('all machines'));
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
    ['and was reverted', { state: 'stopped', events: [makeEvent('revert', 3), start] }, undefined],
    [
      'of a machine whose start is not known',
      { state: 'stopped', events: [crash, makeEvent('update', 1)] },
      undefined,
    ],
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

  test.each([
    [60_000, '120s'],
    [1000, '2s'],
    [0, '2s'],
  ])('that does not end within %i is an error that advises to wait for %s', (patience, longer) =>
    expect(stillBusy({ kind: 'release', version: 5, status: 'running' }, 4000, patience)).toMatchObject({
      code: 'drift-busy',
      found: textWith('4.0 s', 'Release v5 is running.'),
      fix: textWith(`health-timeout: ${longer}`),
      input: 'health-timeout',
    }),
  );

  test('is described by what shows it', () => {
    expect(busyWords({ kind: 'release', version: 5, status: 'running' })).toBe('Release v5 is running');
    expect(busyWords({ kind: 'lease', id: 'm1', region: 'fra' })).toContain('m1');
  });
});
