import type { DnsRecord } from '@isthmus/kernel';

const HOUR = 3600;

/** The web mail of Exchange Online under a name of one's own. */
export function webmailRecord(domain: string): DnsRecord {
  return { type: 'CNAME', name: `mail.${domain}`, ttl: HOUR, target: 'mail.office365.com' };
}

/**
 * A policy about mail that proves nothing (RFC 7489, section 6.3): receivers only report, nothing is refused.
 * @param reportsTo mail address for the reports
 */
export function dmarcRecord(domain: string, reportsTo?: string): DnsRecord {
  const reports = reportsTo === undefined ? '' : `; rua=mailto:${reportsTo}`;
  return { type: 'TXT', name: `_dmarc.${domain}`, ttl: HOUR, text: `v=DMARC1; p=none${reports}` };
}

/** Aliases of both keys with which Exchange Online signs; where they lead is told by the tenant alone. */
export function dkimRecords(domain: string, targets: readonly [string, string]): DnsRecord[] {
  return targets.map((target, index) => ({
    type: 'CNAME',
    name: `selector${index + 1}._domainkey.${domain}`,
    ttl: HOUR,
    target: target.toLowerCase(),
  }));
}
