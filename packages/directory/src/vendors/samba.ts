import type { Vendor } from './Vendor.ts';

export const samba: Vendor = {
  name: 'samba',
  hidesRemovedObjects: true,
  pageSize: undefined,
  matches: (rootDse) => /samba/i.test(rootDse.text('vendorName') ?? ''),
};
