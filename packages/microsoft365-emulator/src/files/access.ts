import { type Caller, has } from '../graph/Caller.ts';
import type { SiteRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';
import { findPrincipal, includesUser, principalsOf } from './principals.ts';
import { assignmentsAt, effectiveScopeId, type SecurableScope } from './roleAssignments.ts';
import { findRoleDefinition, type Level, levels } from './roleDefinitions.ts';

/** What each permission of a token allows in all sites. */
const tenantWide: readonly (readonly [string, Level])[] = [
  ['Sites.FullControl.All', levels.full],
  ['AllSites.FullControl', levels.full],
  ['Directory.AccessAsUser.All', levels.full],
  ['Sites.Manage.All', levels.manage],
  ['AllSites.Manage', levels.manage],
  ['Sites.ReadWrite.All', levels.manage],
  ['AllSites.Write', levels.write],
  ['Files.ReadWrite.All', levels.write],
  ['Group.ReadWrite.All', levels.write],
  ['Sites.Read.All', levels.read],
  ['AllSites.Read', levels.read],
  ['Files.Read.All', levels.read],
  ['Group.Read.All', levels.read],
];

const selectedLevels = {
  read: levels.read,
  write: levels.write,
  manage: levels.manage,
  fullcontrol: levels.full,
} as const;

/** What a caller may do at a scope: what the token allows, and of that only what the signed-in user may do. */
export function levelAt(tenant: Tenant, caller: Caller, site: SiteRecord, scope: SecurableScope): Level {
  const allowed = allowedByToken(tenant, caller, site);
  if (caller.kind === 'application' || allowed === levels.none) return allowed;
  return lower(allowed, levelOfUser(tenant, caller.objectId, site, scope));
}

function allowedByToken(tenant: Tenant, caller: Caller, site: SiteRecord): Level {
  const named = tenantWide.filter(([name]) => has(caller, name)).map(([, level]) => level);
  const isOwnSite = caller.kind === 'user' && site.ownerUserId === caller.objectId;
  if (isOwnSite && has(caller, 'Files.ReadWrite')) named.push(levels.write);
  if (isOwnSite && has(caller, 'Files.Read')) named.push(levels.read);
  if (has(caller, 'Sites.Selected')) named.push(selectedLevel(tenant, caller, site));
  return named.reduce<Level>(higher, levels.none);
}

function selectedLevel(tenant: Tenant, { appId }: Caller, site: SiteRecord): Level {
  const granted = tenant.files.sitePermissions.findAll('site', site.id).filter((one) => one.appId === appId);
  return granted.map(({ role }) => selectedLevels[role]).reduce<Level>(higher, levels.none);
}

/** What a user may do at a scope, by all roles that name the user or a group the user is in. */
function levelOfUser(tenant: Tenant, userId: string, site: SiteRecord, scope: SecurableScope): Level {
  if (isSiteAdmin(tenant, userId, site)) return levels.full;
  const found = assignmentsAt(tenant, effectiveScopeId(tenant, scope)).flatMap(({ principal, roles }) => {
    const known = findPrincipal(tenant, site.id, principal);
    const applies = known !== undefined && includesUser(tenant, known, userId);
    return applies ? roles.map((role) => findRoleDefinition(role)?.level ?? levels.none) : [];
  });
  const shared = scope.item === undefined ? levels.none : levelByLinks(tenant, userId, scope.item.id);
  return found.reduce<Level>(higher, shared);
}

function isSiteAdmin(tenant: Tenant, userId: string, site: SiteRecord): boolean {
  if (site.ownerUserId === userId) return true;
  return principalsOf(tenant, site.id).some(
    (principal) => principal.isSiteAdmin && includesUser(tenant, principal, userId),
  );
}

/** Links for certain people give them the item and everything below it. */
function levelByLinks(tenant: Tenant, userId: string, itemId: string): Level {
  let level: Level = levels.none;
  let current: string | null = itemId;
  while (current !== null) {
    for (const link of tenant.files.sharingLinks.findAll('item', current)) {
      if (link.userIds.includes(userId)) level = higher(level, link.type === 'edit' ? levels.write : levels.read);
    }
    current = tenant.files.items.get(current)?.parentId ?? null;
  }
  return level;
}

function higher(one: Level, other: Level): Level {
  return one > other ? one : other;
}

function lower(one: Level, other: Level): Level {
  return one < other ? one : other;
}
