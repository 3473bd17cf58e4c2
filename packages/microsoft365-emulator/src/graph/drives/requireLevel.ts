import { levelAt } from '../../files/access.ts';
import { fileError } from '../../files/fileErrors.ts';
import type { SecurableScope } from '../../files/roleAssignments.ts';
import { type Level, levels } from '../../files/roleDefinitions.ts';
import type { SiteRecord } from '../../store/filesRecords.ts';
import type { GraphCall } from '../GraphCall.ts';

/** What the caller may do at a scope of a site; everything while permissions are not enforced. */
export function levelOf(call: GraphCall, site: SiteRecord, scope: SecurableScope = { siteId: site.id }): Level {
  if (!call.settings.enforcePermissions) return levels.full;
  return levelAt(call.tenant, call.caller, site, scope);
}

/** Refuses a caller who may not do as much there, and everybody while the site is blocked. */
export function requireLevel(
  call: GraphCall,
  site: SiteRecord,
  level: Level,
  scope: SecurableScope = { siteId: site.id },
): void {
  if (levelOf(call, site, scope) < level) throw fileError('accessDenied');
  if (site.isLocked) throw fileError('siteLocked');
}
