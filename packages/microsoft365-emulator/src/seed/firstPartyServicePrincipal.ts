import { randomUUID } from 'node:crypto';
import type { PropertyValue, ServicePrincipalRecord } from '../store/records.ts';
import { type FirstPartyClient, microsoftTenantId, type ResourceApplication } from './firstParty.ts';

/** The service principal by which one of Microsoft's own applications is present in a tenant. */
export function firstPartyServicePrincipal(
  application: ResourceApplication | FirstPartyClient,
): ServicePrincipalRecord {
  const permissions = 'permissions' in application ? application.permissions : [];
  const appRoles: PropertyValue[] = permissions.flatMap(({ role, name }) =>
    role === null
      ? []
      : [
          {
            allowedMemberTypes: ['Application'],
            description: name,
            displayName: name,
            id: role,
            isEnabled: true,
            value: name,
          },
        ],
  );
  const scopes: PropertyValue[] = permissions.flatMap(({ scope, name }) =>
    scope === null
      ? []
      : [
          {
            adminConsentDescription: name,
            adminConsentDisplayName: name,
            id: scope,
            isEnabled: true,
            type: 'Admin',
            userConsentDescription: name,
            userConsentDisplayName: name,
            value: name,
          },
        ],
  );
  return {
    id: randomUUID(),
    appId: application.appId,
    passwordCredentials: [],
    properties: {
      accountEnabled: true,
      appDisplayName: application.displayName,
      appOwnerOrganizationId: microsoftTenantId,
      appRoleAssignmentRequired: false,
      appRoles,
      displayName: application.displayName,
      oauth2PermissionScopes: scopes,
      servicePrincipalNames: [application.appId, ...('uris' in application ? application.uris : [])],
      servicePrincipalType: 'Application',
      signInAudience: 'AzureADMultipleOrgs',
      tags: [],
    },
  };
}
