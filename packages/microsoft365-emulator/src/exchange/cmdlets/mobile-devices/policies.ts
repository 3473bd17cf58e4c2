import type { MobilePolicyRecord } from '../../../store/exchangeRecords.ts';
import type { Tenant } from '../../../store/Tenant.ts';

export function defaultPolicy(tenant: Tenant): MobilePolicyRecord {
  const policy = tenant.exchange.mobilePolicies.values().find(({ isDefault }) => isDefault);
  if (policy === undefined) throw new TypeError('The tenant has no default mobile device mailbox policy');
  return policy;
}

/** The policy with this id; the default one for null or when it is gone. */
export function getPolicy(tenant: Tenant, id: string | null): MobilePolicyRecord {
  const chosen = id === null ? undefined : tenant.exchange.mobilePolicies.get(id);
  return chosen ?? defaultPolicy(tenant);
}

/** A policy by its name or id. */
export function findPolicy(tenant: Tenant, identity: string): MobilePolicyRecord | undefined {
  const wanted = identity.toLowerCase();
  return tenant.exchange.mobilePolicies.values().find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
}
