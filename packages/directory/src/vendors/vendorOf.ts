import { DomainError } from '@isthmus/kernel';
import type { LdapEntry } from '../ldap/LdapEntry.ts';
import { samba } from './samba.ts';
import type { Vendor } from './Vendor.ts';
import { windows } from './windows.ts';

/** Samba first: it announces the capabilities of Active Directory too. */
const VENDORS: readonly Vendor[] = [samba, windows];

export function vendorOf(rootDse: LdapEntry): Vendor {
  const vendor = VENDORS.find((candidate) => candidate.matches(rootDse));
  if (vendor !== undefined) return vendor;
  throw new DomainError({
    code: 'directory.failed',
    message: 'The server that answers is neither Samba AD nor Active Directory.',
    remedy: 'Enter the address of a domain controller.',
  });
}
