import { randomUUID } from 'node:crypto';
import { placeKey } from '../store/FilesCollections.ts';
import type { ActorRecord, FileRecord, ItemRecord, ListRecord } from '../store/filesRecords.ts';
import type { Properties } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { fileError } from './fileErrors.ts';
import { checkName, freeNameIn, mimeTypeOf } from './fileNames.ts';
import { quickXorHash } from './quickXorHash.ts';

export type ConflictBehavior = 'fail' | 'replace' | 'rename';

const MAJOR_VERSIONS = 500;

export interface NewItem {
  readonly list: ListRecord;
  readonly parent: ItemRecord;
  readonly kind: 'item' | 'file' | 'folder';
  readonly name: string;
  readonly actor: ActorRecord;
  readonly fields?: Properties;
  readonly file?: FileRecord;
  readonly size?: number;
  readonly description?: string;
  readonly fileSystemInfo?: ItemRecord['fileSystemInfo'];
}

export function childrenOf(tenant: Tenant, folder: ItemRecord): ItemRecord[] {
  return tenant.files.items.findAll('parent', folder.id);
}

export function findChild(tenant: Tenant, folder: ItemRecord, name: string): ItemRecord | undefined {
  return tenant.files.items.find('place', placeKey(folder.id, name));
}

/** The item and everything below it, parents before children. */
export function withDescendants(tenant: Tenant, item: ItemRecord): ItemRecord[] {
  const all = [item];
  for (const current of all) all.push(...childrenOf(tenant, current));
  return all;
}

/** Adds an item whose name is free. Call inside a transaction. */
export function addItem(tenant: Tenant, wanted: NewItem): ItemRecord {
  const { list, parent, kind, name, actor } = wanted;
  const now = tenant.now().toISOString();
  const current = tenant.files.lists.get(list.id) ?? list;
  tenant.files.lists.put({ ...current, nextItem: current.nextItem + 1, lastModifiedDateTime: now });
  const size = wanted.size ?? 0;
  const item = tenant.files.saveItem({
    id: randomUUID(),
    siteId: list.siteId,
    listId: list.id,
    number: current.nextItem,
    kind,
    name,
    parentId: parent.id,
    description: wanted.description ?? '',
    fields: wanted.fields ?? {},
    file: wanted.file ?? null,
    size,
    createdDateTime: now,
    createdBy: actor,
    modifiedDateTime: now,
    modifiedBy: actor,
    fileSystemInfo: wanted.fileSystemInfo ?? null,
    version: 1,
    contentVersion: 1,
    isLocked: false,
    hasUniquePermissions: false,
  });
  touchFolders(tenant, parent.id, size);
  return item;
}

/** Stores an item anew as changed by somebody. */
export function changeItem(
  tenant: Tenant,
  item: ItemRecord,
  change: Partial<ItemRecord>,
  actor: ActorRecord,
): ItemRecord {
  const { changeNumber: _, ...current } = item;
  const modifiedDateTime = tenant.now().toISOString();
  return tenant.files.saveItem({
    ...current,
    version: item.version + 1,
    modifiedDateTime,
    modifiedBy: actor,
    ...change,
  });
}

/** Everything above an item changes with it: size, date and content tag of the folders. */
export function touchFolders(tenant: Tenant, folderId: string | null, sizeDifference: number): void {
  let id = folderId;
  while (id !== null) {
    const folder = tenant.files.items.get(id);
    if (folder === undefined) return;
    const { changeNumber: _, ...current } = folder;
    const size = current.size + sizeDifference;
    const modifiedDateTime = tenant.now().toISOString();
    tenant.files.saveItem({ ...current, size, modifiedDateTime, contentVersion: current.contentVersion + 1 });
    id = folder.parentId;
  }
}

/** Keeps bytes and describes them as the content of a file. */
export function fileOf(world: World, name: string, bytes: Buffer): FileRecord {
  return {
    content: world.contents.put(bytes),
    mimeType: mimeTypeOf(name),
    quickXorHash: quickXorHash(bytes),
    version: 1,
    versions: [],
  };
}

/** Puts new content into a file; the old one becomes its newest earlier version. */
export function replaceContent(
  tenant: Tenant,
  item: ItemRecord,
  content: { readonly file: FileRecord; readonly size: number },
  actor: ActorRecord,
): ItemRecord {
  const old = item.file;
  const { modifiedDateTime, modifiedBy, size } = item;
  const earlier =
    old === null
      ? []
      : [{ number: old.version, content: old.content, size, modifiedDateTime, modifiedBy }, ...old.versions];
  const file = { ...content.file, version: (old?.version ?? 0) + 1, versions: earlier.slice(0, MAJOR_VERSIONS - 1) };
  const contentVersion = item.contentVersion + 1;
  const changed = changeItem(tenant, item, { file, size: content.size, contentVersion }, actor);
  touchFolders(tenant, item.parentId, content.size - item.size);
  return changed;
}

/** The name to use where one may be taken already, by the rule that the caller chose. */
export function nameFor(tenant: Tenant, parent: ItemRecord, name: string, behavior: ConflictBehavior): string {
  checkName(name);
  const taken = findChild(tenant, parent, name);
  if (taken === undefined || behavior === 'replace') return name;
  if (behavior === 'fail') throw fileError('nameExists');
  return freeNameIn(tenant, parent.id, name);
}

/** Renames an item or moves it to another folder of the same library. */
export function moveItem(
  tenant: Tenant,
  item: ItemRecord,
  target: { readonly parent: ItemRecord; readonly name: string },
  actor: ActorRecord,
): ItemRecord {
  const { parent, name } = target;
  if (withDescendants(tenant, item).some(({ id }) => id === parent.id)) {
    throw fileError('invalid', 'An item cannot be moved into itself.');
  }
  const file = item.file === null ? null : { ...item.file, mimeType: mimeTypeOf(name) };
  const moved = changeItem(tenant, item, { name, parentId: parent.id, file }, actor);
  if (item.parentId !== parent.id) {
    touchFolders(tenant, item.parentId, -item.size);
    touchFolders(tenant, parent.id, item.size);
  } else touchFolders(tenant, parent.id, 0);
  return moved;
}

/** Copies an item with everything below it under a name that is free. */
export function copyItem(
  tenant: Tenant,
  item: ItemRecord,
  target: { readonly list: ListRecord; readonly parent: ItemRecord; readonly name: string },
  actor: ActorRecord,
): ItemRecord {
  const { list, parent, name } = target;
  const children = childrenOf(tenant, item);
  const { fields, description, fileSystemInfo } = item;
  const file = item.file === null ? undefined : { ...item.file, version: 1, versions: [], mimeType: mimeTypeOf(name) };
  const size = item.kind === 'file' ? item.size : 0;
  const kind = item.kind === 'root' ? 'folder' : item.kind;
  const more = { fields, description, fileSystemInfo, size, ...(file === undefined ? {} : { file }) };
  const copy = addItem(tenant, { list, parent, kind, name, actor, ...more });
  for (const child of children) copyItem(tenant, child, { list, parent: copy, name: child.name }, actor);
  return tenant.files.items.get(copy.id) ?? copy;
}
