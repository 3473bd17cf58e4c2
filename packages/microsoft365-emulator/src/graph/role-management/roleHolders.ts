import type { RoleAssignmentRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { roles } from '../authorization/roleCatalog.ts';
import { badRequest, notFound } from '../errors.ts';
import { isRoleAssignable } from '../groups/groupKind.ts';

/** The id of somebody who may hold a role: a user, a service principal, or a group that was made for it. */
export function getRoleHolder(tenant: Tenant, id: string): string {
  const principal = tenant.servicePrincipals.visible(id) ?? tenant.users.visible(id);
  if (principal !== undefined) return principal.id;
  const group = tenant.directory.groups.visible(id);
  if (group === undefined) throw notFound(id);
  // The text is a likely one.
  if (!isRoleAssignable(group)) throw badRequest('The group is not assignable to roles.');
  return group.id;
}

/** A tenant always keeps a Global Administrator. */
export function checkNotLastAdministrator(tenant: Tenant, assignment: RoleAssignmentRecord): void {
  if (assignment.roleDefinitionId !== roles.globalAdministrator) return;
  const others = tenant.roleAssignments
    .values()
    .filter((known) => known.roleDefinitionId === roles.globalAdministrator && known.id !== assignment.id);
  if (others.length === 0) throw badRequest('Removing the last Global Administrator is not allowed.');
}
