import type { PermissionRows } from '../PermissionRows.ts';

export const domainsPermissions: PermissionRows = {
  rows: {
    'GET /domains': 'Directory.Read.All Domain.Read.All Domain.ReadWrite.All',
    'POST /domains': 'Domain.ReadWrite.All',
    'GET /domains/{id}/verificationDnsRecords': 'Domain.Read.All Domain.ReadWrite.All',
    'GET /domains/{id}/federationConfiguration':
      'Domain-InternalFederation.Read.All Domain-InternalFederation.ReadWrite.All',
  },
  like: {
    'GET /domains/{id}': 'GET /domains',
    'GET /domains/{id}/rootDomain': 'GET /domains',
    'PATCH /domains/{id}': 'POST /domains',
    'DELETE /domains/{id}': 'POST /domains',
    'POST /domains/{id}/verify': 'POST /domains',
    'POST /domains/{id}/promote': 'POST /domains',
    'POST /domains/{id}/forceDelete': 'POST /domains',
    'GET /domains/{id}/serviceConfigurationRecords': 'GET /domains/{id}/verificationDnsRecords',
    'GET /domains/{id}/domainNameReferences': 'GET /domains/{id}/verificationDnsRecords',
  },
};
