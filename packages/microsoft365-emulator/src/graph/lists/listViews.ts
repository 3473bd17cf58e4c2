import type * as graph from '@microsoft/microsoft-graph-types';
import { actorNumber } from '../../files/actorNumber.ts';
import { identitySet } from '../../files/actors.ts';
import { encodePath, hostOf, itemPath, listPath } from '../../files/addresses.ts';
import { type Column, columnsOf } from '../../files/columns.ts';
import { childrenOf } from '../../files/items.ts';
import { itemsOf } from '../../files/lists.ts';
import { isLibrary } from '../../files/listTemplates.ts';
import type { ItemRecord, ListRecord, SiteRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { Asking } from '../drives/downloadUrl.ts';
import { driveItemView, driveView, sharePointIds } from '../drives/driveViews.ts';
import { type FileObject, type FileView, shaped } from '../drives/filesOdata.ts';
import type { Drive } from '../drives/findDrive.ts';
import type { GraphCall } from '../GraphCall.ts';
import { siteIdOf, toSeconds } from '../sites/siteView.ts';

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

function listObject(tenant: Tenant, site: SiteRecord, list: ListRecord): FileObject & graph.List {
  const eTag = `"${list.id},${list.version}"`;
  return {
    '@odata.etag': eTag,
    createdDateTime: toSeconds(list.createdDateTime),
    description: list.description,
    eTag,
    id: list.id,
    lastModifiedDateTime: toSeconds(list.lastModifiedDateTime),
    name: list.name,
    webUrl: `https://${hostOf(tenant, site)}${encodePath(listPath(site, list))}`,
    displayName: list.displayName,
    createdBy: identitySet(list.createdBy),
    parentReference: { siteId: siteIdOf(tenant, site) },
    list: {
      contentTypesEnabled: list.settings['ContentTypesEnabled'] === true,
      hidden: list.isHidden,
      template: list.template,
    },
  };
}

export const columnView: FileView<Column> = {
  kind: 'columnDefinition',
  toObject: (column) => ({
    columnGroup: column.isBuiltin ? '_Hidden' : 'Custom Columns',
    description: column.description,
    displayName: column.displayName,
    enforceUniqueValues: column.isUnique,
    hidden: column.isHidden,
    id: column.id,
    indexed: column.isIndexed,
    name: column.name,
    readOnly: column.isReadOnly,
    required: column.isRequired,
    ...column.definition,
  }),
};

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

export function listItemObject(tenant: Tenant, { site, list }: Drive, item: ItemRecord): FileObject & graph.ListItem {
  const eTag = `"${item.id},${item.version}"`;
  const path =
    item.kind === 'item' ? `${listPath(site, list)}/${item.number}_.000` : itemPath(tenant, site, list, item);
  return {
    '@odata.etag': eTag,
    createdDateTime: toSeconds(item.createdDateTime),
    eTag,
    id: String(item.number),
    lastModifiedDateTime: toSeconds(item.modifiedDateTime),
    webUrl: `https://${hostOf(tenant, site)}${encodePath(path)}`,
    createdBy: identitySet(item.createdBy),
    lastModifiedBy: identitySet(item.modifiedBy),
    parentReference: { id: item.parentId ?? '', siteId: siteIdOf(tenant, site) },
    sharepointIds: sharePointIds(tenant, site, list, item),
    contentType: contentTypeOf(item),
  };
}

function contentTypeOf({ kind }: ItemRecord): graph.ContentTypeInfo {
  if (kind === 'file') return { id: '0x0101', name: 'Document' };
  return kind === 'folder' ? { id: '0x0120', name: 'Folder' } : { id: '0x01', name: 'Item' };
}

export function fieldsObject(tenant: Tenant, { site, list }: Drive, item: ItemRecord): FileObject {
  const folders = childrenOf(tenant, item).filter((child) => child.kind === 'folder').length;
  const ofFile = item.kind === 'item' ? { Attachments: false } : { FileLeafRef: item.name, DocIcon: iconOf(item) };
  return {
    '@odata.etag': `"${item.id},${item.version}"`,
    ...item.fields,
    id: String(item.number),
    ContentType: contentTypeOf(item).name,
    Created: toSeconds(item.createdDateTime),
    Modified: toSeconds(item.modifiedDateTime),
    AuthorLookupId: String(actorNumber(tenant, site.id, item.createdBy)),
    EditorLookupId: String(actorNumber(tenant, site.id, item.modifiedBy)),
    _UIVersionString: `${item.file?.version ?? (list.settings['EnableVersioning'] === true ? item.version : 1)}.0`,
    ...ofFile,
    ItemChildCount: String(childrenOf(tenant, item).length - folders),
    FolderChildCount: String(folders),
  };
}

function iconOf({ kind, name }: ItemRecord): string | undefined {
  return kind === 'file' ? (name.split('.').at(-1) ?? '') : undefined;
}

function selectedFields(fields: FileObject, options: URLSearchParams): FileObject {
  const names = (options.get('$select') ?? options.get('select') ?? '').split(',').map((name) => name.trim());
  if (names[0] === '') return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name) || name === '@odata.etag'));
}
