import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatAge, formatBytes, formatDuration, parseDuration } from '../src/lib/duration.ts';

test.each([
  ['0', 0],
  ['0s', 0],
  ['500ms', 500],
  ['20s', 20_000],
  ['2m', 120_000],
  ['1m30s', 90_000],
  ['1h', 3_600_000],
  ['24h', 86_400_000],
])('%s is %i ms', (text, expected) => expect(parseDuration(text)).toBe(expected));

test.each(['', '20', 's', '-1s', '1.5m', '1 m', '2M', '1d', '25h', '1s\n', '٣s', '9999999s', 'Infinity'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test('any text either has a length of 0 to 24 hours or none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const ms = parseDuration(text);
      if (ms !== undefined) expect(ms >= 0 && ms <= 86_400_000 && Number.isInteger(ms)).toBe(true);
    }),
  );
});

test.each([
  [640, '640 ms'],
  [4210, '4.2 s'],
  [185_000, '3 m 05 s'],
  [59_990, '1 m 00 s'],
  [7_620_000, '2 h 07 m'],
])('%i ms reads %s', (ms, expected) => expect(formatDuration(ms)).toBe(expected));

const now = Date.parse('2026-11-24T12:00:00Z');
test.each([
  ['2026-11-24T11:59:30Z', 'just now'],
  ['2026-11-24T11:55:00Z', '5 minutes ago'],
  ['2026-11-24T11:00:00Z', '1 hour ago'],
  ['2026-11-21T11:00:00Z', '3 days ago'],
  ['1970-01-01T00:00:00Z', undefined],
  ['2026-11-25T12:00:00Z', undefined],
  ['yesterday', undefined],
])('%s is %s', (created, expected) => expect(formatAge(created, now)).toBe(expected));

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_345_678, '12.3 MB'],
  [999_999_999, '1.0 GB'],
])('%i bytes read %s', (bytes, expected) => expect(formatBytes(bytes)).toBe(expected));
