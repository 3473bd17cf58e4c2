import type { GroupRecord } from '../../store/records.ts';
import { badRequest, notFound } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';
import { isGuid } from '../users/findUser.ts';

/** The group that a path names, as a lagging replica shows it. */
export function getVisibleGroup(call: GraphCall): GroupRecord {
  const id = call.params['id'] ?? '';
  if (!isGuid(id)) throw badRequest(`Invalid object identifier '${id}'.`);
  const group = call.tenant.directory.groups.visible(id.toLowerCase());
  if (group === undefined) throw notFound(id);
  return group;
}

/** The group to be written: it must be visible, but what is changed is what it really is now. */
export function getGroupToWrite(call: GraphCall): GroupRecord {
  const { id } = getVisibleGroup(call);
  const group = call.tenant.directory.groups.get(id);
  if (group === undefined) throw notFound(id);
  return group;
}
