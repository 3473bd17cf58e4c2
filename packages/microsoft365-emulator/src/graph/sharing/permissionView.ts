import type * as graph from '@microsoft/microsoft-graph-types';
import { hostOf, sitePath } from '../../files/addresses.ts';
import { driveIdOf, driveItemIdOf } from '../../files/fileIds.ts';
import { findPrincipal } from '../../files/principals.ts';
import { assignmentsAt, effectiveScopeId, ownScopeId, scopeOfItem } from '../../files/roleAssignments.ts';
import { findRoleDefinition, levels } from '../../files/roleDefinitions.ts';
import type {
  ItemRecord,
  PrincipalRecord,
  SharePointRoleAssignmentRecord,
  SharingLinkRecord,
  SiteRecord,
} from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { Drive } from '../drives/findDrive.ts';
import type { GraphCall } from '../GraphCall.ts';

/** A permission as Graph shows it, with what it was made from. */
export interface ItemPermission {
  readonly object: graph.Permission & Record<string, unknown>;
  readonly assignment?: SharePointRoleAssignmentRecord;
  readonly link?: SharingLinkRecord;
  readonly isInherited: boolean;
}

/** Everybody who may use an item: by roles on it or on what it inherits from, and by links. */
export function itemPermissions(tenant: Tenant, drive: Drive, item: ItemRecord): ItemPermission[] {
  const scopeId = effectiveScopeId(tenant, scopeOfItem(tenant, item));
  const isInherited = scopeId !== ownScopeId(scopeOfItem(tenant, item));
  const inheritedFrom = isInherited ? { inheritedFrom: inheritedFromOf(tenant, drive, scopeId) } : {};
  const byRole = assignmentsAt(tenant, scopeId).flatMap((assignment) => {
    const principal = findPrincipal(tenant, drive.site.id, assignment.principal);
    const roles = graphRoles(assignment.roles);
    if (principal === undefined || roles.length === 0) return [];
    return [{ assignment, isInherited, object: { ...rolePermission(principal, roles), ...inheritedFrom } }];
  });
  const byLink = linksTo(tenant, item).map((link) => {
    const isFromAbove = link.itemId !== item.id;
    const from = isFromAbove ? { inheritedFrom: inheritedFromOf(tenant, drive, link.itemId) } : {};
    return { link, isInherited: isFromAbove, object: { ...linkPermission(tenant, drive.site, link), ...from } };
  });
  return [...byLink, ...byRole];
}

export function permissionObjects(
  { tenant }: Pick<GraphCall, 'tenant'>,
  drive: Drive,
  item: ItemRecord,
): graph.Permission[] {
  return itemPermissions(tenant, drive, item).map(({ object }) => object);
}

function linksTo(tenant: Tenant, item: ItemRecord): SharingLinkRecord[] {
  const links: SharingLinkRecord[] = [];
  let current: ItemRecord | undefined = item;
  while (current !== undefined) {
    links.push(...tenant.files.sharingLinks.findAll('item', current.id));
    current = tenant.files.items.get(current.parentId ?? '');
  }
  return links;
}

/** Graph's word for what roles of the site allow; none for those that allow nothing by themselves. */
function graphRoles(roles: readonly number[]): string[] {
  const level = Math.max(...roles.map((role) => findRoleDefinition(role)?.level ?? levels.none));
  if (level === levels.full) return ['owner'];
  if (level >= levels.write) return ['write'];
  return level === levels.read ? ['read'] : [];
}

export function rolePermission(principal: PrincipalRecord, roles: readonly string[]): graph.Permission {
  const { kind, title, email, loginName, number } = principal;
  const siteIdentity = { id: String(number), displayName: title, loginName };
  const id = Buffer.from(loginName).toString('base64url');
  if (kind === 'siteGroup') {
    return {
      id,
      roles: [...roles],
      grantedToV2: { siteGroup: siteIdentity },
      grantedTo: { user: { displayName: title } },
    };
  }
  const directory = { id: principal.objectId ?? loginName, displayName: title, ...(email === '' ? {} : { email }) };
  const who = kind === 'user' ? { user: directory } : { group: directory };
  return { id, roles: [...roles], grantedToV2: { ...who, siteUser: siteIdentity }, grantedTo: { user: directory } };
}

export function linkPermission(tenant: Tenant, site: SiteRecord, link: SharingLinkRecord): graph.Permission {
  const { type, scope, shareId } = link;
  const role = type === 'edit' ? 'write' : 'read';
  const people = link.userIds.map((id) => ({ user: { id, displayName: displayNameOf(tenant, id) } }));
  const webUrl = `https://${hostOf(tenant, site)}/:u:${site.kind === 'personal' ? '/g' : '/s'}${sitePath(site)}/${shareId}`;
  return {
    id: link.id,
    roles: [role],
    shareId,
    hasPassword: link.hasPassword,
    ...(link.expirationDateTime === null ? {} : { expirationDateTime: link.expirationDateTime }),
    ...(scope === 'users' ? { grantedToIdentitiesV2: people, grantedToIdentities: people } : {}),
    link: { type, scope, webUrl, preventsDownload: false },
  };
}

function displayNameOf(tenant: Tenant, userId: string): string {
  return String(tenant.users.get(userId)?.properties['displayName'] ?? '');
}

function inheritedFromOf(tenant: Tenant, { site, list }: Drive, scopeId: string): graph.ItemReference {
  const driveId = driveIdOf(site, list);
  const item = tenant.files.items.get(scopeId);
  return item === undefined ? { driveId } : { driveId, id: driveItemIdOf(item), name: item.name };
}
