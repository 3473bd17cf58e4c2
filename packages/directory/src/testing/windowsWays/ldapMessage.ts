import { BerReader, BerWriter } from 'ldapts';

/** One value of BER: its tag and its bytes, undecoded. */
export interface Tlv {
  readonly tag: number;
  readonly value: Buffer;
}

/** An LDAP message (RFC 4511 4.1.1), decoded as far as its operation. */
export interface LdapMessage {
  readonly id: number;
  readonly operation: Tlv;
  readonly controls: readonly LdapControl[];
}

export interface LdapControl {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer | undefined;
}

/** Tags of the operations (RFC 4511 4.2 to 4.12). */
export const TAGS = {
  searchRequest: 0x63,
  searchEntry: 0x64,
  searchDone: 0x65,
  searchReference: 0x73,
  modifyRequest: 0x66,
  modifyResponse: 0x67,
  addRequest: 0x68,
  addResponse: 0x69,
} as const;

const SEQUENCE = 0x30;
export const SET = 0x31;
export const OCTETS = 0x04;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const ENUMERATED = 0x0a;
const CONTROLS = 0xa0;

/** The values that stand one behind another. */
export function readAll(bytes: Buffer): readonly Tlv[] {
  const reader = new BerReader(bytes);
  const values: Tlv[] = [];
  while (reader.remain > 0) {
    const tag = reader.peek() ?? 0;
    const value = reader.readString(tag, true);
    if (value === null) throw new Error('a value of BER that ends too early');
    values.push({ tag, value: Buffer.from(value) });
  }
  return values;
}

export function writeAll(values: readonly Tlv[]): Buffer {
  const writer = new BerWriter();
  for (const { tag, value } of values) writer.writeBuffer(value, tag);
  return writer.buffer;
}

export const octets = (text: string | Buffer): Tlv => ({ tag: OCTETS, value: Buffer.from(text) });

export const sequence = (values: readonly Tlv[], tag: number = SEQUENCE): Tlv => ({ tag, value: writeAll(values) });

export function integer(value: number, tag: number = INTEGER): Tlv {
  const writer = new BerWriter();
  writer.writeInt(value);
  return { tag, value: writer.buffer.subarray(2) };
}

export const enumerated = (value: number): Tlv => integer(value, ENUMERATED);

export function numberOf(tlv: Tlv | undefined): number {
  return tlv === undefined || tlv.value.length === 0 ? 0 : tlv.value.readIntBE(0, tlv.value.length);
}

export const textOf = (tlv: Tlv | undefined): string => tlv?.value.toString('utf8') ?? '';

function decodeMessage(bytes: Buffer): LdapMessage {
  const [envelope] = readAll(bytes);
  const [id, operation, controls] = readAll(envelope?.value ?? Buffer.alloc(0));
  if (operation === undefined) throw new Error('an LDAP message without an operation');
  return { id: numberOf(id), operation, controls: controls === undefined ? [] : readAll(controls.value).map(control) };
}

function control({ value }: Tlv): LdapControl {
  const [oid, ...rest] = readAll(value);
  return {
    oid: textOf(oid),
    critical: rest.some(({ tag, value: bytes }) => tag === BOOLEAN && bytes[0] !== 0),
    value: rest.find(({ tag }) => tag === OCTETS)?.value,
  };
}

export function encodeMessage({ id, operation, controls }: LdapMessage): Buffer {
  const encoded = controls.map(({ oid, critical, value }) =>
    sequence([
      octets(oid),
      ...(critical ? [{ tag: BOOLEAN, value: Buffer.of(0xff) }] : []),
      ...(value === undefined ? [] : [octets(value)]),
    ]),
  );
  const parts = [integer(id), operation, ...(encoded.length === 0 ? [] : [sequence(encoded, CONTROLS)])];
  return writeAll([sequence(parts)]);
}

/** Cuts a stream of bytes into messages. */
export class MessageCutter {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): readonly LdapMessage[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: LdapMessage[] = [];
    for (let end = this.#end(); end !== undefined; end = this.#end()) {
      messages.push(decodeMessage(this.#rest.subarray(0, end)));
      this.#rest = this.#rest.subarray(end);
    }
    return messages;
  }

  /** Where the first message ends, once it is here as a whole. */
  #end(): number | undefined {
    if (this.#rest.length < 2) return undefined;
    const reader = new BerReader(this.#rest);
    const isBegun = reader.readSequence() !== null;
    return !isBegun || reader.remain < reader.length ? undefined : reader.offset + reader.length;
  }
}
