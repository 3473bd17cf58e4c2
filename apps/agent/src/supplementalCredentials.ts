/** Bytes before the signature in USER_PROPERTIES (MS-SAMR 2.2.10.1). */
const HEADER_LENGTH = 108;
const SIGNATURE = 0x50;
const CAPTURED_PASSWORD = 'Primary:SambaGPG';

/**
 * The encrypted password that Samba keeps in `supplementalCredentials` when `password hash gpg key ids` is set: a PGP
 * message. Undefined when there is none; text of the properties is hexadecimal (MS-SAMR 2.2.10.2).
 */
export function findEncryptedPassword(credentials: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(credentials.buffer, credentials.byteOffset, credentials.byteLength);
  if (bytes.length < HEADER_LENGTH + 4 || bytes.readUInt16LE(HEADER_LENGTH) !== SIGNATURE) return undefined;
  let offset = HEADER_LENGTH + 4;
  for (let left = bytes.readUInt16LE(HEADER_LENGTH + 2); left > 0 && offset + 6 <= bytes.length; left -= 1) {
    const nameEnd = offset + 6 + bytes.readUInt16LE(offset);
    const valueEnd = nameEnd + bytes.readUInt16LE(offset + 2);
    if (valueEnd > bytes.length) return undefined;
    if (bytes.subarray(offset + 6, nameEnd).toString('utf16le') === CAPTURED_PASSWORD) {
      return Buffer.from(bytes.subarray(nameEnd, valueEnd).toString('latin1'), 'hex');
    }
    offset = valueEnd;
  }
  return undefined;
}
