import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { actorOf } from '../../files/actors.ts';
import { fileError } from '../../files/fileErrors.ts';
import { driveItemIdOf } from '../../files/fileIds.ts';
import { addItem, changeItem, copyItem, findChild, moveItem, nameFor } from '../../files/items.ts';
import { rootOf } from '../../files/lists.ts';
import { recycleItem } from '../../files/recycleBin.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { checkQuota } from '../../files/sites.ts';
import type { CopyJobRecord, ItemRecord } from '../../store/filesRecords.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { GraphError } from '../GraphError.ts';
import { decodePart } from '../splitPath.ts';
import { answerOne } from './filesOdata.ts';
import { type Drive, type FoundItem, getDrive, getItem, itemById } from './findDrive.ts';
import { driveItemView } from './itemViews.ts';
import { readBody } from './readBody.ts';
import { checkIfMatch, requireItemLevel } from './requireItemLevel.ts';

export const MONITOR_PATH = '/_api/v2.0/monitor';

const behaviorSchema = z.enum(['fail', 'replace', 'rename']);
export const fileSystemInfoSchema = z.object({
  createdDateTime: z.iso.datetime({ offset: true }).optional(),
  lastModifiedDateTime: z.iso.datetime({ offset: true }).optional(),
});
const referenceSchema = z.object({
  driveId: z.string().optional(),
  id: z.string().optional(),
  path: z.string().optional(),
});
const newFolderSchema = z.looseObject({
  name: z.string(),
  folder: z.object({}).loose(),
  description: z.string().optional(),
  '@microsoft.graph.conflictBehavior': behaviorSchema.optional(),
});
const changeSchema = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  parentReference: referenceSchema.optional(),
  fileSystemInfo: fileSystemInfoSchema.optional(),
  '@microsoft.graph.conflictBehavior': behaviorSchema.optional(),
});
const copySchema = z.looseObject({
  name: z.string().nullish(),
  parentReference: referenceSchema.nullish(),
  '@microsoft.graph.conflictBehavior': behaviorSchema.optional(),
});

/** Times that are not given stay as they are. */
export function fileSystemInfoOf(
  given: z.infer<typeof fileSystemInfoSchema> | undefined,
  before: { readonly createdDateTime: string; readonly lastModifiedDateTime: string },
): ItemRecord['fileSystemInfo'] {
  if (given === undefined) return null;
  return {
    createdDateTime: given.createdDateTime ?? before.createdDateTime,
    lastModifiedDateTime: given.lastModifiedDateTime ?? before.lastModifiedDateTime,
  };
}

function getWritable(call: GraphCall): FoundItem {
  const found = getItem(call);
  requireItemLevel(call, found, found.item, levels.write);
  return found;
}

/** POST …/children: a folder; files are uploaded. */
export function createFolder(call: GraphCall): GraphAnswer {
  const found = getWritable(call);
  const { tenant } = call;
  const order = readBody(call, newFolderSchema);
  if (found.item.kind === 'file') throw fileError('invalid', 'A file has no children.');
  const behavior = order['@microsoft.graph.conflictBehavior'] ?? 'fail';
  const name = nameFor(tenant, found.item, order.name, behavior);
  const known = findChild(tenant, found.item, name);
  if (known !== undefined) {
    if (known.kind === 'file') throw fileError('nameExists');
    return answerOne(call, driveItemView(call, found), 'driveItem', known, 200);
  }
  const { list, item: parent } = found;
  const actor = actorOf(tenant, call.caller);
  const description = order.description ?? '';
  const folder = call.world.transaction(() =>
    addItem(tenant, { list, parent, kind: 'folder', name, actor, description }),
  );
  return answerOne(call, driveItemView(call, found), 'driveItem', folder, 201);
}

/** PATCH …/items/{id}: rename, move, describe. */
export function updateItem(call: GraphCall): GraphAnswer {
  const found = getWritable(call);
  const { tenant } = call;
  const { item } = found;
  checkIfMatch(call, item);
  const order = readBody(call, changeSchema);
  if (item.isLocked) throw fileError('itemLocked');
  const actor = actorOf(tenant, call.caller);
  const changed = call.world.transaction(() => {
    const moved = isMoved(order) ? move(call, found, order) : item;
    const { description, fileSystemInfo } = order;
    if (description === undefined && fileSystemInfo === undefined) return moved;
    const times = fileSystemInfo === undefined ? item.fileSystemInfo : fileSystemInfoOf(fileSystemInfo, timesOf(item));
    return changeItem(tenant, moved, { description: description ?? item.description, fileSystemInfo: times }, actor);
  });
  return answerOne(call, driveItemView(call, found), 'driveItem', changed);
}

function timesOf(item: ItemRecord): { createdDateTime: string; lastModifiedDateTime: string } {
  return item.fileSystemInfo ?? { createdDateTime: item.createdDateTime, lastModifiedDateTime: item.modifiedDateTime };
}

function isMoved({ name, parentReference }: z.infer<typeof changeSchema>): boolean {
  return name !== undefined || parentReference !== undefined;
}

function move(call: GraphCall, found: FoundItem, order: z.infer<typeof changeSchema>): ItemRecord {
  const { tenant } = call;
  const { item } = found;
  if (item.kind === 'root') throw fileError('invalid', 'The root of a drive cannot be moved or renamed.');
  const target = order.parentReference === undefined ? found : findTarget(call, found, order.parentReference);
  if (target.list.id !== found.list.id) throw fileError('invalid', 'Items cannot be moved between drives.');
  const parent = order.parentReference === undefined ? found.parent : target.item;
  const wanted = order.name ?? item.name;
  const isInPlace = parent.id === item.parentId && wanted.toLowerCase() === item.name.toLowerCase();
  const behavior = order['@microsoft.graph.conflictBehavior'] ?? 'fail';
  const name = isInPlace ? wanted : nameFor(tenant, parent, wanted, behavior);
  const taken = isInPlace ? undefined : findChild(tenant, parent, name);
  if (taken !== undefined) recycleItem(tenant, found.site, taken, actorOf(tenant, call.caller));
  return moveItem(tenant, item, { parent, name }, actorOf(tenant, call.caller));
}

/** The folder that a reference names, by id or by path; the caller must be allowed to write there. */
function findTarget(
  call: GraphCall,
  from: Drive,
  { driveId, id, path }: z.infer<typeof referenceSchema>,
): Drive & { readonly item: ItemRecord } {
  const drive = driveId === undefined ? from : getDrive({ ...call, params: { drive: driveId } });
  const item = targetItem(call, drive, id, path);
  if (item.kind === 'file') throw fileError('invalid', 'The target is not a folder.');
  requireItemLevel(call, drive, item, levels.write);
  return { ...drive, item };
}

function targetItem(call: GraphCall, drive: Drive, id: string | undefined, path: string | undefined): ItemRecord {
  if (id !== undefined && id !== 'root') return itemById(call, drive, id);
  const below = /\/root:?(.*)$/.exec(path ?? '')?.[1] ?? '';
  if (path === undefined || below === '') return rootOf(call.tenant, drive.list);
  const key = `root:${decodePart(below)}`;
  return getItem({ ...call, params: { drive: call.params['drive'] ?? '', ...call.params } }, key).item;
}

/** DELETE …/items/{id}: to the recycle bin. */
export function deleteItem(call: GraphCall): GraphAnswer {
  const { site, item } = getWritable(call);
  checkIfMatch(call, item);
  if (item.kind === 'root') throw fileError('invalid', 'The root of a drive cannot be deleted.');
  call.world.transaction(() => recycleItem(call.tenant, site, item, actorOf(call.tenant, call.caller)));
  return noContent;
}

/** POST …/copy: goes on in the background; `Location` says where to ask about it. */
export function copyDriveItem(call: GraphCall): GraphAnswer {
  const found = getItem(call);
  requireItemLevel(call, found, found.item, levels.read);
  const order = readBody(call, copySchema);
  const target =
    order.parentReference == null ? { ...found, item: found.parent } : findTarget(call, found, order.parentReference);
  requireItemLevel(call, target, target.item, levels.write);
  checkQuota(call.tenant, target.site, found.item.size);
  const job = call.world.transaction(() => carryOutCopy(call, found, target, order));
  const location = `${call.root.replace(/\/v1\.0$/, '')}${MONITOR_PATH}/${call.tenant.id}/${job.id}`;
  return { status: 202, headers: { location } };
}

/** The copy itself; that its name is taken is told where the caller asks how far it is. */
function carryOutCopy(
  call: GraphCall,
  { item }: FoundItem,
  target: Drive & { readonly item: ItemRecord },
  order: z.infer<typeof copySchema>,
): CopyJobRecord {
  const { tenant } = call;
  const job = { id: randomUUID(), doneAt: tenant.now().getTime() + call.settings.copyMs };
  const finish = (rest: Pick<CopyJobRecord, 'itemId' | 'error'>): CopyJobRecord => {
    const record = { ...job, ...rest };
    tenant.files.copyJobs.put(record);
    return record;
  };
  try {
    const behavior = order['@microsoft.graph.conflictBehavior'] ?? 'fail';
    const name = nameFor(tenant, target.item, order.name ?? item.name, behavior);
    const actor = actorOf(tenant, call.caller);
    const taken = findChild(tenant, target.item, name);
    if (taken !== undefined) recycleItem(tenant, target.site, taken, actor);
    const copy = copyItem(tenant, item, { list: target.list, parent: target.item, name }, actor);
    return finish({ itemId: driveItemIdOf(copy), error: null });
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return finish({ itemId: null, error: { code: error.code, message: error.message } });
  }
}
