import { createHash } from 'node:crypto';
import { actorNumber } from '../../files/actorNumber.ts';
import { actorOf } from '../../files/actors.ts';
import { itemPath, listPath } from '../../files/addresses.ts';
import { type FieldProblem, findFieldProblem, storedFields } from '../../files/fields.ts';
import { addItem, changeItem } from '../../files/items.ts';
import { dropRightsOf, itemsOf, rootOf } from '../../files/lists.ts';
import { isLibrary } from '../../files/listTemplates.ts';
import { findPrincipal } from '../../files/principals.ts';
import { recycleItem } from '../../files/recycleBin.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { toSeconds } from '../../graph/sites/siteView.ts';
import type { ActorRecord, ItemRecord, ListRecord } from '../../store/filesRecords.ts';
import { numberArgument, type Resource, type RestObject } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { checkRestMatch, requireRestLevel, restLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';
import { fileResource } from './files.ts';
import { folderResource } from './folders.ts';
import { principalResource } from './principals.ts';
import { securable } from './roleAssignments.ts';

const ITEMS_PER_PAGE = 100;

export function itemsResource(call: RestCall, list: ListRecord, path: string): Resource {
  const { tenant, site } = call;
  const byId = (number: number): Resource => {
    const item = tenant.files.items.find('number', `${list.id}/${number}`);
    if (item === undefined || item.kind === 'root') throw new SharePointError('itemMissing');
    return itemResource(call, list, item);
  };
  return {
    type: 'SP.Data.ListItem',
    path: `${path}/items`,
    pageSize: ITEMS_PER_PAGE,
    items: () =>
      itemsOf(tenant, list)
        .filter((item) => restLevel(call, { siteId: site.id, list, item }) >= levels.read)
        .map((item) => itemResource(call, list, item)),
    byKey: (key) => byId(Number(key)),
    functions: { getbyid: (args) => byId(numberArgument(args, 'id')) },
    create: (body) => {
      requireRestLevel(call, levels.write, { siteId: site.id, list });
      if (isLibrary(list)) {
        throw new SharePointError('invalidOperation', {
          name: 'To add an item to a document library, use SPFileCollection.Add()',
        });
      }
      refuse(findFieldProblem(tenant, list, body));
      const parent = rootOf(tenant, list);
      const name = `${list.nextItem}_.000`;
      const actor = actorOf(tenant, call.caller);
      return itemResource(
        call,
        list,
        addItem(tenant, { list, parent, kind: 'item', name, actor, fields: storedFields(body) }),
      );
    },
  };
}

export function itemResource(call: RestCall, list: ListRecord, item: ItemRecord): Resource {
  const { tenant, site } = call;
  const scope = { siteId: site.id, list, item };
  requireRestLevel(call, levels.read, scope);
  const path = `Web/Lists(guid'${list.id}')/Items(${item.number})`;
  const rights = securable(call, scope, path);
  const etag = `"${item.id},${item.version}"`;
  const isFile = item.kind === 'file';
  const serverPath = item.kind === 'item' ? `${listPath(site, list)}/${item.name}` : itemPath(tenant, site, list, item);
  return {
    type: 'SP.Data.ListItem',
    path,
    etag,
    object: () => itemObject(call, list, item),
    more: {
      ...rights.more,
      FileLeafRef: () => item.name,
      FileRef: () => serverPath,
      FileDirRef: () => serverPath.slice(0, serverPath.lastIndexOf('/')),
      UniqueId: () => item.id,
    },
    children: {
      ...rights.children,
      ...(isFile ? { file: () => fileResource(call, list, item) } : {}),
      ...(item.kind === 'folder' || item.kind === 'root' ? { folder: () => folderResource(call, list, item) } : {}),
      parentlist: () => call.open.list(call, list),
      author: () => authorResource(call, item.createdBy),
      editor: () => authorResource(call, item.modifiedBy),
    },
    actions: {
      ...rights.actions,
      recycle: () => {
        requireRestLevel(call, levels.write, scope);
        return { name: 'Recycle', value: recycleItem(tenant, site, item, actorOf(tenant, call.caller)).id };
      },
      deleteobject: () => deleteItem(call, list, item, etag),
    },
    update: (body) => {
      requireRestLevel(call, levels.write, scope);
      checkRestMatch(call, etag);
      refuse(findFieldProblem(tenant, list, body, item));
      const { FileLeafRef: name, ...fields } = storedFields(body);
      const renamed = typeof name === 'string' ? { name } : {};
      changeItem(tenant, item, { fields: { ...item.fields, ...fields }, ...renamed }, actorOf(tenant, call.caller));
    },
    remove: () => deleteItem(call, list, item, etag),
  };
}

/** For good, with everything below it. */
function deleteItem(call: RestCall, list: ListRecord, item: ItemRecord, etag: string): undefined {
  const { tenant, site } = call;
  requireRestLevel(call, levels.write, { siteId: site.id, list, item });
  checkRestMatch(call, etag);
  const recycled = recycleItem(tenant, site, item, actorOf(tenant, call.caller));
  for (const { id } of recycled.items) dropRightsOf(tenant, id);
  tenant.files.recycleBin.remove(recycled.id);
}

function itemObject(call: RestCall, list: ListRecord, item: ItemRecord): RestObject {
  const { tenant, site } = call;
  const isFolder = item.kind === 'folder' || item.kind === 'root';
  return {
    FileSystemObjectType: isFolder ? 1 : 0,
    Id: item.number,
    ServerRedirectedEmbedUri: null,
    ServerRedirectedEmbedUrl: '',
    ContentTypeId: item.kind === 'item' ? '0x0100' : isFolder ? '0x0120' : '0x0101',
    Title: null,
    ...item.fields,
    ID: item.number,
    Modified: toSeconds(item.modifiedDateTime),
    Created: toSeconds(item.createdDateTime),
    AuthorId: actorNumber(tenant, site.id, item.createdBy),
    EditorId: actorNumber(tenant, site.id, item.modifiedBy),
    OData__UIVersionString: `${item.file?.version ?? item.version}.0`,
    ...(isLibrary(list) ? {} : { Attachments: false }),
    GUID: guidOf(item),
  };
}

/** Items have a second guid besides their unique id. */
function guidOf({ id }: ItemRecord): string {
  const hex = createHash('md5').update(id).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function authorResource(call: RestCall, actor: ActorRecord): Resource {
  const principal = findPrincipal(call.tenant, call.site.id, actorNumber(call.tenant, call.site.id, actor));
  if (principal !== undefined) return principalResource(call, principal);
  const { displayName, email } = actor;
  return {
    type: 'SP.User',
    path: 'Web/SiteUsers',
    object: () => ({ Title: displayName, EMail: email ?? '', Email: email ?? '' }),
  };
}

function refuse(problem: FieldProblem): void {
  if (problem === undefined) return;
  const { kind, name } = problem;
  if (kind === 'notUnique') throw new SharePointError('uniqueViolated', { name });
  if (kind === 'unknown') throw new SharePointError('unknownProperty', { name, url: 'SP.Data.ListItem' });
  throw new SharePointError('badBody', { name: `The value of the property '${name}' is not valid.` });
}
