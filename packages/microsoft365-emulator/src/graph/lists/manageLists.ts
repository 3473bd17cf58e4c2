import * as z from 'zod';
import { actorOf } from '../../files/actors.ts';
import { columnsOf, facetOf } from '../../files/columns.ts';
import { fileError } from '../../files/fileErrors.ts';
import { addList, findListByTitle, listsOf, newColumn, saveList } from '../../files/lists.ts';
import { listTemplates } from '../../files/listTemplates.ts';
import { recycleList } from '../../files/recycleBin.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { Properties } from '../../store/records.ts';
import { answerList, answerOne } from '../drives/filesOdata.ts';
import { listView } from '../drives/itemViews.ts';
import { readBody } from '../drives/readBody.ts';
import { requireLevel } from '../drives/requireLevel.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { getSite } from '../sites/findSite.ts';
import { getList } from './findList.ts';
import { columnView } from './listViews.ts';

const columnSchema = z
  .looseObject({
    name: z.string().min(1),
    displayName: z.string().nullish(),
    description: z.string().nullish(),
    enforceUniqueValues: z.boolean().nullish(),
    hidden: z.boolean().nullish(),
    indexed: z.boolean().nullish(),
    required: z.boolean().nullish(),
    readOnly: z.boolean().nullish(),
  })
  .refine((column) => facetOf(column) !== undefined, { message: 'A type is missing.' });

const newListSchema = z.object({
  displayName: z.string().min(1).max(255),
  description: z.string().nullish(),
  list: z
    .object({
      template: z.enum(listTemplates.map(({ name }) => name) as [string, ...string[]]).nullish(),
      hidden: z.boolean().nullish(),
      contentTypesEnabled: z.boolean().nullish(),
    })
    .nullish(),
  columns: z.array(columnSchema).nullish(),
});
const changeSchema = z.object({
  displayName: z.string().min(1).max(255).nullish(),
  description: z.string().nullish(),
});

/** GET /sites/{id}/lists; hidden lists of the system are shown to those who ask for `system`. */
export function listLists(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  requireLevel(call, site, levels.read);
  const showsHidden = call.query.get('$select')?.includes('system') === true;
  const values = listsOf(call.tenant, site).filter((list) => showsHidden || !list.isHidden);
  return answerList(call, { ...listView(call, site), set: `sites('${call.params['site']}')/lists`, values });
}

/** POST /sites/{id}/lists */
export function createList(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  requireLevel(call, site, levels.manage);
  if (Object(call.body).name !== undefined) throw fileError('listNameGiven');
  const order = readBody(call, newListSchema);
  if (findListByTitle(call.tenant, site, order.displayName) !== undefined) throw fileError('nameExists');
  const created = call.world.transaction(() =>
    addList(call.tenant, site, {
      displayName: order.displayName,
      description: order.description ?? '',
      template: order.list?.template ?? 'genericList',
      isHidden: order.list?.hidden ?? false,
      columns: (order.columns ?? []) as Properties[],
      settings: { ContentTypesEnabled: order.list?.contentTypesEnabled ?? false },
      actor: actorOf(call.tenant, call.caller),
    }),
  );
  return answerOne(call, listView(call, site), `sites('${call.params['site']}')/lists`, created, 201);
}

/** GET /sites/{id}/lists/{id} */
export function readList(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  const list = getList(call, site);
  requireLevel(call, site, levels.read, { siteId: site.id, list });
  return answerOne(call, listView(call, site), `sites('${call.params['site']}')/lists`, list);
}

/** PATCH /sites/{id}/lists/{id} */
export function updateList(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  const list = getList(call, site);
  requireLevel(call, site, levels.manage, { siteId: site.id, list });
  checkListMatch(call, list);
  const { displayName, description } = readBody(call, changeSchema);
  const other = displayName ? findListByTitle(call.tenant, site, displayName) : undefined;
  if (other !== undefined && other.id !== list.id) throw fileError('nameExists');
  const changed = {
    ...list,
    displayName: displayName ?? list.displayName,
    description: description ?? list.description,
  };
  const saved = call.world.transaction(() => saveList(call.tenant, changed));
  return answerOne(call, listView(call, site), `sites('${call.params['site']}')/lists`, saved);
}

/** DELETE /sites/{id}/lists/{id}: to the recycle bin. */
export function deleteList(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  const list = getList(call, site);
  requireLevel(call, site, levels.manage, { siteId: site.id, list });
  checkListMatch(call, list);
  call.world.transaction(() => recycleList(call.tenant, site, list, actorOf(call.tenant, call.caller)));
  return noContent;
}

function checkListMatch(call: GraphCall, list: { readonly id: string; readonly version: number }): void {
  const wanted = call.headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && wanted !== `"${list.id},${list.version}"`) {
    throw fileError('resourceModified');
  }
}

/** GET /sites/{id}/lists/{id}/columns */
export function listColumns(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  const list = getList(call, site);
  requireLevel(call, site, levels.read, { siteId: site.id, list });
  return answerList(call, { ...columnView, set: 'columns', values: columnsOf(list) });
}

/** POST /sites/{id}/lists/{id}/columns */
export function createColumn(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  const list = getList(call, site);
  requireLevel(call, site, levels.manage, { siteId: site.id, list });
  const definition = readBody(call, columnSchema) as Properties;
  const name = String(definition['name']).toLowerCase();
  if (columnsOf(list).some((column) => column.name.toLowerCase() === name)) throw fileError('nameExists');
  const added = newColumn(definition);
  const changed = { ...list, columns: [...list.columns, added] };
  call.world.transaction(() => saveList(call.tenant, changed));
  const column = columnsOf(changed).find(({ id }) => id === added.id);
  if (column === undefined) throw new TypeError('A column was not added');
  return answerOne(call, columnView, 'columns', column, 201);
}
