import type { AssignedLicense } from '../../store/records.ts';

/**
 * What a user has of each subscription, whether assigned directly or inherited from groups: one entry each, with only
 * those plans switched off that every assignment switches off. Failed assignments count for nothing.
 */
export function effectiveLicenses(licenses: readonly AssignedLicense[]): AssignedLicense[] {
  const effective = new Map<string, AssignedLicense>();
  for (const license of licenses) {
    if (license.error !== undefined) continue;
    const { skuId, disabledPlans, assignedDateTime } = license;
    const known = effective.get(skuId);
    effective.set(skuId, {
      skuId,
      disabledPlans: known?.disabledPlans.filter((id) => disabledPlans.includes(id)) ?? disabledPlans,
      assignedDateTime: known?.assignedDateTime ?? assignedDateTime,
    });
  }
  return [...effective.values()];
}
