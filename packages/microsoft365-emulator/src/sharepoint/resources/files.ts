import { extname } from 'node:path';
import { actorOf } from '../../files/actors.ts';
import { itemPath } from '../../files/addresses.ts';
import { changeItem, fileOf, replaceContent } from '../../files/items.ts';
import { dropRightsOf } from '../../files/lists.ts';
import { recycleItem } from '../../files/recycleBin.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { checkQuota } from '../../files/sites.ts';
import { toSeconds } from '../../graph/sites/siteView.ts';
import type { ItemRecord, ListRecord } from '../../store/filesRecords.ts';
import type { Resource, RestObject } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { checkRestMatch, requireRestLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';

const CHECKED_OUT = 0;
const NOT_CHECKED_OUT = 2;

export function fileResource(call: RestCall, list: ListRecord, item: ItemRecord): Resource {
  const { tenant, site, world } = call;
  const scope = { siteId: site.id, list, item };
  requireRestLevel(call, levels.read, scope);
  const etag = `"{${item.id.toUpperCase()}},${item.version}"`;
  const actor = actorOf(tenant, call.caller);
  const write = (): void => requireRestLevel(call, levels.write, scope);
  const setLock = (isLocked: boolean) => (): undefined => {
    write();
    if (isLocked && item.isLocked)
      throw new SharePointError('fileCheckedOut', { name: item.name, user: item.modifiedBy.displayName });
    changeItem(tenant, item, { isLocked }, actor);
  };
  return {
    type: 'SP.File',
    path: `Web/GetFileById('${item.id}')`,
    etag,
    object: () => fileObject(call, list, item, etag),
    children: { listitemallfields: () => call.open.item(call, list, item) },
    content: () => ({ bytes: world.contents.get(item.file?.content ?? ''), type: item.file?.mimeType ?? '' }),
    replaceContent: (bytes) => {
      write();
      checkQuota(tenant, site, bytes.length - item.size);
      replaceContent(tenant, item, { file: fileOf(world, item.name, bytes), size: bytes.length }, actor);
    },
    actions: {
      recycle: () => {
        write();
        return { name: 'Recycle', value: recycleItem(tenant, site, item, actor).id };
      },
      checkout: setLock(true),
      checkin: setLock(false),
      undocheckout: setLock(false),
    },
    remove: () => {
      write();
      checkRestMatch(call, etag);
      const recycled = recycleItem(tenant, site, item, actor);
      for (const { id } of recycled.items) dropRightsOf(tenant, id);
      tenant.files.recycleBin.remove(recycled.id);
    },
  };
}

function fileObject({ tenant, site }: RestCall, list: ListRecord, item: ItemRecord, etag: string): RestObject {
  const path = itemPath(tenant, site, list, item);
  const version = item.file?.version ?? 1;
  return {
    CheckInComment: '',
    CheckOutType: item.isLocked ? CHECKED_OUT : NOT_CHECKED_OUT,
    ContentTag: `{${item.id.toUpperCase()}},${item.contentVersion},1`,
    CustomizedPageStatus: 0,
    ETag: etag,
    Exists: true,
    IrmEnabled: false,
    Length: String(item.size),
    Level: 1,
    LinkingUri: null,
    LinkingUrl: '',
    MajorVersion: version,
    MinorVersion: 0,
    Name: item.name,
    ServerRelativeUrl: path,
    TimeCreated: toSeconds(item.createdDateTime),
    TimeLastModified: toSeconds(item.modifiedDateTime),
    Title: extname(item.name) === '' ? item.name : item.name.slice(0, -extname(item.name).length),
    UIVersion: version * 512,
    UIVersionLabel: `${version}.0`,
    UniqueId: item.id,
  };
}
