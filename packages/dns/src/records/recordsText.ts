import type { DnsRecord } from '@isthmus/kernel';
import { zoneFileData } from '../providers/presentation.ts';
import { recordValue } from './DnsRecord.ts';

/** Lines to paste into the file of a zone; names in full. */
export function zoneFileSnippet(records: readonly DnsRecord[]): string {
  return records.map((record) => `${record.name}. ${record.ttl} IN ${record.type} ${zoneFileData(record)}\n`).join('');
}

/** The records one below the other, for somebody who types them into a provider's form. */
export function recordsText(
  domain: string,
  records: readonly { readonly record: DnsRecord; readonly what: string }[],
): string {
  const blocks = records.map(({ record, what }) =>
    [
      what,
      `  Type:     ${record.type}`,
      `  Host:     ${hostOf(record.name, domain)}`,
      `  Name:     ${record.name}`,
      ...(record.type === 'MX'
        ? [`  Priority: ${record.preference}`, `  Value:    ${record.exchange}`]
        : srvLines(record)),
      `  TTL:      ${record.ttl}`,
    ].join('\n'),
  );
  return `${blocks.join('\n\n')}\n\nThe same for a zone file:\n\n${zoneFileSnippet(records.map(({ record }) => record))}`;
}

function srvLines(record: DnsRecord): string[] {
  if (record.type !== 'SRV') return [`  Value:    ${recordValue(record)}`];
  const { priority, weight, port, target } = record;
  return [`  Priority: ${priority}`, `  Weight:   ${weight}`, `  Port:     ${port}`, `  Target:   ${target}`];
}

/** As most providers' forms want it: without the domain, "@" for the domain itself. */
export function hostOf(name: string, domain: string): string {
  if (name === domain) return '@';
  return name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : name;
}
