const BITS = 160;
const SHIFT = 11;

/**
 * The hash that OneDrive and SharePoint show for every file.
 * Microsoft documentation: "Code snippets: QuickXorHash algorithm": each byte is combined by exclusive or into a ring of
 * 160 bits, 11 bits further on every time, and the length into the last 64 bits.
 */
export function quickXorHash(bytes: Buffer): string {
  const ring = Buffer.alloc(BITS / 8);
  let position = 0;
  for (const byte of bytes) {
    const index = position >> 3;
    const shifted = byte << (position & 7);
    const next = index + 1 === ring.length ? 0 : index + 1;
    ring[index] = (ring[index] ?? 0) ^ (shifted & 0xff);
    ring[next] = (ring[next] ?? 0) ^ (shifted >> 8);
    position += SHIFT;
    if (position >= BITS) position -= BITS;
  }
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  for (const [index, byte] of length.entries()) ring[12 + index] = (ring[12 + index] ?? 0) ^ byte;
  return ring.toString('base64');
}
