import type { GraphOperation } from '../GraphCall.ts';
import {
  createListItem,
  deleteListItem,
  listListItems,
  readFields,
  readListItem,
  updateFields,
  updateListItem,
} from './listItems.ts';
import { createColumn, createList, deleteList, listColumns, listLists, readList, updateList } from './manageLists.ts';

const lists = '/sites/{site}/lists';
const list = `${lists}/{list}`;
const item = `${list}/items/{item}`;

const all: readonly Omit<GraphOperation, 'service'>[] = [
  { method: 'GET', path: lists, cost: 2, handle: listLists },
  { method: 'POST', path: lists, cost: 2, handle: createList },
  { method: 'GET', path: list, handle: readList },
  { method: 'PATCH', path: list, cost: 2, handle: updateList },
  { method: 'DELETE', path: list, cost: 2, handle: deleteList },
  { method: 'GET', path: `${list}/columns`, cost: 2, handle: listColumns },
  { method: 'POST', path: `${list}/columns`, cost: 2, handle: createColumn },
  { method: 'GET', path: `${list}/items`, cost: 2, handle: listListItems },
  { method: 'POST', path: `${list}/items`, cost: 2, handle: createListItem },
  { method: 'GET', path: item, handle: readListItem },
  { method: 'PATCH', path: item, cost: 2, handle: updateListItem },
  { method: 'DELETE', path: item, cost: 2, handle: deleteListItem },
  { method: 'GET', path: `${item}/fields`, handle: readFields },
  { method: 'PATCH', path: `${item}/fields`, cost: 2, handle: updateFields },
];

export const listOperations: readonly GraphOperation[] = all.map((operation) => ({ ...operation, service: 'files' }));
