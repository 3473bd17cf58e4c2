import type { PermissionRows } from '../PermissionRows.ts';

export const domainsPermissions: PermissionRows = {
  rows: {
    'GET /domains': 'Directory.Read.All Domain.Read.All Domain.ReadWrite.All',
  },
  like: {
    'GET /domains/{id}': 'GET /domains',
  },
};
