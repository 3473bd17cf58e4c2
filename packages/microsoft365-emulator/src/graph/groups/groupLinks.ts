import type { Settings } from '../../settings.ts';
import type { GroupRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type DirectoryObject, findDirectoryObject } from '../directory-objects/DirectoryObject.ts';
import { readReference } from '../directory-objects/reference.ts';
import { notFound } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';
import { inheritLicenses } from '../licenses/inheritLicenses.ts';
import { servicePrincipalType } from '../service-principals/servicePrincipalType.ts';
import { userType } from '../users/userType.ts';
import { isExchangeMastered, isRoleAssignable, isSynchronized, isUnified } from './groupKind.ts';
import { groupRefusals } from './groupRefusals.ts';
import { groupType } from './groupType.ts';

export type LinkName = 'members' | 'owners';

const MAXIMUM_BINDINGS = 20;

/** Refuses to change the links of groups that are somebody else's to change. */
export function checkLinkable(group: GroupRecord): void {
  if (isExchangeMastered(group)) throw groupRefusals.mailEnabled();
  if (isSynchronized(group)) throw groupRefusals.synchronized();
}

/** The objects that the links of an `@odata.bind` name. */
export function readBindings(call: GraphCall, links: readonly string[]): DirectoryObject[] {
  if (links.length > MAXIMUM_BINDINGS) throw groupRefusals.tooManyBindings();
  const ids = links.map(readReference);
  const objects = ids.map((id) => {
    if (id === undefined) throw groupRefusals.invalidReference();
    return getLinked(call, id);
  });
  if (new Set(objects.map(({ id }) => id)).size < objects.length) throw groupRefusals.duplicates();
  return objects;
}

export function getLinked({ tenant }: GraphCall, id: string): DirectoryObject {
  const object = findDirectoryObject(tenant, id);
  if (object === undefined) throw notFound(id);
  return object;
}

/** Refuses what the kind of group or the link does not allow, and more links than there may be. */
export function checkLinks(
  call: GraphCall,
  group: GroupRecord,
  link: LinkName,
  objects: readonly DirectoryObject[],
): void {
  const links = linksOf(call.tenant, link);
  if (objects.some(({ id }) => links.get(`${group.id}/${id}`) !== undefined)) throw groupRefusals.alreadyLinked(link);
  for (const object of objects) checkKind(group, link, object);
  const wanted = links.findAll('groupId', group.id).length + objects.length;
  const maximum = quotaOf(call.settings, link);
  if (wanted > maximum) throw groupRefusals.linkQuota(wanted, maximum, link);
}

function linksOf({ directory }: Tenant, link: LinkName): Tenant['directory']['groupMembers'] {
  return link === 'members' ? directory.groupMembers : directory.groupOwners;
}

function quotaOf({ groupMemberQuota, groupOwnerQuota }: Settings, link: LinkName): number {
  return link === 'members' ? groupMemberQuota : groupOwnerQuota;
}

/**
 * Source: Microsoft documentation, "Add members": users alone can be in a Microsoft 365 group, groups can be in security
 * groups but not in those that hold roles, and nothing can be in itself.
 */
function checkKind(group: GroupRecord, link: LinkName, { id, type }: DirectoryObject): void {
  if (link === 'owners') {
    if (type !== userType && type !== servicePrincipalType) throw groupRefusals.cannotOwn();
    return;
  }
  const isFixed = isUnified(group) || isRoleAssignable(group);
  const isAllowed = isUnified(group) ? type === userType : type.name !== 'DirectoryRole' && type.name !== 'Application';
  if (!isAllowed || id === group.id || (isFixed && type === groupType)) throw groupRefusals.cannotContain();
}

/** Adds the links; users get what the group gives. In a transaction. */
export function addLinks(
  tenant: Tenant,
  groupId: string,
  link: LinkName,
  objects: readonly Pick<DirectoryObject, 'id'>[],
): void {
  for (const { id } of objects) {
    if (link === 'owners') tenant.directory.addOwner(groupId, id);
    else tenant.directory.addMember(groupId, id);
  }
  const hasLicenses = (tenant.directory.groups.get(groupId)?.licenses.length ?? 0) > 0;
  if (link === 'members' && hasLicenses) for (const { id } of objects) inheritLicenses(tenant, id);
}
