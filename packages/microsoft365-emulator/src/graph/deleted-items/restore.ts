import * as z from 'zod';
import type { DeletedRecord, PropertyValue, UserRecord } from '../../store/records.ts';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { checkUniqueNickname } from '../groups/groupRules.ts';
import { inheritLicenses } from '../licenses/inheritLicenses.ts';
import { hasMailbox } from '../licenses/mailboxPlans.ts';
import { freeSeats } from '../licenses/planRules.ts';
import { authorizeSensitive } from '../users/authorizeUserWrite.ts';
import { withoutMailbox } from '../users/mailbox.ts';
import { checkUnique, checkValues } from '../users/userRules.ts';
import { authorizeDeleted, getDeleted, isGroupRecord, isUserRecord, present } from './deletedItems.ts';

const bodySchema = z
  .object({ newUserPrincipalName: z.string().nullish(), autoReconcileProxyConflict: z.boolean().nullish() })
  .default({});

/** POST /directory/deletedItems/{id}/restore */
export function restore(call: GraphCall): GraphAnswer {
  const item = getDeleted(call);
  authorizeDeleted(call, item);
  if (isUserRecord(item)) return restoreUser(call, item.value);
  if (isGroupRecord(item)) checkUniqueNickname(call.tenant, item.value.properties['mailNickname'], item.id);
  call.world.transaction(() => putBack(call, item));
  return ok(present(call.tenant, item));
}

function putBack({ tenant }: GraphCall, item: DeletedRecord): void {
  tenant.deletedItems.remove(item.id);
  if (isGroupRecord(item)) {
    tenant.directory.saveGroup(item.value, ['deletedDateTime']);
    return;
  }
  if ('keyCredentials' in item.value) tenant.applications.put(item.value);
  else if (!isUserRecord(item) && 'appId' in item.value) tenant.servicePrincipals.put(item.value);
}

function restoreUser(call: GraphCall, user: UserRecord): GraphAnswer {
  const { tenant, world } = call;
  authorizeSensitive(call, user);
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  const { newUserPrincipalName, autoReconcileProxyConflict } = parsed.data;
  const stored = String(user.properties['userPrincipalName']);
  const userPrincipalName = newUserPrincipalName ?? stored.replace(user.id.replaceAll('-', ''), '');
  const wanted = { ...user, properties: { ...user.properties, userPrincipalName } };
  const cleaned = autoReconcileProxyConflict === true ? withoutTakenAddresses(call, wanted) : wanted;
  const unique = pick(cleaned, ['userPrincipalName', 'mail', 'onPremisesImmutableId']);
  checkValues(tenant, { userPrincipalName });
  checkUnique(tenant, unique, user);
  const restored = world.transaction(() => {
    tenant.deletedItems.remove(user.id);
    const saved = tenant.saveUser(withFreeSeats(call, cleaned), ['deletedDateTime']);
    inheritLicenses(tenant, user.id);
    return tenant.users.get(user.id) ?? saved;
  });
  const value = { id: user.id, kind: 'user' as const, deletedDateTime: '', value: restored, changeNumber: 0 };
  return ok(present(tenant, value));
}

function pick(user: UserRecord, names: readonly string[]): Record<string, PropertyValue> {
  return Object.fromEntries(names.map((name) => [name, user.properties[name] ?? null]));
}

/** Addresses that somebody else got meanwhile are given up. */
function withoutTakenAddresses({ tenant }: GraphCall, user: UserRecord): UserRecord {
  const isTaken = (address: string): boolean =>
    tenant.users.find('proxyAddress', address.replace(/^smtp:/i, '').toLowerCase()) !== undefined;
  const stored = user.properties['proxyAddresses'];
  const proxyAddresses = (Array.isArray(stored) ? stored.map(String) : []).filter((address) => !isTaken(address));
  const mail = user.properties['mail'];
  const kept = typeof mail === 'string' && isTaken(mail) ? null : (mail ?? null);
  return { ...user, properties: { ...user.properties, mail: kept, proxyAddresses } };
}

/** Licenses come back as far as there are seats; those of groups are inherited anew. */
function withFreeSeats({ tenant }: GraphCall, user: UserRecord): UserRecord {
  const direct = user.licenses.filter((license) => license.assignedByGroup === undefined);
  const licenses = direct.filter(({ skuId }) => freeSeats(tenant, skuId) > 0);
  const restored = { ...user, licenses };
  return hasMailbox(licenses) ? restored : { ...restored, ...withoutMailbox(restored) };
}
