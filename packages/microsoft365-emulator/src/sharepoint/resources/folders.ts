import { actorOf } from '../../files/actors.ts';
import { itemPath } from '../../files/addresses.ts';
import { checkName } from '../../files/fileNames.ts';
import { addItem, childrenOf, fileOf, findChild } from '../../files/items.ts';
import { dropRightsOf } from '../../files/lists.ts';
import { recycleItem } from '../../files/recycleBin.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { checkQuota } from '../../files/sites.ts';
import { storeUpload } from '../../files/uploads.ts';
import { toSeconds } from '../../graph/sites/siteView.ts';
import type { ItemRecord, ListRecord } from '../../store/filesRecords.ts';
import type { Arguments } from '../parseResourcePath.ts';
import { type ActionResult, argument, type Resource, textArgument } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { requireRestLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';
import { fileResource } from './files.ts';

export function folderResource(call: RestCall, list: ListRecord, folder: ItemRecord): Resource {
  const { tenant, site } = call;
  const scope = { siteId: site.id, list, item: folder };
  requireRestLevel(call, levels.read, scope);
  const path = itemPath(tenant, site, list, folder);
  const actor = actorOf(tenant, call.caller);
  const write = (): void => requireRestLevel(call, levels.write, scope);
  return {
    type: 'SP.Folder',
    path: `Web/GetFolderById('${folder.id}')`,
    object: () => ({
      Exists: true,
      ExistsAllowThrowForPolicyFailures: true,
      IsWOPIEnabled: false,
      ItemCount: childrenOf(tenant, folder).length,
      Name: folder.kind === 'root' ? list.name : folder.name,
      ProgID: null,
      ServerRelativeUrl: path,
      TimeCreated: toSeconds(folder.createdDateTime),
      TimeLastModified: toSeconds(folder.modifiedDateTime),
      UniqueId: folder.id,
      WelcomePage: '',
    }),
    children: {
      files: () => filesResource(call, list, folder),
      folders: () => foldersResource(call, list, folder),
      listitemallfields: () => call.open.item(call, list, folder),
    },
    functions: {},
    actions: {
      recycle: () => {
        write();
        return { name: 'Recycle', value: recycleItem(tenant, site, folder, actor).id };
      },
    },
    remove: () => {
      write();
      const recycled = recycleItem(tenant, site, folder, actor);
      for (const { id } of recycled.items) dropRightsOf(tenant, id);
      tenant.files.recycleBin.remove(recycled.id);
    },
  };
}

function filesResource(call: RestCall, list: ListRecord, folder: ItemRecord): Resource {
  const { tenant } = call;
  const byName = (name: string): Resource => {
    const file = findChild(tenant, folder, name);
    if (file?.kind !== 'file') throw new SharePointError('fileMissing');
    return fileResource(call, list, file);
  };
  const path = `Web/GetFolderById('${folder.id}')/Files`;
  return {
    type: 'SP.File',
    path,
    items: () =>
      childrenOf(tenant, folder)
        .filter(({ kind }) => kind === 'file')
        .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
        .map((file) => fileResource(call, list, file)),
    byKey: (key) => byName(String(key)),
    functions: { getbyurl: (args) => byName(textArgument(args, 'url')) },
    actions: {
      add: (args) =>
        addFile(call, { list, folder }, textArgument(args, 'url'), argument(args, 'overwrite', 1) === true),
      addusingpath: (args) =>
        addFile(call, { list, folder }, textArgument(args, 'decodedurl'), argument(args, 'overwrite', 1) === true),
    },
  };
}

function addFile(
  call: RestCall,
  { list, folder }: { readonly list: ListRecord; readonly folder: ItemRecord },
  name: string,
  overwrites: boolean,
): ActionResult {
  const { tenant, site, world, bytes } = call;
  requireRestLevel(call, levels.write, { siteId: site.id, list, item: folder });
  const known = findChild(tenant, folder, name);
  if (known !== undefined && !overwrites) {
    const user = known.modifiedBy.displayName;
    throw new SharePointError('fileNameTaken', { name, user, date: toSeconds(known.modifiedDateTime) });
  }
  checkQuota(tenant, site, bytes.length - (known?.size ?? 0));
  const file = fileOf(world, name, bytes);
  const actor = actorOf(tenant, call.caller);
  const upload = { list, parent: folder, name, behavior: 'replace' as const, file, size: bytes.length, actor };
  return fileResource(call, list, storeUpload(tenant, upload).item);
}

function foldersResource(call: RestCall, list: ListRecord, folder: ItemRecord): Resource {
  const { tenant, site } = call;
  const byName = (name: string): Resource => {
    const child = findChild(tenant, folder, name);
    if (child?.kind !== 'folder') throw new SharePointError('fileMissing');
    return folderResource(call, list, child);
  };
  const add = (args: Arguments): ActionResult => {
    const [name = ''] = textArgument(args, 'decodedurl').split('/').slice(-1);
    return addFolder(call, list, folder, name === '' ? textArgument(args, 'url') : name);
  };
  requireRestLevel(call, levels.read, { siteId: site.id, list, item: folder });
  return {
    type: 'SP.Folder',
    path: `Web/GetFolderById('${folder.id}')/Folders`,
    items: () =>
      childrenOf(tenant, folder)
        .filter(({ kind }) => kind === 'folder')
        .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
        .map((child) => folderResource(call, list, child)),
    byKey: (key) => byName(String(key)),
    functions: { getbyurl: (args) => byName(textArgument(args, 'url')) },
    actions: { add, addusingpath: add },
  };
}

/** A folder that is there already is no mistake. */
export function addFolder(call: RestCall, list: ListRecord, parent: ItemRecord, name: string): Resource {
  requireRestLevel(call, levels.write, { siteId: call.site.id, list, item: parent });
  checkName(name);
  const known = findChild(call.tenant, parent, name);
  if (known !== undefined) return folderResource(call, list, known);
  const actor = actorOf(call.tenant, call.caller);
  return folderResource(call, list, addItem(call.tenant, { list, parent, kind: 'folder', name, actor }));
}
