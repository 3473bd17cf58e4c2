import { randomUUID } from 'node:crypto';
import type { ActorRecord, ItemRecord, ListRecord, RecycledRecord, SiteRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';
import { itemPath, listPath } from './addresses.ts';
import { fileError } from './fileErrors.ts';
import { touchFolders, withDescendants } from './items.ts';
import { dropRightsOf, removeList } from './lists.ts';

/** Deletes an item with everything below it into the site's recycle bin and gives the entry there. */
export function recycleItem(tenant: Tenant, site: SiteRecord, item: ItemRecord, actor: ActorRecord): RecycledRecord {
  const list = tenant.files.lists.get(item.listId);
  if (list === undefined) throw fileError('listMissing');
  const items = withDescendants(tenant, item);
  if (items.some(({ isLocked }) => isLocked)) throw fileError('itemLocked');
  const path = itemPath(tenant, site, list, item).slice(1);
  const recycled = recycle(
    tenant,
    site,
    { leafName: item.name, dirName: folderOf(path), size: item.size, actor },
    items,
  );
  for (const each of items) tenant.files.takeItemOut(each);
  touchFolders(tenant, item.parentId, -item.size);
  const now = tenant.now().toISOString();
  tenant.files.lists.put({ ...list, lastItemDeletedDateTime: now });
  return recycled;
}

/** Deletes a list with all its items into the recycle bin. */
export function recycleList(tenant: Tenant, site: SiteRecord, list: ListRecord, actor: ActorRecord): RecycledRecord {
  const items = tenant.files.items.findAll('list', list.id);
  const size = items.find((item) => item.kind === 'root')?.size ?? 0;
  const path = listPath(site, list).slice(1);
  const recycled = recycle(tenant, site, { leafName: list.name, dirName: folderOf(path), size, actor, list }, items);
  for (const { id } of items) tenant.files.items.remove(id);
  tenant.files.lists.remove(list.id);
  tenant.files.rebuild();
  return recycled;
}

function recycle(
  tenant: Tenant,
  site: SiteRecord,
  what: { leafName: string; dirName: string; size: number; actor: ActorRecord; list?: ListRecord },
  items: readonly ItemRecord[],
): RecycledRecord {
  const { leafName, dirName, size, actor, list } = what;
  const recycled: RecycledRecord = {
    id: randomUUID(),
    siteId: site.id,
    stage: 1,
    leafName,
    dirName,
    size,
    deletedDateTime: tenant.now().toISOString(),
    deletedBy: actor,
    list: list ?? null,
    items,
  };
  tenant.files.recycleBin.put(recycled);
  return recycled;
}

/** Puts back what was deleted; its folder must be there and its name free. */
export function restoreRecycled(tenant: Tenant, recycled: RecycledRecord): void {
  const { files } = tenant;
  if (recycled.list !== null) files.lists.put(recycled.list);
  else checkPlace(tenant, recycled);
  for (const { changeNumber: _, ...item } of recycled.items) files.saveItem(item);
  files.recycleBin.remove(recycled.id);
  const [first] = recycled.items;
  if (recycled.list === null && first !== undefined) touchFolders(tenant, first.parentId, first.size);
}

function checkPlace(tenant: Tenant, recycled: RecycledRecord): void {
  const [first] = recycled.items;
  const parent = tenant.files.items.get(first?.parentId ?? '');
  if (parent === undefined) throw fileError('itemMissing');
  const isTaken = tenant.files.items
    .findAll('parent', parent.id)
    .some(({ name }) => name.toLowerCase() === first?.name.toLowerCase());
  if (isTaken) throw fileError('nameExists');
}

/** Deletes for good. */
export function purgeRecycled(tenant: Tenant, recycled: RecycledRecord): void {
  for (const { id } of recycled.items) dropRightsOf(tenant, id);
  if (recycled.list !== null) removeList(tenant, recycled.list);
  tenant.files.recycleBin.remove(recycled.id);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
