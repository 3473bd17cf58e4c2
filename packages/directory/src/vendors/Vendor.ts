import type { LdapEntry } from '../ldap/LdapEntry.ts';

/** Everything in which the two directory servers differ for us, as data. */
export interface Vendor {
  readonly name: 'samba' | 'windows';
  /** Recognises the server by its root entry. */
  readonly matches: (rootDse: LdapEntry) => boolean;
}
