import { createHmac, timingSafeEqual } from 'node:crypto';
import { type TsigKey, tsigAlgorithms } from './TsigKey.ts';
import { classNumbers, endOfName, entryBytes, nameBytes, typeNumbers, u16 } from './wire.ts';

/** Accepted difference of both clocks, in seconds (RFC 8945, section 10). */
const FUDGE = 300;
const HEADER_BYTES = 12;
const ADDITIONAL_COUNT = 10;

export interface SignedMessage {
  readonly bytes: Buffer;
  /** Goes into the signature of the answer. */
  readonly mac: Buffer;
}

/** RFC 8945, section 5.2.4: errors of a signed message. */
const tsigErrors: Readonly<Record<number, TsigError>> = {
  16: 'bad-signature',
  17: 'bad-key',
  18: 'bad-time',
  22: 'bad-signature',
};
export type TsigError = 'bad-signature' | 'bad-key' | 'bad-time';

function u48(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}

function variables(key: TsigKey, time: Buffer, fudge: number, error: number, other: Buffer): Buffer {
  return Buffer.concat([
    nameBytes(key.name),
    u16(classNumbers.ANY, 0, 0),
    nameBytes(key.algorithm),
    time,
    u16(fudge, error, other.length),
    other,
  ]);
}

function macOf(key: TsigKey, ...parts: readonly Buffer[]): Buffer {
  const secret = Buffer.from(key.secret.reveal(), 'base64');
  const hmac = createHmac(tsigAlgorithms[key.algorithm], secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Signs a DNS message (RFC 8945, section 4.3). @param now seconds since 1970 */
export function signMessage(message: Buffer, key: TsigKey, now: number): SignedMessage {
  const time = u48(now);
  const mac = macOf(key, message, variables(key, time, FUDGE, 0, Buffer.alloc(0)));
  const id = message.readUInt16BE(0);
  const data = Buffer.concat([nameBytes(key.algorithm), time, u16(FUDGE, mac.length), mac, u16(id, 0, 0)]);
  const bytes = Buffer.concat([message, entryBytes(key.name, typeNumbers.TSIG, classNumbers.ANY, 0, data)]);
  bytes.writeUInt16BE(message.readUInt16BE(ADDITIONAL_COUNT) + 1, ADDITIONAL_COUNT);
  return { bytes, mac };
}

interface Signature {
  /** Where its entry begins. */
  readonly start: number;
  readonly time: Buffer;
  readonly fudge: number;
  readonly mac: Buffer;
  readonly originalId: number;
  readonly error: number;
  readonly other: Buffer;
}

function readSignature(message: Buffer, start: number, dataAt: number): Signature {
  const at = endOfName(message, dataAt);
  const macLength = message.readUInt16BE(at + 8);
  const behind = at + 10 + macLength;
  const otherLength = message.readUInt16BE(behind + 4);
  return {
    start,
    time: message.subarray(at, at + 6),
    fudge: message.readUInt16BE(at + 6),
    mac: message.subarray(at + 10, behind),
    originalId: message.readUInt16BE(behind),
    error: message.readUInt16BE(behind + 2),
    other: message.subarray(behind + 6, behind + 6 + otherLength),
  };
}

/** The signature is the last entry of all. @throws RangeError when the message is cut */
function findSignature(message: Buffer): Signature | undefined {
  const [questions, ...sections] = [4, 6, 8, 10].map((offset) => message.readUInt16BE(offset));
  let at = HEADER_BYTES;
  for (let index = 0; index < (questions ?? 0); index += 1) at = endOfName(message, at) + 4;
  const entries = sections.reduce((sum, count) => sum + count, 0);
  for (let index = 0; index < entries; index += 1) {
    const fixed = endOfName(message, at);
    const isSignature = index === entries - 1 && message.readUInt16BE(fixed) === typeNumbers.TSIG;
    if (isSignature) return readSignature(message, at, fixed + 10);
    at = fixed + 10 + message.readUInt16BE(fixed + 8);
  }
  return undefined;
}

/** What the signature of an answer says; `forged`: it was not made with our key, or is not there. */
export function checkSignature(answer: Buffer, key: TsigKey, request: SignedMessage): 'good' | 'forged' | TsigError {
  let signature: Signature | undefined;
  try {
    signature = findSignature(answer);
  } catch {
    return 'forged';
  }
  if (signature === undefined) return 'forged';
  const { start, time, fudge, mac, originalId, error, other } = signature;
  const message = Buffer.from(answer.subarray(0, start));
  message.writeUInt16BE(originalId, 0);
  message.writeUInt16BE(message.readUInt16BE(ADDITIONAL_COUNT) - 1, ADDITIONAL_COUNT);
  const expected = macOf(key, u16(request.mac.length), request.mac, message, variables(key, time, fudge, error, other));
  const isOurs = mac.length === expected.length && timingSafeEqual(mac, expected);
  // An error about the key itself cannot be signed with it.
  return tsigErrors[error] ?? (isOurs ? 'good' : 'forged');
}
