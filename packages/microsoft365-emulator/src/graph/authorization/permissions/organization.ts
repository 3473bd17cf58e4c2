import type { PermissionRows } from '../PermissionRows.ts';

export const organizationPermissions: PermissionRows = {
  rows: {
    'GET /organization':
      'Directory.Read.All Directory.ReadWrite.All Organization.Read.All Organization.ReadWrite.All User.Read User.Read.All | Directory.Read.All Directory.ReadWrite.All Organization.Read.All Organization.ReadWrite.All User.Read.All',
    'GET /subscribedSkus':
      'Directory.Read.All Directory.ReadWrite.All Organization.Read.All Organization.ReadWrite.All LicenseAssignment.Read.All LicenseAssignment.ReadWrite.All',
    // Not in the data.
    'GET /directory/subscriptions':
      'LicenseAssignment.Read.All Organization.Read.All Organization.ReadWrite.All Directory.Read.All Directory.ReadWrite.All',
  },
  like: {
    'GET /organization/{id}': 'GET /organization',
    'GET /subscribedSkus/{id}': 'GET /subscribedSkus',
    'GET /directory/subscriptions/{id}': 'GET /directory/subscriptions',
  },
};
