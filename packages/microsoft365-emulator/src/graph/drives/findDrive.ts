import { fileError } from '../../files/fileErrors.ts';
import { itemIdOfDriveItem, listIdOfDrive } from '../../files/fileIds.ts';
import { findChild } from '../../files/items.ts';
import { defaultLibrary, rootOf } from '../../files/lists.ts';
import { isLibrary } from '../../files/listTemplates.ts';
import { hasSharePoint, personalSiteOf } from '../../files/sites.ts';
import type { ItemRecord, ListRecord, SiteRecord } from '../../store/filesRecords.ts';
import type { GraphCall } from '../GraphCall.ts';
import { getList } from '../lists/findList.ts';
import { getSite } from '../sites/findSite.ts';
import { getVisibleUser } from '../users/findUser.ts';

export interface Drive {
  readonly site: SiteRecord;
  readonly list: ListRecord;
}

/** The drive that a path names by its id, or as that of a user, group, site or list. */
export function getDrive(call: GraphCall): Drive {
  const { params, tenant } = call;
  if (!hasSharePoint(tenant)) throw fileError('noLicense');
  if (params['drive'] !== undefined) return driveById(call, params['drive']);
  if (params['user'] !== undefined) {
    const user = getVisibleUser(call, params['user']);
    return libraryOf(
      call,
      call.world.transaction(() => personalSiteOf(tenant, user.id)),
    );
  }
  const site = getSite(call);
  if (params['list'] === undefined) return libraryOf(call, site);
  const list = getList(call, site);
  if (!isLibrary(list)) throw fileError('itemMissing');
  return { site, list };
}

function driveById({ tenant }: GraphCall, id: string): Drive {
  const list = tenant.files.lists.get(listIdOfDrive(id) ?? '');
  const site = tenant.files.sites.get(list?.siteId ?? '');
  if (list === undefined || site === undefined || !isLibrary(list)) throw fileError('itemMissing');
  return { site, list };
}

function libraryOf({ tenant }: GraphCall, site: SiteRecord): Drive {
  const list = defaultLibrary(tenant, site);
  if (list === undefined) throw fileError('itemMissing');
  return { site, list };
}

/** Where a path leads: an item that is there, or the folder and the name of one that is not. */
export interface Place extends Drive {
  readonly item: ItemRecord | undefined;
  /** Folder of the item, or the deepest one on the way that is there. */
  readonly parent: ItemRecord;
  /** Names that are missing below `parent`, the item's own last. */
  readonly missing: readonly string[];
}

/** Follows `root`, an item id, and a path behind either of them. */
export function findPlace(call: GraphCall, key: string = call.params['item'] ?? ''): Place {
  const drive = getDrive(call);
  const [start = '', path = ''] = key.split(/:(?=\/)/, 2);
  let item = start === 'root' ? rootOf(call.tenant, drive.list) : itemById(call, drive, start);
  const names = path.split('/').filter((name) => name !== '');
  for (const [index, name] of names.entries()) {
    const child = item.kind === 'file' ? undefined : findChild(call.tenant, item, name);
    if (child === undefined) return { ...drive, item: undefined, parent: item, missing: names.slice(index) };
    item = child;
  }
  const parent = item.parentId === null ? item : (call.tenant.files.items.get(item.parentId) ?? item);
  return { ...drive, item, parent, missing: [] };
}

export interface FoundItem extends Drive {
  readonly item: ItemRecord;
  readonly parent: ItemRecord;
}

/** The item that a path names; it must be there. */
export function getItem(call: GraphCall, key?: string): FoundItem {
  const { site, list, item, parent } = findPlace(call, key);
  if (item === undefined) throw fileError('itemMissing');
  return { site, list, item, parent };
}

export function itemById({ tenant }: GraphCall, { list }: Drive, id: string): ItemRecord {
  const item = tenant.files.items.get(itemIdOfDriveItem(id) ?? '');
  if (item === undefined || item.listId !== list.id) throw fileError('itemMissing');
  return item;
}
