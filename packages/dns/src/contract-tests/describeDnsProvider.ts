import { type DnsRecord, type DnsRecordType, DomainError } from '@isthmus/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DnsClient } from '../client/DnsClient.ts';
import { invertZoneChanges, type ZoneChange } from '../planning/ZoneChange.ts';
import type { DnsProvider } from '../providers/DnsProvider.ts';
import { recordValue, sameRecords } from '../records/DnsRecord.ts';

/** The zone that a provider under test holds; empty but for what makes it a zone. */
export const ZONE = 'contoso.test';
const at = (label: string) => (label === '' ? ZONE : `${label}.${ZONE}`);
const txt = (text: string, label = ''): DnsRecord => ({ type: 'TXT', name: at(label), ttl: 300, text });
const mx = (preference: number, exchange: string): DnsRecord => ({
  type: 'MX',
  name: ZONE,
  ttl: 300,
  preference,
  exchange,
});
const cname = (label: string, target: string): DnsRecord => ({ type: 'CNAME', name: at(label), ttl: 300, target });
const host = (label: string): DnsRecord => ({ type: 'A', name: at(label), ttl: 300, address: '192.0.2.80' });
const srv: DnsRecord = {
  type: 'SRV',
  name: at('_sip._tls'),
  ttl: 300,
  priority: 100,
  weight: 1,
  port: 443,
  target: 'sipdir.online.lync.com',
};
const LONG = `v=DKIM1; k=rsa; p=${'MIIBIjANBgkq"hkiG9w\\0BAQEFAAOCAQ8A'.repeat(15)}`;

const change = (name: string, type: DnsRecordType, before: DnsRecord[], after: DnsRecord[]): ZoneChange => ({
  name,
  type,
  before,
  after,
});

/** A provider, and others that look at what it did. */
export interface ProviderUnderTest {
  readonly provider: DnsProvider;
  /** With credentials that are known nowhere; undefined where there are none to enter. */
  readonly stranger?: DnsProvider;
  /** With credentials that may not write; undefined where there are none such. */
  readonly reader?: { readonly provider: DnsProvider; readonly code: string };
  /** The name server to look at; undefined where there is none. */
  readonly client?: DnsClient;
  stop(): Promise<void>;
}

/** Code of the error with which the work ends, or "done". */
export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

/** What every adapter of the port has to do, whatever holds the zone. */
export function describeDnsProvider(name: string, start: () => Promise<ProviderUnderTest>): void {
  describe(`${name} as a provider of DNS`, () => {
    let side: ProviderUnderTest;
    beforeAll(async () => {
      side = await start();
    });
    afterAll(() => side.stop());

    async function holds(type: DnsRecordType, name: string, expected: DnsRecord[]): Promise<void> {
      const held = await side.provider.read(ZONE, [{ name, type }]);
      expect(held.map(recordValue).toSorted()).toEqual(expected.map(recordValue).toSorted());
      const answer = await side.client?.ask(name, type);
      if (answer !== undefined) {
        const seen = answer.kind === 'answered' ? answer.records : [];
        expect(sameRecords(seen, expected), `${type} of ${name} over DNS`).toBe(true);
      }
    }

    test('finds the zone of a domain and may write to it; nothing is left of the trial', async () => {
      expect(await side.provider.test(ZONE)).toBe(ZONE);
      expect(await side.provider.test(`deep.mail.${ZONE}`)).toBe(ZONE);
      await holds('TXT', `_isthmus-check.${ZONE}`, []);
      expect(await codeOf(side.provider.test('fabrikam.test'))).toBe('dns.zone-missing');
    });

    test('writes every type of record, long texts too, and takes everything back', async () => {
      const changes = [
        change(ZONE, 'TXT', [], [txt('v=spf1 include:spf.protection.outlook.com -all'), txt('MS=ms12345678')]),
        change(ZONE, 'MX', [], [mx(10, 'mail.fabrikam.test'), mx(20, 'contoso-test.mail.protection.outlook.com')]),
        change(at('autodiscover'), 'CNAME', [], [cname('autodiscover', 'autodiscover.outlook.com')]),
        change(srv.name, 'SRV', [], [srv]),
        change(at('long'), 'TXT', [], [txt(LONG, 'long')]),
        change(at('www'), 'A', [], [host('www')]),
        change(at('www'), 'AAAA', [], [{ type: 'AAAA', name: at('www'), ttl: 300, address: '2001:db8::80' }]),
      ];
      await side.provider.apply(ZONE, changes);
      for (const { name, type, after } of changes) await holds(type, name, [...after]);
      // Done twice, it is the same; so it is after an answer that was lost.
      await side.provider.apply(ZONE, changes);
      await side.provider.apply(ZONE, invertZoneChanges(changes));
      for (const { name, type } of changes) await holds(type, name, []);
    });

    test('an alias takes the place of a host in one go', async () => {
      await side.provider.apply(ZONE, [change(at('mail'), 'A', [], [host('mail')])]);
      await side.provider.apply(ZONE, [
        change(at('mail'), 'A', [host('mail')], []),
        change(at('mail'), 'CNAME', [], [cname('mail', 'mail.office365.com')]),
      ]);
      await holds('CNAME', at('mail'), [cname('mail', 'mail.office365.com')]);
    });

    test('what others changed meanwhile is not written over, and nothing is half done', async () => {
      await side.provider.apply(ZONE, [change(at('x'), 'TXT', [], [txt('of others', 'x')])]);
      const plan = [change(at('y'), 'TXT', [], [txt('ours', 'y')]), change(at('x'), 'TXT', [], [txt('ours', 'x')])];
      expect(await codeOf(side.provider.apply(ZONE, plan))).toBe('dns.changed-meanwhile');
      await holds('TXT', at('x'), [txt('of others', 'x')]);
      await holds('TXT', at('y'), []);
    });

    test('a wrong key, and one that may only read, are told apart', async () => {
      if (side.stranger !== undefined) {
        expect(await codeOf(side.stranger.test(ZONE))).toBe('dns.provider-key-refused');
      }
      if (side.reader !== undefined) expect(await codeOf(side.reader.provider.test(ZONE))).toBe(side.reader.code);
      await holds('TXT', `_isthmus-check.${ZONE}`, []);
    });
  });
}
