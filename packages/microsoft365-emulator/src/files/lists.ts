import { randomUUID } from 'node:crypto';
import type { ActorRecord, ColumnRecord, ItemRecord, ListRecord, SiteRecord } from '../store/filesRecords.ts';
import type { Properties } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { systemActor } from './actors.ts';
import { isLibrary } from './listTemplates.ts';

export interface NewList {
  readonly displayName: string;
  readonly template: string;
  /** Last part of the address; made from the display name without it. */
  readonly name?: string;
  readonly description?: string;
  readonly isHidden?: boolean;
  readonly columns?: readonly Properties[];
  readonly settings?: Properties;
  readonly actor?: ActorRecord;
}

export function listsOf(tenant: Tenant, site: SiteRecord): ListRecord[] {
  const lists = tenant.files.lists.findAll('site', site.id);
  return lists.toSorted((one, other) => order(one).localeCompare(order(other), 'en'));
}

function order({ createdDateTime, displayName }: ListRecord): string {
  return `${createdDateTime} ${displayName}`;
}

export function findListByTitle(tenant: Tenant, site: SiteRecord, title: string): ListRecord | undefined {
  return listsOf(tenant, site).find((list) => list.displayName.toLowerCase() === title.toLowerCase());
}

/** The library that a site has from the start. */
export function defaultLibrary(tenant: Tenant, site: SiteRecord): ListRecord | undefined {
  const name = site.kind === 'personal' ? 'Documents' : 'Shared Documents';
  const libraries = listsOf(tenant, site).filter(isLibrary);
  return libraries.find((list) => list.name === name) ?? libraries[0];
}

/** Makes a list; its title must be free. Call inside a transaction. */
export function addList(tenant: Tenant, site: SiteRecord, wanted: NewList): ListRecord {
  const now = tenant.now().toISOString();
  const name = freeName(tenant, site, wanted.name ?? wanted.displayName.replaceAll(/["*:<>?/\\|#%&{}~.]/g, ''));
  const list: ListRecord = {
    id: randomUUID(),
    siteId: site.id,
    displayName: wanted.displayName,
    name,
    description: wanted.description ?? '',
    template: wanted.template,
    isHidden: wanted.isHidden ?? false,
    createdDateTime: now,
    lastModifiedDateTime: now,
    lastItemDeletedDateTime: now,
    createdBy: wanted.actor ?? systemActor,
    version: 0,
    columns: (wanted.columns ?? []).map(newColumn),
    settings: wanted.settings ?? {},
    nextItem: 1,
    hasUniquePermissions: false,
  };
  tenant.files.lists.put(list);
  tenant.files.saveItem(rootFolder(list, now));
  return list;
}

function rootFolder(list: ListRecord, now: string): Omit<ItemRecord, 'changeNumber'> {
  return {
    id: randomUUID(),
    siteId: list.siteId,
    listId: list.id,
    number: 0,
    kind: 'root',
    name: 'root',
    parentId: null,
    description: '',
    fields: {},
    file: null,
    size: 0,
    createdDateTime: now,
    createdBy: list.createdBy,
    modifiedDateTime: now,
    modifiedBy: list.createdBy,
    fileSystemInfo: null,
    version: 0,
    contentVersion: 0,
    isLocked: false,
    hasUniquePermissions: false,
  };
}

export function newColumn(definition: Properties): ColumnRecord {
  return { id: randomUUID(), definition };
}

function freeName(tenant: Tenant, site: SiteRecord, wanted: string): string {
  const taken = new Set(listsOf(tenant, site).map((list) => list.name.toLowerCase()));
  const base = wanted.trim() === '' ? 'List' : wanted.trim();
  let name = base;
  for (let number = 1; taken.has(name.toLowerCase()); number += 1) name = `${base}${number}`;
  return name;
}

export function rootOf(tenant: Tenant, list: ListRecord): ItemRecord {
  const root = tenant.files.items.find('number', `${list.id}/0`);
  if (root === undefined) throw new TypeError(`The list ${list.id} has no root folder`);
  return root;
}

/** Items of a list without its root folder. */
export function itemsOf(tenant: Tenant, list: ListRecord): ItemRecord[] {
  const items = tenant.files.items.findAll('list', list.id).filter((item) => item.kind !== 'root');
  return items.toSorted((one, other) => one.number - other.number);
}

export function saveList(tenant: Tenant, list: ListRecord): ListRecord {
  const saved = { ...list, version: list.version + 1, lastModifiedDateTime: tenant.now().toISOString() };
  tenant.files.lists.put(saved);
  return saved;
}

/** Deletes a list for good, with everything in it. */
export function removeList(tenant: Tenant, list: ListRecord): void {
  const { files } = tenant;
  for (const item of files.items.findAll('list', list.id)) {
    dropRightsOf(tenant, item.id);
    files.items.remove(item.id);
  }
  for (const { id } of files.itemTombstones.findAll('list', list.id)) files.itemTombstones.remove(id);
  dropRightsOf(tenant, list.id);
  files.lists.remove(list.id);
}

/** Removes what says who may use something that is deleted for good. */
export function dropRightsOf(tenant: Tenant, id: string): void {
  for (const assignment of tenant.files.roleAssignments.findAll('scope', id)) {
    tenant.files.roleAssignments.remove(assignment.id);
  }
  for (const link of tenant.files.sharingLinks.findAll('item', id)) tenant.files.sharingLinks.remove(link.id);
}
