import { createGunzip, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLimited, release } from '../src/lib/body.ts';
import type { HttpError } from '../src/lib/http-error.ts';

async function* piecesOf(pieces: readonly Uint8Array[]) {
  yield* pieces;
}

const read = (pieces: readonly Uint8Array[], { announced = '', limit = 1e6 } = {}) =>
  readLimited(
    'https://host.example/',
    { headers: new Headers(announced === '' ? {} : { 'content-length': announced }), body: piecesOf(pieces) },
    limit,
  );

describe('a body', () => {
  const bytes = fc.uint8Array({ maxLength: 50 });
  test('is its pieces, whatever length the answer announces', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(bytes),
        fc.oneof(fc.nat(500).map(String), fc.constantFrom('', '-1', 'NaN', '1e9', '0x10')),
        async (pieces, announced) => {
          const whole = Buffer.concat(pieces);
          expect(Buffer.compare(await read(pieces, { announced }), whole)).toBe(0);
        },
      ),
    ));

  test('of no answer is empty', async () =>
    expect(await readLimited('', { headers: new Headers(), body: null }, 1)).toHaveLength(0));

  test('can be as long as the limit, and no longer', async () => {
    const pieces = [new Uint8Array(5), new Uint8Array(5)];
    expect(await read(pieces, { limit: 10 })).toHaveLength(10);
    for (const announced of ['', '10', '5', '99999999999'])
      await expect(read(pieces, { limit: 9, announced })).rejects.toMatchObject({
        kind: 'too-large',
      } satisfies Partial<HttpError>);
  });

  test('does not keep the memory of large pieces', async () => {
    const piece = new Uint8Array(64 * 1024).fill(7);
    const body = await read([piece]);
    expect([body.length, body.at(-1), piece.length]).toEqual([64 * 1024, 7, 0]);
  });
});

test('a packed body is whole', async () => {
  // Larger than the pieces in which it is unpacked, with different bytes in each.
  const whole = Buffer.from(Array.from({ length: 100_000 }, (_, n) => `${n},`).join(''));
  const unpacked = createGunzip();
  unpacked.end(gzipSync(whole));
  const body = await readLimited('', { headers: new Headers(), body: unpacked }, 1e6);
  expect(Buffer.compare(body, whole)).toBe(0);
});

test('releases only bytes that are all of their buffer', () => {
  const [whole, small] = [new Uint8Array(8192), new Uint8Array(16)];
  const part = new Uint8Array(new ArrayBuffer(16_384), 0, 8192);
  const common = new Uint8Array(new SharedArrayBuffer(8192));
  for (const each of [whole, small, part, common]) release(each);
  expect([whole, small, part, common].map(({ byteLength }) => byteLength)).toEqual([0, 16, 8192, 8192]);
});
