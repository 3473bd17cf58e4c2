import type { Caller } from '../graph/Caller.ts';
import type { ActorRecord } from '../store/filesRecords.ts';
import { type Tenant, textOf } from '../store/Tenant.ts';

/** Who acts when the service itself does. */
export const systemActor: ActorRecord = { userId: null, appId: null, displayName: 'System Account', email: null };

export function actorOf(tenant: Tenant, caller: Caller): ActorRecord {
  if (caller.kind === 'user') return userActor(tenant, caller.objectId);
  const principal = tenant.servicePrincipals.get(caller.objectId);
  const displayName = textOf(principal?.properties['displayName']) ?? 'SharePoint App';
  return { userId: null, appId: caller.appId, displayName, email: null };
}

function userActor(tenant: Tenant, userId: string): ActorRecord {
  const properties = tenant.users.get(userId)?.properties ?? {};
  const displayName = textOf(properties['displayName']) ?? '';
  const email = textOf(properties['mail']) ?? textOf(properties['userPrincipalName']) ?? null;
  return { userId, appId: null, displayName, email };
}

/** The identity set by which Graph shows who did something. */
export function identitySet(actor: ActorRecord): Record<string, Record<string, string>> {
  const { userId, appId, displayName, email } = actor;
  if (appId !== null) return { application: { id: appId, displayName } };
  return {
    user: { ...(email === null ? {} : { email }), ...(userId === null ? {} : { id: userId }), displayName },
  };
}
