import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDuration, twice } from '../src/lib/duration.ts';

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
  '%j is not a duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test('any text is a duration of 0 to 24 hours, or none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const ms = parseDuration(text);
      if (ms !== undefined) expect(ms >= 0 && ms <= 86_400_000 && Number.isInteger(ms)).toBe(true);
    }),
  );
});

test.each([
  ['20ms', '1s'],
  ['30m', '3600s'],
  ['24h', '86400s'],
])('twice %s is %s, which an input accepts', (text, expected) => {
  expect(twice(parseDuration(text) ?? 0)).toBe(expected);
  expect(parseDuration(expected)).toBeDefined();
});
