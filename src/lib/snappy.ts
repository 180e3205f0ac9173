/**
 * Decompresses snappy's block format (google/snappy, format_description.txt) or its framing format (framing_format.txt).
 *
 * The one small library for it, snappyjs, takes blocks alone, accepts fewer bytes than a block promises, and reads the
 * length of a literal as a signed number. The checksums of frames are not compared: what is read here is signed.
 *
 * @throws Error when the data is damaged, or more than `limit` bytes, which is known before anything is decompressed.
 */
export function readSnappy(data: Buffer, limit: number): Buffer<ArrayBuffer> {
  return data.subarray(0, streamId.length).equals(streamId)
    ? readFrames(data, limit)
    : readBlock(data, limit);
}

const streamId = Buffer.from([0xff, 6, 0, 0, ...Buffer.from('sNaPpY')]);

function damaged(what: string): never {
  throw new Error(`its snappy data ${what}`);
}

function tooLarge(length: number, limit: number): never {
  throw new Error(`its snappy data has ${length} bytes, of which at most ${limit} are read`);
}

function readFrames(data: Buffer, limit: number): Buffer<ArrayBuffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < data.length; ) {
    if (at + 4 > data.length) damaged('ends inside a chunk');
    const [type = 0, length] = [data[at], data.readUIntLE(at + 1, 3)];
    const chunk = data.subarray(at + 4, at + 4 + length);
    if (chunk.length < length) damaged('ends inside a chunk');
    at += 4 + length;
    // Padding, another beginning of the stream, and what a reader need not know.
    if (type >= 0x80) continue;
    if (type > 1) damaged(`has a chunk of unknown type ${type}`);
    if (length < 4) damaged('has a chunk without a checksum');
    const plain = type === 1 ? chunk.subarray(4) : readBlock(chunk.subarray(4), limit - size, limit);
    size += plain.length;
    if (size > limit) tooLarge(size, limit);
    parts.push(plain);
  }
  return Buffer.concat(parts);
}

function readBlock(data: Buffer, limit: number, ofAll = limit): Buffer<ArrayBuffer> {
  let at = 0;
  /** The next bytes as a number, little-endian. */
  const number = (bytes: number): number => {
    if (at + bytes > data.length) damaged('ends too early');
    at += bytes;
    return data.readUIntLE(at - bytes, bytes);
  };

  let size = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = number(1);
    size += (byte & 0x7f) * scale;
    if (size > 0xffffffff) damaged('has a length of more than 32 bits');
    if (byte < 0x80) break;
    if (scale === 128 ** 4) damaged('has a length without an end');
  }
  if (size > limit) tooLarge(size + ofAll - limit, ofAll);

  const plain = Buffer.alloc(size);
  let end = 0;
  while (at < data.length) {
    const tag = number(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = (short < 60 ? short : number(short - 59)) + 1;
      if (at + length > data.length) damaged('ends inside a literal');
      if (end + length > size) damaged('is longer than its header specifies');
      data.copy(plain, end, at, at + length);
      at += length;
      end += length;
      continue;
    }
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const offset = kind === 1 ? ((tag >> 5) << 8) + number(1) : number(kind === 2 ? 2 : 4);
    if (offset === 0 || offset > end) damaged('copies from outside of the data');
    if (end + length > size) damaged('is longer than its header specifies');
    // The two may overlap: byte by byte it repeats.
    for (const until = end + length; end < until; end++) plain[end] = plain[end - offset] ?? 0;
  }
  if (end < size) damaged('is shorter than its header specifies');
  return plain;
}
