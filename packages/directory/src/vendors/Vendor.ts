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
}
