import { randomUUID, X509Certificate } from 'node:crypto';
import { applicationDefaults } from '../graph/applications/applicationDefaults.ts';
import { keyCredentialOf, passwordCredentialOf } from '../graph/applications/credentials.ts';
import { servicePrincipalOf } from '../graph/service-principals/servicePrincipalOf.ts';
import { makeClientSecret } from '../secrets.ts';
import type { PropertyValue, ServicePrincipalRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { assignRole } from './assignRole.ts';
import { graphAppId, resourceApplications } from './firstParty.ts';
import { type SeedApplication, seedApplicationSchema } from './seedSchema.ts';

export interface AddedApplication {
  readonly appId: string;
  readonly applicationId: string;
  readonly servicePrincipalId: string;
  /** Set when the application signs in with a secret. */
  readonly secret: string | undefined;
}

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Registers an application with its service principal, credentials, consents and roles. Call inside a transaction. */
export function addApplication(tenant: Tenant, seed: SeedApplication): AddedApplication {
  const parsed = seedApplicationSchema.parse(seed);
  const now = tenant.now();
  const wantsSecret = !parsed.public && parsed.certificatePem === undefined;
  const secret = parsed.secret ?? (wantsSecret ? makeClientSecret() : undefined);
  const until = new Date(now.getTime() + YEAR_MS).toISOString();
  const application = {
    id: randomUUID(),
    appId: parsed.appId ?? randomUUID(),
    properties: {
      ...applicationDefaults(tenant, parsed.displayName),
      isFallbackPublicClient: parsed.public,
      requiredResourceAccess: requiredAccess(parsed.declared),
      signInAudience: parsed.multiTenant ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
      publicClient: { redirectUris: parsed.public ? parsed.redirectUris : [] },
      web: { redirectUris: parsed.public ? [] : parsed.redirectUris },
    },
    keyCredentials:
      parsed.certificatePem === undefined
        ? []
        : [keyCredentialOf(new X509Certificate(parsed.certificatePem), { displayName: parsed.displayName, now })],
    passwordCredentials: secret === undefined ? [] : [passwordCredentialOf(secret, { displayName: null, now, until })],
    ownerIds: [],
  };
  tenant.applications.put(application);
  const principal = servicePrincipalOf(tenant, application);
  tenant.servicePrincipals.put(principal);
  for (const name of parsed.permissions) consentToRole(tenant, principal, name);
  if (parsed.delegated.length > 0) consentToScopes(tenant, principal, parsed.delegated);
  for (const role of parsed.roles) assignRole(tenant, principal.id, role);
  return { appId: application.appId, applicationId: application.id, servicePrincipalId: principal.id, secret };
}

/** A name alone is looked for in Graph first; `<application id>/<name>` names the resource as well. */
function findRole(fullName: string): { readonly resourceAppId: string; readonly role: string } {
  const [name = '', wanted] = fullName.split('/').toReversed();
  for (const { appId, permissions } of resourceApplications) {
    if (wanted !== undefined && wanted !== appId) continue;
    const role = permissions.find((permission) => permission.name === name)?.role ?? null;
    if (role !== null) return { resourceAppId: appId, role };
  }
  throw new TypeError(`The emulator does not know the application permission ${fullName}`);
}

function requiredAccess(names: readonly string[]): PropertyValue[] {
  return names.map(findRole).map(({ resourceAppId, role }) => ({
    resourceAppId,
    resourceAccess: [{ id: role, type: 'Role' }],
  }));
}

function consentToRole(tenant: Tenant, principal: ServicePrincipalRecord, name: string): void {
  const { resourceAppId, role } = findRole(name);
  const resourcePrincipal = tenant.servicePrincipals.find('appId', resourceAppId);
  if (resourcePrincipal === undefined) throw new TypeError(`The tenant has no application ${resourceAppId}`);
  tenant.appRoleAssignments.put({
    id: randomUUID(),
    appRoleId: role,
    principalId: principal.id,
    resourceId: resourcePrincipal.id,
    createdDateTime: tenant.now().toISOString(),
  });
}

function consentToScopes(tenant: Tenant, principal: ServicePrincipalRecord, names: readonly string[]): void {
  for (const [appId, scopes] of Map.groupBy(names, (name) => (name.includes('/') ? name.split('/')[0] : graphAppId))) {
    const resource = tenant.servicePrincipals.find('appId', appId ?? '');
    if (resource === undefined) throw new TypeError(`The tenant has no application ${appId}`);
    tenant.grants.put({
      id: randomUUID(),
      clientId: principal.id,
      consentType: 'AllPrincipals',
      principalId: null,
      resourceId: resource.id,
      scope: scopes.map((name) => name.replace(/^.*\//, '')).join(' '),
    });
  }
}
