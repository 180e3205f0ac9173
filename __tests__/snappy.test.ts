import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { snappyBlock, snappyFrames } from '../sandbox/lib/snappy.ts';
import { readSnappy } from '../src/lib/snappy.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures/attestations', name));
const bytes = (...values: number[]) => Buffer.from(values);
const text = (value: string) => Buffer.from(value);
const limit = 1024 * 1024;

describe('reads data from other programs', () => {
  const plain = fixture('called-workflow.json');

  test.each(['called-workflow.json.sn', 'called-workflow.json.framed.sn'])('%s', (name) => {
    expect(JSON.parse(readSnappy(fixture(name), limit).toString('utf8'))).toEqual(
      JSON.parse(plain.toString('utf8')),
    );
  });

  test('a block of snappyjs', () => {
    const block =
      'sQLwSnsibWVkaWFUeXBlIjoiYXBwbGljYXRpb24vdm5kLmRldi5zaWdzdG9yZS5idW5kbGUudjAuMytqc29uIiwibm90ZSI6ImFiY2FiY/4GAP4GABkGFCIsIm1vcgGaBMOp/gIANgIABCJ9';
    const json = JSON.parse(readSnappy(Buffer.from(block, 'base64'), limit).toString('utf8'));
    expect(json).toMatchObject({ note: 'abc'.repeat(48), more: 'é'.repeat(40) });
  });
});

test.each<[string, Buffer, string]>([
  ['nothing', bytes(0), ''],
  ['a literal', bytes(3, 0x08, 0x61, 0x62, 0x63), 'abc'],
  [
    'a literal whose length takes one byte',
    Buffer.concat([bytes(61, 0xf0, 60), Buffer.alloc(61, 'x')]),
    'x'.repeat(61),
  ],
  ['a literal whose length takes four bytes', bytes(2, 0xfc, 1, 0, 0, 0, 0x61, 0x62), 'ab'],
  ['a copy with an offset of one byte', bytes(5, 0x00, 0x61, 0x01, 1), 'aaaaa'],
  ['a copy with an offset of two bytes', bytes(4, 0x04, 0x61, 0x62, 0x06, 2, 0), 'abab'],
  ['a copy with an offset of four bytes', bytes(4, 0x04, 0x61, 0x62, 0x07, 2, 0, 0, 0), 'abab'],
])('a block that has %s', (_name, block, expected) =>
  expect(readSnappy(block, limit).toString()).toBe(expected),
);

test.each<[string, Buffer]>([
  ['is empty', bytes()],
  ['has half a length', bytes(0x80)],
  ['has a length of more than 32 bits', bytes(0xff, 0xff, 0xff, 0xff, 0x7f)],
  ['has a length without an end', bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80)],
  ['ends in a literal', bytes(3, 0x08, 0x61)],
  ['ends in the length of a literal', bytes(3, 0xf4, 1)],
  ['ends in a copy', bytes(5, 0x00, 0x61, 0x01)],
  ['copies from before its start', bytes(5, 0x00, 0x61, 0x01, 2)],
  ['copies from nowhere', bytes(5, 0x00, 0x61, 0x01, 0)],
  ['has more than its length', bytes(1, 0x04, 0x61, 0x62)],
  ['copies more than its length', bytes(2, 0x00, 0x61, 0x01, 1)],
  ['has less than its length', bytes(9, 0x00, 0x61)],
  ['has a literal of 4 GB', bytes(9, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x61)],
])('refuses a block that %s', (_name, block) => expect(() => readSnappy(block, limit)).toThrow(/snappy/i));

test('refuses a block that would be too large before decoding it', () => {
  const bomb = bytes(0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, 0x61);
  expect(() => readSnappy(bomb, limit)).toThrow(/4294967295 bytes.*1048576/);
  const frames = snappyFrames(Buffer.alloc(limit + 1));
  expect(() => readSnappy(frames, limit)).toThrow(/1048576/);
  expect(readSnappy(snappyFrames(Buffer.alloc(limit)), limit)).toHaveLength(limit);
});

const id = bytes(0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59);
test.each<[string, Buffer]>([
  ['ends in a chunk', Buffer.concat([id, bytes(1, 9, 0, 0, 0)])],
  ['ends in the head of a chunk', Buffer.concat([id, bytes(1, 9)])],
  ['has a chunk without a checksum', Buffer.concat([id, bytes(1, 2, 0, 0, 0, 0)])],
  ['has a chunk that must not be skipped', Buffer.concat([id, bytes(0x7f, 0, 0, 0)])],
])('refuses frames if one %s', (_name, frames) => expect(() => readSnappy(frames, limit)).toThrow(/snappy/i));

test('skips the chunks that the framing format lets a reader skip', () => {
  const padded = Buffer.concat([id, bytes(0xfe, 2, 0, 0, 9, 9), bytes(1, 5, 0, 0, 0, 0, 0, 0, 0x61)]);
  expect(readSnappy(padded, limit)).toEqual(text('a'));
});

test('reads any data that the sandbox wrote', () =>
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 90 }), fc.constant(text('abcd'.repeat(60)))), {
        maxLength: 9,
      }),
      (parts) => {
        const plain = Buffer.concat(parts);
        expect(readSnappy(snappyBlock(plain), limit)).toEqual(plain);
        expect(readSnappy(snappyFrames(plain), limit)).toEqual(plain);
      },
    ),
    { numRuns: 200 },
  ));

test('ends for any bytes, with data or an error', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (some) => {
      try {
        expect(readSnappy(Buffer.from(some), 1000).length).toBeLessThanOrEqual(1000);
      } catch (error) {
        expect(String(error)).toMatch(/snappy/i);
      }
    }),
    { numRuns: 2000 },
  ));
