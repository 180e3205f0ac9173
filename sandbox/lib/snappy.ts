/** Compresses into snappy's block format (google/snappy, format_description.txt), in which GitHub stores bundles. */
export function snappyBlock(plain: Buffer): Buffer {
  const parts: Buffer[] = [varint(plain.length)];
  const seen = new Map<number, number>();
  let from = 0;
  let at = 0;
  const literal = (end: number) => {
    for (; from < end; from = Math.min(end, from + 60))
      parts.push(
        Buffer.from([(Math.min(end - from, 60) - 1) << 2]),
        plain.subarray(from, Math.min(end, from + 60)),
      );
  };
  while (at + 4 <= plain.length) {
    const key = plain.readUInt32LE(at);
    const match = seen.get(key);
    seen.set(key, at);
    if (match === undefined || at - match > 0xffff) {
      at++;
      continue;
    }
    let length = 4;
    while (length < 64 && at + length < plain.length && plain[match + length] === plain[at + length])
      length++;
    literal(at);
    const offset = at - match;
    parts.push(Buffer.from([((length - 1) << 2) | 2, offset & 0xff, offset >> 8]));
    at += length;
    from = at;
  }
  literal(plain.length);
  return Buffer.concat(parts);
}

/** Compresses into snappy's framing format (framing_format.txt). */
export function snappyFrames(plain: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0xff, 6, 0, 0, ...Buffer.from('sNaPpY')])];
  for (let at = 0; at < plain.length; at += 65_536) {
    const piece = plain.subarray(at, at + 65_536);
    const data = snappyBlock(piece);
    const head = Buffer.alloc(8);
    head.writeUIntLE(data.length + 4, 1, 3);
    head.writeUInt32LE(checksum(piece), 4);
    parts.push(head, data);
  }
  return Buffer.concat(parts);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7f; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80);
  return Buffer.from([...bytes, left]);
}

/** CRC-32C with the format's mask. */
function checksum(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
