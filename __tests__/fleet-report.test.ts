import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FleetEnd, type FleetRow, fleetReport, mostOfReports } from '../src/fleet/merged.ts';
import type { AppReport, NoReport } from '../src/fleet/reports.ts';
import { type Ending, without } from '../src/fleet/result.ts';
import { type State, states } from '../src/report/states.ts';
import { drifts } from '../src/verify/drift.ts';
import { faultsOfFleetReport, fleetSchema, schema } from './report-schema.ts';

const endings: readonly Ending[] = [
  ...(['verified', 'not-verified', 'skipped', 'rolled-back', 'failed', 'cancelled', 'missing'] as const),
];
const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 900, maxLength: 1024 }));
const none = fc.record({
  kind: fc.constantFrom('missing', 'broken', 'other'),
  words: fc.string({ minLength: 1 }),
}) satisfies fc.Arbitrary<NoReport>;
/** What is in the file of an app, and whether that is known without reading it. */
const reports = fc.oneof(
  fc.json().map((json): AppReport => ({ kind: 'found', text: `{"version":1,"x":${json}}` })),
  none,
);
const found = fc.tuple(reports, fc.boolean()).map(([own, later]) => ({
  own,
  report: own.kind !== 'found' && !later ? own : ({ kind: 'unread', read: () => own } as const),
}));
type Row = FleetRow & { readonly own: AppReport };
const rows: fc.Arbitrary<Row[]> = fc.array(
  fc
    .record({
      result: fc
        .record({
          ending: fc.constantFrom(...endings),
          app: fc.string({ minLength: 1 }),
          file: texts,
          ...{ why: texts, headline: texts, skipped: texts, image: texts, digest: texts },
          ...{ previousDigest: texts, releaseVersion: texts, url: texts },
          attempt: fc.integer({ min: 1, max: 9 }),
          drift: fc.constantFrom(undefined, ...drifts),
          machines: fc.constantFrom(undefined, { all: 2, right: 1, others: new Map(), omitted: 3 }),
        })
        .map((facts) => ({ ...without('', 'missing'), ...facts })),
      state: fc.constantFrom<State | ''>('', ...states),
      found,
    })
    .map(({ found: report, ...row }) => ({ ...row, ...report })),
  { maxLength: 12 },
);
const end: FleetEnd = {
  ...{ mode: 'deploy', attempt: 1, image: '', digest: '' },
  ...{ state: 'failed', headline: 'x' },
};

const isFine = ({ result }: Row) => ['verified', 'skipped'].includes(result.ending);
const sizeOf = ({ own }: Row) => (own.kind === 'found' ? Buffer.byteLength(own.text) : 0);
const sum = (some: readonly Row[]) => some.reduce((all, row) => all + sizeOf(row), 0);

describe('the merged report of any apps', () => {
  test('is valid, has them in their order, and does not exceed the room for reports', () => {
    fc.assert(
      fc.property(rows, fc.nat(200), (list, room) => {
        const { text, reports: left } = fleetReport(end, list, [], room);
        const merged = JSON.parse(text);
        expect(faultsOfFleetReport(merged)).toEqual([]);
        expect(merged.apps.map((each: { app: string }) => each.app)).toEqual(
          list.map(({ result }) => result.app),
        );
        const kept = list.filter((_, n) => merged.apps[n].report !== null);
        expect(sum(kept)).toBeLessThanOrEqual(room);
        for (const [n, { own, state }] of list.entries()) {
          const { report, 'report-missing': missing, state: shown } = merged.apps[n];
          expect([shown ?? '', missing?.kind ?? 'found']).toEqual([state, left[n]?.kind]);
          if (own.kind === 'found' && report !== null) expect(report).toEqual(JSON.parse(own.text));
          if (sum(list) <= room) expect(left[n]?.kind).toBe(own.kind);
          // One that was not read is omitted, too.
          else expect([own.kind, 'omitted']).toContain(left[n]?.kind);
        }
        // A report of an app without a problem is never there instead of one of an app with a problem.
        const omitted = list.filter((row, n) => row.own.kind === 'found' && merged.apps[n].report === null);
        if (omitted.some((row) => !isFine(row))) expect(kept.filter(isFine)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('is limited, also of the most apps with the longest texts', () => {
    const long = '\u0001'.repeat(2000);
    const row: FleetRow = {
      result: {
        ...without('a'.repeat(63), 'failed', long),
        ...{ headline: long, skipped: long, image: long, digest: long, url: long },
        ...{ previousDigest: long, releaseVersion: long, file: 'x', attempt: 1 },
      },
      state: 'failed',
      report: { kind: 'broken', words: long },
    };
    const { text } = fleetReport(end, Array(512).fill(row), Array(1000).fill(long));
    expect(text.length).toBeLessThan(mostOfReports);
    expect(JSON.parse(text).warnings).toMatchObject({ omitted: 900 });
  });

  test('has the words of the report of one app', () => {
    const { verdict } = schema.properties ?? {};
    const of = (name: string) => fleetSchema.properties?.['apps']?.items?.properties?.[name]?.['enum'];
    expect(fleetSchema.properties?.['state']).toMatchObject({ enum: states });
    expect([of('result'), of('state'), of('drift')]).toEqual([
      ...[endings, [...states, null]],
      verdict?.properties?.['drift']?.['enum'],
    ]);
  });
});
