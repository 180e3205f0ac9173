/** An element of a JSON array: where it is in the array's bytes, and what was read from it. */
interface Element<T> {
  readonly start: number;
  readonly end: number;
  readonly read: T;
}

/** A JSON array, element by element. */
export interface Elements<T> {
  readonly bytes: Buffer;
  readonly list: readonly Element<T>[];
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Reads a JSON array element by element, so that a large one is never in memory as a whole. An element with the same bytes as
 * in the last array, at the same place, is not read again.
 *
 * @param read called with each other element and its place.
 * @returns undefined if the bytes are not a JSON array. @throws what `read` throws.
 */
export function readElements<T>(
  bytes: Buffer,
  last: Elements<T> | undefined,
  read: (value: unknown, place: number) => T,
): Elements<T> | undefined {
  let at = pastSpace(bytes, 0);
  if (bytes[at] !== openArray) return undefined;
  const list: Element<T>[] = [];
  at = pastSpace(bytes, at + 1);
  for (let isFirst = true; bytes[at] !== closeArray || !isFirst; isFirst = false) {
    const old = last?.list[list.length];
    const same = last !== undefined && old !== undefined && isSame(bytes, at, last.bytes, old);
    const end = same ? at + old.end - old.start : endOfValue(bytes, at);
    if (same) list.push({ start: at, end, read: old.read });
    else {
      let value: unknown;
      try {
        value = JSON.parse(bytes.toString('utf8', at, end));
      } catch {
        return undefined;
      }
      list.push({ start: at, end, read: read(value, list.length) });
    }
    at = pastSpace(bytes, end);
    if (bytes[at] === closeArray) break;
    if (bytes[at] !== comma) return undefined;
    at = pastSpace(bytes, at + 1);
  }
  return pastSpace(bytes, at + 1) === bytes.length ? { bytes, list } : undefined;
}

/** Whether these bytes are here, and end here: `1` is not the beginning of `12`. */
function isSame<T>(bytes: Buffer, at: number, old: Buffer, { start, end }: Element<T>): boolean {
  const next = at + end - start;
  if (next >= bytes.length || bytes.compare(old, start, end, at, next) !== 0) return false;
  const after = bytes[pastSpace(bytes, next)];
  return after === comma || after === closeArray;
}

function pastSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}

/** Where a value ends: before the comma or the bracket that follows it. What is wrong inside, parsing it finds. */
function endOfValue(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      for (at++; at < bytes.length && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++;
    } else if (byte === openObject || byte === openArray) depth++;
    else if (depth > 0) {
      if (byte === closeObject || byte === closeArray) depth--;
    } else if (byte === comma || byte === closeArray) return at;
  }
  return bytes.length;
}
