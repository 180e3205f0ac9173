import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Elements, readElements } from '../src/lib/json-elements.ts';

const read = <T = unknown>(text: string, last?: Elements<T>, take = (value: unknown) => value as T) =>
  readElements(Buffer.from(text), last, take);
const valuesOf = <T>(elements: Elements<T> | undefined) => elements?.list.map((each) => each.read);

/** What JSON.parse makes of a text, if that is an array. */
function parsed(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

describe('an array that is read element by element', () => {
  test('is the array that JSON.parse reads', () =>
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 1, '\t', '\r\n '), (array, space) => {
        const text = JSON.stringify(array, undefined, space).replaceAll('\n', space === 0 ? '' : '\n');
        expect(valuesOf(read(text))).toEqual(JSON.parse(text));
      }),
    ));

  // Characters that decide where an element ends, and some that do not.
  const texts = fc.string({ unit: fc.constantFrom(...'[]{},:"\\ \n1a', 'ä', '\u{1f4a9}', 'null', '"a"') });
  test('is refused where JSON.parse refuses it, or finds no array', () =>
    fc.assert(
      fc.property(texts, (text) => {
        for (const each of [text, `[${text}]`]) expect(valuesOf(read(each))).toEqual(parsed(each));
      }),
      { numRuns: 2000 },
    ));

  test.each([
    '',
    '{}',
    '[1',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1]]',
    '[1],',
    '["]',
    '["\\"]',
    '[{]}]',
    '\ufeff[]',
    '[]x',
  ])('%j is none', (text) => expect(read(text)).toBeUndefined());

  test('is the same whatever was read before', () =>
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), texts, (one, other, text) => {
        const last = read(JSON.stringify(one));
        const changed = [...one.slice(0, 2), ...other, ...one.slice(2)];
        for (const next of [JSON.stringify(changed), `[${text}]`])
          expect(valuesOf(read(next, last))).toEqual(parsed(next));
      }),
    ));
});

test('reads only the elements whose bytes differ from those at the same place before', () => {
  const asked: unknown[] = [];
  const take = (value: unknown) => {
    asked.push(value);
    return [value];
  };
  const first = read('[ {"a":1},2,"x",3]', undefined, take);
  asked.length = 0;
  const second = read('[{"a":1},22,"x",3, 4]', first, take);
  expect(asked).toEqual([22, 4]);
  expect(valuesOf(second)).toEqual([[{ a: 1 }], [22], ['x'], [3], [4]]);
  expect(second?.list[0]?.read).toBe(first?.list[0]?.read);
});
