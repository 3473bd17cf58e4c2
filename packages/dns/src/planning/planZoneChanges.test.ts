import type { DnsRecord } from '@isthmus/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRecord } from '../checking/judgeRecord.ts';
import { makeWanted } from '../checking/WantedRecord.ts';
import { sameRecords } from '../records/DnsRecord.ts';
import { dkimRecords, dmarcRecord, webmailRecord } from '../records/standardRecords.ts';
import { planZoneChanges } from './planZoneChanges.ts';
import { invertZoneChanges, type ZoneChange } from './ZoneChange.ts';

const DOMAIN = 'contoso.com';
const at = (name: string) => (name === '' ? DOMAIN : `${name}.${DOMAIN}`);
const txt = (text: string, name = ''): DnsRecord => ({ type: 'TXT', name: at(name), ttl: 300, text });
const cname = (name: string, target: string): DnsRecord => ({ type: 'CNAME', name: at(name), ttl: 300, target });
const mx = (preference: number, exchange: string): DnsRecord => ({
  type: 'MX',
  name: DOMAIN,
  ttl: 300,
  preference,
  exchange,
});
const a = (name: string): DnsRecord => ({ type: 'A', name: at(name), ttl: 300, address: '192.0.2.1' });

const wanted = [
  makeWanted('ownership', txt('MS=ms12345678')),
  makeWanted('mail', mx(0, 'contoso-com.mail.protection.outlook.com')),
  makeWanted('sender-policy', txt('v=spf1 include:spf.protection.outlook.com -all')),
  makeWanted('autodiscover', cname('autodiscover', 'autodiscover.outlook.com')),
  makeWanted('webmail', webmailRecord(DOMAIN)),
  makeWanted('dmarc', dmarcRecord(DOMAIN)),
  ...dkimRecords(DOMAIN, ['one.dkim.example', 'two.dkim.example']).map((record) => makeWanted('dkim', record)),
  makeWanted('communication', {
    type: 'SRV',
    name: at('_sip._tls'),
    ttl: 3600,
    priority: 100,
    weight: 1,
    port: 443,
    target: 'sipdir.online.lync.com',
  }),
];

function applied(records: readonly DnsRecord[], changes: readonly ZoneChange[]): DnsRecord[] {
  let zone = [...records];
  for (const { name, type, before, after } of changes) {
    const isOfSet = (record: DnsRecord): boolean => record.name === name && record.type === type;
    expect(sameRecords(zone.filter(isOfSet), before)).toBe(true);
    zone = [...zone.filter((record) => !isOfSet(record)), ...after];
    // No server takes an alias beside anything else.
    const here = zone.filter((record) => record.name === name);
    if (here.some((record) => record.type === 'CNAME')) expect(here).toHaveLength(1);
  }
  return zone;
}

const plan = (held: readonly DnsRecord[], choice: { hasMoved?: boolean; replaceConflicts?: boolean } = {}) =>
  planZoneChanges(wanted, held, { hasMoved: false, replaceConflicts: false, ...choice });

describe('what is written to a zone', () => {
  test('in an empty zone is every record, the mail server never with preference 0', () => {
    const { changes, conflicts } = plan([]);
    expect(conflicts).toEqual([]);
    expect(changes.flatMap(({ after }) => after)).toHaveLength(wanted.length);
    expect(changes.find(({ type }) => type === 'MX')?.after).toEqual(
      [mx(10, 'contoso-com.mail.protection.outlook.com')].map((one) => ({ ...one, ttl: 300 })),
    );
  });

  test('leaves other texts and mail servers alone, and merges the policy', () => {
    const { changes } = plan([txt('google-site-verification=x'), txt('v=spf1 mx ~all'), mx(10, 'mail.contoso.com')]);
    const texts = changes.find(({ name, type }) => type === 'TXT' && name === DOMAIN)?.after;
    expect(texts?.map((one) => (one.type === 'TXT' ? one.text : ''))).toEqual([
      'google-site-verification=x',
      'MS=ms12345678',
      'v=spf1 mx include:spf.protection.outlook.com ~all',
    ]);
    const servers = changes.find(({ type }) => type === 'MX')?.after;
    expect(servers?.map((one) => (one.type === 'MX' ? [one.preference, one.exchange] : []))).toEqual([
      [10, 'mail.contoso.com'],
      [20, 'contoso-com.mail.protection.outlook.com'],
    ]);
  });

  test('two policies become one', () => {
    const { changes } = plan([txt('v=spf1 mx ~all'), txt('v=spf1 ip4:192.0.2.1 -all')]);
    const texts = changes.flatMap(({ after }) => after).flatMap((one) => (one.type === 'TXT' ? [one.text] : []));
    expect(texts.filter((text) => text.startsWith('v=spf1'))).toEqual([
      'v=spf1 mx ip4:192.0.2.1 include:spf.protection.outlook.com ~all',
    ]);
  });

  test('a host in the place of an alias is left to the owner, unless it may go', () => {
    const held = [a('mail'), cname('autodiscover', 'old.contoso.com')];
    const careful = plan(held);
    expect(careful.conflicts).toEqual(['webmail:cname:mail.contoso.com']);
    expect(careful.changes.some(({ name }) => name === 'mail.contoso.com')).toBe(false);
    expect(careful.changes.find(({ name }) => name === 'autodiscover.contoso.com')?.after).toMatchObject([
      { target: 'autodiscover.outlook.com' },
    ]);
    const bold = plan(held, { replaceConflicts: true });
    expect(applied(held, bold.changes)).not.toContainEqual(a('mail'));
  });
});

test('a mail server is never made an alias, whatever may go', () => {
  const held = [a('mail'), mx(10, 'mail.contoso.com')];
  const { changes, conflicts } = plan(held, { replaceConflicts: true });
  expect(conflicts).toEqual(['webmail:cname:mail.contoso.com']);
  expect(applied(held, changes)).toContainEqual(a('mail'));
});

const anyRecord = fc.oneof(
  fc
    .constantFrom('', 'mail', '_dmarc')
    .chain((name) =>
      fc
        .constantFrom('MS=ms1', 'v=spf1 mx -all', 'v=spf1 a ?all', 'v=DMARC1; p=reject', 'other')
        .map((text) => txt(text, name)),
    ),
  fc
    .constantFrom('autodiscover', 'mail', 'selector1._domainkey', '_dmarc')
    .map((name) => cname(name, 'elsewhere.example')),
  fc.constantFrom('mail', 'autodiscover', '').map(a),
  fc
    .tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom('one.example', 'two.example'))
    .map(([n, host]) => mx(n, host)),
);
/** A zone as servers keep it: nothing twice, no alias beside others. */
const zones = fc.array(anyRecord, { maxLength: 10 }).map((records) =>
  records.filter((record, index) => {
    const earlier = records.slice(0, index).filter(({ name }) => name === record.name);
    if (record.type === 'CNAME') return earlier.length === 0;
    const isTwice = earlier.some(
      (other) => other.type === record.type && JSON.stringify(other) === JSON.stringify(record),
    );
    return !isTwice && !earlier.some((other) => other.type === 'CNAME');
  }),
);

test('whatever a zone holds: the plan fits it, leaves nothing to plan, everything is found, and it can be taken back', () => {
  fc.assert(
    fc.property(zones, fc.boolean(), fc.boolean(), (held, hasMoved, replaceConflicts) => {
      const { changes, conflicts } = plan(held, { hasMoved, replaceConflicts });
      const after = applied(held, changes);
      expect(plan(after, { hasMoved, replaceConflicts })).toEqual({ changes: [], conflicts });
      for (const one of wanted) {
        expect(judgeRecord(one, after)).toBe(conflicts.includes(one.id) ? 'conflicting' : 'found');
      }
      if (replaceConflicts) expect(conflicts).toEqual([]);
      expect(sameRecords(applied(after, invertZoneChanges(changes)), held)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
