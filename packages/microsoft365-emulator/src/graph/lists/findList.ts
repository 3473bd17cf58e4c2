import { fileError } from '../../files/fileErrors.ts';
import { listsOf } from '../../files/lists.ts';
import type { ListRecord, SiteRecord } from '../../store/filesRecords.ts';
import type { GraphCall } from '../GraphCall.ts';

/** The list that a path names by its id or its title. */
export function getList(call: GraphCall, site: SiteRecord): ListRecord {
  const key = (call.params['list'] ?? '').toLowerCase();
  const lists = listsOf(call.tenant, site);
  const list =
    lists.find(({ id }) => id === key) ??
    lists.find(({ displayName }) => displayName.toLowerCase() === key) ??
    lists.find(({ name }) => name.toLowerCase() === key);
  if (list === undefined) throw fileError('listMissing');
  return list;
}
