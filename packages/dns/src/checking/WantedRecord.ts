import type { DnsRecord } from '@isthmus/kernel';

export type RecordPurpose =
  | 'ownership'
  | 'mail'
  | 'autodiscover'
  | 'sender-policy'
  | 'dkim'
  | 'dmarc'
  | 'webmail'
  | 'communication'
  | 'device-management'
  /** Asked for by the tenant, but not for anything we know. */
  | 'other';

/** A record that should be in the zone of a domain. */
export interface WantedRecord {
  /** Stable within the domain: purpose, name and type. */
  readonly id: string;
  readonly purpose: RecordPurpose;
  /** Without it, something works less well, but what was asked for works. */
  readonly isOptional: boolean;
  readonly record: DnsRecord;
  /** Another record that does as well. */
  readonly alternative?: DnsRecord | undefined;
}

export function makeWanted(
  purpose: RecordPurpose,
  record: DnsRecord,
  choice: { readonly isOptional?: boolean; readonly alternative?: DnsRecord } = {},
): WantedRecord {
  return {
    id: `${purpose}:${record.type}:${record.name}`.toLowerCase(),
    purpose,
    isOptional: choice.isOptional ?? false,
    record,
    alternative: choice.alternative,
  };
}
