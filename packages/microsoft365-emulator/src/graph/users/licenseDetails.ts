import type * as graph from '@microsoft/microsoft-graph-types';
import { findCatalogSku } from '../../seed/skuCatalog.ts';
import type { AssignedLicense } from '../../store/records.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { effectiveLicenses } from '../licenses/effectiveLicenses.ts';
import type { WireOf } from '../odata/WireOf.ts';
import { getVisibleUser } from './findUser.ts';

/** GET /users/{id}/licenseDetails */
export function listLicenseDetails(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  const context = `https://graph.microsoft.com/v1.0/$metadata#users('${call.params['id'] ?? ''}')/licenseDetails`;
  return ok({
    '@odata.context': context,
    value: effectiveLicenses(user.licenses).map((license) => presentDetail(call, license)),
  });
}

function presentDetail(call: GraphCall, { skuId, disabledPlans }: AssignedLicense): WireOf<graph.LicenseDetails> {
  const sku = findCatalogSku(skuId);
  return {
    id: Buffer.from(`${call.tenant.id}${skuId}`).toString('base64url').slice(0, 43),
    skuId,
    skuPartNumber: sku?.skuPartNumber ?? '',
    servicePlans: (sku?.plans ?? []).map((plan) => ({
      servicePlanId: plan.id,
      servicePlanName: plan.name,
      provisioningStatus: disabledPlans.includes(plan.id) ? 'Disabled' : 'Success',
      appliesTo: 'User',
    })),
  };
}
