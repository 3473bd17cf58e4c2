const BLOCK = 64;
const LENGTH_FIELD = 4;

/** Fills up to whole blocks, so that the sealed form does not tell how long a password is. */
export function pad(plaintext: Uint8Array): Uint8Array {
  const size = Math.ceil((LENGTH_FIELD + plaintext.length) / BLOCK) * BLOCK;
  const padded = Buffer.alloc(size);
  padded.writeUInt32BE(plaintext.length);
  padded.set(plaintext, LENGTH_FIELD);
  return padded;
}

/** Undefined when the bytes were not made by {@link pad}. */
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  if (padded.length < LENGTH_FIELD) return undefined;
  const length = Buffer.from(padded.buffer, padded.byteOffset, padded.length).readUInt32BE();
  if (length > padded.length - LENGTH_FIELD) return undefined;
  return padded.slice(LENGTH_FIELD, LENGTH_FIELD + length);
}
