import type { ActorRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';
import { principalsOf } from './principals.ts';

const SYSTEM_ACCOUNT = 1073741823;
const FIRST_UNKNOWN = 6;

/** The number by which a site knows who did something; the one of the system for those it has not met. */
export function actorNumber(tenant: Tenant, siteId: string, actor: ActorRecord): number {
  if (actor.userId === null) return actor.appId === null ? SYSTEM_ACCOUNT : FIRST_UNKNOWN;
  return principalsOf(tenant, siteId).find(({ objectId }) => objectId === actor.userId)?.number ?? FIRST_UNKNOWN;
}
