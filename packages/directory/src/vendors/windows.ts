import type { Vendor } from './Vendor.ts';

/** LDAP_CAP_ACTIVE_DIRECTORY_OID, MS-ADTS 3.1.1.3.4.3.1. */
const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';

export const windows: Vendor = {
  name: 'windows',
  hidesRemovedObjects: false,
  pageSize: 1000,
  matches: (rootDse) => rootDse.texts('supportedCapabilities').includes(ACTIVE_DIRECTORY),
};
