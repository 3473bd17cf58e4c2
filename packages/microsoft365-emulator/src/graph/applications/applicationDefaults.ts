import type { Properties } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';

/** Everything a new application has besides what its creator asked for. */
export function applicationDefaults(tenant: Tenant, displayName: string): Properties {
  return {
    addIns: [],
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: null,
    },
    appRoles: [],
    createdDateTime: tenant.now().toISOString(),
    displayName,
    identifierUris: [],
    info: {},
    isFallbackPublicClient: null,
    oauth2RequirePostResponse: false,
    publicClient: { redirectUris: [] },
    publisherDomain: tenant.defaultDomain,
    requiredResourceAccess: [],
    signInAudience: 'AzureADMyOrg',
    spa: { redirectUris: [] },
    tags: [],
    web: { redirectUris: [], homePageUrl: null, logoutUrl: null },
  };
}
