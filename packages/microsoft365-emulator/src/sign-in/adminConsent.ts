import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Tenant } from '../store/Tenant.ts';
import type { Client } from './clients.ts';

const requiredAccessSchema = z.array(
  z.object({
    resourceAppId: z.string(),
    resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
  }),
);

/** Grants the application permissions that a registration lists. Call inside a transaction. */
export function consentToDeclaredRoles(tenant: Tenant, client: Client): void {
  const principal = tenant.servicePrincipals.find('appId', client.appId);
  const declared = requiredAccessSchema.safeParse(client.application?.properties['requiredResourceAccess'] ?? []);
  if (principal === undefined || !declared.success) return;
  for (const { resourceAppId, resourceAccess } of declared.data) {
    const resource = tenant.servicePrincipals.find('appId', resourceAppId);
    if (resource === undefined) continue;
    for (const access of resourceAccess) {
      if (access.type === 'Role') grantRole(tenant, principal.id, resource.id, access.id);
    }
  }
}

function grantRole(tenant: Tenant, principalId: string, resourceId: string, appRoleId: string): void {
  const isThere = tenant.appRoleAssignments
    .findAll('principalId', principalId)
    .some((assignment) => assignment.resourceId === resourceId && assignment.appRoleId === appRoleId);
  if (isThere) return;
  const createdDateTime = tenant.now().toISOString();
  tenant.appRoleAssignments.put({ id: randomUUID(), appRoleId, principalId, resourceId, createdDateTime });
}
