import type { DnsRecord, DnsRecordType } from '@isthmus/kernel';
import type { ZoneChange } from '../planning/ZoneChange.ts';

/** All records of one type at one name. */
export interface RecordSetName {
  readonly name: string;
  readonly type: DnsRecordType;
}

export type DnsProviderErrorCode =
  | 'dns.provider-unreachable'
  | 'dns.provider-refused'
  | 'dns.provider-key-refused'
  | 'dns.provider-clock'
  | 'dns.provider-failed'
  | 'dns.zone-missing'
  | 'dns.changed-meanwhile';

/**
 * Whoever holds a zone and lets us write to it. All methods throw DomainErrors with a {@link DnsProviderErrorCode}.
 * Secrets that are needed for it were given to the adapter.
 */
export interface DnsProvider {
  /** The zone in which the domain lies, after a trial that we may write to it. @throws `dns.zone-missing`, … */
  test(domain: string): Promise<string>;
  /** What the zone really holds, not out of a cache. */
  read(zone: string, sets: readonly RecordSetName[]): Promise<readonly DnsRecord[]>;
  /**
   * Makes the changes, all or as many as the provider lets; what is already so is left alone, so that it can be repeated
   * after an interruption.
   * @throws `dns.changed-meanwhile` when a set is neither as before nor as after
   */
  apply(zone: string, changes: readonly ZoneChange[]): Promise<void>;
}
