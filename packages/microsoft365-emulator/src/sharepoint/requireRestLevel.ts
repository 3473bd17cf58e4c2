import { levelAt } from '../files/access.ts';
import type { SecurableScope } from '../files/roleAssignments.ts';
import { type Level, levels } from '../files/roleDefinitions.ts';
import type { RestCall } from './RestCall.ts';
import { SharePointError } from './SharePointError.ts';

export function restLevel(call: RestCall, scope: SecurableScope = { siteId: call.site.id }): Level {
  if (!call.settings.enforcePermissions) return levels.full;
  return levelAt(call.tenant, call.caller, call.site, scope);
}

/** Refuses a caller who may not do as much at a place of the site. */
export function requireRestLevel(call: RestCall, level: Level, scope?: SecurableScope): void {
  if (restLevel(call, scope) < level) throw new SharePointError('accessDenied');
}

/** `IF-MATCH` of a change: the tag of what the caller saw, or `*`. */
export function checkRestMatch(call: RestCall, etag: string): void {
  const wanted = call.headers['if-match'];
  if (wanted === undefined || wanted === '*' || wanted === etag) return;
  throw new SharePointError('preconditionFailed', { name: wanted, url: etag });
}
