const HEADER_LENGTH = 16;
const COUNT_OFFSET = 8;
const ENTRY_LENGTH = 48;
const TIME_OFFSET = 8;
/** Attribute id of `unicodePwd` in the schema (MS-ADA3). */
const UNICODE_PWD = 0x9005a;
const TICKS_A_SECOND = 10_000_000n;

/**
 * When the password was last written, as a FILETIME, from `replPropertyMetaData` (MS-DRSR 5.170): for accounts whose
 * `pwdLastSet` says "must change" instead of a time. The stamp knows whole seconds; the end of its second is given, so
 * that it is not before a `pwdLastSet` of the same second.
 */
export function passwordWrittenAt(metadata: Uint8Array): bigint | undefined {
  const bytes = Buffer.from(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  if (bytes.length < HEADER_LENGTH) return undefined;
  const count = bytes.readUInt32LE(COUNT_OFFSET);
  for (let index = 0; index < count; index += 1) {
    const offset = HEADER_LENGTH + index * ENTRY_LENGTH;
    if (offset + ENTRY_LENGTH > bytes.length) return undefined;
    if (bytes.readUInt32LE(offset) === UNICODE_PWD) {
      return (bytes.readBigUInt64LE(offset + TIME_OFFSET) + 1n) * TICKS_A_SECOND - 1n;
    }
  }
  return undefined;
}
