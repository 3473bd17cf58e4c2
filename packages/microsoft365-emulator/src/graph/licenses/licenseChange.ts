import * as z from 'zod';
import type { Tenant } from '../../store/Tenant.ts';
import { licenseRefusals } from './licenseRefusals.ts';
import { findForeignPlan } from './planRules.ts';

const bodySchema = z.object({
  addLicenses: z.array(
    z.object({ skuId: z.string().toLowerCase(), disabledPlans: z.array(z.string().toLowerCase()).default([]) }),
  ),
  removeLicenses: z.array(z.string().toLowerCase()),
});

export type LicenseChange = z.infer<typeof bodySchema>;

/** Reads the body of `assignLicense`; subscriptions that the tenant does not have are refused. */
export function readLicenseChange(tenant: Tenant, body: unknown): LicenseChange {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw licenseRefusals.incomplete();
  for (const { skuId, disabledPlans } of parsed.data.addLicenses) {
    if (tenant.skus.get(skuId) === undefined) throw licenseRefusals.unknownSku(skuId);
    const foreign = findForeignPlan(skuId, disabledPlans);
    if (foreign !== undefined) throw licenseRefusals.foreignPlan(foreign, skuId);
  }
  return parsed.data;
}
