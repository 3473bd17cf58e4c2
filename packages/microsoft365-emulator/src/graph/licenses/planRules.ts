import { exclusivePlanIds, findCatalogSku, planDependencies } from '../../seed/skuCatalog.ts';
import type { AssignedLicense } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { enabledPlanIds } from './mailboxPlans.ts';

/** Seats of a subscription that nobody has taken. Those of one that has run out can be used while it is in its warning. */
export function freeSeats(tenant: Tenant, skuId: string): number {
  const sku = tenant.skus.get(skuId);
  return (sku?.enabled ?? 0) + (sku?.warning ?? 0) - (tenant.seatsTaken.get(skuId) ?? 0);
}

/** The first of the plans that are not part of a subscription. */
export function findForeignPlan(skuId: string, planIds: readonly string[]): string | undefined {
  const known = findCatalogSku(skuId)?.plans ?? [];
  return planIds.find((id) => !known.some((plan) => plan.id === id));
}

/** Two plans among the licenses that exclude each other. */
export function findClash(licenses: readonly AssignedLicense[]): readonly string[] | undefined {
  const enabled = new Set(enabledPlanIds(licenses));
  return exclusivePlanIds.find(([one, other]) => enabled.has(one) && enabled.has(other));
}

export interface UnmetDependency {
  readonly planId: string;
  readonly needed: readonly string[];
}

/** A plan among the licenses whose prerequisite is not there. */
export function findUnmetDependency(licenses: readonly AssignedLicense[]): UnmetDependency | undefined {
  const enabled = new Set(enabledPlanIds(licenses));
  for (const [planId, needed] of planDependencies) {
    if (enabled.has(planId) && !needed.some((id) => enabled.has(id))) return { planId, needed };
  }
  return undefined;
}
