import type * as graph from '@microsoft/microsoft-graph-types';
import { findCatalogSku } from '../../seed/skuCatalog.ts';
import type { PropertyValue, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { has } from '../Caller.ts';
import { refusal } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';
import type { WireOf } from '../odata/WireOf.ts';

const PERMISSION = 'AuditLog.Read.All';
/** Both editions of Entra ID that let programs read reports; the second holds the first's service too. */
const PREMIUM = /^AAD_PREMIUM(_P2)?$/;

/**
 * When people signed in is told to whoever may read audit logs, and only by a tenant that has bought Entra ID P1
 * (Microsoft documentation, resource type signInActivity). Other reads of users are not concerned.
 */
export function authorizeSignInActivity(call: GraphCall): void {
  const { enforcePermissions } = call.settings;
  if (enforcePermissions && !has(call.caller, PERMISSION)) {
    throw refusal('reportPermissionMissing', { permission: PERMISSION });
  }
  demandPremium(call.tenant);
}

/** Refuses what only a tenant with Entra ID P1 is told. */
export function demandPremium({ skus }: Tenant): void {
  const isPremium = skus.values().some(({ id }) => findCatalogSku(id)?.plans.some(({ name }) => PREMIUM.test(name)));
  if (!isPremium) throw refusal('premiumMissing');
}

/** Null for somebody who never signed in. */
export function readSignInActivity(tenant: Tenant, user: UserRecord): PropertyValue {
  const activity: WireOf<graph.SignInActivity> | undefined = tenant.directory.signInActivities.get(user.id)?.properties;
  return (activity ?? null) as PropertyValue;
}
