import { randomUUID } from 'node:crypto';
import { findRoleDefinition } from '../graph/authorization/roleCatalog.ts';
import type { Tenant } from '../store/Tenant.ts';

/** Gives a user or service principal a directory role by its name or template id. */
export function assignRole(tenant: Tenant, principalId: string, role: string): void {
  const definition = findRoleDefinition(role);
  if (definition === undefined) throw new TypeError(`The emulator does not know the role ${role}`);
  const id = randomUUID();
  tenant.roleAssignments.put({ id, principalId, roleDefinitionId: definition.id, directoryScopeId: '/' });
}
