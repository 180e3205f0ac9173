import { expect, test } from '@jest/globals';
import { counted, formatAge, formatBytes, formatDuration } from '../src/lib/format.ts';

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
  ['2013-06-01T12:00:00Z', '4924 days ago'],
  ['1970-01-01T00:00:00Z', undefined],
  ['2026-11-25T12:00:00Z', undefined],
  ['yesterday', undefined],
])('%s is %s', (created, expected) => expect(formatAge(created, now)).toBe(expected));

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_345_678, '12.3 MB'],
  [123_456_789, '123 MB'],
  [999_999_999, '1.0 GB'],
  [2e15, '2000 TB'],
])('%i bytes read %s', (bytes, expected) => expect(formatBytes(bytes)).toBe(expected));

test.each([
  [0, '0 machines'],
  [1, '1 machine'],
  [2, '2 machines'],
])('%i of them are %s', (count, expected) => expect(counted(count, 'machine')).toBe(expected));
