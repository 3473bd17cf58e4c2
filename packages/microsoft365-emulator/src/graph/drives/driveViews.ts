import type * as graph from '@microsoft/microsoft-graph-types';
import { identitySet } from '../../files/actors.ts';
import { encodePath, hostOf, itemPath, listPath, namesDownTo, siteUrl } from '../../files/addresses.ts';
import { driveIdOf, driveItemIdOf } from '../../files/fileIds.ts';
import { childrenOf } from '../../files/items.ts';
import { usedBytes } from '../../files/sites.ts';
import type { ActorRecord, FileVersionRecord, ItemRecord, ListRecord, SiteRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { siteIdOf, toSeconds } from '../sites/siteView.ts';
import { type Asking, downloadUrl } from './downloadUrl.ts';
import type { FileObject, FileView } from './filesOdata.ts';
import type { Drive } from './findDrive.ts';

const NEARLY_FULL = 0.9;

function driveTypeOf(site: SiteRecord): string {
  return site.kind === 'personal' ? 'business' : 'documentLibrary';
}

export function driveView(tenant: Tenant): FileView<Drive> {
  return { kind: 'drive', toObject: (drive) => driveObject(tenant, drive) };
}

function driveObject(tenant: Tenant, { site, list }: Drive): FileObject & graph.Drive {
  const times = {
    createdDateTime: toSeconds(list.createdDateTime),
    lastModifiedDateTime: toSeconds(list.lastModifiedDateTime),
  };
  return {
    ...times,
    createdBy: identitySet(list.createdBy),
    description: list.description,
    driveType: driveTypeOf(site),
    id: driveIdOf(site, list),
    name: site.kind === 'personal' ? 'OneDrive' : list.displayName,
    owner: ownerOf(tenant, site),
    quota: quotaOf(tenant, site),
    webUrl: `https://${hostOf(tenant, site)}${encodePath(listPath(site, list))}`,
  };
}

function ownerOf(tenant: Tenant, site: SiteRecord): Record<string, Record<string, string>> {
  if (site.ownerUserId !== null) {
    const properties = tenant.users.get(site.ownerUserId)?.properties ?? {};
    const email = String(properties['mail'] ?? properties['userPrincipalName'] ?? '');
    return { user: { email, id: site.ownerUserId, displayName: site.displayName } };
  }
  if (site.groupId !== null) return { group: { id: site.groupId, displayName: `${site.displayName} Owners` } };
  return { user: { displayName: 'System Account' } };
}

function quotaOf(tenant: Tenant, site: SiteRecord): graph.Quota {
  const { used, deleted } = usedBytes(tenant, site);
  const total = site.quotaBytes;
  const share = (used + deleted) / total;
  const state = share >= 1 ? 'exceeded' : share >= NEARLY_FULL ? 'nearing' : 'normal';
  return { deleted, remaining: Math.max(0, total - used - deleted), state, total, used };
}

/** An item of a library as Graph shows it. */
export function driveItemObject(call: Asking, drive: Drive, item: ItemRecord): FileObject & graph.DriveItem {
  const { site, list } = drive;
  const { tenant } = call;
  const [upper, version] = [item.id.toUpperCase(), item.version];
  return {
    ...(item.file === null ? {} : { '@microsoft.graph.downloadUrl': downloadUrl(call, item) }),
    createdBy: identitySet(item.createdBy),
    createdDateTime: toSeconds(item.createdDateTime),
    ...(item.description === '' ? {} : { description: item.description }),
    eTag: `"{${upper}},${version}"`,
    id: driveItemIdOf(item),
    lastModifiedBy: identitySet(item.modifiedBy),
    lastModifiedDateTime: toSeconds(item.modifiedDateTime),
    name: item.name,
    parentReference: parentReference(tenant, drive, item),
    webUrl: `https://${hostOf(tenant, site)}${encodePath(itemPath(tenant, site, list, item))}`,
    cTag: `"c:{${upper}},${item.contentVersion}"`,
    fileSystemInfo: {
      createdDateTime: toSeconds(item.fileSystemInfo?.createdDateTime ?? item.createdDateTime),
      lastModifiedDateTime: toSeconds(item.fileSystemInfo?.lastModifiedDateTime ?? item.modifiedDateTime),
    },
    ...facets(tenant, item),
    size: item.size,
  };
}

function facets(tenant: Tenant, item: ItemRecord): graph.DriveItem {
  const isShared = item.hasUniquePermissions || tenant.files.sharingLinks.find('item', item.id) !== undefined;
  const shared = isShared ? { shared: { scope: 'users' } } : {};
  if (item.file !== null) {
    const { mimeType, quickXorHash } = item.file;
    return { file: { mimeType, hashes: { quickXorHash } }, ...shared };
  }
  const folder = { childCount: childrenOf(tenant, item).length };
  return { folder, ...(item.kind === 'root' ? { root: {} } : shared) };
}

/** Where an item is; the root itself has no folder above it. */
export function parentReference(tenant: Tenant, { site, list }: Drive, item: ItemRecord): graph.ItemReference {
  const driveId = driveIdOf(site, list);
  const drive = { driveType: driveTypeOf(site), driveId };
  const siteId = siteIdOf(tenant, site);
  const parent = tenant.files.items.get(item.parentId ?? '');
  if (parent === undefined) return { ...drive, siteId };
  const names = namesDownTo(tenant, parent);
  const path = [`/drives/${driveId}/root:`, ...names.map(encodeURIComponent)].join('/');
  return { ...drive, id: driveItemIdOf(parent), name: parent.kind === 'root' ? list.name : parent.name, path, siteId };
}

export interface FileVersion {
  readonly number: number;
  readonly size: number;
  readonly modifiedDateTime: string;
  readonly modifiedBy: ActorRecord;
}

/** The present version of a file and the earlier ones. */
export function versionsOf(item: ItemRecord): (FileVersion | FileVersionRecord)[] {
  if (item.file === null) return [];
  const { size, modifiedDateTime, modifiedBy } = item;
  return [{ number: item.file.version, size, modifiedDateTime, modifiedBy }, ...item.file.versions];
}

export function versionObject(version: FileVersion): FileObject & graph.DriveItemVersion {
  return {
    id: `${version.number}.0`,
    lastModifiedBy: identitySet(version.modifiedBy),
    lastModifiedDateTime: toSeconds(version.modifiedDateTime),
    size: version.size,
  };
}

/** The ids by which the classic interface knows a place. */
export function sharePointIds(
  tenant: Tenant,
  site: SiteRecord,
  list?: ListRecord,
  item?: ItemRecord,
): graph.SharepointIds {
  return {
    siteId: site.id,
    webId: site.webId,
    siteUrl: siteUrl(tenant, site),
    tenantId: tenant.id,
    ...(list === undefined ? {} : { listId: list.id }),
    ...(item === undefined ? {} : { listItemId: String(item.number), listItemUniqueId: item.id }),
  };
}
