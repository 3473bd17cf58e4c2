import { randomUUID } from 'node:crypto';
import { isUnified } from '../graph/groups/groupKind.ts';
import { findCatalogSku } from '../seed/skuCatalog.ts';
import type { PrincipalRecord, SiteKind, SiteRecord } from '../store/filesRecords.ts';
import type { GroupRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { textOf } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { fileError } from './fileErrors.ts';
import { addList } from './lists.ts';
import {
  addAssociatedGroups,
  addMember,
  addPrincipal,
  ensurePrincipal,
  everyone,
  groupPrincipal,
} from './principals.ts';
import { assignRole } from './roleAssignments.ts';
import { roleIds } from './roleDefinitions.ts';

const SITE_QUOTA = 25 * 1024 ** 4;
const PERSONAL_QUOTA = 1024 ** 4;

export interface NewSite {
  readonly kind: SiteKind;
  readonly path: string;
  readonly displayName: string;
  readonly description?: string;
  readonly groupId?: string;
  readonly ownerUserId?: string;
  readonly quotaBytes?: number;
  /** Names of people and groups of the directory. */
  readonly owners?: readonly string[];
  readonly members?: readonly string[];
  readonly visitors?: readonly string[];
  /** Everybody in the organization may read it. */
  readonly isPublic?: boolean;
}

/** Makes a site with its three groups, its library and its pages. Call inside a transaction. */
export function addSite(tenant: Tenant, site: NewSite): SiteRecord {
  const now = tenant.now().toISOString();
  const record: SiteRecord = {
    id: randomUUID(),
    webId: randomUUID(),
    kind: site.kind,
    path: site.path,
    displayName: site.displayName,
    description: site.description ?? '',
    createdDateTime: now,
    lastModifiedDateTime: now,
    groupId: site.groupId ?? null,
    ownerUserId: site.ownerUserId ?? null,
    isLocked: false,
    quotaBytes: site.quotaBytes ?? (site.kind === 'personal' ? PERSONAL_QUOTA : SITE_QUOTA),
    nextPrincipal: 3,
  };
  tenant.files.sites.put(record);
  addRights(tenant, record, site);
  const isPersonal = site.kind === 'personal';
  addList(tenant, record, {
    displayName: 'Documents',
    name: isPersonal ? 'Documents' : 'Shared Documents',
    template: 'documentLibrary',
  });
  if (!isPersonal) {
    addList(tenant, record, { displayName: 'Site Pages', name: 'SitePages', template: 'webPageLibrary' });
    addList(tenant, record, {
      displayName: 'Site Assets',
      name: 'SiteAssets',
      template: 'documentLibrary',
      isHidden: true,
    });
  }
  return tenant.files.sites.get(record.id) ?? record;
}

function addRights(tenant: Tenant, site: SiteRecord, wanted: NewSite): void {
  const groups = addAssociatedGroups(tenant, site);
  assignRole(tenant, site.id, site.id, groups.owners.number, roleIds.fullControl);
  assignRole(tenant, site.id, site.id, groups.members.number, roleIds.edit);
  assignRole(tenant, site.id, site.id, groups.visitors.number, roleIds.read);
  for (const association of ['owners', 'members', 'visitors'] as const) {
    for (const name of wanted[association] ?? []) addPerson(tenant, site, groups[association], name);
  }
  if (wanted.isPublic === true) {
    const { visitors } = groups;
    const all = addPrincipal(tenant, site.id, everyone(tenant));
    addMember(tenant, tenant.files.principals.get(visitors.id) ?? visitors, all);
  }
  if (site.groupId !== null) connectGroup(tenant, site, site.groupId);
}

/** Owners are administrators of the site as well. */
function addPerson(tenant: Tenant, site: SiteRecord, group: PrincipalRecord, name: string): void {
  const person = ensurePrincipal(tenant, site.id, name);
  if (person === undefined) throw new TypeError(`The tenant has nobody named ${name} for the site ${site.displayName}`);
  addMember(tenant, tenant.files.principals.get(group.id) ?? group, person);
  if (group.association === 'owners') tenant.files.principals.put({ ...person, isSiteAdmin: true });
}

/** Owners of the Microsoft 365 group administer its site, members are among the site's members. */
function connectGroup(tenant: Tenant, site: SiteRecord, groupId: string): void {
  const ownersOfGroup = groupPrincipal(tenant, `${groupId}_o`);
  const membersOfGroup = groupPrincipal(tenant, groupId);
  if (ownersOfGroup === undefined || membersOfGroup === undefined) return;
  addPrincipal(tenant, site.id, { ...ownersOfGroup, isSiteAdmin: true });
  const members = addPrincipal(tenant, site.id, membersOfGroup);
  const group = tenant.files.principals.findAll('site', site.id).find(({ association }) => association === 'members');
  if (group !== undefined) addMember(tenant, group, members);
}

/** The site at a server-relative path, which may start with a slash; an empty one means the root site. */
export function findSiteByPath(tenant: Tenant, path: string): SiteRecord | undefined {
  const wanted = path.replaceAll(/^\/+|\/+$/g, '').toLowerCase();
  return tenant.files.sites.find('path', wanted);
}

/** OneDrive of a user: it is there for everybody whose license holds SharePoint, from the first time it is asked for. */
export function personalSiteOf(tenant: Tenant, userId: string): SiteRecord {
  const known = tenant.files.sites.find('owner', userId);
  if (known !== undefined) return known;
  const user = tenant.users.get(userId);
  if (user === undefined || !user.licenses.some(({ skuId, disabledPlans }) => holdsSharePoint(skuId, disabledPlans))) {
    throw fileError('noPersonalSite');
  }
  const upn = String(user.properties['userPrincipalName']).toLowerCase();
  return addSite(tenant, {
    kind: 'personal',
    path: `personal/${upn.replaceAll(/[@.]/g, '_')}`,
    displayName: textOf(user.properties['displayName']) ?? upn,
    ownerUserId: userId,
    owners: [upn],
  });
}

/** Whether the tenant has SharePoint at all. */
export function hasSharePoint(tenant: Tenant): boolean {
  return tenant.skus.values().some(({ id }) => holdsSharePoint(id, []));
}

function holdsSharePoint(skuId: string, disabledPlans: readonly string[]): boolean {
  const plans = findCatalogSku(skuId)?.plans ?? [];
  return plans.some((plan) => plan.name.startsWith('SHAREPOINT') && !disabledPlans.includes(plan.id));
}

/** The site of a Microsoft 365 group, made when it is first asked for. Call inside a transaction. */
export function siteOfGroup(tenant: Tenant, group: GroupRecord): SiteRecord {
  const known = tenant.files.sites.find('group', group.id);
  if (known !== undefined) return known;
  const { displayName, mailNickname, visibility, description } = group.properties;
  const title = textOf(displayName) ?? group.id;
  const path = freePath(tenant, textOf(mailNickname) ?? group.id);
  const isPublic = visibility === 'Public';
  const about = { displayName: title, description: textOf(description) ?? '' };
  return addSite(tenant, { kind: 'group', path, ...about, groupId: group.id, isPublic });
}

/** Makes the sites that Microsoft 365 groups have and nobody has asked for yet. */
export function makeGroupSites(world: World, tenant: Tenant): void {
  const missing = tenant.directory.groups
    .values()
    .filter((group) => isUnified(group) && tenant.files.sites.find('group', group.id) === undefined);
  if (missing.length > 0) world.transaction(() => missing.map((group) => siteOfGroup(tenant, group)));
}

/** The sites that are there; that of a deleted group is not, until the group is restored. */
export function liveSites(world: World, tenant: Tenant): SiteRecord[] {
  makeGroupSites(world, tenant);
  return tenant.files.sites.visibleValues().filter((site) => isLive(tenant, site));
}

export function isLive(tenant: Tenant, { groupId }: SiteRecord): boolean {
  return groupId === null || tenant.directory.groups.get(groupId) !== undefined;
}

function freePath(tenant: Tenant, name: string): string {
  let path = `sites/${name}`;
  for (let number = 2; findSiteByPath(tenant, path) !== undefined; number += 1) path = `sites/${name}${number}`;
  return path;
}

/** Bytes of all files in a site, the recycle bin included. */
export function usedBytes(tenant: Tenant, site: SiteRecord): { readonly used: number; readonly deleted: number } {
  const { files } = tenant;
  const roots = files.lists
    .findAll('site', site.id)
    .flatMap((list) => files.items.find('number', `${list.id}/0`) ?? []);
  const used = roots.reduce((sum, root) => sum + root.size, 0);
  const deleted = files.recycleBin.findAll('site', site.id).reduce((sum, { size }) => sum + size, 0);
  return { used, deleted };
}

export function checkQuota(tenant: Tenant, site: SiteRecord, more: number): void {
  const { used, deleted } = usedBytes(tenant, site);
  if (used + deleted + more > site.quotaBytes) throw fileError('quotaFull');
}
