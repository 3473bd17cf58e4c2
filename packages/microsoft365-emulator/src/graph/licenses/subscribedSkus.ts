import type * as graph from '@microsoft/microsoft-graph-types';
import { findCatalogSku } from '../../seed/skuCatalog.ts';
import type { SkuRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { contextOf, selectedNames } from '../odata/project.ts';
import type { WireOf } from '../odata/WireOf.ts';

const YEAR_MS = 365 * 24 * 3600 * 1000;

function presentSku(tenant: Tenant, sku: SkuRecord): WireOf<graph.SubscribedSku> {
  const plans = findCatalogSku(sku.id)?.plans ?? [];
  return {
    accountName: tenant.record.displayName,
    accountId: tenant.id,
    appliesTo: 'User',
    capabilityStatus: statusOf(sku),
    consumedUnits: tenant.seatsTaken.get(sku.id) ?? 0,
    id: `${tenant.id}_${sku.id}`,
    skuId: sku.id,
    skuPartNumber: sku.skuPartNumber,
    subscriptionIds: [sku.subscriptionId],
    prepaidUnits: {
      enabled: sku.enabled,
      suspended: sku.suspended,
      warning: sku.warning,
      lockedOut: sku.lockedOut ?? 0,
    },
    servicePlans: plans.map((plan) => ({
      servicePlanId: plan.id,
      servicePlanName: plan.name,
      provisioningStatus: 'Success',
      appliesTo: plan.name.endsWith('_FOUNDATION') ? 'Company' : 'User',
    })),
  };
}

/** The best state that any of the seats is in. */
function statusOf({ enabled, warning, suspended, lockedOut = 0 }: SkuRecord): string {
  if (enabled > 0) return 'Enabled';
  if (warning > 0) return 'Warning';
  if (suspended > 0) return 'Suspended';
  return lockedOut > 0 ? 'LockedOut' : 'Deleted';
}

function renewalOf({ createdDateTime }: SkuRecord): string {
  return new Date(Date.parse(createdDateTime) + YEAR_MS).toISOString();
}

function presentSubscription(tenant: Tenant, sku: SkuRecord): WireOf<graph.CompanySubscription> {
  return {
    id: sku.subscriptionId,
    commerceSubscriptionId: sku.subscriptionId,
    createdDateTime: sku.createdDateTime,
    isTrial: sku.isTrial,
    nextLifecycleDateTime: sku.nextLifecycleDateTime === undefined ? renewalOf(sku) : sku.nextLifecycleDateTime,
    ownerId: tenant.id,
    ownerTenantId: null,
    ownerType: 'User',
    skuId: sku.id,
    skuPartNumber: sku.skuPartNumber,
    status: statusOf(sku),
    totalLicenses: sku.enabled + sku.warning + sku.suspended + (sku.lockedOut ?? 0),
    serviceStatus: (findCatalogSku(sku.id)?.plans ?? []).map((plan) => ({
      appliesTo: 'User',
      provisioningStatus: 'Success',
      servicePlanId: plan.id,
      servicePlanName: plan.name,
    })),
  };
}

function select(call: GraphCall, value: object): object {
  const names = selectedNames(call);
  if (names.length === 0) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

function listSkus(call: GraphCall): GraphAnswer {
  const value = call.tenant.skus.values().map((sku) => select(call, presentSku(call.tenant, sku)));
  return ok({ '@odata.context': contextOf(call, 'subscribedSkus'), value });
}

function getSku(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const sku = call.tenant.skus.get(id.toLowerCase().replace(`${call.tenant.id}_`, ''));
  if (sku === undefined) throw notFound(id);
  return ok({
    '@odata.context': contextOf(call, 'subscribedSkus', true),
    ...select(call, presentSku(call.tenant, sku)),
  });
}

function listSubscriptions(call: GraphCall): GraphAnswer {
  const value = call.tenant.skus.values().map((sku) => select(call, presentSubscription(call.tenant, sku)));
  return ok({ '@odata.context': contextOf(call, 'directory/subscriptions'), value });
}

function getSubscription(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const sku = call.tenant.skus.values().find((known) => known.subscriptionId === id.toLowerCase());
  if (sku === undefined) throw notFound(id);
  const value = select(call, presentSubscription(call.tenant, sku));
  return ok({ '@odata.context': contextOf(call, 'directory/subscriptions', true), ...value });
}

export const licenseOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/subscribedSkus', cost: 3, handle: listSkus },
  { method: 'GET', path: '/subscribedSkus/{id}', handle: getSku },
  { method: 'GET', path: '/directory/subscriptions', handle: listSubscriptions },
  { method: 'GET', path: '/directory/subscriptions/{id}', handle: getSubscription },
];
