import type { GroupRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { authorizeGroupWrite } from './authorizeGroupWrite.ts';
import { getGroupToWrite } from './findGroup.ts';
import { isExchangeMastered, isSynchronized, isUnified } from './groupKind.ts';
import { groupRefusals } from './groupRefusals.ts';

/**
 * DELETE /groups/{id}: a Microsoft 365 group goes to the bin for thirty days, a security group is gone, unless the
 * setting says that it can be restored as well.
 */
export function deleteGroup(call: GraphCall): GraphAnswer {
  const { tenant, world, settings } = call;
  const group = getGroupToWrite(call);
  authorizeGroupWrite(call, group);
  if (isExchangeMastered(group)) throw groupRefusals.mailEnabled();
  if (isSynchronized(group)) throw groupRefusals.synchronized();
  if (group.licenses.length > 0) throw groupRefusals.hasLicenses();
  const isRestorable = isUnified(group) || settings.securityGroupDeletion === 'restorable';
  world.transaction(() => (isRestorable ? softDelete(tenant, group) : deleteForGood(tenant, group)));
  return noContent;
}

function softDelete(tenant: Tenant, group: GroupRecord): void {
  const changeNumber = tenant.directory.takeGroupOut(group);
  const deletedDateTime = tenant.now().toISOString();
  tenant.deletedItems.put({ id: group.id, kind: 'group', deletedDateTime, value: group, changeNumber });
}

function deleteForGood(tenant: Tenant, group: GroupRecord): void {
  tenant.directory.takeGroupOut(group);
  for (const role of tenant.roleAssignments.findAll('principalId', group.id)) tenant.roleAssignments.remove(role.id);
  tenant.directory.purgeGroup(group.id);
}
