import { columnsOf } from '../../files/columns.ts';
import { childrenOf } from '../../files/items.ts';
import { itemsOf } from '../../files/lists.ts';
import { isLibrary } from '../../files/listTemplates.ts';
import type { ItemRecord, ListRecord, SiteRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { GraphCall } from '../GraphCall.ts';
import { columnView, fieldsObject, listItemObject, listObject } from '../lists/listViews.ts';
import { permissionObjects } from '../sharing/permissionView.ts';
import type { Asking } from './downloadUrl.ts';
import { driveItemObject, driveView, versionObject, versionsOf } from './driveViews.ts';
import { type FileObject, type FileView, shaped } from './filesOdata.ts';
import type { Drive } from './findDrive.ts';
import { thumbnailSets } from './thumbnails.ts';

/** How an item of a library is shown; the call says who asks and by which address. */
export function driveItemView(call: Asking, drive: Drive): FileView<ItemRecord> {
  const view: FileView<ItemRecord> = {
    kind: 'driveItem',
    toObject: (item) => driveItemObject(call, drive, item),
    expansions: {
      children: (item, options) => childrenOf(call.tenant, item).map((child) => shaped(view, child, options)),
      permissions: (item) => permissionObjects(call, drive, item),
      listItem: (item, options) => shaped(listItemView(call.tenant, drive), item, options),
      thumbnails: (item) => thumbnailSets(call, item),
      versions: (item) => versionsOf(item).map((version) => versionObject(version)),
    },
  };
  return view;
}

export function listView(call: GraphCall, site: SiteRecord): FileView<ListRecord> {
  const { tenant } = call;
  return {
    kind: 'list',
    toObject: (list) => listObject(tenant, site, list),
    expansions: {
      columns: (list, options) => columnsOf(list).map((column) => shaped(columnView, column, options)),
      items: (list, options) =>
        itemsOf(tenant, list).map((item) => shaped(listItemView(tenant, { site, list }, call), item, options)),
      drive: (list, options) => (isLibrary(list) ? shaped(driveView(tenant), { site, list }, options) : null),
    },
  };
}

/** How an item of a list is shown; a call is needed for what leads to drives. */
export function listItemView(tenant: Tenant, drive: Drive, call?: Asking): FileView<ItemRecord> {
  return {
    kind: 'listItem',
    toObject: (item) => listItemObject(tenant, drive, item),
    expansions: {
      fields: (item, options) => selectedFields(fieldsObject(tenant, drive, item), options),
      driveItem: (item, options) =>
        call !== undefined && isLibrary(drive.list) ? shaped(driveItemView(call, drive), item, options) : null,
    },
  };
}

function selectedFields(fields: FileObject, options: URLSearchParams): FileObject {
  const names = (options.get('$select') ?? options.get('select') ?? '').split(',').map((name) => name.trim());
  if (names[0] === '') return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name) || name === '@odata.etag'));
}
