import type { ActorRecord, FileRecord, ItemRecord, ListRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';
import { fileError } from './fileErrors.ts';
import { checkName } from './fileNames.ts';
import { addItem, type ConflictBehavior, findChild, nameFor, replaceContent } from './items.ts';

export interface Upload {
  readonly list: ListRecord;
  readonly parent: ItemRecord;
  readonly name: string;
  readonly behavior: ConflictBehavior;
  readonly file: FileRecord;
  readonly size: number;
  readonly actor: ActorRecord;
  readonly description?: string;
  readonly fileSystemInfo?: ItemRecord['fileSystemInfo'];
}

/** Puts a file into a folder: a new one, or new content for the one that is there. Call inside a transaction. */
export function storeUpload(tenant: Tenant, upload: Upload): { readonly item: ItemRecord; readonly isNew: boolean } {
  const { list, parent, file, size, actor, fileSystemInfo, description } = upload;
  const name = nameFor(tenant, parent, upload.name, upload.behavior);
  const known = findChild(tenant, parent, name);
  if (known !== undefined) {
    if (known.kind !== 'file') throw fileError('nameExists');
    if (known.isLocked) throw fileError('itemLocked');
    return { item: replaceContent(tenant, known, { file, size }, actor), isNew: false };
  }
  const more = {
    ...(fileSystemInfo === undefined ? {} : { fileSystemInfo }),
    ...(description === undefined ? {} : { description }),
  };
  return { item: addItem(tenant, { list, parent, kind: 'file', name, actor, file, size, ...more }), isNew: true };
}

/** Makes the folders that are missing on the way to a file. */
export function makeFolders(
  tenant: Tenant,
  list: ListRecord,
  start: ItemRecord,
  names: readonly string[],
  actor: ActorRecord,
): ItemRecord {
  let parent = start;
  for (const name of names) {
    checkName(name);
    if (parent.kind === 'file') throw fileError('itemMissing');
    parent = findChild(tenant, parent, name) ?? addItem(tenant, { list, parent, kind: 'folder', name, actor });
  }
  return parent;
}
