import type { GroupRecord, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, hasEventualConsistency, ok } from '../GraphCall.ts';
import { countObjects, type Listing, listObjects } from '../odata/listObjects.ts';
import type { FilterExpression } from '../odata/parseFilter.ts';
import { singleWithRelations } from '../odata/single.ts';
import { getVisibleGroup } from './findGroup.ts';
import { groupType } from './groupType.ts';
import { groupRelationsOf } from './membershipObjects.ts';
import { readGroup } from './readGroup.ts';

function groupListing(tenant: Tenant): Listing<GroupRecord> {
  return {
    type: groupType,
    values: () => tenant.directory.groups.visibleValues(),
    candidates: (filter) => candidates(tenant, filter),
    read: (group, name) => readGroup(tenant, group, name),
    relations: groupRelationsOf(tenant),
  };
}

/** Groups that an index finds for a filter; the filter itself is applied to them afterwards. */
function candidates({ directory }: Tenant, filter: FilterExpression): readonly GroupRecord[] | undefined {
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string') return undefined;
  const key = filter.value.toLowerCase();
  if (filter.path === 'id') return [directory.groups.visible(key)].filter((group) => group !== undefined);
  return filter.path === 'mailNickname' ? directory.groups.findAllVisible('mailNickname', key) : undefined;
}

/** GET /groups */
export function listGroups(call: GraphCall): GraphAnswer {
  return listObjects(call, groupListing(call.tenant));
}

/** GET /groups/$count */
export function countGroups(call: GraphCall): GraphAnswer {
  if (!hasEventualConsistency(call)) throw badRequest('$count is not currently supported.');
  const count = countObjects(call, groupListing(call.tenant));
  return { status: 200, body: String(count), headers: { 'content-type': 'text/plain' } };
}

/** GET /groups/{id} */
export function getGroup(call: GraphCall): GraphAnswer {
  const group = getVisibleGroup(call);
  const { tenant } = call;
  const read = (name: string): PropertyValue | undefined => readGroup(tenant, group, name);
  return ok(singleWithRelations(call, groupType, read, group, groupRelationsOf(tenant)));
}
