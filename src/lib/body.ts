import type { AnswerHeaders } from './answer-headers.ts';
import { HttpError } from './http-error.ts';

interface Body {
  readonly headers: AnswerHeaders;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/**
 * Reads a body into one buffer, each piece as it comes.
 *
 * @param where its URL, for messages. @throws HttpError when it is larger than the limit.
 */
export async function readLimited(where: string, { headers, body }: Body, limit: number): Promise<Buffer> {
  const announced = Number(headers.get('content-length') ?? 0);
  let whole = Buffer.allocUnsafe(announced > 0 && announced <= limit ? announced : 0);
  let size = 0;
  const move = (length: number) => {
    const moved = Buffer.allocUnsafe(length);
    moved.set(whole.subarray(0, size));
    release(whole);
    whole = moved;
  };
  for await (const piece of body ?? []) {
    const end = size + piece.byteLength;
    if (end > limit) throw new HttpError(where, 'too-large', `the answer is larger than ${limit} bytes`);
    if (end > whole.byteLength) move(2 * end);
    whole.set(piece, size);
    size = end;
    release(piece);
  }
  if (size !== whole.byteLength) move(size);
  return whole;
}

/** Smaller pieces are not worth the call. */
const leastReleased = 4096;

/**
 * Gives the memory of bytes back at once, if they are all of their buffer; afterwards they are empty. The collector of garbage
 * runs by the size of JavaScript's own objects, so that such buffers add up: 13 MB for each list of 3,000 machines.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  if (byteLength < leastReleased || byteLength !== buffer.byteLength || !(buffer instanceof ArrayBuffer))
    return;
  buffer.transfer?.(0);
}
