import type { DnsRecord, DnsRecordType } from '@isthmus/kernel';

/** All records of one type at one name, before and after. */
export interface DirectoryDnsChange {
  readonly name: string;
  readonly type: DnsRecordType;
  readonly before: readonly DnsRecord[];
  readonly after: readonly DnsRecord[];
}

export interface DirectoryDnsZone {
  readonly name: string;
  /** Whether the service account may add names to it. */
  readonly mayWrite: boolean;
}

/**
 * The zones that the directory itself holds and its domain controllers answer from ("Active Directory-integrated").
 * Names are full, ASCII, in small letters.
 */
export interface DirectoryDns {
  /** The zone in which a name lies, the closest one; undefined when the directory holds none. */
  findZone(name: string): Promise<DirectoryDnsZone | undefined>;
  /** Everything of the known types at these names. */
  read(zone: string, names: readonly string[]): Promise<readonly DnsRecord[]>;
  /**
   * Makes the changes, name by name; all changes of one name are one write, which is refused when a record of before is
   * not there any more.
   * @throws DomainError `directory.not-permitted`, `directory.dns-changed`, `directory.container-not-found`
   */
  change(zone: string, changes: readonly DirectoryDnsChange[]): Promise<void>;
}
