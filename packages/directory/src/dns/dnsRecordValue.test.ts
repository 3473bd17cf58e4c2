import type { DnsRecord } from '@isthmus/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeDnsRecord, dnsTombstone, encodeDnsRecord } from './dnsRecordValue.ts';

const base = { name: 'x.contoso.test', ttl: 900 };
/** As a Samba domain controller wrote them when `samba-tool dns add` was used. */
const written: readonly (readonly [DnsRecord, string])[] = [
  [
    { ...base, type: 'CNAME', target: 'autodiscover.outlook.com' },
    '1c00050005f00000020000000000038400000000000000001a030c6175746f646973636f766572076f75746c6f6f6b03636f6d00',
  ],
  [
    { ...base, type: 'SRV', priority: 100, weight: 1, port: 443, target: 'sipdir.online.lync.com' },
    '2000210005f00000050000000000038400000000000000000064000101bb180406736970646972066f6e6c696e65046c796e6303636f6d00',
  ],
  [
    { ...base, type: 'AAAA', address: '2001:db8::80' },
    '10001c0005f000000600000000000384000000000000000020010db8000000000000000000000080',
  ],
];
const SERIAL = { from: 16, to: 24 };
const withoutSerial = (hex: string): string => hex.slice(0, SERIAL.from) + hex.slice(SERIAL.to);

const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9-]{0,20}[a-z0-9])?$/);
const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
const u16 = fc.integer({ min: 0, max: 65_535 });
const data = fc.oneof(
  fc.record({ type: fc.constant('A' as const), address: fc.ipV4() }),
  fc.record({ type: fc.constant('CNAME' as const), target: name }),
  fc.record({ type: fc.constant('MX' as const), preference: u16, exchange: name }),
  fc.record({ type: fc.constant('TXT' as const), text: fc.string({ maxLength: 700, unit: 'grapheme' }) }),
  fc.record({ type: fc.constant('SRV' as const), priority: u16, weight: u16, port: u16, target: name }),
);

describe('a value of dnsRecord', () => {
  test.each(written)('%j is written as the domain controller writes it', (record, hex) => {
    expect(decodeDnsRecord(Buffer.from(hex, 'hex'), base.name)).toEqual(record);
    expect(withoutSerial(encodeDnsRecord(record).toString('hex'))).toBe(withoutSerial(hex));
  });

  test('is read as it was written, whatever it is', () => {
    fc.assert(
      fc.property(data, fc.integer({ min: 0, max: 2 ** 31 - 1 }), (one, ttl) => {
        const record: DnsRecord = { ...one, name: base.name, ttl };
        expect(decodeDnsRecord(encodeDnsRecord(record), base.name)).toEqual(record);
      }),
    );
  });

  test('of another type, and what is left of a removed name, is none of ours', () => {
    const soa = encodeDnsRecord({ ...base, type: 'CNAME', target: 'a' });
    soa.writeUInt16LE(6, 2);
    expect(decodeDnsRecord(soa, base.name)).toBeUndefined();
    expect(decodeDnsRecord(dnsTombstone(new Date()), base.name)).toBeUndefined();
  });
});
