import * as z from 'zod';
import { actorOf } from '../../files/actors.ts';
import { columnsOf } from '../../files/columns.ts';
import { type FieldProblem, findFieldProblem, storedFields } from '../../files/fields.ts';
import { fileError } from '../../files/fileErrors.ts';
import { addItem, changeItem } from '../../files/items.ts';
import { itemsOf, rootOf } from '../../files/lists.ts';
import { isLibrary } from '../../files/listTemplates.ts';
import { recycleItem } from '../../files/recycleBin.ts';
import { scopeOfItem } from '../../files/roleAssignments.ts';
import { type Level, levels } from '../../files/roleDefinitions.ts';
import type { ItemRecord } from '../../store/filesRecords.ts';
import { answerList, answerOne, context, type FileView } from '../drives/filesOdata.ts';
import type { Drive } from '../drives/findDrive.ts';
import { listItemView } from '../drives/itemViews.ts';
import { readBody } from '../drives/readBody.ts';
import { checkIfMatch, requireItemLevel } from '../drives/requireItemLevel.ts';
import { levelOf, requireLevel } from '../drives/requireLevel.ts';
import { type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { getSite } from '../sites/findSite.ts';
import { getList } from './findList.ts';
import { fieldsObject, listItemObject } from './listViews.ts';

const NOT_INDEXED_ALLOWED = 'honornonindexedquerieswarningmayfailrandomly';
const alwaysIndexed = ['id', 'ID', 'ContentType'];
const fieldsSchema = z.record(z.string(), z.json());
const itemSchema = z.looseObject({ fields: fieldsSchema });

function getListOf(call: GraphCall): Drive {
  const site = getSite(call);
  return { site, list: getList(call, site) };
}

function getListItem(call: GraphCall, level: Level): Drive & { readonly item: ItemRecord } {
  const found = getListOf(call);
  const key = call.params['item'] ?? '';
  const item = /^[1-9]\d*$/.test(key)
    ? call.tenant.files.items.find('number', `${found.list.id}/${key}`)
    : call.tenant.files.items.get(key.toLowerCase());
  if (item === undefined || item.listId !== found.list.id || item.kind === 'root') throw fileError('itemMissing');
  requireItemLevel(call, found, item, level);
  return { ...found, item };
}

/** A single item shows its fields without being asked. */
function singleView(call: GraphCall, found: Drive): FileView<ItemRecord> {
  const view = listItemView(call.tenant, found, call);
  const { tenant } = call;
  const toObject = (item: ItemRecord): Readonly<Record<string, unknown>> => ({
    ...listItemObject(tenant, found, item),
    'fields@odata.context': context(call, 'fields/$entity'),
    fields: fieldsObject(tenant, found, item),
  });
  return { ...view, toObject };
}

/** GET /sites/{id}/lists/{id}/items */
export function listListItems(call: GraphCall): GraphAnswer {
  const found = getListOf(call);
  const { site, list } = found;
  requireLevel(call, site, levels.read, { siteId: site.id, list });
  checkIndexes(call, found);
  const values = itemsOf(call.tenant, list).filter(
    (item) => levelOf(call, site, scopeOfItem(call.tenant, item)) >= levels.read,
  );
  return answerList(call, { ...listItemView(call.tenant, found, call), set: 'items', values });
}

/** Filtering and sorting by a column without index has to be asked for by a header of its own. */
function checkIndexes(call: GraphCall, { list }: Drive): void {
  if (call.headers['prefer']?.toLowerCase().includes(NOT_INDEXED_ALLOWED) === true) return;
  const text = `${call.query.get('$filter') ?? ''} ${call.query.get('$orderby') ?? ''}`;
  const indexed = columnsOf(list).flatMap(({ name, isIndexed }) => (isIndexed ? [name] : []));
  for (const [, name = ''] of text.matchAll(/\bfields\/([A-Za-z_]\w*)/g)) {
    if (!indexed.includes(name) && !alwaysIndexed.includes(name)) throw fileError('notIndexed', name);
  }
}

/** GET /sites/{id}/lists/{id}/items/{id} */
export function readListItem(call: GraphCall): GraphAnswer {
  const found = getListItem(call, levels.read);
  return answerOne(call, singleView(call, found), 'items', found.item);
}

/** POST /sites/{id}/lists/{id}/items */
export function createListItem(call: GraphCall): GraphAnswer {
  const found = getListOf(call);
  const { site, list } = found;
  requireLevel(call, site, levels.write, { siteId: site.id, list });
  if (isLibrary(list)) throw fileError('invalid', 'Items of a document library are made by uploading files.');
  const { fields } = readBody(call, itemSchema);
  refuse(findFieldProblem(call.tenant, list, fields));
  const actor = actorOf(call.tenant, call.caller);
  const item = call.world.transaction(() => {
    const parent = rootOf(call.tenant, list);
    const name = `${list.nextItem}_.000`;
    return addItem(call.tenant, { list, parent, kind: 'item', name, actor, fields: storedFields(fields) });
  });
  return answerOne(call, singleView(call, found), 'items', item, 201);
}

/** PATCH /sites/{id}/lists/{id}/items/{id} */
export function updateListItem(call: GraphCall): GraphAnswer {
  const found = getListItem(call, levels.write);
  const { fields } = readBody(call, itemSchema);
  return answerOne(call, singleView(call, found), 'items', changeFields(call, found, fields));
}

/** GET /sites/{id}/lists/{id}/items/{id}/fields */
export function readFields(call: GraphCall): GraphAnswer {
  const found = getListItem(call, levels.read);
  return ok({ '@odata.context': context(call, 'fields/$entity'), ...fieldsObject(call.tenant, found, found.item) });
}

/** PATCH /sites/{id}/lists/{id}/items/{id}/fields */
export function updateFields(call: GraphCall): GraphAnswer {
  const found = getListItem(call, levels.write);
  const item = changeFields(call, found, readBody(call, fieldsSchema));
  return ok({ '@odata.context': context(call, 'fields/$entity'), ...fieldsObject(call.tenant, found, item) });
}

function changeFields(
  call: GraphCall,
  { list, item }: Drive & { readonly item: ItemRecord },
  fields: z.infer<typeof fieldsSchema>,
): ItemRecord {
  checkIfMatch(call, item);
  refuse(findFieldProblem(call.tenant, list, fields, item));
  const { FileLeafRef: name, ...rest } = storedFields(fields);
  const renamed = typeof name === 'string' ? { name } : {};
  const change = { fields: { ...item.fields, ...rest }, ...renamed };
  return call.world.transaction(() => changeItem(call.tenant, item, change, actorOf(call.tenant, call.caller)));
}

/** DELETE /sites/{id}/lists/{id}/items/{id}: to the recycle bin. */
export function deleteListItem(call: GraphCall): GraphAnswer {
  const { site, item } = getListItem(call, levels.write);
  checkIfMatch(call, item);
  call.world.transaction(() => recycleItem(call.tenant, site, item, actorOf(call.tenant, call.caller)));
  return noContent;
}

function refuse(problem: FieldProblem): void {
  if (problem === undefined) return;
  const texts = {
    unknown: `Field '${problem.name}' is not recognized`,
    readOnly: `Field '${problem.name}' is read-only`,
    wrongType: `The value of field '${problem.name}' is not of its type`,
    notUnique: `Field '${problem.name}' must be unique, and another item has this value`,
  };
  throw fileError('invalid', texts[problem.kind]);
}
