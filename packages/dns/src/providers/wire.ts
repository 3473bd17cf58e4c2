import { isIPv6 } from 'node:net';
import type { DnsRecord, DnsRecordType } from '@isthmus/kernel';

/** Numbers of RFC 1035, 2136, 2782, 3596 and 8945. */
export const typeNumbers = { A: 1, CNAME: 5, SOA: 6, MX: 15, TXT: 16, AAAA: 28, SRV: 33, TSIG: 250 } as const;
export const classNumbers = { IN: 1, NONE: 254, ANY: 255 } as const;

const LONGEST_STRING = 255;

/** A name in full, as it is signed: small letters, never compressed. */
export function nameBytes(name: string): Buffer {
  const labels = name === '' ? [] : name.toLowerCase().replace(/\.$/, '').split('.');
  const parts = labels.map((label) => Buffer.concat([Buffer.from([Buffer.byteLength(label)]), Buffer.from(label)]));
  return Buffer.concat([...parts, Buffer.from([0])]);
}

export function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail ?? '')];
  return u16(...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last);
}

function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text);
  const strings: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += LONGEST_STRING) {
    const part = bytes.subarray(at, at + LONGEST_STRING);
    strings.push(Buffer.from([part.length]), part);
  }
  return Buffer.concat(strings);
}

function dataBytes(record: DnsRecord): Buffer {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return addressBytes(record.address);
    case 'CNAME':
      return nameBytes(record.target);
    case 'MX':
      return Buffer.concat([u16(record.preference), nameBytes(record.exchange)]);
    case 'TXT':
      return textBytes(record.text);
    case 'SRV':
      return Buffer.concat([u16(record.priority, record.weight, record.port), nameBytes(record.target)]);
  }
}

/** An entry of a section: name, type, class, TTL and data. */
export function entryBytes(name: string, type: number, classNumber: number, ttl: number, data: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(classNumber, 2);
  head.writeUInt32BE(ttl, 4);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(name), head, data]);
}

/** An entry with a record; as a prerequisite it has no TTL. */
export function recordBytes(record: DnsRecord, ttl: number = record.ttl): Buffer {
  return entryBytes(record.name, typeNumbers[record.type], classNumbers.IN, ttl, dataBytes(record));
}

/** An entry about a whole set, which has neither TTL nor data. */
export function setBytes(name: string, type: DnsRecordType, classNumber: number): Buffer {
  return entryBytes(name, typeNumbers[type], classNumber, 0, Buffer.alloc(0));
}

/** Where the name that begins here ends. @throws RangeError when the message is cut */
export function endOfName(message: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const length = message.readUInt8(at);
    if (length === 0) return at + 1;
    // A pointer to an earlier name ends it (RFC 1035, section 4.1.4).
    if (length >= 0xc0) return at + 2;
    at += 1 + length;
  }
}
