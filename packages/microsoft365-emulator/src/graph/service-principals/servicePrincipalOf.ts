import { randomUUID } from 'node:crypto';
import type { ApplicationRecord, ServicePrincipalRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';

/** A new service principal of an application of the same tenant. */
export function servicePrincipalOf(tenant: Tenant, application: ApplicationRecord): ServicePrincipalRecord {
  const { displayName, appRoles, signInAudience } = application.properties;
  return {
    id: randomUUID(),
    appId: application.appId,
    passwordCredentials: [],
    properties: {
      accountEnabled: true,
      appDisplayName: displayName,
      appOwnerOrganizationId: tenant.id,
      appRoleAssignmentRequired: false,
      appRoles,
      displayName,
      oauth2PermissionScopes: [],
      servicePrincipalNames: [application.appId],
      servicePrincipalType: 'Application',
      signInAudience,
      tags: [],
    },
  };
}
