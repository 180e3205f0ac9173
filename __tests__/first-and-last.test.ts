import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstAndLast } from '../src/lib/first-and-last.ts';

test('keeps the first half and the newest, and counts the others', () =>
  fc.assert(
    fc.property(fc.nat(60), (count) => {
      const list = firstAndLast<number>(10);
      const all = Array.from({ length: count }, (_, n) => n);
      for (const n of all) list.add(n);
      expect(list.kept).toEqual(count <= 10 ? all : [...all.slice(0, 5), ...all.slice(-5)]);
      expect(list.omitted).toBe(Math.max(0, count - 10));
    }),
  ));
