import type { GroupRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type DirectoryObject, findDirectoryObjects } from '../directory-objects/DirectoryObject.ts';
import { directoryRoleType, heldDirectoryRoles, readDirectoryRole } from '../directory-roles/directoryRoleType.ts';
import type { Relations } from '../odata/RelatedObject.ts';
import { groupIdsOf, memberIdsOf, ownerIdsOf, transitiveGroupIdsOf } from './memberships.ts';

function rolesAsObjects(tenant: Tenant, principalId: string): DirectoryObject[] {
  return heldDirectoryRoles(tenant, principalId).map((role) => ({
    id: role.id,
    type: directoryRoleType,
    read: (name) => readDirectoryRole(role, name),
  }));
}

/** Groups and roles that somebody is in. */
export function directMemberships(tenant: Tenant, id: string): DirectoryObject[] {
  return [...findDirectoryObjects(tenant, groupIdsOf(tenant, id)), ...rolesAsObjects(tenant, id)];
}

/** Those, and what they are in themselves. */
export function transitiveMemberships(tenant: Tenant, id: string): DirectoryObject[] {
  const groupIds = transitiveGroupIdsOf(tenant, id);
  const held = [id, ...groupIds].flatMap((principalId) => rolesAsObjects(tenant, principalId));
  const roles = [...new Map(held.map((role) => [role.id, role])).values()];
  return [...findDirectoryObjects(tenant, groupIds), ...roles];
}

/** Groups and applications that somebody owns. */
export function ownedBy(tenant: Tenant, id: string): DirectoryObject[] {
  const groupIds = tenant.directory.groupOwners.findAllVisible('objectId', id).map(({ groupId }) => groupId);
  const applicationIds = tenant.applications
    .visibleValues()
    .filter(({ ownerIds }) => ownerIds.includes(id))
    .map((application) => application.id);
  return findDirectoryObjects(tenant, [...groupIds, ...applicationIds]);
}

/** Where `$expand` leads from a group. */
export function groupRelationsOf(tenant: Tenant): Relations<GroupRecord> {
  return {
    members: { isCollection: true, find: ({ id }) => findDirectoryObjects(tenant, memberIdsOf(tenant, id)) },
    owners: { isCollection: true, find: ({ id }) => findDirectoryObjects(tenant, ownerIdsOf(tenant, id)) },
    memberOf: { isCollection: true, find: ({ id }) => directMemberships(tenant, id) },
  };
}
