/**
 * The few kinds of values that certificates consist of, in the encoding they are written in. Source: ITU-T X.690,
 * "Distinguished Encoding Rules".
 */
function value(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const der = {
  boolean: (yes: boolean) => value(0x01, Buffer.from([yes ? 0xff : 0])),
  /** A number that is not negative, from its bytes. */
  integer: (bytes: Uint8Array) => value(0x02, Number(bytes[0]) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes])),
  bits: (bytes: Uint8Array, unused = 0) => value(0x03, Buffer.concat([Buffer.of(unused), bytes])),
  octets: (bytes: Uint8Array) => value(0x04, bytes),
  nothing: () => value(0x05, Buffer.alloc(0)),
  objectId: (dotted: string) => value(0x06, objectIdBytes(dotted)),
  text: (text: string) => value(0x0c, Buffer.from(text, 'utf8')),
  /** Years are written with two digits before 2050 and with four from then on, as certificates must have it. */
  time: (date: Date) => {
    const digits = `${date.toISOString().replaceAll(/\D/g, '').slice(0, 14)}Z`;
    return date.getUTCFullYear() < 2050 ? value(0x17, Buffer.from(digits.slice(2))) : value(0x18, Buffer.from(digits));
  },
  sequence: (...parts: readonly Uint8Array[]) => value(0x30, Buffer.concat(parts)),
  set: (...parts: readonly Uint8Array[]) => value(0x31, Buffer.concat(parts)),
  /** A value under a number of its own, which stands for what it means; `wrapped` when it consists of values. */
  numbered: (number: number, content: Uint8Array, wrapped: boolean) => value((wrapped ? 0xa0 : 0x80) | number, content),
};

function objectIdBytes(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return Buffer.from([first * 40 + second, ...rest.flatMap(inSevens)]);
}

/** Seven bits to a byte, the highest first; every byte but the last is marked. */
function inSevens(number: number): number[] {
  const bytes = [number & 0x7f];
  for (let left = number >> 7; left > 0; left >>= 7) bytes.unshift(0x80 | (left & 0x7f));
  return bytes;
}

/** The values that a value consists of, each one whole. */
export function partsOf(encoded: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  const whole = contentOf(encoded);
  for (let rest = whole; rest.length > 0; ) {
    const { start, length } = measure(rest);
    parts.push(rest.subarray(0, start + length));
    rest = rest.subarray(start + length);
  }
  return parts;
}

export function contentOf(encoded: Buffer): Buffer {
  const { start, length } = measure(encoded);
  return encoded.subarray(start, start + length);
}

function measure(encoded: Buffer): { start: number; length: number } {
  const first = Number(encoded[1]);
  if (first < 0x80) return { start: 2, length: first };
  const bytes = first & 0x7f;
  return { start: 2 + bytes, length: encoded.readUIntBE(2, bytes) };
}
