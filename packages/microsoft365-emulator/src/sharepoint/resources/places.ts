import { listPath } from '../../files/addresses.ts';
import { findChild } from '../../files/items.ts';
import { listsOf, rootOf } from '../../files/lists.ts';
import type { ItemRecord, ListRecord } from '../../store/filesRecords.ts';
import type { Resource } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { SharePointError } from '../SharePointError.ts';
import { fileResource } from './files.ts';
import { addFolder, folderResource } from './folders.ts';

interface Place {
  readonly list: ListRecord;
  readonly item: ItemRecord;
}

/** What is at a server-relative address, with or without the site's own part before it. */
function findPlace(call: RestCall, address: string): Place | undefined {
  const { tenant, site } = call;
  const start = site.path === '' ? '' : `/${site.path}`;
  const given = address.replace(/^https:\/\/[^/]+/, '').replace(/\/+$/, '');
  const path = given.toLowerCase().startsWith(`${start.toLowerCase()}/`)
    ? given
    : `${start}/${given.replace(/^\//, '')}`;
  for (const list of listsOf(tenant, site)) {
    const root = listPath(site, list);
    const below = path.toLowerCase() === root.toLowerCase() ? '' : path.slice(root.length);
    const isBelow = path.toLowerCase().startsWith(`${root.toLowerCase()}/`);
    if (below !== '' && !isBelow) continue;
    const item = descend(call, rootOf(tenant, list), below);
    if (item !== undefined) return { list, item };
  }
  return undefined;
}

function descend({ tenant }: RestCall, root: ItemRecord, below: string): ItemRecord | undefined {
  let item: ItemRecord | undefined = root;
  for (const name of below.split('/').filter((part) => part !== '')) {
    item = item === undefined ? undefined : findChild(tenant, item, name);
  }
  return item;
}

export function fileAt(call: RestCall, address: string): Resource {
  const place = findPlace(call, address);
  if (place?.item.kind !== 'file') throw new SharePointError('fileMissing');
  return fileResource(call, place.list, place.item);
}

export function folderAt(call: RestCall, address: string): Resource {
  const place = findPlace(call, address);
  if (place === undefined || place.item.kind === 'file') throw new SharePointError('fileMissing');
  return folderResource(call, place.list, place.item);
}

export function byUniqueId(call: RestCall, id: string): Resource {
  const item = call.tenant.files.items.get(id.toLowerCase());
  const list = call.tenant.files.lists.get(item?.listId ?? '');
  if (item === undefined || list === undefined || item.siteId !== call.site.id)
    throw new SharePointError('fileMissing');
  return item.kind === 'file' ? fileResource(call, list, item) : folderResource(call, list, item);
}

/** Makes a folder at an address whose folder above it is there. */
export function addFolderAt(call: RestCall, address: string): Resource {
  const path = address.replace(/\/+$/, '');
  const cut = path.lastIndexOf('/');
  const parent = findPlace(call, path.slice(0, cut));
  if (parent === undefined || parent.item.kind === 'file') throw new SharePointError('fileMissing');
  return addFolder(call, parent.list, parent.item, path.slice(cut + 1));
}
