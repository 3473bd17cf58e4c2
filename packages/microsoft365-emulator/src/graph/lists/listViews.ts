import type * as graph from '@microsoft/microsoft-graph-types';
import { actorNumber } from '../../files/actorNumber.ts';
import { identitySet } from '../../files/actors.ts';
import { encodePath, hostOf, itemPath, listPath } from '../../files/addresses.ts';
import type { Column } from '../../files/columns.ts';
import { childrenOf } from '../../files/items.ts';
import type { ItemRecord, ListRecord, SiteRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { sharePointIds } from '../drives/driveViews.ts';
import type { FileObject, FileView } from '../drives/filesOdata.ts';
import type { Drive } from '../drives/findDrive.ts';
import { siteIdOf, toSeconds } from '../sites/siteView.ts';

/** A list as Graph shows it. */
export function listObject(tenant: Tenant, site: SiteRecord, list: ListRecord): FileObject & graph.List {
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
