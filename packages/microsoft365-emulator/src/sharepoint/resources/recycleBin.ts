import * as z from 'zod';
import { purgeRecycled, restoreRecycled } from '../../files/recycleBin.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { toSeconds } from '../../graph/sites/siteView.ts';
import type { RecycledRecord } from '../../store/filesRecords.ts';
import { type Resource, type RestObject, textArgument } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { readRestBody, restValue } from '../readRestBody.ts';
import { requireRestLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';

const idsSchema = z.object({ ids: z.array(z.string()).min(1) });
/** Kinds of things in the bin. Microsoft documentation: RecycleBinItemType: 1 file, 3 list item, 4 list, 5 folder. */
const itemTypes = { file: 1, item: 3, folder: 5, root: 5 } as const;
const LIST_TYPE = 4;

/** The recycle bin: of the whole site collection, or the first stage alone as the web shows it. */
export function recycleBinResource(call: RestCall, stages: readonly (1 | 2)[]): Resource {
  const { tenant, site } = call;
  const all = (): RecycledRecord[] =>
    tenant.files.recycleBin.findAll('site', site.id).filter(({ stage }) => stages.includes(stage));
  const find = (id: string): RecycledRecord => {
    const found = all().find((recycled) => recycled.id === id.toLowerCase());
    if (found === undefined) throw new SharePointError('badArgument');
    return found;
  };
  const chosen = (): RecycledRecord[] => restValue(readRestBody(call), idsSchema).ids.map(find);
  const each = (choose: () => RecycledRecord[], change: (recycled: RecycledRecord) => void) => (): undefined => {
    requireRestLevel(call, levels.write);
    for (const recycled of choose()) change(recycled);
  };
  const restore = (recycled: RecycledRecord): void => restoreRecycled(tenant, recycled);
  const purge = (recycled: RecycledRecord): void => purgeRecycled(tenant, recycled);
  const second = (recycled: RecycledRecord): void => tenant.files.recycleBin.put({ ...recycled, stage: 2 });
  return {
    type: 'SP.RecycleBinItem',
    path: 'Site/RecycleBin',
    items: () => all().map((recycled) => recycledResource(call, recycled)),
    byKey: (key) => recycledResource(call, find(String(key))),
    functions: { getbyid: (args) => recycledResource(call, find(textArgument(args, 'id'))) },
    actions: {
      restorebyids: each(chosen, restore),
      restoreall: each(all, restore),
      deletebyids: each(chosen, purge),
      deleteall: each(all, purge),
      deleteallsecondstageitems: each(() => all().filter(({ stage }) => stage === 2), purge),
      movetosecondstagebyids: each(chosen, second),
      movealltosecondstage: each(() => all().filter(({ stage }) => stage === 1), second),
    },
  };
}

function recycledResource(call: RestCall, recycled: RecycledRecord): Resource {
  const change = (action: () => void) => (): undefined => {
    requireRestLevel(call, levels.write);
    action();
  };
  return {
    type: 'SP.RecycleBinItem',
    path: `Site/RecycleBin('${recycled.id}')`,
    object: () => recycledObject(recycled),
    actions: {
      restore: change(() => restoreRecycled(call.tenant, recycled)),
      deleteobject: change(() => purgeRecycled(call.tenant, recycled)),
      movetosecondstage: change(() => call.tenant.files.recycleBin.put({ ...recycled, stage: 2 })),
    },
    remove: change(() => purgeRecycled(call.tenant, recycled)),
  };
}

function recycledObject({ id, list, items, leafName, dirName, ...recycled }: RecycledRecord): RestObject {
  const [first] = items;
  const author = first?.createdBy;
  return {
    AuthorEmail: author?.email ?? '',
    AuthorName: author?.displayName ?? '',
    DeletedByEmail: recycled.deletedBy.email ?? '',
    DeletedByName: recycled.deletedBy.displayName,
    DeletedDate: toSeconds(recycled.deletedDateTime),
    DeletedDateLocalFormatted: recycled.deletedDateTime,
    DirName: dirName,
    DirNamePath: { DecodedUrl: dirName },
    Id: id,
    ItemState: recycled.stage,
    ItemType: list === null ? itemTypes[first?.kind ?? 'item'] : LIST_TYPE,
    LeafName: leafName,
    LeafNamePath: { DecodedUrl: leafName },
    Size: String(recycled.size),
    Title: list?.displayName ?? leafName,
  };
}
