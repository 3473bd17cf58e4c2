import { canonicalName, type DnsRecord, type DnsRecordType } from '@isthmus/kernel';
import { sameRecords } from '../records/DnsRecord.ts';

/** All records of one type at one name, before and after. */
export interface ZoneChange {
  readonly name: string;
  readonly type: DnsRecordType;
  readonly before: readonly DnsRecord[];
  readonly after: readonly DnsRecord[];
}

/** What takes the changes back, the last one first. */
export function invertZoneChanges(changes: readonly ZoneChange[]): ZoneChange[] {
  return changes.toReversed().map((change) => ({ ...change, before: change.after, after: change.before }));
}

/** The records of a zone after the changes, or before them. */
export function recordsOf(records: readonly DnsRecord[], name: string, type: DnsRecordType): DnsRecord[] {
  return records.filter((record) => record.type === type && canonicalName(record.name) === name);
}

/** Changes that change something. */
export function onlyReal(changes: readonly ZoneChange[]): ZoneChange[] {
  return changes.filter(({ before, after }) => !sameRecords(before, after));
}
