import { randomUUID } from 'node:crypto';
import { userConsentableScopes } from '../graph/authorization/permissionCatalog.ts';
import { roles } from '../graph/authorization/roleCatalog.ts';
import { servicePrincipalOf } from '../graph/service-principals/servicePrincipalOf.ts';
import type { ResourceApplication } from '../seed/firstParty.ts';
import { firstPartyServicePrincipal } from '../seed/firstPartyServicePrincipal.ts';
import type { GrantRecord, PropertyValue, ServicePrincipalRecord, UserRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { Client } from './clients.ts';
import type { RequestedScopes } from './scopes.ts';

/** Delegated permissions that a client has for a user, by everybody's or the user's own consent or by being Microsoft's. */
export function consentedPermissions(
  tenant: Tenant,
  client: Client,
  userId: string,
  resource: ResourceApplication,
): Set<string> {
  const consented = new Set(client.firstParty?.preauthorized ?? []);
  const principal = tenant.servicePrincipals.find('appId', client.appId);
  const resourceId = tenant.servicePrincipals.find('appId', resource.appId)?.id;
  if (principal === undefined) return consented;
  for (const grant of tenant.grants.findAllVisible('clientId', principal.id)) {
    const isForUser = grant.consentType === 'AllPrincipals' || grant.principalId === userId;
    if (grant.resourceId === resourceId && isForUser) for (const name of grant.scope.split(' ')) consented.add(name);
  }
  return consented;
}

/** Delegated permissions that a request needs and nobody has consented to yet. */
export function missingPermissions(
  tenant: Tenant,
  client: Client,
  userId: string,
  requested: RequestedScopes,
): string[] {
  const consented = consentedPermissions(tenant, client, userId, requested.resource);
  const wanted = requested.isDefault ? declaredPermissions(client, requested.resource) : requested.permissions;
  const missing = wanted.filter((name) => !consented.has(name));
  // Signing in at all to an application that nobody consented to takes consent to the least there is.
  return missing.length === 0 && consented.size === 0 ? ['User.Read'] : missing;
}

/** Delegated permissions that the application's registration lists under `requiredResourceAccess`. */
export function declaredPermissions(client: Client, resource: ResourceApplication): string[] {
  const entries = client.application?.properties['requiredResourceAccess'];
  if (!Array.isArray(entries)) return [];
  const ids = entries
    .filter((entry) => fieldOf(entry, 'resourceAppId') === resource.appId)
    .flatMap((entry) => {
      const access = fieldOf(entry, 'resourceAccess');
      return Array.isArray(access) ? access : [];
    })
    .filter((access) => fieldOf(access, 'type') === 'Scope')
    .map((access) => fieldOf(access, 'id'));
  return resource.permissions.filter(({ scope }) => scope !== null && ids.includes(scope)).map(({ name }) => name);
}

function fieldOf(value: PropertyValue, name: string): PropertyValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
}

const consentAdministrators: readonly string[] = [
  roles.globalAdministrator,
  roles.privilegedRoleAdministrator,
  roles.cloudApplicationAdministrator,
  roles.applicationAdministrator,
];

export function isConsentAdministrator(tenant: Tenant, user: UserRecord): boolean {
  return tenant.roleAssignments
    .findAll('principalId', user.id)
    .some((assignment) => consentAdministrators.includes(assignment.roleDefinitionId));
}

/** Whether this user may consent to these permissions, for themselves at least. */
export function mayConsent(tenant: Tenant, user: UserRecord, permissions: readonly string[]): boolean {
  return permissions.every((name) => userConsentableScopes.has(name)) || isConsentAdministrator(tenant, user);
}

export interface Consent {
  readonly client: Client;
  readonly user: UserRecord;
  readonly resource: ResourceApplication;
  readonly permissions: readonly string[];
  readonly forEverybody: boolean;
}

/** Writes consent down; the client gets its service principal in the tenant by this. Call inside a transaction. */
export function recordConsent(tenant: Tenant, consent: Consent): void {
  const { client, user, resource, permissions, forEverybody } = consent;
  const principal = ensureServicePrincipal(tenant, client);
  const resourcePrincipal = tenant.servicePrincipals.find('appId', resource.appId);
  if (principal === undefined || resourcePrincipal === undefined) return;
  const consentType = forEverybody ? 'AllPrincipals' : 'Principal';
  const principalId = forEverybody ? null : user.id;
  const existing = tenant.grants
    .findAll('clientId', principal.id)
    .find((grant) => grant.resourceId === resourcePrincipal.id && grant.principalId === principalId);
  const scope = [...new Set([...(existing?.scope.split(' ') ?? []), ...permissions])].join(' ');
  const fresh: GrantRecord = {
    id: randomUUID(),
    clientId: principal.id,
    consentType,
    principalId,
    resourceId: resourcePrincipal.id,
    scope,
  };
  tenant.grants.put(existing === undefined ? fresh : { ...existing, scope });
}

function ensureServicePrincipal(tenant: Tenant, client: Client): ServicePrincipalRecord | undefined {
  const existing = tenant.servicePrincipals.find('appId', client.appId);
  if (existing !== undefined) return existing;
  const made =
    client.firstParty !== undefined
      ? firstPartyServicePrincipal(client.firstParty)
      : client.application && servicePrincipalOf(tenant, client.application);
  if (made !== undefined) tenant.servicePrincipals.put(made);
  return made;
}
