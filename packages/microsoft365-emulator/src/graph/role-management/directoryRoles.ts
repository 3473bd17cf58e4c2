import { createHash } from 'node:crypto';
import type { Tenant } from '../../store/Tenant.ts';
import { findRoleDefinition } from '../authorization/roleCatalog.ts';

/** An id that is always the same for the same text. */
function derivedId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A role as it is present in the tenant's directory, apart from its definition. */
export function presentDirectoryRole(tenant: Tenant, roleDefinitionId: string): object {
  const displayName = findRoleDefinition(roleDefinitionId)?.displayName ?? null;
  return {
    '@odata.type': '#microsoft.graph.directoryRole',
    id: derivedId(`${tenant.id}/${roleDefinitionId}`),
    deletedDateTime: null,
    description: displayName,
    displayName,
    roleTemplateId: roleDefinitionId,
  };
}
