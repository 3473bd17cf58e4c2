import { findCatalogSku, mailboxPlanIds } from '../../seed/skuCatalog.ts';
import type { AssignedLicense } from '../../store/records.ts';
import { effectiveLicenses } from './effectiveLicenses.ts';

/** Ids of the service plans that licences switch on. */
export function enabledPlanIds(licenses: readonly AssignedLicense[]): string[] {
  return effectiveLicenses(licenses).flatMap((license) =>
    (findCatalogSku(license.skuId)?.plans ?? [])
      .map((plan) => plan.id)
      .filter((id) => !license.disabledPlans.includes(id)),
  );
}

/** Whether licenses give a mailbox. */
export function hasMailbox(licenses: readonly AssignedLicense[]): boolean {
  return enabledPlanIds(licenses).some((id) => mailboxPlanIds.has(id));
}
