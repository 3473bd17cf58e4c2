import type * as graph from '@microsoft/microsoft-graph-types';
import type { PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { findRoleDefinition, type RoleDefinition, roleDefinitions, roles } from '../authorization/roleCatalog.ts';
import { derivedId } from '../directory-objects/derivedId.ts';
import { makeResourceType } from '../odata/ResourceType.ts';
import { propertyOf, type WireOf } from '../odata/WireOf.ts';

export const directoryRoleType = makeResourceType<graph.DirectoryRole>('DirectoryRole', 'directoryRoles', {
  id: { type: 'guid', isDefault: true },
  deletedDateTime: { type: 'dateTime', isDefault: true },
  description: { type: 'string', isDefault: true },
  displayName: { type: 'string', isDefault: true, filter: ['eq'] },
  roleTemplateId: { type: 'guid', isDefault: true, filter: ['eq'] },
});

/** A role as it is present in the tenant's directory, apart from its definition. */
export interface DirectoryRole {
  readonly id: string;
  readonly definition: RoleDefinition;
}

function directoryRoleOf(tenant: Tenant, definition: RoleDefinition): DirectoryRole {
  return { id: derivedId(`${tenant.id}/${definition.id}`), definition };
}

/**
 * The roles that are present: a role is from the first time that somebody got it or that it was activated.
 * Source: Microsoft documentation, "Activate directoryRole"; Global Administrator is always there.
 */
export function activeDirectoryRoles(tenant: Tenant): DirectoryRole[] {
  const held = new Set(tenant.roleAssignments.values().map(({ roleDefinitionId }) => roleDefinitionId));
  const isActive = ({ id }: RoleDefinition): boolean =>
    id === roles.globalAdministrator || held.has(id) || tenant.directory.activatedRoles.get(id) !== undefined;
  return roleDefinitions.filter(isActive).map((definition) => directoryRoleOf(tenant, definition));
}

/** An active role by its own id, or as `roleTemplateId=…`. */
export function findDirectoryRole(tenant: Tenant, key: string): DirectoryRole | undefined {
  const templateId = /^roleTemplateId=(.+)$/i.exec(key)?.[1]?.toLowerCase();
  const wanted = key.toLowerCase();
  return activeDirectoryRoles(tenant).find(({ id, definition }) =>
    templateId === undefined ? id === wanted : definition.id === templateId,
  );
}

/** The roles that a principal holds itself, as objects of the directory. */
export function heldDirectoryRoles(tenant: Tenant, principalId: string): DirectoryRole[] {
  return tenant.roleAssignments
    .findAllVisible('principalId', principalId)
    .flatMap(({ roleDefinitionId }) => findRoleDefinition(roleDefinitionId) ?? [])
    .map((definition) => directoryRoleOf(tenant, definition));
}

export function readDirectoryRole({ id, definition }: DirectoryRole, name: string): PropertyValue | undefined {
  const values: WireOf<graph.DirectoryRole> = {
    id,
    description: definition.displayName,
    displayName: definition.displayName,
    roleTemplateId: definition.id,
  };
  return propertyOf(values, name);
}
