import type { LdapEntry } from '../ldap/LdapEntry.ts';

/** Everything in which the two directory servers differ for us, as data. */
export interface Vendor {
  readonly name: 'samba' | 'windows';
  /** Recognises the server by its root entry. */
  readonly matches: (rootDse: LdapEntry) => boolean;
  /**
   * True when the change feed leaves out removals, in spite of the right to replicate, for an account that may not look
   * into the container of removed objects. Seen with Samba 4.17; MS-ADTS knows no such check.
   */
  readonly hidesRemovedObjects: boolean;
  /**
   * Entries a page; undefined = all in one answer. Windows gives up at 1000 entries without pages; Samba reads every
   * entry of a page a second time and takes twice as long.
   */
  readonly pageSize: number | undefined;
}
