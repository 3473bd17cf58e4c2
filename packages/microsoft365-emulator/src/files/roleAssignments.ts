import { randomUUID } from 'node:crypto';
import type { ItemRecord, ListRecord, SharePointRoleAssignmentRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';

/** Something that can have rights of its own. */
export interface SecurableScope {
  readonly siteId: string;
  readonly list?: ListRecord | undefined;
  readonly item?: ItemRecord | undefined;
}

export function scopeOfItem(tenant: Tenant, item: ItemRecord): SecurableScope {
  return { siteId: item.siteId, list: tenant.files.lists.get(item.listId), item };
}

/** Id of the nearest thing, going up, that does not inherit its rights. */
export function effectiveScopeId(tenant: Tenant, { siteId, list, item }: SecurableScope): string {
  let current: ItemRecord | undefined = item;
  while (current !== undefined) {
    if (current.hasUniquePermissions) return current.id;
    current = current.parentId === null ? undefined : tenant.files.items.get(current.parentId);
  }
  return list?.hasUniquePermissions === true ? list.id : siteId;
}

export function assignmentsAt(tenant: Tenant, scopeId: string): SharePointRoleAssignmentRecord[] {
  const assignments = tenant.files.roleAssignments.findAll('scope', scopeId);
  return assignments.toSorted((one, other) => one.principal - other.principal);
}

/** Whether a scope has rights of its own. */
export function isUnique({ list, item }: SecurableScope): boolean {
  if (item !== undefined && item.kind !== 'root') return item.hasUniquePermissions;
  return list === undefined || list.hasUniquePermissions;
}

/** Id under which a scope's own rights are kept; a library's root folder shares those of the library. */
export function ownScopeId({ siteId, list, item }: SecurableScope): string {
  if (item !== undefined && item.kind !== 'root') return item.id;
  return list?.id ?? siteId;
}

/** Gives a scope rights of its own: a copy of what it inherited, or none. */
export function breakInheritance(tenant: Tenant, scope: SecurableScope, copiesAssignments: boolean): void {
  if (isUnique(scope)) return;
  const inherited = assignmentsAt(tenant, effectiveScopeId(tenant, scope));
  const scopeId = ownScopeId(scope);
  setUnique(tenant, scope, true);
  if (!copiesAssignments) return;
  for (const assignment of inherited) {
    tenant.files.roleAssignments.put({ ...assignment, id: randomUUID(), scopeId });
  }
}

export function resetInheritance(tenant: Tenant, scope: SecurableScope): void {
  if (scope.list === undefined || !isUnique(scope)) return;
  for (const { id } of assignmentsAt(tenant, ownScopeId(scope))) tenant.files.roleAssignments.remove(id);
  setUnique(tenant, scope, false);
}

function setUnique(tenant: Tenant, { list, item }: SecurableScope, hasUniquePermissions: boolean): void {
  if (item !== undefined && item.kind !== 'root') {
    const { changeNumber: _, ...current } = tenant.files.items.get(item.id) ?? item;
    tenant.files.saveItem({ ...current, hasUniquePermissions });
  } else if (list !== undefined) tenant.files.lists.put({ ...list, hasUniquePermissions });
}

/** Adds roles of a principal to those it has at a scope with rights of its own. */
export function assignRole(tenant: Tenant, siteId: string, scopeId: string, principal: number, role: number): void {
  const known = assignmentsAt(tenant, scopeId).find((assignment) => assignment.principal === principal);
  const roles = [...new Set([...(known?.roles ?? []), role])];
  tenant.files.roleAssignments.put({ id: known?.id ?? randomUUID(), siteId, scopeId, principal, roles });
}

export function replaceRoles(
  tenant: Tenant,
  assignment: SharePointRoleAssignmentRecord,
  roles: readonly number[],
): void {
  if (roles.length === 0) tenant.files.roleAssignments.remove(assignment.id);
  else tenant.files.roleAssignments.put({ ...assignment, roles });
}

/** Takes a principal's rights away everywhere in a site, as when it is deleted from there. */
export function removeAssignmentsOf(tenant: Tenant, siteId: string, principal: number): void {
  for (const assignment of tenant.files.roleAssignments.values()) {
    if (assignment.siteId === siteId && assignment.principal === principal) {
      tenant.files.roleAssignments.remove(assignment.id);
    }
  }
}
