import { canonicalName, type DnsRecord } from '@isthmus/kernel';
import { type Answer, decode, encode } from 'dns-packet';
import { z } from 'zod';

/** MS-DNSP 2.2.2.1.1. */
const TYPES = { A: 1, CNAME: 5, MX: 15, TXT: 16, AAAA: 28, SRV: 33 } as const;
const TOMBSTONE = 0;
const HEADER = 24;
const VERSION = 5;
/** Of the zone itself (MS-DNSP 2.3.2.2, "Rank"). */
const RANK_ZONE = 0xf0;
const text = z.string();
const strings = z.array(z.instanceof(Buffer));
const LONGEST_STRING = 255;
/** Milliseconds from 1601, where file times begin, to 1970. */
const FILE_TIME_EPOCH = 11_644_473_600_000n;

/** Before the data of the only answer of a message: its header, the root as a name, and the header of the answer. */
const BEFORE_DATA = 12 + 1 + 10;

/** Data that has the same form in a DNS message (MS-DNSP 2.2.2.2.4). */
function wireData(answer: Answer): Buffer {
  return encode({ type: 'response', answers: [answer] }).subarray(BEFORE_DATA);
}

function readWireData(type: number, data: Buffer): unknown {
  const message = Buffer.alloc(BEFORE_DATA);
  message.writeUInt16BE(1, 6);
  message.writeUInt16BE(type, 13);
  message.writeUInt16BE(1, 15);
  message.writeUInt16BE(data.length, 21);
  const [answer] = decode(Buffer.concat([message, data])).answers ?? [];
  return answer !== undefined && 'data' in answer ? answer.data : undefined;
}

/** A name with its length and the number of its labels before it (DNS_COUNT_NAME, MS-DNSP 2.2.2.2.2). */
function countName(name: string): Buffer {
  const labels = name === '' ? [] : canonicalName(name).split('.');
  const raw = Buffer.concat([...labels.map(countString), Buffer.from([0])]);
  return Buffer.concat([Buffer.from([raw.length, labels.length]), raw]);
}

function countString(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** Strings of up to 255 bytes each (RFC 1035, 3.3.14). */
function stringsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.max(1, Math.ceil(bytes.length / LONGEST_STRING));
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * LONGEST_STRING, (at + 1) * LONGEST_STRING));
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

function dataOf(record: DnsRecord): Buffer {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return wireData({ type: record.type, name: '.', data: record.address });
    case 'CNAME':
      return countName(record.target);
    case 'MX':
      return Buffer.concat([numbers(record.preference), countName(record.exchange)]);
    case 'TXT':
      return wireData({ type: 'TXT', name: '.', data: stringsOf(record.text) });
    case 'SRV':
      return Buffer.concat([numbers(record.priority, record.weight, record.port), countName(record.target)]);
  }
}

function storedValue(type: number, ttl: number, data: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt16LE(data.length, 0);
  header.writeUInt16LE(type, 2);
  header.writeUInt8(VERSION, 4);
  header.writeUInt8(RANK_ZONE, 5);
  header.writeUInt32LE(1, 8);
  // The only number of the header that is the other way round.
  header.writeUInt32BE(ttl, 12);
  return Buffer.concat([header, data]);
}

/** A value of `dnsRecord` that never ages (MS-DNSP 2.3.2.2). */
export function encodeDnsRecord(record: DnsRecord): Buffer {
  return storedValue(TYPES[record.type], record.ttl, dataOf(record));
}

/** What stands at a name that has no record any more (MS-DNSP 2.2.2.2.4.23). */
export function dnsTombstone(now: Date): Buffer {
  const data = Buffer.alloc(8);
  data.writeBigUInt64LE((BigInt(now.getTime()) + FILE_TIME_EPOCH) * 10_000n);
  return storedValue(TOMBSTONE, 0, data);
}

/**
 * A value of `dnsRecord`; undefined for types that are no matter of ours.
 * @param name full name of the node
 * @throws Error when the value is cut
 */
export function decodeDnsRecord(value: Buffer, name: string): DnsRecord | undefined {
  const data = value.subarray(HEADER, HEADER + value.readUInt16LE(0));
  const base = { name, ttl: value.readUInt32BE(12) };
  switch (value.readUInt16LE(2)) {
    case TYPES.A:
      return { ...base, type: 'A', address: text.parse(readWireData(TYPES.A, data)) };
    case TYPES.AAAA:
      return { ...base, type: 'AAAA', address: text.parse(readWireData(TYPES.AAAA, data)) };
    case TYPES.CNAME:
      return { ...base, type: 'CNAME', target: readName(data, 0) };
    case TYPES.MX:
      return { ...base, type: 'MX', preference: data.readUInt16BE(0), exchange: readName(data, 2) };
    case TYPES.TXT:
      return {
        ...base,
        type: 'TXT',
        text: Buffer.concat(strings.parse(readWireData(TYPES.TXT, data))).toString('utf8'),
      };
    case TYPES.SRV: {
      const [priority, weight, port] = [data.readUInt16BE(0), data.readUInt16BE(2), data.readUInt16BE(4)];
      return { ...base, type: 'SRV', priority, weight, port, target: readName(data, 6) };
    }
    default:
      return undefined;
  }
}

function readName(data: Buffer, start: number): string {
  const labels: string[] = [];
  let at = start + 2;
  for (let length = data.readUInt8(at); length > 0; length = data.readUInt8(at)) {
    labels.push(data.toString('utf8', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return canonicalName(labels.join('.'));
}
