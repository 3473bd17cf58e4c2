import { canonicalName, type DnsRecord, type DnsRecordType, recordTypes } from '@isthmus/kernel';

/** The value as zone files and providers' screens show it, without the name, the TTL and quotation marks. */
export function recordValue(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address;
    case 'CNAME':
      return record.target;
    case 'MX':
      return `${record.preference} ${record.exchange}`;
    case 'TXT':
      return record.text;
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${record.target}`;
  }
}

/** Whether both say the same; the time they may be cached does not count. */
export function sameRecord(one: DnsRecord, other: DnsRecord): boolean {
  if (one.type !== other.type || canonicalName(one.name) !== canonicalName(other.name)) return false;
  const [value, wanted] = [recordValue(one), recordValue(other)];
  return one.type === 'TXT' ? value === wanted : canonicalName(value) === canonicalName(wanted);
}

/** Whether both sets hold the same records, in whatever order. */
export function sameRecords(some: readonly DnsRecord[], others: readonly DnsRecord[]): boolean {
  return (
    some.length === others.length &&
    some.every((record) => others.some((other) => sameRecord(record, other))) &&
    others.every((record) => some.some((other) => sameRecord(record, other)))
  );
}

/** Whether a text from outside names a type that is known here. */
export function isDnsRecordType(text: string): text is DnsRecordType {
  return (recordTypes as readonly string[]).includes(text);
}
