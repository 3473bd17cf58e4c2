import type { AssignedLicense, GroupLicense, GroupRecord, LicenseError, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { grantMailbox } from '../users/mailbox.ts';
import { effectiveLicenses } from './effectiveLicenses.ts';
import { findClash, findUnmetDependency, freeSeats } from './planRules.ts';

/** Names under which delta queries see that licenses changed. */
export const licenseProperties = ['assignedLicenses', 'assignedPlans', 'provisionedPlans', 'licenseAssignmentStates'];

/**
 * Gives a user what the groups it is a direct member of give, and takes away what they no longer give. In a transaction.
 * Source: Microsoft documentation, "What is group-based licensing": nested groups pass nothing on, and what cannot be
 * assigned stays with the user as a failed assignment.
 */
export function inheritLicenses(tenant: Tenant, userId: string): void {
  const user = tenant.users.get(userId);
  if (user === undefined) return;
  const licenses = user.licenses.filter((license) => license.assignedByGroup === undefined);
  for (const group of licensingGroups(tenant, userId)) {
    for (const license of group.licenses) licenses.push(inherited(tenant, user, licenses, group.id, license));
  }
  if (JSON.stringify(licenses) === JSON.stringify(user.licenses)) return;
  tenant.saveUser(grantMailbox(tenant, { ...user, licenses }), licenseProperties);
}

function licensingGroups({ directory }: Tenant, userId: string): GroupRecord[] {
  const groups = directory.groupMembers.findAll('objectId', userId).map(({ groupId }) => directory.groups.get(groupId));
  return groups.filter((group) => group !== undefined);
}

function inherited(
  tenant: Tenant,
  user: UserRecord,
  before: readonly AssignedLicense[],
  groupId: string,
  license: GroupLicense,
): AssignedLicense {
  const known = user.licenses.find(
    ({ assignedByGroup, skuId }) => assignedByGroup === groupId && skuId === license.skuId,
  );
  const assignedDateTime = known?.assignedDateTime ?? tenant.now().toISOString();
  const wanted = { ...license, assignedDateTime, assignedByGroup: groupId };
  const error = errorOf(tenant, user, before, wanted);
  return error === undefined ? wanted : { ...wanted, error };
}

function errorOf(
  tenant: Tenant,
  user: UserRecord,
  before: readonly AssignedLicense[],
  wanted: AssignedLicense,
): LicenseError | undefined {
  const hasSeat = [...effectiveLicenses(user.licenses), ...effectiveLicenses(before)].some(
    ({ skuId }) => skuId === wanted.skuId,
  );
  if (!hasSeat && freeSeats(tenant, wanted.skuId) < 1) return 'CountViolation';
  const together = [...before, wanted];
  if (findClash(together) !== undefined) return 'MutuallyExclusiveViolation';
  return findUnmetDependency(together) === undefined ? undefined : 'DependencyViolation';
}
